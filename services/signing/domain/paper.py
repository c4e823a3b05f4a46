"""A paper made electronic (văn bản giấy số hóa, R8.2a-2): its scan, checked and sealed once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from contracts.signing import WorkAlreadyConcluded
from contracts.signing.blocks import BlockFormat
from contracts.signing.copying import CopyState, PaperAlreadyDigitised, PaperView
from contracts.values import FileRef
from services.kernel.aggregate import Aggregate


class Paper(Aggregate, service="signing"):
    """A paper whose scan the agency signs; one that failed may be scanned again."""

    agency: str
    agency_name: str
    format: BlockFormat
    scan: FileRef
    paper_mm: tuple[float, float]
    document_id: UUID | None
    state: CopyState = CopyState.SEALING
    digitised_at: datetime | None = None
    file: FileRef | None = None
    failure: str = ""

    class Scanned(Aggregate.Created):
        agency: str
        agency_name: str
        format: BlockFormat
        scan: FileRef
        paper_mm: tuple[float, float]
        document_id: UUID | None

    class ScannedAgain(Aggregate.Event):
        """After a failure: another scan of the same paper, or the same once more."""

        scan: FileRef
        paper_mm: tuple[float, float]

        def apply(self, paper: Paper) -> None:
            paper.state, paper.failure = CopyState.SEALING, ""
            paper.scan, paper.paper_mm = self.scan, self.paper_mm

    class Digitised(Aggregate.Event):
        agency: str
        file: FileRef
        document_id: UUID | None
        digitised_at: datetime

        def apply(self, paper: Paper) -> None:
            paper.state, paper.file = CopyState.MADE, self.file
            paper.digitised_at = self.digitised_at

    class Failed(Aggregate.Event):
        agency: str
        code: str
        reason: str
        document_id: UUID | None

        def apply(self, paper: Paper) -> None:
            paper.state, paper.failure = CopyState.FAILED, f"{self.code}: {self.reason}"

    def scan_again(self, scan: FileRef, paper_mm: tuple[float, float]) -> None:
        """Another scan, after a failure only."""
        if self.state is not CopyState.FAILED:
            raise PaperAlreadyDigitised(paper_id=str(self.id))
        self.trigger_event(self.ScannedAgain, scan=scan, paper_mm=paper_mm)

    def digitised(self, file: FileRef, at: datetime) -> None:
        """A worker found the scan good, and signed it."""
        self._check_open()
        about = {"agency": self.agency, "document_id": self.document_id}
        self.trigger_event(self.Digitised, file=file, digitised_at=at, **about)

    def failed(self, code: str, reason: str) -> None:
        """The scan lacks a property, or could not be signed."""
        self._check_open()
        about = {"agency": self.agency, "document_id": self.document_id}
        self.trigger_event(self.Failed, code=code, reason=reason, **about)

    def _check_open(self) -> None:
        if self.state is not CopyState.SEALING:
            raise WorkAlreadyConcluded(id=str(self.id))

    def view(self) -> PaperView:
        """The paper as it is now."""
        return PaperView(
            paper_id=self.id,
            agency=self.agency,
            scan=self.scan,
            state=self.state,
            digitised_at=self.digitised_at,
            document_id=self.document_id,
            file=self.file,
            failure=self.failure,
        )
