"""Whom dispatch follows: accounts, and signing and tracking for what became of its documents."""

from __future__ import annotations

from services.dispatch.application import build
from services.kernel import door
from services.kernel.following import run_follower
from services.kernel.settings import Settings


def main() -> None:
    """Follow until SIGTERM."""
    settings = door.begin("dispatch-follower", Settings)
    run_follower(build(settings), settings)


if __name__ == "__main__":
    main()
