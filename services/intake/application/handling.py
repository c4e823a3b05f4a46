"""Inside the agency: presented, directed, worked on, closed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from contracts.dispatch import DocumentIssued
from contracts.errors import Invalid
from contracts.intake import CompletionResult
from contracts.values import Assignment, Role
from contracts.working_time import day_of
from services.intake.application.desk import Desk
from services.intake.domain import IncomingDocument
from services.kernel.commit import command
from services.kernel.context import current


class Handling(Desk):
    """Acts of leaders and handlers."""

    @command()
    def present_document(self, *, document_id: UUID, leader: str) -> None:
        self.act(document_id, Role.CLERK, lambda document: document.present(leader))

    @command()
    def direct_document(self, *, document_id: UUID, assignment: Assignment) -> None:
        person = current().actor.person
        self.act(document_id, Role.LEADER, lambda document: document.direct(assignment, person))

    @command()
    def transfer_document(self, *, document_id: UUID) -> None:
        self.act(document_id, Role.CLERK, lambda document: document.transfer(self.now()))

    @command()
    def transfer_directly(self, *, document_id: UUID, assignment: Assignment) -> None:
        document = self.mine(document_id, Role.CLERK)
        rules, person = self.rules_of(document.agency), current().actor.person
        document.transfer_directly(assignment, person, rules, self.now())
        self.save(document)

    @command()
    def send_back_assignment(self, *, document_id: UUID, reason: str) -> None:
        self.act(document_id, Role.OFFICER, lambda document: document.send_back(reason))

    @command()
    def start_handling(self, *, document_id: UUID) -> None:
        person = current().actor.person
        self.act(document_id, Role.OFFICER, lambda document: document.start_handling(person))

    @command()
    def extend_deadline(self, *, document_id: UUID, due_on: date, reason: str) -> None:
        document, person = self.mine(document_id, Role.LEADER, Role.CLERK), current().actor.person
        document.extend(due_on, reason, person)
        self.save(document)

    @command()
    def reassign_document(self, *, document_id: UUID, assignment: Assignment) -> None:
        document, person = self.mine(document_id, Role.LEADER), current().actor.person
        document.reassign(assignment, person, self.now())
        self.save(document)

    @command()
    def complete_document(
        self, *, document_id: UUID, result: CompletionResult, note: str = ""
    ) -> None:
        if result is CompletionResult.FOR_INFORMATION:
            raise Invalid(where="result", why="file_document is for that")
        at = self.now()
        self.act(document_id, Role.OFFICER, lambda document: document.complete(result, note, at))

    @command()
    def file_document(self, *, document_id: UUID, note: str = "") -> None:
        filed, at = CompletionResult.FOR_INFORMATION, self.now()
        self.act(document_id, Role.CLERK, lambda document: document.complete(filed, note, at))

    @command()
    def reopen_document(self, *, document_id: UUID, reason: str) -> None:
        self.act(document_id, Role.LEADER, lambda document: document.reopen(reason))

    def link_answers(self, event: DocumentIssued) -> None:
        """An issued reply is noted at the documents of its own agency that it answers (R9.2đ)."""
        for link in event.answers:
            document = self.find(IncomingDocument, link.document_id)
            if document and document.agency == event.agency:
                day = day_of(event.issued_at)
                document.answer(event.document_id, event.number.notation, day)
                self.save(document)
