"""Heavy work: done once whoever dies, parked when it kills, put again when the queue is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import msgspec
import pika
import pytest

from infra.local.ground import Ground
from infra.local.world import World
from services.kernel.application import in_postgres
from services.kernel.broker import AWAY
from services.kernel.jobs import KEPT_EVERY, Entry, Feeder, Jobs, Worker
from tests.conftest import until
from tests.kernel.conftest import Made
from tests.kernel.counter import Counters
from tests.kernel.kin import QUEUE, Job, alive, work
from tests.kernel.proxy import Proxy

TRACE = f"00-{'5' * 32}-{'6' * 16}-01"


@contextmanager
def channel_of(world: World) -> Iterator[pika.adapters.blocking_connection.BlockingChannel]:
    """A channel of somebody who may do everything."""
    with pika.BlockingConnection(pika.URLParameters(world.admin_broker_url)) as connection:
        yield connection.channel()


def waiting(world: World, queue: str = QUEUE) -> int:
    """How many messages are in a queue for anybody to take."""
    with channel_of(world) as channel:
        return int(channel.queue_declare(queue, passive=True).method.message_count)


def parked(world: World) -> list[bytes]:
    """Messages that were parked; they are taken out."""
    bodies = []
    with channel_of(world) as channel:
        while (got := channel.basic_get("vanban.dead", auto_ack=True))[2] is not None:
            bodies.append(got[2])
    return bodies


@pytest.fixture
def jobs(world: World) -> Iterator[Jobs]:
    """The producing side; afterwards both queues are empty."""
    yield Jobs(world.broker_url("signing"), QUEUE)
    with channel_of(world) as channel:
        channel.queue_purge(QUEUE)
        channel.queue_purge("vanban.dead")


@pytest.fixture
def own(made: Made, world: World) -> Counters:
    """Where workers record results."""
    return made(in_postgres(world.database_url("signing")))


@contextmanager
def working(world: World, does: Callable[[bytes, str], None]) -> Iterator[Worker]:
    """A worker in a thread."""
    worker = Worker(world.broker_url("signing"), QUEUE, does, pause=0)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join(10)
        assert not thread.is_alive()


def test_a_job_and_its_trace_arrive(world: World, jobs: Jobs) -> None:
    done: list[tuple[bytes, str]] = []
    jobs.put("key", Job(id=uuid4(), what="easy"), TRACE)
    with working(world, lambda body, trace: done.append((body, trace))):
        until(lambda: done, 30)
    ((body, trace),) = done
    assert msgspec.json.decode(body, type=Job).what == "easy"
    assert trace.split("-")[1] == "5" * 32
    assert waiting(world) == 0


def test_a_job_whose_worker_is_killed_is_done_once_by_another(
    world: World, jobs: Jobs, own: Counters, tmp_path: Path
) -> None:
    job, urls = (
        Job(id=uuid4(), what="hang"),
        (world.broker_url("signing"), world.database_url("signing")),
    )
    jobs.put("key", job)
    with alive(1, work, *urls, tmp_path):
        until(lambda: list(tmp_path.iterdir()), 30)
    jobs.put("key", job)
    with alive(2, work, *urls, tmp_path):
        until(lambda: len(list(tmp_path.iterdir())) == 3 and waiting(world) == 0, 30)
        until(lambda: own.last_version(job.id) == 2)
    assert own.things(job.id) in (["hang 1"], ["hang 2"]), "the repeated job got the first answer"
    assert parked(world) == []


def test_a_job_that_kills_its_workers_is_parked(world: World, jobs: Jobs, tmp_path: Path) -> None:
    jobs.put("key", job := Job(id=uuid4(), what="kill"))
    urls = (world.broker_url("signing"), world.database_url("signing"))
    deaths = 0
    while not (dead := parked(world)):
        assert deaths < 8
        with alive(1, work, *urls, tmp_path) as (worker,):
            until(lambda: not worker.is_alive() or waiting(world, "vanban.dead"), 30)
            deaths += not worker.is_alive()
    assert dead == [msgspec.json.encode(job)]
    assert deaths in (5, 6)
    assert waiting(world) == 0


def test_a_job_that_fails_is_parked_after_five_returns_and_the_next_is_done(
    world: World, jobs: Jobs
) -> None:
    tried: list[bytes] = []

    def does(body: bytes, trace: str) -> None:
        tried.append(body)
        if b"poison" in body:
            raise ValueError("poison")

    with working(world, does):
        jobs.put("bad", "poison")
        jobs.put("good", "easy")
        until(lambda: b'"easy"' in tried and waiting(world, "vanban.dead"))
    assert tried.count(b'"poison"') == 6, "once, and again after each of five returns"
    assert parked(world) == [b'"poison"']


def test_a_worker_finishes_the_job_at_hand_before_it_stops(world: World, jobs: Jobs) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def does(body: bytes, trace: str) -> None:
        begun.set()
        go_on.wait(10)

    jobs.put("key", "long")
    with working(world, does) as worker:
        assert begun.wait(10)
        worker.stop()
        go_on.set()
    assert waiting(world) == 0
    assert parked(world) == []


def test_a_lost_line_is_told_and_the_next_put_makes_a_new_one(world: World, jobs: Jobs) -> None:
    with Proxy(world.broker_url("signing")) as wire:
        far = Jobs(wire.url, QUEUE)
        far.put("one", "easy")
        with wire.broken(), pytest.raises(AWAY):
            far.put("two", "easy")
        far.put("two", "easy")
    until(lambda: waiting(world) == 2)


class Book:
    """A service's log of opened and closed jobs."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.kept: list[int] = []

    def open(self, key: str) -> None:
        """A job was asked for."""
        self.entries.append(Entry(len(self.entries) + 1, key, {"id": key}, TRACE))

    def close(self, key: str) -> None:
        """A job was done."""
        self.entries.append(Entry(len(self.entries) + 1, key, None, ""))

    def read(self, after: int) -> tuple[list[Entry], int]:
        """Entries after a position."""
        return self.entries[after:], len(self.entries)


