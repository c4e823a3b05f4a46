"""Evidence as it is asked for: reports as links, what was signed, every piece; and who may ask."""

from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest

from contracts.envelope import Actor
from contracts.errors import Denied, NotFound
from contracts.signing import (
    ReportAlreadyRequested,
    ReportFormat,
    ReportNotReady,
    SignaturesMissing,
    SignedPartMissing,
    WorkAlreadyConcluded,
)
from contracts.signing.answers import (
    Changes,
    Coverage,
    Integrity,
    Policy,
    SignatureKind,
    Time,
    Trust,
)
from contracts.signing.report import Material, MaterialKind, Report, SignatureFound
from contracts.values import FileRef, LegalValue, Role, Verdict
from services.kernel.context import Circumstances, acting, the_service
from services.signing.application import Job
from services.signing.domain import Progress, Rendition, Revision, Verification
from tests.signing.bureau import CLERK, DOCUMENT, MONDAY, STRANGER, Bureau, arrived

AUDITOR = Circumstances(actor=Actor(person="kiem"), roles=frozenset({Role.AUDITOR}))
PDF, ETSI, JSON = ReportFormat.PDF, ReportFormat.ETSI, ReportFormat.JSON


def found(field: str) -> SignatureFound:
    """A signature as verification found it."""
    return SignatureFound(
        field=field,
        kind=SignatureKind.SIGNATURE,
        revision=1,
        integrity=Integrity.INTACT,
        coverage=Coverage.WHOLE_FILE,
        changes=Changes.NONE,
        trust=Trust.TRUSTED,
        time=Time.PROVEN,
        policy=Policy.OK,
        verdict=Verdict.TRUSTED,
    )


class Kept:
    """Two files of an arrival with their reports; the first has two signatures."""

    def __init__(self) -> None:
        self.bureau = Bureau()
        self.signing, shelf = self.bureau.signing, self.bureau.shelf
        self.root, self.listed = shelf.keep(b"root"), shelf.keep(b"list")
        self.files = [self.bureau.file(b"%PDF letter"), self.bureau.file(b"%PDF annex")]
        self.bureau.told(arrived(self.files))

    def piece(self, kind: MaterialKind, sha256: str) -> Material:
        return Material(kind=kind, sha256=sha256, size=4, title=str(kind))

    def report(self, file: FileRef, *fields: str) -> FileRef:
        """The kept report on a file."""
        report = Report(
            document=file,
            verified_at=MONDAY,
            policy="p",
            engine="e",
            trust_version="1",
            verdict=Verdict.TRUSTED,
            legal_value=LegalValue.ORIGINAL,
            signatures=[found(field) for field in fields],
            materials=[
                self.piece(MaterialKind.SIGNER_ANCHOR, self.root.sha256),
                self.piece(MaterialKind.TIMESTAMP_ANCHOR, self.root.sha256),
                self.piece(MaterialKind.REVOCATION_LIST, self.listed.sha256),
            ],
        )
        kept = self.bureau.shelf.keep(msgspec.json.encode(report))
        return FileRef(name="r.json", sha256=kept.sha256, size=kept.size)

    def conclude(self) -> None:
        """A worker verified both files."""
        letter, annex = self.files
        with acting(the_service("signing")):
            self.signing.record_verification(
                id=DOCUMENT,
                verdict=Verdict.TRUSTED,
                legal_value=LegalValue.ORIGINAL,
                signatures=[],
                reports=[self.report(letter, "leader", "hidden"), self.report(annex)],
            )

    def tell(self) -> None:
        """A worker wrote the reports."""
        letter, annex = (file.sha256 for file in self.files)
        pdf, xml, cut = (self.bureau.file(told) for told in (b"pdf", b"xml", b"cut"))
        with acting(the_service("signing")):
            self.signing.record_report(
                id=DOCUMENT,
                renditions=[
                    Rendition(of=letter, format=PDF, file=pdf, sealed=True),
                    Rendition(of=letter, format=ETSI, file=xml, sealed=True),
                    Rendition(of=annex, format=PDF, file=pdf),
                ],
                revisions=[Revision(of=letter, field="leader", file=cut, byte_range=(0, 1, 2, 1))],
            )

    def told(self) -> "Kept":
        """Verified, asked for by the clerk, and written."""
        self.conclude()
        with acting(CLERK):
            self.signing.request_report(verification_id=DOCUMENT)
        self.tell()
        return self


def test_the_json_is_there_with_the_verdict_and_the_rest_when_asked_for() -> None:
    kept = Kept()
    with acting(CLERK):
        for format in ReportFormat:
            with pytest.raises(ReportNotReady):
                kept.signing.get_report(verification_id=DOCUMENT, format=format)
    kept.conclude()
    with acting(CLERK):
        link = kept.signing.get_report(verification_id=DOCUMENT, format=JSON)
        assert link.url.endswith("/r.json") and link.expires_at == MONDAY + timedelta(minutes=5)
        with pytest.raises(ReportNotReady):
            kept.signing.get_report(verification_id=DOCUMENT, format=PDF)
        with pytest.raises(ReportNotReady):
            kept.signing.get_signed_revision(verification_id=DOCUMENT, field="leader")


