# mypy: allow-untyped-calls
"""Whether a revision is complete: objects, their list and its end, and nothing beside them.

What no list names a careful reader never sees; one that mends broken files may find and show it.
"""

import re
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import read_non_whitespace
from pyhanko.pdf_utils.xref import read_object_header

from services.signing.adapters.pdf.layout import Place, is_table
from services.signing.adapters.pdf.opening import OpenedPdf
from services.signing.adapters.verification.report import Reason

_SPACE: Final = b"\x00\t\n\x0c\r "
_OBJECT_END: Final = re.compile(rb"\s*endobj\b")
_REVISION_END: Final = re.compile(
    rb"\s*(?:%[\x20-\x7e]{0,80}[\r\n]+)?startxref\s+(\d{1,12})\s+%%EOF(\r\n|\r|\n)?"
)
"""Makers of incremental updates may name themselves in one line before the end."""
_BEGINNING: Final = re.compile(rb"%%EOF(?:\s|%[^\r\n]{0,200}[\r\n])*")


class Uncovered(Exception):
    """Bytes that belong to nothing."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"byte {offset}")
        self.offset = offset


def end_of_revision(opened: OpenedPdf, revision: int, begin: int) -> int:
    """Where the revision that begins there ends; raises `Uncovered` where it is not complete."""
    at = begin
    for place in opened.layout.places:
        if place.revision == revision and place.start >= begin:
            _only_space(opened.content, at, place.start)
            at = _end_of(opened, place)
    end = _REVISION_END.match(opened.content, at)
    declared = int(opened.reader.xrefs.get_startxref_for_revision(revision))
    if end is None or int(end[1]) != declared or not begin <= declared < at:
        raise Uncovered(at)
    return end.end()


def between_revisions(opened: OpenedPdf) -> list[Reason]:
    """Bytes between the end of one revision and the first object of the next, if there are any."""
    found = []
    starts = [place.start for place in opened.layout.places]
    for end in _ends(opened):
        following = [start for start in starts if start >= end]
        if following and following[0] > end:
            data: dict[str, str | int | float] = {"offset": end, "bytes": following[0] - end}
            found.append(Reason(code="BYTES_BETWEEN_REVISIONS", weight="WARNING", data=data))
    return found


def disagreeing_lists(opened: OpenedPdf) -> list[Reason]:
    """An object that the two lists of a hybrid file put at two places: old readers and new ones
    show different things."""
    xrefs: Any = opened.reader.xrefs
    tables: dict[int, int] = {}
    for revision in range(xrefs.total_revisions):
        data = xrefs.get_xref_data(revision)
        tables |= {number: at for number, (_, at) in data.standard_xrefs.items()}
        if data.hybrid is not None:
            second = data.hybrid.xref_data
            beside = {number: at for number, (_, at) in second.standard_xrefs.items()}
            beside |= dict.fromkeys(second.xrefs_in_objstm, -1)
            both = [one for one in beside.keys() & tables.keys() if beside[one] != tables[one]]
            if both:
                where: dict[str, str | int | float] = {"object": int(min(both))}
                return [Reason(code="HYBRID_LISTS_DIFFER", weight="WARNING", data=where)]
    return []


def _ends(opened: OpenedPdf) -> list[int]:
    """Where the revisions but the last end, white space and remarks after the end mark included."""
    found = []
    xrefs: Any = opened.reader.xrefs
    for revision in range(xrefs.total_revisions - 1):
        section = xrefs.get_xref_container_info(revision)
        end = _BEGINNING.search(opened.content, section.end_location)
        if end is not None:
            found.append(end.end())
    return found


def _end_of(opened: OpenedPdf, place: Place) -> int:
    xrefs, stream = opened.reader.xrefs, opened.reader.stream
    section: Any = xrefs.get_xref_container_info(place.revision)
    if place.number == 0 and is_table(section):
        stream.seek(section.end_location)
        read_non_whitespace(stream, seek_back=True)
        generic.read_object(stream, generic.TrailerReference(opened.reader))
        return int(stream.tell())
    stream.seek(place.start)
    number, generation = read_object_header(stream, strict=True)
    generic.read_object(stream, generic.Reference(number, generation, opened.reader))
    end = _OBJECT_END.match(opened.content, stream.tell())
    if end is None:
        raise Uncovered(place.start)
    return end.end()


def _only_space(content: bytes, begin: int, end: int) -> None:
    if content[begin:end].strip(_SPACE):
        raise Uncovered(begin)
