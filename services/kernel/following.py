"""A service that learns by following others: what it promises, and its process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from contracts.envelope import Envelope, Parked
from contracts.errors import NotFound
from contracts.values import Role
from services.kernel.client import Client
from services.kernel.context import require
from services.kernel.eventlog import EventLog, Parking, UnparkAsked
from services.kernel.events import Telling, read_page
from services.kernel.follower import Follower, Log, follow, reader
from services.kernel.prompts import Listener
from services.kernel.settings import Settings


class Following(Telling):
    """An application that follows others: `policy` is what it does when told.

    Keeps the promise `contracts.envelope.Follows`. `sources` names the services it follows.
    """

    sources: ClassVar[tuple[str, ...]] = ()

    def policy(self, event: Any, envelope: Envelope) -> None:
        """What is done when told of `event`; events of no concern are passed over."""
        raise NotImplementedError

    def list_parked_events(self, *, after: int = 0, limit: int = 100) -> list[Parked]:
        """Events now parked, by source and position. For operators."""
        require(Role.OPERATOR, Role.AUDITOR)
        parked = [found for source in self.sources for found in self._parked(source)]
        return sorted(parked, key=lambda it: (it.source, it.position))[after : after + limit]

    def _parked(self, source: str) -> Iterator[Parked]:
        for aggregate_id, positions in Parking(self, source).refresh().waiting.items():
            for at, (reason, since) in positions.items():
                yield Parked(
                    source=source,
                    position=at,
                    aggregate_id=aggregate_id,
                    reason=reason,
                    since=since,
                )

    def unpark_events(self, *, source: str, aggregate_id: UUID) -> None:
        """Ask the follower to read the parked events of one aggregate again. For operators."""
        require(Role.OPERATOR)
        with self.group.page() as work:
            parking = Parking(self, source).refresh()
            if aggregate_id not in parking.waiting:
                raise NotFound(what="parked event", id=str(aggregate_id))
            parking.add(work, UnparkAsked, aggregate_id=aggregate_id)


Timer = tuple[float, Callable[[], None]]


def run_follower(
    application: Following,
    settings: Settings,
    every: Iterable[Timer] = (),
    hears_itself: bool = False,
) -> None:
    """Follow this application's sources as this process, until SIGTERM.

    `every` are timers; a process that `hears_itself` wakes up for its own service's events too.
    """
    name = application.name
    client = Client(settings.broker_url, timeout=5)

    def told(envelope: Envelope) -> None:
        event = envelope.event()
        if event is not None:
            application.policy(event, envelope)

    heard = [*application.sources, name] if hears_itself else application.sources
    follower = Follower(
        name=name,
        sources={source: reader(client, source) for source in application.sources},
        log=EventLog(application, told),
        listener=Listener(settings.broker_url, name, heard),
        every=list(every),
    )
    follow(follower)
    application.close()


def run_view_follower(
    application: Telling,
    sources: Sequence[str],
    log: Log,
    settings: Settings,
    every: Iterable[Timer] = (),
) -> None:
    """Keep the read tables of `log` from these sources as this process, until SIGTERM.

    The application's own events, if it is one of the sources, are read from its store.
    """
    name = application.name
    client = Client(settings.broker_url, timeout=5)
    own = partial(read_page, application, name, type(application).tells)
    follower = Follower(
        name=name,
        sources={source: own if source == name else reader(client, source) for source in sources},
        log=log,
        listener=Listener(settings.broker_url, name, sources),
        every=list(every),
    )
    follow(follower)
    application.close()
