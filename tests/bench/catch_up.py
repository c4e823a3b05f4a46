"""Catching up: followers and views against the library's own runners, on the same log.

Ours asks the source for pages by RPC, as services do; the library reads the source's tables.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from eventsourcing.persistence import OperationalError
from eventsourcing.projection import EventSourcedProjectionRunner, ProjectionRunner

from infra.local.house import House
from infra.local.world import World
from services.kernel.application import in_postgres
from services.kernel.client import Client
from services.kernel.eventlog import EventLog
from services.kernel.follower import Follower, Log, reader
from services.kernel.prompts import Listener
from services.kernel.view import Tables, ViewLog
from tests.bench.cards import Cards, PeopleView
from tests.bench.directory import Directory, fill, forget
from tests.bench.hops import DOOR
from tests.bench.library import BareCards, BarePeople, BareProjection
from tests.bench.measure import Pace, Result, alternate
from tests.bench.notes import bare_postgres
from tests.bench.rig import Rig

AGENCIES = 3000
FOLLOWER, VIEW = "tracking", "reporting"
"""Whose place in the database and at the broker is used."""
LEAST_FOLLOWER, LEAST_VIEW = 5.0, 10.0
"""Ratios to reach."""


def run(rig: Rig) -> Iterator[Result]:
    """A line for the event-sourced follower, one for the view."""
    with rig.world("catch-up") as world, House(rig.ground, world, [DOOR]):
        directory = Directory(in_postgres(world.database_url("accounts")))
        rig.tell(f"catch-up: {fill(directory, AGENCIES):,} events are there")
        directory.close()
        cards = (partial(follow, world), partial(follow_bare, world))
        people = (partial(project, world), partial(project_bare, world))
        yield compare(rig, "follower", cards, "EventSourcedProjectionRunner", LEAST_FOLLOWER)
        yield compare(rig, "view", people, "ProjectionRunner", LEAST_VIEW)


def compare(
    rig: Rig, name: str, sides: tuple[Callable[[float], Pace], ...], against: str, least: float
) -> Result:
    """Ours and the library's in turn, each from the beginning of the log."""
    rig.tell(f"catch-up: {name}")
    ours, bare = alternate(rig.rounds, *(partial(side, rig.seconds) for side in sides))
    return Result(
        name=f"{name} catch-up",
        unit="events/s",
        against=against,
        ours=[pace.rate for pace in ours],
        baseline=[pace.rate for pace in bare],
        least=least,
        note=f"{ours[-1].count:,} events a round; baseline {bare[-1].count:,}",
    )


def follow(world: World, seconds: float) -> Pace:
    """The kernel's follower with its event log."""
    url = world.database_url(FOLLOWER)
    forget(url)
    with Cards(in_postgres(url)) as cards:
        return caught_up(world, FOLLOWER, EventLog(cards, cards.told), seconds)


def project(world: World, seconds: float) -> Pace:
    """The kernel's follower with a read table."""
    url = world.database_url(VIEW)
    forget(url)
    tables = Tables(url, [PeopleView()])
    try:
        return caught_up(world, VIEW, ViewLog(tables), seconds)
    finally:
        tables.close()


def caught_up(world: World, user: str, log: Log, seconds: float) -> Pace:
    """How fast the kernel's loop takes in the log of accounts."""
    with Client(world.broker_url(user), timeout=10) as client:
        source, counted = reader(client, "accounts"), Counted(log)
        source(0, 1)
        follower = Follower(user, {"accounts": source}, counted, Listener("", user, []))
        log.place("accounts")
        end = time.perf_counter() + seconds
        counted.pace.begin()
        while follower.step("accounts") and time.perf_counter() < end:
            pass
        return counted.pace


class Counted:
    """A log that counts what it takes."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.pace = Pace()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    def take(self, source: str, place: int, page: Any) -> None:
        """As ever, counted."""
        self._log.take(source, place, page)
        self.pace.end(len(page.events))


def follow_bare(world: World, seconds: float) -> Pace:
    """The library's runner of an event-sourced projection."""
    url = world.database_url(FOLLOWER)
    forget(url)
    env = both(world, BareCards.name, url)
    return timed(
        lambda: EventSourcedProjectionRunner(
            application_class=Directory, projection_class=BareCards, env=env
        ),
        seconds,
    )


def project_bare(world: World, seconds: float) -> Pace:
    """The library's runner of a projection."""
    url = world.database_url(VIEW)
    forget(url)
    env = both(world, BareProjection.name, url)
    return timed(
        lambda: ProjectionRunner(
            application_class=Directory,
            projection_class=BareProjection,
            view_class=BarePeople,
            env=env,
        ),
        seconds,
    )


def both(world: World, name: str, url: str) -> dict[str, str]:
    """Settings of the library: the source's store, and by its name the projection's own."""
    own = {f"{name.upper()}_{key}": value for key, value in bare_postgres(url).items()}
    return bare_postgres(world.database_url("accounts")) | own


def timed(build: Callable[[], Any], seconds: float) -> Pace:
    """Let a runner of the library run for so long.

    Leaving, it may close the pool that its own reader still uses: the figures are there by then.
    """
    runner = build()
    with suppress(OperationalError), runner:
        runner.run_forever(timeout=seconds)
    pace: Pace = runner.projection.pace
    return pace
