"""What intake tells aloud. Every word names the agency that received and the sender's document."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from contracts.envelope import PublicEvent
from contracts.intake.words import Channel, CompletionResult
from contracts.values import (
    AgencyCode,
    Assignment,
    DocumentKind,
    FileRef,
    Issuer,
    LegalValue,
    Name,
    Number,
    Opinion,
    Origin,
    PersonId,
    Reason,
    RefusalCode,
    ReplyRequest,
    Subject,
    Urgency,
)


class DocumentArrived(PublicEvent, frozen=True, kw_only=True):
    """A document entered (đã đến, 01). `entered_at` is raw; `effective_at` is legal (R10.2).

    `sent_at` is the raw instant at which it left its sender (N64-36), where it is known.
    """

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    kind: DocumentKind
    subject: Subject
    urgency: Urgency
    files: list[FileRef]
    entered_at: datetime
    effective_at: datetime
    answer_due_at: datetime
    calendar: str
    reply: ReplyRequest | None = None
    channel: Channel = Channel.PLATFORM
    sent_at: datetime | None = None


class FilesAdmitted(PublicEvent, frozen=True, kw_only=True):
    """All files passed the gate and are kept under the document's own key (R8.1a).

    `issuer` is who signed it in what post, as its sender says.
    """

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    files: list[FileRef]
    issuer: Issuer | None = None


class FilesRejected(PublicEvent, frozen=True, kw_only=True):
    """The gate rejected a file; the clerk is to refuse the document (R8.1a, N30-21.2b)."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    code: RefusalCode
    reason: str


class DocumentQuarantined(PublicEvent, frozen=True, kw_only=True):
    """An item bears a secrecy mark, or malware was found (cách ly, 02; R1.2).

    Of a marked one only the envelope's facts are kept.
    """

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    entered_at: datetime
    code: RefusalCode = RefusalCode.SECRET_CONTENT


class DocumentRefused(PublicEvent, frozen=True, kw_only=True):
    """The receiver refused the document, with a reason for the sender (02, R5.1d).

    `registered`: it was returned by a leader after it had been registered.
    """

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    code: RefusalCode
    reason: Reason
    registered: bool = False


class DocumentRegistered(PublicEvent, frozen=True, kw_only=True):
    """The document stands in the incoming register (đã tiếp nhận, 03; số đến)."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    number: Number
    arrived_on: date
    legal_value: LegalValue
    paperless: bool
    transfer_due_at: datetime
    calendar: str
    channel: Channel = Channel.PLATFORM
    on_time: bool = True


class DocumentPresented(PublicEvent, frozen=True, kw_only=True):
    """The document was put before the leader (trình, R8.2b)."""

    document_id: UUID
    agency: AgencyCode
    leader: PersonId


class DocumentDirected(PublicEvent, frozen=True, kw_only=True):
    """The leader directed who handles it, by when (chỉ đạo, R8.2b)."""

    document_id: UUID
    agency: AgencyCode
    assignment: Assignment


class DocumentTransferred(PublicEvent, frozen=True, kw_only=True):
    """The document went to its lead unit (phân công, 04; R5.2b-2)."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    assignment: Assignment
    transferred_at: datetime
    on_time: bool


class AssignmentReturned(PublicEvent, frozen=True, kw_only=True):
    """The unit sent the document back to the leader: not its matter (trả lại, N30-23)."""

    document_id: UUID
    agency: AgencyCode
    reason: Reason


class HandlingStarted(PublicEvent, frozen=True, kw_only=True):
    """The lead unit started to work on it (đang xử lý, 05)."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin


class DeadlineExtended(PublicEvent, frozen=True, kw_only=True):
    """Whoever set the deadline gave more time (gia hạn, R8.2c)."""

    document_id: UUID
    agency: AgencyCode
    due_on: date
    reason: Reason


class DocumentReassigned(PublicEvent, frozen=True, kw_only=True):
    """The document went from the unit at work to another (phân công lại, 04)."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    assignment: Assignment
    reassigned_at: datetime


class DocumentAnswered(PublicEvent, frozen=True, kw_only=True):
    """A reply of this agency, linked to the document, was issued (R9.2đ)."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    reply_document_id: UUID
    reply_notation: str
    answered_on: date


class DocumentCompleted(PublicEvent, frozen=True, kw_only=True):
    """The document is closed (hoàn thành, 06; R8.2c)."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    result: CompletionResult
    completed_at: datetime
    note: Opinion = ""


class DocumentReopened(PublicEvent, frozen=True, kw_only=True):
    """A leader opened the closed document again (mở lại, 05)."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    reason: Reason


class RecallReceived(PublicEvent, frozen=True, kw_only=True):
    """The sender wants the document back (lệnh thu hồi, Q28-9.2b). `due_at`: to cancel it by."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    order_id: UUID
    reason: Reason
    received_at: datetime
    due_at: datetime


class DocumentCancelled(PublicEvent, frozen=True, kw_only=True):
    """The document is cancelled by its sender's recall, its content destroyed (đã hủy, 15).

    `orders`: the recalls that are answered by it.
    """

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    orders: list[UUID]
    cancelled_at: datetime


class RecallDeclined(PublicEvent, frozen=True, kw_only=True):
    """The head declined the recall, as the agency's rules allow (từ chối thu hồi, 16)."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    orders: list[UUID]
    reason: Reason


class UpdateReceived(PublicEvent, frozen=True, kw_only=True):
    """The sender corrects data or files of the document (cập nhật, table 3.6)."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    update_id: UUID
    files: list[FileRef]


class UpdateApplied(PublicEvent, frozen=True, kw_only=True):
    """An update was applied (15). `edition` counts from 1, the arrival's own; `files` are its."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    update_id: UUID
    edition: int
    files: list[FileRef] = []


class UpdateDeclined(PublicEvent, frozen=True, kw_only=True):
    """An update was declined with a reason (16)."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    update_id: UUID
    reason: Reason


class DocumentSuperseded(PublicEvent, frozen=True, kw_only=True):
    """A registered replacement took the document's place (bị thay thế, N30-18.3)."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    superseded_by_id: UUID


class AssignmentInherited(PublicEvent, frozen=True, kw_only=True):
    """The replacement got the open work of the document it replaced, by decision."""

    document_id: UUID
    agency: AgencyCode
    from_document_id: UUID
    assignment: Assignment


class FollowerNamed(PublicEvent, frozen=True, kw_only=True):
    """Somebody follows the document and urges its handlers (người theo dõi, N30-24)."""

    document_id: UUID
    agency: AgencyCode
    follower: PersonId


class PaperExpected(PublicEvent, frozen=True, kw_only=True):
    """A paper copy is to come; it goes straight to whoever handles it (NB-3, N30-23)."""

    document_id: UUID
    agency: AgencyCode


class PaperReceived(PublicEvent, frozen=True, kw_only=True):
    """The paper copy is with its addressee."""

    document_id: UUID
    agency: AgencyCode
    addressee: Name
    received_at: datetime


class OfficeRulesLaid(PublicEvent, frozen=True, kw_only=True):
    """An agency laid down its clerical rules (quy chế văn thư)."""

    agency: AgencyCode
    transfers_directly: bool
    declines_recalls: bool
    follower: Annotated[str, Meta(max_length=64)] = ""
