"""A peer's message in our words (hiểu thông điệp)."""

from __future__ import annotations

import re
from uuid import UUID

from contracts import edxml
from contracts.tracking import Letter
from contracts.values import (
    DocumentKind,
    FileRef,
    Issuer,
    Origin,
    ReplyRequest,
    Secrecy,
    named_id,
)

UNMARKED = "(văn bản có dấu hiệu độ mật)"
"""All that is said of a document that may not be kept (R1.2)."""
_AGENCY = re.compile(r"[A-Z0-9][A-Z0-9.]{0,34}")


def usable_code(code: str) -> str:
    """A code as the platform writes codes; nothing where it cannot be one."""
    told = code.strip().upper()
    return told if _AGENCY.fullmatch(told) else ""


def meant(message: edxml.Document | edxml.Status) -> str:
    """The document that a message is, or is about, as its sender calls it on the wire."""
    if isinstance(message, edxml.Status):
        return message.about.document_id or message.about.code
    if message.business.action is edxml.BusinessAction.REPLACE:
        return message.document_id
    return next(iter(message.concerned()), "") or message.document_id or message.code.written()


def origin_id(sender: str, wire: str) -> UUID:
    """Identity of a peer's document, from his code and what he calls it."""
    return named_id("wire", sender, wire)


def origin_of(message: edxml.Document, sender: str) -> Origin:
    """The document as its sender outside made it; a recall or update names the earlier one."""
    wire = meant(message)
    return Origin(
        agency=sender,
        agency_name=(message.sender.name or sender)[:200],
        document_id=origin_id(sender, wire),
        document_code=wire[:255],
        notation=message.code.written()[:50],
        issued_on=message.promulgation.promulgated_on,
    )


def about_of(message: edxml.Document) -> edxml.ResponseFor:
    """How statuses name the document to its sender."""
    return edxml.ResponseFor(
        agency=message.sender.code,
        code=message.code.written(),
        document_id=meant(message),
        promulgated_on=message.promulgation.promulgated_on,
    )


def letter_of(message: edxml.Document, sender: str, files: list[FileRef]) -> Letter:
    """What it says of itself; of a marked document only that it is one (R1.2)."""
    kind = _kind(message.type.name)
    if message.secrecy is not Secrecy.NONE:
        return Letter(kind=kind, subject=UNMARKED, secrecy=message.secrecy)
    replaced = [old.document_id for old in message.business.replaced]
    wanted = (message.content or message.subject)[:1000]
    first = next((hop.at for hop in message.trace if hop.at), None)
    return Letter(
        kind=kind,
        subject=message.subject,
        urgency=message.other.urgency,
        files=files,
        reply=ReplyRequest(content=wanted, due_on=message.due_on) if message.due_on else None,
        issuer=Issuer(post=message.signatory.post[:100], name=message.signatory.name[:50]),
        sent_at=first,
        replaces=[origin_id(sender, wire) for wire in dict.fromkeys(replaced)],
    )


def _kind(name: str) -> DocumentKind:
    """The kind of this name; an official letter, which alone needs none, where it is unknown."""
    told = name.strip().casefold()
    known = (kind for kind in DocumentKind if kind.vi.casefold() == told)
    return next(known, DocumentKind.LETTER)
