"""A service that follows, as a process: what happened there has its effect here, soon and once."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from statistics import median
from uuid import UUID, uuid4

import pytest

from contracts.errors import Denied, NotFound
from contracts.values import Role
from infra.local.ground import Ground
from infra.local.world import World
from services.kernel.application import in_postgres
from services.kernel.client import Client
from services.kernel.context import acting
from tests.conftest import until
from tests.kernel.counter import Counters, somebody
from tests.kernel.doors import Door, counting, opened
from tests.kernel.proxy import Proxy

FOLLOWER = ("tests.kernel.following", "tracking")


@pytest.fixture(scope="module")
def wire(place: World) -> Iterator[Proxy]:
    """A wire to the broker, between the follower and it."""
    with Proxy(place.broker_url("tracking")) as wire:
        yield wire


@pytest.fixture(scope="module")
def follower(ground: Ground, place: World, outside: Client, wire: Proxy) -> Iterator[Door]:
    """The follower of the counters behind the door of `dispatch`."""
    with opened(ground, place, *FOLLOWER, VANBAN_BROKER_URL=wire.url) as follower:
        yield follower


@pytest.fixture(scope="module")
def own(place: World, follower: Door) -> Iterator[Counters]:
    """What it learnt, and its door's side of the promise."""
    own = Counters(in_postgres(place.database_url("tracking")))
    yield own
    own.close()


def learnt(own: Counters, id: UUID) -> list[str]:
    """Things it counted, without positions; none before it heard of the counter."""
    counter = own.counter(id)
    return [thing.split(" ", 1)[1] for thing in counter.things]


class CountersThere(Counters):
    """The counters of `dispatch`, written behind the back of its door: nobody rings."""

    name = "dispatch"


def test_an_effect_comes_with_the_prompt_and_soon_without_it(
    place: World, outside: Client, own: Counters
) -> None:
    silent = CountersThere(in_postgres(place.database_url("dispatch")))

    def seconds(add: Callable[..., int]) -> float:
        id = uuid4()
        with acting(somebody()):
            add(id=id, thing="a")
        begun = time.monotonic()
        until(lambda: learnt(own, id) == ["a"])
        return time.monotonic() - begun

    prompted = [seconds(counting(outside).add) for _ in range(5)]
    unprompted = seconds(silent.add)
    silent.close()
    assert median(prompted) < 0.3
    assert unprompted < 2, "a sweep each second, and the reading"


def test_only_operators_see_and_free_what_is_parked(own: Counters) -> None:
    with acting(somebody("an", Role.CLERK)):
        with pytest.raises(Denied):
            own.list_parked_events()
        with pytest.raises(Denied):
            own.unpark_events(source="dispatch", aggregate_id=uuid4())
    with acting(somebody("an", Role.OPERATOR)), pytest.raises(NotFound):
        own.unpark_events(source="dispatch", aggregate_id=uuid4())


def test_what_cannot_be_digested_is_shown_and_read_again_when_asked(
    outside: Client, own: Counters, follower: Door
) -> None:
    bad, good = uuid4(), uuid4()
    for thing in ("a", "poison", "b"):
        counting(outside).add(id=bad, thing=thing)
    counting(outside).add(id=good, thing="a")
    until(lambda: learnt(own, good) == ["a"])
    with acting(somebody("an", Role.OPERATOR)):
        first, second = (p for p in own.list_parked_events() if p.aggregate_id == bad)
        assert (first.source, first.reason) == ("dispatch", "ValueError: poison")
        assert first.position < second.position
        own.unpark_events(source="dispatch", aggregate_id=bad)
        until(lambda: follower.log.count("ValueError: poison") >= 2)
        assert len([p for p in own.list_parked_events() if p.aggregate_id == bad]) == 2
    assert learnt(own, bad) == ["a"]
    assert 'vanban_parked_events{follower="tracking",source="dispatch"} 2.0' in follower.metrics()


def test_it_follows_on_when_the_broker_is_back(
    outside: Client, own: Counters, follower: Door, wire: Proxy
) -> None:
    pid, id = follower.pid, uuid4()
    with wire.broken():
        counting(outside).add(id=id, thing="a")
    until(lambda: learnt(own, id) == ["a"], 30)
    assert follower.pid == pid is not None


@pytest.mark.parametrize("broker", ["up", "down"])
def test_it_ends_in_time_after_sigterm(
    ground: Ground, place: World, outside: Client, broker: str
) -> None:
    with (
        Proxy(place.broker_url("tracking")) as wire,
        opened(ground, place, *FOLLOWER, VANBAN_BROKER_URL=wire.url) as follower,
    ):
        process = follower.child.process
        assert process is not None
        with wire.broken() if broker == "down" else nullcontext():
            begun = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
            assert time.monotonic() - begun < 12
