"""The answering door of counters: `python -m tests.kernel.door dispatch` asks as that service."""

from __future__ import annotations

import sys

from services.kernel import runner  # it patches for green threads
from services.kernel.application import in_postgres
from services.kernel.prompts import Prompts
from services.kernel.rpc import Given, answer
from services.kernel.settings import Settings
from services.kernel.view import Tables
from tests.kernel.counter import Counters, Counting


class CountersHere(Counters):
    """Counters under the name of a service that the broker knows."""

    name = sys.argv[1]


def build(settings: Settings) -> CountersHere:
    """The application of this process."""
    ring = Prompts(settings.broker_url, CountersHere.name).ring
    counters = CountersHere(in_postgres(settings.database_url), written=ring)
    counters.tables = Tables(settings.database_url, [])
    return counters


class CountersService:
    """The door: each line keeps one promise."""

    name = CountersHere.name
    application = Given(build, Settings)

    add = answer(Counting.add)
    number = answer(Counting.number)
    say = answer(Counting.say)
    sleep_in_store = answer(Counting.sleep_in_store)
    sleep_in_views = answer(Counting.sleep_in_views)
    read_events = answer(Counting.read_events)
    list_history = answer(Counting.list_history)
    list_parked_events = answer(Counting.list_parked_events)
    unpark_events = answer(Counting.unpark_events)


if __name__ == "__main__":
    runner.run(CountersService)
