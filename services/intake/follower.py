"""Whom intake follows: dispatch for what arrives, signing for the verdicts."""

from __future__ import annotations

from services.intake.application import build
from services.kernel import door
from services.kernel.following import run_follower
from services.kernel.settings import Settings


def main() -> None:
    """Follow until SIGTERM."""
    settings = door.begin("intake-follower", Settings)
    run_follower(build(settings), settings)


if __name__ == "__main__":
    main()
