"""Where an event-sourced follower keeps what it learnt: the same store, the same write.

Its place is `PageRead` at version + 1 of a stream of its own: a compare-and-set. What it could not
digest is `EventParked`, in the very write that moves the place.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.persistence import PersistenceError

from contracts.envelope import Envelope, Page
from contracts.values import named_id
from services.kernel.aggregate import BareEvent, under_topic
from services.kernel.application import EventSourced
from services.kernel.context import acting, the_service
from services.kernel.events import Read
from services.kernel.follower import TRANSIENT, PlaceMoved
from services.kernel.work import UnitOfWork

_LOG = logging.getLogger(__name__)
Policy = Callable[[Envelope], None]


@dataclass(frozen=True)
class PageRead(BareEvent):
    """Everything of a source up to this position is taken in."""

    upto: int


@dataclass(frozen=True)
class EventParked(BareEvent):
    """An event could not be digested; it and the later ones of its aggregate wait."""

    position: int
    aggregate_id: UUID
    reason: str


@dataclass(frozen=True)
class UnparkAsked(BareEvent):
    """Somebody wants the parked events of an aggregate to be read again."""

    aggregate_id: UUID


@dataclass(frozen=True)
class EventsUnparked(BareEvent):
    """The parked events of an aggregate are digested."""

    aggregate_id: UUID


for _event in (PageRead, EventParked, UnparkAsked, EventsUnparked):
    under_topic(_event, f"kernel.{_event.__name__}")


class Parking:
    """The parked events of one source, folded from their stream."""

    def __init__(self, application: EventSourced, source: str) -> None:
        self._application = application
        self.stream = named_id("parking", application.name, source)
        self.version = 0
        self.waiting: dict[UUID, dict[int, tuple[str, datetime]]] = {}
        self.asked: set[UUID] = set()

    def refresh(self) -> Parking:
        """Fold what was written since."""
        for event in self._application.events.get(self.stream, gt=self.version):
            self._fold(event)
        return self

    def _fold(self, event: Any) -> None:
        self.version = event.originator_version
        if isinstance(event, EventParked):
            of_it = self.waiting.setdefault(event.aggregate_id, {})
            if event.position in of_it:  # read again in vain
                self.asked.discard(event.aggregate_id)
            of_it[event.position] = (event.reason, event.timestamp)
        elif isinstance(event, UnparkAsked):
            self.asked.add(event.aggregate_id)
        elif isinstance(event, EventsUnparked):
            self.waiting.pop(event.aggregate_id, None)
            self.asked.discard(event.aggregate_id)

    def add(self, work: UnitOfWork, kind: type, **fields: Any) -> None:
        """Write one event of the parking, and fold it."""
        event = kind(
            originator_id=self.stream,
            originator_version=self.version + 1,
            timestamp=kind.create_timestamp(),  # type: ignore[attr-defined]
            **fields,
        )
        work.save(event)
        self._fold(event)


class EventLog:
    """The log of an event-sourced follower; `policy` is what its application does when told."""

    transient: tuple[type[Exception], ...] = (PersistenceError,)

    def __init__(self, application: EventSourced, policy: Policy) -> None:
        self._application = application
        self._policy = policy
        self._parking: dict[str, Parking] = {}

    def place(self, source: str) -> int:
        latest = self._latest(source)
        return latest.upto if latest else 0

    def _stream(self, source: str) -> UUID:
        return named_id("place", self._application.name, source)

    def _latest(self, source: str) -> PageRead | None:
        found = list(self._application.events.get(self._stream(source), desc=True, limit=1))
        return found[0] if found else None  # type: ignore[return-value]

    def parking(self, source: str) -> Parking:
        if source not in self._parking:
            self._parking[source] = Parking(self._application, source)
        return self._parking[source]

    def parked(self, source: str) -> int:
        return sum(len(positions) for positions in self.parking(source).waiting.values())

    def take(self, source: str, place: int, page: Page) -> None:
        with self._page(source) as work:
            self._take(work, source, place, page)

    @contextmanager
    def _page(self, source: str) -> Iterator[UnitOfWork]:
        """A unit of work; after one that failed the parking is read anew from the store."""
        try:
            with self._application.group.page() as work:
                yield work
        except BaseException:
            self._parking.pop(source, None)
            raise

    def _take(self, work: UnitOfWork, source: str, place: int, page: Page) -> None:
        latest = self._latest(source)
        if (latest.upto if latest else 0) != place:
            raise PlaceMoved(source)
        parking = self.parking(source).refresh()
        for envelope in page.events:
            if envelope.aggregate_id in parking.waiting:
                self._park(work, parking, envelope, "an earlier event of it is parked")
            elif reason := self._digest(work, envelope):
                self._park(work, parking, envelope, reason)
        work.save(
            PageRead(
                originator_id=self._stream(source),
                originator_version=(latest.originator_version if latest else 0) + 1,
                timestamp=PageRead.create_timestamp(),
                upto=page.upto,
            )
        )

    def _digest(self, work: UnitOfWork, envelope: Envelope) -> str:
        """Have the policy act on one event; why it could not, or nothing."""
        who = msgspec.structs.replace(the_service(self._application.name), trace=envelope.trace)
        try:
            with acting(who):
                work.run(partial(self._policy, envelope))
        except (*TRANSIENT, *self.transient):
            raise
        except Exception as defect:
            _LOG.exception("event %s of %s parked", envelope.position, envelope.source)
            return f"{type(defect).__name__}: {defect}"
        return ""

    def _park(self, work: UnitOfWork, parking: Parking, envelope: Envelope, reason: str) -> None:
        position, aggregate_id = envelope.position, envelope.aggregate_id
        parking.add(work, EventParked, position=position, aggregate_id=aggregate_id, reason=reason)

    def unpark(self, source: str, read: Read) -> None:
        parking = self.parking(source).refresh()
        for aggregate_id in list(parking.asked):
            positions = sorted(parking.waiting.get(aggregate_id, ()))
            events = [event for at in positions for event in read(at - 1, 1).events]
            with self._page(source) as work:
                if sorted(parking.refresh().waiting.get(aggregate_id, ())) != positions:
                    raise PlaceMoved(source)
                self._read_again(work, parking, aggregate_id, events)

    def _read_again(
        self, work: UnitOfWork, parking: Parking, aggregate_id: UUID, events: list[Envelope]
    ) -> None:
        mark = len(work.events)
        for envelope in events:
            if reason := self._digest(work, envelope):
                del work.events[mark:]
                self._park(work, parking, envelope, reason)
                return
        parking.add(work, EventsUnparked, aggregate_id=aggregate_id)
