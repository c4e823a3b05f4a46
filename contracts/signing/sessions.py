"""Words of signing with a device in the signer's own hands (thiết bị lưu khóa): two phases.

The signer opens a session, is given the bytes that his device signs, and gives the value back. The
document's picture, its fields and its time stamp are made by the platform's workers.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta, Struct

from contracts.errors import Refused
from contracts.values import Coded, Digest, FileRef, Reason, SignerRole

SignatureValue = Annotated[str, Meta(pattern=r"^[A-Za-z0-9+/]{16,2732}={0,2}$")]
"""What a key gives (giá trị chữ ký), in base64; ECDSA in DER."""

WaitSeconds = Annotated[float, Meta(ge=0, le=25)]
"""How long an answer may wait for news: at most so long, and not beyond the caller's deadline."""


class SignatureAlgorithm(Coded):
    """How a key signs (thuật toán ký): the kind of key, the padding, the digest it takes."""

    RSA_SHA256 = "rsa_sha256", "RSA PKCS#1 v1.5, SHA-256", "RSA PKCS#1 v1.5 with SHA-256"
    RSA_PSS_SHA256 = "rsa_pss_sha256", "RSA-PSS, SHA-256", "RSA-PSS with SHA-256"
    ECDSA_SHA256 = "ecdsa_sha256", "ECDSA P-256, SHA-256", "ECDSA P-256 with SHA-256"
    ECDSA_SHA384 = "ecdsa_sha384", "ECDSA P-384, SHA-384", "ECDSA P-384 with SHA-384"
    ECDSA_SHA512 = "ecdsa_sha512", "ECDSA P-521, SHA-512", "ECDSA P-521 with SHA-512"
    ED25519 = "ed25519", "Ed25519 theo RFC 8032", "Ed25519 of RFC 8032"


class SessionState(Coded):
    """State of a signing session (phiên ký). EXPIRED follows from its instant."""

    PREPARING = "PREPARING", "Đang chuẩn bị", "Being prepared"
    OPEN = "OPEN", "Chờ chữ ký từ thiết bị", "Waiting for the device"
    CHECKING = "CHECKING", "Đang kiểm tra chữ ký", "Value being checked"
    DONE = "DONE", "Đã ký", "Signed"
    FAILED = "FAILED", "Không ký được", "Failed"
    EXPIRED = "EXPIRED", "Hết hạn", "Expired"


class ToSignBeside(Struct, frozen=True, kw_only=True):
    """What the device signs for an attachment (tệp kèm theo): `file` as it is before."""

    file: FileRef
    to_sign: str
    digest: str


class SigningSession(Struct, frozen=True, kw_only=True):
    """A session as it is now.

    Once it is OPEN, `to_sign` (base64) is what the device signs with `algorithm`, and `digest` the
    hexadecimal digest of it, for a device that takes digests; `beside` is the same for each
    attachment. When it is DONE, `file` and `attachments` are the signed revisions. `code` and
    `reason` say why it FAILED, or why the last values were not taken.
    """

    session_id: UUID
    document_id: UUID
    role: SignerRole
    state: SessionState
    expires_at: datetime
    to_sign: str = ""
    digest: str = ""
    algorithm: SignatureAlgorithm | None = None
    file: FileRef | None = None
    code: str = ""
    reason: str = ""
    beside: list[ToSignBeside] = []
    attachments: list[FileRef] = []


class SignatureNotAwaited(Refused):
    """No signature of this role is waited for: it was made, or it failed and must be asked anew."""

    vi = "Văn bản {document_id} không chờ chữ ký này. Hãy xem lại trạng thái văn bản."
    en = "Document {document_id} waits for no such signature. Look at its state."


class SessionConflict(Refused):
    """Another session is open on the document; `expires_at` is an instant in ISO 8601."""

    vi = "Văn bản đang có phiên ký {session_id} đến {expires_at}. Hãy hoàn tất phiên đó hoặc chờ."
    en = "Session {session_id} is open on it until {expires_at}. Complete that one, or wait."


class SessionExpired(Refused):
    """The session ran out before a value came; `expires_at` is an instant in ISO 8601."""

    vi = "Phiên ký đã hết hạn lúc {expires_at}. Hãy mở phiên mới."
    en = "The session ran out at {expires_at}. Open another one."


class SessionNotOpen(Refused):
    """The session does not wait for this value; `state_vi`, `state_en` are labels of its state."""

    vi = "Phiên ký ở trạng thái “{state_vi}”, không nhận chữ ký này. Hãy xem lại phiên."
    en = "The session is “{state_en}” and takes no such value. Look at it again."


class SignatureValuesUnequal(Refused):
    """The device signs the document and every attachment: a value for each, in their order."""

    vi = "Cần {expected} giá trị chữ ký cho các tệp kèm, mới có {given}. Hãy ký đủ từng tệp."
    en = "The attachments take {expected} values, {given} were given. Sign each of them."


class RevisionChanged(Refused):
    """The document has another file than the one the signer saw."""

    vi = "Tệp cần ký nay là {sha256}, khác tệp đã xem. Hãy xem lại văn bản rồi ký."
    en = "The file to sign is {sha256} now, not the one you saw. Look again, then sign."


class SigningInSessions(Protocol):
    """What a signer with a device of his own may ask, after dispatch heard that he signs."""

    def begin_signature(
        self, *, session_id: UUID, document_id: UUID, role: SignerRole, sha256: Digest
    ) -> None:
        """Open a session for the signature that dispatch asked for, on the very file `sha256`.

        For the signer himself; for a seal, the clerk who keeps the agency's key. Workers prepare
        it; ask
        `get_signing_session` for what the device signs. The same again is harmless. `NotFound`
        too while signing has not heard of the request yet: ask again.
        Refusals: `KeyNotHeld`, `SignatureNotAwaited`, `SessionConflict`, `RevisionChanged`,
        `NotFound`, `Denied`. Rules: R9.2b-1, R9.2b-2, N30-32/33.
        """

    def complete_signature(
        self,
        *,
        session_id: UUID,
        value: SignatureValue,
        beside: Annotated[list[SignatureValue], Meta(max_length=100)] = [],
    ) -> None:
        """Give the values that the device made. Workers check them, stamp them and put them in.

        `value` is the document's, `beside` are those of its attachments in their order. For whoever
        may open the session. The same again is harmless; after a wrong one the session is open as
        before. Refusals: `SignatureValuesUnequal`, `SessionExpired`, `SessionNotOpen`,
        `KeyNotHeld`, `NotFound`, `Denied`, `Invalid`.
        """

    def decline_signature(self, *, document_id: UUID, role: SignerRole, why: Reason) -> None:
        """Give up the signature: the document goes back as if the device had failed.

        For whoever may sign. Refusals: `SignatureNotAwaited`, `SessionConflict` (a value is being
        checked), `KeyNotHeld`, `NotFound`, `Denied`, `Invalid`.
        """

    def get_signing_session(
        self, *, session_id: UUID, wait_seconds: WaitSeconds = 0
    ) -> SigningSession:
        """A session as it is now, or as soon as no worker has it in hand any more.

        For whoever may open it. Refusals: `KeyNotHeld`, `NotFound`, `Denied`, `Invalid`.
        """
