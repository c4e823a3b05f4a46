"""What dispatch and intake tell of a letter and its copies, as followers read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import msgspec

from contracts.dispatch import Addressee, DocumentIssued, OutgoingRegistered
from contracts.envelope import Actor, Envelope, Page, PublicEvent
from contracts.intake import (
    CompletionResult,
    DocumentAnswered,
    DocumentArrived,
    DocumentCompleted,
    DocumentDirected,
    DocumentQuarantined,
    DocumentRefused,
    DocumentRegistered,
    DocumentTransferred,
    HandlingStarted,
    Origin,
)
from contracts.values import (
    Assignment,
    DocumentKind,
    FileRef,
    LegalValue,
    Number,
    OutgoingNumber,
    Recipient,
    RefusalCode,
    ReplyRequest,
    Route,
    Signer,
    TaskOrder,
    Urgency,
    delivery_id,
)
from contracts.working_time import (
    VIETNAM,
    Calendar,
    day_of,
    receipt_notice_due,
    send_due,
    transfer_due,
)

CALENDAR = Calendar.of("A")
MONDAY = datetime(2026, 3, 2, 10, tzinfo=VIETNAM)
"""Monday 2 March 2026, 10:00: an ordinary working day of the first quarter."""
SENDER, SENDER_NAME = "H47.05", "Sở Nội vụ"
FILE = FileRef(name="cong-van.pdf", sha256="0" * 64, size=1000)
NAMES = {
    "G12.04": "Bộ Ví dụ",
    "H47.09": "Sở Y tế",
    "H47.11": "Sở Tài chính",
    "H47.12": "Sở Xây dựng",
}


class Source:
    """A service's public events by position, with holes, as its `read_events` answers them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.events: list[Envelope] = []

    def tell(self, about: UUID, event: PublicEvent, at: datetime, person: str = "an") -> Envelope:
        """One more event of an aggregate, recorded at an instant."""
        envelope = Envelope(
            source=self.name,
            position=3 * len(self.events) + 2,
            type=event.TYPE,
            aggregate_id=about,
            version=1 + sum(known.aggregate_id == about for known in self.events),
            at=at,
            actor=Actor(person=person, name="Lê Thị An"),
            trace="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            body=msgspec.to_builtins(event),
        )
        self.events.append(envelope)
        return envelope

    def read(self, after: int, limit: int) -> Page:
        """Events after a position."""
        found = [event for event in self.events if event.position > after][:limit]
        return Page(events=found, upto=found[-1].position if found else after)


@dataclass(kw_only=True)
class Copy:
    """A letter at one recipient, as its intake tells of it."""

    letter: Letter
    recipient: str

    @property
    def id(self) -> UUID:
        return delivery_id(self.letter.id, self.recipient)

    def _of(self) -> dict[str, object]:
        return {"document_id": self.id, "agency": self.recipient, "origin": self.letter.origin()}

    def arrived(self, at: datetime, urgency: Urgency = Urgency.ORDINARY) -> DocumentArrived:
        return DocumentArrived(
            **self._of(),  # type: ignore[arg-type]
            kind=self.letter.kind,
            subject=self.letter.subject,
            urgency=urgency,
            files=[FILE],
            entered_at=at,
            effective_at=CALENDAR.effective_receipt(at),
            answer_due_at=receipt_notice_due(CALENDAR, at).due_at,
            calendar=CALENDAR.version,
            reply=self.letter.reply,
        )

    def refused(self, reason: str = "Tệp bị hỏng") -> DocumentRefused:
        code = RefusalCode.INTEGRITY_FAILED
        return DocumentRefused(**self._of(), code=code, reason=reason)  # type: ignore[arg-type]

    def quarantined(self, at: datetime) -> DocumentQuarantined:
        return DocumentQuarantined(**self._of(), entered_at=at)  # type: ignore[arg-type]

    def registered(
        self, entered_at: datetime, number: int = 1, paperless: bool = True, urgent: bool = False
    ) -> DocumentRegistered:
        within = timedelta(minutes=15) if urgent else None
        due = transfer_due(CALENDAR, entered_at, paperless=paperless, urgent_within=within)
        day = CALENDAR.effective_receipt(entered_at).date()
        return DocumentRegistered(
            **self._of(),  # type: ignore[arg-type]
            number=Number(number=number, agency=self.recipient, book="incoming", year=day.year),
            arrived_on=day,
            legal_value=LegalValue.ORIGINAL,
            paperless=paperless,
            transfer_due_at=due.due_at,
            calendar=CALENDAR.version,
        )

    def directed(self, due_on: date | None) -> DocumentDirected:
        assignment = Assignment(lead="Phòng Nghiệp vụ", due_on=due_on)
        return DocumentDirected(document_id=self.id, agency=self.recipient, assignment=assignment)

    def transferred(self, at: datetime, due_on: date | None = None) -> DocumentTransferred:
        return DocumentTransferred(
            **self._of(),  # type: ignore[arg-type]
            assignment=Assignment(lead="Phòng Nghiệp vụ", due_on=due_on),
            transferred_at=at,
            on_time=True,
        )

    def started(self) -> HandlingStarted:
        return HandlingStarted(**self._of())  # type: ignore[arg-type]

    def answered(self, on: date, reply: UUID | None = None) -> DocumentAnswered:
        return DocumentAnswered(
            **self._of(),  # type: ignore[arg-type]
            reply_document_id=reply or uuid4(),
            reply_notation="09/SYT-VP",
            answered_on=on,
        )

    def completed(self, at: datetime, note: str = "") -> DocumentCompleted:
        result = CompletionResult.REPLIED
        return DocumentCompleted(
            **self._of(),  # type: ignore[arg-type]
            result=result,
            completed_at=at,
            note=note,
        )


