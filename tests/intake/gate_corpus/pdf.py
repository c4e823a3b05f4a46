"""PDF files written object by object, with tables that are right unless a case wants them wrong."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping

import pikepdf

CATALOG = b"<< /Type /Catalog /Pages 2 0 R %s >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> %s >>"
TEXT = b"BT /F1 12 Tf 72 720 Td (Uy ban nhan dan tinh) Tj ET"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"


def stream(data: bytes, words: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), words, data)


def flate(data: bytes, words: bytes = b"") -> bytes:
    """A stream object in deflate."""
    return stream(zlib.compress(data, 9), b"/Filter /FlateDecode " + words)


def objects(
    catalog: bytes = b"", page: bytes = b"", more: Mapping[int, bytes] | None = None
) -> dict[int, bytes]:
    """The objects of a one-page file: what is added to its catalog, to its page, further objects."""
    return {
        1: CATALOG % catalog,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: PAGE % page,
        4: stream(TEXT),
        5: FONT,
        **(more or {}),
    }


def written(things: Mapping[int, bytes], version: bytes = b"1.7", trailer: bytes = b"") -> bytes:
    """A file with a plain cross-reference table."""
    body, places = bytearray(b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n" % version), {}
    for number, thing in things.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    return bytes(body) + table(places, len(body), trailer)


def table(places: Mapping[int, int], at: int, trailer: bytes = b"", size: int = 0) -> bytes:
    """A cross-reference table that stands at a place, and its trailer."""
    told = bytearray(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in sorted(places.items()):
        told += b"%d 1\n%010d 00000 n \n" % (number, place)
    words = b"/Size %d /Root 1 0 R %s" % (size or max(places) + 1, trailer)
    return bytes(told) + b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (words, at)


def updated(content: bytes, things: Mapping[int, bytes]) -> bytes:
    """The file with an incremental update appended."""
    before = content.rfind(b"startxref\n") + 10
    previous = int(content[before : content.index(b"\n", before)])
    places = {}
    for number, thing in things.items():
        places[number] = len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    return content + table(places, len(content), b"/Prev %d" % previous, size=100)


def simple(
    catalog: bytes = b"", page: bytes = b"", more: Mapping[int, bytes] | None = None
) -> bytes:
    """A one-page file."""
    return written(objects(catalog, page, more))


def saved(content: bytes, **how: object) -> bytes:
    """The file as qpdf saves it: object streams, linearised, encrypted …"""
    told = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(told, **how)
    return told.getvalue()


def with_cross_reference_stream(
    things: Mapping[int, bytes], table: bytes | None = None, words: bytes = b""
) -> bytes:
    """A file whose table is a stream; `table` replaces the right one."""
    body, places = b"%PDF-1.5\n", {}
    for number, thing in things.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    own = max(things) + 1
    places[own] = len(body)
    rows = b"".join(
        (b"\1" + places[n].to_bytes(4, "big") + b"\0") if n in places else bytes(6)
        for n in range(own + 1)
    )
    told = words or b"/Type /XRef /Size %d /W [1 4 1] /Root 1 0 R" % (own + 1)
    body += b"%d 0 obj\n%s\nendobj\n" % (own, flate(rows if table is None else table, told))
    return body + b"startxref\n%d\n%%%%EOF\n" % places[own]


def hybrid(things: Mapping[int, bytes]) -> bytes:
    """A file of two tables, as Microsoft Word writes: a plain one and a stream for the same places."""
    content = written(things)
    at = content.rfind(b"xref\n0 1")
    own, here = max(things) + 1, at
    rows = bytes(6) + b"\1" + here.to_bytes(4, "big") + b"\0"
    told = b"/Type /XRef /Size %d /Index [0 1 %d 1] /W [1 4 1] /Root 1 0 R" % (own + 1, own)
    extra = b"%d 0 obj\n%s\nendobj\n" % (own, flate(rows, told))
    plain = content[at : content.rfind(b"trailer")]
    start = at + len(extra)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (own, start)
    second = b"xref\n0 0\ntrailer\n<< /Size %d /Root 1 0 R /Prev %d /XRefStm %d >>\nstartxref\n%d\n%%%%EOF\n"
    body = content[:at] + extra + plain + trailer
    return body + second % (own + 1, start, here, len(body))
