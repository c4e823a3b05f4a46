"""A dossier: opened, collecting, closed, announced when it is due for the archive.

What follows upon its closing stands in `shelving`.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from contracts.tracking import (
    DocumentAlreadyCollected,
    DocumentNotCollected,
    DossierEmpty,
    DossierKind,
    DossierNotClosed,
    DossierNotOpen,
    DossierPaper,
    DossierState,
    DossierView,
    EndTooEarly,
    KeptBackTooLong,
)
from contracts.values import FileRef
from contracts.working_time import Calendar, archive_due
from services.kernel.aggregate import Aggregate
from services.tracking.domain import shelving

ANNOUNCED_BEFORE = timedelta(days=30)
"""How long before it is due a dossier is announced (N30-VI.5b)."""
KEPT_BACK_YEARS = 2
"""How long after it is due a dossier may stay, at most (N30-28..31)."""
OPEN = {DossierState.OPENED, DossierState.COLLECTING}
MENDABLE = OPEN | {DossierState.RETURNED}
"""Where documents may be put in and taken out: also in what the archive gave back."""


class Dossier(Aggregate, service="tracking"):
    """A dossier (hồ sơ; table 3.7). It names its documents and holds no copy of them (N30-VI.4)."""

    agency: str
    code: str
    year: int
    title: str
    kind: DossierKind
    retention_years: int | None
    opened_on: date
    creator: str
    state: DossierState = DossierState.OPENED
    documents: list[DossierPaper] = field(default_factory=list)
    ended_on: date | None = None
    due_on: date | None = None
    kept_until_on: date | None = None
    calendar: str = ""
    submitted_on: date | None = None
    on_time: bool | None = None
    package: FileRef | None = None
    pages: int | None = None
    record: str = ""
    archive_code: str = ""
    order: str = ""
    frozen_at: DossierState = DossierState.OPENED

    Submitted = shelving.Submitted
    Packed = shelving.Packed
    PaperLost = shelving.PaperLost
    Checked = shelving.Checked
    Accepted = shelving.Accepted
    Returned = shelving.Returned
    Archived = shelving.Archived
    Frozen = shelving.Frozen
    Released = shelving.Released

    submit = shelving.submit
    pack = shelving.pack
    lose = shelving.lose
    check = shelving.check
    accept = shelving.accept
    give_back = shelving.give_back
    shelve = shelving.shelve
    freeze = shelving.freeze
    release = shelving.release
    require_turn = shelving.require_turn

    class Opened(Aggregate.Created):
        """It was opened under a code of the yearly list (mở hồ sơ)."""

        agency: str
        code: str
        year: int
        title: str
        kind: DossierKind
        retention_years: int | None
        opened_on: date
        creator: str

    class Collected(Aggregate.Event):
        """A document lies in it under an ordinal (thu thập)."""

        agency: str
        document_id: UUID
        ordinal: int
        added_on: date

        def apply(self, dossier: Dossier) -> None:
            if dossier.state is DossierState.OPENED:
                dossier.state = DossierState.COLLECTING
            paper = DossierPaper(
                document_id=self.document_id, ordinal=self.ordinal, added_on=self.added_on
            )
            dossier.documents = [*dossier.documents, paper]

    class Dropped(Aggregate.Event):
        """A duplicate or a draft was taken out; those after it moved up (loại ra)."""

        document_id: UUID
        reason: str

        def apply(self, dossier: Dossier) -> None:
            left = [it for it in dossier.documents if it.document_id != self.document_id]
            dossier.documents = [replace(it, ordinal=at) for at, it in enumerate(left, 1)]

    class Described(Aggregate.Event):
        """Title and retention were confirmed or corrected."""

        title: str
        retention_years: int | None

        def apply(self, dossier: Dossier) -> None:
            dossier.title, dossier.retention_years = self.title, self.retention_years

    class Closed(Aggregate.Event):
        """The work ended; `due_on` is the last day to hand it over (kết thúc)."""

        agency: str
        code: str
        ended_on: date
        due_on: date | None
        calendar: str

        def apply(self, dossier: Dossier) -> None:
            dossier.state, dossier.ended_on = DossierState.CLOSED, self.ended_on
            dossier.due_on, dossier.calendar = self.due_on, self.calendar

    class Announced(Aggregate.Event):
        """Its agency was told that it is due for the archive (đến hạn nộp lưu)."""

        agency: str
        code: str
        due_on: date

        def apply(self, dossier: Dossier) -> None:
            dossier.state = DossierState.DUE

    class KeptBack(Aggregate.Event):
        """It stays with its unit beyond its day, by written consent (giữ lại)."""

        agency: str
        until_on: date
        consent: str

        def apply(self, dossier: Dossier) -> None:
            dossier.state, dossier.kept_until_on = DossierState.KEPT_BACK, self.until_on

    def collect(self, document_id: UUID, day: date) -> int:
        """Put a document in under the next ordinal: 1..n without gaps (N30-VI.4)."""
        self._require(MENDABLE)
        if self.has(document_id):
            raise DocumentAlreadyCollected(document_id=str(document_id))
        ordinal = len(self.documents) + 1
        facts = {"document_id": document_id, "ordinal": ordinal, "added_on": day}
        self.trigger_event(self.Collected, agency=self.agency, **facts)
        return ordinal

    def has(self, document_id: UUID) -> bool:
        """Whether the document lies in it."""
        return any(paper.document_id == document_id for paper in self.documents)

    def drop(self, document_id: UUID, reason: str) -> None:
        """Take a document out; ordinals stay 1..n without gaps."""
        self._require(MENDABLE)
        if not self.has(document_id):
            raise DocumentNotCollected(document_id=str(document_id), code=self.code)
        self.trigger_event(self.Dropped, document_id=document_id, reason=reason)

    def describe(self, title: str, retention_years: int | None) -> None:
        """Confirm or correct what it is called and how long it is kept."""
        self._require(OPEN)
        self.trigger_event(self.Described, title=title, retention_years=retention_years)

    def close(self, ended_on: date, calendar: Calendar) -> None:
        """End the work; what is kept for five years or longer is due for the archive (N30-30)."""
        self._require(OPEN)
        if not self.documents:
            raise DossierEmpty(code=self.code)
        if ended_on < self.opened_on:
            raise EndTooEarly(ended_on=str(ended_on), opened_on=str(self.opened_on))
        construction = self.kind is DossierKind.CONSTRUCTION
        due = archive_due(calendar, ended_on, construction=construction)
        goes = self.retention_years is None or self.retention_years >= 5
        told = {"due_on": due.last_day if goes else None, "calendar": due.calendar}
        self.trigger_event(
            self.Closed, agency=self.agency, code=self.code, ended_on=ended_on, **told
        )

    def announce(self) -> None:
        """Tell that it is due; once, and not of what is kept back."""
        if self.state is DossierState.CLOSED and self.due_on:
            facts = {"agency": self.agency, "code": self.code, "due_on": self.due_on}
            self.trigger_event(self.Announced, **facts)

    def keep_back(self, until_on: date, consent: str) -> None:
        """Keep it longer, by written consent: two years after it is due at most (N30-28..31)."""
        shelving.require_thawed(self)
        if self.due_on is None or self.state not in (DossierState.CLOSED, DossierState.DUE):
            raise DossierNotClosed(code=self.code)
        latest = _years_on(self.due_on, KEPT_BACK_YEARS)
        if until_on > latest:
            raise KeptBackTooLong(until_on=str(until_on), latest_on=str(latest))
        facts = {"until_on": until_on, "consent": consent}
        self.trigger_event(self.KeptBack, agency=self.agency, **facts)

    def announced_on(self, today: date) -> date | None:
        """The day to announce it: 30 days before it is due, not before today."""
        return max(self.due_on - ANNOUNCED_BEFORE, today) if self.due_on else None

    def _require(self, states: set[DossierState]) -> None:
        shelving.require_thawed(self)
        if self.state not in states:
            raise DossierNotOpen(code=self.code)

    @property
    def retention_until_on(self) -> date | None:
        """The last day of its keeping: years count from the end of the year in which it ended."""
        if self.ended_on is None or self.retention_years is None:
            return None
        return date(self.ended_on.year + self.retention_years, 12, 31)

    def view(self) -> DossierView:
        """The dossier as it is now; the total is that of its contents."""
        names = set(DossierView.__struct_fields__) - {"dossier_id", "total"}
        facts: dict[str, Any] = {name: getattr(self, name) for name in names}
        return DossierView(dossier_id=self.id, total=len(self.documents), **facts)


def _years_on(day: date, years: int) -> date:
    """The same date so many years on; 29 February becomes 28 (C14)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
