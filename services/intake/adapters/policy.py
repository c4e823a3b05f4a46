"""How much an arriving file may be and cost, and what an office may set otherwise (NB-1, R4.4a)."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

MIB = 1 << 20

Extension = Annotated[str, Meta(pattern="^[a-z0-9]{1,10}$")]
"""What stands after the last dot of a name."""

Start = Annotated[str, Meta(pattern="^(?:[0-9A-Fa-f]{2}){2,32}$")]
"""The first bytes of a content, in hexadecimal; two at least."""


class ArchiveLimits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of one container. The ratio counts for parts that unpack to `free_bytes` and more."""

    entries: int = 10_000
    part_bytes: int = 256 * MIB
    total_bytes: int = 512 * MIB
    ratio: int = 100
    free_bytes: int = 4 * MIB
    depth: int = 2


class XmlLimits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of one XML part; `token_bytes` bounds one tag with all its attributes."""

    depth: int = 300
    token_bytes: int = 4 * MIB


class PdfLimits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of one PDF; the ratio counts for streams that unpack to `free_bytes` and more."""

    objects: int = 500_000
    revisions: int = 100
    depth: int = 100
    filters: int = 3
    pixels: int = 178_956_970
    table_bytes: int = 12 * MIB
    stream_bytes: int = 128 * MIB
    total_bytes: int = 512 * MIB
    ratio: int = 200
    free_bytes: int = 8 * MIB


class ImageLimits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of one picture: pixels of a frame, frames or pages, pixels that are decoded to try it."""

    pixels: int = 178_956_970
    frames: int = 5_000
    all_pixels: int = 10_000_000_000
    scans: int = 100
    text_bytes: int = 16 * MIB
    tried_pixels: int = 60_000_000


class GatePolicy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What passes the gate (chính sách cổng kiểm tra). Sizes in bytes, times in seconds.

    `name_letters` bounds the letters of a file's name and `plain_names` allows only ASCII letters,
    digits, `.`, `-` and `_`; both are off, for names in Vietnamese are ordinary (NB-1). `graphics`
    are the specialist drawings an office takes: extension to the possible starts of the content in
    hexadecimal. `scanner` is where clamd listens: `tcp://host:port`, `unix:///path`, or nothing.
    """

    file_bytes: int = 50 * MIB
    package_files: int = 100
    package_bytes: int = 200 * MIB
    name_bytes: int = 255
    name_letters: int = 0
    plain_names: bool = False
    columns: int = 16_384
    graphics: dict[Extension, list[Start]] = {}
    scanner: str = ""
    scanner_seconds: float = 30.0
    cpu_seconds: int = 20
    wall_seconds: float = 40.0
    memory_bytes: int = 1024 * MIB
    archive: ArchiveLimits = ArchiveLimits()
    xml: XmlLimits = XmlLimits()
    pdf: PdfLimits = PdfLimits()
    image: ImageLimits = ImageLimits()
