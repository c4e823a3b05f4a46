# mypy: allow-untyped-calls
"""What a page shows at a place, drawn as a reader draws it: pictures, lines, filled fields."""

from collections.abc import Iterable
from functools import reduce
from typing import Any, Final

from PIL import Image, ImageChops

from services.signing.adapters.pdf.pages import Box

STANDS_OUT: Final = 40
"""Difference, of 255, to the commonest shade there, in red, green or blue: more than the noise of a
scan, less than pale letters have."""

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
    image = drawn.render(scale=scale).to_pil().convert("RGB")
    ground = _ground(image)
    for x0, y0, x1, y1 in spared:
        edges = (x0 - left, above - y1, x1 - left, above - y0)
        west, north, east, south = (int(edge * scale) for edge in edges)
        image.paste(ground, (west - 1, north - 1, east + 1, south + 1))
    return _standing_out(image, ground) >= LEAST


def _ground(image: Image.Image) -> tuple[int, ...]:
    """The commonest shade of each colour."""
    shades = (band.histogram() for band in image.split())
    return tuple(counted.index(max(counted)) for counted in shades)


def _standing_out(image: Image.Image, ground: tuple[int, ...]) -> int:
    """How many pixels do, in one colour or more."""
    apart = ImageChops.difference(image, Image.new("RGB", image.size, ground))
    furthest = reduce(ImageChops.lighter, apart.split())
    return sum(furthest.histogram()[STANDS_OUT + 1 :])
