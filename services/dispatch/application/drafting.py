"""Drafts, and the checks they pass."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from contracts.dispatch import DocumentAlreadyDrafted
from contracts.errors import NotFound
from contracts.values import (
    DocumentKind,
    DocumentLink,
    FileRef,
    Placements,
    Recipient,
    ReplyRequest,
    Role,
    Secrecy,
    Signer,
    TaskOrder,
    Urgency,
)
from services.dispatch.application.desk import DRAFTERS, HOLDERS, Desk
from services.dispatch.domain.document import OutgoingDocument
from services.dispatch.domain.draft import Draft, check_is_pdf, check_may_be_kept
from services.kernel.commit import command
from services.kernel.context import current, require


def accept_file(
    dispatch: Drafting, *, file: FileRef, secrecy: Secrecy = Secrecy.NONE, **_: Any
) -> None:
    """Keep the uploaded file of a draft, if it may be kept at all: before the command's turn."""
    require(*DRAFTERS)
    check_may_be_kept(secrecy, file)
    dispatch.files.accept(file.sha256, file.size)
    check_is_pdf(next(iter(dispatch.files.open(file.sha256))))


class Drafting(Desk):
    """From the draft to the signer's table."""

    @command(first=accept_file)
    def create_draft(
        self,
        *,
        document_id: UUID,
        kind: DocumentKind,
        subject: str,
        file: FileRef,
        placements: Placements,
        signer: Signer,
        recipients: list[Recipient],
        drafting_unit: str,
        unit_notation: str,
        urgency: Urgency = Urgency.ORDINARY,
        secrecy: Secrecy = Secrecy.NONE,
        reply: ReplyRequest | None = None,
        answers: list[DocumentLink] = [],  # noqa: B006
        replaces: list[UUID] = [],  # noqa: B006
        tasks: list[TaskOrder] | None = None,
    ) -> None:
        drafter = require(*DRAFTERS)
        if self.last_version(document_id):
            raise DocumentAlreadyDrafted(document_id=str(document_id))
        draft = Draft(
            kind=kind,
            subject=subject,
            file=file,
            placements=placements,
            signer=signer,
            recipients=recipients,
            drafting_unit=drafting_unit,
            unit_notation=unit_notation,
            urgency=urgency,
            reply=reply,
            answers=answers,
            replaces=replaces,
            tasks=tasks,
        )
        for replaced in replaces:
            self._issued(replaced).check_replaceable(drafter.agency, kind)
        known = self.directory(drafter.agency, draft)
        self.save(
            OutgoingDocument.begin_draft(
                document_id, drafter.agency, drafter.person, draft, known, self.today()
            )
        )

    @command(first=accept_file)
    def revise_draft(
        self,
        *,
        document_id: UUID,
        subject: str,
        file: FileRef,
        placements: Placements,
        signer: Signer,
        recipients: list[Recipient],
        reply: ReplyRequest | None = None,
        tasks: list[TaskOrder] | None = None,
    ) -> None:
        document = self.of_mine(document_id, *DRAFTERS)
        draft = document.draft.revised(
            subject=subject,
            file=file,
            placements=placements,
            signer=signer,
            recipients=recipients,
            reply=reply,
            tasks=tasks,
        )
        known = self.directory(document.agency, draft)
        document.revise(current().actor.person, draft, known, self.today())
        self.save(document)

    @command()
    def submit_draft(self, *, document_id: UUID) -> None:
        document = self.of_mine(document_id, *DRAFTERS)
        document.submit(current().actor.person)
        self.save(document)

    @command()
    def approve_content(self, *, document_id: UUID, opinion: str = "") -> None:
        document = self.of_mine(document_id, Role.UNIT_HEAD)
        document.approve_content(current().actor.person, opinion)
        self.save(document)

    @command()
    def approve_form(self, *, document_id: UUID, opinion: str = "") -> None:
        document = self.of_mine(document_id, Role.FORM_CHECKER)
        document.approve_form(current().actor.person, opinion)
        self.save(document)

    @command()
    def return_draft(self, *, document_id: UUID, opinion: str) -> None:
        document = self.of_mine(document_id, *HOLDERS.values())
        if holder := HOLDERS.get(document.state):
            require(holder)
        document.send_back(current().actor.person, opinion)
        self.save(document)

    def _issued(self, id: UUID) -> OutgoingDocument:
        document = self.load(OutgoingDocument, id)
        if document.issued_at is None:
            raise NotFound(what="issued document", id=str(id))
        return document
