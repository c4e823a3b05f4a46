"""What tracking tells aloud."""

from __future__ import annotations

from functools import singledispatch

from contracts.envelope import PublicEvent
from contracts.tracking import (
    DeliveryOpened,
    DocumentTaken,
    DossierAnnounced,
    DossierArchived,
    DossierClosed,
    DossierSubmitted,
    RecallTaken,
    ReceiptKept,
    ReplyReceived,
    SendingFailed,
    StatusSent,
    TaskAssigned,
    TaskReminded,
    UpdateTaken,
)
from services.tracking.domain import Arrival, Delivery, Dossier, Package, Task
from services.tracking.domain.shelving import Archived, Submitted


@singledispatch
def publish(recorded: object) -> PublicEvent | None:
    """The public event of a recorded one, if it is told aloud."""
    return None


@publish.register
def _(recorded: Delivery.Opened) -> PublicEvent:
    return DeliveryOpened(
        delivery_id=recorded.originator_id,
        document_id=recorded.document_id,
        sender=recorded.sender,
        recipient=recorded.recipient,
        recipient_name=recorded.recipient_name,
        issued_at=recorded.issued_at,
        reply_due_on=recorded.reply_due_on,
    )


@publish.register
def _(recorded: Delivery.StatusRecorded) -> PublicEvent:
    return StatusSent(
        delivery_id=recorded.originator_id,
        document_id=recorded.document_id,
        sender=recorded.sender,
        recipient=recorded.recipient,
        code=recorded.code,
        at=recorded.at,
        state=recorded.state,
        reason=recorded.reason,
    )


@publish.register
def _(recorded: Delivery.Answered) -> PublicEvent:
    return ReplyReceived(
        delivery_id=recorded.originator_id,
        document_id=recorded.document_id,
        sender=recorded.sender,
        recipient=recorded.recipient,
        reply_document_id=recorded.reply_document_id,
        answered_on=recorded.answered_on,
        on_time=recorded.on_time,
    )


@publish.register
def _(recorded: Arrival.DocumentTaken) -> PublicEvent:
    return DocumentTaken(
        delivery_id=recorded.delivery_id,
        agency=recorded.agency,
        origin=recorded.origin,
        letter=recorded.letter,
    )


@publish.register
def _(recorded: Arrival.RecallTaken) -> PublicEvent:
    return RecallTaken(
        delivery_id=recorded.delivery_id,
        agency=recorded.agency,
        origin=recorded.origin,
        order_id=recorded.order_id,
        reason=recorded.reason,
    )


@publish.register
def _(recorded: Arrival.UpdateTaken) -> PublicEvent:
    return UpdateTaken(
        delivery_id=recorded.delivery_id,
        agency=recorded.agency,
        origin=recorded.origin,
        update_id=recorded.update_id,
        letter=recorded.letter,
        reason=recorded.reason,
    )


@publish.register
def _(recorded: Package.Rejected) -> PublicEvent:
    return SendingFailed(
        delivery_id=recorded.delivery_id,
        document_id=recorded.document_id,
        sender=recorded.agency,
        recipient=recorded.to,
        code=recorded.code,
        told=recorded.told,
    )


@publish.register
def _(recorded: Package.ReceiptTaken) -> PublicEvent:
    return ReceiptKept(
        delivery_id=recorded.delivery_id,
        document_id=recorded.document_id,
        sender=recorded.agency,
        recipient=recorded.to,
        receipt=recorded.receipt,
        verdict=recorded.verdict,
    )


@publish.register
def _(recorded: Dossier.Closed) -> PublicEvent:
    return DossierClosed(
        dossier_id=recorded.originator_id,
        agency=recorded.agency,
        code=recorded.code,
        ended_on=recorded.ended_on,
        due_on=recorded.due_on,
    )


@publish.register
def _(recorded: Dossier.Announced) -> PublicEvent:
    return DossierAnnounced(
        dossier_id=recorded.originator_id,
        agency=recorded.agency,
        code=recorded.code,
        due_on=recorded.due_on,
    )


@publish.register(Dossier.Submitted)
def _(recorded: Submitted) -> PublicEvent:
    return DossierSubmitted(
        dossier_id=recorded.originator_id,
        agency=recorded.agency,
        code=recorded.code,
        submitted_on=recorded.submitted_on,
        on_time=recorded.on_time,
    )


@publish.register(Dossier.Archived)
def _(recorded: Archived) -> PublicEvent:
    return DossierArchived(
        dossier_id=recorded.originator_id,
        agency=recorded.agency,
        code=recorded.code,
        archive_code=recorded.archive_code,
        archived_on=recorded.archived_on,
    )


@publish.register
def _(recorded: Task.Assigned) -> PublicEvent:
    return TaskAssigned(
        task_id=recorded.originator_id,
        document_id=recorded.document_id,
        agency=recorded.agency,
        recipient=recorded.recipient,
        content=recorded.content,
        due_on=recorded.due_on,
    )


@publish.register
def _(recorded: Task.Reminded) -> PublicEvent:
    return TaskReminded(
        task_id=recorded.originator_id,
        agency=recorded.agency,
        recipient=recorded.recipient,
        due_on=recorded.due_on,
        reminded_on=recorded.reminded_on,
        note=recorded.note,
    )
