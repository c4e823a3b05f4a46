"""PDF files written byte by byte: revisions, cross-references of each kind, signatures.

Nothing here shares a line with the signer under test, so that the verifier is not merely shown what
its own house writes. An object is a dictionary of raw values, a stream, or raw bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.signing.corpus.container import Container

Entries = dict[str, bytes]
Span = Callable[[int, int, int], tuple[int, ...]]
HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
ROOM = b"[0 0000000000 0000000000 0000000000]"
CATALOG, PAGES, FIRST, SECOND, TEXT, MORE, FONT, INFORMATION, FORM, XMP = range(1, 11)


@dataclass
class Stream:
    """A stream with its dictionary's other entries."""

    data: bytes
    entries: Entries


Body = Entries | Stream | bytes


def written(body: Body) -> bytes:
    """An object's bytes."""
    if isinstance(body, bytes):
        return body
    if isinstance(body, Stream):
        entries = body.entries | {"Length": b"%d" % len(body.data)}
        return written(entries) + b"\nstream\n" + body.data + b"\nendstream"
    return (
        b"<< "
        + b" ".join(b"/%s %s" % (key.encode(), value) for key, value in body.items())
        + b" >>"
    )


def ref(number: int) -> bytes:
    """A reference to an object."""
    return b"%d 0 R" % number


def refs(numbers: Iterable[int]) -> bytes:
    """An array of references."""
    return b"[" + b" ".join(map(ref, numbers)) + b"]"


def text(line: bytes, size: int = 12, place: tuple[int, int] = (72, 720)) -> bytes:
    """A content stream that prints one line."""
    return b"BT /F1 %d Tf %d %d Td (%s) Tj ET" % (size, *place, line)


def whole(start: int, end: int, length: int) -> tuple[int, ...]:
    """The ByteRange that takes in everything but the container."""
    return 0, start, end, length - end


