"""Opening a file anyone may have sent: limits first, a strict reading, then a lenient one.

pyHanko, reading damaged or hostile files, raises nearly everything Python has; ``LIBRARY_FAILURES``
names it, so that one bad object never takes the whole answer with it.
"""

import io
import re
import struct
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from msgspec import Struct
from pyhanko.pdf_utils.misc import PdfDecodeLimitError, PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from services.signing.adapters import refusals
from services.signing.adapters.pdf.layout import Layout
from services.signing.adapters.pdf.sections import check_sections

LIBRARY_FAILURES: Final[tuple[type[Exception], ...]] = (
    PdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.ExtensionNotFound,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(-?\d+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\s*\]")
_LONGEST_NUMBER = 15


class Limits(Struct, frozen=True, kw_only=True):
    """How much one file may cost: sizes are checked before parsing, the rest by the system."""

    max_bytes: int = 64 * 1024 * 1024
    max_revisions: int = 64
    max_signatures: int = 64
    max_objects: int = 200_000
    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    address_space: int = 1_500_000_000


@dataclass(frozen=True)
class OpenedPdf:
    """A readable file and how it could be read."""

    content: bytes
    reader: PdfFileReader
    leniently: bool
    encrypted: bool

    @cached_property
    def layout(self) -> Layout:
        """Where things stand in it."""
        return Layout(self.content, self.reader)

    @property
    def hybrid(self) -> bool:
        """Whether any revision carries two cross-reference lists (as Microsoft Word writes)."""
        return bool(self.reader.xrefs.hybrid_xrefs_present)


def open_pdf(content: bytes, limits: Limits) -> OpenedPdf:
    """Check the limits and read the structure; refuses what cannot or must not be read."""
    check_bytes(content, limits)
    try:
        reader, leniently = PdfFileReader(io.BytesIO(content), strict=True), False
    except (MemoryError, RecursionError) as failure:
        raise unreadable(failure) from failure
    except LIBRARY_FAILURES:
        reader, leniently = _read_leniently(content), True
    encrypted = bool(reader.encrypted)
    opened = OpenedPdf(content, reader, leniently, encrypted)
    if encrypted:
        _unlock(reader)
        _check_encryption(opened)
    return opened


def check_bytes(content: bytes, limits: Limits) -> None:
    """What can be said before parsing: size, kind of file, promises no such file can keep."""
    if not content:
        raise refusals.EmptyFile()
    if len(content) > limits.max_bytes:
        raise refusals.TooLarge(bytes=len(content), limit=limits.max_bytes)
    if not content.startswith(b"%PDF-"):
        if b"%PDF-" in content[:1024] and not content.startswith((b"PK", b"<")):
            raise refusals.LeadingBytes(bytes=content.index(b"%PDF-"))
        raise refusals.NotAPdf(starts_with=content[:4].hex())
    check_sections(content, limits.max_objects, limits.max_revisions)


def byte_ranges(words: bytes) -> set[tuple[int, ...]]:
    """Every ``/ByteRange`` written as text anywhere in these words of a file."""
    places, at = [], words.find(b"/ByteRange")
    while at >= 0:
        places.append(at)
        at = words.find(b"/ByteRange", at + 1)
    spans = (_BYTE_RANGE.match(words, place) for place in places)
    return {tuple(map(_number, span.groups())) for span in spans if span}


def _check_encryption(opened: OpenedPdf) -> None:
    """Every revision must say that the file is encrypted, or readers read different files."""
    layout = opened.layout
    sections = (text for text in layout.texts if text.places and not text.places[0].number)
    if not all(b"/Encrypt" in text.words for text in sections):
        raise refusals.Encrypted(error="not in every revision")


def _number(digits: bytes) -> int:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else -1


def _read_leniently(content: bytes) -> PdfFileReader:
    try:
        return PdfFileReader(io.BytesIO(content), strict=False)
    except LIBRARY_FAILURES as failure:
        raise unreadable(failure) from failure


def unreadable(failure: Exception) -> refusals.SigningRefused:
    """The refusal that says why the library could not read a file."""
    if isinstance(failure, MemoryError):
        return refusals.ResourceLimit(error=type(failure).__name__)
    if isinstance(failure, PdfDecodeLimitError):
        return refusals.DecodeLimit()
    if isinstance(failure, RecursionError):
        return refusals.NestingTooDeep()
    return refusals.Unparsable(error=type(failure).__name__)


def _unlock(reader: Any) -> None:
    """Try the empty password; the rest of a file without it cannot be read."""
    try:
        status = reader.decrypt(b"").status
    except LIBRARY_FAILURES as failure:
        raise refusals.Encrypted(error=type(failure).__name__) from failure
    if not status.value:
        raise refusals.Encrypted()
