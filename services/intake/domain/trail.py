"""A document's trail in words: every act, opinion, check and view in time order (N30-VI.5a)."""

from __future__ import annotations

from typing import Any

from contracts.intake import TrailLine
from contracts.working_time import VIETNAM
from services.intake.domain.document import IncomingDocument as Document
from services.intake.domain.notes import DocumentSeen

WORDS: dict[type, tuple[str, str]] = {
    Document.Arrived: ("Đã đến", "Arrived"),
    Document.Quarantined: ("Cách ly: có dấu độ mật", "Set apart: bears a secrecy mark"),
    Document.FilesAdmitted: ("Tệp qua kiểm tra", "Files passed the gate"),
    Document.FilesRejected: ("Tệp không qua kiểm tra", "A file did not pass the gate"),
    Document.SetApart: ("Cách ly", "Set apart"),
    Document.ChecksRecorded: ("Kiểm tra chữ ký số", "Signatures verified"),
    Document.Refused: ("Từ chối nhận", "Refused"),
    Document.Returned: ("Trả lại nơi gửi", "Returned to its sender"),
    Document.DuplicateAccepted: ("Nhận dù trùng", "Taken in spite of an earlier one"),
    Document.Registered: ("Đăng ký", "Registered"),
    Document.PaperExpected: ("Sẽ có bản giấy", "Paper to come"),
    Document.PaperReceived: ("Đã nhận bản giấy", "Paper received"),
    Document.Presented: ("Trình", "Presented"),
    Document.Directed: ("Ý kiến chỉ đạo", "Directed"),
    Document.Transferred: ("Chuyển giao", "Transferred"),
    Document.AssignmentSentBack: ("Trả lại phân công", "Assignment sent back"),
    Document.HandlingStarted: ("Bắt đầu xử lý", "Handling started"),
    Document.DeadlineExtended: ("Gia hạn", "Deadline extended"),
    Document.Reassigned: ("Phân công lại", "Assigned anew"),
    Document.Answered: ("Có văn bản trả lời", "Answered"),
    Document.Completed: ("Kết thúc", "Completed"),
    Document.Reopened: ("Mở lại", "Reopened"),
    Document.FollowerNamed: ("Cử người theo dõi", "Follower named"),
    Document.RecalledAhead: ("Lệnh thu hồi đến trước", "Recalled before it came"),
    Document.RecallReceived: ("Lệnh thu hồi", "Recall received"),
    Document.CancellationOrdered: ("Thực hiện thu hồi", "Recall being carried out"),
    Document.Cancelled: ("Đã hủy", "Cancelled"),
    Document.ArrivedRecalled: ("Đã hủy khi đến", "Cancelled on arrival"),
    Document.RecallRepeated: ("Lệnh thu hồi lặp lại", "Recalled again"),
    Document.RecallDeclined: ("Từ chối thu hồi", "Recall declined"),
    Document.UpdateReceived: ("Bản cập nhật đến", "Update received"),
    Document.UpdateAdmitted: ("Bản cập nhật qua kiểm tra", "Update passed the gate"),
    Document.UpdateRejected: ("Bản cập nhật không đạt", "Update did not pass the gate"),
    Document.UpdateVerified: ("Kiểm tra chữ ký bản cập nhật", "Update's signatures verified"),
    Document.UpdateApplied: ("Áp dụng cập nhật", "Update applied"),
    Document.UpdateDeclined: ("Từ chối cập nhật", "Update declined"),
    Document.Superseded: ("Bị thay thế", "Superseded"),
    Document.AssignmentInherited: ("Nhận việc của bản cũ", "Assignment taken over"),
    DocumentSeen: ("Xem", "Seen"),
}
"""What each recorded event is called before people."""

_TEXTS = ("reason", "note", "overrule", "file", "reply_notation", "leader", "follower", "addressee")


def trail_line(event: Any) -> TrailLine:
    """One recorded event in words."""
    kind = next(kind for kind in type(event).__mro__ if kind in WORDS)
    vi, en = WORDS[kind]
    at = event.timestamp.astimezone(VIETNAM)
    what, text = kind.__name__, _text(event)
    return TrailLine(at=at, actor=event.actor, what=what, vi=vi, en=en, text=text)


def _text(event: Any) -> str:
    """What was said with it: an opinion, a reason, a name."""
    said = [str(getattr(event, name)) for name in _TEXTS if getattr(event, name, "")]
    assignment = getattr(event, "assignment", None)
    if assignment:
        said += [assignment.lead, assignment.opinion]
    if verdict := getattr(event, "verdict", None):
        said.append(verdict.vi)
    return "; ".join(filter(None, said))
