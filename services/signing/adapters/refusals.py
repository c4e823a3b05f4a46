"""Why a PDF is not prepared, signed or sealed: one class a reason, with a stable ``code``.

A document that is merely bad is a verdict of verification, never one of these.
"""

from typing import ClassVar


class SigningRefused(Exception):
    """A signing act is refused; ``code`` is stable, ``data`` (plain types) says about what."""

    code: ClassVar[str] = "SIGNING_REFUSED"

    def __init__(self, **data: str | int | float) -> None:
        self.data = data
        super().__init__(self.code + "".join(f" {name}={value}" for name, value in data.items()))


class EmptyFile(SigningRefused):
    """The file has no bytes."""

    code = "EMPTY_FILE"


class NotAPdf(SigningRefused):
    """Only a PDF is signed; anything else is converted first (R4.4b)."""

    code = "NOT_A_PDF"


class LeadingBytes(SigningRefused):
    """Something stands before ``%PDF-``: another file could hide in it."""

    code = "LEADING_BYTES"


class TooLarge(SigningRefused):
    """The file is larger than the limit."""

    code = "TOO_LARGE"


class Encrypted(SigningRefused):
    """The file is locked by a password."""

    code = "ENCRYPTED"


class Unparsable(SigningRefused):
    """The file says it is a PDF and cannot be read as one."""

    code = "UNPARSABLE"


class HybridNeedsNormalising(SigningRefused):
    """The file carries two cross-reference lists at once and is not yet rewritten with one."""

    code = "HYBRID_NEEDS_NORMALISING"


class AlreadySigned(SigningRefused):
    """A signed file is not prepared any more: that would change what was signed."""

    code = "ALREADY_SIGNED_CANNOT_NORMALISE"


class FieldExists(SigningRefused):
    """The file already has a field of the name that preparation creates."""

    code = "FIELD_EXISTS"


class FieldMissing(SigningRefused):
    """The file was not prepared: the field to sign or to fill is not there."""

    code = "FIELD_MISSING"


class FieldAlreadySigned(SigningRefused):
    """This signature is there already."""

    code = "FIELD_ALREADY_SIGNED"


class PlacementOffPage(SigningRefused):
    """A field would lie outside its page, or the page does not exist."""

    code = "PLACEMENT_OFF_PAGE"


class GlyphMissing(SigningRefused):
    """A letter of the text to be printed is not in the field's typeface."""

    code = "GLYPH_MISSING"


class TextTooWide(SigningRefused):
    """The text does not fit its field even in the smallest size."""

    code = "TEXT_TOO_WIDE"


class ImageNotTransparent(SigningRefused):
    """The picture of a signature or a seal must be a PNG with a transparent background."""

    code = "IMAGE_NOT_TRANSPARENT"


class KeyCertMismatch(SigningRefused):
    """The private key is not the one of the certificate."""

    code = "KEY_CERT_MISMATCH"


class SignerRoleWrong(SigningRefused):
    """A leader signs with a person's certificate, an agency with its own, by our directory."""

    code = "SIGNER_ROLE_WRONG"


class SignerCertExpired(SigningRefused):
    """The signer's certificate has run out."""

    code = "SIGNER_CERT_EXPIRED"


class SignerCertNotYetValid(SigningRefused):
    """The signer's certificate is not valid yet."""

    code = "SIGNER_CERT_NOT_YET_VALID"


class SignerCertRevoked(SigningRefused):
    """The signer's certificate was revoked."""

    code = "SIGNER_CERT_REVOKED"


class SignerCertPurpose(SigningRefused):
    """The signer's certificate, or its key, is not good for signing documents."""

    code = "SIGNER_CERT_PURPOSE"


class SignerCertUntrusted(SigningRefused):
    """The signer's certificate does not lead to a trusted root."""

    code = "SIGNER_CERT_UNTRUSTED"


class RevocationUnavailable(SigningRefused):
    """Whether the signer's certificate was revoked is not known: no current list at hand."""

    code = "REVOCATION_UNAVAILABLE"


class TsaUnavailable(SigningRefused):
    """The time stamping authority did not answer."""

    code = "TSA_UNAVAILABLE"


class SignatureValueInvalid(SigningRefused):
    """What the key returned is not a signature of its certificate."""

    code = "SIGNATURE_VALUE_INVALID"


class ContainerTooSmall(SigningRefused):
    """The signature does not fit the space reserved for it."""

    code = "CONTAINER_TOO_SMALL"


class LeaderSignatureMissing(SigningRefused):
    """An agency seals only what a competent person has validly signed (R9.2b-2, N30-32/33)."""

    code = "LEADER_SIGNATURE_MISSING"


class SelfCheckFailed(SigningRefused):
    """The signed file did not pass our own verification, so it is not let out."""

    code = "SELF_CHECK_FAILED"


class TooManyObjects(SigningRefused):
    """The file announces more objects than the limit, or than it could hold."""

    code = "TOO_MANY_OBJECTS"


class FieldAlreadyFilled(SigningRefused):
    """The number or the date stands in the file already."""

    code = "FIELD_ALREADY_FILLED"


class PictureTooLarge(SigningRefused):
    """The picture in its real size does not fit the place prepared for it."""

    code = "PICTURE_TOO_LARGE"


class KeyMissing(SigningRefused):
    """No key of this holder is kept here."""

    code = "TOKEN_NOT_FOUND"


class TooManyRevisions(SigningRefused):
    """The file was updated more often than the limit."""

    code = "TOO_MANY_REVISIONS"


class TooManySignatures(SigningRefused):
    """The file holds more signatures than the limit."""

    code = "TOO_MANY_SIGNATURES"


class ResourceLimit(SigningRefused):
    """Reading the file takes more memory than one file may have."""

    code = "RESOURCE_LIMIT"


class NestingTooDeep(SigningRefused):
    """The file nests its objects deeper than can be followed."""

    code = "NESTING_TOO_DEEP"
