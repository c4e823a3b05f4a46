"""An official letter (công văn) as a PDF, in the form of Decree 30/2020 Annex I (regulation 4.6).

``write`` lays out A4 pages with embedded Tinos: national name and motto, issuing body, the room for
the number and for the day, subject, body, places of receipt, and the signer's block with the room
for the leader's picture and the agency's seal. The same letter always gives the same bytes.

Beside the pages it returns *placements*, plain types, what a signing service needs to know:
``{"leader": {"page": 2, "box": [x0, y0, x1, y1]}, "agency": …, "number": …, "date": …}``;
pages count from 0, boxes are in points from the page's lower left corner.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

WIDTH, HEIGHT = A4
TOP, BOTTOM, LEFT, RIGHT = 20 * mm, 20 * mm, 30 * mm, 15 * mm
ISSUER_CENTRE = LEFT + 32 * mm
NATION_CENTRE = WIDTH - RIGHT - 49 * mm
SIGNER_CENTRE = WIDTH - RIGHT - 42 * mm
HAND_MM = (45.0, 18.0)
SEAL_MM = 36.0
SIGNING_ROOM = 40 * mm
FACES = ("Regular", "Bold", "Italic", "BoldItalic")
FONTS = Path(__file__).parents[1] / "signing/adapters/appearance/fonts"
_PLAIN, _BOLD, _ITALIC, _BOLD_ITALIC = (f"Tinos-{face}" for face in FACES)

Placements = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Letter:
    """What is written. ``places`` are the lines under Nơi nhận, ``to`` those after Kính gửi.

    ``authority`` stands above the post when the signer acts for another (KT., TL., TUQ.);
    ``appendix`` follows on a page of its own, its first line the title (phụ lục).
    """

    superior: str
    agency: str
    notation: str
    place: str
    year: int
    subject: str
    to: tuple[str, ...]
    paragraphs: tuple[str, ...]
    places: tuple[str, ...]
    post: str
    signer: str
    authority: str = ""
    appendix: tuple[str, ...] = ()


def write(letter: Letter) -> tuple[bytes, Placements]:
    """Lay the letter out: the PDF's bytes and the placements of the four fields."""
    _load_fonts()
    out = io.BytesIO()
    options: dict[str, Any] = {"invariant": 1, "pageCompression": 1, "initialFontName": _PLAIN}
    canvas = Canvas(out, pagesize=A4, **options)
    canvas.setTitle(letter.subject)
    canvas.setAuthor(letter.agency)
    sheet = _Sheet(canvas)
    placements = _head(sheet, letter)
    _body(sheet, letter)
    placements |= _foot(sheet, letter)
    _appendix(sheet, letter)
    canvas.save()
    return out.getvalue(), placements


