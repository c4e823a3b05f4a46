"""Reporting on real tables, behind dispatch, intake and a tracking in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from contracts.envelope import Actor, PublicEvent
from contracts.values import Role
from services.kernel.application import IN_MEMORY
from services.kernel.context import Circumstances
from services.kernel.events import Read, read_page
from services.kernel.view import Tables, ViewLog
from services.reporting.application import Reporting
from services.reporting.projections import PROJECTIONS
from services.tracking.application import Tracking
from tests.tracking.desk import Desk
from tests.tracking.told import MONDAY, Copy, Letter


def person(agency: str, *roles: Role) -> Circumstances:
    """Somebody of an agency."""
    actor = Actor(person="an", name="Lê Thị An", agency=agency)
    return Circumstances(actor=actor, roles=frozenset(roles))


class House:
    """Reporting and what it follows. `now` is its clock."""

    def __init__(self, database_url: str) -> None:
        self.desk = Desk()
        self.dispatch, self.intake = self.desk.dispatch, self.desk.intake
        self.now = MONDAY
        self.tables = Tables(database_url, PROJECTIONS)
        self.tables.drop()
        self.tables.create()
        self.log = ViewLog(self.tables)
        self.places: dict[str, int] = {}
        self.reporting = Reporting(IN_MEMORY, now=lambda: self.now, tables=self.tables)
        self.sources: Mapping[str, Read] = {
            "dispatch": self.dispatch.read,
            "intake": self.intake.read,
            "tracking": partial(read_page, self.desk.tracking, "tracking", Tracking.tells),
            "reporting": partial(read_page, self.reporting, "reporting", Reporting.tells),
        }

    def close(self) -> None:
        self.reporting.close()
        self.tables.close()
        self.desk.tracking.close()

    def tell_letter(self, letter: Letter) -> None:
        """Dispatch registers and issues a letter."""
        self.dispatch.tell(letter.id, letter.registered(), letter.issued_at)
        self.dispatch.tell(letter.id, letter.issued(), letter.issued_at)

    def tell(self, copy: Copy, at: datetime, *events: PublicEvent) -> None:
        """The intake of a recipient tells acts recorded at one instant."""
        for event in events:
            self.intake.tell(copy.id, event, at)

    def read(self, name: str, most: int = 1000) -> bool:
        """One page of a source; whether there was something in it."""
        if name not in self.places:
            self.places[name] = self.log.place(name)
        page = self.sources[name](self.places[name], most)
        if page.events:
            self.log.take(name, self.places[name], page)
            self.places[name] = page.upto
        return bool(page.events)

    def read_all(
        self, names: Iterable[str] = ("dispatch", "intake", "tracking", "reporting")
    ) -> None:
        self.desk.read_all()
        for name in names:
            while self.read(name):
                pass

    def forget(self) -> None:
        """Drop all tables."""
        self.tables.drop()
        self.places.clear()

    def rebuild(self) -> None:
        """Forget everything and read history again."""
        self.forget()
        self.read_all()

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """All rows of all views."""
        return {
            view.table: self.tables.select(f"SELECT * FROM {view.table} ORDER BY document_id, 1")
            for view in PROJECTIONS
        }
