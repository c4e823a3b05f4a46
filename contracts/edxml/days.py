"""Days and instants as they are met: three forms on the way in, one on the way out."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from contracts.working_time import VIETNAM, in_vietnam

FORMS = "yyyy/MM/dd, dd/MM/yyyy, yyyy-MM-dd"
_DAY = (
    r"(?:(?P<y>\d{4})(?P<s>[/-])(?P<m>\d\d)(?P=s)(?P<d>\d\d)|(?P<D>\d\d)/(?P<M>\d\d)/(?P<Y>\d{4}))"
)
_MOMENT = re.compile(_DAY + r"(?:[T ]+(?P<time>\d\d:\d\d.*))?", re.ASCII)


def day_told(text: str) -> date:
    """The day a text means, in one of the three forms; a time behind it is passed over.

    Raises `ValueError` for any other form and for days that do not exist.
    """
    return _parted(text)[0]


def instant_told(text: str) -> datetime:
    """The instant a text means; without an offset it is Vietnamese time. Raises `ValueError`."""
    day, rest = _parted(text)
    at = datetime.combine(day, time.fromisoformat(rest or "00:00"))
    return in_vietnam(at if at.tzinfo else at.replace(tzinfo=VIETNAM))


def _parted(text: str) -> tuple[date, str | None]:
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is none of {FORMS}")
    year, month, day = (found[a] or found[b] for a, b in ("yY", "mM", "dD"))
    return date(int(year), int(month), int(day)), found["time"]


def day_written(day: date) -> str:
    """yyyy/MM/dd."""
    return day.isoformat().replace("-", "/")


def instant_written(at: datetime) -> str:
    """yyyy/MM/dd HH:mm:ss, Vietnamese time."""
    local = in_vietnam(at)
    return f"{day_written(local.date())} {local.time().isoformat('seconds')}"
