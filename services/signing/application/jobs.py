"""Jobs for the workers, read from signing's own log: losing the queue loses nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from contracts.values import named_id
from services.kernel.eventlog import PageRead
from services.kernel.following import Following
from services.kernel.jobs import Entry
from services.signing.domain import Copy, Paper, Session, Signature, Verification

QUEUE = "jobs-signing"
FED = named_id("place", "signing", "jobs")
OPENING = (
    Signature.Requested,
    Signature.RequestedAgain,
    Session.Opened,
    Session.ValueGiven,
    Verification.Requested,
    Verification.ReportRequested,
    Copy.SealRequested,
    Paper.Scanned,
    Paper.ScannedAgain,
)
CLOSING = (
    Signature.Made,
    Signature.DeviceAwaited,
    Signature.Failed,
    Session.Prepared,
    Session.ValueRefused,
    Session.Completed,
    Session.Failed,
    Verification.Concluded,
    Verification.Reported,
    Copy.Made,
    Copy.Failed,
    Paper.Digitised,
    Paper.Failed,
)
TOPICS: list[str] = [vars(event)["TOPIC"] for event in (*OPENING, *CLOSING)]
PAGE = 500


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Work for a worker: what kind of thing, and which."""

    kind: str
    id: UUID


class OpenJobs(Following):
    """The jobs that are open, and where no older one is."""

    def open_and_closed(self, after: int) -> tuple[list[Entry], int]:
        """Jobs opened and closed in the log after a position, and how far it was scanned."""
        end = self.recorder.max_notification_id() or 0
        found = self.recorder.select_notifications(
            after, PAGE, stop=end, topics=TOPICS, inclusive_of_start=False
        )
        entries = [self._entry(notification) for notification in found]
        return entries, found[-1].id if len(found) == PAGE else max(end, after)

    def _entry(self, notification: Any) -> Entry:
        event: Any = self.mapper.to_domain_event(notification)
        kind = notification.topic.split(".")[1].lower()
        job = Job(kind=kind, id=event.originator_id) if isinstance(event, OPENING) else None
        return Entry(notification.id, f"{kind}/{event.originator_id}", job, event.trace)

    def fed_place(self) -> int:
        """Where no older job is open."""
        for place in self.events.get(FED, desc=True, limit=1):
            return place.upto  # type: ignore[attr-defined, no-any-return]
        return 0

    def remember_fed(self, position: int) -> None:
        """Keep the place, so that a new feeder need not read from the beginning."""
        with self.group.page() as work:
            version = self.last_version(FED) + 1
            work.save(PageRead(FED, version, PageRead.create_timestamp(), upto=position))
