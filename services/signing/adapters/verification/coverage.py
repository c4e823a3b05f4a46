# mypy: allow-untyped-calls
"""Which bytes a signature covers, judged on the bytes themselves and not on the library's word.

A ByteRange must take in the whole file up to the end of its revision but for the signature's own
container; that beginning of the file must be a readable document holding the same signature; and
after it only complete later revisions may follow.
"""

import io
import re
from typing import Any, Final

from asn1crypto import parser
from msgspec import Struct
from pyhanko.pdf_utils.generic import EncryptedObjAccess
from pyhanko.pdf_utils.reader import PdfFileReader

from services.signing.adapters.pdf.objects import Reference, entry
from services.signing.adapters.pdf.opening import LIBRARY_FAILURES, OpenedPdf
from services.signing.adapters.verification.report import Coverage, Reason
from services.signing.adapters.verification.revisions import Uncovered, end_of_revision

_GAP: Final = re.compile(rb"<[0-9A-Fa-f\s\x00]*>")
_LAST_WORDS: Final = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_END: Final = 64


class Extent(Struct):
    """How far a signature reaches and what speaks against it; ``revision`` counts from 0."""

    coverage: Coverage
    revision: int = -1
    reasons: tuple[Reason, ...] = ()


def extent_of(opened: OpenedPdf, name: str, field: Any) -> Extent:
    """Judge the coverage of the signature that the field of this full name holds."""
    signature = field["/V"]
    span = [_whole(edge) for edge in signature.raw_get("/ByteRange")]
    forged = _forged_range(opened.content, span, _contents(signature))
    if forged:
        return Extent("FORGED", reasons=(forged,))
    end = span[2] + span[3]
    try:
        revisions = _revisions_at(opened, end, name, field)
    except LIBRARY_FAILURES as failure:
        data: dict[str, str | int | float] = {"error": type(failure).__name__, "offset": end}
        return Extent("FORGED", reasons=(Reason(code="SIGNED_PART_UNREADABLE", data=data),))
    if not revisions:
        return Extent("FORGED", reasons=(Reason(code="SIGNATURE_DICTIONARY_DIFFERS"),))
    padding = _padding(opened.content, span)
    if end == len(opened.content):
        return Extent("WHOLE_FILE", revisions - 1, padding)
    tail = _tail(opened, end, revisions)
    return Extent("PARTIAL" if _fails(tail) else "WHOLE_REVISION", revisions - 1, padding + tail)


def signature_fields(handler: Any) -> dict[str, Any]:
    """Every signature field of the form with its full name, at any depth, filled or empty."""
    found: dict[str, Any] = {}
    form = entry(handler.root, "/AcroForm", {})
    waiting = [("", "", entry(form, "/Fields"))]
    seen: set[int] = set()
    while waiting:
        prefix, kind, fields = waiting.pop()
        for reference in fields or ():
            field = reference.get_object()
            if id(field) in seen:
                continue
            seen.add(id(field))
            name = ".".join(filter(None, (prefix, str(entry(field, "/T", "")))))
            own = str(entry(field, "/FT", kind))
            if own == "/Sig" and "/T" in field:
                found[name if name not in found else f"{name}#{len(found)}"] = field
            waiting.append((name, own, entry(field, "/Kids")))
    return found


def _forged_range(content: bytes, span: list[int], contents: bytes) -> Reason | None:
    """A ByteRange ``0 b c d`` leaves out exactly the hexadecimal container, nothing more."""
    if len(span) != 4 or span[0] != 0 or not 0 < span[1] < span[2] <= span[2] + span[3]:
        return Reason(code="BYTE_RANGE_WRONG")
    if span[2] + span[3] > len(content):
        return Reason(code="BYTE_RANGE_BEYOND_FILE", data={"offset": span[2] + span[3]})
    gap = content[span[1] : span[2]]
    if not _GAP.fullmatch(gap):
        return Reason(code="BYTE_RANGE_GAP_WRONG", data={"offset": span[1]})
    if _unhexed(gap) != contents:
        return Reason(code="CONTAINER_DIFFERS_FROM_GAP", data={"offset": span[1]})
    return None


