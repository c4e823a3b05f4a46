"""The worker with real keys and a real PDF: what comes of a job, once, whoever repeats it."""

import time
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest

from contracts.errors import NotFound
from contracts.values import FileRef, LegalValue, Placements, SignerRole, Verdict
from infra.local.world import World
from services.kernel.application import in_postgres
from services.kernel.context import acting
from services.signing.adapters.network.web import NoAnswer
from services.signing.application import Job, Signing
from services.signing.domain import Progress, Signature, Verification, signature_id
from services.signing.worker import SigningWorker
from services.signing.worker.stamping import turns
from services.signing.worker.verifications import worst
from tests.shelf import Shelf
from tests.signing.bureau import DOCUMENT, NUMBER, Bureau, arrived, requested
from tests.signing.conftest import LEADER, Desk
from tests.signing.council import FIRST, Council
from tests.signing.stamping import NOBODY

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def job(kind: str, id: object) -> bytes:
    """A job as it lies in the queue."""
    return msgspec.json.encode({"kind": kind, "id": id})


@pytest.fixture
def bureau(desk: Desk) -> Council:
    """A bureau that trusts the session's authority, and where nothing else happened yet."""
    council = Council()
    council.entrust(desk.folder)
    return council


@pytest.fixture
def worker(bureau: Bureau, desk: Desk) -> SigningWorker:
    """A worker of that bureau with the session's keys."""
    return SigningWorker(bureau.signing, bureau.shelf, desk.folder, desk.authority())


def sign_both(bureau: Bureau, worker: SigningWorker, letter: tuple[bytes, Placements]) -> Signature:
    """Leader, then agency; the agency's signature afterwards."""
    pdf, places = letter
    bureau.told(requested(bureau.file(pdf), placements=places))
    leader = signature_id(DOCUMENT, SignerRole.LEADER)
    worker.work(job("signature", leader), TRACE)
    signed = list(bureau.signing.events.get(leader))[-1].file  # type: ignore[attr-defined]
    bureau.told(requested(signed, SignerRole.AGENCY, number=NUMBER))
    agency = signature_id(DOCUMENT, SignerRole.AGENCY)
    worker.work(job("signature", agency), TRACE)
    return bureau.signing.load(Signature, agency)


def test_leader_and_agency_sign_and_the_result_verifies(
    bureau: Bureau, worker: SigningWorker, letter: tuple[bytes, Placements]
) -> None:
    sealed = sign_both(bureau, worker, letter)
    assert sealed.progress is Progress.DONE
    file = list(bureau.signing.events.get(sealed.id))[-1].file  # type: ignore[attr-defined]
    bureau.told(arrived([file], uuid4()))
    verification = bureau.signing.jobs.read(0)[0][-1].job.id
    worker.work(job("verification", verification), TRACE)
    concluded = bureau.signing.load(Verification, verification)
    assert (concluded.verdict, concluded.legal_value) == (Verdict.TRUSTED, LegalValue.ORIGINAL)
    assert [s.role for s in concluded.signatures] == [SignerRole.LEADER, SignerRole.AGENCY]
    assert bureau.shelf.read(concluded.reports[0].sha256)


def test_a_repeated_job_changes_nothing(
    bureau: Bureau, worker: SigningWorker, letter: tuple[bytes, Placements]
) -> None:
    sealed = sign_both(bureau, worker, letter)
    before = bureau.written()
    worker.work(job("signature", sealed.id), TRACE)
    assert bureau.written() == before


def test_a_result_carries_the_trace_of_who_asked(
    bureau: Bureau, worker: SigningWorker, letter: tuple[bytes, Placements]
) -> None:
    sealed = sign_both(bureau, worker, letter)
    made = list(bureau.signing.events.get(sealed.id))[-1]
    assert made.trace == TRACE  # type: ignore[attr-defined]


def test_a_file_that_is_no_pdf_fails_with_its_code(bureau: Bureau, worker: SigningWorker) -> None:
    bureau.told(requested(bureau.file(b"PK\x03\x04 a docx")))
    id = signature_id(DOCUMENT, SignerRole.LEADER)
    worker.work(job("signature", id), TRACE)
    failed = list(bureau.signing.events.get(id))[-1]
    assert failed.code == "NOT_A_PDF"  # type: ignore[attr-defined]
    assert bureau.signing.load(Signature, id).progress is Progress.FAILED


def seal_fails(bureau: Bureau, worker: SigningWorker, file: FileRef) -> str:
    """The code by which the seal on a file fails."""
    bureau.told(requested(file, SignerRole.AGENCY, number=NUMBER))
    id = signature_id(DOCUMENT, SignerRole.AGENCY)
    worker.work(job("signature", id), TRACE)
    assert bureau.signing.load(Signature, id).progress is Progress.FAILED
    code: str = list(bureau.signing.events.get(id))[-1].code  # type: ignore[attr-defined]
    return code


