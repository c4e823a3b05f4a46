"""Tasks (nhiệm vụ giao): what a document gives its recipients to do, by when."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta, Struct

from contracts.envelope import PublicEvent
from contracts.errors import Refused
from contracts.values import AgencyCode, Coded, DocumentLink, Limit, Opinion, Position, Reason


class TaskState(Coded):
    """State of a task (table 3.8)."""

    ASSIGNED = "ASSIGNED", "Đã giao", "Assigned"
    ACKNOWLEDGED = "ACKNOWLEDGED", "Đã nhận việc", "Acknowledged"
    IN_PROGRESS = "IN_PROGRESS", "Đang thực hiện", "In progress"
    REPORTED = "REPORTED", "Đã báo cáo hoàn thành", "Reported as done"
    ACCEPTED = "ACCEPTED", "Đã nghiệm thu", "Accepted"
    RETURNED = "RETURNED", "Trả lại làm tiếp", "Returned to be done better"


class TaskClock(Coded):
    """Where a task stands against its day (table 3.8); it is due soon from its first reminder."""

    ON_TIME = "ON_TIME", "Trong hạn", "On time"
    DUE_SOON = "DUE_SOON", "Sắp đến hạn", "Due soon"
    OVERDUE = "OVERDUE", "Quá hạn", "Overdue"
    DONE_ON_TIME = "DONE_ON_TIME", "Xong đúng hạn", "Done on time"
    DONE_LATE = "DONE_LATE", "Xong trễ hạn", "Done late"


class TaskAssigned(PublicEvent, frozen=True, kw_only=True):
    """A recipient of a document has a task of it (giao nhiệm vụ, R9.3b-2)."""

    task_id: UUID
    document_id: UUID
    agency: AgencyCode
    recipient: AgencyCode
    content: Reason
    due_on: date


class TaskAcknowledged(PublicEvent, frozen=True, kw_only=True):
    """Whoever has the task knows of it (nhận việc)."""

    task_id: UUID
    acknowledged_on: date


class TaskProgressed(PublicEvent, frozen=True, kw_only=True):
    """How far a task is, or that it is `done` (báo cáo tiến độ, R9.3b-2)."""

    task_id: UUID
    told_on: date
    text: Opinion
    done: bool
    evidence: list[DocumentLink] = []


class TaskAccepted(PublicEvent, frozen=True, kw_only=True):
    """What was reported as done is done (nghiệm thu)."""

    task_id: UUID
    accepted_on: date
    opinion: Opinion = ""


class TaskReturned(PublicEvent, frozen=True, kw_only=True):
    """What was reported as done is not (trả lại)."""

    task_id: UUID
    returned_on: date
    reason: Reason


class TaskExtended(PublicEvent, frozen=True, kw_only=True):
    """A task has more time (gia hạn); the day set first counts on for the figures."""

    task_id: UUID
    due_on: date
    reason: Reason


class DelayExplained(PublicEvent, frozen=True, kw_only=True):
    """Why a task is late, and what is proposed (R9.3b-4)."""

    task_id: UUID
    cause: Reason
    proposal: Reason


class TaskReminded(PublicEvent, frozen=True, kw_only=True):
    """Whoever has the task is reminded (đôn đốc, R9.3b-3): on its day, or by hand with a `note`."""

    task_id: UUID
    agency: AgencyCode
    recipient: AgencyCode
    due_on: date
    reminded_on: date
    note: Opinion = ""


class TaskNote(Struct, frozen=True, kw_only=True):
    """What was told of a task on a day: progress with its evidence, or a reminder."""

    told_on: date
    by: str
    text: Opinion
    evidence: list[DocumentLink] = []


class TaskView(Struct, frozen=True, kw_only=True):
    """A task as it is now. `due_first_on` is the day set first, whatever was extended.

    `clock` counts against `due_on`, `clock_first` against the day set first.
    """

    task_id: UUID
    document_id: UUID
    agency: AgencyCode
    recipient: AgencyCode
    content: Reason
    state: TaskState
    due_first_on: date
    due_on: date
    reported_on: date | None
    reminded_on: list[date]
    notes: list[TaskNote]
    acknowledged_on: date | None = None
    accepted_on: date | None = None
    clock: TaskClock = TaskClock.ON_TIME
    clock_first: TaskClock = TaskClock.ON_TIME


class Delay(Struct, frozen=True, kw_only=True):
    """A late task of a recipient (chậm trễ, R9.3b-4). `days_late` are working days."""

    task_id: UUID
    recipient: AgencyCode
    content: Reason
    due_on: date
    reported_on: date | None
    days_late: int
    cause: Opinion
    proposal: Opinion


class TaskAlreadyAssigned(Refused):
    """The task id is taken."""

    vi = "Mã nhiệm vụ {task_id} đã dùng. Hãy dùng mã mới."
    en = "Task id {task_id} is taken. Use a new id."


class TaskDueTooEarly(Refused):
    """A task is due after today, an extension after the day set before."""

    vi = "Hạn {due_on} phải sau ngày {after_on}. Hãy chọn ngày muộn hơn."
    en = "The due day {due_on} must be after {after_on}. Take a later day."


class TaskDone(Refused):
    """The task is reported as done or accepted."""

    vi = "Nhiệm vụ {task_id} đã báo cáo hoàn thành. Không cần làm thêm."
    en = "Task {task_id} is reported as done. Nothing more is needed."


class TaskAlreadyAcknowledged(Refused):
    """Whoever has the task knows of it already."""

    vi = "Nhiệm vụ {task_id} đã được nhận. Hãy báo cáo tiến độ."
    en = "Task {task_id} is acknowledged. Report its progress."


class TaskNotReported(Refused):
    """A task is accepted or returned when it is reported as done."""

    vi = "Nhiệm vụ {task_id} chưa được báo cáo hoàn thành. Hãy chờ báo cáo hoặc đôn đốc."
    en = "Task {task_id} is not reported as done. Wait for the report, or urge."


class Tasks(Protocol):
    """What may be asked about tasks."""

    def assign_task(
        self,
        *,
        task_id: UUID,
        document_id: UUID,
        recipient: AgencyCode,
        content: Reason,
        due_on: date,
    ) -> None:
        """Give a recipient of an issued document something to do by a day (R9.3b-2).

        For officers and clerks of its sender. Refusals: `TaskAlreadyAssigned`, `TaskDueTooEarly`,
        `NotFound`, `Denied`, `Invalid`. Rules: R9.3b-2.
        """

    def acknowledge_task(self, *, task_id: UUID) -> None:
        """Say that the task is known (nhận việc). For officers and clerks of the recipient.

        Refusals: `TaskAlreadyAcknowledged`, `NotFound`, `Denied`. Rules: R9.3b-2.
        """

    def accept_task(self, *, task_id: UUID, opinion: Opinion = "") -> None:
        """Accept what is reported as done (nghiệm thu). For the assigner's officers and clerks.

        Refusals: `TaskNotReported`, `NotFound`, `Denied`, `Invalid`. Rules: R9.3b-2.
        """

    def return_task(self, *, task_id: UUID, reason: Reason) -> None:
        """Return what is reported as done: it goes on, and so do its reminders (trả lại).

        For officers and clerks of the assigner. Refusals: `TaskNotReported`, `NotFound`, `Denied`,
        `Invalid`. Rules: R9.3b-2.
        """

    def report_progress(
        self,
        *,
        task_id: UUID,
        text: Reason,
        evidence: Annotated[list[DocumentLink], Meta(max_length=100)] = [],
        done: bool = False,
    ) -> None:
        """Tell how far the task is, with the documents that show it; `done` reports its end.

        For officers and clerks of the recipient. Refusals: `TaskDone`, `NotFound`, `Denied`,
        `Invalid`. Rules: R9.3b-2.
        """

    def extend_task(self, *, task_id: UUID, due_on: date, reason: Reason) -> None:
        """Give more time; the day set first is kept. For officers and clerks of the assigner.

        Refusals: `TaskDone`, `TaskDueTooEarly`, `NotFound`, `Denied`, `Invalid`. Rules: R9.3b-3.
        """

    def urge_task(self, *, task_id: UUID, note: Reason) -> None:
        """Urge by hand, beside the reminders of the days. For the assigner's officers and clerks.

        Refusals: `TaskDone`, `NotFound`, `Denied`, `Invalid`. Rules: R9.3b-3.
        """

    def explain_delay(self, *, task_id: UUID, cause: Reason, proposal: Reason) -> None:
        """Say why a task is late and what is proposed. For officers and clerks of the assigner.

        Refusals: `NotFound`, `Denied`, `Invalid`. Rules: R9.3b-4.
        """

    def list_tasks(
        self, *, agency: AgencyCode, after: Position = 0, limit: Limit = 100
    ) -> list[TaskView]:
        """Tasks that the agency assigned or was given, in order. For its people and auditors.

        Refusals: `Denied`, `Invalid`. Rules: R9.3b-2.
        """

    def list_delays(
        self,
        *,
        agency: AgencyCode,
        from_on: date,
        until_on: date,
        after: Position = 0,
        limit: Limit = 100,
    ) -> list[Delay]:
        """Late tasks that the agency assigned, due in these days, by recipient and day.

        For its people and auditors. Refusals: `Denied`, `Invalid`. Rules: R9.3b-4.
        """
