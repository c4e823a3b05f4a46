"""Intake's two work queues on the real broker: an urgent job overtakes a thousand ordinary ones."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import msgspec
import pika
import pytest

from infra.local.world import World
from services.intake.application.jobs import QUEUE, URGENT
from services.kernel.jobs import Jobs, Worker
from tests.conftest import until

ORDINARY, HURRIED = 1000, 10


@pytest.fixture
def jobs(world: World) -> Iterator[Jobs]:
    """The producing side; afterwards both queues are empty."""
    yield Jobs(world.broker_url("intake"), QUEUE, URGENT)
    with pika.BlockingConnection(pika.URLParameters(world.admin_broker_url)) as connection:
        for queue in (QUEUE, URGENT):
            connection.channel().queue_purge(queue)


@pytest.mark.rule("Q28-6.2c")
def test_urgent_jobs_overtake_a_thousand_queued_ordinary_ones(world: World, jobs: Jobs) -> None:
    for number in range(ORDINARY):
        jobs.put(f"ordinary/{number}", number)
    begun, go_on = threading.Event(), threading.Event()
    done: list[int] = []

    def does(body: bytes, trace: str) -> None:
        begun.set()
        go_on.wait(30)
        done.append(msgspec.json.decode(body))

    worker = Worker(world.broker_url("intake"), (URGENT, QUEUE), does)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        assert begun.wait(30)
        for number in range(HURRIED):
            jobs.put(f"urgent/{number}", -1 - number, urgent=True)
        go_on.set()
        until(lambda: len([number for number in done if number < 0]) == HURRIED, 60)
    finally:
        go_on.set()
        worker.stop()
        thread.join(30)
    hurried = [place for place, number in enumerate(done) if number < 0]
    assert hurried == list(range(1, HURRIED + 1)), "right after the job that was at hand"
