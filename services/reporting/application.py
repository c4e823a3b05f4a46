"""What reporting does when asked: it answers from its views, and decides two things itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from contracts.envelope import Parked
from contracts.errors import Denied, Invalid
from contracts.reporting import (
    IncomingRegisterLine,
    Indicator,
    LateMatter,
    OutgoingRegisterLine,
    PeriodAlreadySealed,
)
from contracts.values import Role
from contracts.working_time import Quarter, in_vietnam, period
from services.kernel.application import in_postgres
from services.kernel.commit import command
from services.kernel.context import acting, current, require, the_service
from services.kernel.events import Publish, Telling
from services.kernel.prompts import Prompts
from services.kernel.settings import Settings
from services.kernel.view import Tables, ask_unpark_rows, parked_rows
from services.reporting.domain import Figures, Matter, figures_id, matter_id
from services.reporting.events import publish
from services.reporting.projections import PROJECTIONS
from services.reporting.views import Views

MOST_MATTERS = 1000
"""How many late matters are escalated in one go; the rest follow in the next."""


class Reporting(Telling):
    """Registers, late matters and indicators; escalations and sealed figures."""

    name = "reporting"
    tells: ClassVar[Publish] = publish
    sources = ("dispatch", "intake", "tracking", "reporting")

    def __init__(self, *args: Any, tables: Tables, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tables = tables
        self.views = Views(tables)

    def list_incoming_register(
        self, *, agency: str, year: int, after: int = 0, limit: int = 100
    ) -> list[IncomingRegisterLine]:
        _may_see(agency)
        return self.views.incoming_register(agency, year, after, limit)

    def list_outgoing_register(
        self, *, agency: str, year: int, after: int = 0, limit: int = 100
    ) -> list[OutgoingRegisterLine]:
        _may_see(agency)
        return self.views.outgoing_register(agency, year, after, limit)

    def list_late_matters(
        self, *, agency: str, at: datetime | None = None, after: str = "", limit: int = 100
    ) -> list[LateMatter]:
        _may_see(agency)
        return self.views.late_matters(agency, in_vietnam(at or self.now()), after, limit)

    def list_indicators(
        self, *, agency: str, from_at: datetime, until_at: datetime
    ) -> list[Indicator]:
        _may_see(agency)
        from_at, until_at = in_vietnam(from_at), in_vietnam(until_at)
        if from_at >= until_at:
            raise Invalid(where="until_at", why="an instant after from_at is expected")
        return self.views.figures(agency, from_at, until_at).indicators

    def list_sealed_indicators(self, *, agency: str, year: int, quarter: int) -> list[Indicator]:
        _may_see(agency)
        return self.load(Figures, figures_id(agency, Quarter(year, quarter))).indicators

    def escalate_late_matters(self, *, agency: str) -> int:
        require(Role.CLERK, Role.LEADER, Role.SERVICE, agency=agency)
        now = self.now()
        late = self.views.late_matters(agency, now, "", MOST_MATTERS, only_new=True)
        return self._escalate(agency=agency, late=late, at=now)

    @command(secret={"late", "at"})
    def _escalate(self, *, agency: str, late: list[LateMatter], at: datetime) -> int:
        """`late` and `at` are what was found, not what was asked."""
        new = [it for it in late if not self._is_escalated(it)]
        self.save(*(Matter.escalate(it, at) for it in new))
        return len(new)

    def _is_escalated(self, late: LateMatter) -> bool:
        return bool(self.last_version(matter_id(late.kind, late.document_id, late.due_at)))

    def escalate_everywhere(self) -> None:
        """Escalate the late matters of all agencies, as the service itself."""
        with acting(the_service(self.name)):
            for agency in self.views.agencies_with_late_matters(self.now()):
                self.escalate_late_matters(agency=agency)

    def seal_period(self, *, agency: str, year: int, quarter: int) -> list[Indicator]:
        require(Role.LEADER, agency=agency)
        of_data = period(Quarter(year, quarter))
        indicators, positions = self.views.figures(agency, of_data.starts_at, of_data.ends_at)
        return self._seal(
            agency=agency, year=year, quarter=quarter, indicators=indicators, positions=positions
        )

    @command(secret={"indicators", "positions"})
    def _seal(
        self,
        *,
        agency: str,
        year: int,
        quarter: int,
        indicators: list[Indicator],
        positions: dict[str, int],
    ) -> list[Indicator]:
        """`indicators` and `positions` are what was found, not what was asked."""
        of = Quarter(year, quarter)
        if self.find(Figures, figures_id(agency, of)):
            raise PeriodAlreadySealed(quarter=quarter, year=year)
        self.save(Figures.seal(agency, of, indicators, positions, self.now()))
        return indicators

    def list_parked_events(self, *, after: int = 0, limit: int = 100) -> list[Parked]:
        require(Role.OPERATOR, Role.AUDITOR)
        return parked_rows(self.tables)[after : after + limit]

    def unpark_events(self, *, source: str, aggregate_id: UUID) -> None:
        require(Role.OPERATOR)
        ask_unpark_rows(self.tables, source, aggregate_id)


def _may_see(agency: str) -> None:
    """Let the agency's own people, auditors and services pass; refuse others (`Denied`)."""
    now = current()
    if not now.roles & {Role.AUDITOR, Role.SERVICE} and now.actor.agency != agency:
        raise Denied(why=f"the figures belong to agency {agency}")


def build(settings: Settings) -> Reporting:
    """The application of this process."""
    tables = Tables(settings.database_url, PROJECTIONS)
    tables.create()
    return Reporting(
        in_postgres(settings.database_url),
        written=Prompts(settings.broker_url, Reporting.name).ring,
        tables=tables,
    )
