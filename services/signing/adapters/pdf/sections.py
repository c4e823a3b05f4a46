"""What a file's cross-reference lists announce, before anything is made of them.

A few hundred kilobytes can announce forty million objects; the library would believe them. Only
the announcements are read here, along the chain from the file's end. What is not understood is left
to the library, which reads within the limits of its process.
"""

import re
from typing import Final, NamedTuple

from services.signing.adapters import refusals

_START: Final = re.compile(rb"startxref\s+(\d{1,12})")
_TABLE: Final = re.compile(rb"\s*xref\s+")
_ROWS: Final = re.compile(rb"\s*(\d{1,12})\s+(\d{1,12})\s+")
_STREAM: Final = re.compile(rb"\s*\d{1,10}\s+\d{1,5}\s+obj\b")
_ENTRY: Final = re.compile(rb"/(Size|Prev|XRefStm)\s+(\d{1,12})")
_INDEX: Final = re.compile(rb"/Index\s*\[([\d\s]{1,100000})\]")
_ROW: Final = 20
_SHORTEST_ROW: Final = 19
_LONGEST: Final = 1 << 16
_MOST_PACKED: Final = 1032
"""Bytes that one byte can unpack to (deflate)."""


class _Section(NamedTuple):
    """How many objects it announces, how many there is room for, and the sections it names.

    ``size`` is one more than the highest number of an object that it announces.
    """

    announced: int
    room: int
    size: int = 0
    before: int | None = None
    beside: int | None = None


def check_sections(content: bytes, max_objects: int, max_revisions: int) -> None:
    """Refuse lists that announce more than the file can hold, than is allowed, or have no end."""
    starts = [int(found.group(1)) for found in _START.finditer(content, len(content) - 2048)]
    seen: set[int] = set()
    at, announced = (starts[-1] if starts else None), 0
    while at is not None:
        if at in seen:
            raise refusals.XrefLoop(offset=at)
        seen.add(at)
        if len(seen) > max_revisions:
            raise refusals.TooManyRevisions(revisions=len(seen), limit=max_revisions)
        section = _section(content, at)
        for one in (section, section and section.beside and _section(content, section.beside)):
            announced += _announced(one, max_objects) if one else 0
        if announced > max_objects:
            raise refusals.TooManyObjects(announced=announced, limit=max_objects)
        at = section.before if section else None


def _announced(section: _Section, limit: int) -> int:
    if section.announced > section.room:
        raise refusals.XrefTooLarge(announced=section.announced, room=section.room)
    if section.size > limit:
        raise refusals.TooManyObjects(announced=section.size, limit=limit)
    return section.announced


def _section(content: bytes, at: int) -> _Section | None:
    table = _TABLE.match(content, at)
    if table:
        return _table(content, table.end())
    return _stream(content, at) if _STREAM.match(content, at) else None


def _table(content: bytes, at: int) -> _Section:
    announced, room = 0, len(content) // _SHORTEST_ROW
    while rows := _ROWS.match(content, at):
        count = int(rows.group(2))
        announced += count
        if rows.end() + count * _SHORTEST_ROW > len(content):
            return _Section(announced, min(room, announced - 1))
        at = rows.end() + count * _ROW
    trailer = content[at : _until(content, b"startxref", at)]
    return _Section(announced, room, *_told(trailer))


def _stream(content: bytes, at: int) -> _Section:
    head = content[at : _until(content, b"stream", at)]
    index = _INDEX.search(head)
    size, before, _ = _told(head)
    counts = [int(count) for count in index.group(1).split()[1::2]] if index else [size]
    return _Section(sum(counts), len(content) * _MOST_PACKED, size, before)


def _until(content: bytes, word: bytes, at: int) -> int:
    found = content.find(word, at, at + _LONGEST)
    return found if found >= 0 else at + _LONGEST


def _told(words: bytes) -> tuple[int, int | None, int | None]:
    """Size, the section before and the one beside, as a trailer tells them."""
    found = {name: int(number) for name, number in _ENTRY.findall(words)}
    return found.get(b"Size", 0), found.get(b"Prev"), found.get(b"XRefStm")
