"""The promise of intake inside the agency: presented, directed, worked on, closed."""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

from contracts.intake.words import CompletionResult
from contracts.values import Assignment, Opinion, PersonId, Reason


class Handling(Protocol):
    """Acts of leaders and handlers, in the order of table 3.2."""

    def present_document(self, *, document_id: UUID, leader: PersonId) -> None:
        """Put a registered document before the leader. For clerks. Rules: R8.2b.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`.
        """

    def direct_document(self, *, document_id: UUID, assignment: Assignment) -> None:
        """Direct who handles it, by when: one lead, any co-ordinators. For the leader presented.

        By what nobody signed, nobody is bound to a day. Refusals: `DocumentForInformationOnly`,
        `ActOutOfOrder`, `NotFound`, `Denied`, `Invalid`. Rules: R8.2b, Q28-4.
        """

    def transfer_document(self, *, document_id: UUID) -> None:
        """Transfer a directed document to its lead unit. For clerks. Rules: R5.2b-2, R8.2b.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`.
        """

    def transfer_directly(self, *, document_id: UUID, assignment: Assignment) -> None:
        """Transfer a registered document to the unit that is determined, without a direction.

        For clerks, where the agency's rules allow it. Refusals: `DirectTransferNotAllowed`,
        `DocumentForInformationOnly`, `ActOutOfOrder`, `NotFound`, `Denied`, `Invalid`.
        Rules: N30-23, Q28-4.
        """

    def send_back_assignment(self, *, document_id: UUID, reason: Reason) -> None:
        """Send a document back to the leader: it is not this unit's matter. For officers.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`, `Invalid`. Rules: N30-23.
        """

    def start_handling(self, *, document_id: UUID) -> None:
        """Start to work on an assigned document. For officers. Rules: R8.2c.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`.
        """

    def extend_deadline(self, *, document_id: UUID, due_on: date, reason: Reason) -> None:
        """Give more time. For whoever set the deadline. Rules: R8.2c.

        Refusals: `DeadlineNotLater`, `DocumentForInformationOnly`, `ActOutOfOrder`, `NotFound`,
        `Denied`, `Invalid`.
        """

    def reassign_document(self, *, document_id: UUID, assignment: Assignment) -> None:
        """Pass a document at work to another unit. For leaders.

        Refusals: `DocumentForInformationOnly`, `ActOutOfOrder`, `NotFound`, `Denied`, `Invalid`.
        Rules: R8.2c.
        """

    def complete_document(
        self, *, document_id: UUID, result: CompletionResult, note: Opinion = ""
    ) -> None:
        """Close the document: with a linked reply, or with a stated cause. For officers.

        Refusals: `ReplyMissing`, `ReplyOwed`, `ActOutOfOrder`, `NotFound`, `Denied`.
        Rules: R8.2c, R9.2đ.
        """

    def file_document(self, *, document_id: UUID, note: Opinion = "") -> None:
        """Close a registered document that is for information only (để biết). For clerks.

        Refusals: `ReplyOwed`, `ActOutOfOrder`, `NotFound`, `Denied`. Rules: R8.2c.
        """

    def reopen_document(self, *, document_id: UUID, reason: Reason) -> None:
        """Open a closed document again. For leaders.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`, `Invalid`. Rules: R8.2c.
        """
