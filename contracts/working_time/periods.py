"""Reporting periods (kỳ báo cáo) with their cut-off (chốt số liệu): R11.3-1, R14.4-1.

By default a month runs from the 15th of the month before to its own 14th, so Q1 is 15/12 to 14/3;
`CutOff.CALENDAR` counts whole calendar months instead. Every period is made of such months.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from .calendar import Calendar, Deadline
from .instants import day_of, in_vietnam, midnight
from .refusals import QuarterUnknown

REPORT_WORKING_DAYS = 2
"""Working days an agency has after the cut-off to send its report."""


class CutOff(Enum):
    """The last day of a reporting month: the 14th, or the end of the calendar month."""

    FOURTEENTH = 14
    CALENDAR = 31


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter (quý) of a reporting year; numbers 1 to 4 (`QuarterUnknown`)."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 4 and 2 <= self.year <= 9998):
            raise QuarterUnknown(period=str(self))

    def __str__(self) -> str:
        return f"Q{self.number}/{self.year}"


@dataclass(frozen=True)
class Period:
    """Whole days of data, both ends inside."""

    first_day: date
    last_day: date

    @property
    def starts_at(self) -> datetime:
        """00:00 of the first day, +07:00."""
        return midnight(self.first_day)

    @property
    def ends_at(self) -> datetime:
        """00:00 after the last day, +07:00; an event at that instant is outside."""
        return midnight(self.last_day + timedelta(days=1))

    def __contains__(self, instant: datetime) -> bool:
        return self.starts_at <= in_vietnam(instant) < self.ends_at


def quarter_of(moment: date | datetime, cut_off: CutOff = CutOff.FOURTEENTH) -> Quarter:
    """The quarter whose data an instant belongs to, by its Vietnamese day."""
    day = day_of(moment)
    month = day.year * 12 + day.month - 1 + (day.day > cut_off.value)
    return Quarter(month // 12, month % 12 // 3 + 1)


def period(quarter: Quarter, cut_off: CutOff = CutOff.FOURTEENTH) -> Period:
    """The days of data of a quarter."""
    return months(quarter.year, 3 * quarter.number - 2, 3 * quarter.number, cut_off)


def months(year: int, first: int, last: int, cut_off: CutOff = CutOff.FOURTEENTH) -> Period:
    """The days of data of reporting months: (1, 6) is the half-year, (1, 12) the year."""
    if not 1 <= first <= last <= 12:
        raise QuarterUnknown(period=f"{first}-{last}/{year}")
    return Period(
        _day_after_cut_off(year * 12 + first - 2, cut_off),
        _day_after_cut_off(year * 12 + last - 1, cut_off) - timedelta(days=1),
    )


def _day_after_cut_off(month: int, cut_off: CutOff) -> date:
    if cut_off is CutOff.CALENDAR:
        return date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(month // 12, month % 12 + 1, cut_off.value + 1)


def agency_report_due(
    calendar: Calendar, quarter: Quarter, cut_off: CutOff = CutOff.FOURTEENTH
) -> Deadline:
    """When an agency's quarterly report is due: two working days after the cut-off (R14.4-1)."""
    last = period(quarter, cut_off).last_day
    return calendar.add_working_days(last, REPORT_WORKING_DAYS, rule="R14.4-1")
