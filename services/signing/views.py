"""When the proof of each document ends, for the lists of an agency's clerks."""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from services.kernel.application import EventSourced
from services.signing.domain import Proof

_TOPICS: list[str] = [vars(event)["TOPIC"] for event in (Proof.Established, Proof.Extended)]
PAGE = 1000
_LAST = UUID(int=2**128 - 1)


class ProofEnds:
    """Proofs by agency in the order of their ends, kept in memory.

    Each question first takes in what was written since the last one, so it sees everything that was
    written before it was asked; the first question of a process reads the whole log.
    """

    def __init__(self, log: EventSourced, page: int = PAGE) -> None:
        self._log = log
        self._page = page
        self._turn = threading.Lock()
        self._upto = 0
        self._end: dict[UUID, tuple[datetime, UUID]] = {}
        self._ends: dict[str, list[tuple[datetime, UUID]]] = defaultdict(list)

    def page(self, agency: str, until: datetime, after: UUID | None, limit: int) -> list[UUID]:
        """At most `limit` proofs that end by an instant, after the proof `after`.

        `LookupError` when `after` is no proof here.
        """
        with self._turn:
            self._catch_up()
            ends = self._ends[agency]
            start = 0 if after is None else bisect_right(ends, self._end[after])
            stop = bisect_right(ends, (until, _LAST))
            return [id for _, id in ends[start : min(stop, start + limit)]]

    def _catch_up(self) -> None:
        end = self._log.recorder.max_notification_id() or 0
        while self._upto < end:
            found = self._log.recorder.select_notifications(
                self._upto, self._page, stop=end, topics=_TOPICS, inclusive_of_start=False
            )
            for notification in found:
                self._fold(self._log.mapper.to_domain_event(notification))
            self._upto = found[-1].id if len(found) == self._page else end

    def _fold(self, event: Any) -> None:
        proof, ends = event.originator_id, self._ends[event.agency]
        if proof in self._end:
            del ends[bisect_left(ends, self._end[proof])]
        self._end[proof] = (event.proven.holds_until, proof)
        insort(ends, self._end[proof])
