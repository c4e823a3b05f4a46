"""Code lists of dispatch."""

from __future__ import annotations

from contracts.values import Coded


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
    FROZEN = "FROZEN", "Đóng băng", "Frozen by its recall"


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
    RECALL = "recall_document", "thu hồi", "recall the document"
    OWE_PAPER = "owe_paper", "gửi kèm bản giấy", "have paper go along"
    PRINT = "print_copies", "in bản chính giấy", "print main copies"


class RecallOutcome(Coded):
    """What became of a recall at one recipient (kết quả thu hồi, table 3.5)."""

    PENDING = "PENDING", "Đang thu hồi", "Being recalled"
    RECALLED = "RECALLED", "Đã thu hồi", "Recalled"
    DECLINED = "DECLINED", "Bên nhận không đồng ý", "Declined by the recipient"
    REFUSED = "REFUSED", "Bên nhận đã từ chối văn bản", "The recipient had refused the document"
