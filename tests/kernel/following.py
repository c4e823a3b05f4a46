"""A follower of counters, as a process: `python -m tests.kernel.following tracking`."""

from __future__ import annotations

from services.kernel import door
from services.kernel.application import in_postgres
from services.kernel.following import run_follower
from services.kernel.settings import Settings
from tests.kernel.counter import Counters


def main() -> None:
    """Follow until SIGTERM."""
    settings = door.begin("tracking-follower", Settings)
    run_follower(Counters(in_postgres(settings.database_url)), settings)


if __name__ == "__main__":
    main()
