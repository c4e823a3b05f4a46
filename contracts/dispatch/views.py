"""How an outgoing document is shown."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from contracts.dispatch.words import OutgoingState, RecallOutcome
from contracts.values import (
    AgencyCode,
    DocumentKind,
    DocumentLink,
    FileRef,
    Opinion,
    OutgoingNumber,
    Recipient,
    ReplyRequest,
    Signer,
    Subject,
    Urgency,
)


class RecallLine(Struct, frozen=True, kw_only=True):
    """A recall at one recipient: what he answered, and when."""

    recipient: AgencyCode
    outcome: RecallOutcome = RecallOutcome.PENDING
    answered_at: datetime | None = None
    reason: str = ""


class RecallOrder(Struct, frozen=True, kw_only=True):
    """One order to give the document back (lệnh thu hồi); kept for ever (N30-VI.8)."""

    order_id: UUID
    reason: str
    basis: str
    person: str
    ordered_at: datetime
    lines: list[RecallLine]


class OutgoingDocumentView(Struct, frozen=True, kw_only=True):
    """An outgoing document as it is now.

    `signing_failure` is `code: reason` of the last signature or seal that could not be made, until
    the next is asked for; `opinion` is that of the last check or return; `delegation_id` is that by
    which a signature in another's name was last asked for (N30-13).
    """

    document_id: UUID
    agency: AgencyCode
    state: OutgoingState
    kind: DocumentKind
    subject: Subject
    urgency: Urgency
    signer: Signer
    recipients: list[Recipient]
    file: FileRef
    version: int
    number: OutgoingNumber | None = None
    issued_at: datetime | None = None
    reply: ReplyRequest | None = None
    answers: list[DocumentLink] = []
    signing_failure: str = ""
    opinion: Opinion = ""
    recalls: list[RecallOrder] = []
    refused_by: list[AgencyCode] = []
    delegation_id: UUID | None = None
