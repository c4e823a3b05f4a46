"""What the tests of the kernel share: counters in memory and in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import pytest

from infra.local.ground import Ground
from infra.local.world import World
from services.kernel.application import IN_MEMORY, in_postgres
from services.kernel.client import Client
from tests.conftest import until
from tests.kernel.counter import Counters
from tests.kernel.doors import COUNTERS, Door, opened

Made = Callable[..., Counters]


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> dict[str, str]:
    """Where counters are kept: the promise holds in both."""
    if request.param == "memory":
        return IN_MEMORY
    world: World = request.getfixturevalue("world")
    return in_postgres(world.database_url(Counters.name))


@pytest.fixture
def made() -> Iterator[Made]:
    """Makes applications and closes them."""
    applications: list[Counters] = []

    def make(*args: Any, **kwargs: Any) -> Counters:
        applications.append(Counters(*args, **kwargs))
        return applications[-1]

    yield make
    for application in applications:
        application.close()


@pytest.fixture(scope="session")
def place(ground: Ground) -> World:
    """Where the doors stand that several modules ask."""
    return ground.new_world(f"doors-{uuid4().hex[:8]}")


@pytest.fixture(scope="session")
def doors(ground: Ground, place: World) -> Iterator[dict[str, Door]]:
    """The counters of `dispatch`, and the real accounts."""
    with ExitStack() as stack:
        both = {
            "dispatch": opened(ground, place, COUNTERS, "dispatch", ready=False),
            "accounts": opened(ground, place, "services.kernel.runner", "accounts", ready=False),
        }
        doors = {name: stack.enter_context(door) for name, door in both.items()}
        until(lambda: all(door.is_ready() for door in doors.values()), 60)
        yield doors
        for door in doors.values():
            door.tell_to_end()


@pytest.fixture(scope="session")
def outside(place: World, doors: dict[str, Door]) -> Iterator[Client]:
    """Somebody outside, signed in as the operator."""
    with Client(place.broker_url("edge"), timeout=20) as client:
        session = client.accounts.open_session(user_name="operator", password=place.operator_secret)
        yield client.as_holder(session.token)


@pytest.fixture
def counters(made: Made, store: dict[str, str]) -> Counters:
    """An application of its own on the store."""
    return made(store)
