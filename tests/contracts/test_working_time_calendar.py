"""Boundaries, yearly notices, reporting periods and what the clock refuses."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise

import pytest

from contracts import working_time as wt
from contracts.errors import Refused
from contracts.working_time import VIETNAM, Calendar, CutOff, OfficeHours, Quarter, Season

A = Calendar.of("A")
TET_2027 = {date(2027, 2, day) for day in (5, 8, 9, 10, 11)}
NOTICE_2027 = TET_2027 | {date(2027, 1, 1), date(2027, 4, 16), date(2027, 9, 2)}


def at(text: str) -> datetime:
    """An instant in Vietnamese time."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


# -- instants -------------------------------------------------------------------------------------


@pytest.mark.rule("R10.3-1")
@pytest.mark.rule("Q28-14.4")
@pytest.mark.parametrize(
    "stamp", ["2024-03-12T01:10:00Z", "2024-03-11T20:10:00-05:00", "2024-03-12T08:10:00+07:00"]
)
def test_an_instant_of_any_offset_is_shown_in_vietnamese_time(stamp: str) -> None:
    instant = datetime.fromisoformat(stamp)
    assert wt.in_vietnam(instant).isoformat() == "2024-03-12T08:10:00+07:00"
    assert A.effective_receipt(instant).isoformat() == "2024-03-12T08:10:00+07:00"
    assert A.add_hours(instant, 2).due_at.isoformat() == "2024-03-12T10:10:00+07:00"
    assert wt.send_due(A, instant).due_at.isoformat() == "2024-03-13T11:30:00+07:00"


def test_the_day_of_an_instant_is_the_vietnamese_day() -> None:
    late_in_utc = datetime(2024, 5, 2, 17, 30, tzinfo=UTC)
    assert wt.day_of(late_in_utc) == date(2024, 5, 3)
    assert A.add_working_days(late_in_utc, 1).last_day == date(2024, 5, 4)


# -- boundaries of deadlines ----------------------------------------------------------------------


def test_an_act_at_the_due_instant_is_on_time_and_one_second_later_is_late() -> None:
    due = wt.transfer_due(A, at("2024-03-12T09:30"), paperless=True)
    assert due.met_by(at("2024-03-12T11:30:00"))
    assert due.met_by(datetime(2024, 3, 12, 4, 30, tzinfo=UTC))
    assert not due.met_by(at("2024-03-12T11:30:01"))


def test_no_hours_end_at_the_effective_receipt() -> None:
    assert A.add_hours(at("2024-03-12T11:45"), 0).due_at == at("2024-03-12T13:30")


def test_no_days_end_on_the_day_itself_or_the_next_working_day() -> None:
    assert A.add_working_days(date(2024, 3, 12), 0).last_day == date(2024, 3, 12)
    assert A.add_days(date(2024, 3, 16), 0).last_day == date(2024, 3, 18)


def test_years_end_on_the_same_date() -> None:
    assert A.add_years(date(2021, 3, 2), 2).last_day == date(2023, 3, 2)
    assert A.add_years(date(2024, 2, 29), 2).last_day == date(2026, 3, 2)


def test_urgent_work_runs_around_the_clock_from_the_raw_instant() -> None:
    night, within = at("2024-03-16T23:50"), timedelta(minutes=30)
    urgent = [
        wt.register_due(A, night, within),
        wt.transfer_due(A, night, paperless=False, urgent_within=within),
        wt.cancel_due(A, night, within),
        wt.issue_due(A, night, within),
        wt.send_due(A, night, within),
    ]
    assert {deadline.due_at for deadline in urgent} == {at("2024-03-17T00:20")}


def test_ordinary_work_is_due_the_next_working_day() -> None:
    friday_evening = at("2024-03-15T17:20")
    assert wt.register_due(A, friday_evening).last_day == date(2024, 3, 19)
    assert wt.issue_due(A, friday_evening).last_day == date(2024, 3, 18)
    assert wt.cancel_due(A, friday_evening).last_day == date(2024, 3, 18)
    assert A.office_close(date(2024, 3, 16)) == at("2024-03-18T17:00")


def test_each_deadline_names_its_rule_and_the_calendar_that_computed_it() -> None:
    now = at("2024-03-12T08:00")
    rules = {
        "N30-21.2c": wt.receipt_notice_due(A, now),
        "N30-4.2c": wt.register_due(A, now),
        "R5.2b-2": wt.transfer_due(A, now, paperless=True),
        "N30-23": wt.transfer_due(A, now, paperless=False),
        "C7": wt.urgent_due(A, now, timedelta(minutes=15)),
        "Q28-9.2b": wt.cancel_due(A, now),
        "N30-18.1": wt.issue_due(A, now),
        "Q28-6.2a": wt.send_due(A, now),
        "N30-28..31": wt.archive_due(A, now),
        "N64-16a": wt.suspension_announce_by(A, now),
        "R14.4-1": wt.agency_report_due(A, wt.quarter_of(now)),
    }
    assert {rule: deadline.rule for rule, deadline in rules.items()} == {r: r for r in rules}
    assert {deadline.calendar for deadline in rules.values()} == {A.version}


