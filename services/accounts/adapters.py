"""The password hash held by accounts: argon2id."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)
"""19 MiB, two passes, one lane: one of OWASP's equal choices, the kindest to an answering door."""

_NOBODY = _HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The argon2id hash to keep."""
    return _HASHER.hash(password)


def password_fits(password: str, kept: str | None) -> bool:
    """Whether the password is the kept one; takes as long where nobody is known by that name."""
    try:
        return _HASHER.verify(kept or _NOBODY, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
