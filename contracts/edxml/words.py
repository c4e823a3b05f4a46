"""What one system tells another of a document: plain words, whatever family carried them.

Text is precomposed (NFC, R4.2) and trimmed. Days are Vietnamese days, instants +07:00.
The form is that of QCVN 102:2016; an older message is told in the same words.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Struct, field

from contracts.edxml.wire import On
from contracts.values import Coded, Secrecy, StatusCode, Urgency


class Family(Coded):
    """The two unrelated forms that bear one name (họ thông điệp edXML)."""

    F2016 = "2016", "Quy chuẩn QCVN 102:2016", "Standard QCVN 102:2016"
    F2803 = "2803", "Công văn 2803/BTTTT-THH và trước đó", "Official letter 2803 and before"


class Dialect(Coded):
    """Whose habits a message follows (phương ngữ), told by its namespace."""

    QCVN_102 = "qcvn_102_2016", "Theo QCVN 102:2016", "After QCVN 102:2016"
    E_DOC = "e_doc_2013", "Bản e-doc 2013", "e-doc of 2013"
    INETCLOUD = "inetcloud_2803", "Thư viện VNPT 2803", "VNPT's library of 2803"
    GATEWAY = "gateway_2803", "Cổng tỉnh", "A provincial gateway"
    BARE = "bare_2803", "2803 không không gian tên", "2803 without a namespace"


class BusinessAction(Coded):
    """What the sender does by a message (nghiệp vụ văn bản, BussinessDocType)."""

    NEW = "0", "Văn bản mới", "New"
    RECALL = "1", "Thu hồi", "Recall"
    UPDATE = "2", "Cập nhật", "Update"
    REPLACE = "3", "Thay thế", "Replace"


class ReceiverAct(Coded):
    """What becomes of a recipient by an update (ReceiverType)."""

    REMOVED = "0", "Bỏ", "Removed"
    ADDED = "1", "Thêm", "Added"


class Damage(Coded):
    """Why the bytes of an attachment are not those that were sent (tệp đến bị hỏng)."""

    EMPTY = "empty", "không có nội dung", "it is empty"
    NOT_BASE64 = "not_base64", "không giải mã được base64", "it is no base64"
    TEXT_CONVERSION = (
        "text_conversion",
        "đã bị chuyển mã như văn bản UTF-8",
        "it went through a UTF-8 text conversion",
    )
    BROKEN_ZIP = "broken_zip", "tệp nén hỏng", "its zip cannot be opened"
    NOT_AS_NAMED = "not_as_named", "nội dung không đúng đuôi tệp", "it is not what its name says"
    TRUNCATED = "truncated", "bị cắt cụt", "its end is missing"


class Word(Struct, frozen=True, forbid_unknown_fields=True):
    """The ancestor of the words: as JSON they hold no field that nobody knows."""


class Party(Word, frozen=True, kw_only=True):
    """An agency as the message presents it (cơ quan, tổ chức). `superior` is the body above it."""

    code: Annotated[str, On("OrganId", longest=35)]
    superior: Annotated[str, On("OrganizationInCharge", ("OrganInCharge",), nominal=200)] = ""
    name: Annotated[str, On("OrganName", nominal=200)] = ""
    address: Annotated[str, On("OrganAdd", nominal=250, longest=500)] = ""
    email: Annotated[str, On("Email", nominal=100)] = ""
    telephone: Annotated[str, On("Telephone", nominal=20, longest=100)] = ""
    fax: Annotated[str, On("Fax", nominal=20, longest=100)] = ""
    website: Annotated[str, On("Website", longest=200)] = ""


class Code(Word, frozen=True, kw_only=True):
    """Number and notation (số, ký hiệu). The number is text: `34E31` occurs."""

    number: Annotated[str, On("CodeNumber", nominal=11, longest=75)]
    notation: Annotated[str, On("CodeNotation", nominal=30, longest=75)]

    def written(self) -> str:
        """`number/notation`, as responses and statuses write it."""
        return f"{self.number}/{self.notation}"


class Promulgation(Word, frozen=True, kw_only=True):
    """Where and on which day the document was issued (nơi, ngày ban hành)."""

    place: Annotated[str, On("Place", nominal=50, longest=75)] = ""
    promulgated_on: Annotated[date, On("PromulgationDate", ("Date",))]


class DocumentType(Word, frozen=True, kw_only=True):
    """Kind of document (loại văn bản). `group` 1 is legal, 2 administrative; trust `name` first.

    `detail` is the number within the group's list, 0 when unknown.
    """

    group: Annotated[int, On("Type", ("value",))]
    detail: Annotated[int, On("TypeDetail")] = 0
    name: Annotated[str, On("TypeName", ("description",), nominal=100)] = ""


class Signatory(Word, frozen=True, kw_only=True):
    """Who signed (người ký): capacity such as `KT.`, post and full name."""

    capacity: Annotated[str, On("Competence", nominal=100)] = ""
    post: Annotated[str, On("Position", ("Function",), nominal=100)] = ""
    name: Annotated[str, On("FullName", nominal=50, longest=255)] = ""


class OtherInfo(Word, frozen=True, kw_only=True):
    """What else the header tells (thông tin khác). `scope` is the circulation scope."""

    urgency: Annotated[Urgency, On("Priority")] = Urgency.ORDINARY
    scope: Annotated[str, On("SphereOfPromulgation", nominal=100)] = ""
    typist: Annotated[str, On("TyperNotation", nominal=10, longest=100)] = ""
    copies: Annotated[int, On("PromulgationAmount")] = 0
    pages: Annotated[int, On("PageAmount")] = 0
    replies: Annotated[str, On("ReplyFors", longest=500)] = ""
    directive: Annotated[bool, On("Direction", flags=("false", "true"))] = False
    references: Annotated[str, On("ReferenceCodes", longest=500)] = ""
    appendices: Annotated[list[str], On("Appendixes", item="Appendix", nominal=250)] = []


class ResponseFor(Word, frozen=True, kw_only=True):
    """A document that is meant (văn bản liên quan): issuer, `number/notation`, identifier, day."""

    agency: Annotated[str, On("OrganId", longest=35)] = ""
    code: Annotated[str, On("Code", longest=151)] = ""
    document_id: Annotated[str, On("DocumentId", longest=255)] = ""
    promulgated_on: Annotated[date | None, On("PromulgationDate", ("Date",))] = None


class Staff(Word, frozen=True, kw_only=True):
    """The clerk in charge (cán bộ phụ trách)."""

    department: Annotated[str, On("Department", longest=300)] = ""
    department_code: Annotated[str, On("DepartmentId", longest=100)] = ""
    name: Annotated[str, On("Staff", longest=300)] = ""
    code: Annotated[str, On("StaffId", longest=100)] = ""
    email: Annotated[str, On("Email", nominal=100)] = ""
    mobile: Annotated[str, On("Mobile", nominal=30)] = ""


class ReceiverChange(Word, frozen=True, kw_only=True):
    """A recipient that an update removes or adds."""

    agency: Annotated[str, On("OrganId", longest=35)]
    act: Annotated[ReceiverAct, On("ReceiverType", ("receiverType",))]


class Changes(Word, frozen=True, kw_only=True):
    """What an update changes: the document's data, its recipients, or both."""

    data: Annotated[bool, On("DocumentInfo", ("documentInfo",))] = False
    receivers: Annotated[bool, On("DocumentReceiver", ("documentReceiver",))] = False
    receiver_list: Annotated[list[ReceiverChange], On("ReceiverList", item="Receiver")] = []


