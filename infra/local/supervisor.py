"""The process that holds a running house: `python -m infra.local.supervisor <data folder>`.

It says one line per step, then `UP`; SIGTERM and SIGINT stop everything in order. A signal before
that, or SIGKILL at any time, takes all machines and processes along at once: nothing they have
acknowledged is lost, as each of them writes to disk first.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from infra.local.ground import Ground, GroundBusy
from infra.local.house import FILE, House, NotUp
from infra.local.machine import NotReady
from infra.local.machines import MachineMissing
from infra.local.processes import CommandFailed
from infra.local.world import World

WORLD = "main"
UP = "UP"
REFUSALS = (GroundBusy, MachineMissing, NotReady, NotUp, CommandFailed)


def hold(folder: Path, tell: Callable[[str], None]) -> None:
    """Start ground and house in `folder`, keep them until a signal comes, stop them."""
    _on_signal(_leave_at_once)
    asked_to_stop = threading.Event()
    with raised(folder, WORLD, tell):
        _on_signal(lambda number, frame: asked_to_stop.set())
        tell(UP)
        asked_to_stop.wait()
        tell("stopping")
    tell("stopped")


@contextmanager
def raised(folder: Path, name: str, tell: Callable[[str], None]) -> Iterator[World]:
    """Ground and house of one world, running. Processes load their code while the broker boots."""
    ground = ground_of(folder, tell)
    houses: list[House] = []

    def begin() -> None:
        world = World(ground.folder, ground.state, name)
        houses.append(House(ground, world, told_in=ground.folder / FILE, tell=tell))
        houses[0].begin()

    try:
        ground.start(meanwhile=begin)
        world = ground.new_world(name)
        houses[0].start()
        yield world
    finally:
        for house in houses:
            house.stop()
        ground.stop()


def ground_of(folder: Path, tell: Callable[[str], None]) -> Ground:
    """The ground as the environment chooses it: `VANBAN_LOCAL_S3_URL` names an S3 that is there,
    `VANBAN_LOCAL_MINIO` a MinIO program to start instead of SeaweedFS."""
    minio = os.environ.get("VANBAN_LOCAL_MINIO")
    s3_url = os.environ.get("VANBAN_LOCAL_S3_URL", "")
    return Ground(folder, s3_url=s3_url, minio=Path(minio) if minio else None, tell=tell)


def _on_signal(act: Callable[[int, FrameType | None], None]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, act)


def _leave_at_once(number: int, frame: FrameType | None) -> None:
    os._exit(128 + number)


def main() -> int:
    """Hold the house of the folder named on the command line."""
    try:
        hold(Path(sys.argv[1]), lambda line: print(line, flush=True))
    except REFUSALS as refused:
        print(refused, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
