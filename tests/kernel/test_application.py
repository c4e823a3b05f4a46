"""The ancestor of every application: finds by kind, numbers without gap, at the same cost."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.persistence import PersistenceError

from contracts.errors import NotFound, Refused
from infra.local.world import World
from services.kernel.aggregate import Aggregate
from services.kernel.application import EventSourced, NumberTaken, in_postgres
from services.kernel.context import acting
from tests.kernel.conftest import Made
from tests.kernel.counter import Counter, Counters, somebody


class Stone(Aggregate, service="test"):
    """Another kind of thing."""

    class Laid(Aggregate.Created):
        pass


def test_what_was_never_begun_is_not_found(counters: Counters) -> None:
    assert counters.find(Counter, uuid4()) is None
    with pytest.raises(NotFound, match="no Counter"):
        counters.load(Counter, uuid4())


def test_a_thing_of_another_kind_and_a_bare_stream_are_not_found(counters: Counters) -> None:
    stone, series, command_id = Stone.begin(Stone.Laid, uuid4()), uuid4(), uuid4()
    counters.save(stone)
    with acting(somebody(command_id=command_id)):
        counters.number(series=series, taken_by=stone.id)
    for id in (stone.id, series, command_id):
        assert counters.find(Counter, id) is None
        with pytest.raises(NotFound):
            counters.load(Counter, id)
    assert counters.load(Aggregate, stone.id).id == stone.id
    with pytest.raises(NotFound):
        counters.load(Aggregate, series)


def test_outside_of_a_command_save_writes_at_once(counters: Counters) -> None:
    id = uuid4()
    counter = counters.counter(id)
    counter.trigger_event(Counter.Added, thing="a")
    counters.save(counter)
    assert counters.things(id) == ["a"]


def test_the_clock_is_the_one_handed_in(made: Made, store: dict[str, str]) -> None:
    instant = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    assert made(store, now=lambda: instant).now() == instant


@pytest.mark.rule("N30-15")
def test_sixty_four_callers_of_two_processes_number_without_gap_or_double(
    made: Made, world: World
) -> None:
    """Two applications have nothing in common but the store; every fourth command is refused."""
    env = in_postgres(world.database_url(Counters.name))
    doors, series = [made(env), made(env)], uuid4()
    together = threading.Barrier(64)

    def take_and_refuse(door: Counters) -> None:
        door.take_number(series, uuid4())
        raise Refused()

    def caller(place: int) -> list[int]:
        door, numbers = doors[place % 2], []
        together.wait(20)
        for turn in range(6):
            with acting(somebody(f"caller {place}", command_id=uuid4())):
                if (place + turn) % 4:
                    numbers.append(door.number(series=series, taken_by=uuid4()))
                else:
                    with pytest.raises(Refused):
                        door.do(act=partial(take_and_refuse, door))
        return numbers

    with ThreadPoolExecutor(64) as crowd:
        given = [number for numbers in crowd.map(caller, range(64)) for number in numbers]
    assert len(given) == 64 * 6 * 3 // 4
    assert sorted(given) == list(range(1, len(given) + 1))
    assert doors[0].last_version(series) == len(given)


@contextmanager
def rows_read(application: EventSourced, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many rows each query for events brings in this block."""
    counted: list[int] = []
    select = application.recorder.select_events

    def counting(*args: Any, **kwargs: Any) -> Sequence[Any]:
        rows = select(*args, **kwargs)
        counted.append(len(rows))
        return rows

    with monkeypatch.context() as patch:
        patch.setattr(application.recorder, "select_events", counting)
        yield counted


def taken(series: UUID, numbers: range) -> list[NumberTaken]:
    """Numbers of a series as if they had been taken."""
    at = NumberTaken.create_timestamp()
    return [NumberTaken(series, number, at, taken_by=uuid4()) for number in numbers]


def test_a_number_costs_the_same_with_5000_taken_as_with_none(
    counters: Counters, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs = {}
    for taken_before in (0, 5000):
        series = uuid4()
        counters.events.put(taken(series, range(1, taken_before + 1)))
        with rows_read(counters, monkeypatch) as rows, acting(somebody(command_id=uuid4())):
            assert counters.number(series=series, taken_by=uuid4()) == taken_before + 1
        costs[taken_before] = rows
    assert costs == {0: [0], 5000: [1]}


def test_a_batch_asks_once_for_the_place_of_a_series(
    counters: Counters, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = uuid4()
    with rows_read(counters, monkeypatch) as rows, counters.group.page() as work:
        numbers = [work.run(lambda: counters.take_number(series, series)) for _ in range(50)]
    assert numbers == list(range(1, 51))
    assert rows == [0]


def test_a_series_goes_on_after_a_migration(counters: Counters) -> None:
    series = uuid4()
    counters.events.put(taken(series, range(1233, 1234)))
    assert counters.take_number(series, uuid4()) == 1234


def test_processes_that_create_the_tables_at_once_give_way_to_each_other(world: World) -> None:
    env = in_postgres(world.database_url("reporting"))
    together = threading.Barrier(4)

    def begin(_: int) -> None:
        together.wait(10)
        application = Counters(env)
        assert application.recorder.max_notification_id() is None
        application.close()

    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(begin, range(4)))


def test_a_name_is_held_by_one_process_until_it_lets_go_or_dies(made: Made, world: World) -> None:
    env = in_postgres(world.database_url(Counters.name))
    one, other, dying = made(env), made(env), made(env)
    with one.held("job/1") as mine, other.held("job/1") as theirs, other.held("job/2") as another:
        assert (mine, theirs, another) == (True, False, True)
    with other.held("job/1") as now_theirs:
        assert now_theirs
    with pytest.raises(PersistenceError), dying.held("job/3") as held:
        assert held
        with psycopg.connect(world.admin_database_url, autocommit=True) as store:
            store.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON"
                " oid = database WHERE locktype = 'advisory' AND datname = current_database()"
            )
    with other.held("job/3") as free:
        assert free


def test_the_store_stands_where_its_url_says() -> None:
    env = in_postgres("postgresql://intake:p%40ss@db.example:6000/place")
    assert {
        "POSTGRES_HOST": "db.example",
        "POSTGRES_PORT": "6000",
        "POSTGRES_DBNAME": "place",
        "POSTGRES_USER": "intake",
        "POSTGRES_PASSWORD": "p@ss",
        "POSTGRES_SCHEMA": "intake",
        "POSTGRES_CONNECT_TIMEOUT": "5",
        "POSTGRES_LOCK_TIMEOUT": "0",
        "POSTGRES_ENABLE_DB_FUNCTIONS": "n",
    }.items() <= env.items()
