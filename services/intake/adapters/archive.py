"""A ZIP container read without unpacking it: what its directory says must be what its bytes are.

Every entry is bounded by its neighbours, so that none lies over another and no byte belongs to
nobody; parts are inflated piece by piece, counted, and never believed beforehand.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from contracts.gate import GateCode
from services.intake.adapters.findings import Unfit, damaged
from services.intake.adapters.names import same_name
from services.intake.adapters.policy import MIB, ArchiveLimits

_LOCAL: Final = struct.Struct("<4s5H3I2H")
_ENCRYPTED, _DEFERRED = 0x2041, 0x0008
_FULL = 0xFFFFFFFF
_PADDING = 64
STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
_LINK, _DIRECTORY, _FILE = 0xA000, 0x4000, 0x8000


@dataclass(frozen=True)
class Part:
    """An entry of a container: its name, where its packed bytes are, what they should become."""

    name: str
    method: int
    start: int
    packed: int
    size: int
    crc: int


@dataclass
class Archive:
    """A container whose structure holds; `parts` in the order of their bytes, without folders."""

    content: bytes
    limits: ArchiveLimits
    parts: list[Part] = field(default_factory=list)

    def named(self, name: str) -> Part | None:
        """The part of that name."""
        return next((part for part in self.parts if part.name == name), None)

    def read(self, part: Part) -> bytes:
        """The whole of a part."""
        return b"".join(self.pieces(part))

    def pieces(self, part: Part) -> Iterator[bytes]:
        """A part piece by piece; refuses one that is not what the directory says."""
        size, crc = 0, 0
        for piece in self._inflated(part):
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            if size > part.size:
                break
            yield piece
        if size != part.size or crc != part.crc:
            raise Unfit(
                GateCode.ARCHIVE_LIES, part.name, why="size" if size != part.size else "crc"
            )

    def _inflated(self, part: Part) -> Iterator[bytes]:
        packed = memoryview(self.content)[part.start : part.start + part.packed]
        if part.method == STORED:
            yield from (bytes(packed[at : at + MIB]) for at in range(0, len(packed), MIB))
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        rest: bytes | memoryview = packed
        try:
            while not inflater.eof:
                piece = inflater.decompress(rest, MIB)
                rest = inflater.unconsumed_tail
                if not piece and not inflater.eof:
                    raise Unfit(GateCode.ARCHIVE_LIES, part.name, why="deflate")
                yield piece
        except zlib.error:
            raise Unfit(GateCode.ARCHIVE_LIES, part.name, why="deflate") from None
        if inflater.unused_data or rest:
            raise Unfit(GateCode.ARCHIVE_LIES, part.name, why="size")


def open_archive(content: bytes, limits: ArchiveLimits) -> Archive:
    """Check directory, names, places and sizes of every entry; inflate nothing."""
    directory = _end_of_parts(content)
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as failure:
        raise damaged("zip", type(failure).__name__) from None
    if len(entries) > limits.entries:
        raise Unfit(GateCode.ARCHIVE_BOMB, f"{len(entries)} > {limits.entries}")
    _check_names(entries)
    archive = Archive(content, limits)
    expected = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        part, ends = _located(content, entry, expected)
        expected = ends
        if not part.name.endswith("/"):
            archive.parts.append(part)
        elif part.size or part.packed:
            raise Unfit(GateCode.ARCHIVE_LIES, part.name, why="folder")
    if expected != directory:
        code = GateCode.ARCHIVE_OVERLAP if expected > directory else GateCode.ARCHIVE_LIES
        raise Unfit(code, "directory", why="gap")
    _check_sizes(archive.parts, len(content), limits)
    return archive


def _end_of_parts(content: bytes) -> int:
    """Where the directory begins; the records at the end must fill the file to its last byte."""
    at = content.rfind(b"PK\x05\x06", max(0, len(content) - 65_557))
    if at < 0 or at + 22 > len(content):
        raise damaged("zip", "no directory")
    disk, other, here, entries, size, offset, comment = struct.unpack(
        "<4H2IH", content[at + 4 : at + 22]
    )
    offset = int(offset)
    rest = content[at + 22 + comment :]
    if len(rest) > _PADDING or rest.strip(b"\0\r\n") or at + 22 + comment > len(content):
        raise Unfit(GateCode.TRAILING_BYTES, bytes=len(content) - at - 22 - comment)
    if disk or other or here != entries:
        raise Unfit(GateCode.ARCHIVE_LIES, "directory", why="disks")
    end = at
    if content[at - 20 : at - 16] == b"PK\x06\x07":
        end, entries, size, offset = _zip64_end(content, at - 20, (entries, size, offset))
    if offset + size != end:
        code = GateCode.LEADING_BYTES if offset + size < end else GateCode.ARCHIVE_LIES
        raise Unfit(code, "directory", why="offset")
    if b"PK\x05\x06" in content[at + 22 :]:
        raise Unfit(GateCode.ARCHIVE_LIES, "directory", why="comment")
    return offset


def _zip64_end(content: bytes, at: int, told: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """The 64-bit record before its locator; where the short record has a figure, it is the same."""
    record = int.from_bytes(content[at + 8 : at + 16], "little")
    if content[record : record + 4] != b"PK\x06\x06" or record + 56 != at:
        raise Unfit(GateCode.ARCHIVE_LIES, "directory", why="zip64")
    here, entries, size, offset = struct.unpack("<4Q", content[record + 24 : record + 56])
    figures = zip(told, (0xFFFF, _FULL, _FULL), (entries, size, offset), strict=True)
    if here != entries or any(short not in (full, long) for short, full, long in figures):
        raise Unfit(GateCode.ARCHIVE_LIES, "directory", why="zip64")
    return record, entries, size, offset


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        steps = name.replace("\\", "/").split("/")
        if (
            "\0" in name
            or "\\" in name
            or name[:1] in ("/", "")
            or ".." in steps
            or name[1:2] == ":"
        ):
            raise Unfit(GateCode.ARCHIVE_PATH, name)
        kind = entry.external_attr >> 16 & 0xF000
        if entry.create_system == 3 and kind not in (0, _FILE, _DIRECTORY):
            raise Unfit(GateCode.ARCHIVE_LINK, name)
        same = same_name(name.rstrip("/"))
        if same in seen:
            raise Unfit(GateCode.ARCHIVE_NAMES, name)
        seen.add(same)


class _Header(NamedTuple):
    """What stands before an entry's bytes; `start` is where they begin."""

    flags: int
    method: int
    told: tuple[int, int, int]
    name: bytes
    extras: bytes
    start: int


