"""A service small enough to see through: counters, which things are added to.

It tells what was added, and counts what it is told of by another of its kind. A thing called
`poison` cannot be digested until it is healed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from functools import singledispatch
from typing import Any, ClassVar, Protocol
from uuid import UUID

from contracts.envelope import Actor, Envelope, Follows, PublicEvent, Told
from contracts.errors import Refused
from contracts.values import Role
from services.kernel.aggregate import Aggregate
from services.kernel.commit import command
from services.kernel.context import Circumstances, current
from services.kernel.events import Publish
from services.kernel.following import Following
from services.kernel.view import Tables

AGENCY = "H47.05"


class ThingAdded(PublicEvent, frozen=True, kw_only=True):
    """A thing was added to a counter."""

    thing: str


class AlreadyCounted(Refused):
    """The thing was added before."""

    vi = "Đã đếm {thing}."
    en = "{thing} was counted before."


class Counter(Aggregate, service="test"):
    """Things, in the order in which they were added."""

    agency: str
    things: list[str] = field(default_factory=list)

    class Begun(Aggregate.Created):
        agency: str

    class Added(Aggregate.Event):
        thing: str

        def apply(self, counter: Counter) -> None:
            counter.things.append(self.thing)

    class Removed(Aggregate.Event):
        thing: str

        def apply(self, counter: Counter) -> None:
            counter.things = [thing for thing in counter.things if thing != self.thing]

    class Noted(Aggregate.Event):
        """Never told aloud; holds whatever it is given."""

        note: Any


class Counting(Told, Follows, Protocol):
    """What may be asked of counters."""

    def add(self, *, id: UUID, thing: str) -> int:
        """Add a thing that is new."""

    def number(self, *, series: UUID, taken_by: UUID) -> int:
        """The next number."""

    def say(self, *, what: str) -> Any:
        """Who asks, or something that fails."""

    def sleep_in_store(self, *, seconds: float) -> None:
        """Wait for PostgreSQL."""

    def sleep_in_views(self, *, seconds: float) -> None:
        """Wait for PostgreSQL."""


@singledispatch
def publish(recorded: object) -> PublicEvent | None:
    """Additions are told aloud."""
    return None


@publish.register
def _(recorded: Counter.Added) -> PublicEvent:
    return ThingAdded(thing=recorded.thing)


class Counters(Following):
    """Counters, and what they learn from those of another service."""

    name = "tracking"
    tells: ClassVar[Publish] = publish
    sources = ("dispatch",)
    healed = False
    tables: Tables

    @command()
    def add(self, *, id: UUID, thing: str) -> int:
        """Add a thing that is new to the counter; how many there are."""
        counter = self.counter(id)
        if thing in counter.things:
            raise AlreadyCounted(thing=thing)
        counter.trigger_event(Counter.Added, thing=thing)
        self.save(counter)
        return len(counter.things)

    @command()
    def note(self, *, id: UUID, note: Any) -> None:
        """Keep a note, if it can be stored."""
        counter = self.counter(id)
        counter.trigger_event(Counter.Noted, note=note)
        self.save(counter)

    @command()
    def begin(self, *, id: UUID) -> None:
        """A counter where none is."""
        self.save(Counter.begin(Counter.Begun, id, agency=AGENCY))

    @command()
    def number(self, *, series: UUID, taken_by: UUID) -> int:
        """The next number of a series."""
        return self.take_number(series, taken_by)

    @command(secret={"act"})
    def do(self, *, act: Any) -> Any:
        """Whatever a test wants done as a command."""
        return act()

    def sleep_in_store(self, *, seconds: float) -> None:
        """Let PostgreSQL keep an answer back, on the side that writes."""
        with self.recorder.datastore.get_connection() as line:  # type: ignore[attr-defined]
            line.execute("SELECT pg_sleep(%s)", [seconds])

    def sleep_in_views(self, *, seconds: float) -> None:
        """Let PostgreSQL keep an answer back, on the side that reads."""
        self.tables.select("SELECT pg_sleep(%(seconds)s)", seconds=seconds)

    def say(self, *, what: str) -> Any:
        """Fail in a way that nobody foresaw, or tell who asks."""
        if what == "broken":
            raise ValueError("what the caller must not learn")
        now = current()
        told = {"person": now.actor.person, "roles": sorted(now.roles), "trace": now.trace}
        return object() if what == "unspeakable" else told

    def counter(self, id: UUID) -> Counter:
        """The counter of this id, begun now where there is none."""
        return self.find(Counter, id) or Counter.begin(Counter.Begun, id, agency=AGENCY)

    def things(self, id: UUID) -> list[str]:
        """What was added to a counter."""
        return self.load(Counter, id).things

    def policy(self, event: Any, envelope: Envelope) -> None:
        """Count what the other counted, each time it is told: no repetition is forgiven."""
        if event.thing == "poison" and not self.healed:
            raise ValueError("poison")
        counter = self.counter(envelope.aggregate_id)
        counter.trigger_event(Counter.Added, thing=f"{envelope.position} {event.thing}")
        self.save(counter)


def somebody(person: str = "an", *roles: Role, **more: Any) -> Circumstances:
    """A person of the agency."""
    actor = Actor(person=person, name="An", post="Chuyên viên", agency=AGENCY)
    return Circumstances(actor=actor, roles=frozenset(roles), **more)


def told(application: Counters) -> Callable[[Envelope], None]:
    """What a follower's log has the application do with an envelope."""

    def policy(envelope: Envelope) -> None:
        event = envelope.event()
        if event is not None:
            application.policy(event, envelope)

    return policy
