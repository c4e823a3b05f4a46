"""What happens when the sender corrects it or replaces it (cập nhật, thay thế, table 3.6)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from contracts.errors import Denied, Invalid
from contracts.intake import (
    FilesNotAdmitted,
    FilesNotChecked,
    IncomingAct,
    IncomingState,
    Issuer,
    NothingToTakeOver,
    UpdateFacts,
    UpdateUnknown,
)
from contracts.values import (
    Assignment,
    FileRef,
    ReplyRequest,
    Verdict,
)
from services.intake.domain.act import Act
from services.intake.domain.handling import went
from services.intake.domain.order import (
    TURN,
    check_binding,
    check_intact,
    check_turn,
)

if TYPE_CHECKING:
    from services.intake.domain.document import IncomingDocument

_State, _Act = IncomingState, IncomingAct
WAITING = ("pending", "admitted", "rejected")
"""Outcomes of an update that nobody decided yet."""


class UpdateReceived(Act):
    """The sender corrects data or files (cập nhật; 3.6)."""

    update: UpdateFacts

    def apply(self, document: Any) -> None:
        document.updates = [*document.updates, self.update]


class UpdateAdmitted(Act):
    """The update's files passed the gate."""

    update_id: UUID
    files: list[FileRef]
    report: FileRef
    issuer: Issuer | None = None

    def apply(self, document: Any) -> None:
        document.change_update(self.update_id, files=self.files, outcome="admitted")


class UpdateRejected(Act):
    """A file of the update did not pass the gate."""

    update_id: UUID
    gate: str
    report: FileRef

    def apply(self, document: Any) -> None:
        document.change_update(self.update_id, outcome="rejected", gate=self.gate)


class UpdateVerified(Act):
    """The verdict of signing on the update's files."""

    update_id: UUID
    verdict: Verdict

    def apply(self, document: Any) -> None:
        document.change_update(self.update_id, verdict=self.verdict)


class UpdateApplied(Act):
    """An update took effect; `edition` counts from 1, the arrival's own."""

    update_id: UUID
    edition: int
    subject: str
    files: list[FileRef]
    reply: ReplyRequest | None

    def apply(self, document: Any) -> None:
        super().apply(document)
        document.change_update(self.update_id, outcome="applied")


class UpdateDeclined(Act):
    """An update was declined with a reason."""

    update_id: UUID
    reason: str

    def apply(self, document: Any) -> None:
        document.change_update(self.update_id, outcome="declined")


class Superseded(Act):
    """A registered replacement took its place (bị thay thế; N30-18.3)."""

    leads_to = _State.SUPERSEDED
    superseded_by_id: UUID


class AssignmentInherited(Act):
    """The replacement got the open work of what it replaced."""

    leads_to = _State.ASSIGNED
    from_document_id: UUID
    assignment: Assignment
    transferred_at: datetime
    on_time: bool


def take_update(document: IncomingDocument, update: UpdateFacts) -> None:
    """Take the sender's correction, to be decided upon; the same again is nothing."""
    check_turn(_Act.UPDATE, document.state)
    if not update.files:
        raise Invalid(where="files", why="≥ 1")
    if update.update_id not in {known.update_id for known in document.updates}:
        document.happened(document.UpdateReceived, update=update)


def admit_update(
    document: IncomingDocument, update_id: UUID, files: list[FileRef], report: FileRef
) -> None:
    """The gate lets the update's files in."""
    if _outcome(document, update_id) == "pending":
        facts = {"update_id": update_id, "files": files, "report": report}
        document.happened(document.UpdateAdmitted, **facts, issuer=document.issuer)


def reject_update(document: IncomingDocument, update_id: UUID, gate: str, report: FileRef) -> None:
    """The gate rejects a file of the update."""
    if _outcome(document, update_id) == "pending":
        facts = {"update_id": update_id, "gate": gate, "report": report}
        document.happened(document.UpdateRejected, **facts)


def verify_update(
    document: IncomingDocument, update_id: UUID, verdict: Verdict, files: list[FileRef]
) -> None:
    """Take in the verdict on the update's very files."""
    verified = {file.sha256 for file in files}
    for update in document.updates:
        of_these = all(file.sha256 in verified for file in update.files)
        if update.update_id == update_id and of_these and update.verdict is not verdict:
            document.happened(document.UpdateVerified, update_id=update_id, verdict=verdict)


def apply_update(document: IncomingDocument, update_id: UUID, leader: bool) -> None:
    """Let an update take effect. A changed due day needs a leader once the document is directed."""
    update = _update(document, update_id)
    check_turn(_Act.APPLY_UPDATE, document.state)
    if update.outcome == "pending":
        raise FilesNotChecked()
    if update.outcome == "rejected":
        raise FilesNotAdmitted(gate=update.gate)
    check_intact(update.verdict)
    if update.reply != document.reply and document.assignment and not leader:
        raise Denied(why="a changed due day is for a leader")
    document.happened(
        document.UpdateApplied,
        update_id=update_id,
        edition=document.edition + 1,
        subject=update.subject,
        files=update.files,
        reply=update.reply,
    )


def decline_update(document: IncomingDocument, update_id: UUID, reason: str) -> None:
    """Decline an update."""
    _update(document, update_id)
    check_turn(_Act.DECLINE_UPDATE, document.state)
    document.happened(document.UpdateDeclined, update_id=update_id, reason=reason)


def supersede(document: IncomingDocument, superseded_by_id: UUID) -> None:
    """A registered replacement takes its place; of what is over, nothing is noted (N30-18.3)."""
    if document.state in TURN[_Act.SUPERSEDE]:
        document.happened(document.Superseded, superseded_by_id=superseded_by_id)


def take_over(document: IncomingDocument, replaced: IncomingDocument, at: datetime) -> None:
    """Take over the open work of the document it replaced, by a leader's decision."""
    check_turn(_Act.TAKE_OVER, document.state)
    if replaced.superseded_by_id != document.id or replaced.assignment is None:
        raise NothingToTakeOver(from_document_id=str(replaced.id))
    check_binding(document.verdict, replaced.assignment.due_on)
    facts = {"from_document_id": replaced.id, "assignment": replaced.assignment}
    document.happened(document.AssignmentInherited, **facts, **went(document, at))


def _outcome(document: IncomingDocument, update_id: UUID) -> str:
    outcomes = {update.update_id: update.outcome for update in document.updates}
    return outcomes.get(update_id, "")


def _update(document: IncomingDocument, update_id: UUID) -> UpdateFacts:
    """The update, while it waits for a decision."""
    for update in document.updates:
        if update.update_id == update_id and update.outcome in WAITING:
            return update
    raise UpdateUnknown(update_id=str(update_id))
