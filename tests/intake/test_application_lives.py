"""Whatever people, gateways and other services do, in whatever order: table 3.2 holds.

Every command goes through the door's own understanding of its arguments, over every document of
two agencies. The store is in memory, so that 20,000 steps take half a minute; the last test does
the same on PostgreSQL. `table.py` is the model, `witness.py` holds each step against it.
"""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from psycopg import sql

from infra.local.world import World
from services.kernel.application import IN_MEMORY, in_postgres
from tests.intake.life import Life
from tests.intake.table import TABLE
from tests.intake.witness import Tally


def live(tally: Tally, new_store: Callable[[], dict[str, str]], number: int, **size: int) -> None:
    """Some more lives of an office, each in an empty store; `number` is what they are drawn by."""
    machine = type("Lives", (Life,), {"tally": tally, "new_store": staticmethod(new_store)})
    whole = settings(
        **size,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(number)(machine), settings=whole)


def tell(tally: Tally) -> None:
    print(tally)
    for name, outcomes in sorted(tally.taken.items()):
        print(f"  {name}: {dict(outcomes)}")
    print(f"  seldom: {dict(tally.recorded.most_common()[-5:])}")


@pytest.mark.rule("R8.2d")
@pytest.mark.rule("N30-VI.1đ")
def test_twenty_thousand_steps_of_two_agencies_keep_to_the_table() -> None:
    """And a row that chance has left out so far gets more lives."""
    tally = Tally()
    for number in range(12):
        live(tally, lambda: IN_MEMORY, number, max_examples=70, stateful_step_count=100)
        if tally.steps >= 20_000 and set(tally.recorded) == set(TABLE):
            break
    tell(tally)
    assert tally.steps >= 20_000
    assert set(tally.recorded) == set(TABLE), set(TABLE) - set(tally.recorded)


def test_it_is_so_on_postgresql_too(world: World) -> None:
    url = world.database_url("intake")

    def new_store() -> dict[str, str]:
        """The same database, emptied of what the life before left in it."""
        with psycopg.connect(url) as connection:
            found = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            for (table,) in connection.execute(found).fetchall():
                emptied = sql.SQL("TRUNCATE {} RESTART IDENTITY").format(sql.Identifier(table))
                connection.execute(emptied)
        return in_postgres(url)

    tally = Tally()
    live(tally, new_store, 0, max_examples=9, stateful_step_count=60)
    tell(tally)
    assert tally.steps >= 300
