"""What happens inside the agency: presented, directed, worked on, closed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec.structs import replace

from contracts.errors import Denied
from contracts.intake import (
    CompletionResult,
    DeadlineNotLater,
    DirectTransferNotAllowed,
    IncomingAct,
    IncomingState,
    OfficeRules,
)
from contracts.values import (
    Assignment,
)
from contracts.working_time import in_vietnam
from services.intake.domain.act import Act
from services.intake.domain.order import (
    NEVER_TAKEN_IN,
    check_binding,
    check_close,
    check_turn,
    check_units,
)

if TYPE_CHECKING:
    from services.intake.domain.document import IncomingDocument

_State, _Act = IncomingState, IncomingAct


class Presented(Act):
    """It is before a leader (trình)."""

    leads_to = _State.PRESENTED
    leader: str


class Directed(Act):
    """The leader said who handles it (chỉ đạo)."""

    leads_to = _State.DIRECTED
    assignment: Assignment
    directed_by: str = ""


class Transferred(Act):
    """It is with its lead unit (phân công)."""

    leads_to = _State.ASSIGNED
    assignment: Assignment
    transferred_at: datetime
    on_time: bool
    directed_by: str = ""

    def apply(self, document: Any) -> None:
        super().apply(document)
        document.transferred_on_time = self.on_time


class AssignmentSentBack(Act):
    """The unit sent it back: not its matter (trả lại phân công)."""

    leads_to = _State.PRESENTED
    reason: str

    def apply(self, document: Any) -> None:
        super().apply(document)
        document.assignment, document.handler = None, ""


class HandlingStarted(Act):
    """The lead unit works on it (đang xử lý)."""

    leads_to = _State.IN_PROGRESS
    handler: str = ""


class DeadlineExtended(Act):
    """More time was given (gia hạn)."""

    due_on: date
    reason: str

    def apply(self, document: Any) -> None:
        document.assignment = replace(document.assignment, due_on=self.due_on)


class Reassigned(Act):
    """It went from the unit at work to another (phân công lại)."""

    leads_to = _State.ASSIGNED
    assignment: Assignment
    directed_by: str
    reassigned_at: datetime
    handler: str = ""


class Answered(Act):
    """A linked reply of this agency was issued."""

    reply_document_id: UUID
    reply_notation: str
    answered_on: date

    def apply(self, document: Any) -> None:
        document.replies = [*document.replies, self.reply_document_id]


class Completed(Act):
    """It is closed (hoàn thành)."""

    leads_to = _State.COMPLETED
    result: CompletionResult
    note: str
    completed_at: datetime


class Reopened(Act):
    """A leader opened it again (mở lại)."""

    leads_to = _State.IN_PROGRESS
    reason: str

    def apply(self, document: Any) -> None:
        super().apply(document)
        document.result = document.completed_at = None


class FollowerNamed(Act):
    """Somebody follows and urges (người theo dõi; N30-24)."""

    follower: str


def present(document: IncomingDocument, leader: str) -> None:
    """Put it before a leader (R8.2b)."""
    check_turn(_Act.PRESENT, document.state)
    document.happened(document.Presented, leader=leader)


def direct(document: IncomingDocument, assignment: Assignment, person: str) -> None:
    """The leader before whom it is directs it to one lead and any co-ordinators (R8.2b)."""
    check_turn(_Act.DIRECT, document.state)
    if person != document.leader:
        raise Denied(why=f"the document was presented to {document.leader}")
    check_units(assignment)
    check_binding(document.verdict, assignment.due_on)
    document.happened(document.Directed, assignment=assignment, directed_by=person)


def transfer(document: IncomingDocument, at: datetime) -> None:
    """Hand it to the lead unit; the due instant itself is still on time (C4, R5.2b-2)."""
    check_turn(_Act.TRANSFER, document.state)
    directed = {"assignment": document.assignment, "directed_by": document.directed_by}
    document.happened(document.Transferred, **directed, **went(document, at))


def transfer_directly(
    document: IncomingDocument,
    assignment: Assignment,
    person: str,
    rules: OfficeRules,
    at: datetime,
) -> None:
    """Hand it to the unit that is determined, where the agency's rules allow it (N30-23)."""
    check_turn(_Act.TRANSFER_DIRECTLY, document.state)
    if not rules.transfers_directly:
        raise DirectTransferNotAllowed()
    check_units(assignment)
    check_binding(document.verdict, assignment.due_on)
    facts = {"assignment": assignment, "directed_by": person, **went(document, at)}
    document.happened(document.Transferred, **facts)


def went(document: IncomingDocument, at: datetime) -> dict[str, Any]:
    """When it went to its unit, and whether that was on time."""
    due_at = document.transfer_due_at
    assert due_at is not None
    return {"transferred_at": in_vietnam(at), "on_time": at <= due_at}


def send_back(document: IncomingDocument, reason: str) -> None:
    """It is not this unit's matter: back to the leader (N30-23)."""
    check_turn(_Act.SEND_BACK, document.state)
    document.happened(document.AssignmentSentBack, reason=reason)


def start_handling(document: IncomingDocument, person: str = "") -> None:
    """The lead unit starts to work on it (R8.2c)."""
    check_turn(_Act.START, document.state)
    document.happened(document.HandlingStarted, handler=person)


def extend(document: IncomingDocument, due_on: date, reason: str, person: str) -> None:
    """Whoever set the deadline gives more time (R8.2c)."""
    check_turn(_Act.EXTEND, document.state)
    if person != document.directed_by:
        raise Denied(why=f"the deadline was set by {document.directed_by}")
    check_binding(document.verdict, due_on)
    was = document.assignment.due_on if document.assignment else None
    if was and due_on <= was:
        raise DeadlineNotLater(due_on=str(due_on), was=str(was))
    document.happened(document.DeadlineExtended, due_on=due_on, reason=reason)


def reassign(document: IncomingDocument, assignment: Assignment, person: str, at: datetime) -> None:
    """A leader passes it to another unit."""
    check_turn(_Act.REASSIGN, document.state)
    check_units(assignment)
    check_binding(document.verdict, assignment.due_on)
    facts = {"assignment": assignment, "directed_by": person, "reassigned_at": in_vietnam(at)}
    document.happened(document.Reassigned, **facts)


def answer(
    document: IncomingDocument, reply_document_id: UUID, notation: str, answered_on: date
) -> None:
    """A reply linked to it was issued (R9.2đ). Of what was never taken in, nothing is noted."""
    if document.state in NEVER_TAKEN_IN or reply_document_id in document.replies:
        return
    document.happened(
        document.Answered,
        reply_document_id=reply_document_id,
        reply_notation=notation,
        answered_on=answered_on,
    )


def complete(document: IncomingDocument, result: CompletionResult, note: str, at: datetime) -> None:
    """Close it: with a linked reply once it is worked on, or without one, saying why."""
    asked_for = document.reply is not None
    check_close(result, document.state, bool(document.replies), asked_for, note)
    facts = {"result": result, "note": note, "completed_at": in_vietnam(at)}
    document.happened(document.Completed, **facts)


def reopen(document: IncomingDocument, reason: str) -> None:
    """A leader opens it again."""
    check_turn(_Act.REOPEN, document.state)
    document.happened(document.Reopened, reason=reason)


def name_follower(document: IncomingDocument, person: str) -> None:
    """Somebody is to follow it and to urge (N30-24)."""
    check_turn(_Act.NAME_FOLLOWER, document.state)
    document.happened(document.FollowerNamed, follower=person)
