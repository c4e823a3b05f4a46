"""The wake-up: heard at once, never in anybody's way, harmless when lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from infra.local.world import World
from services.kernel.application import IN_MEMORY
from services.kernel.prompts import Listener, Prompts
from tests.conftest import until
from tests.kernel.conftest import Made
from tests.kernel.proxy import Proxy


@pytest.fixture
def listener(world: World) -> Listener:
    """A follower's ear for two services, connected."""
    listener = Listener(world.broker_url("tracking"), "tracking", ["intake", "dispatch"])
    assert listener.wait(10) == {"intake", "dispatch"}, "first of all, everything may be new"
    return listener


def heard(listener: Listener, service: str, ring: Callable[[], None] = lambda: None) -> None:
    """Ring until the listener hears exactly this service."""

    def rings() -> bool:
        ring()
        return listener.wait(0.5) == {service}

    until(rings)


def test_a_ring_is_heard_by_who_follows_that_service(world: World, listener: Listener) -> None:
    intake, accounts = (Prompts(world.broker_url(s), s) for s in ("intake", "accounts"))
    heard(listener, "intake", intake.ring)
    accounts.ring()
    assert listener.wait(0.3) == set()


def test_rings_that_nobody_waited_for_become_one(world: World, listener: Listener) -> None:
    dispatch = Prompts(world.broker_url("dispatch"), "dispatch")
    heard(listener, "dispatch", dispatch.ring)
    rung = threading.Event()
    for _ in range(300):
        dispatch.ring()
        rung.wait(0.001)
    assert listener.wait(5) == {"dispatch"}
    calls = 1
    while listener.wait(0.3):
        calls += 1
    assert calls < 20


def test_it_waits_no_longer_than_told(listener: Listener) -> None:
    begun = time.monotonic()
    assert listener.wait(0.3) == set()
    assert 0.25 < time.monotonic() - begun < 2


def test_both_ends_come_back_with_the_broker(world: World) -> None:
    with (
        Proxy(world.broker_url("dispatch")) as mouth,
        Proxy(world.broker_url("tracking")) as ear,
    ):
        prompts = Prompts(mouth.url, "dispatch")
        listener = Listener(ear.url, "tracking", ["dispatch"])
        heard(listener, "dispatch", prompts.ring)
        with mouth.broken(), ear.broken():
            prompts.ring()
            assert listener.wait(0.2) == set()
        heard(listener, "dispatch")
        heard(listener, "dispatch", prompts.ring)


def test_a_frozen_broker_holds_up_no_command(world: World, made: Made) -> None:
    """The line is open and silent: not an error, and nobody waits for it."""
    rung: list[int] = []
    with Proxy(world.broker_url("tracking")) as wire, ThreadPoolExecutor(1) as clerk:
        prompts = Prompts(wire.url, "tracking")

        def written() -> None:
            prompts.ring()
            rung.append(1)

        counters = made(IN_MEMORY, written=written)

        def commands() -> None:
            for _ in range(200):
                counters.add(id=uuid4(), thing="a")

        with wire.frozen():
            clerk.submit(commands).result(timeout=4)  # a blocked publish takes five seconds
    assert len(rung) == 200


def ringing(service: str) -> set[threading.Thread]:
    """The threads that ring for a service."""
    return {thread for thread in threading.enumerate() if thread.name == f"prompts-{service}"}


def test_ringing_ends_when_it_is_closed(world: World) -> None:
    before = ringing("dispatch")
    prompts = Prompts(world.broker_url("dispatch"), "dispatch")
    (thread,) = ringing("dispatch") - before
    prompts.close()
    until(lambda: not thread.is_alive())
