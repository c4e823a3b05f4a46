"""A service small enough to see through: counters, which things are added to.

It tells what was added, and counts what it is told of by another of its kind. A thing called
`poison` cannot be digested until it is healed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from functools import singledispatch
from typing import Any, ClassVar
from uuid import UUID

from contracts.envelope import Actor, Envelope, PublicEvent
from contracts.errors import Refused
from contracts.values import Role
from services.kernel.aggregate import Aggregate
from services.kernel.commit import command
from services.kernel.context import Circumstances
from services.kernel.events import Publish
from services.kernel.following import Following

AGENCY = "H47.05"


class Told(PublicEvent, frozen=True, kw_only=True):
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


@singledispatch
def publish(recorded: object) -> PublicEvent | None:
    """Additions are told aloud."""
    return None


@publish.register
def _(recorded: Counter.Added) -> PublicEvent:
    return Told(thing=recorded.thing)


class Counters(Following):
    """Counters, and what they learn from those of another service."""

    name = "tracking"
    tells: ClassVar[Publish] = publish
    sources = ("dispatch",)
    healed = False

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
