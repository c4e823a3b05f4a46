"""Lists: lines by document, dossiers and tasks by agency, and by the day on which they are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.values import named_id
from services.kernel.aggregate import BareEvent, under_topic


def dossiers_id(agency: str, year: int) -> UUID:
    """Identity of an agency's list of dossiers of a year (danh mục hồ sơ)."""
    return named_id("dossiers", agency, year)


def group_id(agency: str, year: int, group: str) -> UUID:
    """Identity of the series that gives ordinals within a group of the list."""
    return named_id("dossier-group", agency, year, group)


def announcements_id(day: date) -> UUID:
    """Identity of the list of dossiers to be announced on a day."""
    return named_id("announcements", day)


def tasks_id(agency: str) -> UUID:
    """Identity of the list of tasks that an agency assigned or was given."""
    return named_id("tasks", agency)


def reminders_id(day: date) -> UUID:
    """Identity of the list of tasks to be reminded of on a day."""
    return named_id("reminders", day)


def lines_id(document_id: UUID) -> UUID:
    """Identity of the list of a document's lines in the store."""
    return named_id("lines", document_id)


@dataclass(frozen=True)
class LineListed(BareEvent):
    """A document has a line for this recipient: the version is its place in the list."""

    recipient: str
    delivery_id: UUID


@dataclass(frozen=True)
class DossierListed(BareEvent):
    """A dossier stands in the yearly list: the version is its place."""

    dossier_id: UUID


@dataclass(frozen=True)
class AnnouncementSet(BareEvent):
    """A dossier is to be announced on this day."""

    dossier_id: UUID


@dataclass(frozen=True)
class TaskListed(BareEvent):
    """A task stands in an agency's list: the version is its place."""

    task_id: UUID


@dataclass(frozen=True)
class ReminderSet(BareEvent):
    """A task is to be reminded of on this day."""

    task_id: UUID


for _bare in (LineListed, DossierListed, AnnouncementSet, TaskListed, ReminderSet):
    under_topic(_bare, f"tracking.{_bare.__name__}")
