# mypy: allow-untyped-calls
"""Signature dictionaries read without spelling out their containers.

The library reads a container, tens of thousands of hexadecimal digits, one at a time; that takes
half of a verification. Here the object is read with an empty container, which is then filled from
the digits at once, and put where the library keeps the objects it has read.
"""

import io
import re
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from services.signing.adapters.pdf.objects import Reference

_HEAD: Final = re.compile(rb"(\d{1,10})\s+(\d{1,5})\s+obj\s*(?=<<)")
_CONTAINER: Final = re.compile(rb"/Contents\s*<(?=[0-9A-Fa-f\s])")
_DIGITS: Final = re.compile(rb"[0-9A-Fa-f\s]+")
_END: Final = re.compile(rb"\s*endobj\b")
_ASKED: Final = frozenset({"/ByteRange", "/Contents"})
_REST: Final = 1 << 16


def take_in(reader: PdfFileReader, content: bytes, reference: Reference) -> None:
    """Have the reader know this signature dictionary, unless only the library can read it.

    Raises what the library raises of a dictionary that is damaged.
    """
    at: Any = reader.xrefs[reference.reference]
    if reader.encrypted or not isinstance(at, int):
        return
    head = _HEAD.match(content, at)
    if head is None or (int(head[1]), int(head[2])) != (reference.idnum, reference.generation):
        return
    read = _read(
        content, head.end(), generic.Reference(reference.idnum, reference.generation, reader)
    )
    if read is not None:
        reader.cache_indirect_object(reference.generation, reference.idnum, read)


def _read(content: bytes, start: int, reference: Any) -> Any:
    """The dictionary, or nothing where its ByteRange does not name just this container."""
    begin = _CONTAINER.search(content, start, start + _REST)
    end = content.find(b">", begin.end()) if begin else -1
    if begin is None or end < 0:
        return None
    digits = content[begin.end() : end]
    stream = io.BytesIO(content[start : begin.end()] + content[end : end + _REST])
    read: Any = generic.read_object(stream, reference)
    rest = content[end + stream.tell() - (begin.end() - start) :][:64]
    gap = [begin.end() - 1, end + 1]
    if not _DIGITS.fullmatch(digits) or not _END.match(rest) or not _names(read, gap):
        return None
    packed = b"".join(digits.split())
    container = bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode("ascii"))
    read[generic.pdf_name("/Contents")] = generic.ByteStringObject(container)
    return read


def _names(read: Any, gap: list[int]) -> bool:
    if not isinstance(read, generic.DictionaryObject) or not set(read) >= _ASKED:
        return False
    span = list(read.raw_get("/ByteRange"))
    empty = getattr(read.raw_get("/Contents"), "original_bytes", None) == b""
    return empty and len(span) == 4 and [span[0] + span[1], span[2]] == gap
