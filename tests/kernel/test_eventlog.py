"""An event-sourced follower's log: page and place in one write; what it cannot digest, it parks."""

from __future__ import annotations

from functools import partial
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import OperationalError

from contracts.envelope import Page
from contracts.errors import Unavailable
from services.kernel.application import IN_MEMORY
from services.kernel.context import acting
from services.kernel.eventlog import EventLog, Parking, UnparkAsked
from services.kernel.events import Read, read_page
from services.kernel.follower import PlaceMoved
from tests.kernel.conftest import Made
from tests.kernel.counter import Counters, publish, somebody, told

SOURCE = "dispatch"


@pytest.fixture
def source(made: Made) -> Counters:
    """The service that is followed."""
    return made(IN_MEMORY)


@pytest.fixture
def read(source: Counters) -> Read:
    """How its events are read."""
    return partial(read_page, source, SOURCE, publish)


@pytest.fixture
def log(counters: Counters) -> EventLog:
    """The follower's log."""
    return EventLog(counters, told(counters))


def add(source: Counters, *things: str, id: UUID | None = None) -> UUID:
    """Let the source tell of things."""
    id = id or uuid4()
    for thing in things:
        with acting(somebody(trace=f"00-{'3' * 32}-{'4' * 16}-01")):
            source.add(id=id, thing=thing)
    return id


def take(log: EventLog, read: Read, limit: int = 100) -> Page:
    """Take the next page in."""
    place = log.place(SOURCE)
    page = read(place, limit)
    log.take(SOURCE, place, page)
    return page


def learnt(counters: Counters, id: UUID) -> list[str]:
    """What the follower counted of a thing, without positions."""
    return [thing.split(" ", 1)[1] for thing in counters.things(id)]


@pytest.fixture(autouse=True)
def fresh_place(counters: Counters, monkeypatch: pytest.MonkeyPatch) -> None:
    """A follower of its own for each test, also where the store is shared."""
    monkeypatch.setattr(counters, "name", f"follower-{uuid4()}")


def test_a_page_and_the_place_are_one_write(
    source: Counters, read: Read, counters: Counters, log: EventLog
) -> None:
    ids = [add(source, "a", "b") for _ in range(3)]
    add(source, "c", id=ids[0])
    page = take(log, read)
    assert log.place(SOURCE) == page.upto == source.recorder.max_notification_id()
    assert [learnt(counters, id) for id in ids] == [["a", "b", "c"], ["a", "b"], ["a", "b"]]


def test_the_policy_acts_as_the_service_in_the_trace_of_the_event(
    source: Counters, read: Read, counters: Counters, log: EventLog
) -> None:
    id = add(source, "a")
    take(log, read)
    (*_, event) = counters.events.get(id)
    assert event.actor.person == f"service:{counters.name}"  # type: ignore[attr-defined]
    assert event.trace == f"00-{'3' * 32}-{'4' * 16}-01"  # type: ignore[attr-defined]


def test_a_page_from_a_place_that_moved_is_refused_and_leaves_nothing(
    source: Counters, read: Read, counters: Counters, log: EventLog
) -> None:
    """Another follower of this kind read further, whatever the ends of their pages are."""
    id = add(source, "a", "b", "c", "d")
    late = read(0, 3)
    EventLog(counters, told(counters)).take(SOURCE, 0, read(0, 2))
    for page in (late, read(0, 1), read(0, 100)):
        with pytest.raises(PlaceMoved):
            log.take(SOURCE, 0, page)
    take(log, read)
    assert learnt(counters, id) == ["a", "b", "c", "d"]


def test_what_is_transient_undoes_the_page_and_is_tried_again(
    source: Counters, read: Read, counters: Counters
) -> None:
    id = add(source, "a", "b")
    for away in (Unavailable(why="away"), OperationalError("away"), ConnectionError("away")):
        calls: list[int] = []

        def policy(envelope: object, away: Exception = away, calls: list[int] = calls) -> None:
            calls.append(1)
            if len(calls) == 2:
                raise away
            told(counters)(envelope)  # type: ignore[arg-type]

        log = EventLog(counters, policy)
        with pytest.raises(type(away)):
            take(log, read)
        assert log.place(SOURCE) == 0
        assert log.parked(SOURCE) == 0
    take(EventLog(counters, told(counters)), read)
    assert learnt(counters, id) == ["a", "b"]


def parked(source: Counters, read: Read, counters: Counters, log: EventLog) -> tuple[UUID, UUID]:
    """A thing whose second of four events is parked, and a good one."""
    bad, good = add(source, "a", "poison", "b"), add(source, "a")
    take(log, read)
    add(source, "c", id=bad)
    add(source, "b", id=good)
    take(log, read)
    return bad, good


