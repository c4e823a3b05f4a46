"""Revocation: whose word counts, which word counts, and at which instant."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from contracts.signing.report import MaterialKind
from services.signing.adapters.evidence.materials import material
from services.signing.adapters.trust.answers import read_answer
from services.signing.adapters.trust.lists import read_list
from services.signing.adapters.trust.paths import Finding, check_signer
from services.signing.adapters.trust.revocation import NOTHING, Brought
from services.signing.adapters.trust.trusted import TrustSet
from tests.signing.adapters.trust.authorities import DAY, NOW, RESPONDER, YEARS, Hand, House, root

GONE, HELD = x509.ReasonFlags.key_compromise, x509.ReasonFlags.certificate_hold


@pytest.fixture(scope="module")
def house() -> House:
    """One house for all; trust differs."""
    return House()


def asked(
    house: House, trust: TrustSet, at: datetime = NOW, brought: Brought = NOTHING, **other: Hand
) -> Finding:
    """The finding about the signer."""
    return check_signer(other.get("about", house.signer).asn1, trust, at, brought)


def told(finding: Finding) -> set[str]:
    """The codes of a finding."""
    return {reason.code for reason in finding.reasons}


def brought(house: House, *lists: bytes, at: datetime = NOW) -> Brought:
    """Lists that a file brings along, proven to exist at an instant."""
    return Brought(lists=tuple(read for der in lists if (read := read_list(der, at))))


def test_a_fresh_list_of_the_issuer_is_good_and_none_is_unknown(house: House) -> None:
    assert asked(house, house.trust(house.authority.list())).trust == "TRUSTED"
    unknown = asked(house, house.trust())
    assert (unknown.trust, told(unknown)) == ("UNKNOWN", {"REVOCATION_UNKNOWN"})
    assert asked(house, house.trust(house.authority.list(days=1)), NOW + DAY).trust == "UNKNOWN"


def test_a_list_in_the_issuers_name_by_another_key_says_nothing(house: House) -> None:
    sister = house.root.authority("Sister")
    stranger = house.authority.list(key=sister.key)
    pinned = (house.authority.der, sister.der)
    trust = house.trust(stranger, sister.list(), intermediates=pinned)
    assert asked(house, trust).trust == "UNKNOWN"


def test_the_issuers_renewed_key_may_sign_the_list(house: House) -> None:
    renewed = house.root.authority("Issuing")
    pinned = (house.authority.der, renewed.der)
    assert asked(house, house.trust(renewed.list(), intermediates=pinned)).trust == "TRUSTED"
    twin = root("Other").authority("Issuing")
    pinned = (house.authority.der, twin.der)
    assert asked(house, house.trust(twin.list(), intermediates=pinned)).trust == "UNKNOWN"


@pytest.mark.parametrize(
    "other",
    [
        {"digest": hashes.SHA224()},
        {
            "extensions": [
                (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3"), b"\5\0"), True)
            ]
        },
        {"extensions": [(x509.DeltaCRLIndicator(1), True)]},
    ],
    ids=["weak digest", "not understood", "changes only"],
)
def test_a_list_that_is_weak_or_partial_proves_nothing(house: House, other: Any) -> None:
    assert asked(house, house.trust(house.authority.list(**other))).trust == "UNKNOWN"


def scoped(**scope: Any) -> list[tuple[x509.ExtensionType, bool]]:
    """The extension that narrows a list's scope."""
    none = dict.fromkeys(("full_name", "relative_name", "only_some_reasons"))
    flags = ("only_contains_user_certs", "only_contains_ca_certs", "indirect_crl")
    kinds = dict.fromkeys((*flags, "only_contains_attribute_certs"), False)
    return [(x509.IssuingDistributionPoint(**(none | kinds | scope)), True)]


@pytest.mark.parametrize(
    ("scope", "trust"),
    [
        ({"only_contains_user_certs": True}, "TRUSTED"),
        ({"only_contains_ca_certs": True}, "UNKNOWN"),
        ({"indirect_crl": True}, "UNKNOWN"),
        ({"only_some_reasons": frozenset({GONE})}, "UNKNOWN"),
        ({"full_name": [x509.UniformResourceIdentifier("http://a/1.crl")]}, "UNKNOWN"),
    ],
    ids=["users", "authorities", "indirect", "some reasons", "another part"],
)
def test_a_list_speaks_of_its_scope_only(house: House, scope: Any, trust: str) -> None:
    narrow = house.authority.list(extensions=scoped(**scope))
    assert asked(house, house.trust(narrow)).trust == trust


def test_revocation_counts_from_its_instant(house: House) -> None:
    trust = house.trust(house.authority.list({house.signer: (NOW, GONE)}))
    after, before = asked(house, trust, NOW), asked(house, trust, NOW - DAY)
    assert (after.trust, told(after)) == ("REVOKED", {"CERTIFICATE_REVOKED"})
    assert (before.trust, told(before)) == ("TRUSTED", {"CERTIFICATE_REVOKED_LATER"})


def test_an_old_good_word_hides_no_later_revocation(house: House) -> None:
    old = house.authority.list(said_at=NOW - 5 * DAY)
    good = house.authority.answer(house.signer, said_at=NOW - 2 * DAY)
    revoked = house.authority.list({house.signer: (NOW - 3 * DAY, GONE)})
    trust = house.trust(revoked, old, answers=(good,))
    assert asked(house, trust, brought=brought(house, old)).trust == "REVOKED"
    newer = house.authority.list(said_at=NOW)
    assert asked(house, house.trust(revoked, newer)).trust == "REVOKED"


