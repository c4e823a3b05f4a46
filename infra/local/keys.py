"""Keys of a ground, made once: the pair that signs and verifies caller tokens, and the test PKI."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from infra.local import pki
from infra.local.machine import private_folder


def token_private_key_file(folder: Path) -> Path:
    """Where the Ed25519 key lies that signs caller tokens: for accounts only."""
    return folder / "keys" / "token.private.pem"


def token_public_key_file(folder: Path) -> Path:
    """Where the key lies that verifies caller tokens."""
    return folder / "keys" / "token.public.pem"


def pki_folder(folder: Path) -> Path:
    """Where trust anchors and software keys lie: for signing only."""
    return folder / "pki"


def make(folder: Path) -> None:
    """Make all keys that are not there yet."""
    private_folder(folder / "keys")
    if not token_private_key_file(folder).exists():
        private, public = pair()
        _write(token_public_key_file(folder), public)
        _write(token_private_key_file(folder), private)
    pki.make(pki_folder(folder))


def pair() -> tuple[bytes, bytes]:
    """A new Ed25519 pair in PEM: the private key, and the one that proves what it signed."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), public


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
