"""Tracking's follower: `python -m services.tracking.follower`."""

from __future__ import annotations

from services.kernel import door
from services.kernel.following import run_follower
from services.kernel.settings import Settings
from services.tracking.application import build

ANNOUNCE_SECONDS = 60.0


def main() -> None:
    """Follow accounts, dispatch and intake, and announce due dossiers, until SIGTERM."""
    settings = door.begin("tracking-follower", Settings)
    tracking = build(settings)
    every = [(ANNOUNCE_SECONDS, tracking.announce_due_dossiers)]
    run_follower(tracking, settings, every=every)


if __name__ == "__main__":
    main()
