"""The words of a text block: an agency's format filled in (mẫu thông tin chữ ký số)."""

from __future__ import annotations

import re
from datetime import datetime

from contracts.signing.blocks import BlockFormat, BlockFormatIncomplete, BlockKind
from contracts.working_time import VIETNAM

WORDS: dict[str, set[str]] = {
    BlockKind.ATTACHMENT: {"number", "time"},
    BlockKind.COPY: {"form", "agency", "time"},
    BlockKind.DIGITISED: {"agency", "time"},
}
"""What each kind of block must show."""
DIGITS = {"dd": "%d", "MM": "%m", "yyyy": "%Y", "HH": "%H", "mm": "%M", "ss": "%S"}
_DIGITS = re.compile("|".join(DIGITS))
ZONE = "+07:00"


def check_format(wording: BlockFormat) -> None:
    """Refuses a format that does not show each of its words once, and no other."""
    for kind, wanted in WORDS.items():
        _check(kind, re.findall(r"\{(\w*)\}", getattr(wording, kind)), wanted)
    _check("time", _DIGITS.findall(wording.time), set(DIGITS))


def _check(field: str, found: list[str], wanted: set[str]) -> None:
    wrong = {word for word in wanted | set(found) if found.count(word) != (word in wanted)}
    if wrong:
        raise BlockFormatIncomplete(field=field, words=", ".join(sorted(wrong)))


def worded(wording: BlockFormat, kind: BlockKind, at: datetime, **words: str) -> str:
    """The block of this kind for a signature made at ``at``; `words` are all but the time."""
    pattern = _DIGITS.sub(lambda found: DIGITS[found[0]], wording.time.replace("%", "%%"))
    time = f"{at.astimezone(VIETNAM):{pattern}} {ZONE}"
    filled = words | {"time": time}
    return re.sub(r"\{(\w+)\}", lambda found: filled[found[1]], getattr(wording, kind))
