"""What all of intake's rooms have at hand: documents by right, the agency's rules, the lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from contracts.errors import NotFound
from contracts.intake import OfficeRules
from contracts.values import FileRef, Role
from contracts.working_time import Calendar
from services.intake.domain import IncomingDocument, Office, office_id
from services.intake.views import ArrivalLists
from services.kernel.context import current, require
from services.kernel.following import Following
from services.kernel.work import current_work

SEES_ALL = {Role.OPERATOR, Role.AUDITOR}
NO_RULES = OfficeRules()


class Store(Protocol):
    """Kept files, as intake needs them; see `services.kernel.vault.Vault`."""

    def offer(self, sha256: str, size: int) -> tuple[str, datetime]: ...

    def require_upload(self, sha256: str, size: int) -> None: ...

    def require(self, sha256s: list[str]) -> None: ...

    def link_ref(self, file: FileRef, seconds: int) -> tuple[str, str, str]: ...


class Desk(Following):
    """Incoming documents of the agencies, and the calendar that says when they were received."""

    def __init__(self, *args: Any, files: Store, calendar: Calendar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files = files
        self.calendar = calendar
        self.lists = ArrivalLists(self)

    def act(self, id: UUID, role: Role, does: Callable[[IncomingDocument], None]) -> None:
        """Do something with a document of the caller's agency, if he holds the role."""
        document = self.mine(id, role)
        does(document)
        self.save(document)

    def mine(self, id: UUID, *roles: Role) -> IncomingDocument:
        """A document of the caller's agency, if he holds one of the roles."""
        document = self.here(id)
        require(*roles, agency=document.agency)
        return document

    def here(self, id: UUID) -> IncomingDocument:
        """A document that has come; one that was only recalled ahead is not found."""
        document = self.load(IncomingDocument, id)
        if not document.here:
            raise NotFound(what="IncomingDocument", id=str(id))
        return document

    def readable(self, id: UUID) -> IncomingDocument:
        """A document for people of its agency, operators and auditors."""
        document = self.here(id)
        require_reader(document.agency)
        return document

    def stream(self, id: UUID) -> list[Any]:
        """Every event of a stream, those about to be written too."""
        work = current_work()
        about = [event for event in work.events if event.originator_id == id] if work else []
        return [*self.events.get(id), *about]

    def replayed(self, id: UUID, as_of: datetime) -> Any:
        """An aggregate as it was at an instant, or nothing where it had not begun."""
        thing: Any = None
        for event in self.stream(id):
            if event.timestamp > as_of:
                break
            thing = event.mutate(thing)
        return thing

    def rules_of(self, agency: str, as_of: datetime | None = None) -> OfficeRules:
        """The clerical rules of an agency, as they are or were at an instant."""
        id = office_id(agency)
        office = self.find(Office, id) if as_of is None else self.replayed(id, as_of)
        return office.rules if office else NO_RULES


def require_reader(agency: str) -> None:
    """People of the agency in any role; operators and auditors see all."""
    if not current().roles & SEES_ALL:
        require(*Role, agency=agency)
