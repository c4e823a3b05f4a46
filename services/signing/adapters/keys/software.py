# mypy: allow-untyped-calls
"""Software keys for development: a private key parsed once, its certificate, and who holds it.

What a key returns is checked against the certificate before it goes into a document, whatever
device it came from: a token with the wrong key signs without complaint.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from asn1crypto import pem
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.sign.signers import Signer

from services.signing.adapters import refusals
from services.signing.adapters.appearance.picture import Picture

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class SigningKey:
    """A private key that belongs to its certificate; made by ``load_key`` or ``signing_key``."""

    holder: str
    private: PrivateKey
    certificate: asn1.Certificate

    def sign(self, content: bytes) -> bytes:
        """A signature over ``content`` (SHA-256), verified against the certificate."""
        if isinstance(self.private, rsa.RSAPrivateKey):
            value = self.private.sign(content, padding.PKCS1v15(), hashes.SHA256())
        else:
            value = self.private.sign(content, ec.ECDSA(hashes.SHA256()))
        check_value(self.certificate, value, content)
        return value


def check_value(certificate: asn1.Certificate, value: bytes, content: bytes) -> None:
    """Refuses a signature value that is not one of the certificate's key over ``content``."""
    public = x509.load_der_x509_certificate(certificate.dump()).public_key()
    try:
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(value, content, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(value, content, ec.ECDSA(hashes.SHA256()))
        else:
            raise refusals.SignerCertPurpose(key=type(public).__name__)
    except InvalidSignature as failure:
        raise refusals.SignatureValueInvalid() from failure


def signing_key(holder: str, key_pem: bytes, certificate_pem: bytes) -> SigningKey:
    """Parse a key and its certificate once; refuses a pair that does not belong together."""
    private = serialization.load_pem_private_key(key_pem, password=None)
    if not isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise refusals.SignerCertPurpose(key=type(private).__name__)
    certificate = x509.load_pem_x509_certificate(certificate_pem)
    if private.public_key() != certificate.public_key():
        raise refusals.KeyCertMismatch(holder=holder)
    return SigningKey(holder, private, load_certificates(certificate_pem)[0])


@lru_cache(maxsize=256)
def load_key(folder: Path, holder: str) -> SigningKey:
    """The key of a holder (``person:…``, ``agency:…``) from a folder with ``keys.json``."""
    entry = _entry(folder, holder)
    key, certificate = (folder / entry[part] for part in ("key", "certificate"))
    return signing_key(holder, key.read_bytes(), certificate.read_bytes())


@lru_cache(maxsize=256)
def load_picture(folder: Path, holder: str) -> Picture:
    """The picture of a holder from a folder with ``keys.json``."""
    entry = _entry(folder, holder)
    png = (folder / entry["picture"]).read_bytes()
    return Picture(png, entry["width_mm"], entry["height_mm"])


def load_certificates(pem_bytes: bytes) -> list[asn1.Certificate]:
    """The certificates of a PEM file."""
    return [asn1.Certificate.load(der) for _, _, der in pem.unarmor(pem_bytes, multiple=True)]


class HeldSigner(Signer):
    """pyHanko's signer over a key that was parsed once and whose values are checked."""

    def __init__(self, key: SigningKey) -> None:
        super().__init__(signing_cert=key.certificate)
        self._key = key

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """The signature value over the signed attributes; only SHA-256 is used here."""
        if digest_algorithm != "sha256":
            raise refusals.SignerCertPurpose(digest=digest_algorithm)
        return self._key.sign(data)


def _entry(folder: Path, holder: str) -> dict[str, Any]:
    holders = json.loads((folder / "keys.json").read_text(encoding="utf-8"))["holders"]
    if holder not in holders:
        raise refusals.KeyMissing(holder=holder)
    entry: dict[str, Any] = holders[holder]
    return entry
