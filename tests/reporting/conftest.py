"""Reporting's tests stand on a real PostgreSQL."""

from collections.abc import Iterator

import pytest

from infra.local.world import World
from tests.reporting.house import House


@pytest.fixture
def house(world: World) -> Iterator[House]:
    """Reporting with empty tables."""
    house = House(world.environment("reporting")["VANBAN_DATABASE_URL"])
    yield house
    house.close()
