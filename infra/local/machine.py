"""What a machine of the ground is: children to start, one real operation that proves it works."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from infra.local.processes import STOP_SECONDS, Child

START_SECONDS = 60.0
STARTS = 8


class NotReady(Exception):
    """The machine does not do its work (yet); the text says what it answered."""


class Machine(Protocol):
    """PostgreSQL, RabbitMQ, an S3 server, an authority, the axis. The last child is the server."""

    name: str

    @property
    def children(self) -> Sequence[Child]:
        """Its processes, in the order they start; none when someone else runs the machine."""

    def prepare(self) -> None:
        """Write its files, if this is the first time."""

    def check(self) -> None:
        """Do one real operation; raise `NotReady` if it fails."""

    def open(self) -> None:
        """Make it ready for worlds once it works: roles, switches; harmless when repeated."""


def start(machine: Machine) -> None:
    """Start what does not run, until `check` passes; raise `NotReady` with its last words.

    A server may end at once when its killed predecessor has not quite gone: it is tried again.
    """
    until = time.monotonic() + START_SECONDS
    for _ in range(STARTS):
        for child in machine.children:
            if not child.is_running:
                child.start()
        if _works(machine, until):
            return
        time.sleep(0.2)
    words = [child.last_words() for child in machine.children]
    raise NotReady(f"{machine.name} does not start:\n" + "\n".join(words))


def _works(machine: Machine, until: float) -> bool:
    """Wait for the first passed check; False when a child ended meanwhile."""
    while True:
        try:
            machine.check()
            return True
        except NotReady:
            if time.monotonic() > until:
                raise
        if not all(child.is_running for child in machine.children):
            return False
        time.sleep(0.05)


def stop(machine: Machine, seconds: float = STOP_SECONDS) -> None:
    """Stop the server politely, then what it stood on; kill what is left after so many seconds."""
    for child in reversed(machine.children):
        child.stop(seconds)


def kill(machine: Machine) -> None:
    """SIGKILL to the server process, as a fault would."""
    for child in machine.children[-1:]:
        child.kill()


def is_running(machine: Machine) -> bool:
    """Whether all its processes are alive."""
    return all(child.is_running for child in machine.children)


def private_folder(path: Path) -> Path:
    """Make a folder only its owner may enter (0700)."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path
