"""Why verification says what it says: a sentence for every reason code (lý do, theo mã).

Codes are stable and stand in reports, events and summaries; a code that is no longer given keeps
its sentence, because old reports tell it. What is wrong with a certificate of a time stamp has the
certificate's code after `TIMESTAMP_`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from string import Formatter
from typing import Final

from contracts.signing.reasons.certificates import CERTIFICATE, TIME
from contracts.signing.reasons.fetching import FETCHING
from contracts.signing.reasons.signature import CHANGES, SIGNATURE
from contracts.signing.reasons.structure import ACTIVE, COVERAGE, FILE
from contracts.signing.reasons.words import Words
from contracts.working_time import in_vietnam

_JUDGED = FILE | ACTIVE | COVERAGE | SIGNATURE | CHANGES | CERTIFICATE | TIME
REASONS: Final[Mapping[str, Words]] = _JUDGED | FETCHING
STAMPED: Final = "TIMESTAMP_"
OF_A_STAMP: Final = Words("Dấu thời gian: ", "Time stamp: ")

Datum = str | int | float


def words_of(code: str) -> Words | None:
    """The sentences of a code; nothing for a code nobody knows."""
    told = REASONS.get(code) or REASONS.get(code.removeprefix(STAMPED))
    if told is None or code in REASONS:
        return told
    return Words(OF_A_STAMP.vi + told.vi, OF_A_STAMP.en + told.en)


def sentence(code: str, data: Mapping[str, Datum], language: str = "vi") -> str:
    """The sentence for a person, in `vi` or `en`; data that it does not name follow in brackets.

    Instants are told at +07:00. Of a code nobody knows, the code itself is told.
    """
    told = words_of(code) or Words(f"Lý do có mã {code}.", f"The reason has the code {code}.")
    template = told.en if language == "en" else told.vi
    named = {name for _, name, _, _ in Formatter().parse(template) if name}
    shown = {name: _shown(datum) for name, datum in data.items()}
    text = template.format_map(dict.fromkeys(named, "?") | shown)
    rest = ", ".join(f"{name} = {shown[name]}" for name in sorted(shown.keys() - named))
    return f"{text} [{rest}]" if rest else text


def _shown(datum: Datum) -> str:
    try:
        return in_vietnam(datetime.fromisoformat(str(datum))).isoformat()
    except ValueError:
        return str(datum)