def _revisions_at(opened: OpenedPdf, end: int, name: str, field: Any) -> int:
    """How many revisions the file had up to ``end``; 0 if another signature stood in the field."""
    if end == len(opened.content):
        return int(opened.reader.xrefs.total_revisions)
    before, count = _as_it_was(opened, end)
    then = signature_fields(before)[name].raw_get("/V")
    now = field.raw_get("/V")
    if _same_place(opened, count, then, now) or _same_words(then, now):
        return count
    return 0


def _as_it_was(opened: OpenedPdf, end: int) -> tuple[Any, int]:
    """The document that ends there, and its number of revisions.

    Where its last words point to a section of the file's own history, which stands with all its
    objects before ``end``, reading the beginning once more would read the same bytes.
    """
    starts = _starts(opened.reader)
    last = _LAST_WORDS.search(opened.content[max(0, end - _END) : end])
    if last and not (opened.leniently or opened.hybrid) and int(last[1]) in starts:
        revision = starts.index(int(last[1]))
        places = (place.start for place in opened.layout.places if place.revision <= revision)
        if max(places) < end:
            return opened.reader.get_historical_resolver(revision), revision + 1
    before = PdfFileReader(io.BytesIO(opened.content[:end]), strict=not opened.leniently)
    if opened.encrypted:
        before.decrypt(b"")
    count = int(before.xrefs.total_revisions)
    if _starts(before) != starts[:count]:
        raise ValueError("another history")
    return before, count


def _same_place(opened: OpenedPdf, count: int, then: Any, now: Any) -> bool:
    """Whether the signature is, now as then, the one object at the same place of the file."""
    if not isinstance(then, Reference) or then != now:
        return False
    xrefs: Any = opened.reader.xrefs
    place = xrefs.get_historical_ref(now.reference, count - 1)
    return isinstance(place, int) and place == xrefs[now.reference]


def _same_words(then: Any, now: Any) -> bool:
    then, now = then.get_object(), now.get_object()
    return _contents(then) == _contents(now) and _rest(then) == _rest(now)


def _tail(opened: OpenedPdf, end: int, revisions: int) -> tuple[Reason, ...]:
    """What follows the signed bytes must be complete revisions that the reader reads as such."""
    place = end
    try:
        for revision in range(revisions, int(opened.reader.xrefs.total_revisions)):
            place = end_of_revision(opened, revision, place)
    except Uncovered as uncovered:
        return (Reason(code="UNCOVERED_TAIL", data={"offset": uncovered.offset}),)
    except LIBRARY_FAILURES:
        return (Reason(code="UNCOVERED_TAIL", data={"offset": place}),)
    left = opened.content[place:]
    if left.strip(b"\r\n"):
        return (Reason(code="UNCOVERED_TAIL", data={"offset": place, "bytes": len(left)}),)
    return (Reason(code="TRAILING_LINE_BREAK", weight="WARNING"),) if left else ()


def _starts(reader: Any) -> list[int]:
    """Where the cross-reference sections of the revisions stand: the file's own history."""
    revisions = range(int(reader.xrefs.total_revisions))
    return [int(reader.xrefs.get_startxref_for_revision(number)) for number in revisions]


def _padding(content: bytes, span: list[int]) -> tuple[Reason, ...]:
    """After the container's own length only zeros are usual; other bytes are told, not refused."""
    container = _unhexed(content[span[1] : span[2]])
    _, _, _, head, body, tail = parser.parse(container)
    if not container[len(head) + len(body) + len(tail) :].strip(b"\x00"):
        return ()
    return (Reason(code="CONTAINER_PADDING_NOT_ZERO", weight="WARNING"),)


def _contents(signature: Any) -> bytes:
    raw = signature.raw_get("/Contents", decrypt=EncryptedObjAccess.RAW)
    return bytes(raw.original_bytes)


def _rest(signature: Any) -> dict[str, str]:
    return {str(key): repr(signature.raw_get(key)) for key in signature if key != "/Contents"}


def _unhexed(gap: bytes) -> bytes:
    digits = b"".join(gap[1:-1].replace(b"\x00", b"").split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _whole(edge: Any) -> int:
    return int(edge) if isinstance(edge, int) else -1


def _fails(reasons: tuple[Reason, ...]) -> bool:
    return any(reason.weight == "FAILURE" for reason in reasons)