class Replaced(Word, frozen=True, kw_only=True):
    """A document that is replaced, and for which recipients."""

    document_id: Annotated[str, On("DocumentId", longest=255)]
    agencies: Annotated[list[str], On("OrganIdList", item="OrganId", longest=35)] = []


class Business(Word, frozen=True, kw_only=True):
    """What is done by the message, to which document, why (thông tin nghiệp vụ).

    `document_id` names the document that is updated; a recall may name its document there too.
    `paper` says that a paper copy follows.
    """

    document_id: Annotated[str, On("DocumentId", longest=255)] = ""
    action: Annotated[BusinessAction, On("BussinessDocType", ("BusinessDocType",), strict=True)] = (
        BusinessAction.NEW
    )
    reason: Annotated[str, On("BussinessDocReason", ("BusinessDocReason",), nominal=500)] = ""
    paper: Annotated[bool, On("Paper")] = False
    changes: Annotated[list[Changes], On("BussinessDocumentInfo", ("BusinessDocumentInfo",))] = []
    replaced: Annotated[
        list[Replaced],
        On("ReplacementInfoList", item="ReplacementInfo", also=("replacementInfoList",)),
    ] = []
    staff: Annotated[list[Staff], On("StaffInfo")] = []


class Hop(Word, frozen=True, kw_only=True):
    """One station of the way (lịch sử gửi, nhận): who handed it on, and when."""

    agency: Annotated[str, On("OrganId", ("Sender",), longest=35)] = ""
    at: Annotated[datetime | None, On("Timestamp", ("TimeStamp",))] = None