class _Sheet:
    """The page being written and how far down it one has come (``y``, in points)."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.page = 0
        self.y = HEIGHT - TOP

    def turn(self) -> None:
        self.canvas.showPage()
        self.page += 1
        self.y = HEIGHT - TOP
        self.canvas.setFont(_PLAIN, 13)
        self.canvas.drawCentredString(WIDTH / 2, HEIGHT - 13 * mm, str(self.page + 1))

    def line(self, font: str, size: float, centre: float, text: str, y: float) -> float:
        self.canvas.setFont(font, size)
        self.canvas.drawCentredString(centre, y, text)
        return pdfmetrics.stringWidth(text, font, size)

    def rule(self, centre: float, length: float, y: float) -> None:
        self.canvas.setLineWidth(0.7)
        self.canvas.line(centre - length / 2, y, centre + length / 2, y)

    def flow(self, paragraph: Paragraph, left: float, width: float) -> None:
        """Put a paragraph below, turning the page where it does not fit."""
        rest: list[Flowable] = [paragraph]
        while rest:
            parts = rest[0].split(width, self.y - BOTTOM)
            if not parts:
                self.turn()
                continue
            _, height = parts[0].wrap(width, self.y - BOTTOM)
            parts[0].drawOn(self.canvas, left, self.y - height)
            self.y -= height + paragraph.style.spaceAfter
            rest = parts[1:]


def _head(sheet: _Sheet, letter: Letter) -> Placements:
    top = HEIGHT - TOP - 13
    sheet.line(_PLAIN, 13, ISSUER_CENTRE, letter.superior.upper(), top)
    issuer = sheet.line(_BOLD, 13, ISSUER_CENTRE, letter.agency.upper(), top - 16)
    sheet.rule(ISSUER_CENTRE, issuer * 0.4, top - 20)
    sheet.line(_BOLD, 12.5, NATION_CENTRE, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", top)
    motto = sheet.line(_BOLD, 13.5, NATION_CENTRE, "Độc lập - Tự do - Hạnh phúc", top - 16)
    sheet.rule(NATION_CENTRE, motto, top - 20)
    number = _blank(sheet, _PLAIN, "Số: ", f"0000/{letter.notation}", ISSUER_CENTRE, top - 40)
    day = f"ngày 00 tháng 00 năm {letter.year}"
    date = _blank(sheet, _ITALIC, f"{letter.place}, ", day, NATION_CENTRE, top - 40)
    style = ParagraphStyle("v/v", fontName=_PLAIN, fontSize=12, leading=14, alignment=TA_CENTER)
    sheet.y = top - 46
    sheet.flow(Paragraph(f"V/v {letter.subject}", style), ISSUER_CENTRE - 31 * mm, 62 * mm)
    return {"number": number, "date": date}


def _blank(
    sheet: _Sheet, font: str, label: str, sample: str, centre: float, y: float
) -> dict[str, Any]:
    """Print a label and leave room after it for a text of about the length of ``sample``."""
    before = pdfmetrics.stringWidth(label, font, 13)
    room = pdfmetrics.stringWidth(sample, font, 13)
    start = centre - (before + room) / 2
    sheet.canvas.setFont(font, 13)
    sheet.canvas.drawString(start, y, label)
    return _placed(sheet.page, start + before, y - 4, start + before + room + 4, y + 12)


def _body(sheet: _Sheet, letter: Letter) -> None:
    sheet.y -= 18
    address = ParagraphStyle("to", fontName=_PLAIN, fontSize=14, leading=18, leftIndent=25 * mm)
    only = len(letter.to) == 1
    sheet.flow(Paragraph(f"Kính gửi: {letter.to[0] if only else ''}", address), LEFT, _column())
    for row, name in enumerate(() if only else letter.to, start=1):
        end = "." if row == len(letter.to) else ";"
        sheet.flow(Paragraph(f"- {name}{end}", address), LEFT + 12 * mm, _column() - 12 * mm)
    sheet.y -= 10
    _write_text(sheet, letter.paragraphs)


def _write_text(sheet: _Sheet, paragraphs: tuple[str, ...]) -> None:
    style = ParagraphStyle(
        "text",
        fontName=_PLAIN,
        fontSize=14,
        leading=21,
        firstLineIndent=12.7 * mm,
        spaceAfter=6,
        alignment=TA_JUSTIFY,
        allowWidows=0,
        allowOrphans=0,
    )
    for paragraph in paragraphs:
        sheet.flow(Paragraph(paragraph, style), LEFT, _column())


def _appendix(sheet: _Sheet, letter: Letter) -> None:
    if not letter.appendix:
        return
    sheet.turn()
    sheet.line(_BOLD, 14, WIDTH / 2, "PHỤ LỤC", sheet.y - 14)
    sheet.line(_BOLD, 14, WIDTH / 2, letter.appendix[0], sheet.y - 34)
    sheet.y -= 54
    _write_text(sheet, letter.appendix[1:])


def _foot(sheet: _Sheet, letter: Letter) -> Placements:
    if sheet.y - BOTTOM < SIGNING_ROOM + 60:
        sheet.turn()
    top = sheet.y - 22
    _places(sheet, letter, top)
    for title in filter(None, (letter.authority, letter.post)):
        sheet.line(_BOLD, 14, SIGNER_CENTRE, title.upper(), top)
        top -= 17
    middle = top + 17 - 5 - SIGNING_ROOM / 2
    sheet.line(_BOLD, 14, SIGNER_CENTRE, letter.signer, middle - SIGNING_ROOM / 2 - 10)
    width, height = HAND_MM[0] * mm, HAND_MM[1] * mm
    hand = SIGNER_CENTRE - width / 2
    seal = hand + width / 3
    half = SEAL_MM * mm / 2
    return {
        "leader": _placed(sheet.page, hand, middle - height / 2, hand + width, middle + height / 2),
        "agency": _placed(sheet.page, seal - 2 * half, middle - half, seal, middle + half),
    }


def _places(sheet: _Sheet, letter: Letter, top: float) -> None:
    sheet.canvas.setFont(_BOLD_ITALIC, 12)
    sheet.canvas.drawString(LEFT, top, "Nơi nhận:")
    sheet.canvas.setFont(_PLAIN, 11)
    for row, place in enumerate(letter.places, start=1):
        end = "." if row == len(letter.places) else ";"
        sheet.canvas.drawString(LEFT, top - 14 * row, f"- {place}{end}")


def _placed(page: int, x0: float, y0: float, x1: float, y1: float) -> dict[str, Any]:
    return {"page": page, "box": [round(edge, 2) for edge in (x0, y0, x1, y1)]}


def _column() -> float:
    return float(WIDTH - LEFT - RIGHT)


def _load_fonts() -> None:
    for face in FACES:
        pdfmetrics.registerFont(TTFont(f"Tinos-{face}", str(FONTS / f"Tinos-{face}.ttf")))
    pdfmetrics.registerFontFamily(_PLAIN, _PLAIN, _BOLD, _ITALIC, _BOLD_ITALIC)
