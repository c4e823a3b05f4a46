"""What intake alone must be told."""

from __future__ import annotations

from services.kernel.settings import Settings


class IntakeSettings(Settings, frozen=True, kw_only=True):
    """`gate_scanner` is where clamd listens (`tcp://host:port`, `unix:///path`); empty is none."""

    gate_scanner: str = ""
