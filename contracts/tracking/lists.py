"""Lists for those who follow (danh sách theo dõi): lines, alarms, statuses of unknown documents."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from contracts.envelope import PublicEvent
from contracts.tracking.lines import Alarm, DeliveryState
from contracts.values import AgencyCode, Limit, Name, Route


class StatusHeld(PublicEvent, frozen=True, kw_only=True):
    """A status came for a document that is not known: it is kept and tried again (3.1).

    `sender` told it to `agency`; `about` is the document as the sender calls it.
    """

    status_id: UUID
    agency: AgencyCode
    sender: str
    about: str
    code: str
    at: datetime
    reason: str
    held_at: datetime


class StatusMatched(PublicEvent, frozen=True, kw_only=True):
    """The document of a kept status became known."""

    status_id: UUID
    agency: AgencyCode
    matched_at: datetime


class LineEntry(Struct, frozen=True, kw_only=True):
    """A line in a list. `due_at` is the first of its due instants that passed, if one did."""

    delivery_id: UUID
    document_id: UUID
    notation: str
    subject: str
    recipient: AgencyCode
    recipient_name: Name
    route: Route
    state: DeliveryState
    issued_at: datetime
    acknowledged_at: datetime | None
    due_at: datetime | None
    clerk: str
    drafter: str


class LineCounts(Struct, frozen=True, kw_only=True):
    """How many lines an agency sent out are in each state, are late; its open alarms.

    `mine` are the alarms of whoever asks; `unmatched` the statuses of documents nobody knows.
    """

    states: dict[DeliveryState, int]
    late: int
    alarms: int
    mine: int
    unmatched: int


class AlarmEntry(Struct, frozen=True, kw_only=True):
    """An open alarm in a list; `key` is its place in it."""

    key: str
    delivery_id: UUID
    document_id: UUID
    notation: str
    recipient: AgencyCode
    recipient_name: str
    alarm: Alarm


class HeldStatus(Struct, frozen=True, kw_only=True):
    """A status whose document is still not known."""

    status_id: UUID
    sender: str
    about: str
    code: str
    at: datetime
    reason: str
    held_at: datetime


class Lists(Protocol):
    """What may be asked of the lists. An officer sees the lines and alarms that are his own."""

    def list_lines(
        self,
        *,
        agency: AgencyCode,
        state: DeliveryState | None = None,
        late: bool = False,
        mine: bool = False,
        after_id: UUID | None = None,
        limit: Limit = 100,
    ) -> list[LineEntry]:
        """Lines the agency sent out, oldest first: in a state, late, or of the caller's documents.

        For its people and auditors. Refusals: `Denied`, `Invalid`. Rules: R9.3a, R9.3b-1.
        """

    def get_line_counts(self, *, agency: AgencyCode) -> LineCounts:
        """How many there are. For its people and auditors. Refusals: `Denied`, `Invalid`."""

    def list_alarms(
        self, *, agency: AgencyCode, mine: bool = False, after: str = "", limit: Limit = 100
    ) -> list[AlarmEntry]:
        """Open alarms on which the agency is to act, by due instant, after the entry of a `key`.

        For its people and auditors. Refusals: `Denied`, `Invalid`.
        """

    def list_unmatched_statuses(
        self, *, agency: AgencyCode, after_id: UUID | None = None, limit: Limit = 100
    ) -> list[HeldStatus]:
        """Statuses told to the agency half an hour ago or longer, of documents nobody knows.

        For its clerks, leaders and auditors. Refusals: `Denied`, `Invalid`.
        """
