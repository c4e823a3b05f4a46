"""Tracking's follower: `python -m services.tracking.follower`."""

from __future__ import annotations

from services.kernel import door
from services.kernel.following import run_follower
from services.kernel.settings import Settings
from services.tracking.application import build

CALENDAR_SECONDS = 60.0
ALARM_SECONDS = 5.0


def main() -> None:
    """Follow accounts, dispatch and intake, do what is due, keep the lists, until SIGTERM."""
    settings = door.begin("tracking-follower", Settings)
    tracking = build(settings)
    due = (tracking.announce_due_dossiers, tracking.remind_of_tasks)
    every = [(CALENDAR_SECONDS, act) for act in due]
    every += [(0.0, tracking.catch_up), (ALARM_SECONDS, tracking.raise_due_alarms)]
    run_follower(tracking, settings, every=every, hears_itself=True)


if __name__ == "__main__":
    main()