@dataclass(kw_only=True)
class Letter:
    """An outgoing letter, as its sender's dispatch tells of it."""

    recipients: tuple[str, ...] = ("H47.09",)
    reply: ReplyRequest | None = None
    issued_at: datetime = MONDAY
    running: int = 1
    sender: str = SENDER
    id: UUID = field(default_factory=uuid4)
    kind: DocumentKind = DocumentKind.LETTER
    subject: str = "Báo cáo công tác văn thư quý I"
    drafter: str = "cuong"
    issue_due_at: datetime | None = None
    tasks: list[TaskOrder] = field(default_factory=list)
    signer: Signer = field(
        default_factory=lambda: Signer(person="binh", post="Giám đốc", name="Trần Bình")
    )

    def number(self) -> OutgoingNumber:
        return OutgoingNumber(
            number=self.running,
            notation=f"{self.running:02d}/SNV-VP",
            issued_on=day_of(self.issued_at),
            document_code=f"{self.sender}.2026.{self.running:06d}",
        )

    def origin(self) -> Origin:
        number = self.number()
        return Origin(
            agency=self.sender,
            agency_name=SENDER_NAME,
            document_id=self.id,
            document_code=number.document_code,
            notation=number.notation,
            issued_on=number.issued_on,
        )

    def registered(self) -> OutgoingRegistered:
        return OutgoingRegistered(
            document_id=self.id,
            agency=self.sender,
            number=self.number(),
            kind=self.kind,
            subject=self.subject,
            signer=self.signer,
            recipients=[Recipient(agency=code, name=_name(code)) for code in self.recipients],
            drafting_unit="Văn phòng Sở",
            urgency=Urgency.ORDINARY,
        )

    def issued(self, file: FileRef = FILE) -> DocumentIssued:
        return DocumentIssued(
            document_id=self.id,
            agency=self.sender,
            agency_name=SENDER_NAME,
            number=self.number(),
            kind=self.kind,
            subject=self.subject,
            urgency=Urgency.ORDINARY,
            signer=self.signer,
            files=[file],
            addressees=[
                Addressee(
                    agency=code,
                    name=_name(code),
                    route=Route.PLATFORM,
                    delivery_id=delivery_id(self.id, code),
                )
                for code in self.recipients
            ],
            issued_at=self.issued_at,
            send_due_at=send_due(CALENDAR, self.issued_at).due_at,
            issue_due_at=self.issue_due_at,
            reply=self.reply,
            drafter=self.drafter,
            tasks=self.tasks,
        )

    def at(self, recipient: str) -> Copy:
        """The copy of one recipient."""
        return Copy(letter=self, recipient=recipient)


def _name(code: str) -> str:
    return NAMES.get(code, f"Cơ quan {code}")
