"""Tracking in memory between its two sources, and who asks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from contracts.envelope import Actor, Envelope
from contracts.tracking import DeliveryView
from contracts.values import Role
from contracts.working_time import VIETNAM
from services.kernel.application import IN_MEMORY
from services.kernel.context import Circumstances, acting
from services.kernel.eventlog import EventLog
from services.kernel.view import Tables
from services.tracking.application import Tracking
from services.tracking.projections import projections
from tests.shelf import Shelf
from tests.tracking.told import CALENDAR, SENDER, Letter, Source

AUDITOR = Circumstances(actor=Actor(person="kiem"), roles=frozenset({Role.AUDITOR}))


def clerk(agency: str) -> Circumstances:
    actor = Actor(person="an", name="Lê Thị An", post="Văn thư", agency=agency)
    return Circumstances(actor=actor, roles=frozenset({Role.CLERK}))


class Desk:
    """Tracking with its sources."""

    def __init__(
        self,
        now: Callable[[], datetime] = lambda: datetime.now(VIETNAM),
        database_url: str = "",
    ) -> None:
        self.shelf, self.tables = Shelf(), Tables(database_url, projections(CALENDAR))
        self.tracking = Tracking(IN_MEMORY, now, files=self.shelf, tables=self.tables)
        self.dispatch, self.intake = Source("dispatch"), Source("intake")
        self.accounts = Source("accounts")
        self.log = EventLog(self.tracking, self.told)

    def told(self, envelope: Envelope) -> None:
        self.tracking.policy(envelope.event(), envelope)

    def read(self, source: Source, most: int = 1000) -> bool:
        """One page of a source; whether there was something in it."""
        place = self.log.place(source.name)
        page = source.read(place, most)
        if page.events:
            self.log.take(source.name, place, page)
        return bool(page.events)

    def read_all(self) -> None:
        for source in (self.accounts, self.dispatch, self.intake):
            while self.read(source):
                pass

    def lines(self, letter: Letter) -> list[DeliveryView]:
        with acting(clerk(SENDER)):
            return self.tracking.list_deliveries(document_id=letter.id)
