# mypy: allow-untyped-calls
"""How keys sign: which algorithm a certificate's key takes, and whether a value is one of its own.

What a key returns is checked against the certificate before it goes into a document, whatever
device it came from: a token with the wrong key signs without complaint.
"""

from typing import Final

from asn1crypto import algos
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from contracts.signing.sessions import SignatureAlgorithm
from services.signing.adapters import refusals

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey

HASHES: Final[dict[SignatureAlgorithm, hashes.HashAlgorithm]] = {
    SignatureAlgorithm.RSA_SHA256: hashes.SHA256(),
    SignatureAlgorithm.RSA_PSS_SHA256: hashes.SHA256(),
    SignatureAlgorithm.ECDSA_SHA256: hashes.SHA256(),
    SignatureAlgorithm.ECDSA_SHA384: hashes.SHA384(),
    SignatureAlgorithm.ECDSA_SHA512: hashes.SHA512(),
    SignatureAlgorithm.ED25519: hashes.SHA512(),
}
"""The digest of the document and of what is signed (Ed25519: RFC 8419)."""

_OF_CURVE: Final = {
    "secp256r1": SignatureAlgorithm.ECDSA_SHA256,
    "secp384r1": SignatureAlgorithm.ECDSA_SHA384,
    "secp521r1": SignatureAlgorithm.ECDSA_SHA512,
}
_PLAIN_NAMES: Final = {
    SignatureAlgorithm.RSA_SHA256: "sha256_rsa",
    SignatureAlgorithm.ECDSA_SHA256: "sha256_ecdsa",
    SignatureAlgorithm.ECDSA_SHA384: "sha384_ecdsa",
    SignatureAlgorithm.ECDSA_SHA512: "sha512_ecdsa",
    SignatureAlgorithm.ED25519: "ed25519",
}


def algorithm_of(certificate: asn1.Certificate, *, pss: bool = False) -> SignatureAlgorithm:
    """The algorithm for a certificate's key; ``pss`` prefers that padding for RSA.

    Refuses a kind of key that signs no documents here.
    """
    key = public_key(certificate)
    if isinstance(key, ed25519.Ed25519PublicKey):
        return SignatureAlgorithm.ED25519
    if isinstance(key, ec.EllipticCurvePublicKey):
        if key.curve.name not in _OF_CURVE:
            raise refusals.SignerCertPurpose(holder=_name(certificate), key=key.curve.name)
        return _OF_CURVE[key.curve.name]
    pss = pss or certificate.public_key.algorithm == "rsassa_pss"
    return SignatureAlgorithm.RSA_PSS_SHA256 if pss else SignatureAlgorithm.RSA_SHA256


def public_key(certificate: asn1.Certificate) -> PublicKey:
    """The certificate's key; refuses a kind that signs no documents here."""
    key = x509.load_der_x509_certificate(certificate.dump()).public_key()
    if not isinstance(key, PublicKey):
        raise refusals.SignerCertPurpose(holder=_name(certificate), key=type(key).__name__)
    return key


def digest_name(algorithm: SignatureAlgorithm) -> str:
    """The digest's name, as ``hashlib`` knows it."""
    return HASHES[algorithm].name


def in_cms(algorithm: SignatureAlgorithm) -> algos.SignedDigestAlgorithm:
    """The algorithm as a signature names it (RFC 5652); PSS with a salt as long as the digest."""
    if algorithm is not SignatureAlgorithm.RSA_PSS_SHA256:
        return algos.SignedDigestAlgorithm({"algorithm": _PLAIN_NAMES[algorithm]})
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    mask = algos.MaskGenAlgorithm({"algorithm": "mgf1", "parameters": sha256})
    salt = HASHES[algorithm].digest_size
    parameters = {"hash_algorithm": sha256, "mask_gen_algorithm": mask, "salt_length": salt}
    return algos.SignedDigestAlgorithm(
        {"algorithm": "rsassa_pss", "parameters": algos.RSASSAPSSParams(parameters)}
    )


def rsa_padding(algorithm: SignatureAlgorithm) -> padding.AsymmetricPadding:
    """The padding of an RSA signature."""
    if algorithm is not SignatureAlgorithm.RSA_PSS_SHA256:
        return padding.PKCS1v15()
    return padding.PSS(padding.MGF1(HASHES[algorithm]), HASHES[algorithm].digest_size)


def check_value(
    certificate: asn1.Certificate, algorithm: SignatureAlgorithm, value: bytes, content: bytes
) -> None:
    """Refuses a signature value that is not one of the certificate's key over ``content``."""
    key = public_key(certificate)
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(value, content, rsa_padding(algorithm), HASHES[algorithm])
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(value, content, ec.ECDSA(HASHES[algorithm]))
        else:
            key.verify(value, content)
    except InvalidSignature as failure:
        raise refusals.SignatureValueInvalid() from failure


def _name(certificate: asn1.Certificate) -> str:
    return str(certificate.subject.human_friendly)
