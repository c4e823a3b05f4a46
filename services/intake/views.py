"""Which documents of an agency are in which state, for the clerk's lists."""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from typing import Any
from uuid import UUID

from contracts.intake import IncomingState
from services.intake.domain import IncomingDocument
from services.kernel.application import EventSourced

_CHANGES: dict[str, IncomingState] = {
    vars(event)["TOPIC"]: event.leads_to
    for event in vars(IncomingDocument).values()
    if getattr(event, "leads_to", None)
}
_FIRST = {
    vars(event)["TOPIC"]
    for event in (
        IncomingDocument.Arrived,
        IncomingDocument.Quarantined,
        IncomingDocument.ArrivedRecalled,
    )
}
"""With these a document is here; one that was only recalled ahead is in no list."""
_GOES_BACK = vars(IncomingDocument.RecallDeclined)["TOPIC"]
_TOPICS = [*_CHANGES, _GOES_BACK]
_PENDING = IncomingState.RECALL_PENDING
_PAGE = 1000


class ArrivalLists:
    """Documents by agency and state, in order of entry, kept in memory.

    Each question first takes in what was written since the last one, so it sees everything that
    was written before it was asked; the first question of a process reads the whole log.
    """

    def __init__(self, log: EventSourced) -> None:
        self._log = log
        self._turn = threading.Lock()
        self._upto = 0
        self._entry: dict[UUID, int] = {}
        self._document: dict[int, UUID] = {}
        self._list: dict[UUID, tuple[str, IncomingState]] = {}
        self._before_recall: dict[UUID, IncomingState] = {}
        self._entries: dict[tuple[str, IncomingState], list[int]] = defaultdict(list)

    def page(self, agency: str, state: IncomingState, after: UUID | None, limit: int) -> list[UUID]:
        """At most `limit` documents in `state` that entered after the document `after`.

        `LookupError` when `after` is no document here.
        """
        with self._turn:
            self._catch_up()
            entries = self._entries[agency, state]
            start = 0 if after is None else bisect_right(entries, self._entry[after])
            return [self._document[entry] for entry in entries[start : start + limit]]

    def _catch_up(self) -> None:
        end = self._log.recorder.max_notification_id() or 0
        while self._upto < end:
            found = self._log.recorder.select_notifications(
                self._upto,
                _PAGE,
                stop=end,
                topics=[*_CHANGES, _GOES_BACK],
                inclusive_of_start=False,
            )
            for notification in found:
                self._fold(notification)
            self._upto = found[-1].id if len(found) == _PAGE else end

    def _fold(self, changed: Any) -> None:
        document, entry = changed.originator_id, changed.id
        if changed.topic in _FIRST:
            first: Any = self._log.mapper.to_domain_event(changed)
            self._entry[document], self._document[entry] = entry, document
            self._enter(document, first.agency, _CHANGES[changed.topic])
        elif document in self._list:
            agency, state = self._list[document]
            entries = self._entries[agency, state]
            del entries[bisect_left(entries, self._entry[document])]
            self._enter(document, agency, self._next(document, state, changed.topic))

    def _next(self, document: UUID, state: IncomingState, topic: str) -> IncomingState:
        """The state after an act; what a recall interrupted comes back when it is declined."""
        if topic == _GOES_BACK:
            return self._before_recall[document]
        if _CHANGES[topic] is _PENDING and state is not _PENDING:
            self._before_recall[document] = state
        return _CHANGES[topic]

    def _enter(self, document: UUID, agency: str, state: IncomingState) -> None:
        self._list[document] = (agency, state)
        insort(self._entries[agency, state], self._entry[document])
