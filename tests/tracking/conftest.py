"""Tracking's lists stand on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.local.world import World
from tests.tracking.lists import Lists


@pytest.fixture
def lists(world: World) -> Iterator[Lists]:
    """Tracking with empty tables and a clock that is set by hand."""
    lists = Lists(world.environment("tracking")["VANBAN_DATABASE_URL"])
    yield lists
    lists.close()
