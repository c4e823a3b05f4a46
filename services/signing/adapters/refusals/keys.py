"""What is wrong with a key or its certificate."""

from services.signing.adapters.refusals.refused import SigningRefused


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
