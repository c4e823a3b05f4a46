"""Archives written byte by byte, so that they can lie in any place."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

STORED, DEFLATED = 0, 8


@dataclass
class Entry:
    """One entry; `local` and `central` replace figures of one header only, `raw` the packed bytes.

    `descriptor` writes the sizes after the bytes, as streaming programs do: `marked` or `bare`.
    """

    name: str
    data: bytes = b""
    method: int = DEFLATED
    flags: int = 0
    attributes: int = 0
    system: int = 0
    extra: bytes = b""
    descriptor: str = ""
    raw: bytes | None = None
    before: bytes = b""
    local: dict[str, Any] = field(default_factory=dict)
    central: dict[str, Any] = field(default_factory=dict)


def deflated(data: bytes) -> bytes:
    """Raw deflate at its tightest."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _name(name: str) -> bytes:
    return name.encode("utf-8", errors="surrogatepass")


def _figures(entry: Entry, packed: bytes) -> dict[str, Any]:
    return {
        "name": _name(entry.name),
        "flags": entry.flags | (0 if entry.name.isascii() else 0x800),
        "method": entry.method,
        "crc": zlib.crc32(entry.data),
        "packed": len(packed),
        "size": len(entry.data),
        "extra": entry.extra,
    }


def local_header(entry: Entry, packed: bytes) -> bytes:
    """The header before an entry's bytes."""
    told = _figures(entry, packed)
    if entry.descriptor:
        told |= {"crc": 0, "packed": 0, "size": 0, "flags": told["flags"] | 8}
    told |= entry.local
    head = struct.pack(
        "<4s5H3I2H", b"PK\3\4", 20, told["flags"], told["method"], 0x6000, 0x5A62,
        told["crc"], told["packed"], told["size"], len(told["name"]), len(told["extra"]),
    )  # fmt: skip
    return head + told["name"] + told["extra"]


def central_header(entry: Entry, packed: bytes, offset: int) -> bytes:
    """The line of the directory for an entry."""
    told = _figures(entry, packed) | {"offset": offset, "disk": 0}
    if entry.descriptor:
        told["flags"] |= 8
    told |= entry.central
    head = struct.pack(
        "<4s6H3I5H2I", b"PK\1\2", entry.system << 8 | 20, 20, told["flags"], told["method"],
        0x6000, 0x5A62, told["crc"], told["packed"], told["size"], len(told["name"]),
        len(told["extra"]), 0, told["disk"], 0, entry.attributes, told["offset"],
    )  # fmt: skip
    return head + told["name"] + told["extra"]


def end_record(entries: int, size: int, offset: int, comment: bytes = b"", **told: int) -> bytes:
    """The record that ends an archive."""
    figures = {"disk": 0, "here": entries, "entries": entries, "size": size, "offset": offset}
    figures |= told
    return struct.pack("<4s4H2IH", b"PK\5\6", figures["disk"], 0, figures["here"],
                       figures["entries"], figures["size"], figures["offset"],
                       len(comment)) + comment  # fmt: skip


def archive(entries: Iterable[Entry], comment: bytes = b"", **end: int) -> bytes:
    """A whole archive."""
    body, directory, count = b"", b"", 0
    for entry in entries:
        packed = entry.raw
        if packed is None:
            packed = deflated(entry.data) if entry.method == DEFLATED else entry.data
        body += entry.before
        directory += central_header(entry, packed, len(body))
        body += local_header(entry, packed) + packed
        if entry.descriptor:
            mark = b"PK\x07\x08" if entry.descriptor == "marked" else b""
            body += mark + struct.pack("<3I", zlib.crc32(entry.data), len(packed), len(entry.data))
        count += 1
    return body + directory + end_record(count, len(directory), len(body), comment, **end)
