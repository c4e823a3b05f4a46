"""Secrets in files: read only where nobody but the owner may read them."""

from pathlib import Path

from services.signing.adapters import refusals

_OTHERS = 0o077


def read_secret(path: Path) -> bytes:
    """The bytes of a private key file; refuses one that others may read, or that is not there."""
    try:
        if path.stat().st_mode & _OTHERS:
            raise refusals.SecretExposed(file=path.name)
        return path.read_bytes()
    except OSError as failure:
        raise refusals.SecretMissing(file=path.name) from failure


def read_pin(path: Path) -> str:
    """A PIN or password: the first line of a file only its owner may read."""
    return read_secret(path).decode().partition("\n")[0].rstrip("\r")
