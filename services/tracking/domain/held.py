"""A status that came for a document nobody knows: kept, tried again, shown (table 3.1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from contracts.edxml import Status
from contracts.values import named_id
from services.kernel.aggregate import Aggregate

SHOWN_AFTER = timedelta(minutes=30)
"""How long a status is tried in silence before its clerk sees it."""


def held_id(box: str, fingerprint: str) -> UUID:
    """Identity of a kept status: the same message again is the same."""
    return named_id("held", box, fingerprint)


class HeldStatus(Aggregate, service="tracking"):
    """One status, as it came to an agency here."""

    agency: str
    sender: str
    message: Status
    fingerprint: str
    held_at: datetime
    matched_at: datetime | None = None

    class Held(Aggregate.Created):
        """It came, and its document is not known."""

        agency: str
        sender: str
        message: Status
        fingerprint: str
        held_at: datetime

    class Matched(Aggregate.Event):
        """Its document became known; it had its effect."""

        agency: str
        matched_at: datetime

        def apply(self, status: HeldStatus) -> None:
            status.matched_at = self.matched_at

    def match(self, at: datetime) -> None:
        """It had its effect."""
        if self.matched_at is None:
            self.trigger_event(self.Matched, agency=self.agency, matched_at=at)
