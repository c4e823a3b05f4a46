"""Pictures that are bombs, ruins or something else besides."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from tests.intake.gate_corpus import images
from tests.intake.gate_corpus.case import Case
from tests.intake.gate_corpus.payloads import (
    HOST,
    MIB,
    PROGRAM,
    ZIP,
)


def cases(host: str = HOST) -> Iterator[Case]:
    """Every one."""
    yield from _pictures()
    yield from _films_and_scans()


def _pictures() -> Iterator[Case]:
    jpeg, png = images.saved("JPEG"), images.saved("PNG")
    grey = images.rows(100, 100)
    told = {
        "pixel flood.png": ("IMAGE_BOMB", images.png(60_000, 60_000, grey)),
        "bomb of pixels.png": ("IMAGE_BOMB", images.png(10, 10, zlib.compress(bytes(60 * MIB), 9))),
        "bomb of text.png": ("IMAGE_BOMB", images.png(100, 100, grey, [images.chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(40 * MIB), 9))])),
        "bomb of colours.png": ("IMAGE_BOMB", images.png(100, 100, grey, [images.chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(40 * MIB), 9))])),
        "too few pixels.png": ("DAMAGED", images.png(900, 900, grey)),
        "wrong checksum.png": ("DAMAGED", images.png(100, 100, grey, [images.chunk(b"tEXt", b"a\0b", 5)])),
        "without an end.png": ("DAMAGED", images.png(100, 100, grey, end=b"")),
        "cut in half.png": ("DAMAGED", png[: len(png) // 2]),
        "no size.png": ("DAMAGED", images.png(0, 0, grey)),
        "archive behind.png": ("POLYGLOT", png + ZIP),
        "program behind.png": ("TRAILING_BYTES", png + PROGRAM),
        "script in its text.png": ("POLYGLOT", images.png(100, 100, grey, [images.chunk(b"tEXt", b"a\0<?php system(1);")])),
        "PDF in its text.png": ("POLYGLOT", images.png(100, 100, grey, [images.chunk(b"tEXt", b"a\0%PDF-1.7")])),
        "pixel flood.jpg": ("IMAGE_BOMB", images.jpeg_of_size(65_000, 65_000)),
        "cut in half.jpg": ("DAMAGED", jpeg[: len(jpeg) // 2]),
        "without an end.jpg": ("DAMAGED", jpeg[:-2]),
        "header alone.jpg": ("DAMAGED", jpeg[:30]),
        "archive behind.jpg": ("POLYGLOT", jpeg + ZIP),
        "program behind.jpg": ("TRAILING_BYTES", jpeg + PROGRAM),
        "bytes behind.jpg": ("TRAILING_BYTES", jpeg + b"A" * 100),
        "script in a remark.jpg": ("POLYGLOT", jpeg[:2] + b"\xff\xfe\0\x18<?php system($_GET);\0" + jpeg[2:]),
        "page of the web in a remark.jpg": ("POLYGLOT", jpeg[:2] + b"\xff\xfe\0\x1a<script >alert(1)</script" + jpeg[2:]),
        "too many scans.jpg": ("DAMAGED", _scans(images.saved("JPEG", progressive=True))),
    }  # fmt: skip
    for name, (code, content) in told.items():
        yield Case(f"bad {name[-3:]}", name[:-4], name, content, code)


def _films_and_scans() -> Iterator[Case]:
    gif, tif = images.saved("GIF", images.drawn("P")), images.scan(2, "group4")
    told = {
        "cut in half.gif": ("DAMAGED", gif[: len(gif) // 2]),
        "without an end.gif": ("DAMAGED", gif[:-1]),
        "pixel flood.gif": ("IMAGE_BOMB", gif[:6] + struct.pack("<HH", 65_000, 65_000) + gif[10:]),
        "frame flood.gif": ("IMAGE_BOMB", _frames(images.saved("GIF", images.drawn("1", (8, 8))))),
        "archive behind.gif": ("POLYGLOT", gif + ZIP),
        "script.gif": ("DAMAGED", b"GIF89a/*" + bytes(8) + b"*/=1;alert(1)//"),
        "loop of pages.tif": ("DAMAGED", images.tiff((images.page(at=200), 8), tail=bytes(300))),
        "loop of two pages.tif": ("DAMAGED", images.tiff((images.page(at=300), -1), (images.page(at=300), 8), tail=bytes(300))),
        "pixels out of the file.tif": ("DAMAGED", images.tiff((images.page(at=99_999), 0), tail=bytes(300))),
        "fewer pixels than told.tif": ("DAMAGED", images.tiff((images.page(900, 900, at=200), 0), tail=bytes(300))),
        "pixel flood.tif": ("IMAGE_BOMB", images.tiff((images.page(60_000, 60_000, at=200), 0), tail=bytes(300))),
        "too many pages.tif": ("IMAGE_BOMB", images.tiff(*[(images.page(at=100), -1)] * 5_100, (images.page(at=100), 0), tail=bytes(300))),
        "no directory.tif": ("DAMAGED", b"II*\0\xff\xff\0\0" + bytes(50)),
        "cut in half.tif": ("DAMAGED", tif[: len(tif) // 2]),
        "archive behind.tif": ("POLYGLOT", tif + ZIP),
    }  # fmt: skip
    for name, (code, content) in told.items():
        yield Case(f"bad {name[-3:]}", name[:-4], name, content, code)


def _scans(content: bytes) -> bytes:
    """The last scan of a progressive picture repeated."""
    at = content.rindex(b"\xff\xda")
    return content[:at] + content[at:-2] * 200 + b"\xff\xd9"


def _frames(content: bytes) -> bytes:
    """The only frame of a film repeated."""
    at = content.index(b",", 13)
    return content[:at] + content[at:-1] * 5_200 + b";"