class Attachment(Word, frozen=True, kw_only=True):
    """A file that travels with the document (tệp kèm theo): name, bytes, and what they are.

    `declared_type` is the sender's word, `media_type` what the bytes say. `sha256` and `size` are
    those of `content`, out of its wrapping. `damage` says why the bytes cannot be those sent.
    """

    name: str
    content: bytes
    content_id: str = ""
    description: str = ""
    declared_type: str = ""
    media_type: str = ""
    size: int = 0
    sha256: str = ""
    damage: Damage | None = None


class Document(Word, frozen=True, kw_only=True, tag_field="kind", tag="document"):
    """A document on its way (văn bản điện tử): header, way, business and files.

    `missing` names files that the manifest lists and that did not come: the unit is incomplete
    (R7.1). `secrecy` is any mark of a state secret found in the words (R1.2). `signature` is the
    message's own, word for word; it proves nothing, since every station rewrites the message.
    """

    sender: Annotated[Party, On("From")]
    recipients: Annotated[list[Party], On("To")]
    document_id: Annotated[str, On("DocumentId", longest=255)]
    code: Annotated[Code, On("Code")]
    promulgation: Annotated[Promulgation, On("PromulgationInfo")]
    type: Annotated[DocumentType, On("DocumentType", ("type",))]
    subject: Annotated[str, On("Subject", nominal=500, longest=500)]
    content: Annotated[str, On("Content", nominal=500, longest=500)] = ""
    signatory: Annotated[Signatory, On("SignerInfo", ("Author",))] = field(
        default_factory=Signatory
    )
    due_on: Annotated[date | None, On("DueDate")] = None
    other: Annotated[OtherInfo, On("OtherInfo")] = field(default_factory=OtherInfo)
    responses: Annotated[list[ResponseFor], On("ResponseFor")] = []
    steering: Annotated[int, On("SteeringType")] = 0
    tasks: Annotated[list[str], On("ResponseForTask", item="TaskCode", longest=255)] = []
    application: Annotated[str, On("ApplicationType", longest=100)] = ""
    places: Annotated[list[str], On("ToPlaces", item="Place", nominal=150)] = []
    business: Business = field(default_factory=Business)
    trace: list[Hop] = []
    attachments: list[Attachment] = []
    missing: list[str] = []
    secrecy: Secrecy = Secrecy.NONE
    signature: str = ""

    def concerned(self) -> list[str]:
        """Identifiers of the earlier documents that are recalled, updated or replaced."""
        match self.business.action:
            case BusinessAction.RECALL:
                return [self.business.document_id or self.document_id]
            case BusinessAction.UPDATE:
                return [self.business.document_id]
            case BusinessAction.REPLACE:
                return list(dict.fromkeys(old.document_id for old in self.business.replaced))
        return []


class Status(Word, frozen=True, kw_only=True, tag_field="kind", tag="status"):
    """What became of a document (hồi báo trạng thái): who says it, of which document, what.

    `code` has two digits, as the wire writes it; `known` is the code if the list has it.
    """

    sender: Annotated[Party, On("From")]
    about: Annotated[ResponseFor, On("ResponseFor")]
    staff: Annotated[Staff, On("StaffInfo")] = field(default_factory=Staff)
    code: Annotated[str, On("StatusCode")]
    description: Annotated[str, On("Description", longest=1000)] = ""
    at: Annotated[datetime | None, On("Timestamp", ("TimeStamp",))] = None

    def known(self) -> StatusCode | None:
        """The member of the code list, if there is one."""
        return StatusCode(self.code) if self.code in set(StatusCode) else None


Message = Document | Status
