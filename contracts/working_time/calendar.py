"""The calendar of one agency (lịch làm việc): office hours, days off, and the arithmetic C1 to C15.

A calendar is a value. Changing it makes another one with another `version`; a deadline keeps the
version that computed it, so that loading a notice never moves a deadline already given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import sha256

from .holidays import SATURDAY, YEARS, WorkYear
from .hours import OfficeHours, profile
from .instants import VIETNAM, day_of, in_vietnam, midnight
from .refusals import NoticeRefused, SpanRefused, YearNotLoaded

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """A computed due instant (thời hạn) with what computed it.

    `due_at` is inclusive, +07:00; for a deadline in days it is 24:00 of `last_day`, that is 00:00
    of the day after (C13). `rule` names the rule, `calendar` the version used; `provisional` says
    that a year without a notice took part.
    """

    due_at: datetime
    last_day: date
    rule: str
    calendar: str
    provisional: bool

    def met_by(self, acted_at: datetime) -> bool:
        """On time means not after the due instant (C4)."""
        return in_vietnam(acted_at) <= self.due_at


@dataclass(frozen=True)
class Calendar:
    """Office hours with the day each came into force, and the years whose days off are known."""

    hours: tuple[tuple[date, OfficeHours], ...]
    years: tuple[WorkYear, ...] = YEARS

    @classmethod
    def of(cls, code: str = "A") -> Calendar:
        """The calendar of a named profile with the days off shipped here (`ProfileUnknown`)."""
        return cls(((date.min, profile(code)),))

    @cached_property
    def version(self) -> str:
        """The profile and a digest of all data: equal data, equal version, in every process."""
        data = json.dumps(asdict(self), default=_plain, sort_keys=True)
        return f"{self.hours[-1][1].code}/{sha256(data.encode()).hexdigest()[:12]}"

    @cached_property
    def _by_year(self) -> dict[int, WorkYear]:
        return {year.year: year for year in self.years}

    # -- another calendar ---------------------------------------------------------------------

    def with_notice(
        self, year: int, days_off: set[date], worked_saturdays: set[date], notice: str
    ) -> Calendar:
        """This calendar after the yearly notice (BLLD-112): a new value with a new version.

        The notice replaces what was known of that year, which is provisional no longer. It must
        name its source, hold days of its year only, and follow on the years already there.
        """
        told = WorkYear(year, frozenset(days_off), frozenset(worked_saturdays), notice)
        self._check(told)
        others = (y for y in self.years if y.year != year)
        return replace(self, years=tuple(sorted((*others, told), key=lambda y: y.year)))

    def with_hours(self, hours: OfficeHours, from_on: date) -> Calendar:
        """This calendar with other office hours from a day onward."""
        before = tuple(term for term in self.hours if term[0] < from_on)
        return replace(self, hours=(*before, (from_on, hours)))

    def _check(self, told: WorkYear) -> None:
        saturdays, off = told.worked_saturdays, told.days_off
        first, last = self.years[0].year - 1, self.years[-1].year + 1
        faults = [
            (not (told.notice or "").strip(), "thiếu tên văn bản", "it names no source"),
            (not first <= told.year <= last, "bỏ cách năm", "a year before it is missing"),
            (any(d.year != told.year for d in off | saturdays), "ngày khác năm", "foreign days"),
            (any(d.weekday() != SATURDAY for d in saturdays), "không phải thứ Bảy", "no Saturday"),
            (bool(off & saturdays), "ngày vừa nghỉ vừa làm", "a day both off and worked"),
        ]
        for wrong, vi, en in faults:
            if wrong:
                raise NoticeRefused(year=told.year, why_vi=vi, why_en=en)

    # -- days ---------------------------------------------------------------------------------

    def year(self, year: int) -> WorkYear:
        """The days off of a year; a year without data is refused (`YearNotLoaded`)."""
        if year not in self._by_year:
            first, last = self.years[0].year, self.years[-1].year
            raise YearNotLoaded(calendar=self.version, first=first, last=last, year=year)
        return self._by_year[year]

    def is_provisional(self, moment: date | datetime) -> bool:
        """Whether the year of that day still waits for its notice."""
        return self.year(day_of(moment).year).provisional

    def is_working_day(self, moment: date | datetime) -> bool:
        """A worked Saturday, or a weekday of the office hours that is not a day off (C6, C11)."""
        day = day_of(moment)
        year = self.year(day.year)
        usual = day.weekday() in self._hours_on(day).weekdays and day not in year.days_off
        return day in year.worked_saturdays or usual

    def next_working_day(self, moment: date | datetime) -> date:
        """The first working day (ngày làm việc) after the day of that moment."""
        return self.working_day_from(day_of(moment) + _DAY)

    def working_day_from(self, day: date) -> date:
        """The day itself when it is worked, else the next working day (C12)."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def working_day_before(self, moment: date | datetime, n: int) -> date:
        """The n-th working day before the day of that moment, which is not counted."""
        day = day_of(moment)
        for _ in range(_whole(n)):
            day -= _DAY
            while not self.is_working_day(day):
                day -= _DAY
        return day

    def working_days_between(self, start: date | datetime, end: date | datetime) -> int:
        """How many working days run from the day after `start` up to and with the day of `end`."""
        day, last, count = day_of(start), day_of(end), 0
        while day < last:
            day += _DAY
            count += self.is_working_day(day)
        return count

    # -- hours --------------------------------------------------------------------------------

    def _hours_on(self, day: date) -> OfficeHours:
        return [hours for begins, hours in self.hours if begins <= day][-1]

    def sessions(self, day: date) -> list[tuple[datetime, datetime]]:
        """The sessions of a day as half-open instants (C1); none on a day off."""
        if not self.is_working_day(day):
            return []
        at = datetime.combine
        pairs = self._hours_on(day).sessions_on(day)
        return [(at(day, start, VIETNAM), at(day, end, VIETNAM)) for start, end in pairs]

    def _sessions_ahead(self, instant: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is left of office time from an instant on, session by session."""
        day = instant.date()
        while True:
            for start, end in self.sessions(day):
                if instant < end:
                    yield max(start, instant), end
            day += _DAY

    def effective_receipt(self, raw: datetime) -> datetime:
        """The legal time of receipt: the entry itself in office hours, else the start of the next
        session (C2, R10.2-2). `raw` is the entry into the receiver's own software (C8)."""
        return next(self._sessions_ahead(in_vietnam(raw)))[0]

    def office_close(self, day: date) -> datetime:
        """The end of office hours on the last working day not before `day`: the stricter SLA."""
        return self.sessions(self.working_day_from(day))[-1][1]

    def add_hours(self, start: datetime, hours: float, rule: str = "C3") -> Deadline:
        """The earliest instant at which so many working hours have run from `start` (C3, C5)."""
        begun, left = in_vietnam(start), _span(hours)
        ahead = self._sessions_ahead(begun)
        opens, closes = next(ahead)
        while closes - opens < left:
            left -= closes - opens
            opens, closes = next(ahead)
        due = opens + left
        return self.deadline(due, due.date(), rule, since=begun)

    # -- deadlines in days, months, years -----------------------------------------------------

    def add_working_days(self, start: date | datetime, n: int, rule: str = "C11") -> Deadline:
        """The end of the n-th working day after the day of `start` (C10, C11, C13)."""
        day = day_of(start)
        for _ in range(_whole(n)):
            day = self.next_working_day(day)
        return self.end_of(self.working_day_from(day), rule, since=start)

    def add_days(self, start: date | datetime, n: int, rule: str = "C12") -> Deadline:
        """The end of the n-th calendar day after, moved to a working day (C10, C12, C13)."""
        try:
            day = day_of(start) + timedelta(days=_whole(n))
        except OverflowError:
            raise SpanRefused(count=n) from None
        return self.end_of(self.working_day_from(day), rule, since=start)

    def add_months(self, start: date | datetime, n: int, rule: str = "C14") -> Deadline:
        """The end of the same date n months on, or of that month's last day (C14, C12)."""
        day = day_of(start)
        month = day.year * 12 + day.month - 1 + _whole(n)
        self.year(month // 12)
        first, after = (date(m // 12, m % 12 + 1, 1) for m in (month, month + 1))
        last = min(first + timedelta(days=day.day - 1), after - _DAY)
        return self.end_of(self.working_day_from(last), rule, since=start)

    def add_years(self, start: date | datetime, n: int, rule: str = "C14") -> Deadline:
        """The end of the same date n years on; 29 February becomes 28 (C14, C12)."""
        return self.add_months(start, 12 * _whole(n), rule)

    def end_of(self, day: date, rule: str, since: date | datetime) -> Deadline:
        """24:00 of a last day (C13)."""
        return self.deadline(midnight(day + _DAY), day, rule, since=since)

    def deadline(
        self, due_at: datetime, last_day: date, rule: str, since: date | datetime
    ) -> Deadline:
        """A due instant with this calendar's version; provisional when any year from `since` is."""
        first = min(day_of(since), last_day).year
        years = range(first, max(day_of(since), last_day).year + 1)
        provisional = any(self.year(year).provisional for year in years)
        return Deadline(due_at, last_day, rule, self.version, provisional)


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(day.isoformat() for day in value)
    return str(value)


def _span(hours: float) -> timedelta:
    try:
        span = timedelta(hours=hours)
    except (OverflowError, ValueError):
        raise SpanRefused(count=hours) from None
    if span < timedelta():
        raise SpanRefused(count=hours)
    return span


def _whole(n: int) -> int:
    if isinstance(n, bool) or not isinstance(n, int) or n < 0:
        raise SpanRefused(count=n)
    return n
