"""A running house seen from another process: who holds it, what runs, how to stop it."""

import fcntl
import json
import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from infra.local.ground import LOCK, Ground
from infra.local.house import FILE, ROOT, Row
from infra.local.machine import NotReady
from infra.local.readiness import answers_ready
from infra.local.state import State
from infra.local.world import World

DEFAULT_FOLDER = ROOT / ".vanban"
STOP_SECONDS = 40.0


class NotRunning(Exception):
    """Nothing runs in this data folder."""


@dataclass(frozen=True)
class Line:
    """A row of the status and whether its process or machine does its work now."""

    row: Row
    ready: bool


def supervisor_of(folder: Path) -> int | None:
    """The process id of who holds the folder; None when nobody does."""
    try:
        with (folder / LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return None
    except FileNotFoundError:
        return None
    except BlockingIOError:
        written = (folder / LOCK).read_text()
        return int(written) if written.isdigit() else None


def world_of(folder: Path) -> World:
    """The world of the running house; raise `NotRunning`."""
    return World(folder, State.load(folder), str(_told(folder)["world"]))


def rows_of(folder: Path) -> list[Row]:
    """What runs; raise `NotRunning`."""
    rows = _told(folder)["rows"]
    assert isinstance(rows, list)
    return [Row(**row) for row in rows]


def status_of(folder: Path) -> list[Line]:
    """What runs and whether each does its work; raise `NotRunning`."""
    rows = rows_of(folder)
    ground = Ground(folder, s3_url=State.load(folder).s3_admin_url).attach()
    return [Line(row, _is_ready(row, ground)) for row in rows]


def kill(folder: Path, name: str) -> Row:
    """SIGKILL to one process or machine; raise `NotRunning`, or `KeyError` if none is so named."""
    row = {row.name: row for row in rows_of(folder)}[name]
    with suppress(ProcessLookupError):
        os.kill(row.pid, signal.SIGKILL)
    return row


def stop(folder: Path, seconds: float = STOP_SECONDS) -> bool:
    """Stop the house that runs in the folder; False when none did."""
    supervisor = supervisor_of(folder)
    if supervisor is None:
        return False
    os.kill(supervisor, signal.SIGTERM)
    until = time.monotonic() + seconds
    while supervisor_of(folder) == supervisor:
        if time.monotonic() > until:
            os.kill(supervisor, signal.SIGKILL)
        time.sleep(0.05)
    return True


def _told(folder: Path) -> dict[str, object]:
    if supervisor_of(folder) is None or not (folder / FILE).exists():
        raise NotRunning(f"nothing runs in {folder}: start it with `vanban up`")
    told: dict[str, object] = json.loads((folder / FILE).read_text())
    return told


def _is_ready(row: Row, ground: Ground) -> bool:
    if row.health_port:
        return answers_ready(row.health_port)
    if row.name not in ground.machines:
        return row.pid > 0
    try:
        ground.check(row.name)
    except NotReady:
        return False
    return True
