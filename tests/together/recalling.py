"""A letter issued to one agency and ordered back, over RPC alone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from contracts.dispatch import OutgoingDocumentView, OutgoingState, RecallOutcome
from contracts.intake import IncomingDocumentView, IncomingState
from contracts.tracking import DeliveryState, DeliveryView
from contracts.values import FileRef, Recipient, Role, delivery_id
from services.cli.cast import ANSWERER, SENDER
from services.cli.letter_texts import request_for_report
from services.cli.story import Story

REASON = "Ban hành nhầm số liệu"


@dataclass(frozen=True)
class Recalled:
    """The letter at its sender and at its recipient when the recall is over.

    `files` are those that arrived; `line` is the sender's of that recipient.
    """

    sent: OutgoingDocumentView
    arrived: IncomingDocumentView
    files: list[FileRef]
    line: DeliveryView


def recalled(story: Story) -> Recalled:
    """The sender's clerk orders it back, the recipient's cancels it, the sender hears of it."""
    id = uuid4()
    arrival_id = delivery_id(id, ANSWERER.code)
    letter = request_for_report(story.reply_due_on, story.today.year)
    story.issue(SENDER, id, letter, [Recipient(agency=ANSWERER.code, name=ANSWERER.name)])
    files = story.arrived(ANSWERER, arrival_id).files
    sender, receiver = (story.holder(of, Role.CLERK) for of in (SENDER, ANSWERER))
    order_id = uuid4()
    for _ in ("ordered", "ordered again"):
        sender.dispatch.recall_document(document_id=id, order_id=order_id, reason=REASON)

    def arrived() -> IncomingDocumentView:
        return receiver.intake.get_document(document_id=arrival_id)

    pending = IncomingState.RECALL_PENDING
    story.until("the order arrives", lambda: arrived().state is pending)
    receiver.intake.cancel_document(document_id=arrival_id)
    story.until("it is cancelled", lambda: arrived().state is IncomingState.CANCELLED)
    return Recalled(
        sent=story.until("the sender hears the answer", lambda: _answered(story, id)),
        arrived=arrived(),
        files=files,
        line=story.until("the line ends", lambda: _ended(story, arrival_id)),
    )


def _answered(story: Story, id: UUID) -> OutgoingDocumentView | None:
    view = story.holder(SENDER, Role.CLERK).dispatch.get_document(document_id=id)
    assert view.state is OutgoingState.FROZEN
    lines = [line for order in view.recalls for line in order.lines]
    return view if all(line.outcome is not RecallOutcome.PENDING for line in lines) else None


def _ended(story: Story, id: UUID) -> DeliveryView | None:
    line = story.holder(SENDER, Role.CLERK).tracking.get_delivery(delivery_id=id)
    return line if line.state is DeliveryState.RECALLED else None
