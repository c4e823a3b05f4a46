"""A service's own log read as jobs for its workers: what opens one, what closes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from contracts.values import named_id
from services.kernel.application import EventSourced
from services.kernel.eventlog import PageRead
from services.kernel.jobs import Entry

PAGE = 500


class Work(NamedTuple):
    """What a recorded event means for the workers: a job under this key opens, or is over.

    An `urgent` job goes to the queue that is served first.
    """

    key: str
    job: Any = None
    urgent: bool = False


class JobLog:
    """Reads the log of an application; `means` says what each event of `topics` means."""

    def __init__(
        self, log: EventSourced, topics: list[str], means: Callable[[Any], Work], name: str
    ) -> None:
        self._log = log
        self._topics = topics
        self._means = means
        self._place = named_id("place", name, "jobs")

    def read(self, after: int) -> tuple[list[Entry], int]:
        """Jobs opened and closed after a position, and how far the log was scanned."""
        end = self._log.recorder.max_notification_id() or 0
        found = self._log.recorder.select_notifications(
            after, PAGE, stop=end, topics=self._topics, inclusive_of_start=False
        )
        entries = [self._entry(notification) for notification in found]
        return entries, found[-1].id if len(found) == PAGE else max(end, after)

    def _entry(self, notification: Any) -> Entry:
        event: Any = self._log.mapper.to_domain_event(notification)
        work = self._means(event)
        return Entry(notification.id, work.key, work.job, event.trace, work.urgent)

    def place(self) -> int:
        """Where no older job is open."""
        for place in self._log.events.get(self._place, desc=True, limit=1):
            return place.upto  # type: ignore[attr-defined, no-any-return]
        return 0

    def remember(self, position: int) -> None:
        """Keep the place, so that a new feeder need not read from the beginning."""
        with self._log.group.page() as work:
            version = self._log.last_version(self._place) + 1
            work.save(PageRead(self._place, version, PageRead.create_timestamp(), upto=position))


def topics_of(*events: type) -> list[str]:
    """The fixed names of these recorded events."""
    return [str(vars(event)["TOPIC"]) for event in events]