# -- days off and notices -------------------------------------------------------------------------

ANCHORS = {
    2021: (date(2021, 2, 12), date(2021, 4, 21)),
    2022: (date(2022, 2, 1), date(2022, 4, 10)),
    2023: (date(2023, 1, 22), date(2023, 4, 29)),
    2024: (date(2024, 2, 10), date(2024, 4, 18)),
    2025: (date(2025, 1, 29), date(2025, 4, 7)),
    2026: (date(2026, 2, 17), date(2026, 4, 26)),
}
SWAPPED = {date(2024, 4, 29), date(2025, 5, 2), date(2026, 1, 2), date(2026, 8, 31)}


@pytest.mark.parametrize("year", ANCHORS)
def test_the_computed_days_off_are_the_announced_ones_but_for_swaps(year: int) -> None:
    assert wt.computed_year(year, *ANCHORS[year]).days_off == A.year(year).days_off - SWAPPED


@pytest.mark.rule("BLLD-112")
def test_a_yearly_notice_moves_provisional_deadlines_and_no_computed_one() -> None:
    start = at("2027-02-03T16:00")
    computed, firm = wt.transfer_due(A, start, paperless=True), A.add_days(date(2026, 12, 1), 14)
    loaded = A.with_notice(2027, NOTICE_2027, set(), "thông báo 2027")
    again = wt.transfer_due(loaded, start, paperless=True)

    assert computed.provisional and computed.due_at == at("2027-02-11T08:00")
    assert computed.calendar == A.version
    assert again.due_at == at("2027-02-04T08:00") and not again.provisional
    assert again.calendar == loaded.version != A.version
    assert [year.year for year in loaded.years] == [year.year for year in A.years]
    assert loaded.add_days(date(2026, 12, 1), 14).due_at == firm.due_at and not firm.provisional


def test_a_deadline_that_only_touches_a_provisional_year_is_flagged() -> None:
    assert A.add_days(date(2026, 12, 20), 11).provisional is False
    assert A.add_days(date(2026, 12, 20), 12).provisional is True
    assert A.is_provisional(date(2027, 1, 1)) and not A.is_provisional(at("2026-12-31T23:59"))


def test_the_version_changes_with_every_datum_and_with_nothing_else() -> None:
    year = A.year(2026)
    off, saturdays = set(year.days_off), set(year.worked_saturdays)
    versions = {
        A.version,
        Calendar.of("B").version,
        A.with_notice(2026, off - {date(2026, 8, 31)}, saturdays, "sửa đổi").version,
        A.with_notice(2026, off, saturdays - {date(2026, 8, 22)}, "sửa đổi").version,
        A.with_notice(2026, off, saturdays, "sửa đổi").version,
        A.with_hours(wt.profile("B"), date(2026, 7, 1)).version,
    }
    assert len(versions) == 6
    assert Calendar.of("A").version == A.version


def test_the_version_is_the_same_in_every_process() -> None:
    code = "from contracts.working_time import Calendar; print(Calendar.of('A').version)"
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        told = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
        assert told.stdout.strip() == A.version


def test_new_office_hours_hold_from_their_day_on() -> None:
    changed = A.with_hours(wt.profile("B"), date(2024, 3, 13))
    assert changed.effective_receipt(at("2024-03-12T17:10")) == at("2024-03-13T07:30")
    assert changed.effective_receipt(at("2024-03-12T07:10")) == at("2024-03-12T07:10")


@pytest.mark.parametrize(
    ("day", "opens"), [("01-01", 7.5), ("04-15", 7.5), ("04-16", 7), ("10-15", 7), ("10-16", 7.5)]
)
def test_a_season_holds_until_the_next_one_over_the_turn_of_the_year(
    day: str, opens: float
) -> None:
    first, _ = wt.profile("N").sessions_on(date.fromisoformat(f"2024-{day}"))
    assert first[0].hour + first[0].minute / 60 == opens


def test_a_body_that_works_on_saturdays_has_its_own_week() -> None:
    morning = (Season((1, 1), ((time(7), time(11)),)),)
    hospital = OfficeHours("BV", morning, weekdays=(0, 1, 2, 3, 4, 5))
    calendar = A.with_hours(hospital, date.min)
    assert calendar.effective_receipt(at("2024-03-16T09:00")) == at("2024-03-16T09:00")
    assert calendar.next_working_day(date(2024, 3, 16)) == date(2024, 3, 18)


# -- reporting periods ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instant", "quarter", "calendar_quarter"),
    [
        ("2024-03-14T23:59:59.999999", Quarter(2024, 1), Quarter(2024, 1)),
        ("2024-03-15T00:00", Quarter(2024, 2), Quarter(2024, 1)),
        ("2024-12-14T12:00", Quarter(2024, 4), Quarter(2024, 4)),
        ("2024-12-15T00:00", Quarter(2025, 1), Quarter(2024, 4)),
        ("2024-12-31T23:59", Quarter(2025, 1), Quarter(2024, 4)),
    ],
)
def test_an_instant_belongs_to_one_quarter(
    instant: str, quarter: Quarter, calendar_quarter: Quarter
) -> None:
    assert wt.quarter_of(at(instant)) == quarter
    assert wt.quarter_of(at(instant), CutOff.CALENDAR) == calendar_quarter
    assert at(instant) in wt.period(quarter)
    assert at(instant) in wt.period(calendar_quarter, CutOff.CALENDAR)


