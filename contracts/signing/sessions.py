"""Words of signing with a device in the signer's own hands (thiết bị lưu khóa): two phases."""

from __future__ import annotations

from contracts.values import Coded


class SignatureAlgorithm(Coded):
    """How a key signs (thuật toán ký): the kind of key, the padding, the digest it takes."""

    RSA_SHA256 = "rsa_sha256", "RSA PKCS#1 v1.5, SHA-256", "RSA PKCS#1 v1.5 with SHA-256"
    RSA_PSS_SHA256 = "rsa_pss_sha256", "RSA-PSS, SHA-256", "RSA-PSS with SHA-256"
    ECDSA_SHA256 = "ecdsa_sha256", "ECDSA P-256, SHA-256", "ECDSA P-256 with SHA-256"
    ECDSA_SHA384 = "ecdsa_sha384", "ECDSA P-384, SHA-384", "ECDSA P-384 with SHA-384"
    ECDSA_SHA512 = "ecdsa_sha512", "ECDSA P-521, SHA-512", "ECDSA P-521 with SHA-512"
    ED25519 = "ed25519", "Ed25519 theo RFC 8032", "Ed25519 of RFC 8032"