def _header(content: bytes, at: int, name: str) -> _Header:
    if at + _LOCAL.size > len(content) or content[at : at + 4] != b"PK\x03\x04":
        raise Unfit(GateCode.ARCHIVE_LIES, name, why="header")
    _, _, flags, method, _, _, crc, packed, size, letters, extra = _LOCAL.unpack_from(content, at)
    middle = at + _LOCAL.size + letters
    extras = content[middle : middle + extra]
    told = (crc, *_long_sizes(extras, packed, size))
    return _Header(flags, method, told, content[at + _LOCAL.size : middle], extras, middle + extra)


def _located(content: bytes, entry: zipfile.ZipInfo, expected: int) -> tuple[Part, int]:
    """Where an entry's bytes are and where it ends; its own header must repeat the directory."""
    at, name = entry.header_offset, entry.orig_filename
    if at != expected:
        code = GateCode.ARCHIVE_OVERLAP if at < expected else GateCode.ARCHIVE_LIES
        raise Unfit(GateCode.LEADING_BYTES if expected == 0 else code, name, why="gap")
    header = _header(content, at, name)
    _compare(entry, header)
    told = (entry.CRC, entry.compress_size, entry.file_size)
    deferred = bool(header.flags & _DEFERRED)
    for own, theirs in zip(header.told, told, strict=True):
        if own != theirs and not (deferred and own == 0):
            raise Unfit(GateCode.ARCHIVE_LIES, name, why="sizes")
    part = Part(name, header.method, header.start, told[1], told[2], told[0])
    end = header.start + entry.compress_size
    return part, end + (_descriptor(content, end, told) if deferred else 0)


def _compare(entry: zipfile.ZipInfo, header: _Header) -> None:
    """Name, method and encryption, told twice, must be the same."""
    name = entry.orig_filename
    if (header.flags | entry.flag_bits) & _ENCRYPTED:
        raise Unfit(GateCode.ENCRYPTED, name)
    if header.method != entry.compress_type or header.method not in (STORED, DEFLATED):
        raise Unfit(GateCode.ARCHIVE_LIES, name, why="method")
    renamed = _renamed(header.extras, header.name) or _renamed(entry.extra, header.name)
    if header.name != _directory_name(entry) or renamed:
        raise Unfit(GateCode.ARCHIVE_LIES, name, why="name")


def _directory_name(entry: zipfile.ZipInfo) -> bytes:
    """The name as its bytes stand in the directory."""
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437")


def _fields(extras: bytes) -> Iterator[tuple[int, bytes]]:
    """The extra fields of a header; the padding after the last one is left out."""
    while len(extras) >= 4:
        kind, length = struct.unpack_from("<HH", extras)
        yield kind, extras[4 : 4 + length]
        extras = extras[4 + length :]


def _renamed(extras: bytes, name: bytes) -> bool:
    """Whether a Unicode-path field gives the entry another name for those who read it."""
    return any(kind == 0x7075 and field[5:] != name for kind, field in _fields(extras))


def _long_sizes(extras: bytes, packed: int, size: int) -> tuple[int, int]:
    """The sizes of a local header, from its Zip64 field where the short ones are full."""
    long = next((field for kind, field in _fields(extras) if kind == 1), b"")
    if len(long) >= 16 and (packed, size) == (_FULL, _FULL):
        size, packed = struct.unpack_from("<QQ", long)
    return packed, size


def _descriptor(content: bytes, at: int, told: tuple[int, int, int]) -> int:
    """How long the sizes written after an entry are: with or without mark, short or long."""
    for form in ("<3I", "<I2Q"):
        figures = struct.pack(form, *told) if max(told) <= _FULL or form != "<3I" else b""
        for mark in (b"PK\x07\x08", b""):
            if figures and content.startswith(mark + figures, at):
                return len(mark + figures)
    return 0


def _check_sizes(parts: list[Part], whole: int, limits: ArchiveLimits) -> None:
    for part in parts:
        swollen = part.size > limits.free_bytes and part.size > limits.ratio * max(part.packed, 1)
        if part.size > limits.part_bytes or swollen:
            raise Unfit(GateCode.ARCHIVE_BOMB, part.name)
    total = sum(part.size for part in parts)
    if total > limits.total_bytes or (
        total > 4 * limits.free_bytes and total > limits.ratio * whole
    ):
        raise Unfit(GateCode.ARCHIVE_BOMB, f"{total} byte")
