"""The days on which a task is reminded of (ngày đôn đốc, R9.3b-3)."""

from __future__ import annotations

from datetime import date, timedelta

from contracts.working_time import Calendar

DAYS_BEFORE = (3, 1, 0)
"""Working days before a task is due on which it is reminded of; 0 is the day itself (R9.3b-3)."""
EVERY_DAYS_AFTER = 2
"""It is reminded of again every so many working days after."""


def is_reminder_day(calendar: Calendar, due_on: date, day: date) -> bool:
    """Whether a task due on a day is reminded of on another: never on a day off (R9.3b-3)."""
    if not calendar.is_working_day(day):
        return False
    last = calendar.working_day_from(due_on)
    if day <= last:
        return calendar.working_days_between(day, last) in DAYS_BEFORE
    return calendar.working_days_between(last, day) % EVERY_DAYS_AFTER == 0


def next_reminder_on(calendar: Calendar, due_on: date, after: date) -> date:
    """The next day of a reminder after a day."""
    day = after + timedelta(days=1)
    while not is_reminder_day(calendar, due_on, day):
        day += timedelta(days=1)
    return day
