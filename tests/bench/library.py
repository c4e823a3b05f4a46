"""The library's own way to follow: the work of `tests.bench.cards` under its projection runners.

It reads the source's tables directly, which vanban's services may not: they ask by RPC.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from eventsourcing.application import ProcessingEvent
from eventsourcing.domain import Aggregate as BareAggregate
from eventsourcing.domain import event
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import EventSourcedProjection, Projection
from psycopg.sql import SQL, Identifier

from services.accounts.domain import Agency, Person
from tests.bench.cards import COLUMNS, card_id
from tests.bench.measure import Pace

TOPICS = ("accounts.Agency.Registered", "accounts.Person.Registered")
UPSERT = """
INSERT INTO {} VALUES (%s, %s, %s)
ON CONFLICT (code) DO UPDATE SET agency = EXCLUDED.agency, name = EXCLUDED.name
"""


class BareCard(BareAggregate):
    """A card as the library's manual would write it."""

    @event("Opened")
    def __init__(self, agency: str) -> None:
        self.agency = agency
        self.people = 0

    @event("PersonNoted")
    def note_person(self, person: str) -> None:
        """One more."""
        self.people += 1

    @staticmethod
    def create_id(agency: str) -> UUID:
        """The agency's card."""
        return card_id(agency)


class BareCards(EventSourcedProjection[UUID]):
    """The policy of `Cards`, for the `EventSourcedProjectionRunner`."""

    name = "bare_cards"
    topics = TOPICS

    def __init__(self, env: Any = None) -> None:
        super().__init__(env)
        self.pace = Pace()

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """As ever, counted."""
        self.pace.begin()
        super().process_event(domain_event, tracking)
        self.pace.end()

    def policy(self, domain_event: Any, processing_event: ProcessingEvent[UUID]) -> None:
        """Open a card, or note a person on one."""
        match domain_event:
            case Agency.Registered():
                card: Any = BareCard(agency=domain_event.agency)
            case Person.Registered():
                card = self.repository.get(card_id(domain_event.agency))
                card.note_person(domain_event.person)
        processing_event.collect_events(card)


class BarePeople(PostgresTrackingRecorder):
    """The same table by the library's way: row and tracking in one transaction an event."""

    def __init__(self, datastore: PostgresDatastore, **options: Any) -> None:
        super().__init__(datastore, **options)
        table = Identifier(datastore.schema, "bare_people")
        create = SQL(f"CREATE TABLE IF NOT EXISTS {{}} ({COLUMNS})")
        self.sql_create_statements.append(create.format(table))
        self._upsert = SQL(UPSERT).format(table)

    def put(self, code: str, agency: str, name: str, tracking: Tracking) -> None:
        """One row, and how far the log is read."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(self._upsert, (code, agency, name), prepare=True)


class BareProjection(Projection[BarePeople]):
    """The rows of `PeopleView`, for the `ProjectionRunner`."""

    name = "bare_people"
    topics = TOPICS

    def __init__(self, view: BarePeople) -> None:
        super().__init__(view)
        self.pace = Pace()

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """One row."""
        self.pace.begin()
        match domain_event:
            case Agency.Registered():
                self.view.put(domain_event.agency, domain_event.agency, domain_event.name, tracking)
            case Person.Registered():
                self.view.put(domain_event.person, domain_event.agency, domain_event.name, tracking)
        self.pace.end()
