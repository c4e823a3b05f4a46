"""How a check says what it found, without ever repeating a sender's letters raw."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from contracts.gate import Datum, GateCode, GateFinding

LONGEST = 120


class Unfit(Exception):
    """The file cannot be read further: the finding says why. Ends the check of the file."""

    def __init__(self, code: GateCode, where: str = "", **data: Datum) -> None:
        self.finding = found(code, where, **data)
        super().__init__(code)


def found(code: GateCode, where: str = "", **data: Datum) -> GateFinding:
    """A finding whose words are safe to print."""
    safe = {key: shown(value) if isinstance(value, str) else value for key, value in data.items()}
    return GateFinding(code, shown(where), safe)


def placed(where: str, findings: Iterator[GateFinding]) -> Iterator[GateFinding]:
    """Findings of something inside, with the place it has in its document."""
    try:
        for finding in findings:
            yield _within(where, finding)
    except Unfit as unfit:
        yield _within(where, unfit.finding)


def _within(where: str, finding: GateFinding) -> GateFinding:
    place = f"{where} > {finding.where}" if finding.where else where
    return found(finding.code, place, **finding.data)


def damaged(content: str, why: str, where: str = "") -> Unfit:
    """The refusal of what cannot be read; `why` is a technical word, the same in both tongues."""
    return Unfit(GateCode.DAMAGED, where, content=content, why=why)


def shown(text: str, most: int = LONGEST) -> str:
    """Text of unknown origin for a screen: precomposed, what cannot be seen is spelt `<U+202E>`."""
    composed = unicodedata.normalize("NFC", text)
    told = "".join(c if is_visible(c) else f"<U+{ord(c):04X}>" for c in composed[:most])
    return told if len(composed) <= most else told + "…"


def is_visible(character: str) -> bool:
    """Whether a character stands for itself on a screen and moves nothing around it."""
    if character == " ":
        return True
    return unicodedata.category(character)[0] in "LMNPS" and not is_blank(character)


def is_blank(character: str) -> bool:
    """Whether a letter, by its category, is empty on the screen all the same."""
    return character in BLANK or "\ufe00" <= character <= "\ufe0f" or character > "\U000e0000"


BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def spelt(characters: Iterable[str]) -> str:
    """Characters by their numbers, each once: `U+202E U+200B`."""
    return " ".join(f"U+{ord(character):04X}" for character in dict.fromkeys(characters))
