"""What a certificate (chứng thư số, X.509) says of itself, read without judging it."""

import hashlib
from datetime import datetime

from cryptography import x509
from msgspec import Struct

from contracts.signing import CertificateNotAuthority, CertificateUnreadable


class Certificate(Struct, frozen=True, kw_only=True):
    """Facts of a certificate; names as RFC 4514 writes them, the serial in hexadecimal, UTC."""

    fingerprint: str
    subject: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_until: datetime
    is_authority: bool


def read_certificate(der: bytes) -> Certificate:
    """The facts of a certificate in DER, or `CertificateUnreadable`."""
    fingerprint = hashlib.sha256(der).hexdigest()
    try:
        read = x509.load_der_x509_certificate(der)
        return Certificate(
            fingerprint=fingerprint,
            subject=read.subject.rfc4514_string(),
            issuer=read.issuer.rfc4514_string(),
            serial=format(read.serial_number, "x"),
            valid_from=read.not_valid_before_utc,
            valid_until=read.not_valid_after_utc,
            is_authority=_is_authority(read),
        )
    except ValueError as unreadable:
        raise CertificateUnreadable(sha256=fingerprint) from unreadable


def read_authority(der: bytes) -> Certificate:
    """The facts of a certification authority's certificate; refuses any other."""
    certificate = read_certificate(der)
    if not certificate.is_authority:
        raise CertificateNotAuthority(subject=certificate.subject)
    return certificate


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