def test_a_defect_parks_its_event_and_the_later_ones_of_its_aggregate_others_go_on(
    source: Counters, read: Read, counters: Counters, log: EventLog
) -> None:
    bad, good = parked(source, read, counters, log)
    assert learnt(counters, bad) == ["a"]
    assert learnt(counters, good) == ["a", "b"]
    assert log.parked(SOURCE) == 3
    assert log.place(SOURCE) == source.recorder.max_notification_id()
    reasons = [reason for reason, _ in log.parking(SOURCE).waiting[bad].values()]
    assert reasons == ["ValueError: poison"] + ["an earlier event of it is parked"] * 2


def ask(counters: Counters, id: UUID) -> None:
    """Ask for the parked events of an aggregate, as an operator does."""
    with counters.group.page() as work:
        Parking(counters, SOURCE).refresh().add(work, UnparkAsked, aggregate_id=id)


def test_parked_events_are_read_again_in_order_when_somebody_asks(
    source: Counters, read: Read, counters: Counters, log: EventLog
) -> None:
    bad, _ = parked(source, read, counters, log)
    counters.healed = True
    log.unpark(SOURCE, read)
    assert learnt(counters, bad) == ["a"], "nobody asked"
    ask(counters, bad)
    log.unpark(SOURCE, read)
    assert learnt(counters, bad) == ["a", "poison", "b", "c"]
    assert log.parked(SOURCE) == 0
    add(source, "d", id=bad)
    take(log, read)
    assert learnt(counters, bad) == ["a", "poison", "b", "c", "d"]
    log.unpark(SOURCE, read)
    assert learnt(counters, bad) == ["a", "poison", "b", "c", "d"]


def test_what_is_still_a_defect_stays_parked_and_nothing_of_it_remains(
    source: Counters, read: Read, counters: Counters, log: EventLog
) -> None:
    bad, _ = parked(source, read, counters, log)
    ask(counters, bad)
    log.unpark(SOURCE, read)
    assert learnt(counters, bad) == ["a"]
    assert log.parked(SOURCE) == 3
    assert not log.parking(SOURCE).asked
    before = counters.recorder.max_notification_id()
    log.unpark(SOURCE, read)
    assert counters.recorder.max_notification_id() == before, "asked for once, tried once"


def test_a_follower_started_anew_knows_what_is_parked(
    source: Counters, read: Read, counters: Counters, log: EventLog
) -> None:
    bad, _ = parked(source, read, counters, log)
    anew = EventLog(counters, told(counters))
    add(source, "d", id=bad)
    take(anew, read)
    assert learnt(counters, bad) == ["a"]
    assert anew.parked(SOURCE) == 4


def test_a_failed_write_while_unparking_forgets_nothing(
    source: Counters, read: Read, counters: Counters, log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was folded in memory before a write that failed is read anew from the store."""
    bad, _ = parked(source, read, counters, log)
    counters.healed = True
    ask(counters, bad)

    def away(*_: object, **__: object) -> None:
        raise OperationalError("away")

    with monkeypatch.context() as patch, pytest.raises(OperationalError):
        patch.setattr(counters.recorder, "insert_events", away)
        log.unpark(SOURCE, read)
    add(source, "d", id=bad)
    take(log, read)
    assert learnt(counters, bad) == ["a"], "still parked"
    log.unpark(SOURCE, read)
    assert learnt(counters, bad) == ["a", "poison", "b", "c", "d"]


def test_an_event_that_comes_after_the_asking_does_not_undo_it(
    source: Counters, read: Read, counters: Counters, log: EventLog
) -> None:
    bad, _ = parked(source, read, counters, log)
    counters.healed = True
    ask(counters, bad)
    add(source, "d", id=bad)
    take(log, read)
    log.unpark(SOURCE, read)
    assert learnt(counters, bad) == ["a", "poison", "b", "c", "d"]


def test_two_followers_do_not_unpark_twice(
    source: Counters, read: Read, counters: Counters, log: EventLog
) -> None:
    bad, _ = parked(source, read, counters, log)
    counters.healed = True
    other = EventLog(counters, told(counters))
    other.parking(SOURCE).refresh()
    ask(counters, bad)

    def read_while_the_other_is_faster(after: int, limit: int) -> Page:
        other.unpark(SOURCE, read)
        return read(after, limit)

    with pytest.raises(PlaceMoved):
        log.unpark(SOURCE, read_while_the_other_is_faster)
    assert learnt(counters, bad) == ["a", "poison", "b", "c"]
