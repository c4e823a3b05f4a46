"""Pictures (jpg, png, gif, tif): measured by their structure before a pixel is unpacked.

A reader of ours unpacks none of what it only measures; Pillow tries the pixels afterwards, as many
as the limits allow.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Final

from PIL import Image

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.findings import Unfit, damaged, found
from services.intake.adapters.policy import MIB, ImageLimits
from services.intake.adapters.tiff import measure_tiff

Image.init()
Image.MAX_IMAGE_PIXELS = None
_SAMPLES: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES: Final = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
    (0, 1, 1, 2),
)  # fmt: skip
_TEXTS: Final = (b"zTXt", b"iCCP", b"iTXt")
_FAILURES = (
    OSError,
    ArithmeticError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    struct.error,
    zlib.error,
)
Sizes = list[tuple[int, int]]


def check_image(
    kind: str, content: bytes, limits: ImageLimits, *, alone: bool = True
) -> Iterator[GateFinding]:
    """Measure a picture and try its pixels; `kind` as `kinds.content_of` tells it.

    A picture that stands `alone` is a file of its own: then nothing may follow its end.
    """
    sizes, end = _MEASURES[kind](content, limits)
    check_sizes(sizes, limits)
    if alone and end is not None:
        _only_companions(content[end:])
    yield from _try_pixels(kind, content, sizes, limits)


def check_sizes(sizes: Sizes, limits: ImageLimits) -> None:
    """Refuse pictures of too many pixels, frames or pages."""
    if not sizes:
        raise damaged("image", "no frame")
    largest = max(sizes, key=lambda size: size[0] * size[1])
    area = largest[0] * largest[1]
    everything = sum(width * height for width, height in sizes)
    if area > limits.pixels or everything > limits.all_pixels or len(sizes) > limits.frames:
        raise Unfit(GateCode.IMAGE_BOMB, width=largest[0], height=largest[1], frames=len(sizes))
    if area == 0:
        raise damaged("image", "no pixel")


def measure_png(content: bytes, limits: ImageLimits) -> tuple[Sizes, int]:
    """Size and end of a PNG whose chunks are whole, in order, and unpack to what the size says."""
    if content[12:16] != b"IHDR" or len(content) < 33:
        raise damaged("PNG", "header")
    width, height, bits, colour, _, _, interlaced = struct.unpack_from(">IIBBBBB", content, 16)
    check_sizes([(width, height)], limits)
    packed: list[memoryview] = []
    at, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack(">I4s", content[at : at + 8].ljust(8, b"\0"))
        data = memoryview(content)[at + 8 : at + 8 + length]
        if at + 12 + length > len(content) or not kind.isalpha():
            raise damaged("PNG", "cut short")
        if zlib.crc32(data, zlib.crc32(kind)) != int.from_bytes(
            content[at + 8 + length : at + 12 + length]
        ):
            raise damaged("PNG", "checksum")
        if kind == b"IDAT":
            packed.append(data)
        elif kind in _TEXTS:
            _bounded(bytes(data), limits)
        at += 12 + length
    _unpacks_to(packed, _png_bytes(width, height, bits * _SAMPLES.get(colour, 4), bool(interlaced)))
    return [(width, height)], at


def _png_bytes(width: int, height: int, depth: int, interlaced: bool) -> int:
    """How many bytes the rows of a picture take, each with its filter byte."""
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    total = 0
    for left, top, across, down in passes:
        columns = (width - left + across - 1) // across
        rows = (height - top + down - 1) // down
        if columns > 0 and rows > 0:
            total += rows * (1 + (columns * depth + 7) // 8)
    return total


def _unpacks_to(packed: list[memoryview], expected: int) -> None:
    inflater, size = zlib.decompressobj(), 0
    try:
        for data in packed:
            rest: bytes | memoryview = data
            while rest and not inflater.eof:
                size += len(inflater.decompress(rest, MIB))
                rest = inflater.unconsumed_tail
                if size > expected + MIB:
                    raise Unfit(GateCode.IMAGE_BOMB, width=size, height=1, frames=1)
    except zlib.error:
        raise damaged("PNG", "deflate") from None
    if size < expected:
        raise damaged("PNG", "cut short")


def _bounded(data: bytes, limits: ImageLimits) -> None:
    """A compressed text or colour profile may unpack to so much and no more."""
    name, _, rest = data.partition(b"\0")
    packed = rest[1:] if len(name) < 80 else b""
    inflater = zlib.decompressobj()
    try:
        inflater.decompress(packed, limits.text_bytes)
    except zlib.error:
        return
    if inflater.unconsumed_tail and not inflater.eof:
        raise Unfit(GateCode.IMAGE_BOMB, width=limits.text_bytes, height=1, frames=1)


def measure_gif(content: bytes, limits: ImageLimits) -> tuple[Sizes, int]:
    """Sizes of the frames and end of a GIF; its blocks must be whole and end with its trailer."""
    width, height, flags = struct.unpack_from("<HHB", content.ljust(13, b"\0"), 6)
    at = 13 + _colours(flags)
    sizes: Sizes = []
    while content[at : at + 1] != b";":
        if content[at : at + 1] == b"!":
            at += 2
        elif content[at : at + 1] == b",":
            frame = struct.unpack_from("<HHHHB", content[at + 1 : at + 10].ljust(9, b"\0"))
            sizes.append((max(width, frame[0] + frame[2]), max(height, frame[1] + frame[3])))
            at += 11 + _colours(frame[4])
        else:
            raise damaged("GIF", "cut short")
        at = _after_blocks(content, at)
    return sizes, at + 1


def _colours(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(content: bytes, at: int) -> int:
    while at < len(content) and content[at]:
        at += 1 + content[at]
    if at >= len(content):
        raise damaged("GIF", "cut short")
    return at + 1


def measure_jpeg(content: bytes, limits: ImageLimits) -> tuple[Sizes, int]:
    """Size and end of a JPEG whose segments are whole up to its end mark."""
    at, size, scans = 2, (0, 0), 0
    while (mark := _mark(content, at := _past_fill(content, at))) != 0xD9:
        length = int.from_bytes(content[at + 2 : at + 4])
        if length < 2 or at + 2 + length > len(content):
            raise damaged("JPEG", "cut short")
        if _is_frame(mark):
            height, width = struct.unpack_from(">HH", content, at + 5)
            size = (width, height)
        at += 2 + length
        if mark == 0xDA:
            scans += 1
            at = _after_scan(content, at)
    if not scans or scans > limits.scans:
        raise damaged("JPEG", f"{scans} scans")
    return [size], at + 2


def jpeg_size(content: bytes) -> tuple[int, int]:
    """Width and height that a JPEG says of itself; nothing when it says none."""
    at = 2
    while content[at : at + 1] == b"\xff" and at + 9 < len(content):
        mark, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if _is_frame(mark):
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 2 + length
    return 0, 0


def _is_frame(mark: int) -> bool:
    return 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC)


def _past_fill(content: bytes, at: int) -> int:
    """A marker may be preceded by any number of its first byte."""
    while content[at : at + 2] == b"\xff\xff":
        at += 1
    return at


def _mark(content: bytes, at: int) -> int:
    """The marker at a place."""
    if content[at : at + 1] != b"\xff" or at + 1 >= len(content):
        raise damaged("JPEG", "cut short")
    return content[at + 1]


def _after_scan(content: bytes, at: int) -> int:
    """Where the next marker stands after the packed pixels of a scan."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        following = content[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        else:
            return at
    raise damaged("JPEG", "cut short")


