"""What carries a message: bare XML, MIME with parts, base64 text; stray bytes before it forgiven.

MIME is cut by its first boundary, whatever the header says, since senders write headers by hand.
"""

from __future__ import annotations

import codecs
import quopri
import re
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message as Headers
from email.parser import HeaderParser
from typing import NamedTuple

from contracts.edxml import sniffing
from contracts.edxml.cautions import CautionCode, Notes
from contracts.edxml.limits import Limits
from contracts.edxml.payloads import Parcel, base64_told
from contracts.edxml.refusals import FormatForeign, LayerMissing, LimitPassed

_BOUNDARY = re.compile(rb"^--([^\r\n]*?[^\s-][^\r\n]*?)[ \t]*\r?$", re.MULTILINE)
_ENVELOPE = re.compile(rb"(?:<\?xml[^>]*\?>\s*)?<(?:[A-Za-z_][\w.-]*:)?Envelope[\s>]", re.ASCII)
_END = re.compile(rb"</(?:[A-Za-z_][\w.-]*:)?Envelope\s*>", re.ASCII)
_BASE64 = re.compile(rb"[A-Za-z0-9+/\s]+=*\s*")
_LOOK = 64 * 1024
_NAMES = {
    sniffing.ZIP: ("tệp nén zip", "a zip archive"),
    sniffing.PDF: ("tệp PDF", "a PDF"),
    "text/html": ("trang HTML", "an HTML page"),
    "text/plain": ("văn bản thường", "plain text"),
    sniffing.UNKNOWN: ("dữ liệu nhị phân không rõ loại", "binary data of no known kind"),
}


class Carried(NamedTuple):
    """A message out of its carrier: its XML and the parts that travelled beside it."""

    xml: bytes
    parts: list[Parcel]


def opened(data: bytes, limits: Limits, notes: Notes) -> Carried:
    """The message in these bytes. Refusals: `FormatForeign`, `LayerMissing`, `LimitPassed`."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Carried(data, [])
    if sniffing.is_zip(data) or data.startswith(b"%PDF-"):
        raise foreign(data)
    head = data[:_LOOK].removeprefix(codecs.BOM_UTF8)
    if head.lstrip()[:1] == b"<":
        return Carried(_until_end(data.removeprefix(codecs.BOM_UTF8).lstrip()), [])
    envelope, boundary = _ENVELOPE.search(head), _BOUNDARY.search(head)
    if boundary and not (envelope and envelope.start() < boundary.start()):
        return _multipart(data, boundary[1], limits)
    if envelope:
        notes.caution(CautionCode.LEADING_JUNK, "", envelope.start())
        return Carried(_until_end(data[data.index(envelope[0]) :]), [])
    if b"<?xml" in head or b"<edXML" in head:
        return Carried(data, [])
    return Carried(_out_of_base64(data), [])


def foreign(data: bytes) -> FormatForeign:
    """The refusal of bytes that are something else."""
    media_type = sniffing.media_type(data)
    vi, en = _NAMES.get(media_type, (f"tệp {media_type}", f"a file of {media_type}"))
    return FormatForeign(found_vi=vi, found_en=en)


def _until_end(xml: bytes) -> bytes:
    """A SOAP envelope without what stands behind it; other XML as it is."""
    if not _ENVELOPE.match(xml):
        return xml
    ends = [found.end() for found in _END.finditer(xml)]
    return xml[: ends[-1]] if ends else xml


def _out_of_base64(data: bytes) -> bytes:
    inner = base64_told(data) if _BASE64.fullmatch(data) else None
    if inner is None or inner.lstrip()[:1] != b"<":
        raise foreign(data)
    return inner.lstrip()


def _multipart(data: bytes, boundary: bytes, limits: Limits) -> Carried:
    cut = re.compile(
        rb"(?:\A|\r\n|\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)", re.MULTILINE
    )
    xml, parts = None, []
    for segment in _segments(data, cut, limits):
        headers, raw = _halves(segment)
        body = _decoded(headers, raw)
        if xml is None and body and _ENVELOPE.search(body[:_LOOK]):
            xml = _until_end(body[body.index(b"<") :])
        elif raw.strip():
            parts.append(_parcel(headers, body))
    if xml is None:
        raise LayerMissing(expected="Envelope", inside="MIME")
    return Carried(xml, parts)


def _segments(data: bytes, cut: re.Pattern[bytes], limits: Limits) -> list[bytes]:
    found: list[bytes] = []
    start = -1
    for line in cut.finditer(data):
        if start >= 0:
            found.append(data[start : line.start()])
        if len(found) > limits.attachments + 1:
            raise LimitPassed(what_vi="số tệp", what_en="files", limit=limits.attachments)
        if line[1]:
            return found
        start = line.end()
    return [*found, data[start:]]


def _halves(segment: bytes) -> tuple[Headers, bytes]:
    """Headers and body of a part; a part may begin without headers."""
    text = segment.lstrip(b"\r\n")
    blank = None if text.lstrip()[:1] == b"<" else re.search(rb"\r?\n[ \t]*\r?\n", text)
    head, body = (text[: blank.start()], text[blank.end() :]) if blank else (b"", text)
    return HeaderParser().parsestr(head.decode("utf-8", "replace")), body


def _decoded(headers: Headers, body: bytes) -> bytes | None:
    match headers.get("Content-Transfer-Encoding", "").strip().lower():
        case "base64":
            return base64_told(body)
        case "quoted-printable":
            return quopri.decodestring(body)
    return body


def _parcel(headers: Headers, body: bytes | None) -> Parcel:
    return Parcel(
        content_id=headers.get("Content-ID", ""),
        name=_words(headers.get_filename() or ""),
        description=_words(headers.get("Content-Description", "")),
        declared_type=headers.get_content_type() if "Content-Type" in headers else "",
        payload=body,
    )


def _words(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except (MessageError, LookupError, ValueError):
        return text
