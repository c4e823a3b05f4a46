"""What is wrong with a signing act: its order, its time stamp, its result."""

from services.signing.adapters.refusals.refused import SigningRefused


class TsaUnavailable(SigningRefused):
    """The time stamping authority did not answer."""

    code = "TSA_UNAVAILABLE"
    vi = "Máy chủ cấp dấu thời gian không trả lời ({error}). Hãy thử lại sau."
    en = "The time stamping authority does not answer ({error}). Try again later."


class TsaRejected(SigningRefused):
    """The time stamping authority gave no stamp, or stamped something else than was asked."""

    code = "TSA_REJECTED"
    vi = "Máy chủ cấp dấu thời gian từ chối hoặc trả lời sai ({why}). Hãy báo người quản trị."
    en = "The time stamping authority refused or answered wrongly ({why}). Tell the operator."


class ContainerTooSmall(SigningRefused):
    """The signature does not fit the space reserved for it."""

    code = "CONTAINER_TOO_SMALL"
    vi = "Chữ ký cần {bytes} byte, chỉ dành {reserved}. Hãy báo người quản trị."
    en = "The signature takes {bytes} bytes of {reserved}. Tell the operator."


class LeaderSignatureMissing(SigningRefused):
    """An agency seals only what a competent person validly signed (R9.2b-2, N30-32/33)."""

    code = "LEADER_SIGNATURE_MISSING"
    vi = "Chưa có chữ ký hợp lệ của người có thẩm quyền ({verdict}). Hãy trình ký trước."
    en = "No competent person has validly signed ({verdict}). Have it signed first."


class SelfCheckFailed(SigningRefused):
    """The signed file did not pass our own verification, so it is not let out."""

    code = "SELF_CHECK_FAILED"
    vi = "Bản vừa ký không qua kiểm tra ({verdict}: {reasons}). Hãy ký lại."
    en = "The signed file failed our check ({verdict}: {reasons}). Sign it again."


class ProofNotExtendable(SigningRefused):
    """Only a file whose signatures are all good can be made to prove itself for longer."""

    code = "PROOF_NOT_EXTENDABLE"
    vi = "Chữ ký trên tệp không hợp lệ ({verdict}), không gia hạn được. Hãy xem báo cáo kiểm tra."
    en = "The file's signatures are not good ({verdict}) and cannot be extended. See its report."


class LevelReached(SigningRefused):
    """The file proves as much already."""

    code = "LEVEL_REACHED"
    vi = "Tệp đã đạt mức {level}. Hãy chọn mức cao hơn."
    en = "The file has reached {level} already. Choose a higher level."
