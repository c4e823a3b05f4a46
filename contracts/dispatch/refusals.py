"""How dispatch says no."""

from __future__ import annotations

from contracts.errors import Refused


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


class RecipientHasSoftware(Refused):
    """Paper is for agencies without software alone (R5.1b-2)."""

    vi = "Nơi nhận {agency} có phần mềm, không gửi bản giấy thay. Hãy bỏ lý do gửi giấy."
    en = "Recipient {agency} has software; it is not sent paper instead. Remove the reason."


class PaperReasonMissing(Refused):
    """An agency without software has the document on paper, and why is told (R5.1b-2)."""

    vi = "Nơi nhận {agency} chưa có phần mềm, phải gửi bản giấy. Hãy ghi lý do gửi giấy."
    en = "Recipient {agency} has no software and is sent paper. Tell why."


class TasksMissing(Refused):
    """A document that assigns tasks carries them as records (R9.3b-2)."""

    vi = "Văn bản giao nhiệm vụ mà chưa có nhiệm vụ nào. Hãy nhập nhiệm vụ cho từng nơi nhận."
    en = "The document assigns tasks and names none. Enter the task of each recipient."


class TaskOrderTooEarly(Refused):
    """A task is due after the day of issue."""

    vi = "Hạn nhiệm vụ {due_on} phải sau ngày {today}. Hãy sửa hạn."
    en = "The task is due on {due_on}, which must be after {today}. Correct the day."


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


class CapacityNotHeld(Refused):
    """No delegation in force lets the signer sign this kind of document so, that day (N30-13)."""

    vi = (
        "{person} không có ủy quyền còn hiệu lực ngày {day} để ký {capacity} loại văn bản {kind}. "
        "Hãy đăng ký văn bản ủy quyền hoặc trình người có thẩm quyền."
    )
    en = (
        "No delegation in force on {day} lets {person} sign {capacity} documents of kind {kind}. "
        "Register the written delegation or present it to a competent person."
    )


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


class NotARecipient(Refused):
    """A recall names an agency that the document was not sent to."""

    vi = "Văn bản không gửi đến {agency}. Hãy chọn trong các nơi nhận."
    en = "The document was not sent to {agency}. Choose among its recipients."


class NothingToRecall(Refused):
    """Every recipient meant is asked already, gave the document back, or refused it before."""

    vi = "Các nơi nhận này đã được yêu cầu hoặc không còn giữ văn bản. Hãy xem kết quả thu hồi."
    en = "These recipients were asked already or hold it no longer. See the recall's answers."


class ReplacementUnequal(Refused):
    """A document is replaced by one of equal form only (N30-18.3)."""

    vi = "Văn bản {notation} chỉ được thay bằng văn bản cùng hình thức. Hãy soạn đúng loại đó."
    en = "Document {notation} is replaced by one of equal form only. Draft it as that kind."
