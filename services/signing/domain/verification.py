"""A verification concludes once, with the evidence kept."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from contracts.signing import (
    ReportAlreadyRequested,
    ReportFormat,
    ReportNotReady,
    SignatureSummary,
    WorkAlreadyConcluded,
)
from contracts.signing.evidence import ByteRange
from contracts.signing.report import Expected
from contracts.values import FileRef, LegalValue, Verdict, named_id
from services.kernel.aggregate import Aggregate
from services.signing.domain.signature import Progress


def asked_id(verification_id: UUID) -> UUID:
    """Identity of a verification that a person asked for: never that of an arrival's own."""
    return named_id("verification", verification_id)


class Rendition(Struct, frozen=True, kw_only=True):
    """The report on one of the files, `of` its digest, as it was written; kept as a file."""

    of: str
    format: ReportFormat
    file: FileRef
    sealed: bool = False


class Revision(Struct, frozen=True, kw_only=True):
    """What a signature of one of the files covers, `of` the file's digest; kept as a file."""

    of: str
    field: str
    file: FileRef
    byte_range: ByteRange


class Verification(Aggregate, service="signing"):
    """The verification of the files of one document (kiểm tra chữ ký số, R8.1b-1).

    `reports` are kept files: the evidence with its inputs, one for each file.
    """

    agency: str
    files: list[FileRef]
    requested_at: datetime
    expected: Expected | None = None
    progress: Progress = Progress.REQUESTED
    verdict: Verdict | None = None
    legal_value: LegalValue | None = None
    signatures: list[SignatureSummary] = field(default_factory=list)
    reports: list[FileRef] = field(default_factory=list)
    report: Progress | None = None
    renditions: list[Rendition] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)

    class Requested(Aggregate.Created):
        """`expected` where a document arrived, whose id is the verification's."""

        agency: str
        files: list[FileRef]
        requested_at: datetime
        expected: Expected | None = None

    class Concluded(Aggregate.Event):
        verdict: Verdict
        legal_value: LegalValue
        signatures: list[SignatureSummary]
        files: list[FileRef]
        reports: list[FileRef]

        def apply(self, verification: Verification) -> None:
            verification.progress = Progress.DONE
            verification.verdict = self.verdict
            verification.legal_value = self.legal_value
            verification.signatures = self.signatures
            verification.reports = self.reports

    class ReportRequested(Aggregate.Event):
        """Somebody wants to read the report, or to see what was signed."""

        def apply(self, verification: Verification) -> None:
            verification.report = Progress.REQUESTED

    class Reported(Aggregate.Event):
        """The reports are written."""

        renditions: list[Rendition]
        revisions: list[Revision]

        def apply(self, verification: Verification) -> None:
            verification.report = Progress.DONE
            verification.renditions = self.renditions
            verification.revisions = self.revisions

    def conclude(
        self,
        verdict: Verdict,
        legal_value: LegalValue,
        signatures: list[SignatureSummary],
        reports: list[FileRef],
    ) -> None:
        """A worker verified all files."""
        if self.progress is not Progress.REQUESTED:
            raise WorkAlreadyConcluded(id=str(self.id))
        self.trigger_event(
            self.Concluded,
            verdict=verdict,
            legal_value=legal_value,
            signatures=signatures,
            files=self.files,
            reports=reports,
        )

    def request_report(self) -> None:
        """Have the reports written, once."""
        if self.progress is not Progress.DONE:
            raise ReportNotReady(verification_id=str(self.id))
        if self.report is not None:
            raise ReportAlreadyRequested(verification_id=str(self.id))
        self.trigger_event(self.ReportRequested)

    def tell(self, renditions: list[Rendition], revisions: list[Revision]) -> None:
        """A worker wrote the reports."""
        if self.report is not Progress.REQUESTED:
            raise WorkAlreadyConcluded(id=str(self.id))
        self.trigger_event(self.Reported, renditions=renditions, revisions=revisions)
