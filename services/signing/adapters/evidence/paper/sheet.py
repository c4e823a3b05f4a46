"""The sheet a report is set on: two columns, one for each language, in a typeface that has all
Vietnamese letters; page numbers know how many pages there are."""

import io
import unicodedata
from collections.abc import Callable
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from services.signing.adapters.appearance.fonts import font_file

FACE, BOLD = "Tinos-Regular", "Tinos-Bold"
LONGEST = 400
COLUMN = 85 * mm
_INK, _RULE = HexColor("#1a1a1a"), HexColor("#b8b8b8")
_TEXT: Final = ParagraphStyle("text", fontName=FACE, fontSize=10, leading=13, textColor=_INK)
_SMALL: Final = ParagraphStyle("small", _TEXT, fontSize=8.5, leading=11)
_NOTE: Final = ParagraphStyle("note", _SMALL, leftIndent=4 * mm, spaceAfter=2)
_HEAD: Final = ParagraphStyle("head", _TEXT, fontName=BOLD, fontSize=11, leading=14)
_TITLE: Final = ParagraphStyle("title", _HEAD, fontSize=14, leading=18, alignment=TA_CENTER)


class Sheet:
    """What is written, from top to bottom; `words` are texts of anyone, `vi` and `en` are ours."""

    def __init__(self) -> None:
        _load_fonts()
        self._flow: list[Flowable] = []

    def title(self, vi: str, en: str) -> None:
        """The title, once."""
        self._flow += [
            Paragraph(_safe(vi), _TITLE),
            Paragraph(_safe(en), _TITLE),
            Spacer(1, 4 * mm),
        ]

    def heading(self, vi: str, en: str) -> None:
        """The heading of a part, which stays with what follows."""
        self._row(_HEAD, vi, en, ruled=True)

    def pair(self, vi: str, en: str) -> None:
        """The same thing said in both languages."""
        self._row(_TEXT, vi, en)

    def fact(self, vi: str, en: str, words: str) -> None:
        """What needs no translation: a name, a number, a digest."""
        self._flow.append(Paragraph(f"{_safe(vi)} / {_safe(en)}: <b>{_safe(words)}</b>", _SMALL))

    def note(self, words: str) -> None:
        """More about the fact before, in a line of its own."""
        self._flow.append(Paragraph(_safe(words), _NOTE))

    def gap(self) -> None:
        """A little room."""
        self._flow.append(Spacer(1, 3 * mm))

    def pdf(self, title: str, foot: str) -> bytes:
        """The finished file; the same words always give the same bytes."""
        out = io.BytesIO()
        frame: dict[str, Any] = {"leftMargin": 20 * mm, "rightMargin": 20 * mm}
        frame |= {"topMargin": 18 * mm, "bottomMargin": 20 * mm, "invariant": 1}
        template = SimpleDocTemplate(out, pagesize=A4, title=title, author="vanban", **frame)
        template.build(list(self._flow), canvasmaker=_numbered(foot))
        return out.getvalue()

    def _row(self, style: ParagraphStyle, vi: str, en: str, ruled: bool = False) -> None:
        cells = [[Paragraph(_safe(told), style) for told in (vi, en)]]
        rules = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
        rules += [("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)]
        above: list[Any] = [("LINEABOVE", (0, 0), (-1, 0), 0.6, _RULE)] if ruled else []
        row = Table(cells, colWidths=[COLUMN, COLUMN], style=[*rules, *above], hAlign="LEFT")
        row.keepWithNext = ruled
        self._flow.append(row)


def _numbered(foot: str) -> Callable[..., Canvas]:
    """A canvas that writes the foot once it knows how many pages there are."""

    class Numbered(Canvas):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._pages.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]

        def save(self) -> None:
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                self.setFont(FACE, 8)
                of = len(self._pages)
                self.drawString(20 * mm, 12 * mm, foot)
                told = f"Trang {number}/{of} · Page {number} of {of}"
                self.drawRightString(A4[0] - 20 * mm, 12 * mm, told)
                super().showPage()
            super().save()

    return Numbered


def _load_fonts() -> None:
    if FACE not in pdfmetrics.getRegisteredFontNames():
        for name in (FACE, BOLD):
            pdfmetrics.registerFont(TTFont(name, str(font_file(name.partition("-")[2]))))
        pdfmetrics.registerFontFamily(FACE, normal=FACE, bold=BOLD, italic=FACE, boldItalic=BOLD)


def _safe(words: str) -> str:
    """Words of anyone as this sheet can show them: no control or direction signs, no markup, no
    letter that the typeface lacks, not more than a paragraph."""
    face: Any = pdfmetrics.getFont(FACE)
    signs = unicodedata.normalize("NFC", words[: 2 * LONGEST])
    seen = [sign for sign in signs if unicodedata.category(sign)[0] != "C"]
    shown = "".join(sign if ord(sign) in face.face.charToGlyph else "?" for sign in seen)
    return escape(shown if len(shown) <= LONGEST else shown[:LONGEST] + "…")
