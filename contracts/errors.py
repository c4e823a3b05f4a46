"""How anyone says no (từ chối). One ancestor, one line per refusal, readable in two languages.

A refusal is a class. It travels as `code` and `data`, and comes out at the caller as the same
class. `vi` and `en` are templates over `data`; each says what is wrong and what to do about it.

    Refused
    ├── Invalid            the question is malformed
    ├── Denied             the caller may not ask this
    ├── NotFound           no such thing, or not for this caller
    ├── CommandIdReused    the same command id came with another question
    ├── MethodUnknown      this service has no such method
    ├── Unavailable        no answer now; repeat with the same command id
    ├── Unanswered         no answer by the deadline; repeat with the same command id
    ├── Defect             our fault; the trace id finds it in the logs
    ├── FileMissing        no file with this digest was uploaded or kept
    ├── FileDamaged        the bytes are not those their digest names
    ├── FileTooLarge       the file passes the size limit
    └── contracts.<service>.*   refusals of that service
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, TypeVar

R = TypeVar("R", bound="type[Refused]")
_BY_CODE: dict[str, type[Refused]] = {}


class Refused(Exception):
    """A request that is answered with no. `data` holds plain JSON values for the two messages."""

    code: ClassVar[str] = "vanban.refused"
    vi: ClassVar[str] = "Yêu cầu bị từ chối."
    en: ClassVar[str] = "The request is refused."

    def __init_subclass__(cls) -> None:
        package, _, module = cls.__module__.partition(".")
        word = module.partition(".")[0] if package == "contracts" else package
        service = "vanban" if word == "errors" else word
        cls.code = f"{service}.{re.sub(r'(?<!^)(?=[A-Z])', '_', cls.__name__).lower()}"
        _BY_CODE[cls.code] = cls

    def __init__(self, **data: Any) -> None:
        self.data = data
        super().__init__(self.message("en"))

    def message(self, language: str = "vi") -> str:
        """The sentence for a person; `language` is `vi` or `en`. Missing data shows as `?`."""
        template = self.en if language == "en" else self.vi
        return template.format_map(_Told(self.data))

    def __reduce__(self) -> Any:
        return (refusal, (self.code, self.data))


class _Told(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def refusal(code: str, data: dict[str, Any]) -> Refused:
    """The refusal that travelled as `code` and `data`; an unknown code is a plain `Refused`."""
    known = _BY_CODE.get(code)
    if known is not None:
        return known(**data)
    stranger = Refused(**data)
    stranger.code = code  # type: ignore[misc]
    return stranger


def refusals() -> dict[str, type[Refused]]:
    """Every refusal known to this process, by code."""
    return dict(sorted(_BY_CODE.items()))


class Invalid(Refused):
    """The question is malformed: `where` names the field, `why` says what is expected there."""

    vi = "Dữ liệu không hợp lệ ở {where}: {why}. Hãy sửa rồi gửi lại."
    en = "Invalid value at {where}: {why}. Correct it and ask again."


class Denied(Refused):
    """The caller may not ask this: no valid token, another agency, a missing role."""

    vi = "Không được phép: {why}. Hãy đăng nhập bằng tài khoản có quyền."
    en = "Not allowed: {why}. Sign in with an account that has the right."


class NotFound(Refused):
    """There is no such thing, or it is not for this caller to see."""

    vi = "Không tìm thấy {what} {id}. Hãy kiểm tra lại mã."
    en = "There is no {what} {id}. Check the id."


class CommandIdReused(Refused):
    """The command id was answered before, for another question or another person."""

    vi = "Mã lệnh {command_id} đã dùng cho yêu cầu khác. Hãy dùng mã mới."
    en = "Command id {command_id} was used for another request. Take a new id."


class MethodUnknown(Refused):
    """The service has no such method."""

    vi = "Dịch vụ không có phương thức {method}. Hãy xem contracts/."
    en = "The service has no method {method}. See contracts/."


class Unavailable(Refused):
    """No answer now: service, store or broker is away. Repeat with the same command id."""

    vi = "Chưa thể trả lời: {why}. Hãy gửi lại với cùng mã lệnh."
    en = "No answer now: {why}. Repeat with the same command id."


class Unanswered(Refused):
    """The deadline passed without an answer; whether the act was done is unknown to the caller."""

    vi = "Quá {seconds} giây chưa có trả lời của {method}. Hãy gửi lại với cùng mã lệnh."
    en = "No answer of {method} within {seconds} seconds. Repeat with the same command id."


class Defect(Refused):
    """Our fault. The caller learns only the trace id; the logs hold the rest."""

    vi = "Lỗi hệ thống. Hãy báo quản trị viên mã vết {trace}."
    en = "Our fault. Tell the operator trace {trace}."


class FileMissing(Refused):
    """No file with this digest was uploaded or kept."""

    vi = "Chưa có tệp {sha256}. Hãy tải tệp lên trước."
    en = "There is no file {sha256}. Upload it first."


class FileDamaged(Refused):
    """The bytes do not have the digest or size that names them."""

    vi = "Tệp {sha256} bị hỏng: {why}. Hãy tải lại tệp nguyên vẹn."
    en = "File {sha256} is damaged: {why}. Upload the intact file."


class FileTooLarge(Refused):
    """The file passes the size limit in bytes."""

    vi = "Tệp {size} byte vượt giới hạn {limit} byte. Hãy chia nhỏ hoặc nén tệp."
    en = "A file of {size} bytes passes the limit of {limit} bytes. Split or reduce it."
