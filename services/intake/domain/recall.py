"""What happens when the sender wants it back (thu hồi, table 3.5)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec.structs import replace

from contracts.intake import (
    Channel,
    IncomingAct,
    IncomingState,
    OfficeRules,
    Origin,
    RecallFacts,
    RecallNotDeclinable,
)
from contracts.values import (
    DocumentKind,
    Urgency,
)
from contracts.working_time import Calendar, in_vietnam
from services.intake.domain.act import Act
from services.intake.domain.arrival import receipt
from services.intake.domain.order import (
    check_turn,
)
from services.kernel.aggregate import Aggregate

if TYPE_CHECKING:
    from services.intake.domain.document import IncomingDocument

_State, _Act = IncomingState, IncomingAct


class RecalledAhead(Aggregate.Created):
    """Its recall came before it (thu hồi đến trước văn bản)."""

    leads_to = _State.RECALL_PENDING
    agency: str
    origin: Origin
    order: RecallFacts
    entered_at: datetime
    effective_at: datetime
    calendar: str

    def apply(self, document: Any) -> None:
        document.state, document.recalls = self.leads_to, [self.order]
        document.here = False


class RecallReceived(Act):
    """The sender wants it back: it is locked (chờ thu hồi; Q28-9.2b)."""

    leads_to = _State.RECALL_PENDING
    order: RecallFacts

    def apply(self, document: Any) -> None:
        document.before_recall = document.before_recall or document.state
        super().apply(document)
        document.recalls = [*document.recalls, self.order]


class CancellationOrdered(Act):
    """The clerk carries out the recall; what is kept is being destroyed."""

    def apply(self, document: Any) -> None:
        document.cancelling = True


class Cancelled(Act):
    """The content is destroyed; envelope, history and recall stay (đã hủy; N30-VI.8)."""

    leads_to = _State.CANCELLED
    cancelled_at: datetime
    orders: list[UUID]

    def apply(self, document: Any) -> None:
        super().apply(document)
        document.settle("cancelled", self.cancelled_at)


class ArrivedRecalled(Act):
    """It came after its recall: nothing of its content was kept."""

    leads_to = _State.CANCELLED
    orders: list[UUID]
    kind: DocumentKind
    urgency: Urgency
    channel: Channel
    entered_at: datetime
    effective_at: datetime
    calendar: str

    def apply(self, document: Any) -> None:
        super().apply(document)
        document.here = True
        document.settle("cancelled", self.entered_at)


class RecallRepeated(Act):
    """Another order to give back what is cancelled already: it is answered alike."""

    order: RecallFacts

    def apply(self, document: Any) -> None:
        document.recalls = [*document.recalls, self.order]


class RecallDeclined(Act):
    """The head declined the recall, as the rules allow (từ chối thu hồi; D-12)."""

    reason: str
    declined_at: datetime
    orders: list[UUID]

    def apply(self, document: Any) -> None:
        document.state, document.before_recall = document.before_recall, None
        document.settle("declined", self.declined_at, self.reason)


def recall_ahead(
    cls: type[IncomingDocument],
    /,
    id: UUID,
    calendar: Calendar,
    at: datetime,
    agency: str,
    origin: Origin,
    order: RecallFacts,
) -> IncomingDocument:
    """The recall came before the document: it waits for it."""
    facts = {"agency": agency, "origin": origin, "order": order}
    return cls.begin(cls.RecalledAhead, id, **receipt(calendar, at), **facts)


def take_recall(document: IncomingDocument, order: RecallFacts) -> None:
    """Take the sender's order. The same order again is nothing; another is answered alike."""
    if order.order_id in {known.order_id for known in document.recalls}:
        return
    if document.state is _State.CANCELLED:
        done = document.recalls[-1].answered_at
        again = replace(order, outcome="cancelled", answered_at=done)
        document.happened(document.RecallRepeated, order=again)
        return
    check_turn(_Act.RECALL, document.state)
    document.happened(document.RecallReceived, order=order)


def cancel(document: IncomingDocument) -> None:
    """Carry out the recall; the sender is told once the content is destroyed (N30-VI.8)."""
    check_turn(_Act.CANCEL, document.state)
    if not document.cancelling:
        document.happened(document.CancellationOrdered)


def destroyed(document: IncomingDocument, at: datetime) -> None:
    """The content is destroyed."""
    if document.cancelling and document.state is _State.RECALL_PENDING:
        document.happened(
            document.Cancelled, cancelled_at=in_vietnam(at), orders=_pending(document)
        )


def come_recalled(
    document: IncomingDocument, calendar: Calendar, entered_at: datetime, **envelope: Any
) -> None:
    """It comes after its recall: cancelled on arrival. `envelope`: kind, urgency, channel."""
    came = receipt(calendar, entered_at)
    del came["timestamp"]
    document.happened(document.ArrivedRecalled, orders=_pending(document), **came, **envelope)


def decline_recall(
    document: IncomingDocument, reason: str, rules: OfficeRules, at: datetime
) -> None:
    """The head declines: only where a reply was issued and the rules allow it (D-12)."""
    check_turn(_Act.DECLINE_RECALL, document.state)
    if document.cancelling or not (rules.declines_recalls and document.replies):
        raise RecallNotDeclinable()
    facts = {"reason": reason, "declined_at": in_vietnam(at), "orders": _pending(document)}
    document.happened(document.RecallDeclined, **facts)


def _pending(document: IncomingDocument) -> list[UUID]:
    """The orders that wait for an answer."""
    return [order.order_id for order in document.recalls if order.outcome == "pending"]
