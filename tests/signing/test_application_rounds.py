"""Revocation lists are fetched in rounds: at once, sooner after a failure, anew in time."""

from collections.abc import Callable, Iterator

import pika
import pytest

from infra.local.world import World
from services.kernel.jobs import Jobs
from services.signing.application import QUEUE, Rounds
from tests.signing.test_application_revoking import ANSWER, Sources

Taken = Callable[[], int]


@pytest.fixture
def taken(world: World) -> Iterator[Taken]:
    """How many jobs lie in the queue; they are taken out."""
    with pika.BlockingConnection(pika.URLParameters(world.broker_url("signing"))) as connection:
        channel = connection.channel()
        channel.queue_purge(QUEUE)

        def count() -> int:
            found = 0
            while channel.basic_get(QUEUE, auto_ack=True)[0] is not None:
                found += 1
            return found

        yield count


def test_a_new_address_is_asked_at_once_and_then_when_its_turn_comes(
    world: World, taken: Taken
) -> None:
    sources = Sources()
    rounds = Rounds(sources.signing, Jobs(world.broker_url("signing"), QUEUE), 3600, again=0)
    rounds.feed()
    assert taken() == 0
    sources.set()
    sources.set("http://ca.example.vn/ocsp", ANSWER)
    rounds.feed()
    assert taken() == 1, "lists alone are fetched in rounds"
    rounds.feed()
    assert taken() == 1, "nothing came yet"
    sources.heard()
    rounds.feed()
    assert taken() == 0
    sources.missed()
    rounds.feed()
    assert taken() == 1


def test_a_list_that_came_is_fetched_anew_in_time(world: World, taken: Taken) -> None:
    sources = Sources()
    rounds = Rounds(sources.signing, Jobs(world.broker_url("signing"), QUEUE), 0, again=0)
    sources.set()
    sources.heard()
    rounds.feed()
    rounds.feed()
    assert taken() == 2


def test_an_address_is_not_asked_more_often_than_it_may(world: World, taken: Taken) -> None:
    sources = Sources()
    rounds = Rounds(sources.signing, Jobs(world.broker_url("signing"), QUEUE), 0, again=60)
    sources.set()
    for _ in range(5):
        rounds.feed()
    assert taken() == 1
