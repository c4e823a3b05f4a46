"""The letters of the demonstration: several pages, the same bytes each time, fonts inside."""

import io
from datetime import date
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from pyhanko.pdf_utils.reader import PdfFileReader

from services.cli import letter
from services.cli.letter import write
from services.cli.letter_texts import reply_to_request, request_for_report
from services.signing.adapters.appearance.fonts import FACES, font_file

LETTERS = [request_for_report(date(2026, 12, 15), 2026), reply_to_request(2026, "12/SNV-VTLT")]


def pages(pdf: bytes) -> list[Any]:
    """The pages of a file, whose page tree is flat."""
    return [page.get_object() for page in PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Kids"]]


@pytest.mark.parametrize("text", LETTERS, ids=["request", "reply"])
def test_a_letter_has_several_a4_pages_and_is_always_the_same(text: letter.Letter) -> None:
    pdf, placements = write(text)
    assert write(text) == (pdf, placements)
    sheets = pages(pdf)
    assert len(sheets) >= 3
    sizes = {tuple(round(float(edge)) for edge in page["/MediaBox"]) for page in sheets}
    assert sizes == {(0, 0, 595, 842)}


@pytest.mark.parametrize("text", LETTERS, ids=["request", "reply"])
def test_every_font_of_a_letter_is_tinos_and_inside(text: letter.Letter) -> None:
    fonts = {
        str(font["/BaseFont"]): font
        for page in pages(write(text)[0])
        for font in (one.get_object() for one in page["/Resources"]["/Font"].values())
    }
    assert fonts
    for name, font in fonts.items():
        assert "Tinos" in name
        assert "/FontFile2" in font["/FontDescriptor"]


@pytest.mark.parametrize("text", LETTERS, ids=["request", "reply"])
def test_the_fields_stand_where_decree_30_wants_them(text: letter.Letter) -> None:
    pdf, placements = write(text)
    last = len(pages(pdf)) - 1
    for name, placed in placements.items():
        x0, y0, x1, y1 = placed["box"]
        assert letter.LEFT - 60 <= x0 < x1 <= letter.WIDTH - letter.RIGHT, name
        assert letter.BOTTOM - 20 <= y0 < y1 <= letter.HEIGHT - letter.TOP, name
        assert 0 <= placed["page"] <= last
    assert placements["number"]["page"] == placements["date"]["page"] == 0
    assert placements["leader"]["page"] == placements["agency"]["page"]
    hand, ring = placements["leader"]["box"], placements["agency"]["box"]
    assert (hand[0] + hand[2]) / 2 == pytest.approx(letter.SIGNER_CENTRE, abs=0.1)
    assert (ring[2] - hand[0]) / (hand[2] - hand[0]) == pytest.approx(1 / 3, abs=0.01)
    assert ring[2] - ring[0] == pytest.approx(36 * letter.mm, abs=0.1)


def test_the_typeface_has_every_letter_of_vietnamese() -> None:
    plain = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    toned = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
    letters = set(plain + toned + (plain + toned).upper())
    assert len(letters) == 2 * (len(plain) + len(toned))
    for face in FACES:
        with TTFont(font_file(face)) as font:
            assert not {letter for letter in letters if ord(letter) not in font.getBestCmap()}
    with pytest.raises(ValueError, match="no such face"):
        font_file("Condensed")
