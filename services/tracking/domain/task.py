"""A task: content, deadline, progress with evidence; the days on which it is reminded of."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Any
from uuid import UUID

from contracts.tracking.tasks import (
    Delay,
    TaskDone,
    TaskDueTooEarly,
    TaskNote,
    TaskState,
    TaskView,
)
from contracts.values import DocumentLink
from contracts.working_time import Calendar
from services.kernel.aggregate import Aggregate
from services.tracking.domain.reminding import is_reminder_day

DONE = {TaskState.REPORTED, TaskState.ACCEPTED}


class Task(Aggregate, service="tracking"):
    """What a document gives one recipient to do (nhiệm vụ giao; table 3.8)."""

    document_id: UUID
    agency: str
    recipient: str
    content: str
    due_on: date
    due_first_on: date
    state: TaskState = TaskState.ASSIGNED
    reported_on: date | None = None
    reminded_on: list[date] = field(default_factory=list)
    notes: list[TaskNote] = field(default_factory=list)
    cause: str = ""
    proposal: str = ""

    class Assigned(Aggregate.Created):
        """It was given (giao)."""

        document_id: UUID
        agency: str
        recipient: str
        content: str
        due_on: date
        due_first_on: date

    class ProgressReported(Aggregate.Event):
        """How far it is, with evidence (tiến độ)."""

        text: str
        evidence: list[DocumentLink]
        done: bool
        told_on: date

        def apply(self, task: Task) -> None:
            task.state = TaskState.REPORTED if self.done else TaskState.IN_PROGRESS
            task.reported_on = self.told_on if self.done else None
            note = TaskNote(
                told_on=self.told_on, by=self.actor.person, text=self.text, evidence=self.evidence
            )
            task.notes = [*task.notes, note]

    class Extended(Aggregate.Event):
        """More time was given (gia hạn)."""

        due_on: date
        reason: str

        def apply(self, task: Task) -> None:
            task.due_on = self.due_on

    class Reminded(Aggregate.Event):
        """It was reminded of, on a day of its own or by hand with a `note` (đôn đốc)."""

        agency: str
        recipient: str
        due_on: date
        reminded_on: date
        note: str

        def apply(self, task: Task) -> None:
            if self.note:
                note = TaskNote(told_on=self.reminded_on, by=self.actor.person, text=self.note)
                task.notes = [*task.notes, note]
            else:
                task.reminded_on = [*task.reminded_on, self.reminded_on]

    class DelayExplained(Aggregate.Event):
        """Why it is late, and what is proposed."""

        cause: str
        proposal: str

        def apply(self, task: Task) -> None:
            task.cause, task.proposal = self.cause, self.proposal

    def report(self, text: str, evidence: list[DocumentLink], done: bool, day: date) -> None:
        """Tell progress, or that it is done (R9.3b-2)."""
        self._require_open()
        facts = {"text": text, "evidence": evidence, "done": done, "told_on": day}
        self.trigger_event(self.ProgressReported, **facts)

    def extend(self, due_on: date, reason: str) -> None:
        """Give more time; the first day is kept (3.8)."""
        self._require_open()
        if due_on <= self.due_on:
            raise TaskDueTooEarly(due_on=str(due_on), after_on=str(self.due_on))
        self.trigger_event(self.Extended, due_on=due_on, reason=reason)

    def urge(self, note: str, day: date) -> None:
        """Urge by hand (R9.3b-3)."""
        self._require_open()
        self._remind(day, note)

    def remind(self, calendar: Calendar, day: date) -> bool:
        """Remind on a day of its own, once; whether that was due."""
        if self.state in DONE or day in self.reminded_on:
            return False
        if not is_reminder_day(calendar, self.due_on, day):
            return False
        self._remind(day, "")
        return True

    def _remind(self, day: date, note: str) -> None:
        facts: dict[str, Any] = {"agency": self.agency, "recipient": self.recipient}
        facts |= {"due_on": self.due_on, "reminded_on": day, "note": note}
        self.trigger_event(self.Reminded, **facts)

    def explain(self, cause: str, proposal: str) -> None:
        """Say why it is late, and what is proposed (R9.3b-4)."""
        self.trigger_event(self.DelayExplained, cause=cause, proposal=proposal)

    def _require_open(self) -> None:
        if self.state in DONE:
            raise TaskDone(task_id=str(self.id))

    def delay(self, calendar: Calendar, today: date) -> Delay | None:
        """Its delay in working days until it was reported, or until today; none when on time."""
        days = calendar.working_days_between(
            calendar.working_day_from(self.due_on), self.reported_on or today
        )
        if not days:
            return None
        names = set(Delay.__struct_fields__) - {"task_id", "days_late"}
        facts: dict[str, Any] = {name: getattr(self, name) for name in names}
        return Delay(task_id=self.id, days_late=days, **facts)

    def view(self) -> TaskView:
        """The task as it is now."""
        names = set(TaskView.__struct_fields__) - {"task_id"}
        return TaskView(task_id=self.id, **{name: getattr(self, name) for name in names})
