"""Reading another service's events: a page and the new place are one transaction.

A follower asks each source what is new after the place it remembers. Two followers of one kind at
once do no harm: the place moves by compare-and-set. It never skips: what is transient is tried
again; what is a defect is parked in the same transaction, with the later events of that aggregate,
until somebody unparks it.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from contracts.envelope import Page, Told
from contracts.errors import Refused, Unanswered, Unavailable
from services.kernel import telemetry
from services.kernel.broker import AWAY
from services.kernel.client import Client
from services.kernel.events import Read
from services.kernel.prompts import Listener

_LOG = logging.getLogger(__name__)
SMALLEST, USUAL, LARGEST = 1, 100, 500
SWEEP_SECONDS = 1.0


class PlaceMoved(Exception):
    """Another follower of this kind was faster; read again from the new place."""


TRANSIENT: tuple[type[Exception], ...] = (Unavailable, Unanswered, PlaceMoved, *AWAY)


class Log(Protocol):
    """Where a follower keeps what it learnt, and its place."""

    transient: tuple[type[Exception], ...]

    def place(self, source: str) -> int:
        """Last position taken in from a source; 0 before the first."""

    def take(self, source: str, place: int, page: Page) -> None:
        """Take a page in and move the place from `place` to `page.upto`, in one transaction.

        `PlaceMoved` when the place is no longer `place`.
        """

    def unpark(self, source: str, read: Read) -> None:
        """Read parked events again where somebody asked for it. `PlaceMoved` without a place."""

    def parked(self, source: str) -> int:
        """How many events of a source are parked."""


@dataclass
class Follower:
    """The loop. `every` are timers: seconds between runs, and what to do."""

    name: str
    sources: Mapping[str, Read]
    log: Log
    listener: Listener
    every: list[tuple[float, Callable[[], None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._passing: tuple[type[Exception], ...] = (Refused, *TRANSIENT, *self.log.transient)
        self._swept = time.monotonic()
        self._place: dict[str, int] = {}
        self._scanned: dict[str, int] = {}
        self._limit = dict.fromkeys(self.sources, USUAL)
        self._due = [0.0 for _ in self.every]
        self.reached: dict[str, bool] = dict.fromkeys(self.sources, False)

    def stop(self, *_: Any) -> None:
        """End after the page at hand."""
        self._stop.set()

    def run(self) -> None:
        """Until told to stop: sources with news first, all of them every second."""
        due = set(self.sources)
        while not self._stop.is_set():
            moved = {source for source in self.sources if source in due and self._read(source)}
            self._timers()
            due = self._next(moved)

    def _next(self, moved: set[str]) -> set[str]:
        """Sources that moved or rang; every second all of them, for a prompt that was lost."""
        heard = self.listener.wait(0 if moved or self._stop.is_set() else SWEEP_SECONDS)
        if time.monotonic() - self._swept < SWEEP_SECONDS:
            return moved | heard
        self._swept = time.monotonic()
        return set(self.sources)

    def _read(self, source: str) -> bool:
        """One page, unless told to stop; a source that cannot answer is asked again later."""
        if self._stop.is_set():
            return False
        try:
            moved = self.step(source)
            self.reached[source] = True
            return moved
        except self._passing as error:
            self._place.pop(source, None)
            smaller = self._limit[source] > SMALLEST  # at once: a smaller page may do
            self._limit[source] = max(self._limit[source] // 2, SMALLEST)
            _LOG.info("%s waits for %s (%s)", self.name, source, type(error).__name__)
            self._stop.wait(0.05)
            return smaller or isinstance(error, PlaceMoved)

    def step(self, source: str) -> bool:
        """One page of one source; whether there was something in it."""
        read = self.sources[source]
        if source not in self._place:
            self._place[source] = self._scanned[source] = self.log.place(source)
        self.log.unpark(source, read)
        limit = self._limit[source]
        page = read(self._scanned[source], limit)
        if page.events or page.upto - self._place[source] > LARGEST:
            self.log.take(source, self._place[source], page)
            self._place[source] = page.upto
        self._scanned[source] = page.upto
        self._limit[source] = min(max(limit * 2, USUAL), LARGEST)
        self._measure(source, page)
        return bool(page.events)

    def _measure(self, source: str, page: Page) -> None:
        telemetry.FOLLOWED.labels(self.name, source).inc(len(page.events))
        telemetry.LAG.labels(self.name, source).set(page.upto)
        telemetry.PARKED.labels(self.name, source).set(self.log.parked(source))

    def _timers(self) -> None:
        for index, (seconds, act) in enumerate(self.every):
            if time.monotonic() >= self._due[index]:
                self._due[index] = time.monotonic() + seconds
                try:
                    act()
                except (*TRANSIENT, *self.log.transient) as error:
                    _LOG.info("%s will try again (%s)", self.name, type(error).__name__)


def follow(follower: Follower) -> None:
    """Run a follower as this process, until SIGTERM."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, follower.stop)
    telemetry.HEALTH.ready_when(following=lambda: all(follower.reached.values()))
    follower.run()


def reader(client: Client, source: str) -> Read:
    """How to ask a service over the broker for its events."""
    asked = client.service(Told, source)  # type: ignore[type-abstract]
    return lambda after, limit: asked.read_events(after=after, limit=limit)
