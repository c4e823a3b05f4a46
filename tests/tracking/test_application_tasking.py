"""Tasks of an issued document, from the assignment to the report on delays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from contracts.errors import Denied, NotFound
from contracts.tracking import TaskAlreadyAssigned, TaskClock, TaskDueTooEarly, TaskState
from contracts.values import DocumentLink, TaskOrder
from contracts.working_time import VIETNAM
from services.kernel.context import acting
from tests.tracking.desk import AUDITOR, Desk, clerk
from tests.tracking.lists import Lists
from tests.tracking.told import SENDER, Letter

MORNING = datetime(2024, 4, 15, 8, tzinfo=VIETNAM)
DUE = date(2024, 4, 26)
TWO = ("H47.09", "H47.11")


class Days:
    """A desk whose clock is set by hand."""

    def __init__(self, database_url: str = "") -> None:
        self.at = MORNING
        self.desk = Desk(lambda: self.at, database_url)
        self.letter = Letter(recipients=TWO, issued_at=MORNING)
        self.desk.dispatch.tell(self.letter.id, self.letter.issued(), MORNING)
        self.desk.read_all()

    def assign(self, recipient: str = TWO[0], due_on: date = DUE) -> UUID:
        task_id = uuid4()
        with acting(clerk(SENDER)):
            self.desk.tracking.assign_task(
                task_id=task_id,
                document_id=self.letter.id,
                recipient=recipient,
                content="Báo cáo số liệu",
                due_on=due_on,
            )
        return task_id

    def pass_until(self, day: date) -> list[str]:
        """Live through the days; the days of all reminders so far, as they are told."""
        while self.at.date() < day:
            self.at += timedelta(days=1)
            self.desk.tracking.remind_of_tasks()
        with acting(AUDITOR):
            told = self.desk.tracking.read_events(after=0, limit=1000).events
        reminders = [it.body for it in told if it.type == "tracking.TaskReminded"]
        return [f"{body['reminded_on']}" for body in reminders]


@pytest.mark.rule("R9.3b-3")
def test_reminders_appear_on_exactly_the_days_of_the_rule_once_each() -> None:
    days = Days()
    days.assign()
    april, may = [f"2024-04-{day}" for day in (23, 25, 26)], ["2024-05-03", "2024-05-06"]
    assert days.pass_until(date(2024, 5, 7)) == april + may
    days.desk.tracking.remind_of_tasks()
    assert days.pass_until(date(2024, 5, 7)) == april + may


@pytest.mark.rule("R9.3b-3")
def test_an_extension_moves_the_reminders_and_urging_by_hand_is_logged() -> None:
    days = Days()
    task = days.assign()
    assert days.pass_until(date(2024, 4, 23)) == ["2024-04-23"]
    with acting(clerk(SENDER)):
        days.desk.tracking.extend_task(task_id=task, due_on=date(2024, 5, 10), reason="Bão")
        days.desk.tracking.urge_task(task_id=task, note="Lãnh đạo đang chờ")
    moved = ["2024-05-07", "2024-05-09", "2024-05-10"]
    assert days.pass_until(date(2024, 5, 11)) == ["2024-04-23", "2024-04-23", *moved]
    with acting(clerk(TWO[0])):
        (view,) = days.desk.tracking.list_tasks(agency=TWO[0])
    assert [note.text for note in view.notes] == ["Lãnh đạo đang chờ"]


@pytest.mark.rule("R9.3b-4")
def test_the_report_on_delays_has_each_late_task_with_days_cause_and_proposal(
    lists: Lists,
) -> None:
    days = Days(lists.url)
    late, done, later = days.assign(TWO[1]), days.assign(), days.assign(due_on=date(2024, 6, 3))
    evidence = [DocumentLink(document_id=uuid4(), notation="9/SYT-VP")]
    with acting(clerk(TWO[0])):
        days.desk.tracking.report_progress(
            task_id=done, text="Đã gửi báo cáo", evidence=evidence, done=True
        )
    days.pass_until(date(2024, 5, 6))
    with acting(clerk(SENDER)):
        days.desk.tracking.explain_delay(task_id=late, cause="Bão", proposal="Lùi một tuần")
        april = {"from_on": date(2024, 4, 1), "until_on": date(2024, 4, 30)}
        (delay,) = days.desk.tracking.list_delays(agency=SENDER, **april)
        listed = days.desk.tracking.list_tasks(agency=SENDER)
    assert (delay.task_id, delay.recipient, delay.days_late) == (late, TWO[1], 4)
    assert (delay.cause, delay.proposal) == ("Bão", "Lùi một tuần")
    assert [task.task_id for task in listed] == [late, done, later]
    assert listed[1].notes[0].evidence == evidence


@pytest.mark.rule("R9.3b-2")
def test_the_tasks_of_an_issued_document_are_records_with_reminders_at_once() -> None:
    days = Days()
    orders = [TaskOrder(recipient=code, content=f"Việc của {code}", due_on=DUE) for code in TWO]
    letter = Letter(recipients=TWO, issued_at=MORNING, tasks=orders, running=2)
    for _ in range(2):
        days.desk.dispatch.tell(letter.id, letter.issued(), MORNING)
        days.desk.read_all()
    with acting(clerk(SENDER)):
        tasks = days.desk.tracking.list_tasks(agency=SENDER)
    assert [(task.recipient, task.content, task.due_on) for task in tasks] == [
        (code, f"Việc của {code}", DUE) for code in TWO
    ]
    with acting(clerk(TWO[0])):
        (mine,) = days.desk.tracking.list_tasks(agency=TWO[0])
        evidence = [DocumentLink(document_id=uuid4(), notation="9/SYT-VP")]
        days.desk.tracking.report_progress(task_id=mine.task_id, text="Nửa", evidence=evidence)
        (after,) = days.desk.tracking.list_tasks(agency=TWO[0])
    assert (after.state, after.notes[0].evidence) == (TaskState.IN_PROGRESS, evidence)
    assert days.pass_until(date(2024, 4, 23)) == ["2024-04-23", "2024-04-23"]


def test_delays_are_paged_and_follow_reports_returns_and_extensions(lists: Lists) -> None:
    days = Days(lists.url)
    tasks = [days.assign(code) for code in (TWO[1], TWO[0], TWO[0])]
    days.pass_until(date(2024, 5, 6))

    def late(**page: int) -> list[tuple[str, int]]:
        april = {"from_on": date(2024, 4, 1), "until_on": date(2024, 5, 31)}
        with acting(clerk(SENDER)):
            found = days.desk.tracking.list_delays(agency=SENDER, **april, **page)
        return [(delay.recipient, delay.days_late) for delay in found]

    assert late() == [(TWO[0], 4), (TWO[0], 4), (TWO[1], 4)]
    assert [late(after=n, limit=2) for n in (0, 2)] == [late()[:2], late()[2:]]
    with acting(clerk(TWO[1])):
        days.desk.tracking.report_progress(task_id=tasks[0], text="Xong", done=True)
    with acting(clerk(SENDER)):
        days.desk.tracking.extend_task(task_id=tasks[1], due_on=date(2024, 5, 20), reason="Bão")
    days.pass_until(date(2024, 5, 8))
    assert late() == [(TWO[0], 6), (TWO[1], 4)]
    with acting(clerk(SENDER)):
        days.desk.tracking.return_task(task_id=tasks[0], reason="Thiếu phụ lục")
    assert late() == [(TWO[0], 6), (TWO[1], 6)]


@pytest.mark.rule("R9.3b-3")
def test_a_returned_task_is_reminded_of_again() -> None:
    days = Days()
    task = days.assign()
    before = days.pass_until(date(2024, 4, 23))
    with acting(clerk(TWO[0])):
        days.desk.tracking.acknowledge_task(task_id=task)
        days.desk.tracking.report_progress(task_id=task, text="Xong", done=True)
    assert days.pass_until(date(2024, 4, 25)) == before == ["2024-04-23"]
    with acting(clerk(SENDER)):
        days.desk.tracking.return_task(task_id=task, reason="Thiếu phụ lục")
    april = ["2024-04-23", "2024-04-25", "2024-04-26"]
    assert days.pass_until(date(2024, 4, 26)) == april
    with acting(clerk(TWO[0])):
        days.desk.tracking.report_progress(task_id=task, text="Đủ", done=True)
    with acting(clerk(SENDER)):
        days.desk.tracking.accept_task(task_id=task, opinion="Đạt")
        (view,) = days.desk.tracking.list_tasks(agency=SENDER)
    assert (view.state, view.clock) == (TaskState.ACCEPTED, TaskClock.DONE_ON_TIME)
    assert days.pass_until(date(2024, 5, 10)) == april


def test_a_task_goes_to_a_recipient_of_the_senders_own_document() -> None:
    days = Days()
    task = days.assign()
    whole = {"document_id": days.letter.id, "content": "Báo cáo", "due_on": DUE}
    assign = days.desk.tracking.assign_task
    with acting(clerk(SENDER)):
        with pytest.raises(NotFound):
            assign(task_id=uuid4(), recipient="H47.14", **whole)
        with pytest.raises(TaskAlreadyAssigned):
            assign(task_id=task, recipient=TWO[0], **whole)
        with pytest.raises(TaskDueTooEarly):
            assign(task_id=uuid4(), recipient=TWO[0], **whole | {"due_on": MORNING.date()})
        with pytest.raises(Denied):
            days.desk.tracking.report_progress(task_id=task, text="Xong")
    with acting(clerk(TWO[0])):
        with pytest.raises(NotFound):
            assign(task_id=uuid4(), recipient=TWO[0], **whole)
        with pytest.raises(Denied):
            days.desk.tracking.urge_task(task_id=task, note="Gấp")
        with pytest.raises(Denied):
            days.desk.tracking.list_delays(agency=SENDER, from_on=DUE, until_on=DUE)
