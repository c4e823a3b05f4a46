"""An incoming document: what happened to it, and the acts upon it."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from contracts.errors import Denied, Invalid
from contracts.intake import (
    CompletionResult,
    IncomingAct,
    IncomingDocumentView,
    IncomingState,
    Origin,
)
from contracts.values import (
    Assignment,
    DocumentKind,
    FileRef,
    LegalValue,
    Number,
    RefusalCode,
    ReplyRequest,
    Secrecy,
    SignatureSummary,
    Urgency,
    Verdict,
)
from contracts.working_time import Calendar, day_of, in_vietnam, receipt_notice_due
from services.intake.domain.order import check_close, check_intact, check_turn
from services.intake.domain.register import RegisterLine, series_id, transfer_deadline
from services.kernel.aggregate import Aggregate

_State, _Act = IncomingState, IncomingAct


class IncomingDocument(Aggregate, service="intake"):
    """An incoming document (văn bản đến): table 3.2, from arrival to the closing act.

    Born by `Arrived`, or by `Quarantined` when it bears a secrecy mark: then only the envelope's
    facts are here (R1.2). `leads_to` of an event is the state after it.
    """

    agency: str
    origin: Origin
    kind: DocumentKind
    entered_at: datetime
    effective_at: datetime
    calendar: str
    subject: str = ""
    urgency: Urgency = Urgency.ORDINARY
    files: list[FileRef] = field(default_factory=list)
    reply: ReplyRequest | None = None
    state: IncomingState = _State.ARRIVED
    verdict: Verdict | None = None
    legal_value: LegalValue | None = None
    line: RegisterLine | None = None
    leader: str = ""
    assignment: Assignment | None = None
    transferred_at: datetime | None = None
    replies: list[UUID] = field(default_factory=list)

    class Arrived(Aggregate.Created):
        """It entered (đã đến). `answer_due_at`: the last instant for 03 or 02 (N30-21.2c)."""

        leads_to = _State.ARRIVED
        agency: str
        origin: Origin
        kind: DocumentKind
        subject: str
        urgency: Urgency
        files: list[FileRef]
        reply: ReplyRequest | None
        entered_at: datetime
        effective_at: datetime
        answer_due_at: datetime
        calendar: str

    class Quarantined(Aggregate.Created):
        """It bears a secrecy mark: no subject, no file, not even its name (cách ly; R1.2)."""

        leads_to = _State.QUARANTINED
        agency: str
        origin: Origin
        kind: DocumentKind
        secrecy: Secrecy
        entered_at: datetime
        effective_at: datetime
        calendar: str

        def apply(self, document: IncomingDocument) -> None:
            document.state = self.leads_to

    class Act(Aggregate.Event):
        """What happens after the arrival. Its fields fill the document's of the same names."""

        leads_to: ClassVar[IncomingState | None] = None
        agency: str
        origin: Origin

        def apply(self, document: IncomingDocument) -> None:
            for name in vars(self).keys() & vars(document).keys():
                setattr(document, name, getattr(self, name))
            document.state = self.leads_to or document.state

    class ChecksRecorded(Act):
        """The verdict of signing on these very files (kết quả kiểm tra; R8.1b-1, Q28-4)."""

        verdict: Verdict
        legal_value: LegalValue
        signatures: list[SignatureSummary]

    class Refused(Act):
        """Who refused it stands in the event, with the verdict he had seen (R5.1d-2)."""

        leads_to = _State.REFUSED
        code: RefusalCode
        reason: str
        verdict: Verdict | None

    class Registered(Act):
        """It stands in the incoming register (đã đăng ký)."""

        leads_to = _State.REGISTERED
        line: RegisterLine

    class Presented(Act):
        """It is before a leader (trình)."""

        leads_to = _State.PRESENTED
        leader: str

    class Directed(Act):
        """The leader said who handles it (chỉ đạo)."""

        leads_to = _State.DIRECTED
        assignment: Assignment

    class Transferred(Act):
        """It is with its lead unit (phân công)."""

        leads_to = _State.ASSIGNED
        assignment: Assignment
        transferred_at: datetime
        on_time: bool

    class HandlingStarted(Act):
        """The lead unit works on it (đang xử lý)."""

        leads_to = _State.IN_PROGRESS

    class Answered(Act):
        """A linked reply of this agency was issued."""

        reply_document_id: UUID
        reply_notation: str
        answered_on: date

        def apply(self, document: IncomingDocument) -> None:
            document.replies = [*document.replies, self.reply_document_id]

    class Completed(Act):
        """It is closed (hoàn thành)."""

        leads_to = _State.COMPLETED
        result: CompletionResult
        note: str
        completed_at: datetime

    @classmethod
    def arrive(cls, id: UUID, calendar: Calendar, entered_at: datetime, **sent: Any) -> Self:
        """It enters. `sent`: agency, origin, kind, subject, urgency, files, reply.

        Its legal time of receipt is computed once, by this calendar (R10.2).
        """
        if not sent["files"]:
            raise Invalid(where="files", why="≥ 1")
        due = receipt_notice_due(calendar, entered_at)
        receipt = _receipt(calendar, entered_at)
        return cls.begin(cls.Arrived, id, answer_due_at=due.due_at, **receipt, **sent)

    @classmethod
    def quarantine(
        cls, id: UUID, calendar: Calendar, entered_at: datetime, **envelope: Any
    ) -> Self:
        """It bears a secrecy mark (R1.2). `envelope`: agency, origin, kind, secrecy; no more."""
        return cls.begin(cls.Quarantined, id, **_receipt(calendar, entered_at), **envelope)

    def record_checks(
        self,
        verdict: Verdict,
        legal_value: LegalValue,
        signatures: list[SignatureSummary],
        files: list[FileRef],
    ) -> None:
        """Take in a verdict, if it is on all files of this document and nobody has acted yet."""
        verified = {file.sha256 for file in files}
        of_these = all(file.sha256 in verified for file in self.files)
        known = (self.verdict, self.legal_value) == (verdict, legal_value)
        if self.state is _State.ARRIVED and of_these and not known:
            checked = {"verdict": verdict, "legal_value": legal_value, "signatures": signatures}
            self._happened(self.ChecksRecorded, **checked)

    def refuse(self, code: RefusalCode, reason: str) -> None:
        """Refuse an arrival; nothing follows (R5.1d)."""
        check_turn(_Act.REFUSE, self.state)
        self._happened(self.Refused, code=code, reason=reason, verdict=self.verdict)

    def register(self, number: int, calendar: Calendar) -> Number:
        """Enter it in the register under a number of its `series` (R8.2a-1)."""
        check_turn(_Act.REGISTER, self.state)
        legal_value = check_intact(self.verdict, self.legal_value)
        due = transfer_deadline(calendar, self.entered_at, self.urgency, legal_value)
        line = RegisterLine.of(self.agency, number, self.effective_at, legal_value, due)
        self._happened(self.Registered, line=line)
        return line.number

    @property
    def series(self) -> UUID:
        """The series that numbers it: that of the year of its effective receipt."""
        return series_id(self.agency, day_of(self.effective_at).year)

    @property
    def number(self) -> Number | None:
        """Its arrival number, once it is registered."""
        return self.line.number if self.line else None

    @property
    def transfer_due_at(self) -> datetime | None:
        """The last instant for its transfer, once it is registered."""
        return self.line.transfer_due_at if self.line else None

    def present(self, leader: str) -> None:
        """Put it before a leader (R8.2b)."""
        check_turn(_Act.PRESENT, self.state)
        self._happened(self.Presented, leader=leader)

    def direct(self, assignment: Assignment, person: str) -> None:
        """The leader before whom it is directs it to one lead and any co-ordinators (R8.2b)."""
        check_turn(_Act.DIRECT, self.state)
        if person != self.leader:
            raise Denied(why=f"the document was presented to {self.leader}")
        units = [assignment.lead, *assignment.coordinators]
        if len(set(units)) < len(units):
            raise Invalid(where="assignment", why="each unit once")
        self._happened(self.Directed, assignment=assignment)

    def transfer(self, at: datetime) -> None:
        """Hand it to the lead unit; the due instant itself is still on time (C4, R5.2b-2)."""
        check_turn(_Act.TRANSFER, self.state)
        assert self.line is not None
        went = {"assignment": self.assignment, "transferred_at": in_vietnam(at)}
        self._happened(self.Transferred, **went, on_time=at <= self.line.transfer_due_at)

    def start_handling(self) -> None:
        """The lead unit starts to work on it (R8.2c)."""
        check_turn(_Act.START, self.state)
        self._happened(self.HandlingStarted)

    def answer(self, reply_document_id: UUID, notation: str, answered_on: date) -> None:
        """A reply linked to it was issued (R9.2đ). Of what was never taken in, nothing is noted."""
        never_taken_in = self.state in (_State.REFUSED, _State.QUARANTINED)
        if never_taken_in or reply_document_id in self.replies:
            return
        self._happened(
            self.Answered,
            reply_document_id=reply_document_id,
            reply_notation=notation,
            answered_on=answered_on,
        )

    def complete(self, result: CompletionResult, note: str, at: datetime) -> None:
        """Close it: with a linked reply once it is worked on, or without one, saying why."""
        asked_for = self.reply is not None
        check_close(result, self.state, bool(self.replies), asked_for, note)
        self._happened(self.Completed, result=result, note=note, completed_at=in_vietnam(at))

    def _happened(self, event: type[Act], **facts: Any) -> None:
        self.trigger_event(event, agency=self.agency, origin=self.origin, **facts)

    def view(self) -> IncomingDocumentView:
        """The document as it is now."""
        names = set(IncomingDocumentView.__struct_fields__) - {"document_id"}
        return IncomingDocumentView(
            document_id=self.id, **{name: getattr(self, name) for name in names}
        )


def _receipt(calendar: Calendar, entered_at: datetime) -> dict[str, Any]:
    """Raw and legal time of receipt; the raw one is the time of the event itself (R10.2)."""
    return {
        "timestamp": entered_at,
        "entered_at": in_vietnam(entered_at),
        "effective_at": calendar.effective_receipt(entered_at),
        "calendar": calendar.version,
    }
