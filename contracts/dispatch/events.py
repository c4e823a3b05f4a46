"""What dispatch tells aloud."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from contracts.dispatch.words import RecallOutcome
from contracts.envelope import PublicEvent
from contracts.values import (
    AgencyCode,
    DocumentKind,
    DocumentLink,
    FileRef,
    Name,
    Opinion,
    OutgoingNumber,
    Placements,
    Reason,
    Recipient,
    ReplyRequest,
    Route,
    SignatureLevel,
    Signer,
    SignerRole,
    Subject,
    TaskOrder,
    Urgency,
)


class SignatureRequested(PublicEvent, frozen=True, kw_only=True):
    """A competent person consented to sign, or a clerk asked for the agency's seal (R9.2a).

    `placements` come with the leader's signature, which prepares all fields; `number` comes with
    the seal, which fills number and date, or with the leader's if it was reserved beforehand.
    `attachments` are sealed with the document, each a file of its own; `level` is how long the
    signatures prove themselves once the document is sealed. `delegation_id` is that by which a
    signer signs in another's name (N30-13).
    """

    document_id: UUID
    agency: AgencyCode
    role: SignerRole
    holder: str
    file: FileRef
    placements: Placements | None = None
    number: OutgoingNumber | None = None
    level: SignatureLevel = SignatureLevel.B_T
    attachments: list[FileRef] = []
    delegation_id: UUID | None = None


class NumberAssigned(PublicEvent, frozen=True, kw_only=True):
    """The document got its number, notation and date (cấp số, N30-15)."""

    document_id: UUID
    agency: AgencyCode
    number: OutgoingNumber


class OutgoingRegistered(PublicEvent, frozen=True, kw_only=True):
    """The document stands in the outgoing register (đăng ký văn bản đi, N30-16)."""

    document_id: UUID
    agency: AgencyCode
    number: OutgoingNumber
    kind: DocumentKind
    subject: Subject
    signer: Signer
    recipients: list[Recipient]
    drafting_unit: Name
    urgency: Urgency


class DraftReturned(PublicEvent, frozen=True, kw_only=True):
    """Whoever checks or signs sent a draft back to its drafter, with an opinion (N30-10..12)."""

    document_id: UUID
    agency: AgencyCode
    drafter: str
    subject: Subject
    opinion: Reason


class Addressee(Struct, frozen=True, kw_only=True):
    """A recipient with the way to it and the identity of this delivery."""

    agency: AgencyCode
    name: Name
    route: Route
    delivery_id: UUID


class DocumentIssued(PublicEvent, frozen=True, kw_only=True):
    """The document is issued to its recipients (phát hành, R9.2a, R9.2c).

    `send_due_at` is the latest sending (Q28-6.2a), computed with the version `calendar`. `drafter`
    is the lead drafter; it was to be issued by `issue_due_at` (N30-18.1); `tasks` are what it gives
    its recipients to do (R9.3b-2).
    """

    document_id: UUID
    agency: AgencyCode
    agency_name: Name
    number: OutgoingNumber
    kind: DocumentKind
    subject: Subject
    urgency: Urgency
    signer: Signer
    files: list[FileRef]
    addressees: list[Addressee]
    issued_at: datetime
    send_due_at: datetime
    reply: ReplyRequest | None = None
    answers: list[DocumentLink] = []
    calendar: str = ""
    replaces: list[UUID] = []
    drafter: str = ""
    issue_due_at: datetime | None = None
    tasks: list[TaskOrder] = []


class RecallOrdered(PublicEvent, frozen=True, kw_only=True):
    """The sender wants a document back from these recipients (thu hồi, R9.2c, Q28-8.2b).

    `addressees` are those who are to give it back now; a `whole` recall leaves it with nobody and
    freezes it at the sender (N30-VI.8).
    """

    document_id: UUID
    agency: AgencyCode
    agency_name: Name
    order_id: UUID
    number: OutgoingNumber
    kind: DocumentKind
    subject: Subject
    urgency: Urgency
    signer: Signer
    addressees: list[Addressee]
    reason: Reason
    ordered_at: datetime
    basis: Opinion = ""
    whole: bool = False


class RecallAnswered(PublicEvent, frozen=True, kw_only=True):
    """One recipient answered a recall; `closed`: nobody's answer is owed any more."""

    document_id: UUID
    agency: AgencyCode
    order_id: UUID
    recipient: AgencyCode
    outcome: RecallOutcome
    answered_at: datetime
    closed: bool
    reason: str = ""
