"""What signing does when asked and when told, without a worker."""

from uuid import UUID, uuid4

import msgspec
import pytest

from contracts.errors import Denied, FileMissing, NotFound
from contracts.signing import SignatureSummary, VerificationAlreadyRequested, WorkAlreadyConcluded
from contracts.values import FileRef, LegalValue, SignerRole, Verdict
from services.kernel.context import acting, the_service
from services.signing.application import Job
from services.signing.domain import Progress, Signature, Verification, asked_id, signature_id
from tests.signing.bureau import CLERK, DOCUMENT, MONDAY, STRANGER, Bureau, arrived, requested

LEADER_SIGNATURE = signature_id(DOCUMENT, SignerRole.LEADER)


@pytest.fixture
def bureau() -> Bureau:
    """A bureau where nothing happened yet."""
    return Bureau()


def conclude(bureau: Bureau, id: UUID = DOCUMENT) -> FileRef:
    """A worker verified; its report is kept."""
    kept = bureau.shelf.keep(b'{"verdict":"TRUSTED"}')
    report = FileRef(name="report.json", sha256=kept.sha256, size=kept.size)
    summary = SignatureSummary(
        signer="An", role=SignerRole.LEADER, serial="0a", signed_at=MONDAY, verdict=Verdict.TRUSTED
    )
    with acting(the_service("signing")):
        bureau.signing.record_verification(
            id=id,
            verdict=Verdict.TRUSTED,
            legal_value=LegalValue.ORIGINAL,
            signatures=[summary],
            reports=[report],
        )
    return report


def test_a_signature_is_requested_once_however_often_dispatch_tells(bureau: Bureau) -> None:
    asked = requested(bureau.file())
    bureau.told(asked)
    bureau.told(asked)
    assert bureau.written() == 1
    assert bureau.signing.load(Signature, LEADER_SIGNATURE).progress is Progress.REQUESTED


def test_leader_and_agency_are_two_signatures(bureau: Bureau) -> None:
    for role in SignerRole:
        bureau.told(requested(bureau.file(), role))
        assert bureau.signing.load(Signature, signature_id(DOCUMENT, role)).role is role


def test_a_failed_signature_can_be_asked_for_again_with_another_file(bureau: Bureau) -> None:
    bureau.told(requested(bureau.file()))
    with acting(the_service("signing")):
        bureau.signing.record_failure(id=LEADER_SIGNATURE, code="NOT_A_PDF", reason="no PDF")
    again = bureau.file(b"%PDF-1.7 another")
    bureau.told(requested(again))
    signature = bureau.signing.load(Signature, LEADER_SIGNATURE)
    assert (signature.progress, signature.file) == (Progress.REQUESTED, again)


def test_a_second_worker_cannot_conclude_again(bureau: Bureau) -> None:
    bureau.told(requested(bureau.file()))
    with acting(the_service("signing")):
        bureau.signing.record_signature(id=LEADER_SIGNATURE, file=bureau.file(b"signed"))
        with pytest.raises(WorkAlreadyConcluded):
            bureau.signing.record_failure(id=LEADER_SIGNATURE, code="X", reason="late")


def test_only_a_worker_records_results(bureau: Bureau) -> None:
    bureau.told(arrived([bureau.file()]))
    before = bureau.written()
    with acting(CLERK), pytest.raises(Denied):
        bureau.signing.record_failure(id=DOCUMENT, code="X", reason="no right")
    assert bureau.written() == before


def test_an_arrival_is_verified_once_and_its_report_is_shown(bureau: Bureau) -> None:
    bureau.told(arrived([bureau.file()]))
    bureau.told(arrived([bureau.file()]))
    conclude(bureau)
    with acting(CLERK):
        shown = bureau.signing.get_verification(verification_id=DOCUMENT)
    assert (shown.verdict, shown.legal_value) == (Verdict.TRUSTED, LegalValue.ORIGINAL)
    assert shown.reports == [{"verdict": "TRUSTED"}]
    assert shown.requested_at == MONDAY


def test_a_running_verification_shows_no_verdict_yet(bureau: Bureau) -> None:
    bureau.told(arrived([bureau.file()]))
    with acting(CLERK):
        assert bureau.signing.get_verification(verification_id=DOCUMENT).verdict is None


def test_a_clerk_has_kept_files_verified(bureau: Bureau) -> None:
    id = uuid4()
    with acting(CLERK):
        bureau.signing.verify_files(verification_id=id, files=[bureau.file()])
        assert bureau.signing.get_verification(verification_id=id).document_id == id
    assert bureau.signing.load(Verification, asked_id(id)).agency == CLERK.actor.agency


def test_a_verification_is_asked_for_once(bureau: Bureau) -> None:
    with acting(CLERK):
        bureau.signing.verify_files(verification_id=DOCUMENT, files=[bureau.file()])
        before = bureau.written()
        with pytest.raises(VerificationAlreadyRequested):
            bureau.signing.verify_files(verification_id=DOCUMENT, files=[bureau.file()])
    assert bureau.written() == before


def test_a_clerk_cannot_forestall_the_verification_of_an_arrival(bureau: Bureau) -> None:
    with acting(CLERK):
        bureau.signing.verify_files(verification_id=DOCUMENT, files=[bureau.file(b"harmless")])
    file = bureau.file(b"the arrival's own")
    bureau.told(arrived([file]))
    assert bureau.signing.load(Verification, DOCUMENT).files == [file]


def test_a_file_nobody_kept_is_refused(bureau: Bureau) -> None:
    missing = msgspec.structs.replace(bureau.file(), sha256="0" * 64)
    with acting(CLERK), pytest.raises(FileMissing):
        bureau.signing.verify_files(verification_id=DOCUMENT, files=[missing])
    assert bureau.written() == 0


def test_another_agency_sees_neither_verification_nor_history(bureau: Bureau) -> None:
    bureau.told(arrived([bureau.file()]))
    with acting(STRANGER):
        with pytest.raises(Denied):
            bureau.signing.get_verification(verification_id=DOCUMENT)
        with pytest.raises(Denied):
            bureau.signing.list_history(aggregate_id=DOCUMENT)


def test_an_unknown_verification_is_not_found(bureau: Bureau) -> None:
    with acting(CLERK), pytest.raises(NotFound):
        bureau.signing.get_verification(verification_id=uuid4())


def test_the_log_opens_a_job_for_each_request_and_closes_it_with_the_result(
    bureau: Bureau,
) -> None:
    bureau.told(arrived([bureau.file()]))
    bureau.told(requested(bureau.file()))
    opened, scanned = bureau.signing.jobs.read(0)
    assert [entry.job for entry in opened] == [
        Job(kind="verification", id=DOCUMENT),
        Job(kind="signature", id=LEADER_SIGNATURE),
    ]
    conclude(bureau)
    closed, _ = bureau.signing.jobs.read(scanned)
    assert [(entry.key, entry.job) for entry in closed] == [(opened[0].key, None)]


def test_the_place_of_the_feeder_is_kept(bureau: Bureau) -> None:
    assert bureau.signing.jobs.place() == 0
    bureau.signing.jobs.remember(7)
    bureau.signing.jobs.remember(9)
    assert bureau.signing.jobs.place() == 9
