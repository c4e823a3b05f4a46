"""Processes of the tests on the ground, ready when they say so."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from uuid import uuid4

from infra.local.ground import Ground
from infra.local.house import ROOT
from infra.local.processes import Child, free_ports
from infra.local.readiness import answers_ready
from infra.local.world import World
from services.kernel.client import Client
from tests.conftest import until
from tests.kernel.counter import Counting

COUNTERS = "tests.kernel.door"


@dataclass
class Door:
    """A process and where it tells how it is."""

    child: Child
    health_port: int

    @property
    def pid(self) -> int | None:
        """The process that runs now; nobody starts another."""
        return self.child.pid

    @property
    def log(self) -> str:
        """What it said."""
        return self.child.log.read_text()

    def is_ready(self) -> bool:
        """Whether it says that it is ready."""
        return answers_ready(self.health_port)

    def waits_for(self, check: str) -> bool:
        """Whether it lives and says that this check is not true yet."""
        with suppress(OSError, HTTPException):
            return check in get(self.health_port, "/readyz")[1]
        return False

    def tell_to_end(self, times: int = 1) -> None:
        """Send SIGTERM, and do not wait."""
        for _ in range(times):
            if self.child.process is not None:
                self.child.process.send_signal(signal.SIGTERM)

    def metrics(self) -> str:
        """What it counts."""
        return get(self.health_port, "/metrics")[1]


def get(port: int, path: str) -> tuple[int, str]:
    """Status and body of a page of a health server."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    with closing(connection):
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@contextmanager
def opened(
    ground: Ground, world: World, *module: str, ready: bool = True, **environment: str
) -> Iterator[Door]:
    """A process that runs `python -m <module> <service>`; the last word says whose it is."""
    service, (port,) = module[-1], free_ports(1)
    told = {
        "HOME": str(ground.folder),
        **world.environment(service),
        "VANBAN_HEALTH_PORT": str(port),
        **environment,
    }
    log = ground.folder / "logs" / f"{service}-{uuid4().hex[:8]}.log"
    door = Door(Child(service, [sys.executable, "-m", *module], log, told, folder=ROOT), port)
    door.child.start()
    try:
        if ready:
            until(lambda: door.is_ready() or door.pid is None, 60)
            assert door.pid is not None, door.log
        yield door
    finally:
        door.child.stop(15)


def counting(client: Client, service: str = "dispatch") -> Counting:
    """The counters behind a door, as their promise."""
    return client.service(Counting, service)  # type: ignore[type-abstract]
