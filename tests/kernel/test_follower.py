"""The loop that follows: never skips, goes on with the others, and does not need its prompts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from contracts.envelope import Actor, Envelope, Page
from contracts.errors import Defect, Denied, Unavailable
from services.kernel import follower as follower_room
from services.kernel.events import Read
from services.kernel.follower import LARGEST, USUAL, Follower, PlaceMoved
from services.kernel.prompts import Listener
from tests.conftest import until


class Notebook:
    """A log in memory that keeps which positions it took, in order, and on which pages."""

    transient: tuple[type[Exception], ...] = (ZeroDivisionError,)

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.taken: dict[str, list[int]] = {}
        self.sizes: list[int] = []
        self.trouble: Callable[[str, Page], None] = lambda source, page: None
        self.unparked: list[str] = []

    def place(self, source: str) -> int:
        return self.places.get(source, 0)

    def take(self, source: str, place: int, page: Page) -> None:
        self.trouble(source, page)
        if self.place(source) != place:
            raise PlaceMoved(source)
        self.places[source] = page.upto
        self.taken.setdefault(source, []).extend(event.position for event in page.events)
        self.sizes.append(len(page.events))

    def unpark(self, source: str, read: Read) -> None:
        self.unparked.append(source)

    def parked(self, source: str) -> int:
        return 0


class Silent(Listener):
    """A broker that brings no prompt, ever."""

    def __init__(self) -> None:
        self._rung = threading.Event()

    def wait(self, seconds: float) -> set[str]:
        self._rung.wait(seconds)
        return set()


def told(source: str, positions: range, limit: int) -> Page:
    """A page with an event at each position."""
    events = [
        Envelope(
            source=source,
            position=position,
            type="test.Told",
            aggregate_id=uuid4(),
            version=1,
            at=datetime(2026, 3, 2, tzinfo=UTC),
            actor=Actor(person="an"),
        )
        for position in positions[:limit]
    ]
    return Page(events=events, upto=events[-1].position if events else positions.start - 1)


def log_of(length: int, source: str = "a") -> Read:
    """A source with so many events."""
    return lambda after, limit: told(source, range(after + 1, length + 1), limit)


def follower_of(log: Notebook, sources: Mapping[str, Read], **more: Any) -> Follower:
    """A follower without a broker."""
    return Follower("test", sources, log, Silent(), **more)


@contextmanager
def running(follower: Follower) -> Iterator[threading.Thread]:
    """The loop in a thread."""
    thread = threading.Thread(target=follower.run)
    thread.start()
    try:
        yield thread
    finally:
        follower.stop()
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """All sources are read twenty times a second."""
    monkeypatch.setattr(follower_room, "SWEEP_SECONDS", 0.05)


@pytest.fixture
def log() -> Notebook:
    """An empty notebook."""
    return Notebook()


def test_a_backlog_is_taken_in_order_in_growing_pages(log: Notebook) -> None:
    follower = follower_of(log, {"a": log_of(1600)})
    while follower.step("a"):
        pass
    assert log.taken["a"] == list(range(1, 1601))
    assert log.sizes[:3] == [USUAL, 2 * USUAL, 4 * USUAL]
    assert max(log.sizes) == LARGEST


def test_an_empty_page_costs_no_write_until_much_was_scanned(log: Notebook) -> None:
    ends = iter([10, 20, 20, LARGEST + 21])
    asked: list[int] = []

    def read(after: int, limit: int) -> Page:
        asked.append(after)
        return Page(events=[], upto=next(ends))

    follower = follower_of(log, {"a": read})
    for _ in range(3):
        follower.step("a")
    assert (log.places, asked) == ({}, [0, 10, 20])
    follower.step("a")
    assert log.places == {"a": LARGEST + 21}


@pytest.mark.usefixtures("brisk")
def test_what_fails_for_a_moment_is_tried_again_in_smaller_pages(log: Notebook) -> None:
    failures = iter([Unavailable(why=""), ZeroDivisionError(), OSError(), PlaceMoved("a")])

    def trouble(source: str, page: Page) -> None:
        sizes.append(len(page.events))
        for error in failures:
            raise error

    sizes: list[int] = []
    log.trouble = trouble
    with running(follower_of(log, {"a": log_of(300)})):
        until(lambda: log.place("a") == 300)
    assert sizes[:4] == [100, 50, 25, 12]
    assert log.taken["a"] == list(range(1, 301))


def test_an_event_that_spoils_its_page_is_soon_alone_on_one(log: Notebook) -> None:
    """A log parks rows that the database cannot hold from a page of one."""

    def trouble(source: str, page: Page) -> None:
        if len(page.events) > 1 and any(event.position == 37 for event in page.events):
            raise ZeroDivisionError

    log.trouble = trouble
    with running(follower_of(log, {"a": log_of(300)})):
        until(lambda: log.place("a") == 300, 4)
    assert log.taken["a"] == list(range(1, 301))


@pytest.mark.usefixtures("brisk")
@pytest.mark.parametrize("refusal", [Unavailable(why=""), Defect(trace=""), Denied(why="")])
def test_a_source_that_cannot_answer_does_not_hold_up_the_others(
    log: Notebook, refusal: Exception
) -> None:
    healthy = threading.Event()

    def read(after: int, limit: int) -> Page:
        if not healthy.is_set():
            raise refusal
        return log_of(10, "b")(after, limit)

    follower = follower_of(log, {"b": read, "a": log_of(1000)})
    with running(follower) as thread:
        until(lambda: log.place("a") == 1000)
        assert thread.is_alive()
        assert follower.reached == {"a": True, "b": False}
        healthy.set()
        until(lambda: log.place("b") == 10)


@pytest.mark.usefixtures("brisk")
def test_another_follower_of_this_kind_may_be_faster(log: Notebook) -> None:
    """Its place moved: this one reads on from there and repeats nothing."""

    def trouble(source: str, page: Page) -> None:
        log.trouble = lambda source, page: None
        log.places["a"] = 70

    log.trouble = trouble
    with running(follower_of(log, {"a": log_of(100)})):
        until(lambda: log.place("a") == 100)
    assert log.taken["a"] == list(range(71, 101))


def test_a_lost_prompt_costs_a_second_and_a_half_at_most(log: Notebook) -> None:
    length = [0]

    def read(after: int, limit: int) -> Page:
        return log_of(length[0])(after, limit)

    with running(follower_of(log, {"a": read})):
        until(lambda: log.unparked)
        length[0], begun = 1, time.monotonic()
        until(lambda: log.place("a") == 1, 3)
        waited = time.monotonic() - begun
    assert waited < 1.5


@pytest.mark.usefixtures("brisk")
def test_a_timer_runs_at_its_pace_and_survives_what_is_transient(log: Notebook) -> None:
    runs: list[float] = []

    def act() -> None:
        runs.append(time.monotonic())
        raise Unavailable(why="")

    with running(follower_of(log, {"a": log_of(0)}, every=[(0.3, act)])):
        until(lambda: len(runs) == 3)
    assert runs[2] - runs[0] >= 0.6


def test_told_to_stop_it_asks_no_further_source(log: Notebook) -> None:
    """With the broker away each source takes seconds to fail: none is begun after the signal."""
    asked: list[str] = []

    def read(name: str) -> Read:
        def away(after: int, limit: int) -> Page:
            asked.append(name)
            follower.stop()
            raise Unavailable(why="the broker is away")

        return away

    follower = follower_of(log, {name: read(name) for name in "abc"})
    follower.run()
    assert asked == ["a"]


def test_a_defect_of_the_loop_itself_is_not_hidden(log: Notebook) -> None:
    def read(after: int, limit: int) -> Page:
        raise KeyError("a programmer's error")

    with pytest.raises(KeyError):
        follower_of(log, {"a": read}).run()
