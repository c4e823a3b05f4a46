"""Two followers of one kind at once, killed again and again: every event has its effect once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

from infra.local.world import World
from services.kernel.application import in_postgres
from services.kernel.context import acting
from services.kernel.eventlog import EventLog
from tests.conftest import until
from tests.kernel.conftest import Made
from tests.kernel.counter import AGENCY, Counter, Counters, somebody, told
from tests.kernel.kin import alive, follow_raggedly

COUNTERS, THINGS, ROUNDS = 15, 30, 5


def filled(source: Counters) -> dict[UUID, list[str]]:
    """Counters of the source, each with its things."""
    things = {uuid4(): [f"thing {number}" for number in range(THINGS)] for _ in range(COUNTERS)}
    for id, names in things.items():
        counter = Counter.begin(Counter.Begun, id, agency=AGENCY)
        for name in names:
            counter.trigger_event(Counter.Added, thing=name)
        source.save(counter)
    return things


def test_every_event_counts_once_under_kill_9_of_both(made: Made, world: World) -> None:
    """Ragged pages, commands on the same aggregates meanwhile; a policy that forgives nothing."""
    source_url, own_url = world.database_url("dispatch"), world.database_url(Counters.name)
    source, own = made(in_postgres(source_url)), made(in_postgres(own_url))
    told_of = filled(source)
    log, last = EventLog(own, told(own)), source.recorder.max_notification_id() or 0
    done, asked = threading.Event(), dict[str, UUID]()

    def command(clerk: int) -> None:
        clerks_own, turn = made(in_postgres(own_url)), 0
        while not done.wait(0.01):
            id, thing = list(told_of)[turn % COUNTERS], f"clerk {clerk} {turn}"
            with acting(somebody(f"clerk {clerk}")):
                clerks_own.add(id=id, thing=thing)
            asked[thing], turn = id, turn + 1

    with ThreadPoolExecutor(2) as clerks:
        busy = [clerks.submit(command, clerk) for clerk in range(2)]
        try:
            for turn in range(1, ROUNDS + 1):
                with alive(2, follow_raggedly, source_url, own_url, world.broker_url(own.name)):
                    until(lambda goal=last * turn // ROUNDS: log.place("dispatch") >= goal, 30)  # type: ignore[misc]
        finally:
            done.set()
        for clerk in busy:
            clerk.result()
    assert log.parked("dispatch") == 0
    for id, names in told_of.items():
        things = own.things(id)
        learnt = [thing.split(" ", 1)[1] for thing in things if not thing.startswith("clerk")]
        assert learnt == names
        by_clerks = [thing for thing in things if thing.startswith("clerk")]
        assert sorted(by_clerks) == sorted(thing for thing, of in asked.items() if of == id)
    assert len(asked) > ROUNDS
