"""Who keeps an agency's key: handed over on record, used by nobody else (N30-32/33)."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from uuid import UUID

from contracts.signing.keeping import KeyAlreadyHeld, KeyHandover, KeyNotHeld
from contracts.values import named_id
from contracts.working_time import in_vietnam
from services.kernel.aggregate import Aggregate

NOBODY_VI, NOBODY_EN = "chưa ai", "nobody yet"


def custody_id(agency: str) -> UUID:
    """Identity of the custody of an agency's key."""
    return named_id("custody", agency)


class Custody(Aggregate, service="signing"):
    """The custody of one agency's key (sổ giao nhận khóa), handover after handover."""

    agency: str
    handovers: list[KeyHandover] = field(default_factory=list)

    class Begun(Aggregate.Created):
        agency: str

    class Entrusted(Aggregate.Event):
        agency: str
        handover: KeyHandover

        def apply(self, custody: Custody) -> None:
            custody.handovers = [*custody.handovers, self.handover]

    @property
    def keeper(self) -> str:
        """Who keeps it now; empty before the first."""
        return self.handovers[-1].to_person if self.handovers else ""

    def hand_over(self, to_person: str, permission: str, record: str, at: datetime) -> None:
        """Another keeps it from now on."""
        if to_person == self.keeper:
            raise KeyAlreadyHeld(agency=self.agency, person=to_person)
        handover = KeyHandover(
            from_person=self.keeper,
            to_person=to_person,
            permission=permission,
            record=record,
            handed_over_at=in_vietnam(at),
        )
        self.trigger_event(self.Entrusted, agency=self.agency, handover=handover)

    def check_keeper(self, person: str, at: datetime) -> None:
        """Refuse whoever does not keep it now, nor kept it when he asked."""
        if person not in (self.keeper, self._keeper_at(at)):
            raise KeyNotHeld(
                agency=self.agency,
                person=person,
                keeper_vi=self.keeper or NOBODY_VI,
                keeper_en=self.keeper or NOBODY_EN,
            )

    def _keeper_at(self, at: datetime) -> str:
        earlier = [one.to_person for one in self.handovers if one.handed_over_at <= at]
        return earlier[-1] if earlier else ""
