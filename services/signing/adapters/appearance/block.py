"""The words at the top right of page 1, where a signature shows no picture (regulation 4.3).

Times New Roman's metrics, upright, 10 pt, black; at most 60 mm wide, so that the words stay beside
the head of the page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from services.signing.adapters import refusals
from services.signing.adapters.appearance.typeface import typeface
from services.signing.adapters.pdf.objects import dictionary, form
from services.signing.adapters.pdf.pages import POINTS_PER_MM, Matrix

SIZE: Final = 10.0
LEADING: Final = 11.5
WIDEST: Final = 60 * POINTS_PER_MM
HIGHEST: Final = 20 * POINTS_PER_MM
_FACE, _FONT = "Regular", "VnB"
_DESCENT: Final = 0.22


@dataclass(frozen=True)
class Block:
    """The lines of a block, without the spaces between them, and its sides in points."""

    lines: tuple[str, ...]

    @property
    def width(self) -> float:
        """The longest line."""
        return max(map(_across, self.lines))

    @property
    def height(self) -> float:
        """All lines, from the marks over the first to the tails under the last."""
        return LEADING * len(self.lines)

    def appearance(self, writer: Any, upright: Matrix | None = None) -> Any:
        """Write the words with their typeface; the reference of their appearance."""
        resources = dictionary(Font=dictionary(**{_FONT: typeface(_FACE).embed(writer)}))
        drawn = form(self._content(), self.width, self.height, upright, resources)
        return writer.add_object(drawn)

    def _content(self) -> bytes:
        baseline = self.height - LEADING + _DESCENT * SIZE
        shown = (f"<{line.encode('utf-16-be').hex().upper()}> Tj" for line in self.lines)
        lines = f" 0 -{LEADING} Td ".join(shown)
        return f"q BT /{_FONT} {SIZE} Tf 0 g 0 {baseline:.2f} Td {lines} ET Q".encode()


def block_of(text: str) -> Block:
    """Break a text into lines after its semicolons, and within them where one is too long.

    Refuses letters that the typeface has not, and a text that needs more than 20 mm of height.
    """
    block = Block(tuple(_lines(re.split(r"(?<=;) ", text))))
    if block.height > HIGHEST or block.width > WIDEST:
        raise refusals.TextTooWide(field="block", text=text)
    return block


def _lines(parts: list[str]) -> Iterator[str]:
    """As many parts on a line as fit; a part too long for one is broken between its words."""
    line = ""
    for part in parts:
        if line and _across(f"{line} {part}") <= WIDEST:
            line = f"{line} {part}"
            continue
        if line:
            yield line
        *full, line = _broken(part)
        yield from full
    yield line


def _broken(part: str) -> list[str]:
    lines = [""]
    for word in part.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _across(longer) > WIDEST:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _across(line: str) -> float:
    return typeface(_FACE).width(line) * SIZE / 1000
