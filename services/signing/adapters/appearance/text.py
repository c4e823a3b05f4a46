"""The number and the day as they are printed on the page: which words, which bytes.

The bytes follow from the text, the field and its box alone. Verification makes them again and
compares, so a filled field shows exactly its value and nothing else.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from services.signing.adapters import refusals
from services.signing.adapters.appearance.typeface import Typeface, typeface
from services.signing.adapters.pdf.objects import Stream, dictionary, form
from services.signing.adapters.pdf.pages import Matrix

SMALLEST = 9.0


@dataclass(frozen=True)
class TextField:
    """A field the clerk's seal fills: its name, and the face and size (points) of its line."""

    name: str
    font: str
    face: str
    size: float = 13.0

    def content(self, text: str, width: float, height: float) -> bytes:
        """What draws ``text`` in a box of these points: black, from the left, one line."""
        across = typeface(self.face).width(text) / 1000
        size = min(self.size, width / across) if across else self.size
        if size < SMALLEST:
            raise refusals.TextTooWide(field=self.name, text=text)
        baseline = (height - size) / 2 + 0.195 * size
        letters = text.encode("utf-16-be").hex().upper()
        line = f"BT /{self.font} {size:.2f} Tf 0 g 1 0 0 1 0 {baseline:.2f} Tm <{letters}> Tj ET"
        return f"/Tx BMC q {line} Q EMC".encode()

    def appearance(
        self, text: str, width: float, height: float, font: Any, upright: Matrix | None = None
    ) -> Stream:
        """The appearance of the filled field; ``font`` is the reference prepared beforehand."""
        resources = dictionary(Font=dictionary(**{self.font: font}))
        return form(self.content(text, width, height), width, height, upright, resources)


@dataclass(frozen=True)
class _TextFields:
    number: TextField
    date: TextField

    def faces(self) -> dict[str, Typeface]:
        """Resource name → typeface, of both fields."""
        return {field.font: typeface(field.face) for field in (self.number, self.date)}

    def by_name(self) -> dict[str, TextField]:
        """Field name → field."""
        return {field.name: field for field in (self.number, self.date)}


TEXT_FIELDS: Final = _TextFields(
    number=TextField("vanban_number", "VnR", "Regular"),
    date=TextField("vanban_date", "VnI", "Italic"),
)


def day_in_words(day: date) -> str:
    """``ngày 05 tháng 02 năm 2026``: days below 10 and months 1 and 2 with a leading 0 (N30)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
