"""Fire: SIGKILL to one process or machine of a house after another, while others work in it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable

from infra.local.ground import Ground
from infra.local.house import House
from infra.local.machine import NotReady
from tests.conftest import until

FULL = os.environ.get("VANBAN_TEST_FIRE") == "full"
"""Whether all of it burns (`make fire`), or a part small enough for every change."""
SERVERS = ("postgres", "rabbitmq", "s3", "authority")


class Fire:
    """Each `spark` kills what `aim` names next, in a thread of its own; `killed` is in order."""

    def __init__(self, house: House, aim: Callable[[], str | None]) -> None:
        self._house, self._aim = house, aim
        self._sparks = threading.Semaphore(0)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._burn, name="fire", daemon=True)
        self.killed: list[str] = []

    def __enter__(self) -> Fire:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._sparks.release()
        self._thread.join()

    def spark(self) -> None:
        """Kill the next one, at once."""
        self._sparks.release()

    def _burn(self) -> None:
        while self._sparks.acquire() and not self._end.is_set():
            name = self._aim()
            if name is not None and self._house.pid(name) is not None:
                self._house.kill(name)
                self.killed.append(name)


class Rounds:
    """Aims at each name in turn, round after round; a name that is down is aimed at again."""

    def __init__(self, house: House, names: Iterable[str]) -> None:
        self._house, self._names = house, list(names)

    def __call__(self) -> str | None:
        for name in self._names:
            if self._house.pid(name) is not None:
                self._names.remove(name)
                self._names.append(name)
                return name
        return None


class Pauses:
    """The longest time between two beats, in seconds."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self.longest = 0.0

    def beat(self) -> None:
        """Something went on."""
        now = time.monotonic()
        self.longest, self._last = max(self.longest, now - self._last), now


def wait_until_all_is_well(ground: Ground, house: House, seconds: float) -> None:
    """Every machine does its work and every process is ready."""
    until(lambda: all(_works(ground, name) for name in SERVERS), seconds)
    until(lambda: all(house.is_ready(name) for name in house.health_ports), seconds)


def _works(ground: Ground, name: str) -> bool:
    try:
        ground.check(name)
    except NotReady:
        return False
    return True
