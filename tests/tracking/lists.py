"""Tracking on real tables, with a clock that is set by hand, and lines in every kind of state."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from contracts import edxml
from contracts.envelope import Actor
from contracts.values import Role
from services.kernel.context import Circumstances, acting, the_service
from tests.tracking.desk import Desk
from tests.tracking.told import MONDAY, SENDER, Letter, Source

B, C = "H47.09", "H47.11"


def person(name: str, *roles: Role, agency: str = SENDER) -> Circumstances:
    return Circumstances(actor=Actor(person=name, agency=agency), roles=frozenset(roles))


CLERK = person("an", Role.CLERK)


class Lists(Desk):
    """A desk whose lists can be asked. `at` is its clock."""

    def __init__(self, database_url: str) -> None:
        self.at, self.url = MONDAY, database_url
        super().__init__(lambda: self.at, database_url)
        self.reporting = Source("reporting")
        self.tables.drop()
        self.tables.create()

    def close(self) -> None:
        self.tracking.close()
        self.tables.close()

    def pass_time(self, **span: float) -> None:
        """Later, after the alarms that are due by then were raised."""
        self.at += timedelta(**span)
        self.tracking.raise_due_alarms()

    def issue(self, *recipients: str, at: datetime = MONDAY, **said: Any) -> Letter:
        """A letter goes out on the platform; `an` issued it."""
        letter = Letter(recipients=recipients, issued_at=at, **said)
        self.dispatch.tell(letter.id, letter.issued(), at)
        self.read_all()
        return letter

    def arrive(self, letter: Letter, recipient: str, accepted: bool = False) -> None:
        """The recipient tells 01, and 03."""
        copy = letter.at(recipient)
        self.intake.tell(copy.id, copy.arrived(self.at), self.at)
        if accepted:
            self.intake.tell(copy.id, copy.registered(self.at), self.at)
        self.read_all()

    def hold(self, code: str = "01", sender: str = "G12.04") -> None:
        """A status comes for a document that nobody knows."""
        status = edxml.Status(
            sender=edxml.Party(code=sender),
            about=edxml.ResponseFor(agency=SENDER, code=f"{code}/KHONG-CO"),
            code=code,
            at=self.at,
        )
        fingerprint = edxml.fingerprint(status)
        with acting(the_service("tracking")), self.tracking.group.page() as work:
            hold = self.tracking.hold_status
            work.run(lambda: hold(box=SENDER, message=status, fingerprint=fingerprint))

    def ask(self, question: str, who: Circumstances = CLERK, **asked: Any) -> Any:
        with acting(who):
            return getattr(self.tracking, question)(**{"agency": SENDER} | asked)

    def pages(self, question: str, key: str, limit: int, **asked: Any) -> list[list[UUID]]:
        """The ids of all entries, page by page."""
        pages: list[list[UUID]] = []
        after: Any = {}
        while page := self.ask(question, limit=limit, **asked, **after):
            pages.append([getattr(entry, key) for entry in page])
            after = {"after" if key == "key" else "after_id": pages[-1][-1]}
        return pages

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """All rows of all lists."""
        orders = {"alarms": "delivery_id, kind", "lines": "delivery_id"}
        return {
            view.table: self.tables.select(
                f"SELECT * FROM {view.table} ORDER BY {orders.get(view.table, '1')}"
            )
            for view in self.tables.views
        }
