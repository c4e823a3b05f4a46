"""Why a message is not read, or not written. Each is a typed refusal and a `ValueError`.

The bytes stay with whoever asked: a refused message is refused whole, and nothing of it is guessed.
"""

from __future__ import annotations

from contracts.errors import Invalid


class EdxmlRefused(Invalid, ValueError):
    """The ancestor of every refusal of edXML; never raised itself."""


class MessageEmpty(EdxmlRefused):
    """There are no bytes."""

    vi = "Thông điệp rỗng. Hãy lấy lại tệp từ trục."
    en = "The message is empty. Fetch the file again."


class MessageTooLarge(EdxmlRefused):
    """The message has `size` bytes, more than `limit`."""

    vi = "Thông điệp {size} byte vượt giới hạn {limit} byte. Hãy yêu cầu bên gửi chia nhỏ."
    en = "A message of {size} bytes passes the limit of {limit}. Ask the sender to split it."


class FormatForeign(EdxmlRefused):
    """The file is something else altogether; `found_vi` and `found_en` say what."""

    vi = "Đây không phải thông điệp edXML mà là {found_vi}. Hãy gửi đúng tệp .edxml."
    en = "This is no edXML message but {found_en}. Give the .edxml file itself."


class EncodingUnknown(EdxmlRefused):
    """The bytes are no UTF-8 from byte `position` on."""

    vi = "Thông điệp không phải UTF-8 (từ byte {position}). Hãy yêu cầu bên gửi ghi lại bằng UTF-8."
    en = "The message is no UTF-8 from byte {position} on. Ask the sender to write it in UTF-8."


class XmlMalformed(EdxmlRefused):
    """The XML is not well-formed at `line` and `column`; `why_vi` and `why_en` say how."""

    vi = "XML sai cú pháp ở dòng {line}, cột {column}: {why_vi}. Hãy yêu cầu bên gửi tạo lại tệp."
    en = "Malformed XML at line {line}, column {column}: {why_en}. Ask the sender for a new file."


class DoctypePresent(EdxmlRefused):
    """The XML declares a document type, whose entities could read files or grow without end."""

    vi = "XML khai báo DTD (DOCTYPE) ở dòng {line}: bị cấm vì an toàn. Hãy bỏ khai báo này."
    en = "The XML declares a DTD (DOCTYPE) at line {line}, which is unsafe. Remove it."


class LimitPassed(EdxmlRefused):
    """There is more of something than any real message has: elements, depth, attachments."""

    vi = "Thông điệp vượt giới hạn: {what_vi} quá {limit}. Hãy kiểm tra nguồn gửi."
    en = "The message passes a limit: more than {limit} {what_en}. Look into where it came from."


class AttachmentOverinflated(EdxmlRefused):
    """A zipped attachment grows beyond all measure: a bomb."""

    vi = "Tệp nén {name} phình quá {limit} byte khi giải nén (bom nén). Hãy kiểm tra nguồn gửi."
    en = "The zip {name} grows beyond {limit} bytes: a bomb. Look into where it came from."


class NamespaceUnknown(EdxmlRefused):
    """The root stands in a namespace of no known family."""

    vi = "Không gian tên {found} không thuộc họ edXML nào. Hãy dùng {expected}."
    en = "The namespace {found} belongs to no edXML family. Use {expected}."


class LookAlike(EdxmlRefused):
    """The message looks like edXML and is not: it says `found` where `expected` belongs."""

    vi = "Giống edXML nhưng sai: có {found}, đúng ra là {expected}. Hãy tạo lại theo QCVN 102."
    en = "A look-alike of edXML: {found} where {expected} belongs. Write it anew after QCVN 102."


class LayerMissing(EdxmlRefused):
    """An outer layer of the message is not there."""

    vi = "Thiếu {expected} trong {inside}. Hãy yêu cầu bên gửi tạo lại theo QCVN 102."
    en = "There is no {expected} inside {inside}. Ask the sender to write it anew after QCVN 102."


class FieldsMissing(EdxmlRefused):
    """Words are missing without which the message is of no use."""

    vi = "Thiếu thông tin bắt buộc: {fields}. Hãy yêu cầu bên gửi bổ sung và gửi lại."
    en = "Required fields are missing: {fields}. Ask the sender to add them and send again."


class FieldUnreadable(EdxmlRefused):
    """A word that is needed cannot be understood."""

    vi = "Không hiểu giá trị {value} ở {where}: {why_vi}. Hãy yêu cầu bên gửi sửa và gửi lại."
    en = "The value {value} at {where} is not understood: {why_en}. Ask the sender to correct it."


class MessageUnfit(EdxmlRefused):
    """The words may not be written; every fault is told, each naming its field."""

    vi = "Không lập được thông điệp: {faults_vi}. Hãy sửa rồi lập lại."
    en = "The message cannot be written: {faults_en}. Correct it and write again."
