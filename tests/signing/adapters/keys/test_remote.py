"""Keys at a remote provider (CSC v1, v2): each act has a consent of its own; the rest is told."""

from collections.abc import Callable, Iterator

import pytest

from infra.local import pki
from services.signing.adapters import refusals
from services.signing.adapters.keys.remote import RemoteKey
from services.signing.adapters.keys.software import SoftwareKey
from services.signing.adapters.verification.judging import judge
from tests.signing.adapters.keys.test_software import KINDS
from tests.signing.conftest import AGENCY, LEADER, Desk
from tests.signing.index import hold, secret
from tests.signing.provider import BEARER, Provider, serving

MakeDesk = Callable[[], Desk]
VERSIONS = ["v1", "v2"]


@pytest.fixture
def provider(desk: Desk) -> Iterator[Provider]:
    """A provider that holds leader's and agency's keys under their names."""
    keys = {
        holder: key
        for holder in (LEADER, AGENCY)
        if isinstance(key := desk.key(holder), SoftwareKey)
    }
    with serving(Provider(keys)) as provider:
        yield provider


@pytest.fixture
def held(own_desk: MakeDesk, provider: Provider) -> Desk:
    """A desk whose leader's key is at the provider."""
    desk = own_desk()
    at_provider(desk, provider)
    return desk


def at_provider(desk: Desk, provider: Provider, holder: str = LEADER, **other: object) -> None:
    """Say in the index that a holder's key is at the provider."""
    token_file = secret(desk.folder, "provider.token", BEARER)
    held = {"url": f"{provider.url}/v2", "credential": holder, "token_file": token_file}
    hold(desk.folder, holder, kind="csc", **held | {"seconds": 5} | other)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("kind", "pss", "algorithm"), [it for it in KINDS if it[0] != "ed25519"])
def test_a_key_of_each_kind_signs_at_the_provider(
    kind: str, pss: bool, algorithm: object, version: str, own_desk: MakeDesk, prepared: bytes
) -> None:
    desk = own_desk()
    pki.issue(desk.folder, "person", "khac", "Đỗ Khác", key_kind=kind)
    key = desk.key("person:khac")
    assert isinstance(key, SoftwareKey)
    with serving(Provider({"person:khac": key})) as provider:
        url = f"{provider.url}/{version}"
        at_provider(desk, provider, "person:khac", url=url, version=version, pss=pss)
        assert desk.key("person:khac").algorithm is algorithm
        report = judge(desk.sign(prepared, "person:khac"), desk.trust(), desk.at)
    assert report.verdict == "TRUSTED", report


def test_each_act_is_authorised_by_itself_and_for_its_own_digest(
    held: Desk, provider: Provider
) -> None:
    key = held.key(LEADER)
    for number in range(3):
        assert key.sign(b"attributes %d" % number)
    assert provider.asked["credentials/authorize"] == provider.asked["signatures/signHash"] == 3
    assert provider.authorised == {}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_denied_consent_is_told(version: str, held: Desk, provider: Provider) -> None:
    at_provider(held, provider, url=f"{provider.url}/{version}", version=version)
    key = held.key(LEADER)
    provider.consents = False
    with pytest.raises(refusals.ConsentDenied):
        key.sign(b"attributes")
    assert provider.asked["credentials/authorize"] == 1


@pytest.mark.parametrize("version", VERSIONS)
def test_an_agency_may_keep_its_pin_and_a_person_may_not(
    version: str, own_desk: MakeDesk, provider: Provider
) -> None:
    desk = own_desk()
    pin = {"pin_file": secret(desk.folder, "provider.pin", "4711")}
    provider.pins = {AGENCY: "4711", LEADER: "4711"}
    for holder in (AGENCY, LEADER):
        at_provider(desk, provider, holder, url=f"{provider.url}/{version}", version=version, **pin)
    assert desk.key(AGENCY).sign(b"attributes")
    with pytest.raises(refusals.KeyEntryWrong, match="consents"):
        desk.key(LEADER)
    secret(desk.folder, "provider.pin", "0815")
    with pytest.raises(refusals.TokenPin):
        desk.key(AGENCY).sign(b"attributes")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_one_time_password_cannot_be_given_here(
    version: str, held: Desk, provider: Provider
) -> None:
    provider.one_time = {LEADER}
    at_provider(held, provider, url=f"{provider.url}/{version}", version=version)
    with pytest.raises(refusals.ConsentUnavailable, match="one-time password"):
        held.key(LEADER)


def test_an_unsteady_provider_is_asked_again_until_it_signs(held: Desk, provider: Provider) -> None:
    """A fifth of its answers get lost, half of them after the act; a tenth are errors."""
    at_provider(held, provider, seconds=0.15)
    key = held.key(LEADER)
    provider.unsteady, provider.patience = 0.2, 0.2
    made = [sign_or_refuse(key, number) for number in range(20)]
    assert made.count(True) >= 15
    assert provider.asked["credentials/authorize"] > 20


def sign_or_refuse(key: object, number: int) -> bool:
    """Whether a signature was made; the only refusal is that the provider stays away."""
    try:
        assert isinstance(key, RemoteKey)
        return bool(key.sign(b"attributes %d" % number))
    except refusals.RemoteUnavailable:
        return False


def test_a_provider_that_stays_away_is_told(held: Desk, provider: Provider) -> None:
    key = held.key(LEADER)
    provider.unsteady, provider.patience = 2.0, 0.0
    with pytest.raises(refusals.RemoteUnavailable):
        key.sign(b"attributes")


def test_a_wrong_value_of_the_provider_is_not_used(held: Desk, provider: Provider) -> None:
    key = held.key(LEADER)
    provider.keys[LEADER] = provider.keys[AGENCY]
    with pytest.raises(refusals.SignatureValueInvalid):
        key.sign(b"attributes")


def test_a_credential_that_does_not_fit_is_refused_at_the_start(
    held: Desk, provider: Provider
) -> None:
    at_provider(held, provider, credential=AGENCY)
    with pytest.raises(refusals.KeyCertMismatch):
        held.key(LEADER)
    at_provider(held, provider, credential="nobody's")
    with pytest.raises(refusals.RemoteRefused, match="credentialID"):
        held.key(LEADER)
    secret(held.folder, "provider.token", "another")
    with pytest.raises(refusals.RemoteRefused, match="invalid_token"):
        held.key(LEADER)


def test_a_provider_is_asked_over_https_alone(held: Desk, provider: Provider) -> None:
    at_provider(held, provider, url="http://csc.example/csc/v2")
    with pytest.raises(refusals.KeyEntryWrong, match="https"):
        held.key(LEADER)
