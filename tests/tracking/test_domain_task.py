"""A task is reminded of on the days of the rule, and late by working days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest

from contracts.tracking import (
    TaskAlreadyAcknowledged,
    TaskDone,
    TaskDueTooEarly,
    TaskNotReported,
    TaskState,
)
from contracts.working_time import Calendar
from services.tracking.domain import Task
from services.tracking.domain.reminding import is_reminder_day, next_reminder_on
from services.tracking.domain.task import LEADS_TO, clock_of, days_late
from tests.tracking.told import SENDER

CALENDAR = Calendar.of()
DUE = date(2024, 4, 26)
"""Friday before the long days off of 27 April to 1 May 2024; Saturday 4 May is worked."""


def assigned(due_on: date = DUE) -> Task:
    """A task that has just been given."""
    facts: dict[str, Any] = {
        "document_id": UUID(int=1),
        "agency": SENDER,
        "recipient": "H47.09",
        "content": "Báo cáo số liệu quý I",
        "due_on": due_on,
        "due_first_on": due_on,
    }
    return Task.begin(Task.Assigned, UUID(int=7), **facts)


@pytest.mark.rule("R9.3b-3")
def test_reminders_come_on_exactly_these_days_and_on_no_day_off() -> None:
    days = [date(2024, 4, 15) + timedelta(days=n) for n in range(28)]
    found = [day for day in days if is_reminder_day(CALENDAR, DUE, day)]
    before, after = [(23, 4), (25, 4), (26, 4)], [(3, 5), (6, 5), (8, 5), (10, 5)]
    assert found == [date(2024, month, day) for day, month in before + after]


def test_a_day_off_as_due_day_means_the_next_working_day() -> None:
    days = [date(2024, 4, 24) + timedelta(days=n) for n in range(10)]
    found = [day for day in days if is_reminder_day(CALENDAR, date(2024, 4, 29), day)]
    assert found == [date(2024, 4, 24), date(2024, 4, 26), date(2024, 5, 2)]


def test_the_next_reminder_is_the_first_after_a_day() -> None:
    assert next_reminder_on(CALENDAR, DUE, date(2024, 4, 1)) == date(2024, 4, 23)
    assert next_reminder_on(CALENDAR, DUE, DUE) == date(2024, 5, 3)


def test_a_task_is_reminded_of_once_a_day_and_not_once_it_is_done() -> None:
    task = assigned()
    assert [task.remind(CALENDAR, DUE) for _ in range(2)] == [True, False]
    assert not task.remind(CALENDAR, date(2024, 4, 24))
    task.report("Đã xong", [], True, DUE)
    assert not task.remind(CALENDAR, date(2024, 5, 3))
    assert task.reminded_on == [DUE]


@pytest.mark.rule("R9.3b-4")
@pytest.mark.parametrize(
    ("reported_on", "today", "days"),
    [
        (None, date(2024, 4, 26), 0),
        (None, date(2024, 5, 1), 0),
        (None, date(2024, 5, 6), 4),
        (date(2024, 5, 3), date(2024, 5, 31), 2),
        (date(2024, 4, 26), date(2024, 5, 31), 0),
    ],
)
def test_a_delay_is_counted_in_working_days_until_the_report(
    reported_on: date | None, today: date, days: int
) -> None:
    task = assigned()
    if reported_on:
        task.report("Đã xong", [], True, reported_on)
    assert days_late(CALENDAR, task.due_on, task.reported_on or today) == days


def test_an_extension_goes_forward_and_keeps_the_day_set_first() -> None:
    task = assigned()
    with pytest.raises(TaskDueTooEarly):
        task.extend(DUE, "Bão")
    task.extend(date(2024, 5, 10), "Bão")
    assert (task.due_first_on, task.due_on) == (DUE, date(2024, 5, 10))


def test_what_is_done_takes_no_more() -> None:
    task = assigned()
    task.report("Đang làm", [], False, DUE)
    assert task.state is TaskState.IN_PROGRESS
    task.report("Đã xong", [], True, DUE)
    assert (task.state, task.reported_on) == (TaskState.REPORTED, DUE)
    for act in (
        lambda: task.report("Nữa", [], False, DUE),
        lambda: task.extend(date(2024, 5, 10), "Bão"),
        lambda: task.urge("Gấp", DUE),
    ):
        with pytest.raises(TaskDone):
            act()


@pytest.mark.rule("R9.3b-2")
def test_a_task_is_known_done_returned_and_accepted_in_the_order_of_its_table() -> None:
    task, day = assigned(), date(2024, 4, 22)
    for too_early in (lambda: task.accept("", day), lambda: task.give_back("Thiếu", day)):
        with pytest.raises(TaskNotReported):
            too_early()
    seen = [task.state]
    acts = (
        lambda: task.acknowledge(day),
        lambda: task.report("Đang làm", [], False, day),
        lambda: task.report("Đã xong", [], True, day),
        lambda: task.give_back("Thiếu phụ lục", day),
        lambda: task.report("Bổ sung", [], True, DUE),
        lambda: task.accept("Đạt", DUE),
    )
    for act in acts:
        act()
        seen.append(task.state)
    assert [state.value for state in seen] == [
        *("ASSIGNED", "ACKNOWLEDGED", "IN_PROGRESS", "REPORTED", "RETURNED"),
        *("REPORTED", "ACCEPTED"),
    ]
    assert all(after in LEADS_TO[before] for before, after in pairwise(seen))
    assert (task.acknowledged_on, task.reported_on, task.accepted_on) == (day, DUE, DUE)
    assert [note.text for note in task.notes][-3:] == ["Thiếu phụ lục", "Bổ sung", "Đạt"]
    with pytest.raises(TaskAlreadyAcknowledged):
        task.acknowledge(DUE)
    with pytest.raises(TaskDone):
        task.report("Nữa", [], False, DUE)


@pytest.mark.parametrize(
    ("reported_on", "today", "clock"),
    [
        (None, date(2024, 4, 22), "ON_TIME"),
        (None, date(2024, 4, 23), "DUE_SOON"),
        (None, DUE, "DUE_SOON"),
        (None, date(2024, 5, 2), "OVERDUE"),
        (DUE, date(2024, 5, 31), "DONE_ON_TIME"),
        (date(2024, 5, 3), date(2024, 5, 31), "DONE_LATE"),
    ],
)
def test_a_task_stands_against_its_day(reported_on: date | None, today: date, clock: str) -> None:
    assert clock_of(CALENDAR, DUE, reported_on, today).value == clock


def test_both_days_are_counted_the_one_set_first_and_the_extended_one() -> None:
    task = assigned()
    task.extend(date(2024, 5, 10), "Bão")
    task.report("Đã xong", [], True, date(2024, 5, 6))
    view = task.view(CALENDAR, date(2024, 5, 31))
    assert (view.clock.value, view.clock_first.value) == ("DONE_ON_TIME", "DONE_LATE")
