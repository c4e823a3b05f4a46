"""What a reason is: a sentence in each language over the data that came with the code."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """One reason in Vietnamese and in English; `{name}` stands for a datum of the finding."""

    vi: str
    en: str
