"""Office hours (giờ hành chính): the sessions of a working day, by profile and season."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from .refusals import ProfileUnknown

Session = tuple[time, time]
"""A half-open stretch of office time: the start is inside, the end is outside (C1)."""


@dataclass(frozen=True)
class Season:
    """Sessions that hold from a day of the year, `(month, day)`, until the next season begins."""

    begins: tuple[int, int]
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class OfficeHours:
    """One profile: its seasons in order of the year and its working weekdays (Monday is 0)."""

    code: str
    seasons: tuple[Season, ...]
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)

    def sessions_on(self, day: date) -> tuple[Session, ...]:
        """The sessions of a working day; days before the first season belong to the last one."""
        begun = [s for s in self.seasons if s.begins <= (day.month, day.day)]
        return (begun or self.seasons)[-1].sessions


def _sessions(text: str) -> tuple[Session, ...]:
    pairs = (session.split("-") for session in text.split())
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in pairs)


def _all_year(code: str, sessions: str) -> OfficeHours:
    return OfficeHours(code, (Season((1, 1), _sessions(sessions)),))


_SUMMER = "07:00-11:30 13:30-17:00"
_WINTER = "07:30-12:00 13:30-17:00"

PROFILES: dict[str, OfficeHours] = {
    hours.code: hours
    for hours in (
        _all_year("A", "07:00-11:30 13:30-17:00"),
        _all_year("B", "07:30-11:30 13:30-17:30"),
        OfficeHours(
            "N", (Season((4, 16), _sessions(_SUMMER)), Season((10, 16), _sessions(_WINTER)))
        ),
        _all_year("N-summer", _SUMMER),
        _all_year("N-winter", _WINTER),
        _all_year("PY", "07:30-12:00 13:30-17:00"),
    )
}
"""The known profiles: A the province's default, B generic, N with two seasons, PY Phú Yên."""


def profile(code: str) -> OfficeHours:
    """The office hours of that name; an unknown name is refused (`ProfileUnknown`)."""
    try:
        return PROFILES[code]
    except KeyError:
        raise ProfileUnknown(profile=code, known=", ".join(PROFILES)) from None
