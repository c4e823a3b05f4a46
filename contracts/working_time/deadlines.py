"""The deadlines the law names (bảng thời hạn), each computed with the calendar handed in.

A deadline for an arrival starts on the day of its *effective* receipt (C15); `entered_at` is the
raw entry, and the functions find the effective one themselves. `urgent_within` makes a deadline
urgent: it then runs from the raw instant around the clock (C7); take it from
`URGENT_WITHIN.get(urgency)`, which knows nothing of an ordinary document.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from .calendar import Calendar, Deadline
from .instants import day_of, in_vietnam

URGENT_WITHIN: Mapping[str, timedelta] = MappingProxyType(
    {
        "1": timedelta(minutes=60),
        "2": timedelta(minutes=30),
        "3": timedelta(minutes=15),
        "4": timedelta(minutes=15),
    }
)
"""How soon "at once" is, by the code of `values.Urgency`: khẩn, thượng khẩn, hỏa tốc, hỏa tốc hẹn
giờ. An ordinary document is not here; an agency may set its own (C7)."""

PAPERLESS_HOURS = 2
"""Working hours (giờ hành chính) to transfer a paperless arrival (R5.2b-2)."""

SUSPENSION_WORKING_DAYS = 7
"""Full working days between the announcement and a planned suspension (N64-16a)."""


def urgent_due(calendar: Calendar, at: datetime, within: timedelta) -> Deadline:
    """At once: so long after the raw instant, nights and days off included (C7, N30-24)."""
    due = in_vietnam(at) + within
    return calendar.deadline(due, due.date(), "C7", since=at)


def receipt_notice_due(calendar: Calendar, entered_at: datetime) -> Deadline:
    """The clerk's 03 or 02: the end of the day of effective receipt (N30-21.2c)."""
    day = calendar.effective_receipt(entered_at).date()
    return calendar.end_of(day, "N30-21.2c", since=entered_at)


def register_due(
    calendar: Calendar, entered_at: datetime, urgent_within: timedelta | None = None
) -> Deadline:
    """Registering an arrival: the same day, at the latest the next working day (N30-4.2c)."""
    if urgent_within is not None:
        return urgent_due(calendar, entered_at, urgent_within)
    return _next_day_after_receipt(calendar, entered_at, "N30-4.2c")


def transfer_due(
    calendar: Calendar,
    entered_at: datetime,
    *,
    paperless: bool,
    urgent_within: timedelta | None = None,
) -> Deadline:
    """Presenting and transferring an arrival (trình, chuyển giao).

    Urgent: at once (C7). Paperless: two working hours (R5.2b-2). Else the same day, at the latest
    the next working day (N30-23).
    """
    if urgent_within is not None:
        return urgent_due(calendar, entered_at, urgent_within)
    if paperless:
        return calendar.add_hours(entered_at, PAPERLESS_HOURS, rule="R5.2b-2")
    return _next_day_after_receipt(calendar, entered_at, "N30-23")


def cancel_due(
    calendar: Calendar, entered_at: datetime, urgent_within: timedelta | None = None
) -> Deadline:
    """Cancelling a recalled document: the working day on which the order is received (Q28-9.2b)."""
    if urgent_within is not None:
        return urgent_due(calendar, entered_at, urgent_within)
    day = calendar.effective_receipt(entered_at).date()
    return calendar.end_of(day, "Q28-9.2b", since=entered_at)


def issue_due(
    calendar: Calendar, signed_at: datetime, urgent_within: timedelta | None = None
) -> Deadline:
    """Number and issue: the day of signing, at the latest the next working day (N30-18.1)."""
    if urgent_within is not None:
        return urgent_due(calendar, signed_at, urgent_within)
    return calendar.add_working_days(signed_at, 1, rule="N30-18.1")


def send_due(
    calendar: Calendar, issued_at: datetime, urgent_within: timedelta | None = None
) -> Deadline:
    """Sending: at the latest the end of the next working day's morning session (Q28-6.2a).

    NĐ 30 alone would allow that whole day; the stricter rule wins. Urgent: at once (Q28-6.2c).
    """
    if urgent_within is not None:
        return urgent_due(calendar, issued_at, urgent_within)
    day = calendar.next_working_day(issued_at)
    noon = calendar.sessions(day)[0][1]
    return calendar.deadline(noon, day, "Q28-6.2a", since=issued_at)


def archive_due(
    calendar: Calendar, ended_on: date | datetime, *, construction: bool = False
) -> Deadline:
    """Handing a dossier to the archive: one year after work ended, three months after the
    settlement of a construction (N30-28..31)."""
    return calendar.add_months(ended_on, 3 if construction else 12, rule="N30-28..31")


def suspension_announce_by(
    calendar: Calendar,
    starts_at: date | datetime,
    full_days: int = SUSPENSION_WORKING_DAYS,
) -> Deadline:
    """The last day to announce a planned suspension that begins at `starts_at` (N64-16a).

    So many full working days lie between that day and the day of the suspension; the day itself
    may be a day off.
    """
    earliest = calendar.working_day_before(starts_at, full_days)
    return calendar.end_of(earliest - timedelta(days=1), "N64-16a", since=starts_at)


def sent_at(issued_at: datetime, acknowledged_at: datetime | None) -> datetime | None:
    """The legal time of sending: the issue, but only once a success answer has come (R10.1)."""
    return in_vietnam(issued_at) if acknowledged_at is not None else None


def silence_alarms(issued_at: datetime, *, urgent: bool = False) -> tuple[datetime, datetime]:
    """When silence becomes an alarm: no answer of the axis (5 minutes), no 01 of the receiver
    (30 minutes, urgent 5)."""
    issued = in_vietnam(issued_at)
    return issued + timedelta(minutes=5), issued + timedelta(minutes=5 if urgent else 30)


def _next_day_after_receipt(calendar: Calendar, entered_at: datetime, rule: str) -> Deadline:
    received = day_of(calendar.effective_receipt(entered_at))
    return calendar.end_of(calendar.next_working_day(received), rule, since=entered_at)
