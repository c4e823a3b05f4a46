"""Reasons about certificates, revocation and time."""

from __future__ import annotations

from contracts.signing.reasons.words import Words

CERTIFICATE = {
    "NO_PATH_TO_ANCHOR": Words(
        "Chứng thư không dẫn tới tổ chức chứng thực gốc nào được tin cậy.",
        "The certificate leads to no trusted root authority.",
    ),
    "CHAIN_WEAK_ALGORITHM": Words(
        "Trong chuỗi chứng thư có thuật toán không đủ an toàn.",
        "The certificate's chain uses an algorithm that is too weak.",
    ),
    "CERTIFICATE_REVOKED": Words(
        "Chứng thư đã bị thu hồi từ {revoked_at}.",
        "The certificate was revoked from {revoked_at}.",
    ),
    "CERTIFICATE_EXPIRED": Words(
        "Chứng thư đã hết hạn từ {expired_at}, trước thời điểm được xét.",
        "The certificate had expired at {expired_at}, before the instant it is judged at.",
    ),
    "CERTIFICATE_NOT_YET_VALID": Words(
        "Chứng thư chỉ có hiệu lực từ {valid_from}, sau thời điểm được xét.",
        "The certificate is valid only from {valid_from}, after the instant it is judged at.",
    ),
    "CERTIFICATE_WEAK_ALGORITHM": Words(
        "Khóa của chứng thư thuộc loại không được chấp nhận.",
        "The certificate's key is of a kind that is not accepted.",
    ),
    "CERTIFICATE_SHORT_KEY": Words(
        "Khóa của chứng thư quá ngắn.",
        "The certificate's key is too short.",
    ),
    "CERTIFICATE_KEY_PURPOSE": Words(
        "Chứng thư không được cấp để ký văn bản.",
        "The certificate was not issued for signing documents.",
    ),
    "REVOCATION_UNKNOWN": Words(
        "Không có thông tin thu hồi còn giá trị cho chứng thư, nên chưa thể kết luận.",
        "No current revocation information is at hand, so nothing can be concluded.",
    ),
    "CERTIFICATE_REVOKED_LATER": Words(
        "Chứng thư bị thu hồi từ {revoked_at}, sau khi ký nên không ảnh hưởng tới chữ ký này.",
        "The certificate was revoked from {revoked_at}, after it signed: this signature stays.",
    ),
    "REVOCATION_TOLD_AFTER_EXPIRY": Words(
        "Thông tin thu hồi được công bố sau khi chứng thư hết hạn, có thể không còn nêu chứng thư.",
        "Its revocation was told only after it expired, when it need not be named any more.",
    ),
    "TRUST_UNREADABLE": Words(
        "Chứng thư hoặc dữ liệu thu hồi không đọc được.",
        "The certificate or its revocation data cannot be read.",
    ),
}
"""About certificates and their revocation."""

TIME = {
    "CLAIMED_TIME_IN_FUTURE": Words(
        "Thời gian ký do người ký tự khai nằm sau thời điểm kiểm tra.",
        "The signing time that the signer claims lies after the verification.",
    ),
    "CLAIMED_TIME_DIFFERS": Words(
        "Thời gian ký tự khai lệch {claimed_minus_proven_seconds} giây so với dấu thời gian.",
        "The claimed signing time is {claimed_minus_proven_seconds} s off the time stamp.",
    ),
    "CLAIMED_TIME_WITHOUT_ZONE": Words(
        "Thời gian ký tự khai lệch đúng bảy giờ: có lẽ giờ Việt Nam được ghi như giờ UTC.",
        "The claimed time is seven hours off: Vietnamese time was perhaps written as UTC.",
    ),
    "CLAIMED_TIME_UNREADABLE": Words(
        "Thời gian ký tự khai không đọc được.",
        "The claimed signing time cannot be read.",
    ),
    "TIMESTAMP_IN_FUTURE": Words(
        "Dấu thời gian nằm sau thời điểm kiểm tra.",
        "The time stamp lies after the verification.",
    ),
    "TIMESTAMP_UNREADABLE": Words(
        "Dấu thời gian không đọc được.",
        "The time stamp cannot be read.",
    ),
    "TIMESTAMP_WEAK_DIGEST": Words(
        "Dấu thời gian dùng thuật toán băm không đủ an toàn.",
        "The time stamp uses a digest algorithm that is too weak.",
    ),
    "TIMESTAMP_BROKEN": Words(
        "Dấu thời gian không toàn vẹn hoặc không gắn với chữ ký này.",
        "The time stamp is broken or is not over this signature.",
    ),
    "TIMESTAMP_IMPRINT_SHA1": Words(
        "Dấu thời gian dùng SHA-1 để ghi nhận chữ ký.",
        "The time stamp names what it stamps by SHA-1.",
    ),
    "TIMESTAMP_KEY_PURPOSE": Words(
        "Chứng thư của máy chủ dấu thời gian không được cấp để cấp dấu thời gian.",
        "The certificate of the time stamp was not issued for stamping time.",
    ),
}
"""About the signing time and the stamp that proves it."""
