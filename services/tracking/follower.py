"""Tracking's follower: `python -m services.tracking.follower`."""

from __future__ import annotations

from services.kernel import door
from services.kernel.following import run_follower
from services.kernel.settings import Settings
from services.tracking.application import build


def main() -> None:
    """Follow dispatch and intake, until SIGTERM."""
    settings = door.begin("tracking-follower", Settings)
    run_follower(build(settings), settings)


if __name__ == "__main__":
    main()
