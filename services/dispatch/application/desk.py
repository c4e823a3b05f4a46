"""What all of dispatch's rooms have at hand: documents by right, the directory, the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from contracts.accounts import Delegation
from contracts.dispatch import OutgoingState
from contracts.values import Role
from contracts.working_time import Calendar, day_of
from services.dispatch.domain.capacity import Signatory, signatory_id
from services.dispatch.domain.directory import Correspondent, Directory, correspondent_id
from services.dispatch.domain.document import OutgoingDocument
from services.dispatch.domain.draft import Draft
from services.kernel.context import require
from services.kernel.files import Files
from services.kernel.following import Following

DRAFTERS = (Role.OFFICER, Role.CLERK)
HOLDERS: dict[OutgoingState, Role] = {
    OutgoingState.CONTENT_CHECK: Role.UNIT_HEAD,
    OutgoingState.FORM_CHECK: Role.FORM_CHECKER,
    OutgoingState.TO_SIGN: Role.LEADER,
}
"""Who has a document to check or to sign."""
STAFF = (*DRAFTERS, *HOLDERS.values())


class Desk(Following):
    """Outgoing documents of the agencies, and the calendar that says when they are due."""

    def __init__(self, *args: Any, files: Files, calendar: Calendar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files = files
        self.calendar = calendar

    def of_mine(self, document_id: UUID, *roles: Role) -> OutgoingDocument:
        """The document, for a caller of its agency who holds one of these roles."""
        document = self.load(OutgoingDocument, document_id)
        require(*roles, agency=document.agency)
        return document

    def directory(self, agency: str, draft: Draft | None = None) -> Directory:
        """Those agencies of a draft that are known: the issuing one and the recipients."""
        named = {agency, *(to.agency for to in draft.recipients)} if draft else {agency}
        return dict(self._known(named))

    def _known(self, codes: Iterable[str]) -> Iterable[tuple[str, Correspondent]]:
        for code in codes:
            if found := self.find(Correspondent, correspondent_id(code)):
                yield code, found

    def delegations_of(self, person: str) -> list[Delegation]:
        """By what he may sign in another's name, as far as accounts told it."""
        signatory = self.find(Signatory, signatory_id(person))
        return signatory.delegations if signatory else []

    def today(self) -> date:
        return day_of(self.now())