@pytest.mark.rule("N30-32/33")
def test_the_agency_seals_what_its_signer_signed_and_nothing_else(
    bureau: Bureau, worker: SigningWorker, prepared: bytes, signed: bytes
) -> None:
    missing = "LEADER_SIGNATURE_MISSING"
    assert seal_fails(bureau, worker, bureau.file(signed)) == missing, "nobody was to sign it"
    another = bureau.leader_signed(signed, holder="person:tran-thi-bich")
    assert seal_fails(bureau, worker, another) == missing, "somebody else signed it"
    assert seal_fails(bureau, worker, bureau.file(prepared)) == missing, "nobody signed it"


@pytest.mark.rule("N30-32/33")
def test_a_signer_s_hand_under_something_else_is_no_reason_to_seal(
    bureau: Bureau, worker: SigningWorker, signed: bytes
) -> None:
    bureau.told(requested(bureau.file()))
    assert seal_fails(bureau, worker, bureau.file(signed)) == "LEADER_SIGNATURE_MISSING"


@pytest.mark.rule("R12.4-2")
def test_a_certificate_that_is_not_in_use_signs_nothing(
    bureau: Council, worker: SigningWorker, letter: tuple[bytes, Placements], desk: Desk
) -> None:
    fingerprint = desk.key(LEADER).certificate.sha256.hex()
    record = bureau.signing.certificate_of(fingerprint)
    assert record is not None
    with acting(FIRST):
        bureau.signing.suspend_certificate(certificate_id=record.id, why="mất thiết bị")
    pdf, places = letter
    bureau.told(requested(bureau.file(pdf), placements=places))
    id = signature_id(DOCUMENT, SignerRole.LEADER)
    worker.work(job("signature", id), TRACE)
    failed = list(bureau.signing.events.get(id))[-1]
    assert failed.code == "SIGNER_CERT_NOT_ACTIVE"  # type: ignore[attr-defined]


def test_a_signature_waits_for_a_time_authority_that_is_away_and_fails_after_hours(
    bureau: Council, worker: SigningWorker, letter: tuple[bytes, Placements], desk: Desk
) -> None:
    pdf, places = letter
    bureau.told(requested(bureau.file(pdf), placements=places))
    id, before = signature_id(DOCUMENT, SignerRole.LEADER), bureau.written()
    about = (bureau.signing, bureau.shelf, desk.folder, NOBODY)
    SigningWorker(*about).work(job("signature", id), TRACE)
    assert bureau.written() == before
    assert [entry.job.id for entry in bureau.signing.jobs.read(before - 1)[0]] == [id]
    SigningWorker(*about, patience=timedelta(0)).work(job("signature", id), TRACE)
    failed = list(bureau.signing.events.get(id))[-1]
    assert failed.code == "TSA_UNAVAILABLE"  # type: ignore[attr-defined]
    bureau.told(requested(bureau.file(pdf), placements=places))
    worker.work(job("signature", id), TRACE)
    assert bureau.signing.load(Signature, id).progress is Progress.DONE


def test_no_more_than_so_many_ask_for_a_stamp_at_once(world: World) -> None:
    env = in_postgres(world.database_url("signing"))
    workers = [Signing(env, files=Shelf()) for _ in range(3)]
    one, two, third = (turns(worker, 2) for worker in workers)
    soon = time.monotonic() + 0.5
    with one(soon), two(soon), pytest.raises(NoAnswer, match="NO_TURN"), third(soon):
        pytest.fail("a third one asked")
    with third(time.monotonic() + 0.5):
        pass
    for worker in workers:
        worker.close()


def test_a_job_that_another_worker_is_about_is_left_to_it(world: World, desk: Desk) -> None:
    env = in_postgres(world.database_url("signing"))
    mine, other = Signing(env, files=Shelf()), Signing(env, files=Shelf())
    worker = SigningWorker(mine, Shelf(), desk.folder, NOBODY)
    unknown = uuid4()
    with other.held(f"job/{unknown}"):
        worker.work(job("verification", unknown), TRACE)
    with pytest.raises(NotFound):
        worker.work(job("verification", unknown), TRACE)
    mine.close()
    other.close()


def test_a_document_without_files_is_unsigned(bureau: Bureau, worker: SigningWorker) -> None:
    bureau.told(arrived([]))
    worker.work(job("verification", DOCUMENT), TRACE)
    concluded = bureau.signing.load(Verification, DOCUMENT)
    assert concluded.verdict is Verdict.UNSIGNED
    assert concluded.legal_value is LegalValue.INFORMATION_ONLY


def test_a_document_is_as_bad_as_its_worst_file() -> None:
    assert worst([Verdict.TRUSTED, Verdict.BROKEN, Verdict.WARN]) is Verdict.BROKEN
    assert worst([]) is Verdict.UNSIGNED


def test_the_job_on_the_queue_is_what_the_log_said() -> None:
    told = Job(kind="signature", id=DOCUMENT)
    assert msgspec.json.decode(msgspec.json.encode(told), type=Job) == told
