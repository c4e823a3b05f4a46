"""A secrecy mark in the content (dấu độ mật, R1.2): then nothing of the file is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import islice

FIRST_LINES = 40
_MARK = re.compile(r"^(?:ĐỘ MẬT\s*:\s*)?(TUYỆT MẬT|TỐI MẬT|MẬT)[.!]?$")


def secret_mark(lines: Iterable[str]) -> str:
    """The level that stands alone on one of the first lines, in capitals; empty when none does.

    Where two levels stand, the text speaks of levels and bears no mark.
    """
    marks = set()
    for line in islice((text for text in lines if text.strip()), FIRST_LINES):
        composed = unicodedata.normalize("NFC", " ".join(line.split()))
        if mark := _MARK.match(composed):
            marks.add(mark.group(1))
    return marks.pop() if len(marks) == 1 else ""
