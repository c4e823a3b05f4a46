"""A follower's work: a card for each agency of the directory, on which its people are counted.

Most events load what earlier ones made, as real policies do. Beside it, a read table of the same.
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any, ClassVar
from uuid import UUID

from contracts.accounts import AgencyRegistered, PersonRegistered
from contracts.envelope import Envelope, PublicEvent
from contracts.values import named_id
from services.kernel.aggregate import Aggregate
from services.kernel.events import Publish
from services.kernel.following import Following
from services.kernel.view import Rows

COLUMNS = "code text PRIMARY KEY, agency text, name text"


def card_id(agency: str) -> UUID:
    """Identity of an agency's card."""
    return named_id("card", agency)


@singledispatch
def silence(recorded: object) -> PublicEvent | None:
    """Cards tell nothing."""
    return None


class Card(Aggregate, service="bench"):
    """What a follower keeps of an agency."""

    agency: str
    people: int = 0

    class Opened(Aggregate.Created):
        agency: str

    class PersonNoted(Aggregate.Event):
        person: str

        def apply(self, card: Card) -> None:
            card.people += 1


class Cards(Following):
    """Follows accounts."""

    name = "cards"
    tells: ClassVar[Publish] = silence
    sources = ("accounts",)

    def policy(self, event: Any, envelope: Envelope) -> None:
        """Open a card, or note a person on one."""
        match event:
            case AgencyRegistered():
                card = Card.begin(Card.Opened, card_id(event.agency), agency=event.agency)
            case PersonRegistered():
                card = self.load(Card, card_id(event.agency))
                card.trigger_event(Card.PersonNoted, person=event.person)
        self.save(card)

    def told(self, envelope: Envelope) -> None:
        """What the log of a follower calls."""
        self.policy(envelope.event(), envelope)


class PeopleView:
    """A read table with a row for each agency and person."""

    table = "people"
    ddl = f"CREATE TABLE IF NOT EXISTS people ({COLUMNS})"

    def project(self, envelope: Envelope, rows: Rows) -> None:
        """One row."""
        match it := envelope.event():
            case AgencyRegistered():
                rows.put(self.table, {"code": it.agency}, agency=it.agency, name=it.name)
            case PersonRegistered():
                rows.put(self.table, {"code": it.person}, agency=it.agency, name=it.name)
