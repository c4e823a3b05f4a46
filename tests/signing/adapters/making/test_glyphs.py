"""Every Vietnamese letter with every mark is seen as the typeface draws it, never as a box."""

import io
import unicodedata
from collections.abc import Iterator
from functools import cache

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from services.signing.adapters.appearance.fonts import font_file
from services.signing.adapters.appearance.text import TEXT_FIELDS, TextField
from services.signing.adapters.appearance.typeface import LETTERS, typeface
from services.signing.adapters.making.form import write_text, written
from services.signing.adapters.pdf.fields import fields_of
from services.signing.adapters.pdf.pages import rectangle_of
from tests.signing.adapters.making.sheets import places, sheet
from tests.signing.conftest import Desk
from tests.signing.drawing import BOTH, Draw, seen

MARKS = ("", "\N{COMBINING GRAVE ACCENT}", "\N{COMBINING HOOK ABOVE}", "\N{COMBINING TILDE}")
MARKS += ("\N{COMBINING ACUTE ACCENT}", "\N{COMBINING DOT BELOW}")
DPI = 600
ROW = 20
SIDE = 180
Spot = tuple[float, float]
APART = "     "
STRIP = (600.0, 120.0)
BASELINE = (16 - 13) / 2 + 0.195 * 13


def vietnamese() -> set[str]:
    """The alphabet's vowels with all five marks, and its consonants, small and capital."""
    vowels = {unicodedata.normalize("NFC", v + m) for v in "aăâeêioôơuưy" for m in MARKS}
    small = vowels | set("bcdđghklmnpqrstvx")
    return small | {letter.upper() for letter in small}


def test_the_typefaces_letters_are_the_whole_alphabet() -> None:
    assert len(vietnamese()) == 2 * (12 * 6 + 17)
    assert vietnamese() <= set(LETTERS)


@pytest.mark.parametrize("field", [TEXT_FIELDS.number, TEXT_FIELDS.date], ids=lambda f: f.face)
@pytest.mark.parametrize("draw", BOTH)
def test_every_letter_is_seen_as_the_typeface_draws_it(
    draw: Draw, field: TextField, desk: Desk
) -> None:
    line = (10.0, 50.0, 590.0, 66.0)
    fields = places(number=line, date=line, leader=(300, 20, 430, 100))
    prepared = desk.prepare(sheet(STRIP), fields).pdf
    letters = "".join(sorted(vietnamese())) + "0123456789/-.:;"
    wrong = []
    for start in range(0, len(letters), ROW):
        row = letters[start : start + ROW]
        found = written_letters(prepared, field, row, draw)
        for letter, (cell, spot) in zip(row, found, strict=True):
            if not is_letter(cell, spot, letter, field):
                wrong.append(letter)
    assert wrong == []


def written_letters(
    pdf: bytes, field: TextField, row: str, draw: Draw
) -> Iterator[tuple[Image.Image, Spot]]:
    """A row of letters in a field, cut into single letters, and where each has its origin."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    write_text(writer, field, APART.join(row))
    x0, y0, _, _ = rectangle_of(fields_of(writer)[field.name])
    sight = seen(written(writer), 0, draw, DPI).image.convert("L")
    face, scale = typeface(field.face), DPI / 72
    baseline = sight.height - (y0 + BASELINE) * scale
    for place in range(len(row)):
        before = "".join(letter + APART for letter in row[:place])
        left = (x0 + face.width(before) * field.size / 1000) * scale
        corner = (int(left) - SIDE // 3, int(baseline) - SIDE * 2 // 3)
        cell = sight.crop((*corner, corner[0] + SIDE, corner[1] + SIDE))
        yield cell, (left - corner[0], baseline - corner[1])


def is_letter(found: Image.Image, spot: Spot, letter: str, field: TextField) -> bool:
    """Whether ink agrees with this letter, and less with a box or a letter with another mark."""
    base = unicodedata.normalize("NFD", letter)[0]
    kin = {other for other in LETTERS if unicodedata.normalize("NFD", other)[0] == base}
    shapes = {other: outline(other, spot, field) for other in {*kin, "\uffff", letter}}
    own, exact = max(
        ((common(moved, shapes[letter]), moved) for moved in nudged(found)),
        key=lambda pair: pair[0],
    )
    del shapes[letter]
    return own > 0.8 and own > max(common(exact, shape) for shape in shapes.values())


def nudged(image: Image.Image) -> Iterator[Image.Image]:
    """The picture, moved by up to a dot: programs round a letter's origin differently."""
    for across in (-1, 0, 1):
        for down in (-1, 0, 1):
            yield ImageChops.offset(image, across, down)


def outline(letter: str, spot: Spot, field: TextField) -> Image.Image:
    """The letter as the typeface's own curves draw it; one it has not is its box."""
    image = Image.new("L", (SIDE, SIDE), 255)
    ImageDraw.Draw(image).text(spot, letter, font=plain(field), fill=0, anchor="ls")
    return image


def common(one: Image.Image, other: Image.Image) -> float:
    """How much of the ink of two pictures agrees: 1 for the same, 0 for nothing in common."""
    one, other = ImageChops.invert(one), ImageChops.invert(other)
    both, either = ImageChops.darker(one, other), ImageChops.lighter(one, other)
    return ImageStat.Stat(both).sum[0] / max(1, ImageStat.Stat(either).sum[0])


@cache
def plain(field: TextField) -> ImageFont.FreeTypeFont:
    """The whole typeface file without its hints, which bend the curves on coarse screens."""
    font = TTFont(font_file(field.face))
    for name in font.getGlyphOrder():
        font["glyf"][name].removeHinting()
    for table in ("fpgm", "prep", "cvt "):
        del font[table]
    out = io.BytesIO()
    font.save(out)
    return ImageFont.truetype(io.BytesIO(out.getvalue()), field.size * DPI / 72)
