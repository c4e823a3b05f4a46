"""Intake (tiếp nhận văn bản đến): from arrival to the closing act."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta, Struct

from contracts.envelope import Follows, PublicEvent, Told
from contracts.errors import Refused
from contracts.values import (
    AgencyCode,
    Assignment,
    Coded,
    Digest,
    DocumentKind,
    FileLink,
    FileRef,
    LegalValue,
    Limit,
    Name,
    Number,
    Opinion,
    PersonId,
    Reason,
    RefusalCode,
    ReplyRequest,
    Secrecy,
    Subject,
    UploadOffer,
    Urgency,
    Verdict,
)


class IncomingState(Coded):
    """State of an incoming document (trạng thái văn bản đến, table 3.2)."""

    ARRIVED = "ARRIVED", "Đã đến", "Arrived"
    REFUSED = "REFUSED", "Từ chối", "Refused"
    QUARANTINED = "QUARANTINED", "Cách ly", "Quarantined"
    REGISTERED = "REGISTERED", "Đã đăng ký", "Registered"
    PRESENTED = "PRESENTED", "Đã trình", "Presented"
    DIRECTED = "DIRECTED", "Đã có ý kiến chỉ đạo", "Directed"
    ASSIGNED = "ASSIGNED", "Đã phân công", "Assigned"
    IN_PROGRESS = "IN_PROGRESS", "Đang xử lý", "In progress"
    COMPLETED = "COMPLETED", "Hoàn thành", "Completed"


class IncomingAct(Coded):
    """An act on an incoming document (thao tác, table 3.2); the code is the method's name."""

    REFUSE = "refuse_document", "từ chối nhận", "refuse the document"
    REGISTER = "register_document", "đăng ký", "register the document"
    PRESENT = "present_document", "trình", "present the document"
    DIRECT = "direct_document", "cho ý kiến chỉ đạo", "direct the document"
    TRANSFER = "transfer_document", "chuyển giao", "transfer the document"
    START = "start_handling", "bắt đầu xử lý", "start handling"
    COMPLETE = "complete_document", "kết thúc xử lý", "complete the document"


class CompletionResult(Coded):
    """How an incoming document was closed (kết quả xử lý, R8.2c)."""

    REPLIED = "REPLIED", "Đã có văn bản trả lời", "Replied"
    NO_REPLY_NEEDED = "NO_REPLY_NEEDED", "Không cần trả lời", "No reply needed"


class Origin(Struct, frozen=True, kw_only=True):
    """The document as its sender made it: identity, number, date and issuer, never changed."""

    agency: AgencyCode
    agency_name: Name
    document_id: UUID
    document_code: Annotated[str, Meta(pattern=r"\S", max_length=255)]
    notation: Annotated[str, Meta(pattern=r"\S", max_length=50)]
    issued_on: date


class DocumentArrived(PublicEvent, frozen=True, kw_only=True):
    """A document entered (đã đến, 01). `entered_at` is raw; `effective_at` is legal (R10.2)."""

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


class DocumentQuarantined(PublicEvent, frozen=True, kw_only=True):
    """An arriving item bears a secrecy mark: only the envelope's facts are kept (R1.2, 02)."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    entered_at: datetime


class DocumentRefused(PublicEvent, frozen=True, kw_only=True):
    """The receiver refused the document, with a reason for the sender (02, R5.1d)."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin
    code: RefusalCode
    reason: Reason


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


class HandlingStarted(PublicEvent, frozen=True, kw_only=True):
    """The lead unit started to work on it (đang xử lý, 05)."""

    document_id: UUID
    agency: AgencyCode
    origin: Origin


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


class IncomingDocumentView(Struct, frozen=True, kw_only=True):
    """An incoming document as it is now.

    A quarantined one has neither subject nor files (R1.2). `calendar` is the version that computed
    `effective_at`.
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


class ArrivalListed(Struct, frozen=True, kw_only=True):
    """A line of a clerk's list of documents in one state; a quarantined one has no subject."""

    document_id: UUID
    state: IncomingState
    subject: str
    origin: Origin
    entered_at: datetime


class DocumentAlreadyArrived(Refused):
    """The delivery is here already; the first arrival counts."""

    vi = "Văn bản {document_id} đã đến trước đó. Không cần gửi lại."
    en = "Document {document_id} has arrived before. Do not send it again."


class ActOutOfOrder(Refused):
    """The act does not fit the state of the document (table 3.2).

    `act` and `state` are codes of `IncomingAct` and `IncomingState`; `…_vi`, `…_en` their labels.
    """

    vi = "Không thể {act_vi} khi văn bản ở trạng thái “{state_vi}”. Hãy làm đúng trình tự."
    en = "Cannot {act_en} while the document is “{state_en}”. Follow the order of acts."


