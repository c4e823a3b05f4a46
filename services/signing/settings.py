"""What signing alone must be told."""

from __future__ import annotations

from pathlib import Path

from services.kernel.settings import Settings


class SigningSettings(Settings, frozen=True, kw_only=True):
    """The folder with the index of keys, the time stamping authority, and who seals reports.

    `tsa_seconds` bound all tries for one stamp; `tsa_policy` is the one its stamps must be under,
    none where empty; at most `tsa_turns` requests are open at once over the whole house.
    Revocation lists are fetched anew every `revocation_refresh` seconds. `report_seal` names the
    holder whose key seals reports, e.g. `agency:H47.VB`; none: unsealed.
    """

    pki_dir: Path
    tsa_url: str
    tsa_seconds: float = 180.0
    tsa_policy: str = "2.16.704.1.1.1.2"
    tsa_turns: int = 4
    revocation_refresh: float = 3600.0
    report_seal: str = ""