def _only_companions(rest: bytes) -> None:
    """After a photograph only what telephones put there: another picture, a film, their trailer."""
    bare = rest.strip(b"\0\r\n ")
    companion = bare.startswith(b"\xff\xd8\xff") or bare.endswith(b"SEFT") or bare[4:8] == b"ftyp"
    if bare and not companion:
        raise Unfit(GateCode.TRAILING_BYTES, bytes=len(bare))


def _measured_tiff(content: bytes, limits: ImageLimits) -> tuple[Sizes, None]:
    """Sizes of the pages of a TIFF, whose end nothing marks."""
    return measure_tiff(content, limits), None


_MEASURES: Final = {
    "jpeg": measure_jpeg,
    "png": measure_png,
    "gif": measure_gif,
    "tiff": _measured_tiff,
}


def _try_pixels(
    kind: str, content: bytes, sizes: Sizes, limits: ImageLimits
) -> Iterator[GateFinding]:
    budget = limits.tried_pixels
    try:
        with Image.open(io.BytesIO(content), formats=[kind.upper()]) as picture:
            if picture.getexif().get_ifd(0x8825).get(2):
                yield found(GateCode.PICTURE_PLACE)
            if kind == "jpeg":
                picture.draft(None, (max(1, picture.width // 8), max(1, picture.height // 8)))
            for frame, (width, height) in enumerate(sizes):
                budget -= width * height // (64 if kind == "jpeg" else 1)
                if budget < 0 or kind == "png":
                    return
                picture.seek(frame)
                picture.load()
    except _FAILURES as failure:
        raise damaged(kind.upper(), type(failure).__name__) from None
