"""Numbers run 1, 2, 3 … whatever is killed: two doors, 64 callers, every book without a gap."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import cycle
from threading import Lock
from uuid import UUID, uuid4

import pytest

from contracts.envelope import Actor
from contracts.values import Role
from infra.local import keys
from infra.local.ground import Ground
from infra.local.house import House, Process
from infra.local.world import World
from services.kernel import tokens
from services.kernel.client import Client, command_id
from tests.faults.fire import FULL, Fire, Pauses
from tests.together.arrivals import AGENCY, keep_arrivals
from tests.together.ledger import Ledger

DOORS = ("intake-1", "intake-2")
CALLERS = 64
ARRIVALS, SPARKS = (10_000, 50) if FULL else (960, 10)
BOOKS = [f"so-{number:02d}" for number in range(1, 21)]
STORE_EVERY = 10
PATIENCE = 90.0


@pytest.fixture(scope="module")
def arrivals(world: World) -> list[UUID]:
    """Documents of one agency that wait for their numbers, in 20 books."""
    return keep_arrivals(world, ARRIVALS)


@pytest.fixture(scope="module")
def house(ground: Ground, world: World, arrivals: list[UUID]) -> Iterator[House]:
    """Two answering doors of one service, both on the same store."""
    doors = [Process(name, "intake", ("services.kernel.runner", "intake")) for name in DOORS]
    with House(ground, world, doors) as house:
        yield house


class Callers:
    """Clerks who register what they are given; every so many answers strike a spark."""

    def __init__(self, clerk: Client, fire: Fire) -> None:
        self._clerk, self._fire = clerk, fire
        self._lock = Lock()
        self._answered = 0
        self.pauses = Pauses()

    def register(self, asked: tuple[UUID, UUID, str]) -> tuple[str, int]:
        """Book and number of one arrival, asked for under one command id."""
        document_id, id, book = asked
        with command_id(id):
            given = self._clerk.intake.register_document(document_id=document_id, book=book)
        number = given.book, given.number
        with self._lock:
            self._answered += 1
            self.pauses.beat()
            if self._answered % (ARRIVALS // (SPARKS + 1)) == 0:
                self._fire.spark()
        return number


def aims(house: House) -> Iterator[str]:
    """A door that answers now, the other one where there is a choice; each tenth time the store."""
    for spark in range(SPARKS):
        ready = [door for door in (DOORS[spark % 2], DOORS[1 - spark % 2]) if house.is_ready(door)]
        yield "postgres" if spark % STORE_EVERY == STORE_EVERY // 2 else (ready or DOORS)[0]


@pytest.mark.rule("N30-22")
def test_arrival_numbers_run_without_gap_or_double_under_fire(
    ground: Ground, world: World, house: House, arrivals: list[UUID]
) -> None:
    """Killed -9 in the middle of it all, both doors and the store; a repeat hears its number."""
    aim = aims(house)
    books = cycle(BOOKS)
    asked = [(document_id, uuid4(), next(books)) for document_id in arrivals]
    with Client(world.broker_url("edge"), clerk_token(ground), PATIENCE) as clerk:
        with Fire(house, lambda: next(aim, None)) as fire, ThreadPoolExecutor(CALLERS) as threads:
            callers = Callers(clerk, fire)
            numbers = list(threads.map(callers.register, asked))
        with ThreadPoolExecutor(CALLERS) as threads:
            again = list(threads.map(callers.register, asked))
    each = range(1, ARRIVALS // len(BOOKS) + 1)
    assert sorted(numbers) == [(book, number) for book in BOOKS for number in each]
    assert again == numbers
    check_the_store(Ledger(world, ["intake"]), dict(zip(arrivals, numbers, strict=True)))
    doors = [name for name in fire.killed if name in DOORS]
    stores = fire.killed.count("postgres")
    assert len(fire.killed) == SPARKS and stores == SPARKS // STORE_EVERY
    print(
        f"\nnumbers under fire: {ARRIVALS} commands by {CALLERS} callers in {len(BOOKS)} books,"
        f" each repeated; {len(doors)} kills of doors, {stores} of postgres; 0 doubled, 0 gaps;"
        f" longest pause {callers.pauses.longest:.1f} s"
    )


def check_the_store(ledger: Ledger, numbers: dict[UUID, tuple[str, int]]) -> None:
    """What is written says what was answered, once."""
    events = ledger.events()
    taken = {UUID(e.said["taken_by"]): e.version for e in events if "NumberTaken" in e.topic}
    registered = {
        e.aggregate_id: (e.said["line"]["number"]["book"], e.said["line"]["number"]["number"])
        for e in events
        if e.topic == "intake.IncomingDocument.Registered"
    }
    counts = ledger.counts()
    assert taken == {document: number for document, (_, number) in numbers.items()}
    assert registered == numbers
    assert counts["kernel.NumberTaken"] == counts["kernel.CommandAnswered"] == len(numbers)
    assert counts["intake.IncomingDocument.Registered"] == len(numbers)


def clerk_token(ground: Ground) -> str:
    """A clerk of the agency."""
    until = datetime.now(UTC) + timedelta(hours=1)
    actor = Actor(person="clerk.ubnd", agency=AGENCY)
    return tokens.issue(keys.token_private_key_file(ground.folder), actor, [Role.CLERK], until)
