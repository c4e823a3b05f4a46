"""One transaction in the making: what it loaded, what it is about to write, all or nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.errors import Invalid
from services.kernel.application import IN_MEMORY, NumberTaken
from services.kernel.work import UnitOfWork, current_work
from tests.kernel.conftest import Made
from tests.kernel.counter import Counter, Counters


@pytest.fixture
def app(made: Made) -> Counters:
    """Counters in memory."""
    return made(IN_MEMORY)


@pytest.fixture
def work(app: Counters) -> UnitOfWork:
    """A work on their store."""
    return UnitOfWork(app.events)


def add(app: Counters, id: UUID, thing: str) -> None:
    """The body of a command."""
    counter = app.counter(id)
    counter.trigger_event(Counter.Added, thing=thing)
    app.save(counter)


def test_the_second_act_sees_what_the_first_did_before_anything_is_written(
    app: Counters, work: UnitOfWork
) -> None:
    id = uuid4()
    work.run(lambda: add(app, id, "a"))
    work.run(lambda: add(app, id, "b"))
    assert work.load(id).things == ["a", "b"]
    assert app.find(Counter, id) is None
    app.events.put(work.events)
    assert app.things(id) == ["a", "b"]


def test_an_aggregate_is_loaded_once(app: Counters, work: UnitOfWork) -> None:
    add(app, id := uuid4(), "a")
    assert work.load(id) is work.load(id)


def test_nothing_remains_of_an_act_that_failed(app: Counters, work: UnitOfWork) -> None:
    id = uuid4()
    work.run(lambda: add(app, id, "a"))
    before = list(work.events)

    for interruption in (ValueError, KeyboardInterrupt):

        def act(raised: type[BaseException] = interruption) -> None:
            add(app, id, "b")
            app.load(Counter, id).trigger_event(Counter.Added, thing="unsaved")
            raise raised

        with pytest.raises(interruption):
            work.run(act)
    assert work.events == before
    assert work.load(id).things == ["a"]
    assert work.last_version(id) == 2


def test_nothing_begins_under_the_id_of_another_thing(app: Counters, work: UnitOfWork) -> None:
    series, pending = uuid4(), uuid4()
    app.take_number(series, series)
    work.run(lambda: app.take_number(pending, series))
    for id in (series, pending):
        with pytest.raises(Invalid, match="belongs to another thing"):
            work.run(lambda id=id: add(app, id, "a"))  # type: ignore[misc]
    assert len(work.events) == 1


def test_a_bare_stream_goes_on_from_what_is_pending(app: Counters, work: UnitOfWork) -> None:
    series = uuid4()
    assert app.take_number(series, series) == 1
    assert [work.run(lambda: app.take_number(series, series)) for _ in range(3)] == [2, 3, 4]
    app.events.put(work.events)
    assert app.last_version(series) == 4


def test_what_cannot_be_stored_is_told_when_it_is_saved(app: Counters, work: UnitOfWork) -> None:
    unfit: Any = object()
    at = NumberTaken.create_timestamp()
    bare = NumberTaken(originator_id=uuid4(), originator_version=1, timestamp=at, taken_by=unfit)
    with pytest.raises(TypeError):
        work.run(lambda: app.save(bare))
    assert work.events == []


def test_a_work_ends_with_its_block(app: Counters, work: UnitOfWork) -> None:
    assert current_work() is None
    with work.current():
        assert current_work() is work
        with UnitOfWork(app.events).current():
            assert current_work() is not work
        assert current_work() is work
    assert current_work() is None
