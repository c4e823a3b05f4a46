"""What signing alone must be told."""

from __future__ import annotations

from pathlib import Path

from services.kernel.settings import Settings


class SigningSettings(Settings, frozen=True, kw_only=True):
    """The folder with trust anchors, revocation lists and, for development, software keys.

    `report_seal` names the holder whose key seals reports, e.g. `agency:H47.VB`; none: unsealed.
    """

    pki_dir: Path
    report_seal: str = ""
