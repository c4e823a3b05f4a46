"""What tracking tells aloud."""

from __future__ import annotations

from functools import partial, singledispatch
from typing import Any

from contracts.envelope import PublicEvent
from contracts.tracking import (
    AlarmAcknowledged,
    AlarmClosed,
    AlarmRaised,
    DelayExplained,
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
    TaskAccepted,
    TaskAcknowledged,
    TaskAssigned,
    TaskExtended,
    TaskProgressed,
    TaskReminded,
    TaskReturned,
    UpdateTaken,
)
from services.tracking.domain import (
    Arrival,
    Delivery,
    Dossier,
    HeldStatus,
    Package,
    Task,
    sending,
)


@singledispatch
def publish(recorded: object) -> PublicEvent | None:
    """The public event of a recorded one, if it is told aloud."""
    return None


AS_RECORDED: dict[type[Any], type[PublicEvent]] = {
    Delivery.Opened: DeliveryOpened,
    Delivery.StatusRecorded: StatusSent,
    Delivery.Answered: ReplyReceived,
    Delivery.AxisTook: LineMoved,
    Delivery.SentAgain: LineMoved,
    Delivery.AlarmRaised: AlarmRaised,
    Delivery.AlarmAcknowledged: AlarmAcknowledged,
    Delivery.AlarmClosed: AlarmClosed,
    HeldStatus.Matched: StatusMatched,
    Arrival.DocumentTaken: DocumentTaken,
    Arrival.RecallTaken: RecallTaken,
    Arrival.UpdateTaken: UpdateTaken,
    Dossier.Closed: DossierClosed,
    Dossier.Announced: DossierAnnounced,
    Dossier.Submitted: DossierSubmitted,
    Dossier.Archived: DossierArchived,
    Task.Assigned: TaskAssigned,
    Task.Acknowledged: TaskAcknowledged,
    Task.ProgressReported: TaskProgressed,
    Task.Accepted: TaskAccepted,
    Task.Returned: TaskReturned,
    Task.Extended: TaskExtended,
    Task.DelayExplained: DelayExplained,
    Task.Reminded: TaskReminded,
}
"""What is told in the very words in which it was recorded."""
IDENTITIES = {"delivery_id", "dossier_id", "task_id", "status_id"}
"""How a public event names the aggregate it is about."""


def told(kind: type[PublicEvent], recorded: Any, **words: object) -> PublicEvent:
    """The public event of a recorded one: fields of the same name, and these words."""
    whole = {
        name: getattr(recorded, name) for name in kind.__struct_fields__ if name in vars(recorded)
    }
    missing = IDENTITIES & set(kind.__struct_fields__) - whole.keys()
    return kind(**whole | dict.fromkeys(missing, recorded.originator_id) | words)


for _recorded, _public in AS_RECORDED.items():
    publish.register(_recorded, partial(told, _public))


@publish.register(Delivery.AxisRefused)
def _(recorded: sending.AxisRefused) -> PublicEvent:
    return told(LineMoved, recorded, failed_at=recorded.at)


@publish.register(Delivery.PaperConfirmed)
def _(recorded: sending.PaperConfirmed) -> PublicEvent:
    return told(LineMoved, recorded, told=recorded.note)


@publish.register
def _(recorded: HeldStatus.Held) -> PublicEvent:
    message = recorded.message
    return told(
        StatusHeld,
        recorded,
        about=message.about.document_id or message.about.code,
        code=message.code,
        at=message.at or recorded.held_at,
        reason=message.description,
    )


@publish.register
def _(recorded: Package.Rejected) -> PublicEvent:
    return told(SendingFailed, recorded, sender=recorded.agency, recipient=recorded.to)


@publish.register
def _(recorded: Package.ReceiptTaken) -> PublicEvent:
    return told(ReceiptKept, recorded, sender=recorded.agency, recipient=recorded.to)
