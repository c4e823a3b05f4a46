"""What a service tells of what happened in it: pages of public events, and one thing's history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Protocol
from uuid import UUID

import msgspec
from eventsourcing.persistence import Notification, StoredEvent

from contracts.envelope import Envelope, HistoryEntry, Page, PublicEvent
from contracts.errors import Denied, Invalid, NotFound
from contracts.values import Role
from contracts.working_time import VIETNAM
from services.kernel.aggregate import MAPPER, Aggregate, digest
from services.kernel.application import EventSourced
from services.kernel.context import current, require

MOST_EVENTS = 1000
_CIRCUMSTANCES = {"timestamp", "actor", "trace", "command_id", "after", "originator_topic"}


class Publish(Protocol):
    """A service's `publish`: `functools.singledispatch` over its recorded events."""

    @property
    def registry(self) -> Any: ...

    def __call__(self, recorded: Any) -> PublicEvent | None: ...


def topics_of(publish: Publish) -> list[str]:
    """Topics of the recorded events that are told aloud."""
    return [event.TOPIC for event in publish.registry if event is not object]


def read_page(
    application: EventSourced, source: str, publish: Publish, after: int, limit: int
) -> Page:
    """Public events after a position, and how far the log was scanned."""
    if after < 0 or not 1 <= limit <= MOST_EVENTS:
        raise Invalid(where="after, limit", why=f"after ≥ 0 and 1 ≤ limit ≤ {MOST_EVENTS}")
    recorder = application.recorder
    end = recorder.max_notification_id() or 0
    found = recorder.select_notifications(
        after, limit, stop=end, topics=topics_of(publish), inclusive_of_start=False
    )
    upto = found[-1].id if len(found) == limit else max(end, after)
    told = (_envelope(source, publish, notification) for notification in found)
    return Page(events=[envelope for envelope in told if envelope], upto=upto)


def _envelope(source: str, publish: Publish, notification: Notification) -> Envelope | None:
    event = MAPPER.to_domain_event(notification)
    public = publish(event)
    if public is None:
        return None
    return Envelope(
        source=source,
        position=notification.id,
        type=public.TYPE,
        aggregate_id=event.originator_id,
        version=event.originator_version,
        at=event.timestamp.astimezone(VIETNAM),
        actor=event.actor,
        trace=event.trace,
        command_id=event.command_id,
        body=msgspec.to_builtins(public),
    )


def history(
    application: EventSourced, aggregate_id: UUID, after: int, limit: int
) -> list[HistoryEntry]:
    """Recorded events of one aggregate after a version, oldest first."""
    stored = application.recorder.select_events(aggregate_id, gt=after, limit=limit)
    if not stored and not application.last_version(aggregate_id):
        raise NotFound(what="history", id=str(aggregate_id))
    return [_entry(event) for event in stored]


def _entry(stored: StoredEvent) -> HistoryEntry:
    event: Any = MAPPER.to_domain_event(stored)
    state = msgspec.json.decode(stored.state)
    return HistoryEntry(
        version=event.originator_version,
        topic=stored.topic,
        at=event.timestamp.astimezone(VIETNAM),
        actor=event.actor,
        trace=event.trace,
        command_id=event.command_id,
        after=getattr(event, "after", ""),
        digest=digest(stored),
        body={key: value for key, value in state.items() if key not in _CIRCUMSTANCES},
    )


Read = Callable[[int, int], Page]
"""How a follower asks a source: `(after, limit) -> Page`."""


class Telling(EventSourced):
    """An application that tells what happened in it: the promise `contracts.envelope.Told`."""

    tells: ClassVar[Publish]

    def read_events(self, *, after: int, limit: int = 100) -> Page:
        """Public events after a position. For services and auditors."""
        require(Role.SERVICE, Role.AUDITOR)
        return read_page(self, self.name, type(self).tells, after, limit)

    def list_history(
        self, *, aggregate_id: UUID, after: int = 0, limit: int = 100
    ) -> list[HistoryEntry]:
        """Recorded events of one aggregate after a version, for the agencies concerned."""
        aggregate = self.load(Aggregate, aggregate_id)
        sees_all = current().roles & {Role.AUDITOR, Role.OPERATOR}
        if not sees_all and current().actor.agency not in self.concerned(aggregate):
            raise Denied(why="the history belongs to another agency")
        return history(self, aggregate_id, after, limit)

    def concerned(self, aggregate: Any) -> set[str]:
        """Agencies that may read the history of this aggregate."""
        return {aggregate.agency}
