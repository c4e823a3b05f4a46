"""Reporting's follower: `python -m services.reporting.follower`."""

from __future__ import annotations

from services.kernel import door
from services.kernel.following import run_view_follower
from services.kernel.settings import Settings
from services.kernel.view import ViewLog
from services.reporting.application import build

ESCALATE_SECONDS = 5.0


def main() -> None:
    """Keep the views, and escalate what is late, until SIGTERM."""
    settings = door.begin("reporting-follower", Settings)
    reporting = build(settings)
    log = ViewLog(reporting.tables)
    every = [(ESCALATE_SECONDS, reporting.escalate_everywhere)]
    run_view_follower(reporting, reporting.sources, log, settings, every)


if __name__ == "__main__":
    main()
