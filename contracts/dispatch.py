"""Dispatch (phát hành văn bản đi): from a draft to the issued document."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta, Struct

from contracts.envelope import Follows, PublicEvent, Told
from contracts.errors import Refused
from contracts.values import (
    AgencyCode,
    Coded,
    Digest,
    DocumentKind,
    DocumentLink,
    FileLink,
    FileRef,
    Name,
    Opinion,
    OutgoingNumber,
    Placements,
    Reason,
    Recipient,
    ReplyRequest,
    Route,
    Secrecy,
    Signer,
    SignerRole,
    Subject,
    UploadOffer,
    Urgency,
)


class OutgoingState(Coded):
    """State of an outgoing document (trạng thái văn bản đi, table 3.3)."""

    DRAFT = "DRAFT", "Dự thảo", "Draft"
    CONTENT_CHECK = "CONTENT_CHECK", "Kiểm tra nội dung", "Content check"
    FORM_CHECK = "FORM_CHECK", "Kiểm tra thể thức", "Form check"
    TO_SIGN = "TO_SIGN", "Trình ký", "To be signed"
    SIGNING = "SIGNING", "Đang ký số", "Being signed"
    SIGNED = "SIGNED", "Đã ký số người có thẩm quyền", "Signed by the leader"
    NUMBERED = "NUMBERED", "Đã cấp số", "Numbered"
    REGISTERED = "REGISTERED", "Đã đăng ký", "Registered"
    SEALING = "SEALING", "Đang ký số cơ quan", "Being sealed"
    SEALED = "SEALED", "Đã ký số cơ quan", "Sealed by the agency"
    ISSUED = "ISSUED", "Đã phát hành", "Issued"


class OutgoingAct(Coded):
    """An act on an outgoing document (thao tác, table 3.3); the code is the method's name."""

    SUBMIT = "submit_draft", "trình kiểm tra", "submit the draft"
    REVISE = "revise_draft", "sửa dự thảo", "revise the draft"
    APPROVE_CONTENT = "approve_content", "duyệt nội dung", "approve the content"
    APPROVE_FORM = "approve_form", "duyệt thể thức", "approve the form"
    RETURN = "return_draft", "trả lại dự thảo", "return the draft"
    SIGN = "sign_document", "ký số", "sign"
    NUMBER = "assign_number", "cấp số", "assign a number"
    REGISTER = "register_document", "đăng ký", "register the document"
    SEAL = "seal_document", "ký số cơ quan", "seal the document"
    ISSUE = "issue_document", "phát hành", "issue the document"


class SignatureRequested(PublicEvent, frozen=True, kw_only=True):
    """A competent person consented to sign, or a clerk asked for the agency's seal (R9.2a).

    `placements` come with the leader's signature, which prepares all fields; `number` comes with
    the seal, which fills number and date.
    """

    document_id: UUID
    agency: AgencyCode
    role: SignerRole
    holder: str
    file: FileRef
    placements: Placements | None = None
    number: OutgoingNumber | None = None


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


class Addressee(Struct, frozen=True, kw_only=True):
    """A recipient with the way to it and the identity of this delivery."""

    agency: AgencyCode
    name: Name
    route: Route
    delivery_id: UUID


class DocumentIssued(PublicEvent, frozen=True, kw_only=True):
    """The document is issued to its recipients (phát hành, R9.2a, R9.2c).

    `send_due_at` is the latest sending (Q28-6.2a), computed with the version `calendar`.
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


class OutgoingDocumentView(Struct, frozen=True, kw_only=True):
    """An outgoing document as it is now.

    `signing_failure` is `code: reason` of the last signature or seal that could not be made, until
    the next is asked for; `opinion` is that of the last check or return.
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


class DocumentAlreadyDrafted(Refused):
    """The document id is taken."""

    vi = "Mã văn bản {document_id} đã dùng. Hãy dùng mã mới."
    en = "Document id {document_id} is taken. Use a new id."


class ActOutOfOrder(Refused):
    """The act does not fit the state of the document (table 3.3).

    `act` and `state` are codes of `OutgoingAct` and `OutgoingState`; `…_vi`, `…_en` their labels.
    """

    vi = "Không thể {act_vi} khi văn bản ở trạng thái “{state_vi}”. Hãy làm đúng trình tự."
    en = "Cannot {act_en} while the document is “{state_en}”. Follow the order of acts."


class SecretContent(Refused):
    """State secrets are outside this system (R1.2)."""

    vi = "Văn bản có độ mật không được soạn, gửi trên hệ thống. Hãy dùng đường cơ yếu."
    en = "Documents with a secrecy mark stay out of this system. Use the cipher channel."


class AgencyUnknown(Refused):
    """The drafting agency itself is not in the directory (R7.2a)."""

    vi = "Cơ quan {agency} chưa có trong danh bạ. Hãy đăng ký cơ quan trước."
    en = "Agency {agency} is not in the directory. Register it first."


class RecipientUnknown(Refused):
    """A recipient is not in the directory (R7.2a)."""

    vi = "Nơi nhận {agency} không có trong danh bạ. Hãy kiểm tra mã định danh."
    en = "Recipient {agency} is not in the directory. Check the code."


class RecipientRepeated(Refused):
    """A recipient stands twice in the list."""

    vi = "Nơi nhận {agency} bị lặp. Hãy giữ một dòng."
    en = "Recipient {agency} stands twice. Keep one line."


class RecipientIsSender(Refused):
    """An agency sends no document to itself."""

    vi = "Nơi nhận {agency} chính là cơ quan ban hành. Hãy bỏ khỏi nơi nhận."
    en = "Recipient {agency} is the issuing agency itself. Remove it."


