# mypy: allow-untyped-calls
"""Software keys, for development: in PEM files or a PKCS#12 file, parsed once."""

from dataclasses import dataclass

from asn1crypto import pem
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from contracts.signing.sessions import SignatureAlgorithm
from services.signing.adapters import refusals
from services.signing.adapters.keys.algorithms import (
    HASHES,
    algorithm_of,
    check_value,
    public_key,
    rsa_padding,
)

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


@dataclass(frozen=True)
class SoftwareKey:
    """A private key in this process's memory; made by ``signing_key`` or ``key_of_pkcs12``."""

    holder: str
    private: PrivateKey
    certificate: asn1.Certificate
    algorithm: SignatureAlgorithm

    def sign(self, content: bytes) -> bytes:
        """A signature value over ``content``, verified against the certificate."""
        digest = HASHES[self.algorithm]
        if isinstance(self.private, rsa.RSAPrivateKey):
            value = self.private.sign(content, rsa_padding(self.algorithm), digest)
        elif isinstance(self.private, ec.EllipticCurvePrivateKey):
            value = self.private.sign(content, ec.ECDSA(digest))
        else:
            value = self.private.sign(content)
        check_value(self.certificate, self.algorithm, value, content)
        return value


def signing_key(
    holder: str, key_pem: bytes, certificate_pem: bytes, *, pss: bool = False
) -> SoftwareKey:
    """Parse a key and its certificate once; refuses a pair that does not belong together."""
    private = serialization.load_pem_private_key(key_pem, password=None)
    return _pair(holder, private, load_certificates(certificate_pem)[0], pss)


def key_of_pkcs12(
    holder: str, content: bytes, password: bytes | None, *, pss: bool = False
) -> SoftwareKey:
    """The key and certificate of a PKCS#12 file; refuses a wrong password or a file without."""
    try:
        private, certificate, _ = pkcs12.load_key_and_certificates(content, password)
    except ValueError as failure:
        raise refusals.TokenPin(holder=holder) from failure
    if private is None or certificate is None:
        raise refusals.KeyMissing(holder=holder)
    own = asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
    return _pair(holder, private, own, pss)


def _pair(holder: str, private: object, certificate: asn1.Certificate, pss: bool) -> SoftwareKey:
    algorithm = algorithm_of(certificate, pss=pss)
    if not isinstance(private, PrivateKey):
        raise refusals.SignerCertPurpose(holder=holder, key=type(private).__name__)
    if private.public_key() != public_key(certificate):
        raise refusals.KeyCertMismatch(holder=holder)
    return SoftwareKey(holder, private, certificate, algorithm)


def load_certificates(pem_bytes: bytes) -> list[asn1.Certificate]:
    """The certificates of a PEM file."""
    return [asn1.Certificate.load(der) for _, _, der in pem.unarmor(pem_bytes, multiple=True)]
