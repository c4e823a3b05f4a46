"""Marks of state secrets in the words of a message (dấu hiệu độ mật, R1.2), recognised to keep out.

Ordinary words hold the same syllable (bảo mật, mật độ): free text counts only where a mark stands
alone, in brackets or behind its label.
"""

from __future__ import annotations

import re

from contracts.values import Secrecy

_LEVEL = r"(?P<level>tuyệt\s+mật|tối\s+mật|mật)"
_NONE = {"", "0", "none", "false", "không", "không mật", "thường", "bình thường", "normal"}
_NUMBERS = {"1": Secrecy.SECRET, "2": Secrecy.TOP_SECRET, "3": Secrecy.UTMOST_SECRET}
_SHORT = re.compile(
    rf"(?<!bảo\s)(?<!không\s)(?<!giải\s)(?<!độ\s)(?<!\w){_LEVEL}(?!\w)(?!\s+(?:độ|khẩu|mã|thư)\b)"
)
_FREE = re.compile(
    rf"độ\s+mật\s*:?\s*{_LEVEL}(?!\w)"
    rf"|[\[(【«]\s*{_LEVEL.replace('level', 'held')}\s*[\])】»]"
    rf"|^\s*{_LEVEL.replace('level', 'first')}\s*(?:[-–—:.,;]|v/v|$)"
)
_RANK = list(Secrecy)


def declared(text: str) -> Secrecy:
    """The level in a field that is there for it; what is not understood counts as secret."""
    told = text.strip().casefold()
    if told in _NONE:
        return Secrecy.NONE
    return _NUMBERS.get(told) or in_short(told) or Secrecy.SECRET


def in_short(text: str) -> Secrecy | None:
    """The level marked in a short field: a scope of circulation, a kind, a name."""
    found = _SHORT.search(text.casefold())
    return _level(found["level"]) if found else None


def in_free(text: str) -> Secrecy | None:
    """The level marked in free text: standing first or alone, in brackets, behind its label."""
    found = _FREE.search(text.casefold())
    return _level(found["level"] or found["held"] or found["first"]) if found else None


def highest(*levels: Secrecy | None) -> Secrecy:
    """The highest of these."""
    return max((level for level in levels if level), key=_RANK.index, default=Secrecy.NONE)


def _level(words: str) -> Secrecy:
    told = " ".join(words.split())
    return next(s for s in Secrecy if s.vi.casefold() == told)
