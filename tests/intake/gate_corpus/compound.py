"""Compound files (OLE2) written sector by sector, and doc and xls made of them."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Tree = Mapping[str, "bytes | Tree"]


def compound(tree: Tree, clsid: bytes = bytes(16)) -> bytes:
    """A compound file of storages (maps) and streams (bytes, padded to the size of large ones)."""
    writer = _Writer()
    writer.entries.append(b"")
    child = writer.children(tree)
    writer.entries[0] = _entry("Root Entry", 5, FREE, child, 0, END, clsid)
    return writer.whole()


def storage(tree: Tree, clsid: bytes) -> Tree:
    """A storage with a class."""
    return {**tree, "\0clsid": clsid}


def _entry(
    name: str, kind: int, right: int, child: int, size: int, start: int, clsid: bytes
) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, FREE, right, child)
        + clsid.ljust(16, b"\0")
        + struct.pack("<IQQIQ", 0, 0, 0, start, size)
    )


class _Writer:
    def __init__(self) -> None:
        self.entries: list[bytes] = []
        self.sectors: list[bytes] = []
        self.table: list[int] = []

    def chain(self, data: bytes) -> int:
        """Write sectors one after the other; answers the first."""
        first = len(self.sectors)
        pieces = [data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR)]
        self.sectors += pieces
        self.table += [*range(first + 1, first + len(pieces)), END]
        return first

    def children(self, tree: Tree) -> int:
        """Entries of a storage, each the right neighbour of the one before; answers the first."""
        following = FREE
        for name, inside in reversed([(n, i) for n, i in tree.items() if n != "\0clsid"]):
            place = len(self.entries)
            self.entries.append(b"")
            if isinstance(inside, bytes):
                data = inside.ljust(4096, b"\0")
                made = _entry(name, 2, following, FREE, len(data), self.chain(data), b"")
            else:
                clsid = inside.get("\0clsid", b"")
                assert isinstance(clsid, bytes)
                made = _entry(name, 1, following, self.children(inside), 0, 0, clsid)
            self.entries[place] = made
            following = place
        return following

    def whole(self) -> bytes:
        directory = b"".join(self.entries)
        directory += _entry("", 0, FREE, FREE, 0, 0, b"") * (-len(self.entries) % 4)
        first_entry = self.chain(directory)
        tables = 1
        while (len(self.table) + tables) * 4 > tables * SECTOR:
            tables += 1
        place = len(self.sectors)
        table = self.table + [FAT] * tables
        packed = struct.pack(f"<{len(table)}I", *table).ljust(tables * SECTOR, b"\xff")
        header = MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        header += struct.pack("<IIIIIIIII", 0, tables, first_entry, 0, 4096, END, 0, END, 0)
        header += struct.pack(f"<{tables}I", *range(place, place + tables))
        return header.ljust(SECTOR, b"\xff") + b"".join(self.sectors) + packed


def clsid(text: str) -> bytes:
    """A class identifier as it lies in a file."""
    first, second, third, fourth, fifth = text.split("-")
    head = struct.pack("<IHH", int(first, 16), int(second, 16), int(third, 16))
    return head + bytes.fromhex(fourth + fifth)


def word_streams(
    text: bytes = b"", flags: int = 0x1200, template: str = "Normal.dotm"
) -> dict[str, bytes]:
    """The streams of a doc: its text in one byte a letter, its table with the template's name."""
    names = ["", template]
    strings = struct.pack("<HHH", 0xFFFF, 18, 0)
    strings += b"".join(struct.pack("<H", len(n)) + n.encode("utf-16-le") for n in names)
    strings += struct.pack("<H", 0) * 16
    table = b"\0" * 64 + strings + "Times New Roman".encode("utf-16-le")
    main = bytearray(0x800)
    struct.pack_into("<HHH", main, 0, 0xA5EC, 0xC1, 0)
    struct.pack_into("<H", main, 10, flags)
    struct.pack_into("<II", main, 0x19A, 64, len(strings))
    return {
        "WordDocument": bytes(main) + text,
        "1Table": table,
        "\x05SummaryInformation": b"\xfe\xff",
    }


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of a workbook."""
    return struct.pack("<HH", kind, len(body)) + body


def book_stream(*records: bytes, sheet: int = 0) -> bytes:
    """The main stream of an xls; `sheet` is the kind of its only one."""
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x1FEB, 0x7CD, 0xC1, 6))
    name = "Sổ".encode("utf-16-le")
    bound = record(0x85, struct.pack("<IBBBB", 0x400, 0, sheet, 2, 1) + name)
    cell = (
        record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
        + record(0x203, bytes(14))
        + record(0x0A)
    )
    return begin + bound + b"".join(records) + record(0x0A) + cell


def module(source: str = "", compiled: int = 700) -> bytes:
    """The stream of a module: so much compiled code, then its source, eight letters a flag."""
    text = f'Attribute VB_Name = "ThisDocument"\r\n{source}'.encode()
    packed = b"".join(b"\0" + text[at : at + 8] for at in range(0, len(text), 8))
    return b"\1" * compiled + b"\1" + struct.pack("<H", 0xB000 | (len(packed) - 1)) + packed


def project(source: str = "", compiled: int = 700) -> dict[str, Tree]:
    """A Visual Basic project of one module."""
    return {
        "VBA": {"dir": b"\1", "_VBA_PROJECT": b"\xcc\x61", "ThisDocument": module(source, compiled)}
    }
