"""The hop of an event: from its decision in one service to its commit in a follower's log.

The source is the accounts service itself, asked by RPC at a steady pace; the follower is the
kernel's loop in a process of its own, which reads pages by RPC. Baseline: the same follower without
prompts, polling once a second.
"""

from __future__ import annotations

import itertools
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

from infra.local.house import House, Process
from infra.local.world import World
from services.kernel.client import Client
from tests.bench.measure import Result, alternate, quantile
from tests.bench.rig import Rig, Speaking

PACES = (10, 100)
"""Events a second."""
P50, P99 = 15.0, 40.0
"""Milliseconds not to exceed."""
CALLERS = 8
PATIENCE = 20.0
DOOR = Process("accounts", "accounts", ("services.kernel.runner", "accounts"))


def run(rig: Rig) -> Iterator[Result]:
    """Two lines, p50 and p99, for each pace."""
    with (
        rig.world("hops") as world,
        House(rig.ground, world, [DOOR]),
        rig.speaking(world, "tracking", "tests.bench.hop_follower") as follower,
        Client(world.broker_url("edge"), timeout=30) as client,
    ):
        tell = telling(client, world)
        for pace in PACES:
            rig.tell(f"hops: {pace}/s")
            yield from compare(rig, follower, tell, pace)


def telling(client: Client, world: World) -> Callable[[], None]:
    """An act of the source that tells one event: an agency joins the directory."""
    session = client.accounts.open_session(user_name="operator", password=world.operator_secret)
    operator = client.as_holder(session.token)
    numbers = itertools.count()

    def register() -> None:
        agency = f"H{next(numbers):06d}"
        operator.accounts.register_agency(agency=agency, name=f"Sở {agency}", notation="S")

    return register


def compare(rig: Rig, follower: Speaking, tell: Callable[[], None], pace: int) -> Iterator[Result]:
    """Prompts and timer in turn at one pace."""
    hop = partial(hops, follower, tell, pace)
    hop(True, 0.5)
    prompted, polled = alternate(
        rig.rounds, partial(hop, True, rig.seconds), partial(hop, False, rig.seconds)
    )
    for share, most in ((0.5, P50), (0.99, P99)):
        yield Result(
            name=f"event hop p{share * 100:.0f}, {pace}/s",
            unit="ms",
            against="polling once a second",
            ours=[quantile(found, share) * 1000 for found in prompted],
            baseline=[quantile(found, share) * 1000 for found in polled],
            more_is_better=False,
            most=most,
            note=f"{statistics.median(map(len, prompted)):.0f} events a round",
        )


def hops(
    follower: Speaking, tell: Callable[[], None], pace: int, prompted: bool, seconds: float
) -> list[float]:
    """Seconds of each hop, when events are told at this pace for so long."""
    follower.ask("listen", prompted)
    follower.ask("hops")
    told = steadily(pace, seconds, tell)
    found: list[float] = []
    until = time.monotonic() + PATIENCE
    while len(found) < told:
        found += follower.ask("hops")
        if time.monotonic() > until:
            raise TimeoutError(f"{len(found)} of {told} events came after {PATIENCE} s")
        threading.Event().wait(0.1)
    return found


def steadily(pace: int, seconds: float, act: Callable[[], None]) -> int:
    """Do the act so often a second, late ones too; how often it was done."""
    began, ticks = time.monotonic(), iter(range(int(pace * seconds)))
    errors: list[Exception] = []

    def caller() -> None:
        try:
            for tick in ticks:
                threading.Event().wait(max(began + tick / pace - time.monotonic(), 0))
                act()
        except Exception as error:
            errors.append(error)

    callers = [threading.Thread(target=caller, daemon=True) for _ in range(CALLERS)]
    for each in callers:
        each.start()
    for each in callers:
        each.join()
    for error in errors:
        raise error
    return int(pace * seconds)
