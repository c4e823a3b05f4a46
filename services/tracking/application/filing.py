"""Dossiers of an agency: opened, filled, closed, kept back, listed, announced."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from contracts.errors import NotFound
from contracts.tracking import (
    DeliveryState,
    DocumentUnfinished,
    DossierAlreadyOpened,
    DossierKind,
    DossierView,
)
from contracts.values import Role
from contracts.working_time import Calendar, day_of
from services.kernel.commit import command
from services.kernel.context import acting, current, require, the_service
from services.kernel.following import Following
from services.tracking.domain import Delivery, lines_id
from services.tracking.domain.dossier import Dossier
from services.tracking.domain.lists import (
    AnnouncementSet,
    DossierListed,
    announcements_id,
    dossiers_id,
    group_id,
)
from services.tracking.domain.record import dossiers_of_id

FINISHED = {DeliveryState.COMPLETED, DeliveryState.REFUSED, DeliveryState.RECALLED}
"""Where the work on an incoming document has ended."""
LOOKED_BACK = timedelta(days=366)
"""How far back a process that begins looks for announcements it owes."""


class Filing(Following):
    """The yearly list of dossiers (danh mục hồ sơ) of each agency."""

    def __init__(self, *args: Any, calendar: Calendar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calendar = calendar
        self._announced_until = day_of(self.now()) - LOOKED_BACK

    @command()
    def open_dossier(
        self,
        *,
        dossier_id: UUID,
        year: int,
        group: str,
        title: str,
        kind: DossierKind = DossierKind.ORDINARY,
        retention_years: int | None = None,
    ) -> str:
        creator = require(Role.CLERK, Role.OFFICER)
        agency = creator.agency
        if self.last_version(dossier_id):
            raise DossierAlreadyOpened(dossier_id=str(dossier_id))
        ordinal = self.take_number(group_id(agency, year, group), taken_by=dossier_id)
        dossier = Dossier.begin(
            Dossier.Opened,
            dossier_id,
            agency=agency,
            code=f"{agency}.{year}.{ordinal:02d}.{group}",
            year=year,
            title=title,
            kind=kind,
            retention_years=retention_years,
            opened_on=day_of(self.now()),
            creator=creator.person,
        )
        self.save(dossier, self._entry(DossierListed, dossiers_id(agency, year), dossier_id))
        return dossier.code

    @command()
    def collect_document(self, *, dossier_id: UUID, document_id: UUID) -> int:
        dossier = self.of_mine(dossier_id, Role.CLERK, Role.OFFICER)
        if not self._has(dossier.agency, document_id):
            raise NotFound(what="document", id=str(document_id))
        ordinal = dossier.collect(document_id, day_of(self.now()))
        self.save(dossier, self._entry(DossierListed, dossiers_of_id(document_id), dossier_id))
        return ordinal

    @command()
    def drop_document(self, *, dossier_id: UUID, document_id: UUID, reason: str) -> None:
        dossier = self.of_mine(dossier_id, Role.CLERK, Role.OFFICER)
        dossier.drop(document_id, reason)
        self.save(dossier)

    @command()
    def describe_dossier(
        self, *, dossier_id: UUID, title: str, retention_years: int | None
    ) -> None:
        dossier = self.of_mine(dossier_id, Role.CLERK, Role.OFFICER)
        dossier.describe(title, retention_years)
        self.save(dossier)

    def _has(self, agency: str, document_id: UUID) -> bool:
        """Whether the agency received this document, or issued it."""
        received = self.find(Delivery, document_id)
        if received is not None:
            return received.recipient == agency
        listed: list[Any] = list(self.events.get(lines_id(document_id), limit=1))
        return any(self.load(Delivery, line.delivery_id).sender == agency for line in listed)

    @command()
    def close_dossier(self, *, dossier_id: UUID, ended_on: date) -> date | None:
        dossier = self.of_mine(dossier_id, Role.CLERK, Role.OFFICER)
        for paper in dossier.documents:
            received = self.find(Delivery, paper.document_id)
            if received is not None and received.state not in FINISHED:
                raise DocumentUnfinished(document_id=str(paper.document_id))
        dossier.close(ended_on, self.calendar)
        self.save(dossier)
        if day := dossier.announced_on(day_of(self.now())):
            self.save(self._entry(AnnouncementSet, announcements_id(day), dossier_id))
        return dossier.due_on

    @command()
    def keep_back_dossier(self, *, dossier_id: UUID, until_on: date, consent: str) -> None:
        dossier = self.of_mine(dossier_id, Role.LEADER)
        dossier.keep_back(until_on, consent)
        self.save(dossier)

    def list_dossiers(
        self, *, agency: str, year: int, after: int = 0, limit: int = 100
    ) -> list[DossierView]:
        if not current().roles & {Role.AUDITOR, Role.OPERATOR}:
            require(*Role, agency=agency)
        listed: list[Any] = list(self.events.get(dossiers_id(agency, year), gt=after, limit=limit))
        return [self.load(Dossier, line.dossier_id).view() for line in listed]

    def announce_due_dossiers(self) -> None:
        """Announce what is due in 30 days, day by day since it was last done (N30-VI.5b)."""
        today = day_of(self.now())
        day = self._announced_until
        while day <= today:
            for entry in self.events.get(announcements_id(day)):
                self._announce(entry.dossier_id)  # type: ignore[attr-defined]
            self._announced_until = day
            day += timedelta(days=1)

    def _announce(self, dossier_id: UUID) -> None:
        """Written under the lock of the service; told again, it is nothing."""
        with acting(the_service(self.name)), self.group.page() as work:
            work.run(lambda: self._announced(dossier_id))

    def _announced(self, dossier_id: UUID) -> None:
        dossier = self.load(Dossier, dossier_id)
        dossier.announce()
        self.save(dossier)

    def of_mine(self, dossier_id: UUID, *roles: Role) -> Dossier:
        """A dossier of the caller's agency, if he holds one of the roles."""
        require(*roles)
        dossier = self.load(Dossier, dossier_id)
        require(*roles, agency=dossier.agency)
        return dossier

    def _entry(self, kind: Any, stream: UUID, dossier_id: UUID) -> Any:
        """The next entry of a list."""
        version, at = self.last_version(stream) + 1, kind.create_timestamp()
        return kind(stream, version, at, dossier_id=dossier_id)
