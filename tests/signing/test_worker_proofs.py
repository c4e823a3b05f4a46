"""Levels of new signatures, attachments sealed beside a document, and proofs extended, for real."""

from itertools import pairwise
from typing import Any

import pytest

from contracts.signing import ProofView
from contracts.values import FileRef, Placements, SignatureLevel, SignerRole
from services.kernel.context import acting
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.judging import judge
from services.signing.domain import Progress, Proven, Signature, proof_id, signature_id
from services.signing.worker import SigningWorker
from tests.signing.adapters.making.sheets import sheet
from tests.signing.adapters.making.test_blocks import PATTERN, words_of
from tests.signing.bureau import CLERK, DOCUMENT, NUMBER, requested
from tests.signing.conftest import Desk
from tests.signing.council import Council
from tests.signing.stamping import NOBODY
from tests.signing.test_worker import TRACE, job

B_B, B_T, B_LT, B_LTA = SignatureLevel


@pytest.fixture
def bureau(desk: Desk) -> Council:
    """A bureau that trusts the session's authority, and where nothing else happened yet."""
    council = Council()
    council.entrust(desk.folder)
    return council


@pytest.fixture
def worker(bureau: Council, desk: Desk) -> SigningWorker:
    """A worker of that bureau with the session's keys."""
    return SigningWorker(bureau.signing, bureau.shelf, desk.folder, desk.authority())


def sealed(bureau: Council, worker: SigningWorker, signed: bytes, **other: Any) -> Signature.Made:
    """What the leader signed, sealed; the event that says so."""
    return sealed_file(bureau, worker, bureau.leader_signed(signed), **other)


def sealed_file(
    bureau: Council, worker: SigningWorker, file: FileRef, **other: Any
) -> Signature.Made:
    """The leader's revision, sealed."""
    bureau.told(requested(file, SignerRole.AGENCY, number=NUMBER, **other))
    id = signature_id(DOCUMENT, SignerRole.AGENCY)
    worker.work(job("signature", id), TRACE)
    assert bureau.signing.load(Signature, id).progress is Progress.DONE
    made: Any = list(bureau.signing.events.get(id))[-1]
    return made


def proof(bureau: Council) -> ProofView:
    """The proof of the document."""
    with acting(CLERK):
        return bureau.signing.get_proof(document_id=DOCUMENT)


@pytest.mark.parametrize(("level", "year"), [(B_T, 2035), (B_LT, 2048), (B_LTA, 2048)])
def test_a_sealed_document_has_the_level_it_was_asked_for(
    bureau: Council, worker: SigningWorker, signed: bytes, level: SignatureLevel, year: int
) -> None:
    made = sealed(bureau, worker, signed, level=level)
    found = proof(bureau)
    assert (found.level, found.holds_until_at.year) == (level, year)
    assert found.files == [made.file]


def test_without_a_stamp_asked_for_no_authority_is_needed(
    bureau: Council, worker: SigningWorker, desk: Desk, letter: tuple[bytes, Placements]
) -> None:
    alone = SigningWorker(bureau.signing, bureau.shelf, desk.folder, NOBODY)
    file = bureau.file(letter[0])
    bureau.told(requested(file, placements=letter[1], level=B_B))
    leader = signature_id(DOCUMENT, SignerRole.LEADER)
    alone.work(job("signature", leader), TRACE)
    signed: Any = list(bureau.signing.events.get(leader))[-1]
    sealed_file(bureau, alone, signed.file, level=B_B)
    assert (proof(bureau).level, proof(bureau).holds_until_at.year) == (B_B, 2035)


@pytest.mark.rule("R9.2b-2")
def test_attachments_are_sealed_with_the_documents_number_in_words(
    bureau: Council, worker: SigningWorker, signed: bytes, desk: Desk
) -> None:
    beside = [bureau.file(sheet()), bureau.file(sheet((842.0, 595.0)))]
    made = sealed(bureau, worker, signed, attachments=beside)
    assert len(made.attachments) == 2
    for file in made.attachments:
        pdf = bureau.shelf.read(file.sha256)
        assert PATTERN.match(words_of(pdf))
        assert words_of(pdf).startswith(f"Số: {NUMBER.notation}; ")
        assert judge(pdf, desk.trust(), desk.at).verdict == "TRUSTED"
    assert proof(bureau).files == [made.file, *made.attachments]


def test_a_document_is_not_sealed_without_its_attachments(
    bureau: Council, worker: SigningWorker, signed: bytes
) -> None:
    beside = [bureau.file(b"PK\x03\x04 a docx")]
    file = bureau.leader_signed(signed)
    bureau.told(requested(file, SignerRole.AGENCY, number=NUMBER, attachments=beside))
    id = signature_id(DOCUMENT, SignerRole.AGENCY)
    worker.work(job("signature", id), TRACE)
    failed: Any = list(bureau.signing.events.get(id))[-1]
    assert failed.code == "NOT_A_PDF"


def extended(bureau: Council, worker: SigningWorker, level: SignatureLevel) -> ProofView:
    """The clerk asks, a worker does."""
    with acting(CLERK):
        bureau.signing.extend_signature(document_id=DOCUMENT, level=level)
    worker.work(job("proof", proof_id(DOCUMENT)), TRACE)
    return proof(bureau)


def test_an_old_document_is_extended_and_renewed(
    bureau: Council, worker: SigningWorker, signed: bytes, desk: Desk
) -> None:
    made = sealed(bureau, worker, signed)
    longer = extended(bureau, worker, B_LTA)
    assert (longer.level, longer.holds_until_at.year, longer.failure) == (B_LTA, 2048, "")
    renewed = extended(bureau, worker, B_LTA)
    contents = [bureau.shelf.read(one.sha256) for one in (made.file, *longer.files, *renewed.files)]
    for before, after in pairwise(contents):
        assert after.startswith(before)
    assert judge(contents[-1], desk.trust(), desk.at).verdict == "TRUSTED"


def test_a_proof_that_cannot_be_extended_keeps_its_file_and_says_why(
    bureau: Council, worker: SigningWorker, signed: bytes
) -> None:
    made = sealed(bureau, worker, signed)
    again = extended(bureau, worker, B_T)
    assert (again.level, again.files) == (B_T, [made.file])
    assert again.failure.startswith("LEVEL_REACHED: ")


def test_an_authority_that_is_away_is_asked_again(
    bureau: Council, worker: SigningWorker, signed: bytes, desk: Desk
) -> None:
    sealed(bureau, worker, signed)
    alone = SigningWorker(bureau.signing, bureau.shelf, desk.folder, NOBODY)
    assert extended(bureau, alone, B_LTA).extending
    worker.work(job("proof", proof_id(DOCUMENT)), TRACE)
    assert proof(bureau).level is B_LTA


def test_the_worst_file_says_how_long_a_document_lasts(
    worker: SigningWorker, bureau: Council, signed: bytes, desk: Desk
) -> None:
    trust = desk.trust()
    files: list[tuple[FileRef, bytes, Any, TrustSet]] = [
        (bureau.file(pdf), pdf, judge(pdf, trust, desk.at).signatures, trust)
        for pdf in (signed, sheet())
    ]
    found = worker._proven(files)
    assert isinstance(found, Proven)
    assert (found.files, found.level) == ([files[0][0]], B_T)
    assert worker._proven(files[1:]) is None