def test_the_quarters_of_ten_years_join_without_gap() -> None:
    for cut_off in CutOff:
        quarters = [Quarter(year, n) for year in range(2020, 2030) for n in (1, 2, 3, 4)]
        periods = [wt.period(quarter, cut_off) for quarter in quarters]
        assert all(a.ends_at == b.starts_at for a, b in pairwise(periods))
        assert periods[0].first_day == (
            date(2019, 12, 15) if cut_off is CutOff.FOURTEENTH else date(2020, 1, 1)
        )


def test_longer_periods_are_made_of_months() -> None:
    days = [wt.months(2024, 1, last) for last in (6, 9, 12)]
    assert {d.first_day for d in days} == {date(2023, 12, 15)}
    assert [d.last_day for d in days] == [date(2024, m, 14) for m in (6, 9, 12)]


# -- refusals -------------------------------------------------------------------------------------


def notice(
    year: int, off: set[date], saturdays: set[date], name: str = "x"
) -> Callable[[], object]:
    return lambda: A.with_notice(year, off, saturdays, name)


REFUSED: list[tuple[type[wt.ClockRefused], str, Callable[[], object]]] = [
    (wt.InstantWithoutOffset, "+07:00", lambda: A.effective_receipt(datetime(2024, 3, 12, 8))),
    (wt.InstantWithoutOffset, "+07:00", lambda: A.add_days(datetime(2024, 3, 12, 8), 1)),
    (
        wt.InstantOutOfReach,
        "year",
        lambda: A.effective_receipt(datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))),
    ),
    (wt.YearNotLoaded, "with_notice", lambda: A.effective_receipt(at("2031-01-02T08:00"))),
    (wt.YearNotLoaded, "2031", lambda: A.effective_receipt(at("2030-12-31T17:20"))),
    (wt.YearNotLoaded, "2019", lambda: A.add_hours(at("2019-12-31T08:00"), 1)),
    (wt.YearNotLoaded, "2031", lambda: A.add_working_days(date(2024, 1, 2), 10**9)),
    (wt.YearNotLoaded, "2031", lambda: A.add_hours(at("2030-12-31T16:00"), 2)),
    (wt.YearNotLoaded, "2020", lambda: A.add_months(date(2024, 1, 2), 10**9)),
    (wt.YearNotLoaded, "2030", lambda: A.add_years(date(2024, 1, 2), 100)),
    (wt.SpanRefused, "whole", lambda: A.add_days(date(2024, 1, 2), 10**12)),
    (wt.SpanRefused, "-1", lambda: A.add_days(date(2024, 1, 2), -1)),
    (wt.SpanRefused, "-1", lambda: A.add_hours(at("2024-01-02T08:00"), -1)),
    (wt.SpanRefused, "nan", lambda: A.add_hours(at("2024-01-02T08:00"), float("nan"))),
    (wt.SpanRefused, "inf", lambda: A.add_hours(at("2024-01-02T08:00"), float("inf"))),
    (wt.SpanRefused, "1.5", lambda: A.add_working_days(date(2024, 1, 2), 1.5)),  # type: ignore[arg-type]
    (wt.ProfileUnknown, "N-winter", lambda: Calendar.of("Z")),
    (wt.NoticeRefused, "source", notice(2027, set(), set(), " ")),
    (wt.NoticeRefused, "missing", notice(2032, set(), set())),
    (wt.NoticeRefused, "foreign", notice(2027, {date(2028, 1, 1)}, set())),
    (wt.NoticeRefused, "Saturday", notice(2027, set(), {date(2027, 1, 1)})),
    (wt.NoticeRefused, "both", notice(2027, {date(2027, 1, 2)}, {date(2027, 1, 2)})),
    (wt.QuarterUnknown, "Q5/2024", lambda: Quarter(2024, 5)),
    (wt.QuarterUnknown, "6-3", lambda: wt.months(2024, 6, 3)),
]


@pytest.mark.parametrize(("kind", "told", "act"), REFUSED)
def test_what_cannot_be_computed_is_refused_in_two_languages(
    kind: type[wt.ClockRefused], told: str, act: Callable[[], object]
) -> None:
    with pytest.raises(kind) as refused:
        act()
    assert isinstance(refused.value, ValueError) and isinstance(refused.value, Refused)
    assert told in refused.value.message("en")
    assert "Hãy" in refused.value.message("vi") and "?" not in refused.value.message("vi")


def test_a_refused_year_is_open_once_its_notice_is_loaded() -> None:
    loaded = A.with_notice(2031, {date(2031, 1, 1)}, set(), "thông báo 2031")
    assert loaded.effective_receipt(at("2030-12-31T17:20")) == at("2031-01-02T07:00")
