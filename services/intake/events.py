"""What intake tells aloud."""

from __future__ import annotations

from functools import partial, singledispatch
from typing import Any, TypeVar

from contracts import intake as told
from contracts.envelope import PublicEvent
from services.intake.domain import IncomingDocument as Document
from services.intake.domain import Office, arrival, recall, renewal

W = TypeVar("W", bound=PublicEvent)

TOLD: dict[type, type[PublicEvent]] = {
    Document.Arrived: told.DocumentArrived,
    Document.Quarantined: told.DocumentQuarantined,
    Document.FilesAdmitted: told.FilesAdmitted,
    Document.FilesRejected: told.FilesRejected,
    Document.SetApart: told.DocumentQuarantined,
    Document.Refused: told.DocumentRefused,
    Document.PaperExpected: told.PaperExpected,
    Document.PaperReceived: told.PaperReceived,
    Document.Presented: told.DocumentPresented,
    Document.Directed: told.DocumentDirected,
    Document.Transferred: told.DocumentTransferred,
    Document.AssignmentSentBack: told.AssignmentReturned,
    Document.HandlingStarted: told.HandlingStarted,
    Document.DeadlineExtended: told.DeadlineExtended,
    Document.Reassigned: told.DocumentReassigned,
    Document.Answered: told.DocumentAnswered,
    Document.Completed: told.DocumentCompleted,
    Document.Reopened: told.DocumentReopened,
    Document.FollowerNamed: told.FollowerNamed,
    Document.Cancelled: told.DocumentCancelled,
    Document.RecallDeclined: told.RecallDeclined,
    Document.UpdateApplied: told.UpdateApplied,
    Document.UpdateDeclined: told.UpdateDeclined,
    Document.Superseded: told.DocumentSuperseded,
    Document.AssignmentInherited: told.AssignmentInherited,
}
"""Recorded events whose fields have the names of the public ones."""


@singledispatch
def publish(recorded: object) -> PublicEvent | None:
    """The public event of a recorded one, if it is told aloud."""
    return None


def _told(word: type[W], recorded: Any, **more: Any) -> W:
    """The public event whose fields have the names of the recorded ones; `more` goes beside."""
    names = set(word.__struct_fields__) & vars(recorded).keys()
    facts = {name: getattr(recorded, name) for name in names}
    return word(document_id=recorded.originator_id, **facts | more)


for _recorded, _word in TOLD.items():
    publish.register(_recorded, partial(_told, _word))


@publish.register(Document.Returned)
def _(recorded: arrival.Returned) -> PublicEvent:
    return _told(told.DocumentRefused, recorded, registered=True)


@publish.register(Document.Registered)
def _(recorded: arrival.Registered) -> PublicEvent:
    line = recorded.line
    return _told(
        told.DocumentRegistered,
        recorded,
        number=line.number,
        arrived_on=line.arrived_on,
        legal_value=line.legal_value,
        paperless=line.paperless,
        transfer_due_at=line.transfer_due_at,
        calendar=line.calendar,
    )


@publish.register(Document.RecalledAhead)
@publish.register(Document.RecallReceived)
def _(recorded: Any) -> PublicEvent:
    order = recorded.order
    return _told(
        told.RecallReceived,
        recorded,
        order_id=order.order_id,
        reason=order.reason,
        received_at=order.received_at,
        due_at=order.due_at,
    )


@publish.register(Document.ArrivedRecalled)
def _(recorded: recall.ArrivedRecalled) -> PublicEvent:
    return _told(told.DocumentCancelled, recorded, cancelled_at=recorded.entered_at)


@publish.register(Document.RecallRepeated)
def _(recorded: recall.RecallRepeated) -> PublicEvent:
    order = recorded.order
    at = order.answered_at or order.received_at
    return _told(told.DocumentCancelled, recorded, orders=[order.order_id], cancelled_at=at)


@publish.register(Document.UpdateReceived)
def _(recorded: renewal.UpdateReceived) -> PublicEvent:
    update = recorded.update
    return _told(told.UpdateReceived, recorded, update_id=update.update_id, files=update.files)


@publish.register(Document.UpdateAdmitted)
def _(recorded: renewal.UpdateAdmitted) -> PublicEvent:
    """The update's files are verified under the update's own id."""
    return told.FilesAdmitted(
        document_id=recorded.update_id,
        agency=recorded.agency,
        origin=recorded.origin,
        files=recorded.files,
        issuer=recorded.issuer,
    )


@publish.register(Office.RulesLaid)
@publish.register(Office.RulesRevised)
def _(recorded: Any) -> PublicEvent:
    rules = recorded.rules
    return told.OfficeRulesLaid(
        agency=recorded.agency,
        transfers_directly=rules.transfers_directly,
        declines_recalls=rules.declines_recalls,
        follower=rules.follower or "",
    )
