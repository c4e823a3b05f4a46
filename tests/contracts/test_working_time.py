"""The worked examples W1 to W49 and the laws of the arithmetic, tried on random instants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contracts import working_time as wt
from contracts.working_time import PROFILES, URGENT_WITHIN, VIETNAM, Calendar

A, B, N, WINTER = (Calendar.of(code) for code in ("A", "B", "N", "N-winter"))


def at(text: str) -> datetime:
    """An instant; without an offset it is Vietnamese time."""
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=VIETNAM)


# -- receipt and the two working hours: id, profile, raw entry, effective receipt, due ------------

RECEIPTS = """
W1  A 2024-03-12T08:10     2024-03-12T08:10    2024-03-12T10:10
W2  A 2024-03-12T05:45     2024-03-12T07:00    2024-03-12T09:00
W3  A 2024-03-12T07:00:00  2024-03-12T07:00    2024-03-12T09:00
W4  A 2024-03-12T09:30     2024-03-12T09:30    2024-03-12T11:30:00
W5  A 2024-03-12T10:30     2024-03-12T10:30    2024-03-12T14:30
W6  A 2024-03-12T11:30:00  2024-03-12T13:30    2024-03-12T15:30
W7  A 2024-03-12T11:45     2024-03-12T13:30    2024-03-12T15:30
W8  A 2024-03-14T16:10     2024-03-14T16:10    2024-03-15T08:10
W9  A 2024-03-14T16:59:59  2024-03-14T16:59:59 2024-03-15T08:59:59
W10 A 2024-03-14T17:00:00  2024-03-15T07:00    2024-03-15T09:00
W11 A 2024-03-15T16:30     2024-03-15T16:30    2024-03-18T08:30
W12 A 2024-03-15T17:20     2024-03-18T07:00    2024-03-18T09:00
W13 A 2024-03-16T09:00     2024-03-18T07:00    2024-03-18T09:00
W14 A 2024-04-26T17:20     2024-05-02T07:00    2024-05-02T09:00
W15 A 2020-04-29T17:20     2020-05-04T07:00    2020-05-04T09:00
W16 A 2024-05-04T10:00     2024-05-04T10:00    2024-05-04T14:00
W17 A 2025-04-25T17:20     2025-04-26T07:00    2025-04-26T09:00
W18 A 2025-05-02T09:00     2025-05-05T07:00    2025-05-05T09:00
W19 A 2025-01-24T16:45     2025-01-24T16:45    2025-02-03T08:45
W20 A 2025-08-29T17:20     2025-09-03T07:00    2025-09-03T09:00
W21 A 2026-08-28T16:00     2026-08-28T16:00    2026-09-03T08:00
W22 A 2026-08-22T10:00     2026-08-22T10:00    2026-08-22T14:00
W23 A 2026-11-24T08:00     2026-11-25T07:00    2026-11-25T09:00
W24 A 2024-12-31T17:20     2025-01-02T07:00    2025-01-02T09:00
W26 N-winter 2024-03-12T11:45 2024-03-12T11:45 2024-03-12T15:15
W27 N 2024-04-15T17:05     2024-04-16T07:00    2024-04-16T09:00
W28 N 2024-10-15T17:05     2024-10-16T07:30    2024-10-16T09:30
W29 A 2027-04-15T17:30     2027-04-19T07:00    2027-04-19T09:00
W30 A 2024-03-12T01:10:00Z 2024-03-12T08:10    2024-03-12T10:10
"""


@pytest.mark.parametrize(
    ("profile", "raw", "effective", "due"),
    [
        pytest.param(*fields, id=name)
        for name, *fields in map(str.split, RECEIPTS.split("\n")[1:-1])
    ],
)
def test_receipt_and_the_two_working_hours(
    profile: str, raw: str, effective: str, due: str
) -> None:
    calendar = Calendar.of(profile)
    deadline = wt.transfer_due(calendar, at(raw), paperless=True)
    assert calendar.effective_receipt(at(raw)) == at(effective)
    assert deadline.due_at == at(due)
    assert deadline.provisional == (at(raw).year >= 2027)


# -- the other worked examples: id, what is computed, what it must be -----------------------------


def receipt(calendar: Calendar, raw: str) -> tuple[datetime, datetime]:
    """Effective receipt and the paperless due instant."""
    due = wt.transfer_due(calendar, at(raw), paperless=True).due_at
    return calendar.effective_receipt(at(raw)), due


def w32_express_on_a_saturday_night() -> tuple[datetime, datetime, datetime]:
    raw = at("2024-03-16T02:00")
    alarm = wt.transfer_due(A, raw, paperless=True, urgent_within=timedelta())
    limit = wt.transfer_due(A, raw, paperless=True, urgent_within=URGENT_WITHIN["3"])
    return A.effective_receipt(raw), alarm.due_at, limit.due_at


def w36_silence_until_two() -> tuple[datetime | None, datetime | None, tuple[datetime, datetime]]:
    issued = at("2024-03-12T10:00")
    answered = wt.sent_at(issued, at("2024-03-12T14:00"))
    return wt.sent_at(issued, None), answered, wt.silence_alarms(issued)


def w46_full_and_lax() -> tuple[date, date]:
    start = date(2024, 5, 6)
    strict, lax = wt.suspension_announce_by(A, start), wt.suspension_announce_by(A, start, 6)
    return strict.last_day, lax.last_day


def report(year: int, number: int) -> tuple[date, date, date]:
    """First and last day of data, last day for the agency's report."""
    quarter = wt.Quarter(year, number)
    days = wt.period(quarter)
    return days.first_day, days.last_day, wt.agency_report_due(A, quarter).last_day


