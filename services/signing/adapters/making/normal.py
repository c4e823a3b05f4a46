# mypy: allow-untyped-calls
"""A draft made fit for its first signature, and an account of what that took.

Only an unsigned file is touched. One that carries two cross-reference lists, as Microsoft Word
writes, one that is damaged and one older than PDF 1.4 are written anew; everything later stands on
the bytes that come out here (R4.4b; regulation 2.12, 4.5).
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from msgspec import Struct
from pyhanko.pdf_utils.writer import copy_into_new_writer

from services.signing.adapters import refusals
from services.signing.adapters.pdf.objects import entry
from services.signing.adapters.pdf.opening import (
    LIBRARY_FAILURES,
    Limits,
    OpenedPdf,
    byte_ranges,
    open_pdf,
    unreadable,
)
from services.signing.adapters.pdf.pages import POINTS_PER_MM, Page, page_nodes, page_of

OLDEST: Final = (1, 4)
A4_MM: Final = (210.0, 297.0)
_NEAR_MM: Final = 1.5
_PROGRAMS: Final = ("/FontFile", "/FontFile2", "/FontFile3")


class Preparation(Struct, kw_only=True):
    """What preparing a file did and saw: stable codes, and every page's sides in millimetres.

    ``changes``: ``HYBRID_REWRITTEN``, ``DAMAGED_REWRITTEN``, ``VERSION_RAISED``,
    ``READER_APPEARANCES_OFF``, ``SEAL_PLACED``, ``NUMBER_RESERVED``, ``FIELDS_ADDED``.
    ``findings``: ``PAGE_NOT_A4``, ``FONT_NOT_EMBEDDED``; they stop nothing.
    """

    changes: list[str] = []
    findings: list[str] = []
    pages_mm: list[tuple[float, float]] = []


@dataclass(frozen=True)
class Draft:
    """A readable, unsigned file in one revision with one list, its pages and what was done."""

    pdf: bytes
    pages: list[Page]
    account: Preparation


def normalised(pdf: bytes, limits: Limits) -> Draft:
    """Read a draft and write it anew where it must be.

    Refuses what cannot be read, is locked by a password, or carries a signature already.
    """
    opened = open_pdf(pdf, limits)
    if opened.encrypted:
        raise refusals.Encrypted()
    if byte_ranges(pdf):
        raise refusals.AlreadySigned()
    try:
        return _normalised(opened)
    except LIBRARY_FAILURES as failure:
        raise unreadable(failure) from failure


def _normalised(opened: OpenedPdf) -> Draft:
    causes = {
        "HYBRID_REWRITTEN": opened.hybrid,
        "DAMAGED_REWRITTEN": opened.leniently,
        "VERSION_RAISED": opened.reader.input_version < OLDEST,
    }
    changes = [code for code, applies in causes.items() if applies]
    nodes = list(page_nodes(opened.reader))
    pages = [page_of(node) for node in nodes]
    account = Preparation(
        changes=changes,
        findings=list(_findings(nodes, pages)),
        pages_mm=[(_millimetres(page.width), _millimetres(page.height)) for page in pages],
    )
    return Draft(_rewritten(opened.reader) if changes else opened.content, pages, account)


def _rewritten(reader: Any) -> bytes:
    """The same document in one revision with one cross-reference list."""
    out = io.BytesIO()
    copy_into_new_writer(reader).write(out)
    return out.getvalue()


def _findings(nodes: list[Any], pages: list[Page]) -> Iterator[str]:
    if not all(_is_a4(page) for page in pages):
        yield "PAGE_NOT_A4"
    if any(not _embedded(font) for node in nodes for font in _fonts(node)):
        yield "FONT_NOT_EMBEDDED"


def _is_a4(page: Page) -> bool:
    sides = sorted((page.width / POINTS_PER_MM, page.height / POINTS_PER_MM))
    return all(abs(side - a4) <= _NEAR_MM for side, a4 in zip(sides, A4_MM, strict=True))


def _fonts(node: Any) -> Iterator[Any]:
    fonts = entry(entry(node, "/Resources", {}), "/Font", {})
    return (entry(fonts, name) for name in fonts)


def _embedded(font: Any) -> bool:
    if str(entry(font, "/Subtype")) == "/Type3":
        return True
    inner = entry(font, "/DescendantFonts")
    descriptor = entry(inner[0] if inner else font, "/FontDescriptor", {})
    return any(program in descriptor for program in _PROGRAMS)


def _millimetres(points: float) -> float:
    return round(points / POINTS_PER_MM, 1)
