"""Lists answered from read tables, and the alarms that come of waiting."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from contracts.envelope import Parked
from contracts.tracking import (
    AlarmEntry,
    Delay,
    DeliveryState,
    HeldStatus,
    LineCounts,
    LineEntry,
    Notice,
)
from contracts.values import Role
from contracts.working_time import day_of
from services.kernel.context import acting, current, require, the_service
from services.kernel.events import Read, read_page
from services.kernel.follower import PlaceMoved
from services.kernel.view import Tables, ViewLog, ask_unpark_rows, parked_rows
from services.tracking.application.lines import ANSWERING, Lines
from services.tracking.application.tasking import require_reader
from services.tracking.domain.task import days_late
from services.tracking.events import publish
from services.tracking.views import Views

PAGE = 500
AT_ONCE = 100
"""How many lines get their alarms in one write."""


class Listing(Lines):
    """Lists of lines, alarms, kept statuses: each takes in what was written before it answers."""

    def __init__(self, *args: Any, tables: Tables, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tables = tables
        self._log = ViewLog(tables)
        self._views = Views(tables)

    def views(self) -> Views:
        """The lists as of now."""
        self.catch_up()
        return self._views

    def catch_up(self) -> None:
        """Take in what was told here since, however many do so at once."""
        self.take_in(self.name, partial(read_page, self, self.name, publish))

    def take_in(self, name: str, read: Read) -> None:
        """Take in what a source told since."""
        moved, limit = True, PAGE
        while moved:
            place = self._log.place(name)
            self._log.unpark(name, read)
            page = read(place, limit)
            moved = page.upto > place
            try:
                if moved:
                    self._log.take(name, place, page)
            except PlaceMoved:
                continue
            except self._log.transient:
                if limit == 1:
                    raise
                limit = 1  # one event that no row can hold is parked alone

    def list_lines(
        self,
        *,
        agency: str,
        state: DeliveryState | None = None,
        late: bool = False,
        mine: bool = False,
        after_id: UUID | None = None,
        limit: int = 100,
    ) -> list[LineEntry]:
        person = _reader(agency, mine)
        return self.views().lines(agency, self.now(), state, late, person, after_id, limit)

    def get_line_counts(self, *, agency: str) -> LineCounts:
        _reader(agency, False)
        return self.views().counts(agency, self.now(), current().actor.person)

    def list_alarms(
        self, *, agency: str, mine: bool = False, after: str = "", limit: int = 100
    ) -> list[AlarmEntry]:
        return self.views().alarms(agency, _reader(agency, mine), after, limit)

    def list_unmatched_statuses(
        self, *, agency: str, after_id: UUID | None = None, limit: int = 100
    ) -> list[HeldStatus]:
        if Role.AUDITOR not in current().roles:
            require(Role.CLERK, Role.LEADER, agency=agency)
        return self.views().held(agency, self.now(), after_id, limit)

    def list_delays(
        self, *, agency: str, from_on: date, until_on: date, after: int = 0, limit: int = 100
    ) -> list[Delay]:
        require_reader(agency)
        today = day_of(self.now())
        late = self.views().delays(agency, from_on, until_on, today, after, limit)
        return [self._delay(row, row["reported_on"] or today) for row in late]

    def _delay(self, row: dict[str, Any], on: date) -> Delay:
        return Delay(**row, days_late=days_late(self.calendar, row["due_on"], on))

    def list_notices(self, *, agency: str, after: int = 0, limit: int = 100) -> list[Notice]:
        person, roles = require(*Role, agency=agency).person, sorted(current().roles)
        return self.views().notices(agency, roles, person, after, limit)

    def raise_due_alarms(self) -> None:
        """Raise what is due of every line, as the service itself (table 3.4)."""
        while ids := self.views().unraised(self.now(), AT_ONCE):
            with acting(the_service(self.name)), self.group.page() as work:
                for id in ids:
                    work.run(partial(self.raise_alarms_of, delivery_id=id))
            if len(ids) < AT_ONCE:
                return

    def list_parked_events(self, *, after: int = 0, limit: int = 100) -> list[Parked]:
        """Those of its sources, and those of its own that no row could hold."""
        require(Role.OPERATOR, Role.AUDITOR)
        parked = super().list_parked_events(limit=after + limit) + parked_rows(self.tables)
        return sorted(parked, key=lambda it: (it.source, it.position))[after : after + limit]

    def unpark_events(self, *, source: str, aggregate_id: UUID) -> None:
        require(Role.OPERATOR)
        beside = {(it.source, it.aggregate_id) for it in parked_rows(self.tables)}
        if (source, aggregate_id) in beside:
            ask_unpark_rows(self.tables, source, aggregate_id)
        else:
            super().unpark_events(source=source, aggregate_id=aggregate_id)


def _reader(agency: str, mine: bool) -> str:
    """Whose entries alone the caller sees; nobody's where he sees all. Refusals: `Denied`.

    People of the agency in any role; an officer sees those that are his own (R9.3b-1).
    """
    now = current()
    if now.roles & {Role.AUDITOR, Role.OPERATOR}:
        return now.actor.person if mine else ""
    person = require(*Role, agency=agency).person
    return person if mine or not now.roles & ANSWERING else ""