class Tray(Jobs):
    """A queue in memory."""

    def __init__(self) -> None:
        self.put_in: list[str] = []
        self.away = False

    def put(self, key: str, job: object, trace: str = "", urgent: bool = False) -> None:
        if self.away:
            raise ConnectionError
        self.put_in.append(key)


def test_every_open_job_is_put_once_and_a_closed_one_never() -> None:
    book, tray = Book(), Tray()
    feeder = Feeder(tray, book.read)
    for key in "abc":
        book.open(key)
    book.close("b")
    feeder.feed()
    feeder.feed()
    assert tray.put_in == ["a", "c"]
    book.open("d")
    feeder.feed()
    assert tray.put_in == ["a", "c", "d"]


def test_what_stays_open_is_put_again_until_it_is_closed() -> None:
    book, tray = Book(), Tray()
    feeder = Feeder(tray, book.read, again=0)
    book.open("a")
    feeder.feed()
    feeder.feed()
    book.close("a")
    feeder.feed()
    assert tray.put_in == ["a", "a"]


def test_while_the_broker_is_away_nothing_is_forgotten() -> None:
    book, tray = Book(), Tray()
    feeder = Feeder(tray, book.read)
    book.open("a")
    tray.away = True
    with pytest.raises(ConnectionError):
        feeder.feed()
    tray.away = False
    feeder.feed()
    assert tray.put_in == ["a"]


def test_a_feeder_started_anew_reads_from_where_no_older_job_is_open() -> None:
    book, tray = Book(), Tray()
    for number in range(KEPT_EVERY):
        book.open(str(number))
        if number != 600:
            book.close(str(number))
    Feeder(tray, book.read, 0, book.kept.append).feed()
    assert book.kept == [1200], "the entry before the one that opens job 600"
    anew = Tray()
    Feeder(anew, book.read, book.kept[-1], book.kept.append).feed()
    assert anew.put_in == ["600"]


@pytest.mark.parametrize("loss", ["purged", "deleted"])
def test_losing_the_queue_loses_no_job(ground: Ground, world: World, jobs: Jobs, loss: str) -> None:
    """The feeder puts open jobs again; the worker comes back to the new queue by itself."""
    book, done = Book(), list[bytes]()
    feeder = Feeder(jobs, book.read, again=0)
    book.open("a")
    feeder.feed()
    with channel_of(world) as channel:
        if loss == "purged":
            assert channel.queue_purge(QUEUE).method.message_count == 1
    with working(world, lambda body, trace: done.append(body)) as worker:
        if loss == "deleted":
            until(lambda: worker.connected)
            with channel_of(world) as channel:
                channel.queue_delete(QUEUE)
            with pytest.raises(AWAY):
                feeder.feed()
            done.clear()
            ground.rabbitmq.make_vhost(world.name)
        feeder.feed()
        until(lambda: done, 30)
