"""Answers of intake."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from contracts.envelope import Actor
from contracts.intake.words import (
    Channel,
    Check,
    CompletionResult,
    IncomingState,
    Paper,
)
from contracts.signing import SignatureSummary
from contracts.values import (
    AgencyCode,
    Assignment,
    DocumentKind,
    FileRef,
    Issuer,
    LegalValue,
    Number,
    Origin,
    RefusalCode,
    ReplyRequest,
    Urgency,
    Verdict,
)


class RefusalProposal(Struct, frozen=True, kw_only=True):
    """What the checks propose to the clerk: refuse, with this code and reason (NB-4)."""

    code: RefusalCode
    reason: str


class RecallFacts(Struct, frozen=True, kw_only=True):
    """One order to give the document back, and what came of it (thông tin thu hồi, N30-VI.8).

    `outcome`: `pending`, `cancelled` or `declined`.
    """

    order_id: UUID
    reason: str
    basis: str
    received_at: datetime
    due_at: datetime
    outcome: str = "pending"
    answered_at: datetime | None = None
    decline_reason: str = ""


class UpdateFacts(Struct, frozen=True, kw_only=True):
    """One update of the sender.

    `outcome`: `pending` until the gate judged its files, then `admitted` or `rejected`, at last
    `applied` or `declined`.
    """

    update_id: UUID
    subject: str
    files: list[FileRef]
    reply: ReplyRequest | None
    reason: str
    received_at: datetime
    outcome: str = "pending"
    gate: str = ""
    verdict: Verdict | None = None


class Checks(Struct, frozen=True, kw_only=True):
    """What was found before accepting a document (kiểm tra trước khi tiếp nhận, R8.1a).

    An arrival is complete or it is not let in, so `completeness` is never open.
    """

    completeness: Check = Check.PASSED
    format: Check
    integrity: Check
    authenticity: Check


class IncomingDocumentView(Struct, frozen=True, kw_only=True):
    """An incoming document as it is now, or was at an instant.

    One with a secrecy mark has neither subject nor files (R1.2). `calendar` is the version that
    computed `effective_at`. `gate` is the gate's code once it judged: `ADMITTED`, or why not.
    """

    document_id: UUID
    agency: AgencyCode
    state: IncomingState
    origin: Origin
    kind: DocumentKind
    subject: str
    urgency: Urgency
    files: list[FileRef]
    entered_at: datetime
    effective_at: datetime
    calendar: str
    version: int
    verdict: Verdict | None = None
    legal_value: LegalValue | None = None
    number: Number | None = None
    transfer_due_at: datetime | None = None
    transferred_at: datetime | None = None
    assignment: Assignment | None = None
    reply: ReplyRequest | None = None
    replies: list[UUID] = []
    channel: Channel = Channel.PLATFORM
    issuer: Issuer | None = None
    sent_at: datetime | None = None
    answer_due_at: datetime | None = None
    gate: str = ""
    checks: Checks | None = None
    signatures: list[SignatureSummary] = []
    proposal: RefusalProposal | None = None
    earlier: list[UUID] = []
    registered_at: datetime | None = None
    leader: str = ""
    handler: str = ""
    follower: str = ""
    transferred_on_time: bool | None = None
    result: CompletionResult | None = None
    completed_at: datetime | None = None
    paper: Paper = Paper.NONE
    paper_addressee: str = ""
    recalls: list[RecallFacts] = []
    updates: list[UpdateFacts] = []
    edition: int = 1
    superseded_by_id: UUID | None = None
    replaces: list[UUID] = []


class ArrivalListed(Struct, frozen=True, kw_only=True):
    """A line of a clerk's list of documents in one state; a quarantined one has no subject."""

    document_id: UUID
    state: IncomingState
    subject: str
    origin: Origin
    entered_at: datetime


class Access(Struct, frozen=True, kw_only=True):
    """Somebody looked at the document, or took one of its files (lịch sử truy cập, N30-VI.5a)."""

    at: datetime
    actor: Actor
    what: str
    file: str = ""


class TrailLine(Struct, frozen=True, kw_only=True):
    """One line of a document's trail: an act, an opinion, a check or a view, in time order."""

    at: datetime
    actor: Actor
    what: str
    vi: str
    en: str
    text: str = ""
