"""TIFF, the scanner's picture of many pages: its directories walked, none believed."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from contracts.gate import GateCode
from services.intake.adapters.findings import Unfit, damaged
from services.intake.adapters.policy import ImageLimits

_WIDTHS: Final = dict(enumerate((1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 1, 1, 8, 8, 8), 1))
_FORMS: Final = {1: "B", 3: "H", 4: "I", 16: "Q", 13: "I", 18: "Q"}
_WIDTH, _HEIGHT, _BITS, _PACKING, _STRIPS, _STRIP_BYTES = 256, 257, 258, 259, 273, 279
_SAMPLES, _TILES, _TILE_BYTES = 277, 324, 325
_MOST_TAGS = 4096
Tags = dict[int, tuple[int, ...]]


class Pages:
    """A reader of the directories of one file: byte order, width of places, those seen before."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.order = "<" if content[:2] == b"II" else ">"
        self.big = content[2:4] in (b"+\0", b"\0+")
        self.seen: set[int] = set()

    def number(self, at: int, form: str) -> int:
        """One number at a place of the file."""
        try:
            return int(struct.unpack_from(self.order + form, self.content, at)[0])
        except struct.error:
            raise damaged("TIFF", "cut short") from None

    def __iter__(self) -> Iterator[Tags]:
        at = self.number(8, "Q") if self.big else self.number(4, "I")
        while at:
            if at in self.seen:
                raise Unfit(GateCode.DAMAGED, content="TIFF", why="loop of pages")
            self.seen.add(at)
            tags, at = self._directory(at)
            yield tags

    def _directory(self, at: int) -> tuple[Tags, int]:
        """The tags we need of one directory, and where the next one is."""
        count = self.number(at, "Q" if self.big else "H")
        if not 0 < count <= _MOST_TAGS:
            raise damaged("TIFF", f"{count} tags")
        at += 8 if self.big else 2
        step = 20 if self.big else 12
        tags: Tags = {}
        for place in range(at, at + count * step, step):
            tag, kind = self.number(place, "H"), self.number(place + 2, "H")
            values = self._values(place, kind)
            if values:
                tags[tag] = values
        return tags, self.number(at + count * step, "Q" if self.big else "I")

    def _values(self, place: int, kind: int) -> tuple[int, ...]:
        """Whole numbers of a tag; of other kinds only that they lie within the file."""
        count = self.number(place + 4, "Q" if self.big else "I")
        inline = 8 if self.big else 4
        at = place + 4 + inline
        size = count * _WIDTHS.get(kind, 1)
        if size > inline:
            at = self.number(at, "Q" if self.big else "I")
        if at + size > len(self.content):
            raise damaged("TIFF", "cut short")
        form = _FORMS.get(kind)
        if form is None or not count:
            return ()
        return struct.unpack_from(f"{self.order}{count}{form}", self.content, at)


def measure_tiff(content: bytes, limits: ImageLimits) -> list[tuple[int, int]]:
    """Size of every page; the bytes of each must lie within the file and be enough for it."""
    sizes = []
    for tags in Pages(content):
        width, height = (tags.get(tag, (0,))[0] for tag in (_WIDTH, _HEIGHT))
        sizes.append((width, height))
        if len(sizes) > limits.frames or width * height > limits.pixels:
            raise Unfit(GateCode.IMAGE_BOMB, width=width, height=height, frames=len(sizes))
        _check_bytes(tags, width * height, len(content))
    return sizes


def _check_bytes(tags: Tags, pixels: int, whole: int) -> None:
    places = tags.get(_STRIPS) or tags.get(_TILES, ())
    lengths = tags.get(_STRIP_BYTES) or tags.get(_TILE_BYTES, ())
    if not places or (lengths and len(lengths) != len(places)):
        raise damaged("TIFF", "no strips")
    if any(at + size > whole for at, size in zip(places, lengths, strict=False)):
        raise damaged("TIFF", "cut short")
    bits = tags.get(_BITS, (1,))[0] * tags.get(_SAMPLES, (1,))[0]
    if tags.get(_PACKING, (1,))[0] == 1 and lengths and 8 * sum(lengths) < pixels * bits:
        raise damaged("TIFF", "too few bytes")