class ReplyDueTooEarly(Refused):
    """A reply is asked for a day before the document is issued (R9.2d)."""

    vi = "Hạn trả lời {due_on} trước ngày phát hành {today}. Hãy sửa hạn."
    en = "The reply is due on {due_on}, before the day of issue {today}. Correct the day."


class SignerNotCompetent(Refused):
    """The caller is not the signer named in the draft (R9.1)."""

    vi = "Người ký phải là {person}. Hãy trình đúng người."
    en = "The signer must be {person}. Present it to that person."


class FormatNotSignable(Refused):
    """Only a PDF is signed (R4.4b)."""

    vi = "Chỉ ký số tệp PDF, tệp này là {media_type}. Hãy chuyển sang PDF."
    en = "Only a PDF is signed; this is {media_type}. Convert it to PDF."


class SeparateActsRequired(Refused):
    """Drafting, content check and form check are acts of three persons (R9.1, N30-10..12).

    `act` is a code of `OutgoingAct`; `act_vi`, `act_en` are its labels.
    """

    vi = "Người đã soạn thảo hoặc kiểm tra văn bản không được tự {act_vi}. Hãy chuyển người khác."
    en = "Whoever drafted or checked the document may not {act_en}. Pass it to another person."


class Dispatch(Told, Follows, Protocol):
    """What may be asked of dispatch. Acts of one document follow the order of table 3.3."""

    def create_draft(
        self,
        *,
        document_id: UUID,
        kind: DocumentKind,
        subject: Subject,
        file: FileRef,
        placements: Placements,
        signer: Signer,
        recipients: Annotated[list[Recipient], Meta(min_length=1, max_length=500)],
        drafting_unit: Name,
        unit_notation: Annotated[str, Meta(pattern=r"^\w{1,20}$")],
        urgency: Urgency = Urgency.ORDINARY,
        secrecy: Secrecy = Secrecy.NONE,
        reply: ReplyRequest | None = None,
        answers: list[DocumentLink] = [],
    ) -> None:
        """Draft a document of the caller's agency; the file was uploaded before.

        For officers and clerks. Refusals: `DocumentAlreadyDrafted`, `SecretContent`,
        `AgencyUnknown`, `RecipientUnknown`, `RecipientRepeated`, `RecipientIsSender`,
        `ReplyDueTooEarly`, `FormatNotSignable`, `FileMissing`, `FileDamaged`, `FileTooLarge`,
        `Denied`, `Invalid`. Rules: R9.1, R1.2, R9.2d, R9.2đ, R4.4b.
        """

    def revise_draft(
        self,
        *,
        document_id: UUID,
        subject: Subject,
        file: FileRef,
        placements: Placements,
        signer: Signer,
        recipients: Annotated[list[Recipient], Meta(min_length=1, max_length=500)],
        reply: ReplyRequest | None = None,
    ) -> None:
        """Change a draft before it is signed; whatever was approved must be approved anew.

        For its drafter. Refusals: `ActOutOfOrder`, `NotFound` and those of `create_draft`.
        Rules: R9.1, N30-10..12.
        """

    def submit_draft(self, *, document_id: UUID) -> None:
        """Submit the draft for the content check. For its drafter.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`.
        """

    def approve_content(self, *, document_id: UUID, opinion: Opinion = "") -> None:
        """Pass the content check. For heads of unit, not the drafter. Rules: R9.1, N30-10..12.

        Refusals: `ActOutOfOrder`, `SeparateActsRequired`, `NotFound`, `Denied`.
        """

    def approve_form(self, *, document_id: UUID, opinion: Opinion = "") -> None:
        """Pass the form check. For form checkers: neither the drafter nor who passed the content.

        Rules: R4.1b, R9.1, N30-10..12.

        Refusals: `ActOutOfOrder`, `SeparateActsRequired`, `NotFound`, `Denied`.
        """

    def return_draft(self, *, document_id: UUID, opinion: Reason) -> None:
        """Send a draft back to its drafter, with an opinion. For whoever has it to check or sign.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`, `Invalid`.
        """

    def sign_document(self, *, document_id: UUID) -> None:
        """Approve and sign (ký số): the signer's own consent to this very file.

        For the signer named in the draft. Refusals: `SignerNotCompetent`, `ActOutOfOrder`,
        `NotFound`, `Denied`. Rules: R9.2b-1.
        """

    def assign_number(self, *, document_id: UUID) -> OutgoingNumber:
        """Give the signed document its number and date. For clerks.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`. Rules: N30-15, R7.2b.
        """

    def register_document(self, *, document_id: UUID) -> None:
        """Enter the document in the outgoing register. For clerks.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`. Rules: N30-16.
        """

    def seal_document(self, *, document_id: UUID) -> None:
        """Have the agency sign (ký số cơ quan). For clerks, who hold the agency's key.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`. Rules: R9.2b-2, N30-32/33.
        """

    def issue_document(self, *, document_id: UUID) -> None:
        """Issue the document to all recipients at once. For clerks.

        Refusals: `ActOutOfOrder`, `RecipientUnknown`, `ReplyDueTooEarly`, `NotFound`, `Denied`.
        Rules: R9.2a, R9.2c, R5.1b-1.
        """

    def get_document(self, *, document_id: UUID) -> OutgoingDocumentView:
        """The document as it is now, for its agency, operators and auditors.

        Refusals: `NotFound`, `Denied`.
        """

    def offer_upload(self, *, sha256: Digest, size: Annotated[int, Meta(ge=1)]) -> UploadOffer:
        """Where to put the bytes of a file before naming it in a command.

        Refusals: `FileTooLarge`, `Denied`, `Invalid`.
        """

    def get_file_link(self, *, document_id: UUID) -> FileLink:
        """Where to get the document's current file. For its agency; once it is issued, for its
        recipients too. Refusals: `NotFound`, `Denied`.
        """
