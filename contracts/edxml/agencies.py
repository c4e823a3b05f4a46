"""Agency codes as they are met (mã định danh cơ quan, R7.2a): every form is kept, odd ones told."""

from __future__ import annotations

import re

from contracts.edxml.cautions import CautionCode, Notes
from contracts.edxml.words import Party

MOST_SEGMENTS = 4
_KNOWN = re.compile(
    r"(?:\d{2,3}\.){1,3}[A-Z]\d{2}"  # QCVN 102, lowest level first, some levels left out
    r"|[A-Y]\d{2}(?:\.[A-Z0-9]{1,10})*"  # QĐ 20/2020, highest level first
    r"|\d{10,14}"  # an enterprise by its registration number
    r"|Z\d{2}[A-Z0-9]{0,32}",  # other organisations
    re.ASCII,
)


def is_usual(code: str) -> bool:
    """Whether a code has one of the forms that are published."""
    return bool(_KNOWN.fullmatch(code)) and code.count(".") < MOST_SEGMENTS


def is_usable(code: str) -> bool:
    """Whether peers can take the code at all: no blanks, at most four segments, none empty."""
    segments = code.split(".")
    return bool(re.fullmatch(r"[^\s,;/\\]+", code)) and all(segments) and len(segments) <= 4


def tell_codes(parties: list[Party], notes: Notes) -> None:
    """Notice codes of unusual form and recipients named twice; the first party is the sender."""
    for number, party in enumerate(parties):
        where = f"MessageHeader/To[{number}]" if number else "MessageHeader/From"
        if party.code and not is_usual(party.code):
            notes.caution(CautionCode.AGENCY_CODE_UNUSUAL, where, party.code)
    met: set[str] = set()
    for number, party in enumerate(parties[1:], 1):
        if party.code in met:
            notes.caution(CautionCode.RECIPIENT_REPEATED, f"MessageHeader/To[{number}]", party.code)
        met.add(party.code)
