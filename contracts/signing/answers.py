"""The six questions that verification asks of each signature, and their answers in words."""

from __future__ import annotations

from contracts.values import Coded


class Integrity(Coded):
    """Whether the signed bytes are as they were signed (tính toàn vẹn)."""

    INTACT = (
        "INTACT",
        "Nguyên vẹn: nội dung được ký không đổi",
        "Intact: what was signed is unaltered",
    )
    BROKEN = (
        "BROKEN",
        "Không nguyên vẹn: nội dung đã khác lúc ký",
        "Broken: it is not what was signed",
    )
    UNREADABLE = "UNREADABLE", "Chữ ký không đọc được", "The signature cannot be read"


class Coverage(Coded):
    """Which bytes of the file the signature covers (phạm vi ký)."""

    WHOLE_FILE = "WHOLE_FILE", "Phủ toàn bộ tệp", "It covers the whole file"
    WHOLE_REVISION = (
        "WHOLE_REVISION",
        "Phủ toàn bộ tệp tại lúc ký; sau đó tệp có thêm lần sửa",
        "It covers the whole file as it was then; revisions follow",
    )
    PARTIAL = "PARTIAL", "Chỉ phủ một phần tệp", "It covers a part of the file only"
    FORGED = "FORGED", "Phạm vi ký bị làm giả", "What it covers was forged"
    UNKNOWN = "UNKNOWN", "Chưa xác định được phạm vi ký", "It is not known what it covers"


class Changes(Coded):
    """What happened to the file after the signature (thay đổi sau khi ký)."""

    NONE = "NONE", "Không có thay đổi sau khi ký", "Nothing was changed afterwards"
    VALIDATION_DATA = (
        "VALIDATION_DATA",
        "Chỉ thêm dữ liệu phục vụ kiểm tra",
        "Only validation data was added",
    )
    FURTHER_SIGNATURES = (
        "FURTHER_SIGNATURES",
        "Chỉ thêm chữ ký tiếp theo",
        "Only further signatures were added",
    )
    PERMITTED = (
        "PERMITTED",
        "Chỉ điền các ô được phép và thêm chữ ký",
        "Only permitted fields were filled and signatures added",
    )
    NOT_PERMITTED = (
        "NOT_PERMITTED",
        "Bị sửa ngoài phạm vi được phép",
        "More was changed than allowed",
    )
    UNKNOWN = "UNKNOWN", "Chưa xác định được thay đổi", "It is not known what was changed"


class Trust(Coded):
    """Whether the certificate leads to a trusted authority and held (chứng thư chữ ký số)."""

    TRUSTED = "TRUSTED", "Chứng thư được tin cậy và còn hiệu lực", "Trusted, valid and not revoked"
    NO_PATH = "NO_PATH", "Không dẫn tới gốc tin cậy", "It leads to no trusted root"
    REVOKED = "REVOKED", "Chứng thư đã bị thu hồi", "The certificate was revoked"
    EXPIRED = "EXPIRED", "Chứng thư đã hết hạn", "The certificate had expired"
    NOT_YET_VALID = "NOT_YET_VALID", "Chứng thư chưa có hiệu lực", "It was not valid yet"
    UNKNOWN = "UNKNOWN", "Chưa đủ thông tin thu hồi để kết luận", "Its revocation is not known"


class Time(Coded):
    """How the signing time is known (thời gian ký)."""

    PROVEN = "PROVEN", "Được chứng minh bằng dấu thời gian", "Proven by a time stamp"
    CLAIMED = "CLAIMED", "Do người ký tự khai", "Claimed by the signer"
    CONTRADICTORY = "CONTRADICTORY", "Mâu thuẫn", "Contradictory"
    UNKNOWN = "UNKNOWN", "Chưa xác định", "Not known"


class Policy(Coded):
    """Whether algorithms, keys and encoding are those that are accepted (chính sách ký số)."""

    OK = "OK", "Đáp ứng yêu cầu kỹ thuật", "The technical demands are met"
    WEAK_ALGORITHM = "WEAK_ALGORITHM", "Thuật toán không đủ an toàn", "An algorithm is too weak"
    SHORT_KEY = "SHORT_KEY", "Khóa quá ngắn", "The key is too short"
    KEY_PURPOSE = "KEY_PURPOSE", "Chứng thư không dùng để ký văn bản", "The key is not for signing"
    ENCODING = "ENCODING", "Định dạng chữ ký không đúng chuẩn", "The encoding is not accepted"
    UNKNOWN = "UNKNOWN", "Chưa xác định", "Not known"


class Weight(Coded):
    """How heavily a reason weighs (mức độ)."""

    FAILURE = "FAILURE", "Không đạt", "Failure"
    WARNING = "WARNING", "Cảnh báo", "Warning"
    REMARK = "REMARK", "Ghi nhận", "Remark"


class SignatureKind(Coded):
    """What a signature in a file is (loại chữ ký)."""

    SIGNATURE = "SIGNATURE", "Chữ ký số", "Signature"
    DOCUMENT_TIMESTAMP = "DOCUMENT_TIMESTAMP", "Dấu thời gian của tài liệu", "Document time stamp"
