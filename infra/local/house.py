"""The house: all of vanban's processes for one world, and one watcher that keeps them alive.

    with House(ground, world) as house:
        house.kill("intake")          # SIGKILL; the watcher starts it again
        house.status()

The machines of the ground are watched too and come back at their old ports.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Self

from infra.local.ground import Ground, side_by_side
from infra.local.processes import Child, free_ports
from infra.local.readiness import answers_ready
from infra.local.state import SERVICES
from infra.local.watch import Watch
from infra.local.world import World

ROOT = Path(__file__).parents[2]
FILE = "house.json"
FOLLOWERS = ("intake", "dispatch", "signing", "tracking", "reporting")
PASSED_ON = ("VANBAN_OTLP_ENDPOINT", "VANBAN_LOG_LEVEL", "VANBAN_CALENDAR_PROFILE")
READY_SECONDS = 60.0
STOP_SECONDS = 12.0


class NotUp(Exception):
    """A process did not become ready; the text holds its last words."""


@dataclass(frozen=True)
class Process:
    """One process of the house: whose environment it gets and the module it runs."""

    name: str
    service: str
    module: Sequence[str]


@dataclass(frozen=True)
class Row:
    """One line of the status; `since` in ISO 8601, `health_port` 0 for a machine."""

    name: str
    pid: int
    restarts: int
    since: str
    health_port: int


def all_processes(workers: int = 2) -> list[Process]:
    """Six doors, five followers, the gate's worker, the exchange's, so many that sign."""
    doors = [Process(s, s, ("services.kernel.runner", s)) for s in SERVICES]
    followers = [Process(f"{s}-follower", s, (f"services.{s}.follower",)) for s in FOLLOWERS]
    numbers = range(1, workers + 1)
    worker = ("services.signing.worker",)
    return [
        *doors,
        *followers,
        Process("intake-worker", "intake", ("services.intake.worker",)),
        Process("tracking-worker", "tracking", ("services.tracking.worker",)),
        *(Process(f"signing-worker-{number}", "signing", worker) for number in numbers),
    ]


class House:
    """The processes of one world on a running ground; `told_in` is a file that says what runs."""

    def __init__(
        self,
        ground: Ground,
        world: World,
        processes: Sequence[Process] | None = None,
        told_in: Path | None = None,
        tell: Callable[[str], None] = lambda line: None,
    ) -> None:
        self._ground, self._world, self._tell, self._told_in = ground, world, tell, told_in
        processes = all_processes() if processes is None else processes
        ports = free_ports(len(processes))
        self.health_ports = {p.name: port for p, port in zip(processes, ports, strict=True)}
        self._processes = [self._child(process) for process in processes]
        machines = [child for one in ground.machines.values() for child in one.children]
        self._watch = Watch([*machines, *self._processes], self._started_again)
        self._writing = threading.Lock()
        self._begun = False

    def _child(self, process: Process) -> Child:
        told = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        port = str(self.health_ports[process.name])
        environment = {
            "HOME": str(self._ground.folder),
            "PYTHONUNBUFFERED": "1",
            **told,
            **self._world.environment(process.service),
            "VANBAN_HEALTH_PORT": port,
        }
        log = self._ground.folder / "logs" / f"{process.name}.log"
        command = [sys.executable, "-m", *process.module]
        return Child(process.name, command, log, environment, folder=ROOT)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def begin(self) -> None:
        """Start all processes at once. They wait for the broker, so the ground may still start."""
        for child in self._processes:
            child.start()
        self._begun = True

    def start(self, seconds: float = READY_SECONDS) -> None:
        """Begin, unless begun, and wait until each process is ready; raise `NotUp`."""
        if not self._begun:
            self.begin()
        self._watch.start()
        self._write()
        try:
            until = time.monotonic() + seconds
            side_by_side(*(partial(self._await, child, until) for child in self._processes))
        except BaseException:
            self.stop()
            raise

    def _await(self, child: Child, until: float) -> None:
        while not answers_ready(self.health_ports[child.name]):
            if time.monotonic() > until:
                raise NotUp(f"{child.name} is not ready:\n{child.last_words()}")
            time.sleep(0.1)
        self._tell(f"{child.name} is ready")

    def stop(self) -> None:
        """SIGTERM to all at once, SIGKILL to whoever is there after the limit."""
        self._watch.stop()
        side_by_side(*(partial(child.stop, STOP_SECONDS) for child in self._processes))
        if self._told_in is not None:
            self._told_in.unlink(missing_ok=True)

    def kill(self, name: str) -> None:
        """SIGKILL to one process or machine; raise `KeyError` if there is none of this name."""
        self._watch.watched[name].child.kill()

    def pid(self, name: str) -> int | None:
        """The process id of what runs under a name now."""
        return self._watch.watched[name].child.pid

    def restarts(self, name: str) -> int:
        """How often it was started again."""
        return self._watch.watched[name].restarts

    def is_ready(self, name: str) -> bool:
        """Whether a process answers that it is ready."""
        return answers_ready(self.health_ports[name])

    def status(self) -> list[Row]:
        """One row for each process and machine."""
        return [
            Row(
                name=name,
                pid=watched.child.pid or 0,
                restarts=watched.restarts,
                since=watched.since.isoformat(timespec="seconds"),
                health_port=self.health_ports.get(name, 0),
            )
            for name, watched in self._watch.watched.items()
        ]

    def _started_again(self, child: Child) -> None:
        self._tell(f"{child.name} ended and was started again")
        self._write()

    def _write(self) -> None:
        """Tell other processes what runs."""
        if self._told_in is None:
            return
        rows = [asdict(row) for row in self.status()]
        with self._writing:
            fresh = self._told_in.with_suffix(".new")
            fresh.write_text(json.dumps({"world": self._world.name, "rows": rows}, indent=1))
            fresh.replace(self._told_in)
