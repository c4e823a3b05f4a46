# mypy: allow-untyped-calls
"""Certificates and revocation lists as files bring them: PEM with one or several, or DER."""

from collections.abc import Iterator

from asn1crypto import crl, pem, x509

from services.signing.adapters.pdf.opening import LIBRARY_FAILURES


def certificates_in(content: bytes) -> list[bytes]:
    """The certificates of a file, each in DER; ValueError if none is there or one is unreadable."""
    return [_read(x509.Certificate, der) for der in _parts(content, "CERTIFICATE")]


def lists_in(content: bytes) -> list[bytes]:
    """The revocation lists of a file, each in DER; ValueError as above."""
    return [_read(crl.CertificateList, der) for der in _parts(content, "X509 CRL")]


def _parts(content: bytes, kind: str) -> Iterator[bytes]:
    if not pem.detect(content):
        yield content
        return
    parts = [der for name, _, der in pem.unarmor(content, multiple=True) if name == kind]
    if not parts:
        raise ValueError(f"no {kind}")
    yield from parts


def _read(kind: type[x509.Certificate | crl.CertificateList], der: bytes) -> bytes:
    try:
        kind.load(der, strict=True).native  # noqa: B018
    except LIBRARY_FAILURES as failure:
        raise ValueError(str(failure)) from None
    return der
