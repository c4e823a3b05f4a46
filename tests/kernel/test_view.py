"""Read tables: rows and place in one transaction, the same rows whatever the pages were."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.envelope import Actor, Envelope, Page
from contracts.errors import NotFound, Unavailable
from infra.local.world import World
from services.kernel.events import Read
from services.kernel.follower import PlaceMoved
from services.kernel.view import Rows, Tables, ViewLog, ask_unpark_rows, parked_rows
from tests.kernel.counter import ThingAdded
from tests.kernel.proxy import Proxy

SOURCE = "dispatch"


class CounterList:
    """Counters: the first thing, the last one, and when it came."""

    table = "counter_list"
    ddl = """
        CREATE TABLE IF NOT EXISTS counter_list (
            counter_id uuid PRIMARY KEY, first_thing text, last_thing varchar(20),
            came_at timestamptz
        )"""
    healed = False

    def project(self, envelope: Envelope, rows: Rows) -> None:
        """One row a counter."""
        thing = envelope.body["thing"]
        if thing == "poison" and not self.healed:
            raise ValueError("poison")
        if thing == "nothing":
            return
        first = {"first_thing": None if thing == "unnamed" else thing}
        key = {"counter_id": envelope.aggregate_id}
        rows.put(self.table, key, first, last_thing=thing, came_at=envelope.at)


class ThingList:
    """Every thing that was added, one row each."""

    table = "thing_list"
    ddl = """
        CREATE TABLE IF NOT EXISTS thing_list (
            source text, position bigint, thing text, PRIMARY KEY (source, position)
        )"""

    def project(self, envelope: Envelope, rows: Rows) -> None:
        """One row an event."""
        key = {"source": envelope.source, "position": envelope.position}
        rows.put(self.table, key, thing=envelope.body["thing"])


@pytest.fixture
def counter_list() -> CounterList:
    """A view that can be healed."""
    return CounterList()


@pytest.fixture
def tables(world: World, counter_list: CounterList) -> Iterator[Tables]:
    """Fresh tables."""
    tables = Tables(world.database_url("reporting"), [counter_list, ThingList()])
    tables.create()
    yield tables
    tables.drop()
    tables.close()


@pytest.fixture
def log(tables: Tables) -> ViewLog:
    """The follower's log of them."""
    return ViewLog(tables)


def history(*added: tuple[UUID, str]) -> list[Envelope]:
    """What a source tells, one event a second."""
    return [
        Envelope(
            source=SOURCE,
            position=position * 10,
            type=ThingAdded.TYPE,
            aggregate_id=id,
            version=position,
            at=datetime(2026, 3, 2, tzinfo=UTC) + timedelta(seconds=position),
            actor=Actor(person="an"),
            body={"thing": thing},
        )
        for position, (id, thing) in enumerate(added, 1)
    ]


def reading(events: list[Envelope]) -> Read:
    """How they are read."""

    def read(after: int, limit: int) -> Page:
        found = [event for event in events if event.position > after][:limit]
        return Page(events=found, upto=found[-1].position if found else max(after, 0))

    return read


def take(log: ViewLog, read: Read, limit: int = 100) -> Page:
    """Take the next page in."""
    place = log.place(SOURCE)
    page = read(place, limit)
    log.take(SOURCE, place, page)
    return page


def rows_of(tables: Tables) -> tuple[list[object], list[object]]:
    """Everything in both tables."""
    lists = tables.select("SELECT * FROM counter_list ORDER BY counter_id")
    return [*lists], [*tables.select("SELECT * FROM thing_list ORDER BY position")]


def things(tables: Tables) -> list[str]:
    """What the list of things holds."""
    return [row["thing"] for row in tables.select("SELECT thing FROM thing_list ORDER BY position")]


def test_a_page_and_the_place_are_one_transaction(tables: Tables, log: ViewLog) -> None:
    a, b = uuid4(), uuid4()
    page = take(log, reading(history((a, "1"), (b, "2"), (a, "3"))))
    assert log.place(SOURCE) == page.upto == 30
    rows = tables.select("SELECT first_thing, last_thing FROM counter_list ORDER BY first_thing")
    assert [tuple(row.values()) for row in rows] == [("1", "3"), ("2", "2")]
    assert things(tables) == ["1", "2", "3"]


def test_a_page_from_a_place_that_moved_writes_nothing(tables: Tables, log: ViewLog) -> None:
    read = reading(history(*((uuid4(), str(n)) for n in range(6))))
    late = read(0, 4)
    take(log, read, 2)
    with pytest.raises(PlaceMoved):
        log.take(SOURCE, 0, late)
    assert things(tables) == ["0", "1"]


IDS = [UUID(int=number) for number in range(3)]
ADDED = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(["a", "b", "unnamed", "nothing", "poison"])),
    max_size=12,
)


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(added=ADDED, limits=st.lists(st.integers(1, 5), min_size=12, max_size=12))
def test_the_rows_are_the_same_whatever_the_pages_were(
    tables: Tables, log: ViewLog, added: list[tuple[UUID, str]], limits: list[int]
) -> None:
    read, found = reading(history(*added)), list[object]()
    for sizes in ([100], limits):
        tables.drop()
        for size in sizes:
            take(log, read, size)
        found.append((rows_of(tables), [(p.position, p.reason) for p in parked_rows(tables)]))
    assert found[0] == found[1]


