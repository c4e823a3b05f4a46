"""What happens when an issued document is wanted back (thu hồi, table 3.5)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec.structs import replace

from contracts.dispatch import (
    Addressee,
    NotARecipient,
    NothingToRecall,
    OutgoingAct,
    OutgoingState,
    RecallLine,
    RecallOrder,
    RecallOutcome,
)
from contracts.values import OutgoingNumber
from contracts.working_time import in_vietnam
from services.dispatch.domain.draft import Draft
from services.dispatch.domain.order import check_turn
from services.kernel.aggregate import Aggregate

if TYPE_CHECKING:
    from services.dispatch.domain.document import OutgoingDocument

_PENDING = RecallOutcome.PENDING


class RecallOrdered(Aggregate.Event):
    """These recipients are to give it back; a `whole` recall freezes it (đóng băng, N30-VI.8)."""

    agency: str
    agency_name: str
    number: OutgoingNumber
    draft: Draft
    order: RecallOrder
    addressees: list[Addressee]
    whole: bool

    def apply(self, document: Any) -> None:
        document.recalls = [*document.recalls, self.order]
        if self.whole:
            document.state = OutgoingState.FROZEN


class RecallAnswered(Aggregate.Event):
    """A recipient's answer to the order that waits for it; the last one closes the order."""

    agency: str
    order_id: UUID
    recipient: str
    outcome: RecallOutcome
    answered_at: datetime
    reason: str
    closed: bool

    def apply(self, document: Any) -> None:
        document.recalls = [self._in(order) for order in document.recalls]

    def _in(self, order: RecallOrder) -> RecallOrder:
        if order.order_id != self.order_id:
            return order
        return replace(order, lines=[self._on(line) for line in order.lines])

    def _on(self, line: RecallLine) -> RecallLine:
        if line.recipient != self.recipient:
            return line
        return replace(line, outcome=self.outcome, answered_at=self.answered_at, reason=self.reason)


class RefusalNoted(Aggregate.Event):
    """A recipient refused the document: there is nothing to give back."""

    recipient: str

    def apply(self, document: Any) -> None:
        document.refused_by = [*document.refused_by, self.recipient]


def order_back(
    document: OutgoingDocument,
    order_id: UUID,
    recipients: list[str],
    at: datetime,
    **said: str,
) -> None:
    """Order it back from these recipients, or from all. `said`: reason, basis and person."""
    if order_id in {order.order_id for order in document.recalls}:
        return
    check_turn(document.state, OutgoingAct.RECALL)
    asked = [to for to in _meant(document, recipients) if _holds(document, to.agency)]
    if not asked:
        raise NothingToRecall()
    lines = [RecallLine(recipient=to.agency) for to in asked]
    order = RecallOrder(order_id=order_id, ordered_at=in_vietnam(at), lines=lines, **said)
    left = {to.agency for to in document.addressees if _holds(document, to.agency)}
    document.trigger_event(
        document.RecallOrdered,
        agency=document.agency,
        agency_name=document.agency_name,
        number=document.number,
        draft=document.draft,
        order=order,
        addressees=asked,
        whole=left == {to.agency for to in asked},
    )


def take_answer(
    document: OutgoingDocument, recipient: str, outcome: RecallOutcome, at: datetime, reason: str
) -> None:
    """What a recipient answered, to the order that waits for him; told again, it is nothing."""
    if outcome is RecallOutcome.REFUSED and recipient not in document.refused_by:
        document.trigger_event(document.RefusalNoted, recipient=recipient)
    for order in document.recalls:
        waiting = {line.recipient for line in order.lines if line.outcome is _PENDING}
        if recipient in waiting:
            document.trigger_event(
                document.RecallAnswered,
                agency=document.agency,
                order_id=order.order_id,
                recipient=recipient,
                outcome=outcome,
                answered_at=in_vietnam(at),
                reason=reason,
                closed=waiting == {recipient},
            )


def given_back(document: OutgoingDocument) -> set[str]:
    """Recipients who are to give it back or gave it back; whoever declined has it still."""
    lines = [line for order in document.recalls for line in order.lines]
    last = {line.recipient: line.outcome for line in lines}
    return {agency for agency, outcome in last.items() if outcome is not RecallOutcome.DECLINED}


def _holds(document: OutgoingDocument, agency: str) -> bool:
    return agency not in given_back(document) and agency not in document.refused_by


def _meant(document: OutgoingDocument, recipients: list[str]) -> list[Addressee]:
    """The addressees of these codes, as they were written or as they are known; or all of them."""
    by_code = {to.agency: to for to in document.addressees}
    pairs = zip(document.draft.recipients, document.addressees, strict=True)
    by_code |= {named.agency: to for named, to in pairs}
    for code in recipients:
        if code not in by_code:
            raise NotARecipient(agency=code)
    meant = {by_code[code].agency: by_code[code] for code in recipients}
    return list(meant.values()) or document.addressees
