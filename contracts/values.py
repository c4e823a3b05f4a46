"""The regulation's words as values: code lists, numbers, references (danh mục, mã).

Every code list member has a Vietnamese and an English label: `Urgency.URGENT.vi`, `.en`.
Lengths are those of NĐ 30/2020, Phụ lục VI. Text is Unicode in precomposed form (NFC, R4.2).
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import NAMESPACE_URL, UUID, uuid5

from msgspec import Meta, Struct

AgencyCode = Annotated[str, Meta(pattern=r"^[A-Z0-9][A-Z0-9.]{0,34}$", max_length=35)]
"""Agency identifier (mã định danh cơ quan, R7.2a), e.g. `H47.05` or `000.00.05.H47`."""

Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in lower-case hexadecimal."""

Subject = Annotated[str, Meta(pattern=r"\S", max_length=500)]
"""Summary of the content (trích yếu)."""

Reason = Annotated[str, Meta(pattern=r"\S", max_length=1000)]
"""Why, in words for the other side. Never empty (R5.1d-1)."""

Opinion = Annotated[str, Meta(max_length=2000)]
"""An opinion or instruction (ý kiến); may be empty."""

Name = Annotated[str, Meta(pattern=r"\S", max_length=200)]
"""Name of a person, a unit, an agency or a file."""

PersonId = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9.-]{0,63}$")]
"""Identity of a person within the province (mã cán bộ)."""

Limit = Annotated[int, Meta(ge=1, le=1000)]
"""How many at most in one page of a list."""

Position = Annotated[int, Meta(ge=0)]
"""A place in a list or a log; 0 is before the first."""


