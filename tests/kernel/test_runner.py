"""An answering door as a process: it ends in time whatever hangs; it comes back with the broker."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from contracts.envelope import Actor
from contracts.errors import Unanswered
from contracts.values import Role
from infra.local.ground import Ground
from infra.local.world import World
from services.kernel.client import Client
from services.kernel.tokens import issue
from tests.conftest import until
from tests.kernel.counter import Counting
from tests.kernel.doors import COUNTERS, Door, counting, opened
from tests.kernel.proxy import Proxy

LIMIT = 12.0
SERVICE = "dispatch"


@contextmanager
def asked(world: World, timeout: float) -> Iterator[Counting]:
    """The counters as an auditor outside asks them, without the wire."""
    key = Path(world.environment("accounts")["VANBAN_TOKEN_PRIVATE_KEY_FILE"])
    ends = datetime.now(UTC) + timedelta(hours=1)
    token = issue(key, Actor(person="auditor"), [Role.AUDITOR], ends)
    with Client(world.broker_url("edge"), token, timeout) as client:
        yield counting(client)


@pytest.fixture(scope="module")
def asking(world: World) -> Iterator[Counting]:
    """Somebody who has patience."""
    with asked(world, timeout=20) as asking:
        yield asking


def seconds_to_end(door: Door, signals: int = 1, codes: tuple[int, ...] = (0,)) -> float:
    """How long a process takes to end of itself after SIGTERM, with one of these exit codes."""
    process, begun = door.child.process, time.monotonic()
    assert process is not None
    door.tell_to_end(signals)
    process.wait(30)
    assert process.returncode in codes, door.log
    return time.monotonic() - begun


@contextmanager
def memory_alarm(ground: Ground) -> Iterator[None]:
    """The broker takes no messages."""
    try:
        ground.rabbitmqctl("set_vm_memory_high_watermark", "0.000001")
        until(lambda: "memory" in ground.rabbitmq.evaluate("rabbit_alarm:get_alarms()"))
        yield
    finally:
        ground.rabbitmqctl("set_vm_memory_high_watermark", "0.4")


def test_a_call_that_hangs_holds_it_no_longer_than_the_limit(ground: Ground, world: World) -> None:
    """And the broker takes no messages either."""
    with opened(ground, world, COUNTERS, SERVICE) as door, ThreadPoolExecutor(1) as caller:
        sleeper = caller.submit(_ask_what_takes_long, world)
        until(lambda: _sleeps(world))
        with memory_alarm(ground):
            assert seconds_to_end(door) < LIMIT
        sleeper.result()


def _ask_what_takes_long(world: World) -> None:
    with asked(world, timeout=6) as asking, pytest.raises(Unanswered):
        asking.sleep_in_store(seconds=60)


def test_calls_at_hand_are_answered_before_it_ends_though_told_twice(
    ground: Ground, world: World, asking: Counting
) -> None:
    with opened(ground, world, COUNTERS, SERVICE) as door, ThreadPoolExecutor(1) as caller:
        sleeper = caller.submit(asking.sleep_in_store, seconds=1.5)
        until(lambda: _sleeps(world))
        assert seconds_to_end(door, signals=2) < 8
        assert sleeper.done() and sleeper.exception() is None


def test_a_signal_while_it_begins_ends_it_too(ground: Ground, world: World) -> None:
    """To stop nameko before it has started would hang."""
    with opened(ground, world, COUNTERS, SERVICE, ready=False) as door:
        until(lambda: door.waits_for("consuming") or door.is_ready(), 60)
        assert seconds_to_end(door, codes=(0, -signal.SIGTERM)) < 8


def _sleeps(world: World) -> bool:
    with psycopg.connect(world.admin_database_url) as line:
        found = line.execute("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
        return found.fetchone() is not None


def test_the_door_survives_every_cut_and_ends_at_once_when_the_broker_is_down(
    ground: Ground, world: World, asking: Counting
) -> None:
    """Lines break under load, in the middle of taking, answering, acknowledging: same process."""
    series = uuid4()
    with (
        Proxy(world.broker_url(SERVICE)) as wire,
        opened(ground, world, COUNTERS, SERVICE, VANBAN_BROKER_URL=wire.url) as door,
    ):
        pid = door.pid
        with ThreadPoolExecutor(8) as crowd:
            taken = [
                crowd.submit(asking.number, series=series, taken_by=uuid4()) for _ in range(60)
            ]
            for enough in (10, 20, 30):
                until(lambda enough=enough: sum(one.done() for one in taken) >= enough)  # type: ignore[misc]
                wire.cut()
            numbers = sorted(one.result() for one in taken if one.exception() is None)
        assert asking.number(series=series, taken_by=uuid4()) >= len(numbers) + 1
        assert door.pid == pid is not None
        with wire.broken():
            until(lambda: door.waits_for("consuming"))
            assert seconds_to_end(door) < 3
    assert len(numbers) == len(set(numbers)) >= 40


def test_only_a_service_has_a_door() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "services.kernel.runner", "cli"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode != 0
    assert "services.cli.service" in ran.stderr