class Paper:
    """A document in the making. ``content`` is what is written; objects touched since are fresh."""

    def __init__(self, head: bytes = HEAD) -> None:
        self.content = head
        self.objects: dict[int, Body] = {}
        self.fresh: set[int] = set()
        self.starts: list[int] = []
        self.fields: dict[str, int] = {}
        self.cipher: Callable[[int, bytes], bytes] | None = None
        self.trailer: Entries = {"Root": ref(CATALOG), "ID": b"[<%s> <%s>]" % ((b"5" * 32,) * 2)}

    def copy(self) -> Paper:
        """The same document, to be continued otherwise."""
        return deepcopy(self)

    def put(self, body: Body, number: int | None = None) -> int:
        """A new object, or another body for an old one; its number."""
        number = number or max(self.objects, default=0) + 1
        self.objects[number] = body
        self.fresh.add(number)
        return number

    def touch(self, number: int) -> Any:
        """An object that will be written again; change it in place."""
        self.fresh.add(number)
        return self.objects[number]

    def save(self, style: str = "table", packed: Iterable[int] = (), **trailer: bytes) -> Paper:
        """Write a revision of all fresh objects; ``style``: ``table``, ``stream`` or ``hybrid``."""
        inside = sorted(packed)
        at, places = self.write_objects(sorted(self.fresh - set(inside)))
        if style == "table":
            self.end_with_table(at, trailer)
        elif style == "stream":
            self.end_with_stream(at, places, inside, trailer)
        else:
            self._end_hybrid(at, inside, trailer)
        self.fresh.clear()
        return self

    def write_objects(self, numbers: Iterable[int]) -> tuple[dict[int, int], dict[int, Any]]:
        """Append objects; where each begins."""
        at: dict[int, int] = {}
        for number in numbers:
            at[number] = len(self.content)
            body = self.objects[number]
            if self.cipher and isinstance(body, Stream) and body.entries.get("Type") != b"/XRef":
                body = Stream(self.cipher(number, body.data), body.entries)
            self.content += b"%d 0 obj\n%s\nendobj\n" % (number, written(body))
        return at, {number: (1, place, 0) for number, place in at.items()}

    def size(self) -> int:
        """One more than the highest object number."""
        return max(self.objects) + 1

    def end_with_table(self, at: dict[int, int], trailer: Entries) -> None:
        """Append a table of these places, the trailer and the end of the file."""
        start = len(self.content)
        first = not self.starts
        lines = {number: b"%010d 00000 n \n" % place for number, place in at.items()}
        lines |= {0: b"0000000000 65535 f \n"} if first else {}
        self.content += b"xref\n" + sections(lines)
        self.content += b"trailer\n" + written(self._trailer() | trailer)
        self._end(start)

    def _trailer(self) -> Entries:
        entries = {"Size": b"%d" % self.size()} | self.trailer
        return entries | ({"Prev": b"%d" % self.starts[-1]} if self.starts else {})

    def _end(self, start: int) -> None:
        self.content += b"\nstartxref\n%d\n%%%%EOF\n" % start
        self.starts.append(start)

    def _pack(self, inside: list[int]) -> int:
        bodies = [written(self.objects[number]) for number in inside]
        index, place = [], 0
        for number, body in zip(inside, bodies, strict=True):
            index.append(b"%d %d" % (number, place))
            place += len(body) + 1
        head = b" ".join(index) + b"\n"
        data = zlib.compress(head + b"\n".join(bodies))
        entries = {"Type": b"/ObjStm", "N": b"%d" % len(inside), "First": b"%d" % len(head)}
        return self.put(Stream(data, entries | {"Filter": b"/FlateDecode"}))

    def _cross_references(
        self, at: dict[int, int], places: dict[int, Any], inside: list[int], trailer: Entries
    ) -> int:
        if inside:
            holder = self._pack(inside)
            at |= self.write_objects([holder])[0]
            places[holder] = (1, at[holder], 0)
            places |= {number: (2, holder, place) for place, number in enumerate(inside)}
        own = max(self.objects) + 1
        start = len(self.content)
        places[own] = (1, start, 0)
        places |= {} if self.starts else {0: (0, 0, 65535)}
        rows = {n: b"%c%s%s" % (k, a.to_bytes(4), b.to_bytes(2)) for n, (k, a, b) in places.items()}
        index = b" ".join(b"%d %d" % (run[0], len(run)) for run in runs(rows))
        data = zlib.compress(b"".join(rows[number] for number in sorted(rows)))
        entries = {"Type": b"/XRef", "W": b"[1 4 2]", "Index": b"[%s]" % index}
        self.objects[own] = Stream(data, {})
        entries |= self._trailer() | trailer | {"Filter": b"/FlateDecode"}
        self.objects[own] = Stream(data, entries)
        self.write_objects([own])
        return start

    def end_with_stream(
        self, at: dict[int, int], places: dict[int, Any], inside: list[int], trailer: Entries
    ) -> None:
        self._end(self._cross_references(at, places, inside, trailer))

    def _end_hybrid(self, at: dict[int, int], inside: list[int], trailer: Entries) -> None:
        """As Word does: a table, then an empty one that names a stream for the packed objects."""
        hidden = self._cross_references(at, {}, inside, {}) if inside else None
        self.end_with_table(at, trailer)
        if hidden is not None:
            start = len(self.content)
            more = self._trailer() | trailer | {"XRefStm": b"%d" % hidden}
            self.content += b"xref\n" + sections({}) + b"trailer\n" + written(more)
            self._end(start)

    def add_field(self, title: str, page: int = FIRST, **entries: bytes) -> int:
        """A field with its widget in one, in the form and on the page."""
        standard = {"Type": b"/Annot", "Subtype": b"/Widget", "FT": b"/Sig", "F": b"132"}
        standard |= {"T": b"(%s)" % title.encode(), "P": ref(page), "Rect": b"[0 0 0 0]"}
        number = self.put(standard | entries)
        self.fields[title] = number
        self.annotate(page, number)
        if FORM not in self.objects:
            self.put({"Fields": b"[]", "SigFlags": b"3"}, FORM)
            self.touch(CATALOG)["AcroForm"] = ref(FORM)
        append(self.touch(FORM), "Fields", number)
        return number

    def annotate(self, page: int, number: int) -> None:
        """Put an annotation on a page."""
        append(self.touch(page), "Annots", number)

    def sign(
        self,
        container: Container,
        title: str = "Signature1",
        span: Span = whole,
        room: int = 6000,
        padding: bytes = b"",
        style: str = "table",
        field: Entries | None = None,
        **entries: bytes,
    ) -> Paper:
        """Sign a field, an old or a new one, in a revision of its own.

        ``room`` is the container's space in bytes; ``padding`` fills what it leaves over.
        """
        number = self.fields.get(title) or self.add_field(title)
        value = {"Type": b"/Sig", "Filter": b"/Adobe.PPKLite", "SubFilter": b"/ETSI.CAdES.detached"}
        value |= {"ByteRange": ROOM, "Contents": b"<%s>" % (b"0" * 2 * room)}
        value |= {"M": b"(D:20260615100000+07'00')"} | entries
        kept = {key: entry for key, entry in value.items() if entry}
        self.touch(number).update({"V": ref(self.put(kept))} | (field or {}))
        return self.finish(container, span, padding, style)

    def finish(
        self, container: Container, span: Span = whole, padding: bytes = b"", style: str = "table"
    ) -> Paper:
        """Save the revision and fill in what was left open for one signature."""
        begin = len(self.content)
        self.save(style)
        self.content = filled(self.content, begin, container, span, padding)
        return self


