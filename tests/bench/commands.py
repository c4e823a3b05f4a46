"""Commands per second: load, change and save one aggregate, against the library alone.

Both write into the same PostgreSQL from one eventlet-patched process, as a door does. Ours also
stores a receipt with each command, the actor and the predecessor's digest, and rings for followers.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.bench.measure import Result, Sample, alternate, rates, times
from tests.bench.rig import Rig, Speaking

TARGETS = {1: 1.0, 8: 3.0, 64: 8.0}
"""By the number of writers, the ratio to reach."""
WARM_UP = 0.3


def run(rig: Rig) -> Iterator[Result]:
    """A line for each number of writers."""
    modules = ("tests.bench.green", "tests.bench.writers")
    with rig.world("commands") as world, rig.speaking(world, "intake", *modules) as process:
        for writers, target in TARGETS.items():
            rig.tell(f"commands: {writers} writers")
            yield compare(rig, process, writers, target)


def compare(rig: Rig, process: Speaking, writers: int, target: float) -> Result:
    """So many writers with vanban and with the library alone."""
    sides = [partial(write, process, side, writers) for side in ("ours", "bare")]
    for side in sides:
        side(WARM_UP)
    mine, bare = alternate(rig.rounds, *(partial(side, rig.seconds) for side in sides))
    return Result(
        name=f"commands, {writers} writer{'s' * (writers > 1)}",
        unit="/s",
        against="eventsourcing alone",
        ours=rates(mine),
        baseline=rates(bare),
        least=target,
        note=f"{times(mine)} · baseline {times(bare)}",
    )


def write(process: Speaking, side: str, writers: int, seconds: float) -> Sample:
    """One turn of one side."""
    took, each = process.ask(side, writers, seconds)
    return Sample(took, each)
