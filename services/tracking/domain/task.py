"""A task: content, deadline, progress with evidence; the days on which it is reminded of."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Any
from uuid import UUID

from contracts.tracking.tasks import (
    TaskAlreadyAcknowledged,
    TaskClock,
    TaskDone,
    TaskDueTooEarly,
    TaskNote,
    TaskNotReported,
    TaskState,
    TaskView,
)
from contracts.values import DocumentLink
from contracts.working_time import Calendar
from services.kernel.aggregate import Aggregate
from services.tracking.domain.reminding import DAYS_BEFORE, is_reminder_day

DONE = {TaskState.REPORTED, TaskState.ACCEPTED}
LEADS_TO = {
    TaskState.ASSIGNED: {TaskState.ACKNOWLEDGED, TaskState.IN_PROGRESS, TaskState.REPORTED},
    TaskState.ACKNOWLEDGED: {TaskState.IN_PROGRESS, TaskState.REPORTED},
    TaskState.IN_PROGRESS: {TaskState.IN_PROGRESS, TaskState.REPORTED},
    TaskState.REPORTED: {TaskState.ACCEPTED, TaskState.RETURNED},
    TaskState.RETURNED: {TaskState.IN_PROGRESS, TaskState.REPORTED},
    TaskState.ACCEPTED: set(),
}
"""Table 3.8; whoever tells progress need not have acknowledged."""


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
    acknowledged_on: date | None = None
    accepted_on: date | None = None
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

    class Acknowledged(Aggregate.Event):
        """Whoever has it knows of it (nhận việc)."""

        acknowledged_on: date

        def apply(self, task: Task) -> None:
            task.state, task.acknowledged_on = TaskState.ACKNOWLEDGED, self.acknowledged_on

    class Accepted(Aggregate.Event):
        """It is done, and done well (nghiệm thu)."""

        accepted_on: date
        opinion: str

        def apply(self, task: Task) -> None:
            task.state, task.accepted_on = TaskState.ACCEPTED, self.accepted_on
            task.note(self.accepted_on, self.actor.person, self.opinion)

    class Returned(Aggregate.Event):
        """It is not done yet (trả lại)."""

        returned_on: date
        reason: str

        def apply(self, task: Task) -> None:
            task.state, task.reported_on = TaskState.RETURNED, None
            task.note(self.returned_on, self.actor.person, self.reason)

    class ProgressReported(Aggregate.Event):
        """How far it is, with evidence (tiến độ)."""

        text: str
        evidence: list[DocumentLink]
        done: bool
        told_on: date

        def apply(self, task: Task) -> None:
            task.state = TaskState.REPORTED if self.done else TaskState.IN_PROGRESS
            task.reported_on = self.told_on if self.done else None
            task.note(self.told_on, self.actor.person, self.text, self.evidence)

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
                task.note(self.reminded_on, self.actor.person, self.note)
            else:
                task.reminded_on = [*task.reminded_on, self.reminded_on]

    class DelayExplained(Aggregate.Event):
        """Why it is late, and what is proposed."""

        cause: str
        proposal: str

        def apply(self, task: Task) -> None:
            task.cause, task.proposal = self.cause, self.proposal

    def note(
        self, day: date, by: str, text: str, evidence: list[DocumentLink] | None = None
    ) -> None:
        """Keep what was told on a day; nothing of empty words."""
        if text:
            note = TaskNote(told_on=day, by=by, text=text, evidence=evidence or [])
            self.notes = [*self.notes, note]

    def acknowledge(self, day: date) -> None:
        """Whoever has it knows of it. Refusals: `TaskAlreadyAcknowledged`."""
        if TaskState.ACKNOWLEDGED not in LEADS_TO[self.state]:
            raise TaskAlreadyAcknowledged(task_id=str(self.id))
        self.trigger_event(self.Acknowledged, acknowledged_on=day)

    def accept(self, opinion: str, day: date) -> None:
        """Accept what is reported. Refusals: `TaskNotReported`."""
        self._require_reported()
        self.trigger_event(self.Accepted, accepted_on=day, opinion=opinion)

    def give_back(self, reason: str, day: date) -> None:
        """Return what is reported. Refusals: `TaskNotReported`."""
        self._require_reported()
        self.trigger_event(self.Returned, returned_on=day, reason=reason)

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

    def _require_reported(self) -> None:
        if TaskState.ACCEPTED not in LEADS_TO[self.state]:
            raise TaskNotReported(task_id=str(self.id))

    def _require_open(self) -> None:
        if TaskState.IN_PROGRESS not in LEADS_TO[self.state]:
            raise TaskDone(task_id=str(self.id))

    def view(self, calendar: Calendar, today: date) -> TaskView:
        """The task as it is now."""
        told = ("task_id", "clock", "clock_first")
        names = set(TaskView.__struct_fields__) - {*told}
        facts: dict[str, Any] = {name: getattr(self, name) for name in names}
        clocks = [
            clock_of(calendar, day, self.reported_on, today)
            for day in (self.due_on, self.due_first_on)
        ]
        return TaskView(task_id=self.id, clock=clocks[0], clock_first=clocks[1], **facts)


def days_late(calendar: Calendar, due_on: date, on: date) -> int:
    """Working days that passed after the due day until another, 0 where none did (R9.3b-4)."""
    return calendar.working_days_between(calendar.working_day_from(due_on), on)


def clock_of(calendar: Calendar, due_on: date, reported_on: date | None, today: date) -> TaskClock:
    """Where a task stands against a day (table 3.8)."""
    late = days_late(calendar, due_on, reported_on or today) > 0
    if reported_on:
        return TaskClock.DONE_LATE if late else TaskClock.DONE_ON_TIME
    if late:
        return TaskClock.OVERDUE
    left = calendar.working_days_between(today, calendar.working_day_from(due_on))
    return TaskClock.DUE_SOON if left <= max(DAYS_BEFORE) else TaskClock.ON_TIME
