"""What a reader noticed and put up with (cảnh báo): the message is understood all the same."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from contracts.values import Coded

MOST = 200
"""More cautions about one message nobody reads."""


class CautionCode(Coded):
    """Every kind of caution, with its two templates."""

    ENCODING_DECLARED = (
        "encoding_declared",
        "Khai báo bảng mã {value} nhưng nội dung là UTF-8.",
        "The encoding {value} is declared, the content is UTF-8.",
    )
    UTF_16 = "utf_16", "Nội dung là UTF-16, không phải UTF-8.", "The content is UTF-16, not UTF-8."
    LEADING_JUNK = (
        "leading_junk",
        "Có {value} byte lạ trước thông điệp.",
        "{value} stray bytes stand before the message.",
    )
    NAMESPACE_MIXED = (
        "namespace_mixed",
        "Phần tử ngoài không gian tên của thông điệp.",
        "An element outside the message's namespace.",
    )
    ELEMENT_UNKNOWN = (
        "element_unknown",
        "Phần tử {value} không có trong quy chuẩn.",
        "The element {value} is not in the standard.",
    )
    ELEMENT_REPEATED = (
        "element_repeated",
        "Phần tử lặp lại; lấy lần đầu.",
        "The element is repeated; the first counts.",
    )
    VALUE_UNREADABLE = (
        "value_unreadable",
        "Không hiểu giá trị {value}; bỏ qua.",
        "The value {value} is not understood and left out.",
    )
    VALUE_UNUSUAL = (
        "value_unusual",
        "Giá trị {value} khác thường.",
        "The value {value} is unusual.",
    )
    TEXT_LONG = (
        "text_long",
        "Dài {value} ký tự, quá mức danh nghĩa.",
        "{value} characters, more than the nominal length.",
    )
    FIELD_ABSENT = (
        "field_absent",
        "Không có thông tin này.",
        "This is not told.",
    )
    AGENCY_CODE_UNUSUAL = (
        "agency_code_unusual",
        "Mã định danh {value} không theo mẫu đã biết.",
        "The agency code {value} has no known form.",
    )
    RECIPIENT_REPEATED = (
        "recipient_repeated",
        "Nơi nhận {value} lặp lại.",
        "The recipient {value} is repeated.",
    )
    DAY_IN_FUTURE = (
        "day_in_future",
        "Ngày {value} ở tương lai.",
        "The day {value} lies in the future.",
    )
    LETTER_LOOK_ALIKE = (
        "letter_look_alike",
        "Có chữ cái giống hình; nên là {value}.",
        "A letter only looks right; it should read {value}.",
    )
    ACTION_CONTRADICTED = (
        "action_contradicted",
        "Loại nghiệp vụ trái với lý do: {value}.",
        "The business type contradicts its reason: {value}.",
    )
    CODE_AND_AGENCY_SWAPPED = (
        "code_and_agency_swapped",
        "Mã cơ quan và số ký hiệu bị đổi chỗ; đã sửa.",
        "Agency code and notation were swapped; put right.",
    )
    STATUS_UNKNOWN = (
        "status_unknown",
        "Mã trạng thái {value} không có trong danh mục.",
        "The status code {value} is not in the list.",
    )
    SECRECY_MARKED = (
        "secrecy_marked",
        "Có dấu hiệu độ mật: {value}. Không lưu nội dung tệp.",
        "A secrecy mark was found: {value}. Keep no file of it.",
    )
    SIGNATURE_UNVERIFIED = (
        "signature_unverified",
        "Chữ ký XML không kiểm tra được; tin vào chữ ký trong tệp kèm theo.",
        "The XML signature cannot be verified; trust those inside the files.",
    )
    SENDER_ERROR = (
        "sender_error",
        "Bên gửi báo lỗi: {value}.",
        "The sender reports an error: {value}.",
    )
    BODY_UNEXPECTED = (
        "body_unexpected",
        "Thông điệp trạng thái có {value}.",
        "A status message carries {value}.",
    )
    FILES_ABSENT = "files_absent", "Không có tệp kèm theo.", "No file came along."
    FILE_MISSING = (
        "file_missing",
        "Danh mục ghi tệp {value} nhưng không có nội dung.",
        "The manifest lists the file {value}, which did not come.",
    )
    FILE_UNLISTED = (
        "file_unlisted",
        "Tệp {value} không có trong danh mục.",
        "The file {value} is not in the manifest.",
    )
    FILE_MATCHED_OTHERWISE = (
        "file_matched_otherwise",
        "Tệp {value} được ghép theo tên hoặc thứ tự, không theo mã.",
        "The file {value} was matched by name or place, not by its id.",
    )
    FILE_NAMELESS = (
        "file_nameless",
        "Tệp không tên; đặt là {value}.",
        "A file without a name; called {value}.",
    )
    FILE_DAMAGED = "file_damaged", "Tệp {value}.", "The file {value}."
    ZIP_KEPT = (
        "zip_kept",
        "Giữ nguyên tệp nén {value}: không có đúng một tệp đọc được bên trong.",
        "The zip {value} is kept as it is: it does not hold exactly one readable file.",
    )
    TYPE_OTHERWISE = (
        "type_otherwise",
        "Khai báo {value} khác nội dung.",
        "The declared type {value} is not what the content says.",
    )


class Caution(Struct, frozen=True, kw_only=True):
    """One thing noticed: its kind, where, and in two languages what."""

    code: CautionCode
    where: str
    vi: str
    en: str


class Notes:
    """What was noticed while one message was read, and what was missed; each is told once."""

    def __init__(self) -> None:
        self._cautions: dict[tuple[str, ...], Caution] = {}
        self.missing: list[str] = []

    def caution(self, code: CautionCode, where: str, value: Any = "", en: Any = None) -> None:
        """Remember a caution; `value` is quoted, as `en` where the language matters."""
        if len(self._cautions) < MOST:
            vi = code.vi.format(value=shown(value))
            told = code.en.format(value=shown(value if en is None else en))
            self._cautions[code, where, vi] = Caution(code=code, where=where, vi=vi, en=told)

    def told(self) -> list[Caution]:
        """All cautions in the order they were noticed."""
        return list(self._cautions.values())


def shown(value: Any) -> str:
    """A value as it is quoted: no longer than a person reads."""
    text = str(value)
    return text if len(text) <= 120 else f"{text[:119]}…"
