"""A dossier on its way to the archive: submitted, packed, checked, accepted, shelved; or frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from msgspec.structs import replace

from contracts.tracking import (
    DossierActTooEarly,
    DossierFrozen,
    DossierNotPacked,
    DossierState,
    PackageUnlike,
)
from contracts.values import FileRef
from services.kernel.aggregate import Aggregate

if TYPE_CHECKING:
    from services.tracking.domain.dossier import Dossier

_State = DossierState


class Step(Aggregate.Event):
    """An act upon a closed dossier; its fields fill the dossier's of the same names."""

    leads_to: ClassVar[DossierState | None] = None

    def apply(self, dossier: Any) -> None:
        for name in vars(self).keys() & vars(dossier).keys():
            setattr(dossier, name, getattr(self, name))
        dossier.state = self.leads_to or dossier.state


class Submitted(Step):
    """It was handed to the archive of its agency (nộp lưu); what was packed before is void."""

    leads_to = _State.SUBMITTED
    agency: str
    code: str
    submitted_on: date
    on_time: bool
    package: FileRef | None = None


class Packed(Step):
    """Its package is kept under the dossier's own key; `pages` are those of all its PDF files."""

    package: FileRef
    pages: int


class PaperLost(Step):
    """A document in it was recalled: its content is destroyed, here too (N30-VI.8).

    `repacked`: it had been handed over, so its package is made anew without that content.
    """

    document_id: UUID
    repacked: bool
    package: FileRef | None = None

    def apply(self, dossier: Any) -> None:
        super().apply(dossier)
        dossier.documents = [
            replace(paper, recalled=paper.recalled or paper.document_id == self.document_id)
            for paper in dossier.documents
        ]


class Checked(Step):
    """The archivist checked the package of this digest (kiểm tra)."""

    leads_to = _State.CHECKED
    package_sha256: str
    findings: str


class Accepted(Step):
    """The archive took it over (lưu trữ cơ quan nhận); `record` is the hand-over record."""

    leads_to = _State.ACCEPTED
    record: str


class Returned(Step):
    """The archive gave it back to be put right (trả lại)."""

    leads_to = _State.RETURNED
    reason: str


class Archived(Step):
    """It stands on the shelf of the archive under a code of its own (lưu trữ)."""

    leads_to = _State.ARCHIVED
    agency: str
    code: str
    archive_code: str
    archived_on: date


class Frozen(Step):
    """By a written order nothing of it changes (đóng băng)."""

    leads_to = _State.FROZEN
    order: str
    frozen_at: DossierState


class Released(Step):
    """The freeze ended; it is again what it was."""

    order: str

    def apply(self, dossier: Any) -> None:
        dossier.state, dossier.order = dossier.frozen_at, ""


TURN: Mapping[str, set[DossierState]] = {
    "Submitted": {_State.CLOSED, _State.DUE, _State.KEPT_BACK, _State.RETURNED},
    "Checked": {_State.SUBMITTED},
    "Accepted": {_State.CHECKED},
    "Returned": {_State.SUBMITTED, _State.CHECKED},
    "Archived": {_State.ACCEPTED},
    "Frozen": set(_State) - {_State.FROZEN},
    "Released": {_State.FROZEN},
}
"""The states in which each step, by its event, has its turn (table 3.7)."""
HANDED_OVER = {_State.SUBMITTED, _State.CHECKED, _State.ACCEPTED, _State.ARCHIVED}
"""Where the archive has a package, or is to have it."""


def require_thawed(dossier: Dossier) -> None:
    """Refuse what would change a frozen dossier."""
    if dossier.state is _State.FROZEN:
        raise DossierFrozen(code=dossier.code, order=dossier.order)


def submit(dossier: Dossier, day: date) -> None:
    """Hand it over; on time by its due day, or by the day until which it was kept back."""
    last = dossier.kept_until_on or dossier.due_on
    of = {"agency": dossier.agency, "code": dossier.code}
    _step(dossier, dossier.Submitted, submitted_on=day, on_time=last is None or day <= last, **of)


def pack(dossier: Dossier, package: FileRef, pages: int) -> None:
    """Its package is made; a second maker changes nothing."""
    if dossier.package is None:
        dossier.trigger_event(dossier.Packed, package=package, pages=pages)


def lose(dossier: Dossier, document_id: UUID) -> None:
    """A document in it was recalled; told again, it is nothing."""
    if any(it.document_id == document_id and not it.recalled for it in dossier.documents):
        repacked = (dossier.state in HANDED_OVER) or (
            dossier.state is _State.FROZEN and dossier.frozen_at in HANDED_OVER
        )
        dossier.trigger_event(dossier.PaperLost, document_id=document_id, repacked=repacked)


def check(dossier: Dossier, package_sha256: str, findings: str) -> None:
    """The archivist checked this very package."""
    require_turn(dossier, dossier.Checked)
    if dossier.package is None:
        raise DossierNotPacked(code=dossier.code)
    if dossier.package.sha256 != package_sha256:
        raise PackageUnlike(checked=package_sha256, sha256=dossier.package.sha256)
    dossier.trigger_event(dossier.Checked, package_sha256=package_sha256, findings=findings)


def accept(dossier: Dossier, record: str) -> None:
    """The archive takes it over."""
    _step(dossier, dossier.Accepted, record=record)


def give_back(dossier: Dossier, reason: str) -> None:
    """The archive gives it back."""
    _step(dossier, dossier.Returned, reason=reason)


def shelve(dossier: Dossier, archive_code: str, day: date) -> None:
    """The archive puts it on its shelf under this code."""
    of = {"agency": dossier.agency, "code": dossier.code}
    _step(dossier, dossier.Archived, archive_code=archive_code, archived_on=day, **of)


def freeze(dossier: Dossier, order: str) -> None:
    """Freeze it, whatever its state."""
    _step(dossier, dossier.Frozen, order=order, frozen_at=dossier.state)


def release(dossier: Dossier, order: str) -> None:
    """End the freeze."""
    _step(dossier, dossier.Released, order=order)


def require_turn(dossier: Dossier, step: type[Step]) -> None:
    """Refuse a step whose turn it is not."""
    if step is not dossier.Released:
        require_thawed(dossier)
    if dossier.state not in TURN[step.__name__]:
        needed = ", ".join(sorted(TURN[step.__name__]))
        raise DossierActTooEarly(code=dossier.code, state=dossier.state.value, needed=needed)


def _step(dossier: Dossier, step: type[Step], **facts: Any) -> None:
    require_turn(dossier, step)
    dossier.trigger_event(step, **facts)
