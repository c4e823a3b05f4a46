"""What a drafter writes, and what must be true of it before it may go on its way."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from contracts.dispatch import (
    AgencyUnknown,
    FormatNotSignable,
    NotARecipient,
    PaperReasonMissing,
    RecipientHasSoftware,
    RecipientIsSender,
    RecipientRepeated,
    RecipientUnknown,
    ReplyDueTooEarly,
    SecretContent,
    TaskOrderTooEarly,
    TasksMissing,
)
from contracts.values import (
    DocumentKind,
    DocumentLink,
    FileRef,
    OutgoingNumber,
    Placements,
    Recipient,
    ReplyRequest,
    Route,
    Secrecy,
    Signer,
    TaskOrder,
    Urgency,
    named_id,
    written_number,
)
from services.dispatch.domain.directory import Directory

PDF = "application/pdf"
_PDF_1_4_OR_LATER = re.compile(rb"%PDF-(1\.[4-9]|2\.\d)")


class Draft(Struct, frozen=True, kw_only=True):
    """What a drafter writes (nội dung dự thảo; fields of regulation 2.4)."""

    kind: DocumentKind
    subject: str
    file: FileRef
    placements: Placements
    signer: Signer
    recipients: list[Recipient]
    drafting_unit: str
    unit_notation: str
    urgency: Urgency = Urgency.ORDINARY
    reply: ReplyRequest | None = None
    answers: list[DocumentLink] = []
    replaces: list[UUID] = []
    tasks: list[TaskOrder] | None = None

    def revised(self, **changes: Any) -> Draft:
        """This draft with other content."""
        return replace(self, **changes)

    def check(self, sender: str, directory: Directory, today: date) -> None:
        """Refuse a draft that could not be issued to everybody named, as it stands, today."""
        seen = set()
        for recipient in self.recipients:
            check_recipient(recipient.agency, sender, directory)
            check_way(recipient, directory[recipient.agency].route)
            meant = directory[recipient.agency].agency
            if meant in seen:
                raise RecipientRepeated(agency=recipient.agency)
            seen.add(meant)
        if sender not in directory:
            raise AgencyUnknown(agency=sender)
        if self.reply and self.reply.due_on < today:
            raise ReplyDueTooEarly(due_on=str(self.reply.due_on), today=str(today))
        self._check_tasks(today)

    def _check_tasks(self, today: date) -> None:
        for task in self.tasks or []:
            if task.recipient not in {recipient.agency for recipient in self.recipients}:
                raise NotARecipient(agency=task.recipient)
            if task.due_on <= today:
                raise TaskOrderTooEarly(due_on=str(task.due_on), today=str(today))

    def check_complete(self) -> None:
        """Refuse to issue what assigns tasks and names none (R9.3b-2)."""
        if self.tasks == []:
            raise TasksMissing()

    def number(self, number: int, notation: str, agency: str, day: date) -> OutgoingNumber:
        """Number and notation as they are written, and the document code (N30-15, R7.2b).

        `01/SNV-VP` for an official letter, `01/QĐ-SNV` for a kind with a name.
        """
        letter = self.kind is DocumentKind.LETTER
        groups = (notation, self.unit_notation) if letter else (self.kind.value, notation)
        return OutgoingNumber(
            number=number,
            notation=f"{written_number(number)}/{'-'.join(groups)}",
            issued_on=day,
            document_code=f"{agency}.{day.year}.{number:06d}",
        )


def series_id(agency: str, year: int) -> UUID:
    """The number series of an agency's outgoing documents in a year: one for all kinds (N30-15)."""
    return named_id("series", agency, "outgoing", year)


def check_recipient(agency: str, sender: str, directory: Directory) -> None:
    """A recipient is another agency of the directory (R7.2a)."""
    if agency not in directory:
        raise RecipientUnknown(agency=agency)
    if sender in (agency, directory[agency].agency):
        raise RecipientIsSender(agency=agency)


def check_way(to: Recipient, route: Route) -> None:
    """Paper goes to agencies without software alone, and why is told (R5.1b-2)."""
    if route is Route.PAPER and not to.paper_reason.strip():
        raise PaperReasonMissing(agency=to.agency)
    if route is not Route.PAPER and to.paper_reason:
        raise RecipientHasSoftware(agency=to.agency)


def check_may_be_kept(secrecy: Secrecy, file: FileRef) -> None:
    """Before any byte is kept: no state secrets (R1.2), and only what can be signed (R4.4b)."""
    if secrecy is not Secrecy.NONE:
        raise SecretContent()
    if file.media_type != PDF:
        raise FormatNotSignable(media_type=file.media_type)


def check_is_pdf(head: bytes) -> None:
    """Whatever it is called, the file begins as a PDF of version 1.4 or later (R4.4b)."""
    if not _PDF_1_4_OR_LATER.match(head):
        raise FormatNotSignable(media_type="application/octet-stream")
