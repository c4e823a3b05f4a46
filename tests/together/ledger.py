"""What the six event stores hold, read in the database behind the services' backs."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from eventsourcing.persistence import StoredEvent

from infra.local.state import SERVICES
from infra.local.world import World

PLACE = "kernel.PageRead"
"""A follower's place in its source's log: it moves with the pages, not with what happened."""


@dataclass(frozen=True)
class Stored:
    """One event as it lies in a store."""

    service: str
    aggregate_id: UUID
    version: int
    topic: str
    state: bytes

    @property
    def said(self) -> dict[str, Any]:
        """Its content in plain JSON types."""
        said: dict[str, Any] = msgspec.json.decode(self.state)
        return said

    @property
    def digest(self) -> str:
        """SHA-256 of what it is and says, computed here from the stored bytes."""
        head = f"{self.aggregate_id}/{self.version}/{self.topic}\n"
        return hashlib.sha256(head.encode() + self.state).hexdigest()

    @property
    def at(self) -> datetime:
        """When it was recorded."""
        return datetime.fromisoformat(self.said["timestamp"])

    @property
    def is_of_aggregate(self) -> bool:
        """Whether it belongs to a thing with a life, and not to a bare stream."""
        return "after" in self.said

    def as_stored(self) -> StoredEvent:
        """The event as the library reads it."""
        return StoredEvent(self.aggregate_id, self.version, self.topic, self.state)


class Ledger:
    """The stores of one world: all six, or those of the services that ran there."""

    def __init__(self, world: World, services: Sequence[str] = SERVICES) -> None:
        self._url, self._services = world.admin_database_url, services

    def counts(self) -> Counter[str]:
        """How many events there are of each topic, but for the followers' places."""
        asked = " UNION ALL ".join(
            f"SELECT topic, count(*) FROM {s}.{s}_events WHERE topic <> %s GROUP BY topic"
            for s in self._services
        )
        with psycopg.connect(self._url) as database:
            counted: Counter[str] = Counter()
            for topic, count in database.execute(asked, [PLACE] * len(self._services)):
                counted[topic] += count
            return counted

    def events(self) -> list[Stored]:
        """Every event of every store but for the followers' places, in the order of writing."""
        with psycopg.connect(self._url) as database:
            return [event for service in self._services for event in _of(database, service)]


def _of(database: psycopg.Connection[Any], service: str) -> list[Stored]:
    rows = database.execute(
        f"SELECT originator_id, originator_version, topic, state FROM {service}.{service}_events"
        " WHERE topic <> %s ORDER BY notification_id",
        [PLACE],
    )
    return [Stored(service, id, version, topic, bytes(state)) for id, version, topic, state in rows]