def test_two_followers_at_once_take_every_page_once(world: World, tables: Tables) -> None:
    """Ragged pages: those that were taken follow one another without gap or overlap."""
    events = history(*((uuid4(), str(n)) for n in range(150)))
    read, taken, together = reading(events), list[tuple[int, int]](), threading.Barrier(2)

    def follow(seed: int) -> None:
        own, chance = (
            ViewLog(Tables(world.database_url("reporting"), tables.views)),
            random.Random(seed),
        )
        together.wait(10)
        while (place := own.place(SOURCE)) < events[-1].position:
            page = read(place, chance.randint(1, 9))
            try:
                own.take(SOURCE, place, page)
                taken.append((place, page.upto))
            except PlaceMoved:
                continue

    with ThreadPoolExecutor(2) as crowd:
        list(crowd.map(follow, range(2)))
    taken.sort()
    assert taken[0][0] == 0 and taken[-1][1] == events[-1].position
    assert all(one[1] == next[0] for one, next in pairwise(taken))
    assert len(things(tables)) == 150


def test_a_defect_parks_its_event_and_the_later_ones_of_its_aggregate_others_go_on(
    tables: Tables, log: ViewLog, counter_list: CounterList
) -> None:
    bad, good = uuid4(), uuid4()
    read = reading(history((bad, "1"), (bad, "poison"), (good, "2"), (bad, "3"), (good, "4")))
    while take(log, read, 2).events:
        pass
    assert things(tables) == ["1", "2", "4"]
    assert [(p.position, p.reason) for p in parked_rows(tables)] == [
        (20, "ValueError: poison"),
        (40, "an earlier event of it is parked"),
    ]
    assert log.parked(SOURCE) == 2
    log.unpark(SOURCE, read)
    assert log.parked(SOURCE) == 2, "nobody asked"
    ask_unpark_rows(tables, SOURCE, bad)
    log.unpark(SOURCE, read)
    assert log.parked(SOURCE) == 2, "still a defect"
    counter_list.healed = True
    log.unpark(SOURCE, read)
    assert log.parked(SOURCE) == 2, "asked for once, tried once"
    ask_unpark_rows(tables, SOURCE, bad)
    log.unpark(SOURCE, read)
    assert parked_rows(tables) == []
    assert things(tables) == ["1", "poison", "2", "3", "4"]
    with pytest.raises(NotFound):
        ask_unpark_rows(tables, SOURCE, bad)


@pytest.mark.parametrize("unfit", ["much longer than twenty letters", "NUL \0 in it"])
def test_rows_that_the_database_cannot_hold_park_their_event(
    tables: Tables, log: ViewLog, unfit: str
) -> None:
    """A page of several is refused as a whole; the loop comes back with smaller ones."""
    bad, good = uuid4(), uuid4()
    read = reading(history((good, "1"), (bad, unfit), (good, "2")))
    with pytest.raises(log.transient):
        take(log, read)
    assert things(tables) == []
    while take(log, read, 1).events:
        pass
    assert things(tables) == ["1", "2"]
    assert [p.position for p in parked_rows(tables)] == [20]


def test_a_view_is_rebuilt_by_dropping_it(tables: Tables, log: ViewLog) -> None:
    read = reading(history(*((uuid4(), str(n)) for n in range(9))))
    take(log, read)
    before = rows_of(tables)
    tables.drop()
    assert tables.missing()
    assert take(log, read).upto == 90
    assert rows_of(tables) == before
    assert not tables.missing()


def test_processes_may_create_the_tables_at_once(world: World, tables: Tables) -> None:
    tables.drop()
    together = threading.Barrier(4)

    def create(_: int) -> None:
        own = Tables(world.database_url("reporting"), tables.views)
        together.wait(10)
        own.create()
        own.close()

    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(create, range(4)))
    assert not tables.missing()


def test_a_database_that_was_away_is_found_again(world: World, tables: Tables) -> None:
    with Proxy(world.database_url("reporting")) as wire:
        far = Tables(wire.url, [])
        assert far.select("SELECT 1 AS it") == [{"it": 1}]
        with wire.broken():
            for _ in range(2):
                with pytest.raises(Unavailable):
                    far.select("SELECT 1 AS it")
        assert far.select("SELECT %(x)s AS it", x="số đến") == [{"it": "số đến"}]
        far.close()


def test_more_readers_than_connections_wait_for_each_other(world: World, tables: Tables) -> None:
    with ThreadPoolExecutor(30) as crowd:
        found = crowd.map(lambda n: tables.select("SELECT %(n)s AS it", n=n), range(60))
        assert [rows[0]["it"] for rows in found] == list(range(60))
    with psycopg.connect(world.admin_database_url) as hand:
        count = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'reporting' AND datname = %s"
        (open_now,) = hand.execute(count, [world.database]).fetchone() or (0,)
    assert open_now <= 8


def test_what_failed_leaves_no_transaction_open(tables: Tables) -> None:
    with pytest.raises(ZeroDivisionError), tables.transaction() as cursor:
        cursor.execute("INSERT INTO place VALUES ('x', 1)")
        raise ZeroDivisionError
    assert tables.select("SELECT * FROM place") == []
