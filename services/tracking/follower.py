"""Tracking's follower: `python -m services.tracking.follower`."""

from __future__ import annotations

from functools import partial
from threading import Thread

from services.kernel import door
from services.kernel.client import Client
from services.kernel.events import read_page
from services.kernel.follower import Follower, reader
from services.kernel.following import run_follower
from services.kernel.prompts import Listener
from services.kernel.settings import Settings
from services.kernel.view import ViewLog
from services.tracking.application import Tracking, build

CALENDAR_SECONDS = 60.0
ALARM_SECONDS = 5.0
NOTICED = ("dispatch", "reporting")
"""Whose events become notices, beside tracking's own."""


def lists_of(tracking: Tracking, settings: Settings) -> Follower:
    """The loop that keeps tracking's lists."""
    client, name = Client(settings.broker_url, timeout=5), Tracking.name
    own = partial(read_page, tracking, name, Tracking.tells)
    sources = {name: own} | {source: reader(client, source) for source in NOTICED}
    return Follower(
        name=f"{name}-lists",
        sources=sources,
        log=ViewLog(tracking.tables),
        listener=Listener(settings.broker_url, f"{name}-lists", sources),
    )


def end_unless_alive(beside: Thread) -> None:
    """A process whose lists stand still ends, and is started anew."""
    if not beside.is_alive():
        raise SystemExit("the loop of the lists ended")


def main() -> None:
    """Follow accounts, dispatch and intake, do what is due, and keep the lists, until SIGTERM."""
    settings = door.begin("tracking-follower", Settings)
    tracking = build(settings)
    lists = lists_of(tracking, settings)
    beside = Thread(target=lists.run, daemon=True)
    beside.start()
    every = [(CALENDAR_SECONDS, tracking.announce_due_dossiers)]
    every += [(CALENDAR_SECONDS, tracking.remind_of_tasks)]
    every += [(ALARM_SECONDS, tracking.raise_due_alarms)]
    every += [(ALARM_SECONDS, partial(end_unless_alive, beside))]
    run_follower(tracking, settings, every)
    lists.stop()
    beside.join(timeout=5)


if __name__ == "__main__":
    main()
