"""Questions: documents, lists, files, and who looked at them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from heapq import merge
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from contracts.errors import Invalid, NotFound
from contracts.intake import (
    Access,
    ArrivalListed,
    DocumentLocked,
    IncomingDocumentView,
    IncomingState,
    TrailLine,
)
from contracts.values import FileLink, FileRef, Role, Urgency
from contracts.working_time import VIETNAM
from services.intake.application.desk import SEES_ALL, Desk, require_reader
from services.intake.domain import DocumentSeen, IncomingDocument, accesses_id
from services.intake.domain.order import check_gate
from services.intake.domain.trail import trail_line
from services.kernel.context import current, require

LINK_LASTS = timedelta(minutes=5)
A_LOOK = timedelta(minutes=10)
LOCKED = {IncomingState.RECALL_PENDING, IncomingState.CANCELLED}


class Reading(Desk):
    """Whoever looks at a document is noted; services of the platform are not."""

    def get_document(
        self, *, document_id: UUID, as_of: datetime | None = None
    ) -> IncomingDocumentView:
        document = self.readable(document_id)
        seen = document if as_of is None else self.as_it_was(document_id, as_of)
        self._note_access(document_id=document_id, what="document")
        return self._with_follower(seen.view(), as_of)

    def _with_follower(
        self, view: IncomingDocumentView, as_of: datetime | None
    ) -> IncomingDocumentView:
        """An urgent arrival always shows who follows it: the one named, else the office's then."""
        if view.follower or view.urgency is Urgency.ORDINARY:
            return view
        return replace(view, follower=self.rules_of(view.agency, as_of).follower or "")

    def as_it_was(self, document_id: UUID, as_of: datetime) -> IncomingDocument:
        """The document replayed up to a past instant."""
        if as_of.tzinfo is None:
            raise Invalid(where="as_of", why="an instant with its offset, e.g. +07:00")
        document = self.replayed(document_id, as_of)
        if document is None or not document.here:
            raise NotFound(what="IncomingDocument", id=str(document_id))
        return document  # type: ignore[no-any-return]

    def list_documents(
        self, *, agency: str, state: IncomingState, after: str = "", limit: int = 100
    ) -> list[ArrivalListed]:
        require_reader(agency)
        try:
            found = self.lists.page(agency, state, UUID(after) if after else None, limit)
        except (ValueError, LookupError):
            raise Invalid(where="after", why="a document id of the list") from None
        return [self._listed(id, state) for id in found]

    def _listed(self, id: UUID, state: IncomingState) -> ArrivalListed:
        first: Any = next(iter(self.events.get(id, limit=1)))
        return ArrivalListed(
            document_id=id,
            state=state,
            subject=getattr(first, "subject", ""),
            origin=first.origin,
            entered_at=first.entered_at,
        )

    def get_file_link(self, *, document_id: UUID, sha256: str) -> FileLink:
        document = self.readable(document_id)
        if document.state in LOCKED:
            raise DocumentLocked()
        file = next((file for file in document.files if file.sha256 == sha256), None)
        if file is None:
            raise NotFound(what="file", id=sha256)
        link = self._link(file, document.gate)
        self._note_access(document_id=document_id, what="file", file=file.name)
        return link

    def _link(self, file: FileRef, gate: str) -> FileLink:
        """A link to a file that passed the gate: no other is opened."""
        check_gate(gate)
        expires_at = self.now() + LINK_LASTS
        url, key, iv = self.files.link_ref(file, int(LINK_LASTS.total_seconds()))
        return FileLink(url=url, expires_at=expires_at, key=key, iv=iv)

    def _note_access(self, *, document_id: UUID, what: str, file: str = "") -> None:
        """Note who looked; the same person's next looks at the same within `A_LOOK` are one."""
        now = current()
        if Role.SERVICE in now.roles:
            return
        since, looked = self.now() - A_LOOK, (now.actor.person, what, file)
        lately: list[Any] = self.events.get(accesses_id(document_id), desc=True, limit=50)  # type: ignore[assignment]
        if looked not in {(s.actor.person, s.what, s.file) for s in lately if s.timestamp > since}:
            self._write_access(document_id, what, file)

    def _write_access(self, document_id: UUID, what: str, file: str) -> None:
        """A look needs no receipt: noted twice, it would be two looks."""
        accesses, at = accesses_id(document_id), DocumentSeen.create_timestamp()
        with self.group.page() as work:
            version = self.last_version(accesses) + 1
            work.save(DocumentSeen(accesses, version, at, what=what, file=file))

    def list_accesses(self, *, document_id: UUID, after: int = 0, limit: int = 100) -> list[Access]:
        document = self.here(document_id)
        if not current().roles & SEES_ALL:
            require(Role.LEADER, agency=document.agency)
        seen = list(self.events.get(accesses_id(document_id), gt=after, limit=limit))
        return [_access(one) for one in seen]

    def list_trail(self, *, document_id: UUID, after: int = 0, limit: int = 100) -> list[TrailLine]:
        self.readable(document_id)
        streams: Iterable[Any] = (self.stream(document_id), self.stream(accesses_id(document_id)))
        whole = merge(*streams, key=lambda event: event.timestamp)
        return [trail_line(event) for event in whole][after : after + limit]


def _access(seen: Any) -> Access:
    at = seen.timestamp.astimezone(VIETNAM)
    return Access(at=at, actor=seen.actor, what=seen.what, file=seen.file)
