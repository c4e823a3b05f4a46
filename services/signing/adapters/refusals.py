"""Why a PDF is not prepared, signed or sealed: one class a reason, with a stable ``code``.

A document that is merely bad is a verdict of verification, never one of these.
"""

from services.signing.adapters.refused import SigningRefused as SigningRefused


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


class FieldExists(SigningRefused):
    """The file already has a field of the name that preparation creates."""

    code = "FIELD_EXISTS"
    vi = "Tệp đã có trường {field}. Hãy dùng bản chưa chuẩn bị."
    en = "The file already has the field {field}. Use a draft without it."


class FieldMissing(SigningRefused):
    """The file was not prepared: the field to sign or to fill is not there."""

    code = "FIELD_MISSING"
    vi = "Tệp thiếu trường {field}. Hãy chuẩn bị văn bản trước khi ký."
    en = "The file lacks the field {field}. Prepare it before signing."


class FieldAlreadySigned(SigningRefused):
    """This signature is there already."""

    code = "FIELD_ALREADY_SIGNED"
    vi = "Trường {field} đã được ký. Không ký lại."
    en = "The field {field} is signed already. Do not sign it again."


class FieldAlreadyFilled(SigningRefused):
    """The number or the date stands in the file already."""

    code = "FIELD_ALREADY_FILLED"
    vi = "Trường {field} đã được điền. Không điền lại."
    en = "The field {field} is filled already. Do not fill it again."


class PlacementOffPage(SigningRefused):
    """A field would lie outside its page, or the page does not exist."""

    code = "PLACEMENT_OFF_PAGE"
    vi = "Vị trí ký nằm ngoài trang {page}. Hãy đặt lại vị trí."
    en = "The place lies outside page {page}. Choose another place."


class GlyphMissing(SigningRefused):
    """A letter of the text to be printed is not in the field's typeface."""

    code = "GLYPH_MISSING"
    vi = "Không in được ký tự {letters}. Hãy sửa số, ký hiệu."
    en = "The letters {letters} cannot be printed. Correct number or notation."


class TextTooWide(SigningRefused):
    """The text does not fit its field even in the smallest size."""

    code = "TEXT_TOO_WIDE"
    vi = "“{text}” quá dài so với ô {field}. Hãy nới ô hoặc rút ngắn."
    en = "“{text}” does not fit the field {field}. Widen it or shorten the text."


class ImageNotTransparent(SigningRefused):
    """The picture of a signature or a seal must be a PNG with a transparent background."""

    code = "IMAGE_NOT_TRANSPARENT"
    vi = "Ảnh chữ ký, con dấu phải là PNG nền trong suốt. Hãy thay ảnh."
    en = "The picture must be a PNG with a transparent background. Replace it."


class PictureTooLarge(SigningRefused):
    """The picture in its real size does not fit the place prepared for it."""

    code = "PICTURE_TOO_LARGE"
    vi = "Ảnh {width_mm} × {height_mm} mm lớn hơn ô ký. Hãy nới ô."
    en = "The picture of {width_mm} × {height_mm} mm exceeds its place. Widen it."


class KeyMissing(SigningRefused):
    """No key of this holder is kept here."""

    code = "TOKEN_NOT_FOUND"
    vi = "Không có khóa của {holder}. Hãy kiểm tra thiết bị lưu khóa."
    en = "There is no key of {holder}. Check the key device."


class KeyCertMismatch(SigningRefused):
    """The private key is not the one of the certificate."""

    code = "KEY_CERT_MISMATCH"
    vi = "Khóa không khớp chứng thư của {holder}. Hãy cấu hình lại."
    en = "The key does not fit the certificate of {holder}. Set it up again."


class SignatureValueInvalid(SigningRefused):
    """What the key returned is not a signature of its certificate."""

    code = "SIGNATURE_VALUE_INVALID"
    vi = "Thiết bị trả về chữ ký sai. Hãy kiểm tra thiết bị lưu khóa."
    en = "The device returned a wrong signature. Check the key device."


class SignerRoleWrong(SigningRefused):
    """A leader signs with a person's certificate, an agency with its own, by our directory."""

    code = "SIGNER_ROLE_WRONG"
    vi = "Chứng thư của {holder} không đúng vai trò {wanted}. Hãy chọn chứng thư khác."
    en = "The certificate of {holder} is not for the role {wanted}. Choose another."


class SignerCertExpired(SigningRefused):
    """The signer's certificate has run out."""

    code = "SIGNER_CERT_EXPIRED"
    vi = "Chứng thư của {holder} đã hết hạn. Hãy gia hạn."
    en = "The certificate of {holder} has expired. Renew it."


class SignerCertNotYetValid(SigningRefused):
    """The signer's certificate is not valid yet."""

    code = "SIGNER_CERT_NOT_YET_VALID"
    vi = "Chứng thư của {holder} chưa có hiệu lực."
    en = "The certificate of {holder} is not valid yet."


class SignerCertRevoked(SigningRefused):
    """The signer's certificate was revoked."""

    code = "SIGNER_CERT_REVOKED"
    vi = "Chứng thư của {holder} đã bị thu hồi."
    en = "The certificate of {holder} was revoked."


class SignerCertPurpose(SigningRefused):
    """The signer's certificate, or its key, is not good for signing documents."""

    code = "SIGNER_CERT_PURPOSE"
    vi = "Chứng thư của {holder} không dùng để ký văn bản."
    en = "The certificate of {holder} is not meant for signing documents."


class SignerCertUntrusted(SigningRefused):
    """The signer's certificate does not lead to a trusted root."""

    code = "SIGNER_CERT_UNTRUSTED"
    vi = "Chứng thư của {holder} không dẫn đến gốc tin cậy."
    en = "The certificate of {holder} does not lead to a trusted root."


class RevocationUnavailable(SigningRefused):
    """Whether the signer's certificate was revoked is not known: no current list at hand."""

    code = "REVOCATION_UNAVAILABLE"
    vi = "Chưa có danh sách thu hồi còn hạn để kiểm tra {holder}. Hãy thử lại sau."
    en = "No current revocation list for {holder}. Try again later."


class TsaUnavailable(SigningRefused):
    """The time stamping authority did not answer."""

    code = "TSA_UNAVAILABLE"
    vi = "Máy chủ cấp dấu thời gian không trả lời. Hãy thử lại sau."
    en = "The time stamping authority does not answer. Try again later."


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
