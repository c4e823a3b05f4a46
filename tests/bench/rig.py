"""What every benchmark is given: a ground of real machines, and how long to measure."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, Self

from infra.local.ground import Ground
from infra.local.house import ROOT
from infra.local.processes import PLAIN_ENVIRONMENT
from infra.local.world import World

STOP_SECONDS = 5.0


@dataclass(frozen=True)
class Rig:
    """`seconds` of one turn, `rounds` of turns; `tell` hears what is done."""

    ground: Ground
    seconds: float
    rounds: int
    tell: Callable[[str], None]

    @contextmanager
    def world(self, name: str) -> Iterator[World]:
        """A database, virtual host and bucket for one benchmark; dropped after it."""
        world = self.ground.new_world(f"bench-{name}")
        try:
            yield world
        finally:
            world.drop()

    @contextmanager
    def speaking(
        self, world: World, service: str, *module: str, more: dict[str, str] | None = None
    ) -> Iterator[Speaking]:
        """A process `python -m module…` with the environment of a service, spoken with by lines."""
        name = "-".join(module).replace("tests.bench.", "bench-")
        log = self.ground.folder / "logs" / f"{name}.log"
        environment = {"HOME": str(self.ground.folder), **world.environment(service)}
        with log.open("ab") as errors, Speaking(module, environment | (more or {}), errors) as it:
            yield it


class Speaking:
    """A process one speaks with: `[act, arguments…]` goes in as a line of JSON, its answer comes.

    It ends with its parent; what it has to complain about stands in its log.
    """

    def __init__(
        self, module: tuple[str, ...], environment: dict[str, str], errors: IO[bytes]
    ) -> None:
        self._name = module[-1]
        self._process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", sys.executable, "-m", *module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=ROOT,
            env=PLAIN_ENVIRONMENT | environment,
            text=True,
        )

    def hear(self) -> Any:
        """The next line it says; `RuntimeError` when it has ended."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._name} ended: its log says why")
        return json.loads(line)

    def ask(self, act: str, *arguments: object) -> Any:
        """Have it do an act."""
        assert self._process.stdin is not None
        print(json.dumps([act, *arguments]), file=self._process.stdin, flush=True)
        return self.hear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def say(word: object) -> None:
    """The speaking process says one thing."""
    print(json.dumps(word), flush=True)


def answer(acts: dict[str, Callable[..., object]]) -> None:
    """The speaking process does what it is asked, until nobody asks any more."""
    for line in sys.stdin:
        act, *arguments = json.loads(line)
        say(acts[act](*arguments))