def filled(content: bytes, begin: int, container: Container, span: Span, padding: bytes) -> bytes:
    """The file with the ByteRange and the container put into the places kept for them."""
    start = content.index(b"/Contents <0", begin) + len(b"/Contents ")
    end = content.index(b">", start) + 1
    edges = span(start, end, len(content))
    numbers = b"[" + b" ".join(b"%d" % edge for edge in edges) + b"]"
    if ROOM in content[begin:]:
        place = content.index(ROOM, begin)
        content = content[:place] + numbers.ljust(len(ROOM)) + content[place + len(ROOM) :]
    covered = b"".join(
        content[max(0, a) : max(0, a) + max(0, n)]
        for a, n in zip(edges[::2], edges[1::2], strict=False)
    )
    made = container(covered)
    room = (end - start - 2) // 2
    if len(made) > room:
        raise ValueError(f"the container takes {len(made)} bytes of {room}")
    made = (made + padding).ljust(room, b"\0")[:room]
    return content[: start + 1] + made.hex().encode() + content[end - 1 :]


def append(holder: Entries, key: str, number: int) -> None:
    """Add a reference to an array of the dictionary."""
    before = holder.get(key, b"[]").strip()
    holder[key] = before[:-1] + b" " + ref(number) + b"]"


def runs(numbers: Iterable[int]) -> list[list[int]]:
    """Numbers in order, grouped where they follow each other."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def sections(lines: dict[int, bytes]) -> bytes:
    """The table's sections; an empty one if there is nothing to list."""
    return b"0 0\n" * (not lines) + b"".join(
        b"%d %d\n%s" % (run[0], len(run), b"".join(lines[number] for number in run))
        for run in runs(lines)
    )


def letter(pages: int = 2, head: bytes = HEAD) -> Paper:
    """An official letter, not yet written: two pages, a font, information and XMP."""
    paper = Paper(head)
    paper.put({"Type": b"/Catalog", "Pages": ref(PAGES), "Metadata": ref(XMP)}, CATALOG)
    paper.put({"Type": b"/Pages", "Kids": refs((FIRST, SECOND)), "Count": b"2"}, PAGES)
    resources = b"<< /Font << /F1 %s >> >>" % ref(FONT)
    for number, content in ((FIRST, TEXT), (SECOND, MORE)):
        page = {"Type": b"/Page", "Parent": ref(PAGES), "MediaBox": b"[0 0 595 842]"}
        paper.put(page | {"Resources": resources, "Contents": ref(content)}, number)
    paper.put(Stream(text(b"So: 12/SNV-VTLT. Pay one hundred million dong."), {}), TEXT)
    paper.put(Stream(text(b"Noi nhan: nhu tren."), {}), MORE)
    paper.put({"Type": b"/Font", "Subtype": b"/Type1", "BaseFont": b"/Helvetica"}, FONT)
    paper.put({"Title": b"(Cong van)", "Producer": b"(hand)"}, INFORMATION)
    paper.trailer["Info"] = ref(INFORMATION)
    about = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><title>Cong van</title></x:xmpmeta>"
    paper.put(Stream(about, {"Type": b"/Metadata", "Subtype": b"/XML"}), XMP)
    return paper