Case = tuple[str, Callable[[], Any], Any]
OTHERS: list[Case] = [
    (
        "W25",
        lambda: (receipt(A, "2024-03-12T17:10"), receipt(B, "2024-03-12T17:10")),
        (
            (at("2024-03-13T07:00"), at("2024-03-13T09:00")),
            (at("2024-03-12T17:10"), at("2024-03-13T09:10")),
        ),
    ),
    (
        "W31",  # on the axis at 09:05, but the receiver's software takes it in at 15:10
        lambda: receipt(A, "2024-03-12T15:10"),
        (at("2024-03-12T15:10"), at("2024-03-13T07:10")),
    ),
    (
        "W32",
        w32_express_on_a_saturday_night,
        (at("2024-03-18T07:00"), at("2024-03-16T02:00"), at("2024-03-16T02:15")),
    ),
    ("W33", lambda: wt.send_due(A, at("2024-04-26T16:50")).due_at, at("2024-05-02T11:30")),
    ("W34", lambda: wt.send_due(A, at("2024-03-14T09:00")).due_at, at("2024-03-15T11:30")),
    (
        "W35",
        lambda: wt.sent_at(at("2024-03-12T10:00:00"), at("2024-03-12T10:00:07")),
        at("2024-03-12T10:00:00"),
    ),
    (
        "W36",
        w36_silence_until_two,
        (None, at("2024-03-12T10:00"), (at("2024-03-12T10:05"), at("2024-03-12T10:30"))),
    ),
    (
        "W37",
        lambda: wt.receipt_notice_due(A, at("2024-04-26T17:20")).due_at,
        at("2024-05-03T00:00"),
    ),
    (
        "W38",
        lambda: wt.transfer_due(A, at("2024-03-14T16:30"), paperless=False).due_at,
        at("2024-03-16T00:00"),
    ),
    ("W46", w46_full_and_lax, (date(2024, 4, 22), date(2024, 4, 23))),
    ("W47", lambda: report(2024, 2), (date(2024, 3, 15), date(2024, 6, 14), date(2024, 6, 18))),
    ("W48", lambda: report(2024, 3), (date(2024, 6, 15), date(2024, 9, 14), date(2024, 9, 17))),
    ("W49", lambda: wt.quarter_of(at("2024-06-15T00:10")), wt.Quarter(2024, 3)),
]

CIVIL_CODE: list[Case] = [
    ("W39", lambda: A.add_working_days(date(2024, 5, 2), 5), date(2024, 5, 8)),
    ("W40", lambda: A.add_working_days(at("2024-04-26T10:00"), 5), date(2024, 5, 7)),
    ("W41", lambda: A.add_days(date(2025, 1, 20), 10), date(2025, 2, 3)),
    ("W42", lambda: A.add_working_days(date(2025, 1, 20), 15), date(2025, 2, 17)),
    ("W43", lambda: wt.archive_due(A, date(2024, 5, 10)), date(2025, 5, 12)),
    ("W44", lambda: wt.archive_due(A, date(2024, 2, 29)), date(2025, 2, 28)),
    ("W45", lambda: wt.archive_due(A, date(2024, 11, 30), construction=True), date(2025, 2, 28)),
]


