"""The worker and the evidence: kept with the verdict, written when asked, sealed where it can."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from contracts.intake import Issuer
from contracts.signing import ReportFormat
from contracts.signing.report import Report
from contracts.values import SignerRole, Verdict
from infra.local import pki
from infra.local.stamps import time_authority
from services.kernel.context import acting
from services.signing.adapters.evidence.identity import MISMATCH
from services.signing.adapters.evidence.replaying import replay
from services.signing.adapters.evidence.sealing import FIELD
from services.signing.adapters.verification.judging import judge
from services.signing.domain import Progress, Verification
from services.signing.worker import SigningWorker
from tests.signing.bureau import CLERK, DOCUMENT, OURS, THEIRS, arrived
from tests.signing.conftest import Desk
from tests.signing.council import Council
from tests.signing.stamping import NOBODY, InProcess
from tests.signing.test_worker import TRACE, job

PDF, ETSI, JSON = ReportFormat.PDF, ReportFormat.ETSI, ReportFormat.JSON
SEAL = pki.PLATFORM.name


class Room:
    """A bureau with a worker to whom a sealed letter has come."""

    def __init__(
        self, folder: Path, pdf: bytes, seal: str = SEAL, sender: str = OURS, issuer: str = ""
    ) -> None:
        self.bureau = Council()
        self.bureau.entrust(folder)
        authority = InProcess(time_authority(folder))
        self.worker = SigningWorker(self.bureau.signing, self.bureau.shelf, folder, authority, seal)
        of = Issuer(name=issuer, post="Giám đốc")
        self.bureau.told(arrived([self.bureau.file(pdf)], DOCUMENT, sender, of))
        self.work()

    def work(self, id: UUID = DOCUMENT) -> Verification:
        """The worker does what is due."""
        self.worker.work(job("verification", id), TRACE)
        return self.bureau.signing.load(Verification, id)

    def ask(self) -> Verification:
        """The clerk wants the report, and the worker writes it."""
        with acting(CLERK):
            self.bureau.signing.request_report(verification_id=DOCUMENT)
        return self.work()

    def read(self, format: ReportFormat) -> bytes:
        """A report as the clerk gets it."""
        with acting(CLERK):
            link = self.bureau.signing.get_report(verification_id=DOCUMENT, format=format)
        return self.bureau.shelf.read(link.file.sha256)


@pytest.fixture(scope="module")
def room(desk: Desk, sealed: bytes) -> Room:
    """A letter verified, and its report written."""
    room = Room(desk.folder, sealed)
    room.ask()
    return room


@pytest.mark.rule("R8.1b-1")
def test_the_report_is_stored_with_all_that_its_answer_was_made_of(room: Room) -> None:
    shelf, kept = room.bureau.shelf, room.read(JSON)
    report = msgspec.json.decode(kept, type=Report)
    assert report.verdict is Verdict.TRUSTED and len(report.signatures) == 2
    assert {one.sha256 for one in report.materials} <= shelf.kept.keys()
    assert replay(kept, shelf.read).identical


@pytest.mark.rule("R8.1b-1")
def test_the_plain_result_tells_every_signature_with_all_that_the_clerk_must_see(
    room: Room,
) -> None:
    with acting(CLERK):
        shown = room.bureau.signing.get_verification(verification_id=DOCUMENT)
    leader, agency = shown.signatures
    assert (leader.signer, leader.post, leader.agency) == ("Nguyễn Văn An", "Giám đốc", OURS)
    assert (agency.signer, agency.role, agency.agency) == ("Sở Nội vụ", SignerRole.AGENCY, OURS)
    for one in shown.signatures:
        assert one.serial and one.signed_at and one.signed_at.isoformat().endswith("+07:00")
        assert (one.integrity, one.trust, one.time) == ("INTACT", "TRUSTED", "PROVEN")
        assert (one.verdict, one.reasons) == (Verdict.TRUSTED, [])


@pytest.mark.parametrize(
    ("sender", "issuer", "warned"),
    [(OURS, "Nguyễn Văn An", []), (THEIRS, "", [0, 1]), (OURS, "Lê Quang Huy", [0])],
)
def test_a_signature_that_is_not_whose_the_document_says_is_a_warning(
    desk: Desk, sealed: bytes, sender: str, issuer: str, warned: list[int]
) -> None:
    concluded = Room(desk.folder, sealed, SEAL, sender, issuer).work()
    found = [MISMATCH in one.reasons for one in concluded.signatures]
    assert [place for place, told in enumerate(found) if told] == warned
    assert concluded.verdict is (Verdict.WARN if warned else Verdict.TRUSTED)


def test_what_two_reports_share_is_stored_once(desk: Desk, sealed: bytes, signed: bytes) -> None:
    room = Room(desk.folder, sealed)
    before = set(room.bureau.shelf.kept)
    other = UUID(int=5)
    room.bureau.told(arrived([room.bureau.file(signed)], other))
    room.work(other)
    assert len(set(room.bureau.shelf.kept) - before) == 2, "the file and its report"


def test_the_report_is_written_once_however_often_the_job_comes(room: Room) -> None:
    before = room.bureau.written()
    assert room.work().report is Progress.DONE
    assert room.bureau.written() == before
    assert room.read(PDF).startswith(b"%PDF-") and room.read(ETSI).startswith(b"<?xml")


def test_the_pdf_is_sealed_and_stamped_and_verifies(room: Room, desk: Desk) -> None:
    found = judge(room.read(PDF), desk.trust(), desk.at)
    (seal,) = found.signatures
    assert (seal.field, seal.signer, seal.integrity) == (FIELD, pki.PLATFORM.common_name, "INTACT")
    assert (seal.coverage, seal.time, seal.trust) == ("WHOLE_FILE", "PROVEN", "TRUSTED")
    with acting(CLERK):
        assert room.bureau.signing.get_report(verification_id=DOCUMENT, format=PDF).sealed


def test_what_each_signature_covers_is_cut_out_exactly(room: Room, sealed: bytes) -> None:
    report = msgspec.json.decode(room.read(JSON), type=Report)
    for one in report.signatures:
        with acting(CLERK):
            link = room.bureau.signing.get_signed_revision(
                verification_id=DOCUMENT, field=one.field
            )
        content = room.bureau.shelf.read(link.file.sha256)
        assert link.byte_range == one.byte_range and sealed.startswith(content)
        assert len(content) == sum(link.byte_range[2:])
    assert content == sealed, "the agency's seal covers the whole file"


def test_without_a_key_the_report_is_told_unsealed(desk: Desk, sealed: bytes) -> None:
    for seal in ("", "agency:H99"):
        room = Room(desk.folder, sealed, seal)
        room.ask()
        assert judge(room.read(PDF), desk.trust(), desk.at).verdict == "UNSIGNED"
        with acting(CLERK):
            link = room.bureau.signing.get_report(verification_id=DOCUMENT, format=PDF)
        assert not link.sealed


def test_a_report_waits_for_its_stamp_and_is_told_unsealed_after_hours(
    desk: Desk, sealed: bytes
) -> None:
    room = Room(desk.folder, sealed)
    about = (room.bureau.signing, room.bureau.shelf, desk.folder, NOBODY, SEAL)
    room.worker = SigningWorker(*about)
    assert room.ask().report is Progress.REQUESTED
    room.worker = SigningWorker(*about, patience=timedelta(0))
    pdf, *_ = room.work().renditions
    assert not pdf.sealed


def test_a_file_that_is_no_pdf_has_its_report_too(desk: Desk) -> None:
    room = Room(desk.folder, b"no PDF")
    verification = room.ask()
    assert [one.format for one in verification.renditions] == [PDF]
    assert verification.revisions == []
