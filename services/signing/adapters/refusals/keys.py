"""What is wrong with a key or its certificate."""

from services.signing.adapters.refusals.refused import SigningRefused


class KeyMissing(SigningRefused):
    """No key of this holder is kept here."""

    code = "TOKEN_NOT_FOUND"
    vi = "Không có khóa của {holder}. Hãy kiểm tra thiết bị lưu khóa."
    en = "There is no key of {holder}. Check the key device."


class KeyEntryWrong(SigningRefused):
    """The index of keys says something that cannot be understood about this holder."""

    code = "KEY_ENTRY_WRONG"
    vi = "Cấu hình khóa của {holder} sai: {why}. Hãy sửa keys.json."
    en = "The key entry of {holder} is wrong: {why}. Correct keys.json."


class SecretExposed(SigningRefused):
    """A file with a key, a PIN or a password may be read by others than its owner."""

    code = "SECRET_EXPOSED"
    vi = "Tệp bí mật {file} người khác đọc được. Hãy đặt quyền 0600."
    en = "Others may read the secret file {file}. Give it mode 0600."


class SecretMissing(SigningRefused):
    """A file with a key, a PIN or a password is not there."""

    code = "SECRET_MISSING"
    vi = "Không đọc được tệp bí mật {file}. Hãy kiểm tra cấu hình khóa."
    en = "The secret file {file} cannot be read. Check the key's set-up."


class TokenPin(SigningRefused):
    """The PIN of a token, or the password of a key file, is wrong."""

    code = "TOKEN_PIN"
    vi = "Mã PIN hoặc mật khẩu khóa của {holder} sai. Hãy kiểm tra, đừng thử nhiều lần."
    en = "PIN or password of the key of {holder} is wrong. Check it; do not try again and again."


class TokenLocked(SigningRefused):
    """The token locked itself after too many wrong PINs."""

    code = "TOKEN_LOCKED"
    vi = "Thiết bị lưu khóa của {holder} đã bị khóa. Hãy nhờ đơn vị cấp chứng thư mở khóa."
    en = "The token of {holder} is locked. Have whoever issued it unlock it."


class TokenSessionLost(SigningRefused):
    """The token went away in the middle of the act, and again after a new login."""

    code = "TOKEN_SESSION_LOST"
    vi = "Mất kết nối tới thiết bị lưu khóa của {holder}. Hãy cắm lại thiết bị rồi ký lại."
    en = "The line to the token of {holder} was lost. Connect it again, then sign again."


class TokenRefused(SigningRefused):
    """The token or its module answers with an error of its own."""

    code = "TOKEN_REFUSED"
    vi = "Thiết bị lưu khóa của {holder} báo lỗi {error}. Hãy kiểm tra thiết bị."
    en = "The token of {holder} reports {error}. Check the device."


class RemoteUnavailable(SigningRefused):
    """The remote provider does not answer, or only with errors of its own, however often asked."""

    code = "KEY_PROVIDER_UNAVAILABLE"
    vi = "Nhà cung cấp ký số từ xa của {holder} không trả lời ({error}). Hãy ký lại sau."
    en = "The remote signing provider of {holder} does not answer ({error}). Sign again later."


class RemoteRefused(SigningRefused):
    """The remote provider refuses the act."""

    code = "KEY_PROVIDER_REFUSED"
    vi = "Nhà cung cấp ký số từ xa từ chối {holder}: {error}. Hãy kiểm tra cấu hình khóa."
    en = "The remote signing provider refuses {holder}: {error}. Check the key's set-up."


class ConsentDenied(SigningRefused):
    """The person did not consent to this act when the provider asked."""

    code = "CONSENT_DENIED"
    vi = "{holder} không đồng ý ký khi nhà cung cấp hỏi. Hãy trình ký lại."
    en = "{holder} did not consent when the provider asked. Present it for signing again."


class ConsentUnavailable(SigningRefused):
    """The provider asks for consent in a way that cannot be given from here."""

    code = "CONSENT_UNAVAILABLE"
    vi = "Khóa từ xa của {holder} cần xác nhận kiểu “{mode}”. Hãy đổi kiểu hoặc ký bằng thiết bị."
    en = "The remote key of {holder} asks consent by “{mode}”. Change it, or sign with a device."


class DeviceAwaited(SigningRefused):
    """The key is in a token or SIM of the holder: nobody can sign for him from here."""

    code = "DEVICE_AWAITED"
    vi = "Khóa nằm trong thiết bị của {holder}. Hãy ký bằng thiết bị đó."
    en = "The key is in the device of {holder}. Sign with that device."


class KeyHeldHere(SigningRefused):
    """The holder's key is held here, so no device is waited for."""

    code = "KEY_HELD_HERE"
    vi = "Khóa của {holder} do hệ thống giữ, không ký bằng thiết bị. Hãy chờ kết quả."
    en = "The key of {holder} is held here, not in a device. Wait for the result."


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


class SignerCertUnknown(SigningRefused):
    """The signer's certificate stands in no record, so nobody may sign with it."""

    code = "SIGNER_CERT_UNKNOWN"
    vi = "Chứng thư của {holder} chưa có trong sổ chứng thư. Hãy báo người quản trị."
    en = "The certificate of {holder} stands in no record. Tell the operator."


class SignerCertNotActive(SigningRefused):
    """The signer's certificate is not in use: granted only, or suspended (table 3.9)."""

    code = "SIGNER_CERT_NOT_ACTIVE"
    vi = "Chứng thư của {holder} ở trạng thái “{state_vi}”. Hãy báo người quản trị."
    en = "The certificate of {holder} is in the state “{state_en}”. Tell the operator."


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
