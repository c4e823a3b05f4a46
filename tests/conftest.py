"""What all tests share: one ground of real machines for the session, one fresh world a module."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from infra.local.ground import Ground
from infra.local.softhsm import SoftHSM
from infra.local.supervisor import ground_of
from infra.local.world import World


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """PostgreSQL, RabbitMQ and S3, running; tests may kill and restart them."""
    folder = tmp_path_factory.mktemp("ground", numbered=False)
    with ground_of(folder, tell=print) as ground:
        yield ground
    ground.purge()


@pytest.fixture(scope="module")
def world(ground: Ground) -> World:
    """A database, virtual host and bucket of this module alone; they go with the ground."""
    return ground.new_world(f"test-{uuid4().hex[:8]}")


@pytest.fixture(scope="session")
def softhsm(tmp_path_factory: pytest.TempPathFactory) -> SoftHSM:
    """Tokens in files; this process and its children find them."""
    softhsm = SoftHSM(tmp_path_factory.mktemp("softhsm"))
    os.environ.update(softhsm.environment)
    return softhsm


def holds(new: Any, old: Any) -> bool:
    """Whether everything old stands in the new, which may have more fields."""
    if isinstance(old, dict):
        return all(key in new and holds(new[key], value) for key, value in old.items())
    if isinstance(old, list):
        return len(new) == len(old) and all(map(holds, new, old))
    return bool(new == old)


def children() -> set[str]:
    """Process ids of this process' children, ended ones that nobody asked for included."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {pid for task in tasks for pid in task.read_text().split()}


def until(condition: Callable[[], object], seconds: float = 15) -> None:
    """Wait until a condition holds; fail with its last answer when the time is up."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > deadline:
            pytest.fail(f"not after {seconds} s: {condition!r} says {answer!r}")
        threading.Event().wait(0.02)
