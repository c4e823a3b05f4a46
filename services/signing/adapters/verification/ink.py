# mypy: allow-untyped-calls
"""What a page shows at a place, drawn as a reader draws it: pictures, lines, filled fields."""

from collections.abc import Iterable
from typing import Any, Final

from services.signing.adapters.pdf.pages import Box

STANDS_OUT: Final = 64
"""Difference of grey, of 255, to the commonest grey there: more than the noise of a scan."""

LEAST: Final = 8
"""Pixels: a full stop has that many, a speck of dust fewer."""

_SCALE: Final = 2.0
_MOST: Final = 2_000_000.0


def shows(document: Any, page: int, place: Box, spared: Iterable[Box]) -> bool:
    """Whether anything stands out from its ground at this place, but for what is spared."""
    left, below, right, above = place
    drawn = document[page]
    drawn.set_rotation(0)
    drawn.set_mediabox(*place)
    drawn.set_cropbox(*place)
    scale = min(_SCALE, (_MOST / ((right - left) * (above - below))) ** 0.5)
    image = drawn.render(scale=scale, grayscale=True).to_pil().convert("L")
    shades: list[int] = image.histogram()
    ground = shades.index(max(shades))
    for x0, y0, x1, y1 in spared:
        edges = (x0 - left, above - y1, x1 - left, above - y0)
        west, north, east, south = (int(edge * scale) for edge in edges)
        image.paste(ground, (west - 1, north - 1, east + 1, south + 1))
    shades = image.histogram()
    return sum(shades[shade] for shade in _far_from(ground)) >= LEAST


def _far_from(ground: int) -> list[int]:
    return [shade for shade in range(256) if abs(shade - ground) > STANDS_OUT]
