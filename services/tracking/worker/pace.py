"""How often the axis is asked again, and how an attempt ended."""

from __future__ import annotations

import time
from enum import Enum

from contracts.errors import Unavailable
from services.kernel.eventlog import EventLog

AWAY: tuple[type[Exception], ...] = (Unavailable, OSError, *EventLog.transient)
PAUSE, LONGEST_PAUSE = 0.5, 15.0


class Way(Enum):
    """How an attempt ended."""

    OVER = "over"
    LATER = "later"
    AWAY = "away"


class Outage:
    """When to ask again after the axis, or the store, did not answer."""

    def __init__(self) -> None:
        self._failures, self._until = 0, 0.0

    @property
    def is_on(self) -> bool:
        """Whether the last question was not answered."""
        return self._failures > 0

    def lasts(self) -> bool:
        """Whether it is too early to ask again."""
        return time.monotonic() < self._until

    def note(self, away: bool) -> None:
        """Each failure in a row doubles the pause, up to a quarter of a minute."""
        self._failures = self._failures + 1 if away else 0
        pause = min(PAUSE * 2**self._failures, LONGEST_PAUSE) if away else 0.0
        self._until = time.monotonic() + pause
