"""Keys in a token (SoftHSM): they sign what we trust; what goes wrong is told by its own word."""

from collections.abc import Callable
from uuid import uuid4

import pkcs11
import pytest

from contracts.signing.sessions import SignatureAlgorithm
from infra.local import pki
from infra.local.softhsm import SoftHSM
from services.signing.adapters import refusals
from services.signing.adapters.keys.secrets import read_pin
from services.signing.adapters.keys.tokens import Token, TokenKey
from services.signing.adapters.verification.judging import judge
from tests.signing.adapters.keys.test_software import KINDS
from tests.signing.conftest import LEADER, Desk
from tests.signing.index import PIN, hold, move_to_token, secret

MakeDesk = Callable[[], Desk]


@pytest.fixture
def token(softhsm: SoftHSM) -> str:
    """An empty token."""
    label = f"token-{uuid4().hex[:8]}"
    softhsm.make_token(label, PIN)
    pkcs11.lib(str(softhsm.module)).reinitialize()  # SoftHSM looks for tokens only then
    return label


@pytest.fixture
def held(own_desk: MakeDesk, softhsm: SoftHSM, token: str) -> Desk:
    """A desk whose leader's key is in the token."""
    desk = own_desk()
    move_to_token(softhsm, desk.folder, LEADER, token)
    return desk


def key_of(held: Desk) -> TokenKey:
    """The leader's key, in the token."""
    key = held.key(LEADER)
    assert isinstance(key, TokenKey)
    return key


@pytest.mark.parametrize(("kind", "pss", "algorithm"), KINDS)
def test_a_key_of_each_kind_signs_in_the_token(
    kind: str,
    pss: bool,
    algorithm: SignatureAlgorithm,
    own_desk: MakeDesk,
    softhsm: SoftHSM,
    token: str,
    prepared: bytes,
) -> None:
    desk = own_desk()
    pki.issue(desk.folder, "person", "khac", "Đỗ Khác", key_kind=kind)
    move_to_token(softhsm, desk.folder, "person:khac", token, pss=pss)
    assert desk.key("person:khac").algorithm is algorithm
    report = judge(desk.sign(prepared, "person:khac"), desk.trust(), desk.at)
    assert report.verdict == "TRUSTED", report


def test_sessions_are_kept_open_and_one_login_serves_them(held: Desk) -> None:
    token = key_of(held).token
    first = token.use(LEADER, lambda line: line.session)
    assert token.use(LEADER, lambda line: line.session) is first
    second = token.use(LEADER, lambda _: token.use(LEADER, lambda line: line.session))
    assert second is not first
    assert key_of(held).sign(b"attributes")


def test_a_session_that_was_lost_is_opened_anew_once(held: Desk) -> None:
    key = key_of(held)
    key.token.use(LEADER, lambda line: line.session.close())
    assert key.sign(b"attributes")


def test_a_token_that_goes_away_again_is_told(held: Desk) -> None:
    def unplugged(line: object) -> None:
        raise pkcs11.DeviceRemoved

    with pytest.raises(refusals.TokenSessionLost):
        key_of(held).token.use(LEADER, unplugged)


def test_a_token_that_was_taken_out_is_not_found(held: Desk, softhsm: SoftHSM) -> None:
    key = key_of(held)
    softhsm.delete_token(key.token._label)
    key.token.forget()
    with pytest.raises(refusals.KeyMissing) as refused:
        key.sign(b"attributes")
    assert refused.value.code == "TOKEN_NOT_FOUND"


def test_a_wrong_pin_is_shown_once(held: Desk, softhsm: SoftHSM) -> None:
    """Even where it would be right by now: only another PIN in the file is shown again."""
    own = key_of(held).token
    own.forget()
    pin_file = held.folder / secret(held.folder, "wrong.pin", "0815")
    token = Token(own._module, own._label, lambda: read_pin(pin_file))
    with pytest.raises(refusals.TokenPin):
        token.use(LEADER, lambda line: None)
    change_pin(softhsm, own._label, "0815")
    with pytest.raises(refusals.TokenPin):
        token.use(LEADER, lambda line: None)
    change_pin(softhsm, own._label, "0816", old="0815")
    secret(held.folder, "wrong.pin", "0816")
    assert token.use(LEADER, lambda line: line.key(LEADER))


def change_pin(softhsm: SoftHSM, label: str, new: str, old: str = PIN) -> None:
    """Somebody gives the token another PIN."""
    token = pkcs11.lib(str(softhsm.module)).get_token(token_label=label)
    with token.open(user_pin=old, rw=True) as session:
        session.set_pin(old, new)


def test_a_key_that_is_not_in_the_token_is_not_found(held: Desk, softhsm: SoftHSM) -> None:
    entry = pki.read_index(held.folder)["holders"][LEADER]["held"]
    hold(held.folder, LEADER, **entry | {"key": "another"})
    with pytest.raises(refusals.KeyMissing):
        held.key(LEADER)


@pytest.mark.parametrize("kind", ["rsa", "p256"])
def test_a_key_that_does_not_fit_its_certificate_is_refused_at_the_start(
    kind: str, own_desk: MakeDesk, softhsm: SoftHSM, token: str
) -> None:
    desk = own_desk()
    for name in ("mot", "hai"):
        pki.issue(desk.folder, "person", name, "Đỗ Khác", key_kind=kind)
        move_to_token(softhsm, desk.folder, f"person:{name}", token)
    entry = pki.read_index(desk.folder)["holders"]["person:hai"]["held"]
    hold(desk.folder, "person:mot", **entry)
    with pytest.raises(refusals.KeyCertMismatch):
        desk.key("person:mot")


def test_a_module_that_is_not_there_is_told(held: Desk) -> None:
    entry = pki.read_index(held.folder)["holders"][LEADER]["held"]
    hold(held.folder, LEADER, **entry | {"module": "no-such.so"})
    with pytest.raises(refusals.TokenRefused, match="no-such"):
        held.key(LEADER)


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (pkcs11.PinLocked, "TOKEN_LOCKED"),
        (pkcs11.PinExpired, "TOKEN_PIN"),
        (pkcs11.NoSuchToken, "TOKEN_NOT_FOUND"),
        (pkcs11.MechanismInvalid, "TOKEN_REFUSED"),
    ],
)
def test_every_failure_of_a_device_has_its_word(
    failure: type[pkcs11.PKCS11Error], code: str, held: Desk
) -> None:
    """SoftHSM locks no token and unplugs none, so the library's own failures stand in."""

    def fails(line: object) -> None:
        raise failure

    with pytest.raises(refusals.SigningRefused) as refused:
        key_of(held).token.use(LEADER, fails)
    assert refused.value.code == code
    assert LEADER in refused.value.message()
