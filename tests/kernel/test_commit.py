"""A command happens once, whoever asks how often; one bad command fails alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any
from uuid import UUID, uuid4

import pytest
from greenlet import GreenletExit  # type: ignore[import-untyped]

from contracts.errors import CommandIdReused, Invalid, Refused, Unavailable
from services.kernel.application import IN_MEMORY
from services.kernel.commit import command
from services.kernel.context import acting, current
from tests.conftest import until
from tests.kernel.conftest import Made
from tests.kernel.counter import AlreadyCounted, Counter, Counters, somebody

Act = Callable[[], Any]


def asked(act: Act, person: str = "an", command_id: UUID | None = None) -> Act:
    """An act as its asker's."""

    def ask() -> Any:
        with acting(somebody(person, command_id=command_id or uuid4())):
            return act()

    return ask


def in_one_batch(counters: Counters, *acts: Act) -> list[Future[Any]]:
    """Have all these asked at once; the writer is busy until the last of them waits in line."""
    with ThreadPoolExecutor(len(acts)) as crowd:
        with counters.group.page():
            futures = [crowd.submit(copy_context().run, act) for act in acts]
            until(lambda: len(counters.group._waiting) == len(acts))
        return futures


@contextmanager
def unchanged(counters: Counters) -> Iterator[None]:
    """Nothing is written in this block."""
    before = counters.recorder.max_notification_id()
    yield
    assert counters.recorder.max_notification_id() == before


def test_the_same_command_id_gets_the_same_answer_and_one_effect(counters: Counters) -> None:
    id, command_id = uuid4(), uuid4()
    ask = asked(lambda: counters.add(id=id, thing="a"), command_id=command_id)
    assert ask() == 1
    asked(lambda: counters.add(id=id, thing="b"))()
    with unchanged(counters):
        assert ask() == 1
    assert counters.things(id) == ["a", "b"]


def test_sixteen_at_once_with_one_id_get_one_answer(counters: Counters) -> None:
    id, command_id = uuid4(), uuid4()
    together = threading.Barrier(16)

    def ask() -> Any:
        together.wait(10)
        return asked(lambda: counters.add(id=id, thing="a"), command_id=command_id)()

    with ThreadPoolExecutor(16) as crowd:
        answers = [future.result() for future in [crowd.submit(ask) for _ in range(16)]]
    assert answers == [1] * 16
    assert counters.things(id) == ["a"]


def test_sixteen_in_one_batch_with_one_id_get_one_answer(counters: Counters) -> None:
    id, command_id = uuid4(), uuid4()
    ask = asked(lambda: counters.number(series=id, taken_by=id), command_id=command_id)
    assert [f.result() for f in in_one_batch(counters, *[ask] * 16)] == [1] * 16
    assert counters.last_version(id) == 1


@pytest.mark.parametrize("batched", [False, True])
def test_the_same_id_with_another_question_is_refused(counters: Counters, batched: bool) -> None:
    id, command_id = uuid4(), uuid4()
    first = asked(lambda: counters.add(id=id, thing="a"), command_id=command_id)
    others = [
        asked(lambda: counters.add(id=id, thing="b"), command_id=command_id),
        asked(lambda: counters.begin(id=uuid4()), command_id=command_id),
        asked(lambda: counters.add(id=id, thing="a"), "bình", command_id),
    ]
    if batched:
        answer, *futures = in_one_batch(counters, first, *others)
        assert answer.result() == 1
        assert {type(future.exception()) for future in futures} == {CommandIdReused}
    else:
        assert first() == 1
        for ask in others:
            with unchanged(counters), pytest.raises(CommandIdReused):
                ask()
    assert counters.things(id) == ["a"]


def test_a_refused_command_leaves_nothing_and_its_id_may_be_used_again(counters: Counters) -> None:
    id, command_id = uuid4(), uuid4()
    asked(lambda: counters.add(id=id, thing="a"))()
    ask = asked(lambda: counters.add(id=id, thing="a"), command_id=command_id)
    with unchanged(counters), pytest.raises(AlreadyCounted):
        ask()
    assert asked(lambda: counters.add(id=id, thing="b"), command_id=command_id)() == 2


def test_a_repeat_that_the_domain_would_refuse_gets_the_first_answer(counters: Counters) -> None:
    """The receipt is looked up after the refusal; others are refused the same thing."""
    id, command_id = uuid4(), uuid4()
    ask = asked(lambda: counters.add(id=id, thing="a"), command_id=command_id)
    assert ask() == ask() == 1
    with pytest.raises(AlreadyCounted):
        asked(lambda: counters.add(id=id, thing="a"))()


def test_what_cannot_be_stored_fails_alone_in_a_full_batch(counters: Counters) -> None:
    ids = [uuid4() for _ in range(18)]
    bad = [
        asked(lambda: counters.do(act=lambda: counters.note(id=ids[0], note=object()))),
        asked(lambda: counters.do(act=object)),
    ]
    good = [asked(lambda id=id: counters.add(id=id, thing="a")) for id in ids]  # type: ignore[misc]
    futures = in_one_batch(counters, *good[:9], *bad, *good[9:])
    assert [type(f.exception()) for f in futures[9:11]] == [TypeError, TypeError]
    assert [f.result() for f in (*futures[:9], *futures[11:])] == [1] * 18
    assert [counters.things(id) for id in ids] == [["a"]] * 18


