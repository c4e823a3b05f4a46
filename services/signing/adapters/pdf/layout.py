# mypy: allow-untyped-calls
"""Where things stand in a file: the objects that its cross-reference lists name, and their text.

The data of streams, nearly all of a large file, is told apart by place and not read: what is
looked for is looked for in the rest, which is small.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import XRefSectionType

_DATA: Final = re.compile(rb">>\s*stream(\r\n|\n|\r)")
_LENGTH: Final = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_DATA_END: Final = re.compile(rb"\s*endstream")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


class Place(NamedTuple):
    """An object of the file: where it starts, its number, and the revision that wrote it."""

    start: int
    number: int
    generation: int
    revision: int


class Text(NamedTuple):
    """The words of some objects, data of streams left out, escapes in names undone."""

    words: bytes
    places: tuple[Place, ...]


@dataclass
class Layout:
    """The file's objects in the order they stand. A section of a list counts as number 0."""

    content: bytes
    reader: PdfFileReader

    @cached_property
    def places(self) -> list[Place]:
        """Every object and every section of the cross-reference list, of every revision."""
        found: dict[int, Place] = {}
        xrefs: Any = self.reader.xrefs
        for revision in range(xrefs.total_revisions):
            start = self._section_start(xrefs.get_xref_container_info(revision))
            found[start] = Place(start, 0, 0, revision)
            data = xrefs.get_xref_data(revision)
            if data.hybrid is not None:
                second = data.hybrid.meta_info
                found[second.start_location] = Place(
                    second.start_location, second.stream_ref.idnum, 0, revision
                )
            for part in _parts(data):
                for number, (generation, at) in part.standard_xrefs.items():
                    found.setdefault(at, Place(at, int(number), int(generation), revision))
        return sorted(found.values())

    def _section_start(self, section: Any) -> int:
        """The library tells where the rows of a table start, or the object of a stream."""
        rows = int(section.start_location)
        return self.content.rfind(b"xref", 0, rows) if is_table(section) else rows

    @cached_property
    def texts(self) -> list[Text]:
        """The words before all objects, of each that stands by itself, of each packed stream."""
        ends = [place.start for place in self.places[1:]] + [len(self.content)]
        plain = [
            Text(_unescaped(self._words(place.start, end)), (place,))
            for place, end in zip(self.places, ends, strict=True)
        ]
        before = self.content[: self.places[0].start] if self.places else self.content
        return [Text(_unescaped(before), ()), *plain, *self._packed()]

    @cached_property
    def words(self) -> bytes:
        """The words of all of them."""
        return b"\n".join(text.words for text in self.texts)

    def _words(self, start: int, end: int) -> bytes:
        """From one object to the next, without the stream's data if it surely is some."""
        data = _DATA.search(self.content, start, end)
        if data is None:
            return self.content[start:end]
        head = self.content[start : data.start() + 2]
        length = _LENGTH.search(head)
        sure = b"(" not in head and b"%" not in head and head.count(b"<") == head.count(b">")
        after = data.end() + int(length.group(1)) if length else end
        if not sure or after > end or not _DATA_END.match(self.content, after):
            return self.content[start:end]
        return head + self.content[after:end]

    def _packed(self) -> Iterator[Text]:
        members: dict[tuple[int, int], list[Place]] = {}
        xrefs: Any = self.reader.xrefs
        for revision in range(xrefs.total_revisions):
            for data in _parts(xrefs.get_xref_data(revision)):
                for number, place in data.xrefs_in_objstm.items():
                    inside = members.setdefault((place.obj_stream_id, revision), [])
                    inside.append(Place(-1, int(number), 0, revision))
        for (number, revision), places in members.items():
            stream = self.object_at(Place(-1, number, 0, revision))
            yield Text(_unescaped(stream.data), tuple(places))

    def object_at(self, place: Place) -> Any:
        """The object as its revision wrote it."""
        reference = generic.Reference(place.number, place.generation, self.reader)
        last = self.reader.xrefs.get_last_change(reference) == place.revision
        return self.reader.get_object(reference, None if last else place.revision)


def is_table(section: Any) -> bool:
    """Whether a section of the cross-reference list is a table, with or without a stream beside."""
    return section.xref_section_type is not XRefSectionType.STREAM


def _parts(data: Any) -> Iterator[Any]:
    yield data
    if data.hybrid is not None:
        yield data.hybrid.xref_data


def _unescaped(words: bytes) -> bytes:
    if b"#" not in words:
        return words
    return _ESCAPED.sub(lambda found: bytes.fromhex(found.group(1).decode()), words)
