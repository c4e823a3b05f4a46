"""What may be: a line per recipient that only moves forward, and keeps every status as it came."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from contracts.tracking import DeliveryState, DeliveryView, StatusLine
from contracts.values import StatusCode, named_id
from contracts.working_time import sent_at
from services.kernel.aggregate import Aggregate, BareEvent, under_topic

STATE_OF = {
    StatusCode.ARRIVED: DeliveryState.ARRIVED,
    StatusCode.REFUSED: DeliveryState.REFUSED,
    StatusCode.ACCEPTED: DeliveryState.ACCEPTED,
    StatusCode.ASSIGNED: DeliveryState.ASSIGNED,
    StatusCode.IN_PROGRESS: DeliveryState.IN_PROGRESS,
    StatusCode.COMPLETED: DeliveryState.COMPLETED,
}
"""Where a status moves its line (tables 3.1 and 3.4)."""
FORWARD = (
    DeliveryState.SENT,
    DeliveryState.ARRIVED,
    DeliveryState.ACCEPTED,
    DeliveryState.ASSIGNED,
    DeliveryState.IN_PROGRESS,
    DeliveryState.COMPLETED,
    DeliveryState.REFUSED,
)
"""The order of moving: a refusal may come from any state that is not final."""
FINAL = {DeliveryState.COMPLETED, DeliveryState.REFUSED}
ANSWERS = {
    StatusCode.AGREED: DeliveryState.RECALLED,
    StatusCode.DECLINED: DeliveryState.RECALL_REFUSED,
}
"""Where the answer to a recall moves its line; the same answer to an update moves none (3.6)."""


def after_status(state: DeliveryState, code: StatusCode) -> DeliveryState:
    """The state after one more status: never backwards, never out of a final state (3.1).

    A recall may follow what is completed; until it is answered the line stays with it (3.5).
    """
    if code is StatusCode.TAKE_BACK:
        kept = state in (DeliveryState.REFUSED, DeliveryState.RECALLED)
        return state if kept else DeliveryState.RECALLING
    if state is DeliveryState.RECALLING:
        return ANSWERS.get(code, state)
    if code in ANSWERS or state in FINAL or state not in FORWARD:
        return state
    to = STATE_OF[code]
    return to if FORWARD.index(to) > FORWARD.index(state) else state


def lines_id(document_id: UUID) -> UUID:
    """Identity of the list of a document's lines in the store."""
    return named_id("lines", document_id)


@dataclass(frozen=True)
class LineListed(BareEvent):
    """A document has a line for this recipient: the version is its place in the list."""

    recipient: str
    delivery_id: UUID


under_topic(LineListed, "tracking.LineListed")


class Delivery(Aggregate, service="tracking"):
    """One document at one recipient (một dòng nơi nhận; R9.3a).

    The line begins with whichever event of it comes first. It is open, and seen, once the sender's
    issue is read: a status that came before is kept until then. `reply_due_on` is the last day of
    a reply that was asked for (R9.2d).
    """

    document_id: UUID
    sender: str
    recipient: str
    reply_due_on: date | None
    state: DeliveryState = DeliveryState.SENT
    recipient_name: str = ""
    issued_at: datetime | None = None
    acknowledged_at: datetime | None = None
    answered_on: date | None = None
    history: list[StatusLine] = field(default_factory=list)
    replies: list[UUID] = field(default_factory=list)

    class Begun(Aggregate.Created):
        """The first of the line was heard, from the sender or from the recipient."""

        document_id: UUID
        sender: str
        recipient: str
        reply_due_on: date | None

    class Opened(Aggregate.Event):
        """The sender issued the document to this recipient."""

        document_id: UUID
        sender: str
        recipient: str
        recipient_name: str
        issued_at: datetime
        reply_due_on: date | None

        def apply(self, delivery: Delivery) -> None:
            delivery.recipient_name = self.recipient_name
            delivery.issued_at = self.issued_at
            delivery.reply_due_on = self.reply_due_on

    class StatusRecorded(Aggregate.Event):
        """The recipient told a status; `state` is that of the line with it."""

        document_id: UUID
        sender: str
        recipient: str
        code: StatusCode
        at: datetime
        reason: str
        state: DeliveryState

        def apply(self, delivery: Delivery) -> None:
            delivery.state = self.state
            delivery.history.append(StatusLine(code=self.code, at=self.at, reason=self.reason))
            if self.code is StatusCode.ARRIVED and delivery.acknowledged_at is None:
                delivery.acknowledged_at = self.at

    class Answered(Aggregate.Event):
        """The recipient issued a reply (R9.2đ); the first one counts for the due day."""

        document_id: UUID
        sender: str
        recipient: str
        reply_document_id: UUID
        answered_on: date
        on_time: bool

        def apply(self, delivery: Delivery) -> None:
            delivery.answered_on = delivery.answered_on or self.answered_on
            delivery.replies.append(self.reply_document_id)

    @property
    def is_open(self) -> bool:
        """Whether the sender's issue was read."""
        return self.issued_at is not None

    def open(self, recipient_name: str, issued_at: datetime, reply_due_on: date | None) -> None:
        """The document went out to this recipient."""
        if not self.is_open:
            issued = {"issued_at": issued_at, "reply_due_on": reply_due_on}
            self.trigger_event(self.Opened, **self._of(), recipient_name=recipient_name, **issued)

    def record_status(self, code: StatusCode, at: datetime, reason: str = "") -> None:
        """Keep one status as it came; an exact repeat is ignored (3.1)."""
        if StatusLine(code=code, at=at, reason=reason) not in self.history:
            state = after_status(self.state, code)
            told = {"code": code, "at": at, "reason": reason, "state": state}
            self.trigger_event(self.StatusRecorded, **self._of(), **told)

    def record_reply(self, reply_document_id: UUID, answered_on: date) -> None:
        """Keep one reply; it is on time until 24:00 of the due day, or where none was set."""
        if reply_document_id not in self.replies:
            on_time = self.reply_due_on is None or answered_on <= self.reply_due_on
            reply = {"reply_document_id": reply_document_id, "answered_on": answered_on}
            self.trigger_event(self.Answered, **self._of(), **reply, on_time=on_time)

    def _of(self) -> dict[str, object]:
        return {
            "document_id": self.document_id,
            "sender": self.sender,
            "recipient": self.recipient,
        }

    def view(self) -> DeliveryView:
        """The open line as its sender and recipient see it."""
        assert self.issued_at is not None
        return DeliveryView(
            delivery_id=self.id,
            document_id=self.document_id,
            sender=self.sender,
            recipient=self.recipient,
            recipient_name=self.recipient_name,
            state=self.state,
            issued_at=self.issued_at,
            acknowledged_at=self.acknowledged_at,
            sent_at=sent_at(self.issued_at, self.acknowledged_at),
            reply_due_on=self.reply_due_on,
            answered_on=self.answered_on,
            history=self.history,
        )