def test_a_refusal_undoes_only_its_own_command(counters: Counters) -> None:
    """Of four on one counter the second is refused after it changed the loaded aggregate."""
    id = uuid4()

    def change_and_refuse() -> None:
        counter = counters.counter(id)
        counter.trigger_event(Counter.Added, thing="x")
        counters.save(counter)
        raise AlreadyCounted(thing="x")

    acts: list[Act] = [lambda thing=thing: counters.add(id=id, thing=thing) for thing in "abc"]  # type: ignore[misc]
    acts.insert(1, lambda: counters.do(act=change_and_refuse))
    futures = in_one_batch(counters, *map(asked, acts))
    assert isinstance(futures[1].exception(), AlreadyCounted)
    assert sorted(f.result() for f in (futures[0], *futures[2:])) == [1, 2, 3]
    assert sorted(counters.things(id)) == ["a", "b", "c"]


def test_each_command_of_a_batch_keeps_its_own_actor(counters: Counters) -> None:
    people = [f"person {number}" for number in range(40)]
    ids = {person: uuid4() for person in people}
    acts = [
        asked(lambda id=id: counters.add(id=id, thing="a"), person)  # type: ignore[misc]
        for person, id in ids.items()
    ]
    for future in in_one_batch(counters, *acts):
        future.result()
    for person, id in ids.items():
        events: list[Any] = list(counters.events.get(id))
        assert {event.actor.person for event in events} == {person}


def test_a_batch_is_written_once(made: Made, store: dict[str, str]) -> None:
    writes: list[int] = []
    counters = made(store, written=lambda: writes.append(1))
    acts = [asked(lambda: counters.add(id=uuid4(), thing="a")) for _ in range(30)]
    for future in in_one_batch(counters, *acts):
        future.result()
    assert len(writes) == 2, "the page that held them up, and the batch"


@pytest.mark.parametrize("death", [SystemExit, KeyboardInterrupt, GreenletExit])
def test_a_killed_leader_leaves_nothing_and_everybody_may_repeat(
    counters: Counters, death: type[BaseException]
) -> None:
    ids = [uuid4() for _ in range(8)]
    alive = [asked(lambda id=id: counters.add(id=id, thing="a"), command_id=id) for id in ids]  # type: ignore[misc]

    def die() -> None:
        raise death

    with unchanged(counters):
        futures = in_one_batch(
            counters, *alive[:4], asked(lambda: counters.do(act=die)), *alive[4:]
        )
    failed = [future.exception() for future in futures]
    assert {type(error) for error in failed} == {Unavailable, death}
    assert sum(isinstance(error, death) for error in failed) == 1
    again = [asked(lambda id=id: counters.add(id=id, thing="a")) for id in ids]  # type: ignore[misc]
    assert [future.result() for future in in_one_batch(counters, *again)] == [1] * 8


def test_a_strangers_id_is_refused_and_spoils_no_batch(counters: Counters) -> None:
    """An id of something else: a receipt, a series, or the very command that asks."""
    receipt, series, own = uuid4(), uuid4(), uuid4()
    asked(lambda: counters.add(id=uuid4(), thing="a"), command_id=receipt)()
    asked(lambda: counters.number(series=series, taken_by=own))()
    bad = [
        asked(lambda: counters.add(id=receipt, thing="a")),
        asked(lambda: counters.add(id=series, thing="a")),
        asked(lambda: counters.add(id=own, thing="a"), command_id=own),
    ]
    good = [asked(lambda: counters.add(id=uuid4(), thing="a")) for _ in range(5)]
    futures = in_one_batch(counters, *bad, *good)
    assert [type(future.exception()) for future in futures[:3]] == [Invalid] * 3
    assert [future.result() for future in futures[3:]] == [1] * 5


def test_one_that_conflicts_for_ever_stands_alone(counters: Counters) -> None:
    """`begin` does not look whether something is there: only its own write can tell."""
    taken = uuid4()
    asked(lambda: counters.begin(id=taken))()
    bad = asked(lambda: counters.begin(id=taken))
    good = [asked(lambda: counters.add(id=uuid4(), thing="a")) for _ in range(5)]
    first, *others = in_one_batch(counters, bad, *good)
    assert isinstance(first.exception(), Unavailable)
    assert [future.result() for future in others] == [1] * 5


def test_slow_things_run_before_the_command_and_outside_the_lock(made: Made) -> None:
    counters = made(IN_MEMORY)
    lines: list[str] = []

    def before(self: Counters, *, id: UUID) -> None:
        lines.append(f"before, locked: {self.group._turn.locked()}")

    @command(first=before)
    def act(self: Counters, *, id: UUID) -> None:
        lines.append(f"act, locked: {self.group._turn.locked()}")

    act(counters, id=uuid4())
    assert lines == ["before, locked: False", "act, locked: True"]


def test_a_command_inside_a_followers_page_is_part_of_the_page(counters: Counters) -> None:
    id = uuid4()
    with unchanged(counters), pytest.raises(ZeroDivisionError), counters.group.page() as work:
        work.run(lambda: counters.add(id=id, thing="a"))
        raise ZeroDivisionError
    with counters.group.page() as work:
        assert work.run(lambda: counters.add(id=id, thing="b")) == 1
    assert counters.things(id) == ["b"]


def test_answers_come_back_as_their_types(counters: Counters) -> None:
    with pytest.raises(Refused):
        asked(lambda: counters.do(act=lambda: (_ for _ in ()).throw(Refused())))()
    assert asked(lambda: counters.do(act=lambda: {"id": uuid4()}))()["id"]
    assert current().actor.person == "nobody"
