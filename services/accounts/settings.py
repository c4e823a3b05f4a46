"""What accounts alone must be told."""

from __future__ import annotations

from pathlib import Path

from services.kernel.settings import Settings


class AccountsSettings(Settings, frozen=True, kw_only=True):
    """The key that signs tokens, and the secret of the first operator."""

    token_private_key_file: Path
    operator_secret: str
