"""What a service tells: pages by position that lose nothing, and one thing's history."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from uuid import uuid4

import pytest

from contracts.envelope import Envelope, Page
from contracts.errors import Denied, Invalid, NotFound
from contracts.values import Role
from infra.local.world import World
from services.kernel.application import in_postgres
from services.kernel.context import acting, the_service
from services.kernel.events import MOST_EVENTS, topics_of
from tests.kernel.conftest import Made
from tests.kernel.counter import AGENCY, Counters, ThingAdded, publish, somebody


def page(counters: Counters, after: int = 0, limit: int = 100) -> Page:
    """A page as another service reads it."""
    with acting(the_service("intake")):
        return counters.read_events(after=after, limit=limit)


def things(events: list[Envelope]) -> list[str]:
    """What the events tell of."""
    return [event.body["thing"] for event in events]


def test_an_envelope_carries_who_when_and_in_which_trace(counters: Counters) -> None:
    id, command_id, start = uuid4(), uuid4(), page(counters).upto
    with acting(somebody(trace="00-aa-bb-01", command_id=command_id)):
        counters.add(id=id, thing="công văn")
    (told,) = page(counters, start).events
    assert told.event() == ThingAdded(thing="công văn")
    assert (told.source, told.type, told.aggregate_id) == ("tracking", "counter.ThingAdded", id)
    assert (told.version, told.actor.person, told.actor.agency) == (2, "an", AGENCY)
    assert (told.trace, told.command_id) == ("00-aa-bb-01", command_id)
    assert told.at.tzinfo is not None
    assert told.position > start


def test_pages_of_any_size_tell_every_event_once_in_order(counters: Counters) -> None:
    start, id = page(counters).upto, uuid4()
    with acting(somebody()):
        for number in range(20):
            counters.add(id=id, thing=str(number))
            counters.number(series=uuid4(), taken_by=id)
    for limit in (1, 2, 7, 20, 1000):
        after, told = start, list[Envelope]()
        while True:
            found = page(counters, after, limit)
            assert after <= found.upto
            if found.upto == after:
                break
            told, after = told + found.events, found.upto
        assert things(told) == [str(number) for number in range(20)]
        assert all(a.position < b.position for a, b in pairwise(told))


def test_what_is_not_told_is_scanned_once(counters: Counters) -> None:
    """Without `upto` a reader would scan for ever what is of no concern."""
    start = page(counters).upto
    with acting(somebody()):
        for _ in range(30):
            counters.number(series=uuid4(), taken_by=uuid4())
    found = page(counters, start, 5)
    assert found.events == []
    assert found.upto == counters.recorder.max_notification_id()
    assert page(counters, found.upto + 1000).upto == found.upto + 1000, "never backwards"


@pytest.mark.parametrize(("after", "limit"), [(-1, 1), (0, 0), (0, MOST_EVENTS + 1)])
def test_a_senseless_page_is_refused(counters: Counters, after: int, limit: int) -> None:
    with pytest.raises(Invalid):
        page(counters, after, limit)


def test_only_services_and_auditors_read_events(counters: Counters) -> None:
    with acting(somebody("an", Role.CLERK, Role.OPERATOR)), pytest.raises(Denied):
        counters.read_events(after=0)
    with acting(somebody("an", Role.AUDITOR)):
        counters.read_events(after=0)


def test_what_is_told_aloud_is_what_publish_has_a_word_for() -> None:
    assert topics_of(publish) == ["test.Counter.Added"]


def test_a_history_shows_who_did_what_after_what(counters: Counters) -> None:
    id = uuid4()
    with acting(somebody("an")):
        counters.add(id=id, thing="a")
    with acting(somebody("bình")):
        counters.add(id=id, thing="b")
        entries = counters.list_history(aggregate_id=id)
    assert [entry.topic for entry in entries] == [
        "test.Counter.Begun",
        "test.Counter.Added",
        "test.Counter.Added",
    ]
    assert [entry.actor.person for entry in entries] == ["an", "an", "bình"]
    assert [entry.body.get("thing") for entry in entries] == [None, "a", "b"]
    assert entries[0].after == ""
    assert [entry.after for entry in entries[1:]] == [entry.digest for entry in entries[:-1]]
    with acting(somebody()):
        assert counters.list_history(aggregate_id=id, after=1, limit=1) == entries[1:2]
        assert counters.list_history(aggregate_id=id, after=3) == []


def test_a_history_is_for_those_concerned(counters: Counters) -> None:
    id, series = uuid4(), uuid4()
    with acting(somebody()):
        counters.add(id=id, thing="a")
        counters.number(series=series, taken_by=id)
    with acting(the_service("intake")), pytest.raises(Denied):
        counters.list_history(aggregate_id=id)
    with acting(somebody("cường", Role.AUDITOR)):
        assert len(counters.list_history(aggregate_id=id)) == 2
        for nothing in (uuid4(), series):
            with pytest.raises(NotFound):
                counters.list_history(aggregate_id=nothing)


def test_a_reader_at_the_tail_misses_nothing_of_several_writers(made: Made, world: World) -> None:
    """Positions are given in commit order: what is read late was not there before."""
    env = in_postgres(world.database_url(Counters.name))
    doors, reader = [made(env) for _ in range(3)], made(env)
    start, done = page(reader).upto, threading.Event()

    def write(door: Counters) -> None:
        for number in range(30):
            with acting(somebody()):
                door.add(id=uuid4(), thing=str(number))

    def follow() -> list[Envelope]:
        told, after = list[Envelope](), start
        while True:
            was_done = done.is_set()
            found = page(reader, after, 7)
            told, after = told + found.events, found.upto
            if was_done and not found.events:
                return told

    with ThreadPoolExecutor(7) as crowd:
        tail = crowd.submit(follow)
        writers = [crowd.submit(write, door) for door in doors for _ in range(2)]
        try:
            for writer in writers:
                writer.result()
        finally:
            done.set()
        told = tail.result()
    assert len(told) == len({event.position for event in told}) == 180
    assert sorted(things(told)) == sorted([str(number) for number in range(30)] * 6)
