"""Vietnamese letters and those that pretend to be (R4.2): look-alikes, TCVN3 and VNI, directions.

TCVN3 and VNI put Vietnamese letters on the places of Western ones, so that a text read as Unicode
shows signs and capitals in the middle of words (`Céng hßa`, `Coäng hoøa`).
"""

from __future__ import annotations

import re
from typing import Final

LOOKALIKES: Final[dict[str, str]] = {
    **dict(zip("ÐƉðɖ", "ĐĐđđ", strict=True)),
    **dict(zip("АВЕЅІЈКМНОРСТУХ", "ABESIJKMHOPCTYX", strict=True)),
    **dict(zip("аеѕіјорсух", "aesijopcyx", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    **dict(zip("οιν", "oiv", strict=True)),
}
DIRECTIONS: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_WORD = re.compile(r"[^\s\d_.,;:()\[\]/\\\"'!?-]+")
_TCVN3 = re.compile(
    "[a-z][¨ª«¬\u00adµ¶·¸¹»¼½¾Æ-ß]|[¨©«¬\u00ad®µ¶·¸¹»¼½¾×÷][a-zÆ-ÿ]|[¡¢£¤¥¦§][a-zà-þ]"
)
_VNI = re.compile(r"[aeouyAEOUY][øûïåäüëØÛÏÅÄÜË]|[ñÑ][aeouyAEOUYöôÖÔ]")
_LEGACY_FONT = re.compile(r"^(?:\.Vn[A-Z]\w*|VNI[- ]\w+|VNtimes\w*)", re.IGNORECASE)


def lookalikes(text: str) -> dict[str, str]:
    """Letters that pretend to be others, with those they are taken for.

    Ð and Ɖ always do (Đ is U+0110); Cyrillic and Greek ones where the word has Latin letters too.
    """
    told: dict[str, str] = {}
    for word in _WORD.findall(text):
        mixed = bool(_LATIN.search(word))
        told |= {c: LOOKALIKES[c] for c in word if c in LOOKALIKES and (mixed or c in "ÐƉðɖ")}
    return told


def proposed(text: str) -> str:
    """The text with every look-alike replaced by the letter it is taken for."""
    letters = lookalikes(text)
    return "".join(letters.get(letter, letter) for letter in text)


def legacy_encoding(text: str, least: int = 3) -> str:
    """`TCVN3` or `VNI` when at least so many words, and most accented ones, are typed in it."""
    accented = {word for word in _WORD.findall(text) if not word.isascii()}
    for encoding, pattern in (("TCVN3", _TCVN3), ("VNI", _VNI)):
        strange = [word for word in accented if pattern.search(word)]
        if len(strange) >= least and 2 * len(strange) >= len(accented):
            return encoding
    return ""


def is_legacy_font(name: str) -> bool:
    """Whether a font shows TCVN3 (`.VnTime`) or VNI (`VNI-Times`) letters."""
    return bool(_LEGACY_FONT.match(name.strip()))
