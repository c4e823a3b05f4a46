"""Processes that tests kill: they end with who started them, whatever happens to that one."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from contracts.envelope import Page
from contracts.values import named_id
from services.kernel.application import in_postgres
from services.kernel.context import acting
from services.kernel.eventlog import EventLog
from services.kernel.events import read_page
from services.kernel.follower import Follower
from services.kernel.jobs import Worker
from services.kernel.prompts import Listener
from tests.kernel.counter import Counters, publish, somebody, told

PR_SET_PDEATHSIG = 1
QUEUE = "jobs-signing"
_NEST = multiprocessing.get_context("forkserver")
_NEST.set_forkserver_preload([__name__])


def _alive(act: Callable[..., None], *args: Any) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    act(*args)


class Job(msgspec.Struct):
    """A job of the tests: whose it is, and what happens."""

    id: UUID
    what: str


@contextmanager
def alive(count: int, act: Callable[..., None], *args: Any) -> Iterator[list[BaseProcess]]:
    """So many processes that do `act`; at the end of the block, SIGKILL."""
    processes: list[BaseProcess] = [
        _NEST.Process(target=_alive, args=[act, *args], daemon=True) for _ in range(count)
    ]
    for process in processes:
        process.start()
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.join()


def follow_raggedly(source_url: str, own_url: str, broker_url: str) -> None:
    """Follow the counters of `dispatch`; no two followers read pages with the same ends."""
    source, own = Counters(in_postgres(source_url)), Counters(in_postgres(own_url))

    def ragged(after: int, limit: int) -> Page:
        return read_page(source, "dispatch", publish, after, random.randint(1, 12))

    listener = Listener(broker_url, own.name, ["dispatch"])
    Follower(own.name, {"dispatch": ragged}, EventLog(own, told(own)), listener).run()


def work(broker_url: str, own_url: str, notes: Path) -> None:
    """Do jobs: the result of each is recorded once, under a command id that follows from it.

    What happens on the way is its `what`: `hang` the first time, be killed every time.
    """
    own = Counters(in_postgres(own_url))

    def do(body: bytes, trace: str) -> None:
        job = msgspec.json.decode(body, type=Job)
        begun = len(list(notes.iterdir()))
        (notes / str(begun)).touch()
        if job.what == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if job.what == "hang" and not begun:
            signal.pause()
        with acting(somebody("worker", trace=trace, command_id=named_id("done", str(job.id)))):
            own.add(id=job.id, thing=f"{job.what} {begun}")

    Worker(broker_url, QUEUE, do).run()
