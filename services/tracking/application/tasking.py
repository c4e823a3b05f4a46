"""Tasks that documents give their recipients: assigned, reported, urged, explained."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from contracts.dispatch import DocumentIssued
from contracts.errors import NotFound
from contracts.tracking.tasks import TaskAlreadyAssigned, TaskDueTooEarly, TaskView
from contracts.values import DocumentLink, Role, delivery_id, named_id
from contracts.working_time import day_of
from services.kernel.commit import command
from services.kernel.context import acting, current, require, the_service
from services.tracking.application.filing import LOOKED_BACK, Filing
from services.tracking.domain import Delivery
from services.tracking.domain.lists import ReminderSet, TaskListed, reminders_id, tasks_id
from services.tracking.domain.reminding import next_reminder_on
from services.tracking.domain.task import Task

STAFF = (Role.OFFICER, Role.CLERK)


class Tasking(Filing):
    """Tasks, and their reminders on the days of the rule."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reminded_until = day_of(self.now()) - LOOKED_BACK

    @command()
    def assign_task(
        self, *, task_id: UUID, document_id: UUID, recipient: str, content: str, due_on: date
    ) -> None:
        agency, today = require(*STAFF).agency, day_of(self.now())
        if self.last_version(task_id):
            raise TaskAlreadyAssigned(task_id=str(task_id))
        line = self.find(Delivery, delivery_id(document_id, recipient))
        if line is None or line.sender != agency:
            raise NotFound(what="Delivery", id=str(document_id))
        if due_on <= today:
            raise TaskDueTooEarly(due_on=str(due_on), after_on=str(today))
        self._assign(task_id, line, content, due_on)

    def take_tasks(self, event: DocumentIssued, canonical: Callable[[str], str]) -> None:
        """The tasks that an issued document carries become records (R9.3b-2)."""
        for ordinal, order in enumerate(event.tasks, 1):
            task_id = named_id("task", event.document_id, ordinal)
            recipient = canonical(order.recipient)
            line = self.find(Delivery, delivery_id(event.document_id, recipient))
            if line and not self.last_version(task_id):
                self._assign(task_id, line, order.content, order.due_on)

    def _assign(self, task_id: UUID, line: Delivery, content: str, due_on: date) -> None:
        task = Task.begin(
            Task.Assigned,
            task_id,
            document_id=line.document_id,
            agency=line.sender,
            recipient=line.recipient,
            content=content,
            due_on=due_on,
            due_first_on=due_on,
        )
        self.save(task)
        for party in (line.sender, line.recipient):
            self.save(self._of_task(TaskListed, tasks_id(party), task_id))
        self._set_reminder(task, day_of(self.now()))

    @command()
    def acknowledge_task(self, *, task_id: UUID) -> None:
        task = self._given(task_id)
        task.acknowledge(day_of(self.now()))
        self.save(task)

    @command()
    def accept_task(self, *, task_id: UUID, opinion: str = "") -> None:
        task = self._assigned(task_id)
        task.accept(opinion, day_of(self.now()))
        self.save(task)

    @command()
    def return_task(self, *, task_id: UUID, reason: str) -> None:
        task, today = self._assigned(task_id), day_of(self.now())
        task.give_back(reason, today)
        self.save(task)
        self._set_reminder(task, today)

    @command()
    def report_progress(
        self,
        *,
        task_id: UUID,
        text: str,
        evidence: list[DocumentLink] = [],  # noqa: B006
        done: bool = False,
    ) -> None:
        task = self._given(task_id)
        task.report(text, evidence, done, day_of(self.now()))
        self.save(task)

    @command()
    def extend_task(self, *, task_id: UUID, due_on: date, reason: str) -> None:
        task = self._assigned(task_id)
        task.extend(due_on, reason)
        self.save(task)
        self._set_reminder(task, day_of(self.now()))

    @command()
    def urge_task(self, *, task_id: UUID, note: str) -> None:
        task = self._assigned(task_id)
        task.urge(note, day_of(self.now()))
        self.save(task)

    @command()
    def explain_delay(self, *, task_id: UUID, cause: str, proposal: str) -> None:
        task = self._assigned(task_id)
        task.explain(cause, proposal)
        self.save(task)

    def list_tasks(self, *, agency: str, after: int = 0, limit: int = 100) -> list[TaskView]:
        require_reader(agency)
        listed: list[Any] = list(self.events.get(tasks_id(agency), gt=after, limit=limit))
        today = day_of(self.now())
        return [self.load(Task, it.task_id).view(self.calendar, today) for it in listed]

    def remind_of_tasks(self) -> None:
        """Remind of what is due to be reminded of, day by day since it was last done (R9.3b-3)."""
        today = day_of(self.now())
        day = self._reminded_until
        while day <= today:
            for entry in self.events.get(reminders_id(day)):
                with acting(the_service(self.name)), self.group.page() as work:
                    work.run(lambda id=entry.task_id, on=day: self._remind(id, on))  # type: ignore
            self._reminded_until = day
            day += timedelta(days=1)

    def _remind(self, task_id: UUID, day: date) -> None:
        """Once a day; a chain that an extension replaced ends here."""
        task = self.load(Task, task_id)
        if task.remind(self.calendar, day):
            self.save(task)
            self._set_reminder(task, day)

    def _set_reminder(self, task: Task, after: date) -> None:
        day = next_reminder_on(self.calendar, task.due_on, after)
        self.save(self._of_task(ReminderSet, reminders_id(day), task.id))

    def _assigned(self, task_id: UUID) -> Task:
        """A task that the caller's agency assigned."""
        require(*STAFF)
        task = self.load(Task, task_id)
        require(*STAFF, agency=task.agency)
        return task

    def _given(self, task_id: UUID) -> Task:
        """A task that the caller's agency was given."""
        require(*STAFF)
        task = self.load(Task, task_id)
        require(*STAFF, agency=task.recipient)
        return task

    def _of_task(self, kind: Any, stream: UUID, task_id: UUID) -> Any:
        version, at = self.last_version(stream) + 1, kind.create_timestamp()
        return kind(stream, version, at, task_id=task_id)


def require_reader(agency: str) -> None:
    """People of the agency in any role; operators and auditors see all."""
    if not current().roles & {Role.AUDITOR, Role.OPERATOR}:
        require(*Role, agency=agency)
