"""What is wrong with the file itself."""

from services.signing.adapters.refusals.refused import SigningRefused


class EmptyFile(SigningRefused):
    """The file has no bytes."""

    code = "EMPTY_FILE"
    vi = "Tệp rỗng. Hãy chọn lại tệp."
    en = "The file is empty. Choose another one."


class NotAPdf(SigningRefused):
    """Only a PDF is signed; anything else is converted first (R4.4b)."""

    code = "NOT_A_PDF"
    vi = "Tệp không phải PDF. Hãy chuyển sang PDF rồi trình ký."
    en = "The file is no PDF. Convert it to PDF, then have it signed."


class LeadingBytes(SigningRefused):
    """Something stands before ``%PDF-``: another file could hide in it."""

    code = "LEADING_BYTES"
    vi = "Có {bytes} byte lạ trước phần đầu PDF. Hãy xuất lại tệp PDF."
    en = "{bytes} strange bytes stand before the PDF. Export the PDF again."


class TooLarge(SigningRefused):
    """The file is larger than the limit."""

    code = "TOO_LARGE"
    vi = "Tệp có {bytes} byte, quá giới hạn {limit}. Hãy giảm dung lượng."
    en = "The file has {bytes} bytes, over the limit of {limit}. Make it smaller."


class ResourceLimit(SigningRefused):
    """Reading the file takes more memory than one file may have."""

    code = "RESOURCE_LIMIT"
    vi = "Đọc tệp cần quá nhiều bộ nhớ. Hãy xuất lại tệp PDF."
    en = "Reading the file takes too much memory. Export the PDF again."


class TooManyObjects(SigningRefused):
    """The file announces more objects than the limit, or than it could hold."""

    code = "TOO_MANY_OBJECTS"
    vi = "Tệp khai {announced} đối tượng, quá giới hạn {limit}. Hãy xuất lại tệp."
    en = "The file announces {announced} objects, over {limit}. Export it again."


class XrefTooLarge(SigningRefused):
    """A cross-reference list announces more objects than the file has room for."""

    code = "XREF_TOO_LARGE"
    vi = "Bảng tham chiếu khai {announced} đối tượng, tệp chỉ chứa được {room}. Hãy xuất lại tệp."
    en = "A list announces {announced} objects, the file has room for {room}. Export it again."


class XrefLoop(SigningRefused):
    """The cross-reference lists lead in a circle."""

    code = "XREF_LOOP"
    vi = "Các bảng tham chiếu dẫn vòng tròn (byte {offset}). Hãy xuất lại tệp PDF."
    en = "The cross-reference lists lead in a circle (byte {offset}). Export the PDF again."


class DecodeLimit(SigningRefused):
    """A stream of the file unpacks to more than one file may."""

    code = "DECODE_LIMIT"
    vi = "Dữ liệu nén trong tệp bung ra quá lớn. Hãy xuất lại tệp PDF."
    en = "Packed data in the file unpacks to too much. Export the PDF again."


class TooManyRevisions(SigningRefused):
    """The file was updated more often than the limit."""

    code = "TOO_MANY_REVISIONS"
    vi = "Tệp có {revisions} lần sửa, quá giới hạn {limit}."
    en = "The file has {revisions} revisions, over the limit of {limit}."


class TooManySignatures(SigningRefused):
    """The file holds more signatures than the limit."""

    code = "TOO_MANY_SIGNATURES"
    vi = "Tệp có {signatures} chữ ký, quá giới hạn {limit}."
    en = "The file has {signatures} signatures, over the limit of {limit}."


class NestingTooDeep(SigningRefused):
    """The file nests its objects deeper than can be followed."""

    code = "NESTING_TOO_DEEP"
    vi = "Cấu trúc tệp lồng quá sâu. Hãy xuất lại tệp PDF."
    en = "The file is nested too deeply. Export the PDF again."


class Encrypted(SigningRefused):
    """The file is locked by a password."""

    code = "ENCRYPTED"
    vi = "Tệp bị khóa bằng mật khẩu. Hãy bỏ mật khẩu."
    en = "The file is locked by a password. Remove the password."


class Unparsable(SigningRefused):
    """The file says it is a PDF and cannot be read as one."""

    code = "UNPARSABLE"
    vi = "Tệp PDF hỏng, không đọc được. Hãy xuất lại tệp."
    en = "The PDF is damaged and cannot be read. Export it again."


class HybridNeedsNormalising(SigningRefused):
    """The file carries two cross-reference lists, or is damaged, and was not prepared."""

    code = "HYBRID_NEEDS_NORMALISING"
    vi = "Tệp chưa được chuẩn hóa trước khi ký. Hãy chuẩn bị lại văn bản."
    en = "The file is not normalised for signing. Prepare the document again."


class AlreadySigned(SigningRefused):
    """A signed file is not prepared any more: that would change what was signed."""

    code = "ALREADY_SIGNED_CANNOT_NORMALISE"
    vi = "Tệp đã có chữ ký số, không chuẩn bị lại được. Hãy dùng bản chưa ký."
    en = "The file is signed and cannot be prepared. Use the unsigned draft."
