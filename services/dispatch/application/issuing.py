"""Signed, numbered, registered, sealed, issued."""

from __future__ import annotations

from uuid import UUID

from contracts.values import OutgoingNumber, Role
from services.dispatch.application.papering import Papering
from services.dispatch.domain.draft import series_id
from services.kernel.commit import command
from services.kernel.context import current


class Issuing(Papering):
    """What signer and clerk do, one act after another."""

    @command()
    def sign_document(self, *, document_id: UUID) -> None:
        document = self.of_mine(document_id, Role.LEADER)
        document.sign(current().actor.person, self.delegations_of, self.today())
        self.save(document)

    @command()
    def assign_number(self, *, document_id: UUID) -> OutgoingNumber:
        document = self.of_mine(document_id, Role.CLERK)
        day = self.today()
        series = series_id(document.agency, day.year)
        known = self.directory(document.agency)
        number = document.assign_number(lambda: self.take_number(series, document_id), known, day)
        self.save(document)
        return number

    @command()
    def register_document(self, *, document_id: UUID) -> None:
        document = self.of_mine(document_id, Role.CLERK)
        document.register()
        self.save(document)

    @command()
    def seal_document(self, *, document_id: UUID) -> None:
        document = self.of_mine(document_id, Role.CLERK)
        document.seal()
        self.save(document)

    @command()
    def issue_document(self, *, document_id: UUID) -> None:
        document = self.of_mine(document_id, Role.CLERK)
        known = self.directory(document.agency, document.draft)
        document.issue(known, self.calendar, self.now())
        self.save(document)
        self.owe_by_rule(document)