class Coded(StrEnum):
    """A code with its two labels."""

    vi: str
    en: str

    def __new__(cls, code: str, vi: str = "", en: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.vi = vi
        member.en = en
        return member


class Role(Coded):
    """What a person may do in his agency (vai trò)."""

    OPERATOR = "operator", "Quản trị hệ thống", "System operator"
    AUDITOR = "auditor", "Kiểm tra viên", "Auditor"
    SERVICE = "service", "Dịch vụ hệ thống", "Service of the platform"
    AXIS = "axis", "Cổng trục liên thông", "Gateway of the exchange axis"
    CLERK = "clerk", "Văn thư", "Clerk"
    LEADER = "leader", "Lãnh đạo", "Leader"
    OFFICER = "officer", "Chuyên viên", "Officer"
    UNIT_HEAD = "unit_head", "Trưởng đơn vị", "Head of unit"
    FORM_CHECKER = "form_checker", "Người kiểm tra thể thức", "Form checker"
    ARCHIVIST = "archivist", "Lưu trữ cơ quan", "Archivist"


class Urgency(Coded):
    """Level of urgency (mức độ khẩn, Q28-6.2c). Secrecy is never told here (R1.2)."""

    ORDINARY = "0", "Thường", "Ordinary"
    URGENT = "1", "Khẩn", "Urgent"
    VERY_URGENT = "2", "Thượng khẩn", "Very urgent"
    EXPRESS = "3", "Hỏa tốc", "Express"
    EXPRESS_TIMED = "4", "Hỏa tốc hẹn giờ", "Timed express"


class Secrecy(Coded):
    """Mark of a state secret (độ mật): recognised only to be kept out (R1.2)."""

    NONE = "none", "Không mật", "None"
    SECRET = "secret", "Mật", "Secret"
    TOP_SECRET = "top_secret", "Tối mật", "Top secret"
    UTMOST_SECRET = "utmost_secret", "Tuyệt mật", "Utmost secret"


class DocumentKind(Coded):
    """Kind of an administrative document (loại văn bản, NĐ 30/2020 Phụ lục III)."""

    LETTER = "CV", "Công văn", "Official letter"
    RESOLUTION = "NQ", "Nghị quyết", "Resolution"
    DECISION = "QĐ", "Quyết định", "Decision"
    DIRECTIVE = "CT", "Chỉ thị", "Directive"
    REGULATION = "QC", "Quy chế", "Regulation"
    RULE = "QyĐ", "Quy định", "Rule"
    COMMUNIQUE = "TC", "Thông cáo", "Communiqué"
    NOTICE = "TB", "Thông báo", "Notice"
    GUIDANCE = "HD", "Hướng dẫn", "Guidance"
    PROGRAMME = "CTr", "Chương trình", "Programme"
    PLAN = "KH", "Kế hoạch", "Plan"
    OPTION_PAPER = "PA", "Phương án", "Option paper"
    SCHEME = "ĐA", "Đề án", "Scheme"
    PROJECT = "DA", "Dự án", "Project"
    REPORT = "BC", "Báo cáo", "Report"
    MINUTES = "BB", "Biên bản", "Minutes"
    SUBMISSION = "TTr", "Tờ trình", "Submission"
    CONTRACT = "HĐ", "Hợp đồng", "Contract"
    TELEGRAM = "CĐ", "Công điện", "Telegram"
    MEMORANDUM = "BGN", "Bản ghi nhớ", "Memorandum"
    AGREEMENT = "BTT", "Bản thỏa thuận", "Agreement"
    AUTHORISATION = "GUQ", "Giấy ủy quyền", "Letter of authorisation"
    INVITATION = "GM", "Giấy mời", "Invitation"
    INTRODUCTION = "GGT", "Giấy giới thiệu", "Letter of introduction"
    LEAVE_PERMIT = "GNP", "Giấy nghỉ phép", "Leave permit"
    SENDING_SLIP = "PG", "Phiếu gửi", "Sending slip"
    TRANSFER_SLIP = "PC", "Phiếu chuyển", "Transfer slip"
    REPORT_SLIP = "PB", "Phiếu báo", "Report slip"
    OFFICIAL_NOTE = "TCg", "Thư công", "Official note"


class Capacity(Coded):
    """In whose name a person signs (quyền hạn ký, N30-13)."""

    HEAD = "", "Người đứng đầu", "Head, in his own right"
    COLLECTIVE = "TM.", "Thay mặt", "On behalf of the collective"
    ACTING = "Q.", "Quyền", "Acting head"
    DEPUTY = "KT.", "Ký thay", "For the head, by a deputy"
    BY_ORDER = "TL.", "Thừa lệnh", "By order"
    DELEGATED = "TUQ.", "Thừa ủy quyền", "By written delegation"


class RefusalCode(Coded):
    """Why an arriving document is refused (lý do từ chối, R5.1d-1)."""

    WRONG_ADDRESSEE = "WRONG_ADDRESSEE", "Gửi sai nơi nhận", "Wrong addressee"
    NOT_COMPETENT = "NOT_COMPETENT", "Không thuộc thẩm quyền", "Not competent"
    INCOMPLETE = "INCOMPLETE", "Thiếu tệp", "Incomplete"
    INTEGRITY_FAILED = "INTEGRITY_FAILED", "Tệp không toàn vẹn", "Integrity failed"
    SIGNATURE_INVALID = "SIGNATURE_INVALID", "Chữ ký số không hợp lệ", "Signature invalid"
    UNSIGNED_BUT_REQUIRED = "UNSIGNED_BUT_REQUIRED", "Thiếu chữ ký số", "Unsigned but required"
    BAD_FORMAT = "BAD_FORMAT", "Sai định dạng", "Bad format"
    UNREADABLE = "UNREADABLE", "Không đọc được", "Unreadable"
    DUPLICATE = "DUPLICATE", "Trùng văn bản", "Duplicate"
    SECRET_CONTENT = "SECRET_CONTENT", "Có dấu hiệu nội dung mật", "Secret content"
    MALWARE = "MALWARE", "Tệp chứa mã độc", "Malware"
    AUTHENTICITY = "AUTHENTICITY", "Không đúng người ký, cơ quan ký", "Not whom it says"
    OTHER = "OTHER", "Lý do khác", "Other"


class StatusCode(Coded):
    """Handling status between systems (mã trạng thái, regulation table 3.1)."""

    ARRIVED = "01", "Đã đến", "Arrived"
    REFUSED = "02", "Từ chối tiếp nhận", "Refused"
    ACCEPTED = "03", "Đã tiếp nhận", "Accepted"
    ASSIGNED = "04", "Phân công", "Assigned"
    IN_PROGRESS = "05", "Đang xử lý", "In progress"
    COMPLETED = "06", "Hoàn thành", "Completed"
    TAKE_BACK = "13", "Lấy lại", "Taken back by the sender"
    AGREED = "15", "Đồng ý", "Agreed"
    DECLINED = "16", "Từ chối thu hồi, cập nhật", "Declined"


class Verdict(Coded):
    """What verification says of a signed file, worst first (kết quả kiểm tra chữ ký số)."""

    REJECTED = "REJECTED", "Không thể kiểm tra", "Rejected"
    FORGED = "FORGED", "Giả mạo", "Forged"
    BROKEN = "BROKEN", "Không toàn vẹn", "Broken"
    MODIFIED = "MODIFIED", "Bị sửa sau khi ký", "Modified after signing"
    REVOKED = "REVOKED", "Chứng thư bị thu hồi", "Certificate revoked"
    NOT_YET_VALID = "NOT_YET_VALID", "Chứng thư chưa có hiệu lực", "Certificate not yet valid"
    EXPIRED = "EXPIRED", "Chứng thư hết hạn", "Certificate expired"
    POLICY = "POLICY", "Trái chính sách", "Against the policy"
    UNTRUSTED = "UNTRUSTED", "Không tin cậy", "Untrusted"
    INDETERMINATE = "INDETERMINATE", "Chưa xác định", "Indeterminate"
    WARN = "WARN", "Hợp lệ, có cảnh báo", "Valid with warnings"
    TRUSTED = "TRUSTED", "Hợp lệ", "Trusted"
    UNSIGNED = "UNSIGNED", "Không có chữ ký số", "Unsigned"


class LegalValue(Coded):
    """Legal value of an e-document (giá trị pháp lý, Q28-4, N30-5)."""

    ORIGINAL = "ORIGINAL", "Như bản gốc văn bản giấy", "Equal to the paper original"
    SIGNED_ONLY = "SIGNED_ONLY", "Chỉ có chữ ký người có thẩm quyền", "Signed by the leader only"
    SEALED = "SEALED", "Chỉ có chữ ký số cơ quan", "Sealed by the agency only"
    INFORMATION_ONLY = "INFORMATION_ONLY", "Để biết", "For information only"


class SignerRole(Coded):
    """Who signs: the competent person, then the agency (N30-14)."""

    LEADER = "leader", "Người có thẩm quyền", "Competent person"
    AGENCY = "agency", "Cơ quan, tổ chức", "Agency"


class SignatureLevel(Coded):
    """How long a signature proves itself (mức chữ ký, PAdES EN 319 142-1), least first.

    B-B tells the time without proof; B-T has a time stamp; B-LT carries certificates and their
    revocation; B-LTA seals all of it with a time stamp over the file, to be renewed in time.
    """

    B_B = "B-B", "Cơ bản", "Basic"
    B_T = "B-T", "Có dấu thời gian", "With a time stamp"
    B_LT = "B-LT", "Kèm dữ liệu kiểm tra dài hạn", "With proof for long"
    B_LTA = "B-LTA", "Lưu trữ lâu dài", "For the archive"


class Route(Coded):
    """How documents reach an agency (R3.2-1)."""

    PLATFORM = "platform", "Trong hệ thống", "On this platform"
    AXIS = "axis", "Qua trục liên thông", "Over the exchange axis"
    PAPER = "paper", "Bản giấy (chưa có phần mềm)", "On paper, for want of software"


class FileRef(Struct, frozen=True, kw_only=True):
    """A kept file: what it is called and which bytes it is. `size` in bytes.

    `sealed_for_id` names the document under whose own key the bytes are kept: without that key,
    which a recall destroys, nobody reads them (N30-VI.8). Digest and size are those of the open
    bytes.
    """

    name: Name
    sha256: Digest
    size: Annotated[int, Meta(ge=1)]
    media_type: str = "application/pdf"
    sealed_for_id: UUID | None = None


class UploadOffer(Struct, frozen=True, kw_only=True):
    """Where to PUT the bytes of a file, until `expires_at`."""

    url: str
    expires_at: datetime


class FileLink(Struct, frozen=True, kw_only=True):
    """Where to GET the bytes of a file, until `expires_at`.

    With a `key` the bytes are encrypted: AES-256 in counter mode, key and first counter block `iv`
    in hexadecimal (`openssl enc -d -aes-256-ctr -K KEY -iv IV`).
    """

    url: str
    expires_at: datetime
    key: str = ""
    iv: str = ""


class Recipient(Struct, frozen=True, kw_only=True):
    """An addressee (nơi nhận).

    `paper_reason` says why it has the document on paper: needed for an agency without software,
    refused for any other (R5.1b-2).
    """

    agency: AgencyCode
    name: Name
    paper_reason: Opinion = ""


class Signer(Struct, frozen=True, kw_only=True):
    """The competent person who is to sign (người ký): post, name and capacity (N30-13)."""

    person: PersonId
    post: Annotated[str, Meta(pattern=r"\S", max_length=100)]
    name: Annotated[str, Meta(pattern=r"\S", max_length=50)]
    capacity: Capacity = Capacity.HEAD


class Placement(Struct, frozen=True, kw_only=True):
    """A box on a page: the page counts from 0; `box` is x0, y0, x1, y1 in points.

    It is measured on the page as a reader sees it, turned and cropped, from its lower left corner.
    """

    page: Annotated[int, Meta(ge=0)]
    box: tuple[float, float, float, float]


class Placements(Struct, frozen=True, kw_only=True):
    """Where leader's picture, agency's seal, number and date go (vị trí ký số, R9.2b).

    Without `agency` the seal goes where NĐ 30/2020 wants it: over the left third of the picture.
    """

    leader: Placement
    number: Placement
    date: Placement
    agency: Placement | None = None


class ReplyRequest(Struct, frozen=True, kw_only=True):
    """A reply that is asked for: what is to be answered and by which day (R9.2d)."""

    content: Annotated[str, Meta(pattern=r"\S", max_length=1000)]
    due_on: date


class TaskOrder(Struct, frozen=True, kw_only=True):
    """What a document gives one of its recipients to do, by which day (nhiệm vụ giao, R9.3b-2)."""

    recipient: AgencyCode
    content: Reason
    due_on: date


class DocumentLink(Struct, frozen=True, kw_only=True):
    """The incoming document that an outgoing one answers (R9.2đ)."""

    document_id: UUID
    notation: str = ""


class Origin(Struct, frozen=True, kw_only=True):
    """The document as its sender made it: identity, number, date and issuer, never changed."""

    agency: AgencyCode
    agency_name: Name
    document_id: UUID
    document_code: Annotated[str, Meta(pattern=r"\S", max_length=255)]
    notation: Annotated[str, Meta(pattern=r"\S", max_length=50)]
    issued_on: date


class Issuer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who signed the document as its paper says (chức vụ, họ tên người ký; 2.5 no. 14)."""

    post: Annotated[str, Meta(max_length=100)] = ""
    name: Annotated[str, Meta(max_length=50)] = ""


class Assignment(Struct, frozen=True, kw_only=True):
    """A leader's direction (ý kiến chỉ đạo): one lead, co-ordinators, opinion, last day (R8.2b)."""

    lead: Name
    coordinators: list[Name] = []
    opinion: Opinion = ""
    due_on: date | None = None


class Number(Struct, frozen=True, kw_only=True):
    """A register number: 1..n within one agency, book and year (N30-15, R8.2a-1)."""

    number: int
    agency: str
    book: str
    year: int


class OutgoingNumber(Struct, frozen=True, kw_only=True):
    """Number, notation and date of an outgoing document (số, ký hiệu; R7.2b).

    `document_code` is agency code, year and the running number over all kinds.
    """

    number: int
    notation: str
    issued_on: date
    document_code: str


def delivery_id(document_id: UUID, recipient: str) -> UUID:
    """Identity of one document at one recipient: the same at both ends, whoever asks."""
    return uuid5(document_id, recipient)


def named_id(*words: object) -> UUID:
    """A stable identity for something that has a name, e.g. an agency or a number series."""
    return uuid5(NAMESPACE_URL, "vanban:" + "/".join(str(word) for word in words))


def written_number(number: int) -> str:
    """A number as it is written: below 10 with a leading 0 (NĐ 30/2020)."""
    return f"{number:02d}"
