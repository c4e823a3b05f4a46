"""Pictures: those Pillow writes, and those that are written chunk by chunk."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence

from PIL import Image, ImageDraw


def drawn(mode: str = "RGB", size: tuple[int, int] = (320, 240)) -> Image.Image:
    """A picture with something on it."""
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    for step in range(0, size[0], 16):
        pen.line((step, 0, size[0] - step, size[1]), fill=(step % 256, 90, 200), width=3)
    pen.text((10, 10), "12/QD-UBND", fill="black")
    return picture.convert(mode)


def saved(kind: str, picture: Image.Image | None = None, **how: object) -> bytes:
    """The picture as a file of a kind."""
    told = io.BytesIO()
    (picture or drawn()).save(told, kind, **how)
    return told.getvalue()


def scan(pages: int, compression: str, mode: str = "1") -> bytes:
    """A TIFF of many pages, as a scanner makes."""
    sheets = [drawn(mode, (827, 1169)) for _ in range(pages)]
    return saved(
        "TIFF", sheets[0], save_all=True, append_images=sheets[1:], compression=compression
    )


def chunk(kind: bytes, data: bytes, checksum: int | None = None) -> bytes:
    """A chunk of a PNG."""
    right = zlib.crc32(data, zlib.crc32(kind))
    return (
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", right if checksum is None else checksum)
    )


def png(
    width: int, height: int, pixels: bytes, more: Sequence[bytes] = (), end: bytes | None = None
) -> bytes:
    """A PNG of eight-bit grey with these packed pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    last = chunk(b"IEND", b"") if end is None else end
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", pixels) + last


def rows(width: int, height: int) -> bytes:
    """Packed white pixels of a PNG."""
    return zlib.compress((b"\0" + b"\xff" * width) * height, 9)


def jpeg_of_size(width: int, height: int) -> bytes:
    """A JPEG whose header says another size than it has."""
    content = bytearray(saved("JPEG"))
    at = content.index(b"\xff\xc0")
    struct.pack_into(">HH", content, at + 5, height, width)
    return bytes(content)


def tiff(*directories: tuple[Sequence[tuple[int, int, int, int]], int], tail: bytes = b"") -> bytes:
    """A little-endian TIFF of these directories of (tag, kind, count, value), each with its next.

    A next of -1 is the directory that follows; the first stands at 8.
    """
    body, places = b"", []
    for tags, _ in directories:
        places.append(8 + len(body))
        body += (
            struct.pack("<H", len(tags))
            + b"".join(struct.pack("<HHII", *tag) for tag in tags)
            + bytes(4)
        )
    told = bytearray(b"II*\0" + struct.pack("<I", 8) + body)
    for number, (tags, following) in enumerate(directories):
        at = places[number] + 2 + 12 * len(tags)
        struct.pack_into("<I", told, at, places[number + 1] if following == -1 else following)
    return bytes(told) + tail


def page(
    width: int = 8, height: int = 8, at: int = 0, size: int = 64
) -> list[tuple[int, int, int, int]]:
    """The tags of an uncompressed grey page whose pixels stand at a place."""
    return [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, 1, at), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, size),
    ]  # fmt: skip
