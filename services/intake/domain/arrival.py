"""What happens at the door: it comes, is checked, refused, registered."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from contracts.errors import Invalid
from contracts.intake import (
    Channel,
    DuplicateUndecided,
    IncomingAct,
    IncomingState,
    Issuer,
    Origin,
)
from contracts.values import (
    DocumentKind,
    FileRef,
    LegalValue,
    Number,
    RefusalCode,
    ReplyRequest,
    Secrecy,
    Urgency,
    Verdict,
)
from contracts.working_time import Calendar, in_vietnam, receipt_notice_due
from services.intake.domain.act import Act
from services.intake.domain.order import (
    check_gate,
    check_good,
    check_intact,
    check_turn,
)
from services.intake.domain.register import BOOK, RegisterLine, transfer_deadline
from services.kernel.aggregate import Aggregate

if TYPE_CHECKING:
    from services.intake.domain.document import IncomingDocument

_State, _Act = IncomingState, IncomingAct


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
    channel: Channel = Channel.PLATFORM
    issuer: Issuer | None = None
    sent_at: datetime | None = None
    replaces: list[UUID] = field(default_factory=list)
    earlier: list[UUID] = field(default_factory=list)


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

    def apply(self, document: Any) -> None:
        document.state = self.leads_to


class Refused(Act):
    """Who refused it stands in the event, with the verdict he had seen (R5.1d-2).

    `evidence` are the kept reports of the checks at that time: the gate's, then signing's.
    """

    leads_to = _State.REFUSED
    code: RefusalCode
    reason: str
    verdict: Verdict | None
    evidence: list[FileRef] = field(default_factory=list)


class Returned(Act):
    """A leader returned it to its sender after it was registered (trả lại); the number stays."""

    leads_to = _State.REFUSED
    code: RefusalCode
    reason: str


class DuplicateAccepted(Act):
    """The clerk saw the earlier documents and takes this one all the same (R8.2a-1)."""

    note: str

    def apply(self, document: Any) -> None:
        document.duplicate_decided = True


class Registered(Act):
    """It stands in the incoming register (đã đăng ký). `overrule`: why in spite of its verdict."""

    leads_to = _State.REGISTERED
    line: RegisterLine
    registered_at: datetime | None = None
    on_time: bool = True
    overrule: str = ""

    def apply(self, document: Any) -> None:
        super().apply(document)
        document.legal_value = self.line.legal_value


def arrive(
    cls: type[IncomingDocument], /, id: UUID, calendar: Calendar, entered_at: datetime, **sent: Any
) -> IncomingDocument:
    """It enters. `sent`: agency, origin, kind, subject, urgency, files, reply and what else came.

    Its legal time of receipt is computed once, by this calendar (R10.2).
    """
    if not sent["files"]:
        raise Invalid(where="files", why="≥ 1")
    due = receipt_notice_due(calendar, entered_at)
    return cls.begin(
        cls.Arrived, id, answer_due_at=due.due_at, **receipt(calendar, entered_at), **sent
    )


def quarantine(
    cls: type[IncomingDocument],
    /,
    id: UUID,
    calendar: Calendar,
    entered_at: datetime,
    **envelope: Any,
) -> IncomingDocument:
    """It bears a secrecy mark (R1.2). `envelope`: agency, origin, kind, secrecy; no more."""
    return cls.begin(cls.Quarantined, id, **receipt(calendar, entered_at), **envelope)


def receipt(calendar: Calendar, entered_at: datetime) -> dict[str, Any]:
    """Raw and legal time of receipt; the raw one is the time of the event itself (R10.2)."""
    return {
        "timestamp": entered_at,
        "entered_at": in_vietnam(entered_at),
        "effective_at": calendar.effective_receipt(entered_at),
        "calendar": calendar.version,
    }


def refuse(document: IncomingDocument, code: RefusalCode, reason: str) -> None:
    """Refuse an arrival; nothing follows (R5.1d)."""
    check_turn(_Act.REFUSE, document.state)
    gate = [document.gate_report] if document.gate_report else []
    facts = {"verdict": document.verdict, "evidence": [*gate, *document.reports]}
    document.happened(document.Refused, code=code, reason=reason, **facts)


def send_home(document: IncomingDocument, code: RefusalCode, reason: str) -> None:
    """A leader returns what was registered to its sender (trả lại; N30-21.2b)."""
    check_turn(_Act.RETURN, document.state)
    document.happened(document.Returned, code=code, reason=reason)


def accept_duplicate(document: IncomingDocument, note: str) -> None:
    """Take a document that seems to repeat an earlier one all the same (R8.2a-1)."""
    check_turn(_Act.DECIDE_DUPLICATE, document.state)
    if document.earlier and not document.duplicate_decided:
        document.happened(document.DuplicateAccepted, note=note)


def register(
    document: IncomingDocument,
    number: int,
    calendar: Calendar,
    at: datetime,
    overrule: str = "",
    book: str = BOOK,
) -> Number:
    """Enter it in a book of the register under a number of its `series` (R8.2a-1)."""
    check_turn(_Act.REGISTER, document.state)
    check_gate(document.gate)
    verdict, legal_value = check_intact(document.verdict), document.legal_value
    assert legal_value is not None
    check_good(verdict, legal_value, overrule)
    return enter(document, number, calendar, at, legal_value, overrule, book)


def enter(
    document: IncomingDocument,
    number: int,
    calendar: Calendar,
    at: datetime,
    legal_value: LegalValue,
    overrule: str = "",
    book: str = BOOK,
) -> Number:
    """Write its line; on time until the end of its effective day (N30-21.2c)."""
    if document.earlier and not document.duplicate_decided:
        raise DuplicateUndecided(earlier=", ".join(map(str, document.earlier)))
    due = transfer_deadline(calendar, document.entered_at, document.urgency, legal_value)
    line = RegisterLine.of(document.agency, number, document.effective_at, legal_value, due, book)
    on_time = document.answer_due_at is None or at <= document.answer_due_at
    facts = {"line": line, "registered_at": in_vietnam(at), "on_time": on_time}
    document.happened(document.Registered, **facts, overrule=overrule)
    return line.number
