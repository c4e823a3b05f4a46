"""One time zone: an instant of any offset is answered in +07:00 (C9, R10.3-1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from .refusals import InstantOutOfReach, InstantWithoutOffset

VIETNAM = timezone(timedelta(hours=7))
"""Vietnamese time (giờ Việt Nam): fixed, without summer time."""


def in_vietnam(instant: datetime) -> datetime:
    """The same moment written with +07:00. A naive datetime is refused (`InstantWithoutOffset`)."""
    if instant.utcoffset() is None:
        raise InstantWithoutOffset(instant=instant.isoformat())
    try:
        return instant.astimezone(VIETNAM)
    except OverflowError:
        raise InstantOutOfReach(instant=instant.isoformat()) from None


def day_of(moment: date | datetime) -> date:
    """The Vietnamese calendar day of an instant; a plain date is itself."""
    return in_vietnam(moment).date() if isinstance(moment, datetime) else moment


def midnight(day: date) -> datetime:
    """00:00 of the day, +07:00."""
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