@pytest.mark.parametrize(
    ("compute", "expected"), [pytest.param(*case, id=name) for name, *case in OTHERS]
)
def test_worked_example(compute: Callable[[], Any], expected: object) -> None:
    assert compute() == expected


@pytest.mark.rule("BLDS-147/148")
@pytest.mark.parametrize(
    ("compute", "last_day"), [pytest.param(*case, id=name) for name, *case in CIVIL_CODE]
)
def test_the_last_day_ends_at_midnight_of_a_working_day(
    compute: Callable[[], wt.Deadline], last_day: date
) -> None:
    deadline = compute()
    assert deadline.last_day == last_day
    assert deadline.due_at == datetime.combine(last_day + timedelta(days=1), time(), tzinfo=VIETNAM)


# -- laws of the arithmetic -----------------------------------------------------------------------

instants = st.datetimes(datetime(2020, 1, 1), datetime(2029, 10, 31), timezones=st.just(VIETNAM))
spans = st.integers(1, 3000).map(lambda n: n / 64)
calendars = st.sampled_from([Calendar.of(code) for code in PROFILES])
counts = st.integers(0, 40)


@given(calendars, instants)
def test_effective_receipt_is_idempotent_inside_office_hours_and_never_early(
    calendar: Calendar, raw: datetime
) -> None:
    effective = calendar.effective_receipt(raw)
    assert effective >= raw
    assert calendar.effective_receipt(effective) == effective
    assert any(start <= effective < end for start, end in calendar.sessions(effective.date()))


@given(calendars, instants, instants, spans, spans)
def test_hours_are_monotone_in_start_and_length(
    calendar: Calendar, one: datetime, other: datetime, short: float, more: float
) -> None:
    early, late = sorted((one, other))
    due = calendar.add_hours(early, short).due_at
    assert due <= calendar.add_hours(late, short).due_at
    assert due < calendar.add_hours(early, short + more).due_at


@given(calendars, instants, spans, spans)
def test_hours_add_up(calendar: Calendar, start: datetime, a: float, b: float) -> None:
    first = calendar.add_hours(start, a).due_at
    assert calendar.add_hours(start, a + b).due_at == calendar.add_hours(first, b).due_at


@given(calendars, instants, spans)
def test_exactly_so_much_office_time_has_run_at_the_due_instant(
    calendar: Calendar, start: datetime, hours: float
) -> None:
    due = calendar.add_hours(start, hours).due_at
    days = [start.date() + timedelta(days=n) for n in range((due.date() - start.date()).days + 1)]
    sessions = [session for day in days for session in calendar.sessions(day)]
    worked = [min(end, due) - max(begin, start) for begin, end in sessions]
    assert sum((w for w in worked if w > timedelta()), timedelta()) == timedelta(hours=hours)


@given(calendars, instants, spans, counts)
def test_no_deadline_falls_on_a_day_off(
    calendar: Calendar, start: datetime, hours: float, n: int
) -> None:
    deadlines = [
        calendar.add_hours(start, hours),
        calendar.add_working_days(start, n),
        calendar.add_days(start, n),
        calendar.add_months(start, n % 13),
        wt.register_due(calendar, start),
        wt.send_due(calendar, start),
        wt.receipt_notice_due(calendar, start),
    ]
    assert all(calendar.is_working_day(deadline.last_day) for deadline in deadlines)


@given(calendars, instants, spans, counts, st.integers(1, 400))
def test_a_change_of_a_later_day_changes_no_result_before_it(
    calendar: Calendar, start: datetime, hours: float, n: int, later: int
) -> None:
    before = [calendar.add_hours(start, hours), calendar.add_working_days(start, n)]
    day = max(deadline.last_day for deadline in before) + timedelta(days=later)
    assume(day.year <= 2030 and day not in calendar.year(day.year).worked_saturdays)
    year = calendar.year(day.year)
    changed = calendar.with_notice(
        day.year, {*year.days_off, day}, set(year.worked_saturdays), "thông báo thử"
    )
    after = [changed.add_hours(start, hours), changed.add_working_days(start, n)]
    assert [d.due_at for d in after] == [d.due_at for d in before]


@given(instants, counts, counts)
def test_working_days_counted_forth_are_counted_back(start: datetime, n: int, more: int) -> None:
    last = A.add_working_days(start, n + 1).last_day
    assert A.working_days_between(start, last) == n + 1
    first = A.add_working_days(start, 1).last_day
    assert A.working_day_before(last, n) == first