def test_a_report_is_asked_for_once_the_verdict_is_there_and_is_one_job() -> None:
    kept = Kept()
    with acting(CLERK), pytest.raises(ReportNotReady):
        kept.signing.request_report(verification_id=DOCUMENT)
    kept.conclude()
    _, scanned = kept.signing.jobs.read(0)
    with acting(CLERK):
        kept.signing.request_report(verification_id=DOCUMENT)
    with acting(AUDITOR), pytest.raises(ReportAlreadyRequested):
        kept.signing.request_report(verification_id=DOCUMENT)
    opened, scanned = kept.signing.jobs.read(scanned)
    assert [entry.job for entry in opened] == [Job(kind="verification", id=DOCUMENT)]
    kept.tell()
    closed, _ = kept.signing.jobs.read(scanned)
    assert [(entry.key, entry.job) for entry in closed] == [(opened[0].key, None)]
    assert kept.signing.load(Verification, DOCUMENT).report is Progress.DONE


def test_each_file_has_its_reports() -> None:
    kept = Kept().told()
    annex = kept.files[1].sha256
    with acting(CLERK):
        pdf = kept.signing.get_report(verification_id=DOCUMENT, format=PDF)
        assert pdf.sealed and kept.bureau.shelf.read(pdf.file.sha256) == b"pdf"
        xml = kept.signing.get_report(verification_id=DOCUMENT, format=ETSI)
        assert kept.bureau.shelf.read(xml.file.sha256) == b"xml"
        other = kept.signing.get_report(verification_id=DOCUMENT, format=PDF, sha256=annex)
        assert not other.sealed
        with pytest.raises(SignaturesMissing):
            kept.signing.get_report(verification_id=DOCUMENT, format=ETSI, sha256=annex)
        with pytest.raises(NotFound):
            kept.signing.get_report(verification_id=DOCUMENT, format=PDF, sha256="0" * 64)


def test_what_was_signed_is_given_out_with_its_bytes() -> None:
    kept = Kept().told()
    with acting(CLERK):
        link = kept.signing.get_signed_revision(verification_id=DOCUMENT, field="leader")
        assert kept.bureau.shelf.read(link.file.sha256) == b"cut"
        assert link.byte_range == (0, 1, 2, 1)
        with pytest.raises(SignedPartMissing):
            kept.signing.get_signed_revision(verification_id=DOCUMENT, field="hidden")
        with pytest.raises(NotFound):
            kept.signing.get_signed_revision(verification_id=DOCUMENT, field="nobody")


def test_the_evidence_is_the_file_and_each_piece_once_in_pages() -> None:
    kept = Kept()
    kept.conclude()
    with acting(CLERK):
        listed = kept.signing.list_evidence(verification_id=DOCUMENT)
        first = kept.signing.list_evidence(verification_id=DOCUMENT, limit=2)
        rest = kept.signing.list_evidence(verification_id=DOCUMENT, after=2)
    assert [one.kind for one in listed] == [
        None,
        MaterialKind.TIMESTAMP_ANCHOR,
        MaterialKind.REVOCATION_LIST,
    ]
    assert [one.sha256 for one in listed] == [
        kept.files[0].sha256,
        kept.root.sha256,
        kept.listed.sha256,
    ]
    assert first + rest == listed


def test_another_agency_gets_nothing() -> None:
    kept = Kept().told()
    before = kept.bureau.written()
    with acting(STRANGER):
        for ask in (
            lambda: kept.signing.request_report(verification_id=DOCUMENT),
            lambda: kept.signing.get_report(verification_id=DOCUMENT, format=JSON),
            lambda: kept.signing.get_signed_revision(verification_id=DOCUMENT, field="leader"),
            lambda: kept.signing.list_evidence(verification_id=DOCUMENT),
        ):
            with pytest.raises(Denied):
                ask()
    assert kept.bureau.written() == before


def test_an_auditor_gets_everything() -> None:
    kept = Kept().told()
    with acting(AUDITOR):
        assert kept.signing.get_report(verification_id=DOCUMENT, format=PDF).url
        assert kept.signing.list_evidence(verification_id=DOCUMENT)
        with pytest.raises(NotFound):
            kept.signing.list_evidence(verification_id=uuid4())


def test_only_a_worker_writes_reports_and_once() -> None:
    kept = Kept().told()
    with pytest.raises(WorkAlreadyConcluded):
        kept.tell()
    with acting(CLERK), pytest.raises(Denied):
        kept.signing.record_report(id=DOCUMENT, renditions=[], revisions=[])


def test_an_arrival_without_files_has_no_report() -> None:
    bureau = Bureau()
    bureau.told(arrived([]))
    with acting(the_service("signing")):
        bureau.signing.record_verification(
            id=DOCUMENT,
            verdict=Verdict.UNSIGNED,
            legal_value=LegalValue.INFORMATION_ONLY,
            signatures=[],
            reports=[],
        )
    with acting(CLERK), pytest.raises(NotFound):
        bureau.signing.get_report(verification_id=DOCUMENT, format=JSON)
