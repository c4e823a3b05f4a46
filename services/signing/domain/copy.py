"""A copy (bản sao): asked for, approved by whom the head named, numbered and sealed once."""

from __future__ import annotations

from dataclasses import field
from uuid import UUID

from contracts.signing import WorkAlreadyConcluded
from contracts.signing.blocks import BlockFormat
from contracts.signing.copying import (
    CopyAct,
    CopyActOutOfOrder,
    CopyKind,
    CopyNumber,
    CopySignerNotNamed,
    CopySource,
    CopyState,
    CopyView,
    PagesNotChosen,
    SecondCopyOfPaper,
    SecretNotCopied,
)
from contracts.values import FileRef, Secrecy, named_id, written_number
from services.kernel.aggregate import Aggregate
from services.signing.domain.agency import Agency

BEFORE: dict[CopyAct, set[CopyState]] = {
    CopyAct.APPROVE: {CopyState.REQUESTED},
    CopyAct.SEAL: {CopyState.APPROVED, CopyState.FAILED},
}
"""In which states an act is in its turn."""


def copy_series(agency: str, year: int) -> UUID:
    """The numbers of an agency's copies in a year, whatever their form (N30-25)."""
    return named_id("series", "copies", agency, year)


def check_not_secret(secrecy: Secrecy) -> None:
    """State secrets are outside this system (N30-27, R1.2)."""
    if secrecy is not Secrecy.NONE:
        raise SecretNotCopied()


class Copy(Aggregate, service="signing"):
    """A copy of a document (sao y, sao lục, trích sao; N30-25..27)."""

    agency: str
    kind: CopyKind
    source: CopySource
    source_file: FileRef
    pages: list[int]
    paper_mm: tuple[float, float]
    document_id: UUID | None
    state: CopyState = CopyState.REQUESTED
    approver: str = ""
    number: CopyNumber | None = None
    agency_name: str = ""
    format: BlockFormat = field(default_factory=BlockFormat)
    file: FileRef | None = None
    failure: str = ""

    class Requested(Aggregate.Created):
        agency: str
        kind: CopyKind
        source: CopySource
        source_file: FileRef
        pages: list[int]
        paper_mm: tuple[float, float]
        document_id: UUID | None

    class Approved(Aggregate.Event):
        approver: str

        def apply(self, copy: Copy) -> None:
            copy.state, copy.approver = CopyState.APPROVED, self.approver

    class SealRequested(Aggregate.Event):
        """The clerk has the agency sign it, under this number and in these words."""

        number: CopyNumber
        agency_name: str
        format: BlockFormat

        def apply(self, copy: Copy) -> None:
            copy.state, copy.number, copy.failure = CopyState.SEALING, self.number, ""
            copy.agency_name, copy.format = self.agency_name, self.format

    class Made(Aggregate.Event):
        agency: str
        kind: CopyKind
        number: CopyNumber
        file: FileRef
        document_id: UUID | None

        def apply(self, copy: Copy) -> None:
            copy.state, copy.file = CopyState.MADE, self.file

    class Failed(Aggregate.Event):
        agency: str
        code: str
        reason: str
        document_id: UUID | None

        def apply(self, copy: Copy) -> None:
            copy.state, copy.failure = CopyState.FAILED, f"{self.code}: {self.reason}"

    @staticmethod
    def check_request(kind: CopyKind, source: CopySource, pages: list[int]) -> None:
        """An extract names its pages, each once; a second copy is of an electronic true copy."""
        if bool(pages) != (kind is CopyKind.EXTRACT) or len(set(pages)) != len(pages):
            raise PagesNotChosen()
        if kind is CopyKind.SECOND_COPY and source is CopySource.PAPER:
            raise SecondCopyOfPaper()

    def approve(self, person: str, agency: Agency) -> None:
        """Whoever the head named approves it (N30-27)."""
        if person not in agency.signers:
            raise CopySignerNotNamed(person=person)
        self._check_turn(CopyAct.APPROVE)
        self.trigger_event(self.Approved, approver=person)

    def check_seal(self, agency: Agency) -> None:
        """Refuse a seal out of its turn, before a number is taken for it."""
        self._check_turn(CopyAct.SEAL)
        agency.check_known()

    def seal(self, number: int, year: int, agency: Agency) -> CopyNumber:
        """Have it sealed; a number it was given before, it keeps (N30-32/33)."""
        notation = f"{written_number(number)}/{self.kind.value}-{agency.notation}"
        fresh = CopyNumber(number=number, notation=notation, year=year)
        told = self.number or fresh
        self.trigger_event(
            self.SealRequested, number=told, agency_name=agency.name, format=agency.format
        )
        return told

    def made(self, file: FileRef) -> None:
        """A worker made it."""
        self._check_open()
        assert self.number is not None
        self.trigger_event(
            self.Made,
            agency=self.agency,
            kind=self.kind,
            number=self.number,
            file=file,
            document_id=self.document_id,
        )

    def failed(self, code: str, reason: str) -> None:
        """A worker could not make it."""
        self._check_open()
        about = {"agency": self.agency, "document_id": self.document_id}
        self.trigger_event(self.Failed, code=code, reason=reason, **about)

    def _check_open(self) -> None:
        if self.state is not CopyState.SEALING:
            raise WorkAlreadyConcluded(id=str(self.id))

    def _check_turn(self, act: CopyAct) -> None:
        if self.state not in BEFORE[act]:
            state = self.state
            raise CopyActOutOfOrder(
                act_vi=act.vi, act_en=act.en, state_vi=state.vi, state_en=state.en
            )

    def view(self) -> CopyView:
        """The copy as it is now."""
        return CopyView(
            copy_id=self.id,
            agency=self.agency,
            kind=self.kind,
            source=self.source,
            source_file=self.source_file,
            state=self.state,
            pages=self.pages,
            document_id=self.document_id,
            approver=self.approver,
            number=self.number,
            file=self.file,
            failure=self.failure,
        )
