"""Statuses whose documents are not known: tried again, less and less often, until they are."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from contracts import edxml
from contracts.errors import NotFound
from services.kernel.context import acting, the_service
from services.kernel.work import UnitOfWork
from services.tracking.adapters import judged, receipt_in
from services.tracking.application import Tracking
from services.tracking.application.receiving import Outcome
from services.tracking.domain import HeldStatus

PAUSE, LONGEST_PAUSE = 2.0, 300.0
AT_ONCE = 100


def taking_of(
    tracking: Tracking, status: edxml.Status, box: str, fingerprint: str
) -> Callable[[], Outcome]:
    """What is to be recorded of a status, its receipt judged by what is known now."""
    key, ours = tracking.expected(box, status)
    receipt = receipt_in(status)
    said: dict[str, Any] = {"receipt": receipt, "verdict": judged(receipt, key, ours)}
    told: dict[str, Any] = {"box": box, "message": status, "fingerprint": fingerprint}
    return partial(tracking.take_status, **told, **said)


class Holding:
    """Tries kept statuses again; each failure in a row doubles its pause."""

    def __init__(self, tracking: Tracking) -> None:
        self._tracking = tracking
        self._due: dict[str, tuple[float, float]] = {}
        self._scanned = 0

    def round(self) -> int:
        """Try what is due; how many statuses had their effect."""
        self._look()
        now = time.monotonic()
        due = [key for key, (_, at) in self._due.items() if at <= now][:AT_ONCE]
        if not due:
            return 0
        with self._tracking.group.page() as work, acting(the_service(Tracking.name)):
            matched = [key for key in due if self._matches(work, key)]
        for key in due:
            pause = min(self._due[key][0] * 2, LONGEST_PAUSE)
            self._due[key] = (pause, now + pause)
        for key in matched:
            del self._due[key]
        return len(matched)

    def _look(self) -> None:
        before = -1
        while before != self._scanned:
            before = self._scanned
            entries, self._scanned = self._tracking.held_statuses.read(before)
            for entry in entries:
                if entry.job is None:
                    self._due.pop(entry.key, None)
                else:
                    self._due.setdefault(entry.key, (PAUSE, 0.0))

    def _matches(self, work: UnitOfWork, key: str) -> bool:
        """Whether its document is known now; then it has its effect in this very work."""
        held = self._tracking.load(HeldStatus, UUID(key))
        with suppress(NotFound):
            take = taking_of(self._tracking, held.message, held.agency, held.fingerprint)
            work.run(take)
            work.run(partial(self._tracking.match_status, status_id=held.id))
            return True
        return False
