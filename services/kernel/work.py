"""One transaction in the making (đơn vị công việc).

Inside a unit of work, `load` and `save` of the application go to its identity map and its list of
events not yet written; nobody between the door and the domain mentions it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar
from uuid import UUID

from eventsourcing.persistence import EventStore, StoredEvent

from contracts.errors import Invalid
from services.kernel.aggregate import MAPPER, Aggregate

T = TypeVar("T")
_WORK: ContextVar[UnitOfWork | None] = ContextVar("unit of work", default=None)


class UnitOfWork:
    """Aggregates loaded once, and the events not yet written: all or nothing."""

    def __init__(self, store: EventStore[UUID]) -> None:
        self._store = store
        self.events: list[Any] = []
        self.ahead: dict[UUID, list[StoredEvent]] = {}
        self._loaded: dict[UUID, Any] = {}
        self._last: dict[UUID, int] = {}

    def load(self, id: UUID) -> Any:
        """The aggregate from the identity map, or replayed from the store and pending events.

        Of a bare stream the latest event; nothing where the id was never used.
        """
        if id in self._loaded:
            return self._loaded[id]
        thing = None
        for event in (*self._stored(id), *self._pending(id)):
            thing = event.mutate(thing) if hasattr(event, "mutate") else event
            self._last[id] = event.originator_version
        if isinstance(thing, Aggregate):
            self._loaded[id] = thing
        return thing

    def _stored(self, id: UUID) -> Iterable[Any]:
        """Events of the store; `ahead` holds streams that were read for the whole work at once."""
        if id in self.ahead:
            return map(MAPPER.to_domain_event, self.ahead[id])
        return self._store.get(id)

    def _pending(self, id: UUID) -> Iterator[Any]:
        if id in self._last:
            yield from (event for event in self.events if event.originator_id == id)

    def last_version(self, stream: UUID) -> int:
        """Version of the latest event of a stream that this work read or wrote; 0 for none."""
        return self._last.get(stream, 0)

    def save(self, *objects: Any) -> None:
        """Take the pending events of aggregates, or bare events; each is encoded here and now.

        Refusals: `Invalid` where a new thing would begin under the id of another.
        """
        for thing in objects:
            for event in thing.collect_events() if isinstance(thing, Aggregate) else [thing]:
                self._take(event)
            if isinstance(thing, Aggregate):
                self._loaded[thing.id] = thing

    def _take(self, event: Any) -> None:
        if event.originator_version <= self.last_version(event.originator_id):
            raise Invalid(where="id", why=f"{event.originator_id} belongs to another thing")
        MAPPER.to_stored_event(event)
        self.events.append(event)
        self._last[event.originator_id] = event.originator_version

    def run(self, act: Callable[[], T]) -> T:
        """Do one act in this work. If it fails, nothing of it remains."""
        mark = len(self.events)
        with self.current():
            try:
                return act()
            except BaseException:
                self._forget(mark)
                raise

    def _forget(self, mark: int) -> None:
        del self.events[mark:]
        self._loaded.clear()
        self._last = {e.originator_id: e.originator_version for e in self.events}

    @contextmanager
    def current(self) -> Iterator[None]:
        """Make this the work that the application's `load` and `save` go to."""
        token = _WORK.set(self)
        try:
            yield
        finally:
            _WORK.reset(token)


def current_work() -> UnitOfWork | None:
    """The unit of work under way in this context, if any."""
    return _WORK.get()
