"""The promise of intake when the sender wants a document back, corrects or replaces it."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from contracts.intake.receiving import Files
from contracts.values import AgencyCode, Opinion, Origin, Reason, ReplyRequest, Subject


class Recalling(Protocol):
    """Recall, update, replacement (tables 3.5 and 3.6)."""

    def receive_recall(
        self,
        *,
        agency: AgencyCode,
        origin: Origin,
        order_id: UUID,
        reason: Reason,
        basis: Opinion = "",
    ) -> None:
        """Take in the sender's order to give a document back (thu hồi).

        For the gateway. A repeat of the order is nothing new; an order for a document that has not
        come waits for it. Refusals: `SenderOnly`, `ActOutOfOrder`, `Denied`, `Invalid`.
        Rules: Q28-9.2b, N30-VI.8.
        """

    def cancel_document(self, *, document_id: UUID) -> None:
        """Carry out the recall: the content is destroyed, then the sender is told. For clerks.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`. Rules: Q28-9.2b, N30-VI.8.
        """

    def decline_recall(self, *, document_id: UUID, reason: Reason) -> None:
        """Decline the recall of a document that was answered already. For leaders.

        Refusals: `RecallNotDeclinable`, `ActOutOfOrder`, `NotFound`, `Denied`, `Invalid`.
        Rules: Q28-9.2b.
        """

    def receive_update(
        self,
        *,
        agency: AgencyCode,
        origin: Origin,
        update_id: UUID,
        subject: Subject,
        files: Files,
        reason: Reason,
        reply: ReplyRequest | None = None,
    ) -> None:
        """Take in the sender's correction of a document (cập nhật), to be decided upon.

        For the gateway; the files were uploaded before. Refusals: `SenderOnly`, `ActOutOfOrder`,
        `NotFound`, `FileMissing`, `FileDamaged`, `FileTooLarge`, `Denied`, `Invalid`.
        """

    def apply_update(self, *, document_id: UUID, update_id: UUID) -> None:
        """Let an update take effect; what was before stays in the history. For clerks.

        One that changes a reply's due day is for leaders once the document was directed. Refusals:
        `UpdateUnknown`, `FilesNotChecked`, `FilesNotAdmitted`, `ActOutOfOrder`, `NotFound`,
        `Denied`.
        """

    def decline_update(self, *, document_id: UUID, update_id: UUID, reason: Reason) -> None:
        """Decline an update; the sender is told why. For clerks.

        Refusals: `UpdateUnknown`, `ActOutOfOrder`, `NotFound`, `Denied`, `Invalid`.
        """

    def take_over_assignment(self, *, document_id: UUID, from_document_id: UUID) -> None:
        """Give a registered replacement the open work of the document it replaced. For leaders.

        Refusals: `NothingToTakeOver`, `DocumentForInformationOnly`, `ActOutOfOrder`, `NotFound`,
        `Denied`. Rules: N30-18.3.
        """
