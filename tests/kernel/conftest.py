"""What the tests of the kernel share: counters in memory and in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from infra.local.world import World
from services.kernel.application import IN_MEMORY, in_postgres
from tests.kernel.counter import Counters

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


@pytest.fixture
def counters(made: Made, store: dict[str, str]) -> Counters:
    """An application of its own on the store."""
    return made(store)
