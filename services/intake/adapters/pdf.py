"""PDF: its bytes first, as they lie there, then its objects through qpdf; nothing is drawn.

The bytes tell what no reader shows: what stands before and after, tables that unpack to more than
a file can hold, actions of revisions that a later one covers.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.findings import Unfit, damaged, found
from services.intake.adapters.pdf_objects import check_objects
from services.intake.adapters.policy import PdfLimits

_HEADER = re.compile(rb"%PDF-(\d)\.(\d)")
_SIZE = re.compile(rb"/Size\s+(\d{1,20})")
_START = re.compile(rb"startxref\s+(\d{1,20})\s")
_PREVIOUS = re.compile(rb"/(?:Prev|XRefStm)\s+(\d{1,20})")
_TABLE = re.compile(rb"/Type\s*/(XRef|ObjStm)\b")
_ACTION = re.compile(rb"/S\s*/(JavaScript|Launch|ImportData|SubmitForm)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_HEAD_MARKUP = re.compile(rb"<(?:!doctype|html|script|\?php|svg|body)", re.IGNORECASE)
_BLANK: Final = b"\0\t\n\f\r \x1a"


def check_pdf(content: bytes, limits: PdfLimits) -> Iterator[GateFinding]:
    """Everything a PDF may be refused or told for."""
    yield from _check_ends(content)
    _check_tables(content, limits)
    yield from _check_covered(content)
    yield from check_objects(content, limits)


def _check_ends(content: bytes) -> Iterator[GateFinding]:
    """Header first, mark last, no page of the web before the first object."""
    header = _HEADER.match(content)
    if header is None:
        raise damaged("PDF", "header")
    version = int(header.group(1)), int(header.group(2))
    if version < (1, 4):
        yield found(GateCode.OLD_PDF, version=".".join(map(str, version)))
    if _HEAD_MARKUP.search(content[: content.find(b" obj", 0, 4096)][:1024]):
        yield found(GateCode.POLYGLOT, content="HTML")
    end = content.rfind(b"%%EOF")
    if end < 0 or content.rfind(b"startxref", 0, end) < 0:
        raise damaged("PDF", "cut short")
    rest = content[end + 5 :].strip(_BLANK)
    if rest:
        raise Unfit(GateCode.TRAILING_BYTES, bytes=len(rest))


def _check_tables(content: bytes, limits: PdfLimits) -> None:
    """The chain of cross-reference tables ends, and none announces or unpacks to too much."""
    announced = max(
        (int(size[1]) for size in _SIZE.finditer(content) if _in_trailer(size)), default=0
    )
    if announced > limits.objects or content.count(b"startxref") > limits.revisions:
        raise Unfit(GateCode.PDF_BOMB, f"{announced} objects")
    _check_chain(content)
    for table in _TABLE.finditer(content):
        begins = content.find(b"stream", table.end(), table.end() + 4096)
        most = limits.table_bytes if table[1] == b"XRef" else limits.stream_bytes // 2
        if begins >= 0 and _unpacked(content, begins, most) > most:
            raise Unfit(GateCode.PDF_BOMB, table[1].decode())


def _in_trailer(size: re.Match[bytes]) -> bool:
    """Whether a size is that of a cross-reference table, and not of a file or a function."""
    around = size.string[max(0, size.start() - 300) : size.end() + 300]
    return b"/Root" in around or b"/XRef" in around


def _check_chain(content: bytes) -> None:
    starts = [int(place) for place in _START.findall(content)]
    seen: set[int] = set()
    wanted = starts[-1:]
    while wanted:
        at = wanted.pop()
        if at in seen or at >= len(content):
            raise damaged("PDF", "loop of tables" if at in seen else "table out of file")
        seen.add(at)
        trailer = content[at : _end_of_table(content, at)]
        wanted += dict.fromkeys(int(place) for place in _PREVIOUS.findall(trailer))


def _end_of_table(content: bytes, at: int) -> int:
    """Where the dictionary of a table ends: before its stream or before the next start mark."""
    ends = [place for word in (b"stream", b"startxref") if (place := content.find(word, at)) >= 0]
    return min(ends, default=len(content))


def _unpacked(content: bytes, begins: int, most: int) -> int:
    """How many bytes a packed stream becomes, counted up to one more than `most`."""
    start = begins + len(b"stream")
    start += 2 if content[start : start + 2] == b"\r\n" else 1
    end = content.find(b"endstream", start)
    inflater = zlib.decompressobj()
    try:
        return len(inflater.decompress(content[start : end if end > 0 else None], most + 1))
    except zlib.error:
        return 0


def _check_covered(content: bytes) -> Iterator[GateFinding]:
    """Actions in plain bytes that no table leads to any more, however their names are spelt."""
    plain = content if b"#" not in content else _ESCAPED.sub(_letter, content)
    for action in {match.group(1) for match in _ACTION.finditer(plain)}:
        yield found(_ACTIONS[action], f"/{action.decode()}", target="")


def _letter(escaped: re.Match[bytes]) -> bytes:
    return bytes([int(escaped.group(1), 16)])


_ACTIONS: Final = {
    b"JavaScript": GateCode.SCRIPT,
    b"Launch": GateCode.LAUNCH,
    b"ImportData": GateCode.REMOTE_CONTENT,
    b"SubmitForm": GateCode.REMOTE_CONTENT,
}
