"""Days off (ngày nghỉ lễ, tết) and worked Saturdays, year by year (BLLD-112).

2020 to 2026 are as announced. 2027 to 2030 are computed from the lunar anchors by the rule that
yields the announced years 2021 to 2026 too, swaps aside; they are provisional until the yearly
notice is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


@dataclass(frozen=True)
class WorkYear:
    """What one year adds to the week: days off, Saturdays worked in exchange (hoán đổi, C6).

    `notice` names the announcement these days come from; without one the year is provisional.
    """

    year: int
    days_off: frozenset[date]
    worked_saturdays: frozenset[date] = frozenset()
    notice: str | None = None

    @property
    def provisional(self) -> bool:
        """Computed, not announced: its deadlines may still move."""
        return self.notice is None


def computed_year(year: int, tet: date, hung_kings: date) -> WorkYear:
    """The provisional days off from day one of Tết and Hùng Kings' day (giỗ Tổ Hùng Vương)."""
    made_up = {date(year, 1, 1), hung_kings, date(year, 4, 30), date(year, 5, 1)}
    made_up |= _tet_block(tet) | _national_days(year)
    off = _weekdays_off(made_up)
    culture_day = date(year, 11, 24)
    if year >= 2026 and culture_day.weekday() < SATURDAY:
        off.add(culture_day)
    return WorkYear(year, frozenset(off))


def _tet_block(tet: date) -> set[date]:
    """Five days, the third of them day one of the lunar year."""
    return {tet + timedelta(days=n) for n in range(-2, 3)}


def _national_days(year: int) -> set[date]:
    """2 September and the neighbour that lengthens a weekend."""
    day = date(year, 9, 2)
    after = day.weekday() in (MONDAY, THURSDAY, SUNDAY)
    return {day, day + timedelta(days=1 if after else -1)}


def _weekdays_off(holidays: set[date]) -> set[date]:
    """Weekdays off, each holiday on a weekend made up on the next working day (Điều 111.3)."""
    off = {day for day in holidays if day.weekday() < SATURDAY}
    for day in sorted(holidays - off):
        while day.weekday() >= SATURDAY or day in off:
            day += timedelta(days=1)
        off.add(day)
    return off


def _days(year: int, text: str) -> Iterable[date]:
    """`24-27/1 2/9`: days and runs of days of one month, written day/month."""
    for part in text.split():
        days, month = part.split("/")
        first, _, last = days.partition("-")
        for day in range(int(first), int(last or first) + 1):
            yield date(year, int(month), day)


def _announced(year: int, days_off: str, worked_saturdays: str = "") -> WorkYear:
    return WorkYear(
        year,
        frozenset(_days(year, days_off)),
        frozenset(_days(year, worked_saturdays)),
        notice=f"thông báo nghỉ lễ, tết {year}",
    )


YEARS: tuple[WorkYear, ...] = (
    _announced(2020, "1/1 23-24/1 27-29/1 2/4 30/4 1/5 2/9"),
    _announced(2021, "1/1 10-12/2 15-16/2 21/4 30/4 3/5 2-3/9"),
    _announced(2022, "3/1 31/1 1-4/2 11/4 2-3/5 1-2/9"),
    _announced(2023, "2/1 20/1 23-26/1 1-3/5 1/9 4/9"),
    _announced(2024, "1/1 8-9/2 12-14/2 18/4 29-30/4 1/5 2-3/9", "4/5"),
    _announced(2025, "1/1 27-31/1 7/4 30/4 1-2/5 1-2/9", "26/4"),
    _announced(2026, "1-2/1 16-20/2 27/4 30/4 1/5 31/8 1-2/9 24/11", "10/1 22/8"),
    computed_year(2027, tet=date(2027, 2, 6), hung_kings=date(2027, 4, 16)),
    computed_year(2028, tet=date(2028, 1, 26), hung_kings=date(2028, 4, 4)),
    computed_year(2029, tet=date(2029, 2, 13), hung_kings=date(2029, 4, 23)),
    computed_year(2030, tet=date(2030, 2, 2), hung_kings=date(2030, 4, 12)),
)
"""Every year the platform ships with, in order."""
