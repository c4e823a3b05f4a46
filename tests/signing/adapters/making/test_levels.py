"""How long a file proves itself: the four levels, for new signatures and for old documents."""

import io
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from contracts.values import Placements, SignatureLevel
from services.signing.adapters import refusals
from services.signing.adapters.making.acts import seal, sign_leader
from services.signing.adapters.making.levels import extend
from services.signing.adapters.pdf.objects import entry
from services.signing.adapters.verification.judging import judge
from services.signing.adapters.verification.lasting import Lasting, lasting
from tests.signing.conftest import AGENCY, DAY, LEADER, NUMBER, Desk, answers
from tests.signing.stamping import NOBODY

B_B, B_T, B_LT, B_LTA = SignatureLevel
HOLDERS_END = datetime(2035, 1, 1, tzinfo=UTC)
AUTHORITIES_END = datetime(2048, 1, 1, tzinfo=UTC)


def extended(desk: Desk, pdf: bytes, level: SignatureLevel) -> bytes:
    """The story's authority stamps, its trust proves."""
    return extend(pdf, level, desk.at, desk.authority(), desk.trust())


def lasts(desk: Desk, pdf: bytes) -> Lasting:
    """Level and end, as read off the file."""
    report = judge(pdf, desk.trust(), desk.at)
    assert report.verdict == "TRUSTED", report
    found = lasting(pdf, report.signatures, desk.trust(), desk.at)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def basic(desk: Desk, letter: tuple[bytes, Placements]) -> bytes:
    """The letter signed and sealed without any time stamp."""
    prepared = desk.prepare(*letter).pdf
    key, image = desk.key(LEADER), desk.picture(LEADER)
    signed = sign_leader(prepared, key, image, desk.at, None, desk.trust())
    key, image = desk.key(AGENCY), desk.picture(AGENCY)
    return seal(signed, key, image, NUMBER, DAY, desk.at, None, desk.trust())


def store(pdf: bytes) -> Any:
    """What a file carries for later."""
    return entry(PdfFileReader(io.BytesIO(pdf)).root, "/DSS", {})


def test_a_signature_without_stamp_lasts_as_long_as_its_signers_certificate(
    desk: Desk, basic: bytes
) -> None:
    assert lasts(desk, basic) == Lasting(B_B, HOLDERS_END)
    leader, agency = judge(basic, desk.trust(), desk.at).signatures
    assert (leader.time, agency.time) == ("CLAIMED", "CLAIMED")


def test_a_stamped_signature_still_asks_about_its_signer(desk: Desk, sealed: bytes) -> None:
    assert lasts(desk, sealed) == Lasting(B_T, HOLDERS_END)


@pytest.mark.parametrize("level", [B_LT, B_LTA])
def test_with_its_proof_a_file_lasts_as_long_as_the_stamp(
    desk: Desk, sealed: bytes, level: SignatureLevel
) -> None:
    longer = extended(desk, sealed, level)
    assert longer.startswith(sealed)
    assert lasts(desk, longer) == Lasting(level, AUTHORITIES_END)


def test_each_signature_has_proof_of_its_own(desk: Desk, sealed: bytes) -> None:
    longer = extended(desk, sealed, B_LT)
    assert len(store(longer)["/VRI"]) == 2
    for proof in store(longer)["/VRI"].values():
        assert len(proof.get_object()["/Cert"]) >= 3
        assert len(proof.get_object()["/CRL"]) >= 2
    leader, agency = judge(longer, desk.trust(), desk.at).signatures
    assert answers(leader)[2] == "PERMITTED"
    assert answers(agency)[2] == "VALIDATION_DATA"


def test_an_old_document_without_stamp_gets_one_over_all_of_it(desk: Desk, basic: bytes) -> None:
    stamped = extended(desk, basic, B_T)
    report = judge(stamped, desk.trust(), desk.at)
    assert [one.kind for one in report.signatures][-1] == "DOCUMENT_TIMESTAMP"
    assert lasts(desk, stamped).level is B_T
    assert lasts(desk, extended(desk, basic, B_LT)).level is B_LT


def test_the_archive_level_is_renewed_and_each_stamp_proves_the_one_before(
    desk: Desk, sealed: bytes
) -> None:
    once = extended(desk, sealed, B_LTA)
    twice = extended(desk, once, B_LTA)
    assert twice.startswith(once)
    assert lasts(desk, twice).level is B_LTA
    kinds = [one.kind for one in judge(twice, desk.trust(), desk.at).signatures]
    assert kinds.count("DOCUMENT_TIMESTAMP") == 2
    assert len(store(once)["/VRI"]) == 2
    assert len(store(twice)["/VRI"]) == 3


def test_nothing_is_extended_that_is_not_good_or_has_it_already(
    desk: Desk, prepared: bytes, sealed: bytes
) -> None:
    spoiled = sealed.replace(b"/Rotate 0", b"/Rotate 9", 1)
    for bad in (prepared, spoiled):
        with pytest.raises(refusals.ProofNotExtendable):
            extended(desk, bad, B_LTA)
    longer = extended(desk, sealed, B_LT)
    for reached in (B_B, B_T, B_LT):
        with pytest.raises(refusals.LevelReached):
            extended(desk, longer, reached)


def test_without_word_of_revocation_there_is_no_proof_to_take_along(
    desk: Desk, sealed: bytes
) -> None:
    trust = desk.trust()
    issuing_only = msgspec.structs.replace(trust, revocation_lists=trust.revocation_lists[:1])
    with pytest.raises((refusals.RevocationUnavailable, refusals.ProofNotExtendable)):
        extend(sealed, B_LT, desk.at, desk.authority(), issuing_only)


def test_a_silent_authority_leaves_the_file_as_it_was(desk: Desk, sealed: bytes) -> None:
    with pytest.raises(refusals.TsaUnavailable):
        extend(sealed, B_LTA, desk.at, NOBODY, desk.trust())
