"""Code lists of intake, and the rules of an office."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from contracts.values import Coded, PersonId

Book = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
"""A book of the incoming register (sổ): each has its own numbers in a year (R8.2a-1)."""


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
    RECALL_PENDING = "RECALL_PENDING", "Chờ thu hồi", "Recall pending"
    CANCELLED = "CANCELLED", "Đã hủy", "Cancelled"
    SUPERSEDED = "SUPERSEDED", "Bị thay thế", "Superseded"


class IncomingAct(Coded):
    """An act on an incoming document (thao tác, table 3.2); the code is the method's name."""

    REFUSE = "refuse_document", "từ chối nhận", "refuse the document"
    DECIDE_DUPLICATE = "decide_duplicate", "xử lý văn bản trùng", "decide about the duplicate"
    REGISTER = "register_document", "đăng ký", "register the document"
    PRESENT = "present_document", "trình", "present the document"
    DIRECT = "direct_document", "cho ý kiến chỉ đạo", "direct the document"
    TRANSFER = "transfer_document", "chuyển giao", "transfer the document"
    TRANSFER_DIRECTLY = "transfer_directly", "chuyển thẳng", "transfer the document directly"
    SEND_BACK = "send_back_assignment", "trả lại phân công", "send back the assignment"
    START = "start_handling", "bắt đầu xử lý", "start handling"
    EXTEND = "extend_deadline", "gia hạn", "extend the deadline"
    REASSIGN = "reassign_document", "phân công lại", "assign the document anew"
    COMPLETE = "complete_document", "kết thúc xử lý", "complete the document"
    FILE = "file_document", "lưu để biết", "file the document for information"
    REOPEN = "reopen_document", "mở lại", "reopen the document"
    RETURN = "return_document", "trả lại nơi gửi", "return the document to its sender"
    RECALL = "receive_recall", "nhận lệnh thu hồi", "take a recall"
    CANCEL = "cancel_document", "hủy văn bản", "cancel the document"
    DECLINE_RECALL = "decline_recall", "từ chối thu hồi", "decline the recall"
    UPDATE = "receive_update", "nhận bản cập nhật", "take an update"
    APPLY_UPDATE = "apply_update", "áp dụng bản cập nhật", "apply the update"
    DECLINE_UPDATE = "decline_update", "từ chối bản cập nhật", "decline the update"
    SUPERSEDE = "supersede_document", "thay thế văn bản", "supersede the document"
    TAKE_OVER = "take_over_assignment", "nhận việc của bản cũ", "take over the assignment"
    NAME_FOLLOWER = "name_follower", "cử người theo dõi", "name who follows it"
    EXPECT_PAPER = "expect_paper", "ghi có bản giấy", "expect the paper"
    RECEIVE_PAPER = "receive_paper", "nhận bản giấy", "receive the paper"


class CompletionResult(Coded):
    """How an incoming document was closed (kết quả xử lý, R8.2c)."""

    REPLIED = "REPLIED", "Đã có văn bản trả lời", "Replied"
    NO_REPLY_NEEDED = "NO_REPLY_NEEDED", "Không cần trả lời", "No reply needed"
    FOR_INFORMATION = "FOR_INFORMATION", "Để biết", "Filed for information"


class Channel(Coded):
    """How a document came (kênh đến)."""

    PLATFORM = "PLATFORM", "Trong hệ thống", "On this platform"
    AXIS = "AXIS", "Trục liên thông", "Over the exchange axis"
    PAPER = "PAPER", "Văn bản giấy", "On paper"


class Check(Coded):
    """What a check before accepting found (kết quả kiểm tra, R8.1a)."""

    PENDING = "PENDING", "Đang kiểm tra", "To come"
    PASSED = "PASSED", "Đạt", "Passed"
    FAILED = "FAILED", "Không đạt", "Failed"
    NOT_APPLICABLE = "NOT_APPLICABLE", "Không áp dụng", "Not applicable"


class Paper(Coded):
    """Whether a paper copy goes along (bản giấy kèm theo, N30-23)."""

    NONE = "NONE", "Không có", "None"
    EXPECTED = "EXPECTED", "Sẽ đến", "Expected"
    RECEIVED = "RECEIVED", "Đã nhận", "Received"


class OfficeRules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an agency's clerical regulation lays down (quy chế văn thư của cơ quan).

    `transfers_directly`: the clerk may transfer without a leader's direction where the unit is
    determined (N30-23). `follower`: who follows and urges what nobody else was named for (N30-24).
    `declines_recalls`: whether a recall may be declined once a reply to the document was issued.
    """

    transfers_directly: bool = False
    follower: PersonId | None = None
    declines_recalls: bool = True
