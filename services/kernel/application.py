"""The ancestor of every service's application: a store, a clock, and the one writer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import ApplicationRecorder, Mapper, PersistenceError
from eventsourcing.utils import retry

from contracts.errors import NotFound
from contracts.working_time import VIETNAM
from services.kernel.aggregate import MAPPER, Aggregate, BareEvent, under_topic
from services.kernel.commit import GroupCommit
from services.kernel.work import UnitOfWork, current_work

A = TypeVar("A", bound=Aggregate)
IN_MEMORY = {"PERSISTENCE_MODULE": "eventsourcing.popo"}


def in_postgres(url: str) -> dict[str, str]:
    """The library's settings for a store in PostgreSQL: the URL's user names role and schema.

    Database functions stay off (readers would miss events); the lock timeout stays 0 (a timeout
    leaves a pooled connection broken). A store that is away is told of after 5 s.
    """
    at = urlsplit(url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": at.path.lstrip("/"),
        "POSTGRES_HOST": at.hostname or "",
        "POSTGRES_PORT": str(at.port or 5432),
        "POSTGRES_USER": unquote(at.username or ""),
        "POSTGRES_PASSWORD": unquote(at.password or ""),
        "POSTGRES_SCHEMA": unquote(at.username or ""),
        "POSTGRES_POOL_SIZE": "3",
        "POSTGRES_MAX_OVERFLOW": "2",
        "POSTGRES_PRE_PING": "y",
        "POSTGRES_CONNECT_TIMEOUT": "5",
        "POSTGRES_LOCK_TIMEOUT": "0",
        "POSTGRES_ENABLE_DB_FUNCTIONS": "n",
        "COMPRESSOR_TOPIC": "",
        "CIPHER_TOPIC": "",
    }


@dataclass(frozen=True)
class NumberTaken(BareEvent):
    """A number of a series went to a document. The version of this event *is* the number."""

    taken_by: UUID


under_topic(NumberTaken, "kernel.NumberTaken")


class EventSourced(Application[UUID]):
    """The ancestor. `now` is the only clock (R10.3-1: +07:00); `written` is told of each write."""

    def __init__(
        self,
        env: dict[str, str],
        now: Callable[[], datetime] = lambda: datetime.now(VIETNAM),
        written: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(env)
        self.now = now
        self.group = GroupCommit(self.events, written)

    @retry(PersistenceError, max_attempts=10, wait=0.2)
    def construct_recorder(self) -> ApplicationRecorder:
        """The recorder; two processes that create the tables at once give way to each other."""
        return super().construct_recorder()

    def construct_mapper(self) -> Mapper[UUID]:
        return MAPPER

    def load(self, kind: type[A], id: UUID) -> A:
        """The aggregate as it is now, or `NotFound`; so is a thing of another kind."""
        found = self.find(kind, id)
        if found is None:
            raise NotFound(what=kind.__name__, id=str(id))
        return found

    def find(self, kind: type[A], id: UUID) -> A | None:
        """The aggregate as it is now, or nothing."""
        found = (current_work() or UnitOfWork(self.events)).load(id)
        return found if isinstance(found, kind) else None

    def save(self, *objects: Any, **kwargs: Any) -> Any:
        """Write now, or with the unit of work if there is one."""
        work = current_work()
        return work.save(*objects) if work else super().save(*objects, **kwargs)

    def take_number(self, series: UUID, taken_by: UUID) -> int:
        """The next number of a series, 1..n without gap; O(1) however many are taken (N30-15)."""
        number = self.last_version(series) + 1
        self.save(
            NumberTaken(
                originator_id=series,
                originator_version=number,
                timestamp=NumberTaken.create_timestamp(),
                taken_by=taken_by,
            )
        )
        return number

    @contextmanager
    def held(self, name: str) -> Iterator[bool]:
        """Whether this process alone, of all of its service, holds a name until the block ends.

        A process that dies holds nothing; an application in memory is alone. Takes a connection.
        """
        datastore = getattr(self.recorder, "datastore", None)
        if datastore is None:
            yield True
            return
        whole = hashlib.sha256(f"{datastore.schema}/{name}".encode()).digest()
        key = (int.from_bytes(whole[:8], signed=True),)
        with datastore.get_connection() as connection:
            row = connection.execute("SELECT pg_try_advisory_lock(%s) AS mine", key).fetchone()
            try:
                yield row["mine"]
            finally:
                if row["mine"]:
                    connection.execute("SELECT pg_advisory_unlock(%s)", key)

    def last_version(self, stream: UUID) -> int:
        """Version of the latest event of a stream, written or about to be; 0 for none."""
        work = current_work()
        if work and (known := work.last_version(stream)):
            return known
        latest = self.recorder.select_events(stream, desc=True, limit=1)
        return latest[0].originator_version if latest else 0
