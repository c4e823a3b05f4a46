"""Asking from outside: an answer, a refusal or a deadline; an effect once, however often asked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from contracts.envelope import Page
from contracts.errors import Denied, Invalid, Unanswered, Unavailable
from infra.local.world import World
from services.kernel.client import Client, command_id
from tests.conftest import until
from tests.kernel.doors import counting
from tests.kernel.proxy import Proxy


@pytest.fixture(scope="module")
def wire(place: World) -> Iterator[Proxy]:
    """A wire to the broker, between the caller and it."""
    with Proxy(place.broker_url("edge")) as wire:
        yield wire


@pytest.fixture(scope="module")
def far(outside: Client, wire: Proxy) -> Iterator[Client]:
    """The operator at the far end of the wire."""
    with Client(wire.url, outside.token, timeout=20) as client:
        yield client


def impatient(client: Client, seconds: float) -> Client:
    """The same line and person, with less patience."""
    hurried = client.as_holder(client.token)
    hurried.timeout = seconds
    return hurried


def test_answers_come_out_as_the_types_of_the_promise(outside: Client) -> None:
    page = counting(outside).read_events(after=0)
    assert isinstance(page, Page)
    assert counting(outside).sleep_in_store(seconds=0) is None  # type: ignore[func-returns-value]


def test_one_line_serves_many_threads_and_mixes_up_no_answers(outside: Client) -> None:
    def ask(number: int) -> bool:
        id = uuid4()
        counters = counting(outside)
        answers = [counters.add(id=id, thing=str(thing)) for thing in range(number % 4 + 1)]
        return answers == list(range(1, number % 4 + 2))

    with ThreadPoolExecutor(32) as crowd:
        assert all(crowd.map(ask, range(96)))


def test_another_person_asks_over_the_same_line(outside: Client) -> None:
    with pytest.raises(Denied):
        counting(outside.as_holder("nonsense")).say(what="who")
    assert counting(outside).say(what="who")


def test_a_refusal_ends_the_call_at_once(outside: Client) -> None:
    with pytest.raises(Invalid):
        outside.call("dispatch", "add", {"id": "none", "thing": "a"})


@pytest.mark.parametrize("service", ["dispatch", "reporting"])
def test_no_answer_by_the_deadline_is_told_when_it_is_reached(
    outside: Client, service: str
) -> None:
    """One is slow, of the other there is no process at all."""
    begun = time.monotonic()
    with pytest.raises(Unanswered):
        counting(impatient(outside, 1), service).sleep_in_store(seconds=3)
    assert 0.9 < time.monotonic() - begun < 3


def test_what_the_broker_forbids_spoils_no_other_call(far: Client) -> None:
    """It closes the channel: calls under way on it are asked again, with the same command id."""
    with ThreadPoolExecutor(2) as crowd:
        slow = crowd.submit(counting(far).sleep_in_store, seconds=0.5)
        forbidden = crowd.submit(impatient(far, 1).call, "nobody", "add", {})
        id = uuid4()
        assert [counting(far).add(id=id, thing=thing) for thing in "abc"] == [1, 2, 3]
        assert slow.result() is None
        assert isinstance(forbidden.exception(), Unavailable)


def test_a_line_that_breaks_again_and_again_costs_no_answer_and_no_second_effect(
    far: Client, wire: Proxy
) -> None:
    id = uuid4()
    with ThreadPoolExecutor(4) as crowd:
        calls = [crowd.submit(counting(far).add, id=id, thing=str(n)) for n in range(60)]
        for enough in (10, 20, 30, 40):
            until(lambda enough=enough: sum(call.done() for call in calls) >= enough)  # type: ignore[misc]
            wire.cut()
        assert sorted(call.result() for call in calls) == list(range(1, 61))


def test_a_broker_that_is_down_is_told_at_the_deadline_and_found_again(
    far: Client, wire: Proxy
) -> None:
    with wire.broken(), pytest.raises(Unavailable):
        counting(impatient(far, 0.5)).say(what="who")
    assert counting(far).say(what="who")


def test_a_broker_that_hangs_holds_nobody_longer_than_he_would_wait(
    far: Client, wire: Proxy
) -> None:
    assert counting(far).say(what="who")
    begun = time.monotonic()
    with wire.frozen(), pytest.raises(Unanswered):
        counting(impatient(far, 0.5)).say(what="who")
    assert time.monotonic() - begun < 3
    assert counting(far).say(what="who")


def test_a_caller_may_repeat_a_command_himself(outside: Client) -> None:
    id, command = uuid4(), uuid4()
    with command_id(command):
        assert [counting(outside).add(id=id, thing="a") for _ in range(3)] == [1, 1, 1]
    assert counting(outside).add(id=id, thing="b") == 2
