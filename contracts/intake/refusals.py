"""How intake says no."""

from __future__ import annotations

from contracts.errors import Refused


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


class FilesNotChecked(Refused):
    """Registration waits for the gate's checks of the files (R8.1a)."""

    vi = "Tệp đang được kiểm tra an toàn. Hãy đợi vài giây rồi thử lại."
    en = "The files are still being checked. Wait some seconds and try again."


class FilesNotAdmitted(Refused):
    """A file did not pass the gate; `gate` is the gate's code (R8.1a, R4.4a)."""

    vi = "Tệp không qua kiểm tra ({gate}). Hãy từ chối văn bản và nêu lý do."
    en = "A file did not pass the checks ({gate}). Refuse the document, saying why."


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


class OverruleRequired(Refused):
    """The signatures are not good: registering all the same needs a named overrule (R8.1a, NB-4).

    `verdict` is a code of `Verdict`; `verdict_vi`, `verdict_en` are its labels.
    """

    vi = "Chữ ký số không đạt ({verdict_vi}). Hãy từ chối, hoặc ghi rõ lý do vẫn đăng ký."
    en = "The signatures are not good ({verdict_en}). Refuse it, or say why you register it."


class DuplicateUndecided(Refused):
    """An earlier document has the same code, or number, notation and issuer (R8.2a-1)."""

    vi = "Văn bản trùng với {earlier}. Hãy xem và quyết định trước khi đăng ký."
    en = "The document repeats {earlier}. Look at both and decide before registering."


class DirectTransferNotAllowed(Refused):
    """The agency's clerical rules know no transfer without a leader's direction (N30-23)."""

    vi = "Quy chế của cơ quan không cho chuyển thẳng. Hãy trình lãnh đạo."
    en = "The agency's rules allow no direct transfer. Present it to the leader."


class DocumentForInformationOnly(Refused):
    """What nobody signed serves for information: nobody is bound to a day by it (Q28-4)."""

    vi = (
        "Văn bản không có chữ ký số, chỉ để biết, không giao hạn xử lý. "
        "Hãy bỏ hạn, hoặc đề nghị bên gửi gửi bản có chữ ký số."
    )
    en = (
        "Nobody signed it: it serves for information and binds nobody to a day. "
        "Leave the day out, or ask the sender for a signed one."
    )


class DeadlineNotLater(Refused):
    """An extension goes beyond the day that was set."""

    vi = "Hạn mới {due_on} không sau hạn cũ {was}. Hãy chọn ngày muộn hơn."
    en = "The new day {due_on} is not after {was}. Choose a later one."


class ReplyMissing(Refused):
    """A document closed as replied needs a linked, issued reply (R8.2c, R9.2đ)."""

    vi = "Chưa có văn bản trả lời được liên kết. Hãy phát hành văn bản trả lời trước."
    en = "No linked reply has been issued. Issue the reply first."


class ReplyOwed(Refused):
    """The sender asked for a reply; closing without one needs a stated cause (R8.2c)."""

    vi = "Bên gửi yêu cầu trả lời. Hãy trả lời hoặc nêu rõ lý do không trả lời."
    en = "The sender asks for a reply. Reply, or state why not."


class RulesUnchanged(Refused):
    """The agency works by these very rules already."""

    vi = "Cơ quan {agency} đang áp dụng đúng các quy định này. Không cần đặt lại."
    en = "Agency {agency} works by these rules already. There is nothing to lay down."


class RecallNotDeclinable(Refused):
    """A recall is carried out (Q28-9.2b); only after an issued reply may the rules allow a no."""

    vi = "Văn bản bị thu hồi phải được hủy. Hãy thực hiện thu hồi."
    en = "A recalled document must be cancelled. Carry out the recall."


class SenderOnly(Refused):
    """Only the agency that issued the document recalls, updates or replaces it (3.5, 3.6)."""

    vi = "Chỉ cơ quan ban hành {sender} được thu hồi, cập nhật, thay thế. Hãy liên hệ cơ quan đó."
    en = "Only the issuing agency {sender} recalls, updates or replaces. Turn to that agency."


class DocumentLocked(Refused):
    """The document is recalled or cancelled: its files are closed to everybody (N30-VI.8)."""

    vi = "Văn bản đã bị thu hồi, không mở được nội dung. Hãy xem thông tin thu hồi."
    en = "The document was recalled; its content cannot be opened. See the facts of the recall."


class UpdateUnknown(Refused):
    """No such update waits for a decision."""

    vi = "Không có bản cập nhật {update_id} đang chờ. Hãy xem lại danh sách."
    en = "No update {update_id} is waiting. Look at the list again."


class NothingToTakeOver(Refused):
    """The replaced document has no open work, or was not replaced by this one."""

    vi = "Văn bản {from_document_id} không có việc để chuyển sang. Hãy trình như thường lệ."
    en = "Document {from_document_id} has no work to take over. Present this one as usual."


class PaperNotExpected(Refused):
    """No paper copy is expected."""

    vi = "Văn bản không ghi có bản giấy. Hãy ghi nhận bản giấy sẽ đến trước."
    en = "No paper copy is expected. Note first that one is to come."


class ScanNotDigitised(Refused):
    """A paper arrival is registered with a scan that signing digitised and sealed (R8.2a-2)."""

    vi = "Bản quét {sha256} chưa được số hóa, ký số cơ quan. Hãy số hóa trước khi đăng ký."
    en = "The scan {sha256} is not digitised and sealed yet. Digitise it before registering."
