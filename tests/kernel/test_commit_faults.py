"""Lines to PostgreSQL break in the middle of a commit: one effect, and the true first answer."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import UUID, uuid4

import pytest

from contracts.errors import Unavailable
from infra.local.world import World
from services.kernel.application import in_postgres
from services.kernel.context import acting
from tests.conftest import until
from tests.kernel.conftest import Made
from tests.kernel.counter import Counters, somebody
from tests.kernel.proxy import Proxy


@pytest.fixture(scope="module")
def wire(world: World) -> Iterator[Proxy]:
    """A wire to PostgreSQL."""
    with Proxy(world.database_url(Counters.name)) as wire:
        yield wire


@pytest.fixture
def far(made: Made, wire: Proxy) -> Counters:
    """Counters at the far end of the wire, connected."""
    counters = made(in_postgres(wire.url) | {"POSTGRES_CONNECT_TIMEOUT": "1"})
    add(counters, uuid4(), "a", uuid4())
    return counters


@pytest.fixture
def near(made: Made, world: World) -> Counters:
    """The same counters, seen without the wire."""
    return made(in_postgres(world.database_url(Counters.name)))


def add(counters: Counters, id: UUID, thing: str, command_id: UUID) -> int:
    """Ask as a caller does: what is unavailable is asked again with the same id."""
    for _ in range(20):
        try:
            with acting(somebody(command_id=command_id)):
                return counters.add(id=id, thing=thing)
        except Unavailable:
            continue
    raise AssertionError("unavailable twenty times")


@pytest.mark.parametrize("heard", [True, False])
def test_a_lost_commit_gives_the_true_first_answer(
    wire: Proxy, far: Counters, near: Counters, heard: bool
) -> None:
    """The line is cut behind the COMMIT (its answer is lost) or before it (it never came)."""
    for _ in range(2):
        id, before = uuid4(), wire.cuts
        assert add(far, id, "a", uuid4()) == 1
        wire.cut_at(b"COMMIT", heard)
        command_id = uuid4()
        assert add(far, id, "b", command_id) == 2
        assert wire.cuts == before + 1
        assert near.things(id) == ["a", "b"]
        assert add(far, id, "b", command_id) == 2


def test_a_series_has_no_gap_and_no_double_however_often_the_line_breaks(
    wire: Proxy, far: Counters, near: Counters
) -> None:
    series, documents, before = uuid4(), [uuid4() for _ in range(40)], wire.cuts

    def number(document: UUID) -> int:
        for _ in range(20):
            with suppress(Unavailable), acting(somebody(command_id=document)):
                return far.number(series=series, taken_by=document)
        raise AssertionError("unavailable twenty times")

    with ThreadPoolExecutor(4) as crowd:
        futures = {document: crowd.submit(number, document) for document in documents}
        for answered in range(0, 30, 6):
            until(lambda least=answered: sum(f.done() for f in futures.values()) >= least, 30)  # type: ignore[misc]
            wire.cut_at(b"COMMIT", heard=answered % 4 == 0)
    taken = {future.result(): document for document, future in futures.items()}
    wire.cut_at(b"")
    assert wire.cuts - before >= 3
    assert sorted(taken) == list(range(1, 41))
    on_record = {event.originator_version: event for event in near.events.get(series)}
    assert {number: event.taken_by for number, event in on_record.items()} == taken  # type: ignore[attr-defined]


def test_while_the_store_is_away_a_command_is_unavailable_and_nothing_stays_locked(
    wire: Proxy, far: Counters, near: Counters
) -> None:
    id, command_id = uuid4(), uuid4()
    with wire.broken(), pytest.raises(Unavailable), acting(somebody(command_id=command_id)):
        far.add(id=id, thing="a")
    assert add(near, id, "b", uuid4()) == 1
    assert add(far, id, "a", command_id) == 2
