"""What tracking tells aloud."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from contracts.envelope import PublicEvent
from contracts.tracking import (
    AlarmAcknowledged,
    AlarmClosed,
    AlarmRaised,
    DeliveryOpened,
    DocumentTaken,
    DossierAnnounced,
    DossierArchived,
    DossierClosed,
    DossierSubmitted,
    LineMoved,
    RecallTaken,
    ReceiptKept,
    ReplyReceived,
    SendingFailed,
    StatusHeld,
    StatusMatched,
    StatusSent,
    TaskAssigned,
    TaskReminded,
    UpdateTaken,
)
from services.tracking.domain import (
    Arrival,
    Delivery,
    Dossier,
    HeldStatus,
    Package,
    Task,
    alarming,
    sending,
)
from services.tracking.domain.shelving import Archived, Submitted


@singledispatch
def publish(recorded: object) -> PublicEvent | None:
    """The public event of a recorded one, if it is told aloud."""
    return None


def _line(recorded: Any) -> dict[str, Any]:
    """Whose line it is."""
    names = ("document_id", "sender", "recipient")
    return {name: getattr(recorded, name) for name in names} | {
        "delivery_id": recorded.originator_id
    }


@publish.register
def _(recorded: Delivery.Opened) -> PublicEvent:
    return DeliveryOpened(
        **_line(recorded),
        recipient_name=recorded.recipient_name,
        issued_at=recorded.issued_at,
        reply_due_on=recorded.reply_due_on,
        route=recorded.route,
        urgency=recorded.urgency,
        state=recorded.state,
        clerk=recorded.clerk,
        drafter=recorded.drafter,
        axis_due_at=recorded.axis_due_at,
        arrival_due_at=recorded.arrival_due_at,
        notation=recorded.notation,
        subject=recorded.subject,
    )


@publish.register
def _(recorded: Delivery.StatusRecorded) -> PublicEvent:
    return StatusSent(
        **_line(recorded),
        code=recorded.code,
        at=recorded.at,
        state=recorded.state,
        reason=recorded.reason,
        answer_due_at=recorded.answer_due_at,
    )


@publish.register(Delivery.AxisTook)
def _(recorded: sending.AxisTook) -> PublicEvent:
    return LineMoved(**_line(recorded), state=recorded.state, at=recorded.at)


@publish.register(Delivery.AxisRefused)
def _(recorded: sending.AxisRefused) -> PublicEvent:
    at, told = recorded.at, recorded.told
    return LineMoved(**_line(recorded), state=recorded.state, at=at, told=told, failed_at=at)


@publish.register(Delivery.SentAgain)
def _(recorded: sending.SentAgain) -> PublicEvent:
    return LineMoved(
        **_line(recorded),
        state=recorded.state,
        at=recorded.at,
        axis_due_at=recorded.axis_due_at,
        arrival_due_at=recorded.arrival_due_at,
    )


@publish.register(Delivery.PaperConfirmed)
def _(recorded: sending.PaperConfirmed) -> PublicEvent:
    return LineMoved(**_line(recorded), state=recorded.state, at=recorded.at, told=recorded.note)


@publish.register(Delivery.AlarmRaised)
def _(recorded: alarming.AlarmRaised) -> PublicEvent:
    return AlarmRaised(**_line(recorded), alarm=recorded.alarm)


@publish.register(Delivery.AlarmAcknowledged)
def _(recorded: alarming.AlarmAcknowledged) -> PublicEvent:
    return AlarmAcknowledged(**_line(recorded), alarm=recorded.alarm)


@publish.register(Delivery.AlarmClosed)
def _(recorded: alarming.AlarmClosed) -> PublicEvent:
    return AlarmClosed(**_line(recorded), alarm=recorded.alarm)


@publish.register
def _(recorded: Delivery.Answered) -> PublicEvent:
    return ReplyReceived(
        **_line(recorded),
        reply_document_id=recorded.reply_document_id,
        answered_on=recorded.answered_on,
        on_time=recorded.on_time,
    )


@publish.register
def _(recorded: HeldStatus.Held) -> PublicEvent:
    told = recorded.message
    return StatusHeld(
        status_id=recorded.originator_id,
        agency=recorded.agency,
        sender=recorded.sender,
        about=told.about.document_id or told.about.code,
        code=told.code,
        at=told.at or recorded.held_at,
        reason=told.description,
        held_at=recorded.held_at,
    )


@publish.register
def _(recorded: HeldStatus.Matched) -> PublicEvent:
    return StatusMatched(
        status_id=recorded.originator_id,
        agency=recorded.agency,
        matched_at=recorded.matched_at,
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