def test_a_hold_counts_until_it_is_lifted(house: House) -> None:
    held = house.authority.list({house.signer: (NOW - 3 * DAY, HELD)}, said_at=NOW - 2 * DAY)
    assert asked(house, house.trust(held)).trust == "REVOKED"
    assert asked(house, house.trust(held, house.authority.list())).trust == "TRUSTED"


def test_a_revoked_authority_revokes_what_it_issued(house: House) -> None:
    trust = house.trust(house.authority.list(), house.root.list({house.authority: (NOW, GONE)}))
    assert asked(house, trust).trust == "REVOKED"


def test_an_answer_of_the_issuer_or_its_responder_counts(house: House) -> None:
    responder = house.authority.certify("Responder", RESPONDER)
    for answer in (
        house.authority.answer(house.signer),
        responder.answer(house.signer, house.authority),
    ):
        assert asked(house, house.trust(answers=(answer,))).trust == "TRUSTED"
    revoked = responder.answer(house.signer, house.authority, revoked_at=NOW - DAY)
    finding = asked(house, house.trust(house.authority.list(), answers=(revoked,)))
    assert finding.trust == "REVOKED"


def test_an_answer_by_anyone_else_says_nothing(house: House) -> None:
    other = house.authority.certify("Other holder")
    foreign = root("Other").authority("Issuing").certify("Responder", RESPONDER)
    expired = (YEARS[0], NOW - 2 * DAY)
    former = house.authority.certify("Responder", RESPONDER, years=expired)
    for hand in (house.signer, other, foreign, former):
        answer = hand.answer(house.signer, house.authority)
        assert asked(house, house.trust(answers=(answer,))).trust == "UNKNOWN", hand
    another = house.authority.answer(other)
    assert asked(house, house.trust(answers=(another,))).trust == "UNKNOWN"
    assert asked(house, house.trust(answers=(b"no answer",))).trust == "UNKNOWN"


def test_a_responder_that_may_be_revoked_is_asked_about(house: House) -> None:
    place = [x509.UniformResourceIdentifier("http://lists/responders.crl")]
    point = x509.CRLDistributionPoints([x509.DistributionPoint(place, None, None, None)])
    responder = house.authority.certify("Responder", [RESPONDER[0], (point, False)])
    answer = responder.answer(house.signer, house.authority)
    assert asked(house, house.trust(answers=(answer,))).trust == "UNKNOWN"
    for revoked, expected in (({}, "TRUSTED"), ({responder: (NOW, GONE)}, "UNKNOWN")):
        about_responders = house.authority.list(
            revoked, days=3650, extensions=scoped(full_name=place)
        )
        trust = house.trust(about_responders, answers=(answer,))
        assert asked(house, trust).trust == expected


def test_proof_brought_along_counts_while_its_authority_lived(house: House) -> None:
    listed = house.authority.list()
    later = YEARS[1] + DAY
    assert asked(house, house.trust(), brought=brought(house, listed)).trust == "TRUSTED"
    assert asked(house, house.trust(), brought=brought(house, listed, at=later)).trust == "UNKNOWN"
    answer = read_answer(house.authority.answer(house.signer), NOW)
    assert answer is not None
    assert asked(house, house.trust(), brought=Brought(answers=(answer,))).trust == "TRUSTED"
    late = replace(answer, proven_at=later)
    assert asked(house, house.trust(), brought=Brought(answers=(late,))).trust == "UNKNOWN"


def test_certificates_brought_along_complete_a_path_and_begin_none(house: House) -> None:
    bare = house.trust(house.authority.list(), intermediates=())
    assert asked(house, bare).trust == "NO_PATH"
    found = asked(house, bare, brought=Brought((house.authority.asn1,)))
    hands = (house.signer, house.authority, house.root)
    assert found.path == tuple(
        hand.certificate.fingerprint(hashes.SHA256()).hex() for hand in hands
    )
    own = root("Own")
    signer = own.certify("Signer")
    assert asked(house, bare, brought=Brought((own.asn1,)), about=signer).trust == "NO_PATH"


def test_expired_and_revoked_is_told_as_revoked(house: House) -> None:
    former = house.authority.certify("Former", years=(YEARS[0], NOW - 2 * DAY))
    good, listed = house.authority.list(), house.authority.list({former: (NOW - 3 * DAY, GONE)})
    assert asked(house, house.trust(good), about=former).trust == "EXPIRED"
    assert asked(house, house.trust(listed), about=former).trust == "REVOKED"
    in_time = asked(house, house.trust(good), NOW - 4 * DAY, about=former)
    assert (in_time.trust, told(in_time)) == ("TRUSTED", {"REVOCATION_TOLD_AFTER_EXPIRY"})


def test_an_anchor_that_signs_itself_is_held_to_its_time() -> None:
    own = root()
    trust = TrustSet(version="1", signer_anchors=(own.der,), timestamp_anchors=())
    for at, expected in (
        (NOW, "TRUSTED"),
        (YEARS[1] + DAY, "EXPIRED"),
        (YEARS[0] - DAY, "NOT_YET_VALID"),
    ):
        assert check_signer(own.asn1, trust, at).trust == expected


def test_an_answer_is_kept_as_evidence_with_its_facts(house: House) -> None:
    kept = material(MaterialKind.REVOCATION_ANSWER, house.authority.answer(house.signer))
    assert (kept.title, kept.valid_from, kept.valid_until) == ("Issuing", NOW - DAY, NOW + 6 * DAY)
    assert kept.serial == format(house.signer.certificate.serial_number, "x")
