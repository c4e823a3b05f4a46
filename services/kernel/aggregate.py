"""The ancestor of everything that is remembered.

Every recorded event carries the actor (person, post, agency), the trace, the command id and the
digest of its predecessor (R5.1a, R2.2), under a topic that never changes, as JSON of plain types
that an auditor reads without Python.
"""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any, Self, TypeVar
from uuid import UUID

import msgspec
from eventsourcing.domain import Aggregate as LibraryAggregate
from eventsourcing.domain import CanMutateAggregate
from eventsourcing.domain import DomainEvent as LibraryEvent
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent
from eventsourcing.utils import register_topic, resolve_topic

from contracts.envelope import Actor
from services.kernel.context import current

C = TypeVar("C", bound=type)


class HistoryBroken(Exception):
    """A stored event does not name its predecessor's digest: something was altered or removed."""


def digest(stored: StoredEvent) -> str:
    """SHA-256 over identity, version, topic and the stored bytes of one event."""
    head = f"{stored.originator_id}/{stored.originator_version}/{stored.topic}\n"
    return hashlib.sha256(head.encode() + stored.state).hexdigest()


def under_topic(cls: C, topic: str) -> C:
    """Give a class its fixed topic, independent of the module it stands in."""
    cls.TOPIC = topic  # type: ignore[attr-defined]
    register_topic(topic, cls)
    return cls


def _actor() -> Actor:
    return current().actor


def _trace() -> str:
    return current().trace


def _command_id() -> UUID | None:
    return current().command_id


class BareEvent(LibraryEvent):
    """An event in a stream without an aggregate: a receipt, a number taken, a place in a log."""

    _: dataclasses.KW_ONLY
    actor: Actor = dataclasses.field(default_factory=_actor, init=False)
    trace: str = dataclasses.field(default_factory=_trace, init=False)
    command_id: UUID | None = dataclasses.field(default_factory=_command_id, init=False)


class Aggregate(LibraryAggregate):
    """A thing with a life, e.g. `class IncomingDocument(Aggregate, service="intake")`.

    Its recorded events are nested classes: `class Arrived(Aggregate.Created)` for the first, whose
    fields fill the aggregate's fields of the same names, `class Registered(Aggregate.Event)` for
    the others, each with an `apply`. `tip` is the digest of the latest event.
    """

    tip = ""

    class Event(LibraryAggregate.Event):
        _: dataclasses.KW_ONLY
        actor: Actor = dataclasses.field(default_factory=_actor, init=False)
        trace: str = dataclasses.field(default_factory=_trace, init=False)
        command_id: UUID | None = dataclasses.field(default_factory=_command_id, init=False)
        after: str = ""

        def mutate(self, aggregate: Any) -> Any:
            tip = "" if aggregate is None else aggregate.tip
            if self.after != tip:
                raise HistoryBroken(f"{self.originator_id} at version {self.originator_version}")
            mutated: Any = super().mutate(aggregate)
            mutated.tip = digest(MAPPER.to_stored_event(self))
            return mutated

    class Created(Event, LibraryAggregate.Created):
        pass

    def __init_subclass__(cls, *, service: str = "", **options: Any) -> None:
        super().__init_subclass__(**options)
        if not service:
            raise TypeError(f"{cls.__name__} must say its service: class X(Aggregate, service=…)")
        under_topic(cls, f"{service}.{cls.__name__}")
        for name, event in vars(cls).items():
            if isinstance(event, type) and issubclass(event, CanMutateAggregate):
                under_topic(event, f"{service}.{cls.__name__}.{name}")

    @classmethod
    def begin(cls, first: type[LibraryAggregate.Created], id: UUID, **fields: Any) -> Self:
        """A new aggregate under the id its asker minted, born by the event `first`."""
        return cls._create(first, id=id, **fields)

    def trigger_event(self, event_class: type[CanMutateAggregate[UUID]], **kwargs: Any) -> None:
        """Record that something happened; the event names the digest of the one before."""
        super().trigger_event(event_class, after=self.tip, **kwargs)


class PlainMapper(Mapper[UUID]):
    """Events as JSON of plain types. Types come back from the annotations of the event class.

    The stored bytes stay with the event, so they are encoded once and a digest is always over the
    very bytes in the store, whatever upcasts do.
    """

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        known = vars(domain_event).get("_stored")
        if known is not None:
            return known  # type: ignore[no-any-return]
        state = {k: v for k, v in vars(domain_event).items() if not k.startswith("originator_")}
        if isinstance(domain_event, LibraryAggregate.Created):
            state["originator_topic"] = domain_event.originator_topic
        if (version := getattr(type(domain_event), "class_version", 1)) > 1:
            state["class_version"] = version
        stored = StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.originator_version,
            topic=type(domain_event).TOPIC,
            state=msgspec.json.encode(state),
        )
        object.__setattr__(domain_event, "_stored", stored)
        return stored

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        cls = resolve_topic(stored_event.topic)
        state = msgspec.json.decode(stored_event.state)
        for version in range(state.pop("class_version", 1), getattr(cls, "class_version", 1)):
            getattr(cls, f"upcast_v{version}_v{version + 1}")(state)
        state["originator_id"] = stored_event.originator_id
        state["originator_version"] = stored_event.originator_version
        event = msgspec.convert(state, cls)
        object.__setattr__(event, "_stored", stored_event)
        return event


MAPPER = PlainMapper(JSONTranscoder())
