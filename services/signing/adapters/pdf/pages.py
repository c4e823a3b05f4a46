"""A page as its reader sees it: cropped, turned and enlarged, against the file's own coordinates.

Places are given and answered in points on the page that is seen, from its lower left corner; what
is drawn in a place stands upright there, whichever way the page was turned.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from services.signing.adapters.pdf.objects import entry

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

POINTS_PER_MM: Final = 72 / 25.4
_DEEPEST: Final = 64


@dataclass(frozen=True)
class Page:
    """``crop`` is the visible part in the file's units, ``turn`` degrees clockwise, ``unit`` the
    size of one of the file's units in points."""

    crop: Box
    turn: int = 0
    unit: float = 1.0

    @property
    def width(self) -> float:
        """Points from left to right, as seen."""
        return self._sides()[self.turn % 180 == 90]

    @property
    def height(self) -> float:
        """Points from bottom to top, as seen."""
        return self._sides()[self.turn % 180 == 0]

    def holds(self, box: Box) -> bool:
        """Whether a box has an inside and all of it is seen."""
        x0, y0, x1, y1 = box
        return 0 <= x0 < x1 <= self.width and 0 <= y0 < y1 <= self.height

    def rectangle(self, box: Box) -> Box:
        """Where a box that is seen stands in the file's units."""
        x0, y0, x1, y1 = (edge / self.unit for edge in box)
        wide, high = self._units()
        left, below = self.crop[:2]
        turned = {
            0: (x0, y0, x1, y1),
            90: (wide - y1, x0, wide - y0, x1),
            180: (wide - x1, high - y1, wide - x0, high - y0),
            270: (y0, high - x1, y1, high - x0),
        }[self.turn]
        return turned[0] + left, turned[1] + below, turned[2] + left, turned[3] + below

    def box(self, rectangle: Box) -> Box:
        """Where a rectangle of the file is seen: ``rectangle`` backwards."""
        left, below = self.crop[:2]
        x0, y0, x1, y1 = rectangle
        x0, y0, x1, y1 = x0 - left, y0 - below, x1 - left, y1 - below
        wide, high = self._units()
        seen = {
            0: (x0, y0, x1, y1),
            90: (y0, wide - x1, y1, wide - x0),
            180: (wide - x1, high - y1, wide - x0, high - y0),
            270: (high - y1, x0, high - y0, x1),
        }[self.turn]
        return seen[0] * self.unit, seen[1] * self.unit, seen[2] * self.unit, seen[3] * self.unit

    def upright(self, width: float, height: float) -> Matrix | None:
        """What turns a drawing of these sides so that it is seen upright; nothing to turn: None."""
        turns: dict[int, Matrix] = {
            90: (0, 1, -1, 0, height, 0),
            180: (-1, 0, 0, -1, width, height),
            270: (0, -1, 1, 0, 0, width),
        }
        return turns.get(self.turn)

    def _units(self) -> tuple[float, float]:
        left, below, right, above = self.crop
        return right - left, above - below

    def _sides(self) -> tuple[float, float]:
        wide, high = self._units()
        return wide * self.unit, high * self.unit


def page_of(node: Any) -> Page:
    """How a page is seen; box and turn may stand at the page or above it in the tree."""
    media = _box(_inherited(node, "/MediaBox"))
    crop = _box(_inherited(node, "/CropBox") or media)
    low = (max(media[0], crop[0]), max(media[1], crop[1]))
    high = (min(media[2], crop[2]), min(media[3], crop[3]))
    seen = (*low, *high) if low[0] < high[0] and low[1] < high[1] else media
    turn = int(_inherited(node, "/Rotate") or 0) % 360
    return Page(seen, turn - turn % 90, float(entry(node, "/UserUnit", 1)))


def page_nodes(handler: Any) -> Iterator[Any]:
    """Every page of a document in order, as the file's dictionaries."""
    waiting = [handler.root["/Pages"]]
    seen: dict[int, Any] = {}
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            raise RecursionError("the tree of pages turns in a circle")
        seen[id(node)] = node
        if "/Kids" in node:
            waiting.extend(kid.get_object() for kid in reversed(node["/Kids"]))
        else:
            yield node


def size_seen(widget: Any) -> tuple[float, float]:
    """Width and height in points of a field, as its reader sees it."""
    x0, y0, x1, y1 = page_of(widget["/P"]).box(rectangle_of(widget))
    return x1 - x0, y1 - y0


def rectangle_of(widget: Any) -> Box:
    """The field's rectangle in the file's units."""
    return _box(widget["/Rect"])


def _box(edges: Any) -> Box:
    x0, y0, x1, y1 = (float(edges[place]) for place in range(4))
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _inherited(node: Any, key: str) -> Any:
    for _ in range(_DEEPEST):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            break
        node = node["/Parent"]
    return None