class SignaturesNotVerified(Refused):
    """Registration waits for the verification of the signatures (R8.1b-1)."""

    vi = "Chưa có kết quả kiểm tra chữ ký số. Hãy đợi vài giây rồi thử lại."
    en = "The signatures are not verified yet. Wait some seconds and try again."


class IntegrityFailed(Refused):
    """A document whose integrity failed is never registered (R8.1a).

    `verdict` is a code of `Verdict`; `verdict_vi`, `verdict_en` are its labels.
    """

    vi = "Văn bản không toàn vẹn ({verdict_vi}), không được đăng ký. Hãy từ chối và nêu lý do."
    en = (
        "The document is not intact ({verdict_en}) and cannot be registered. Refuse it, saying why."
    )


class ReplyMissing(Refused):
    """A document closed as replied needs a linked, issued reply (R8.2c, R9.2đ)."""

    vi = "Chưa có văn bản trả lời được liên kết. Hãy phát hành văn bản trả lời trước."
    en = "No linked reply has been issued. Issue the reply first."


class ReplyOwed(Refused):
    """The sender asked for a reply; closing without one needs a stated cause (R8.2c)."""

    vi = "Bên gửi yêu cầu trả lời. Hãy trả lời hoặc nêu rõ lý do không trả lời."
    en = "The sender asks for a reply. Reply, or state why not."


class Intake(Told, Follows, Protocol):
    """What may be asked of intake. Acts of one document follow the order of table 3.2."""

    def receive_document(
        self,
        *,
        agency: AgencyCode,
        origin: Origin,
        kind: DocumentKind,
        subject: Subject,
        files: Annotated[list[FileRef], Meta(max_length=100)],
        urgency: Urgency = Urgency.ORDINARY,
        secrecy: Secrecy = Secrecy.NONE,
        reply: ReplyRequest | None = None,
    ) -> UUID:
        """Take in a document for an agency; answers the document id of this delivery.

        For the gateway of the exchange axis. The files were uploaded before, except for an item
        with a secrecy mark, of which nothing but the envelope is kept. Refusals:
        `DocumentAlreadyArrived`, `FileMissing`, `FileDamaged`, `FileTooLarge`, `Denied`,
        `Invalid` (no file). Rules: R10.2, R8.1b-2, R1.2, R7.1.
        """

    def refuse_document(self, *, document_id: UUID, code: RefusalCode, reason: Reason) -> None:
        """Refuse an arrived document; the sender is told the reason at once. For clerks.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`, `Invalid`. Rules: R5.1d-1…3.
        """

    def register_document(self, *, document_id: UUID) -> Number:
        """Enter the document in the incoming register under the next arrival number. For clerks.

        Refusals: `SignaturesNotVerified`, `IntegrityFailed`, `ActOutOfOrder`, `NotFound`,
        `Denied`. Rules: R8.2a-1, R8.1a.
        """

    def present_document(self, *, document_id: UUID, leader: PersonId) -> None:
        """Put a registered document before the leader. For clerks. Rules: R8.2b.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`.
        """

    def direct_document(self, *, document_id: UUID, assignment: Assignment) -> None:
        """Direct who handles it, by when: one lead, any co-ordinators. For the leader presented.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`, `Invalid`. Rules: R8.2b.
        """

    def transfer_document(self, *, document_id: UUID) -> None:
        """Transfer a directed document to its lead unit. For clerks. Rules: R5.2b-2, R8.2b.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`.
        """

    def start_handling(self, *, document_id: UUID) -> None:
        """Start to work on an assigned document. For officers. Rules: R8.2c.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`.
        """

    def complete_document(
        self, *, document_id: UUID, result: CompletionResult, note: Opinion = ""
    ) -> None:
        """Close the document: with a linked reply, or with a stated cause. For officers.

        Refusals: `ReplyMissing`, `ReplyOwed`, `ActOutOfOrder`, `NotFound`, `Denied`.
        Rules: R8.2c, R9.2đ.
        """

    def get_document(self, *, document_id: UUID) -> IncomingDocumentView:
        """The document as it is now, for its agency. Refusals: `NotFound`, `Denied`."""

    def list_documents(
        self, *, agency: AgencyCode, state: IncomingState, after: str = "", limit: Limit = 100
    ) -> list[ArrivalListed]:
        """Documents of an agency in one state, by order of entry, after the document id `after`.

        Refusals: `Denied`, `Invalid`.
        """

    def offer_upload(self, *, sha256: Digest, size: Annotated[int, Meta(ge=1)]) -> UploadOffer:
        """Where to put the bytes of a file before naming it in a command.

        Refusals: `FileTooLarge`, `Denied`, `Invalid`.
        """

    def get_file_link(self, *, document_id: UUID, sha256: Digest) -> FileLink:
        """Where to get one file of the document. For its agency. Refusals: `NotFound`, `Denied`."""
