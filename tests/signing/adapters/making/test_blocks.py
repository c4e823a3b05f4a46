"""An attachment, a copy and a digitised paper carry a few words at the top right of page 1."""

import ctypes
import re
from datetime import UTC, datetime
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw

from contracts.signing.blocks import BlockFormat, BlockKind
from contracts.values import Placements
from services.signing.adapters import refusals
from services.signing.adapters.making.blocks import sign_with_block
from services.signing.adapters.pdf.pages import Page
from services.signing.adapters.verification.judging import judge
from services.signing.domain.blocks import worded
from tests.signing.adapters.making.sheets import A4_SHEETS, MM, PORTRAIT, hybrid, sheet
from tests.signing.conftest import AGENCY, LEADER, Desk, codes
from tests.signing.drawing import BOTH, Draw, seen

AT = datetime(2024, 3, 12, 1, 10, 5, tzinfo=UTC)
FORMAT = BlockFormat()
NUMBERED = worded(FORMAT, BlockKind.ATTACHMENT, AT, number="123/QĐ-UBND")
COPIED = worded(FORMAT, BlockKind.COPY, AT, form="SAO Y", agency="Sở Tài chính")
ARCHIVED = worded(FORMAT, BlockKind.DIGITISED, AT, agency="Ủy ban nhân dân huyện Thăng Bình")
PATTERN = re.compile(r"^Số: \S+/\S+; \d{2}/\d{2}/\d{4} \d{2}:\d{2}:\d{2} \+07:00$")


def with_block(desk: Desk, pdf: bytes, text: str = NUMBERED, holder: str = AGENCY) -> bytes:
    """The story's agency signs a file with these words."""
    key, authority = desk.key(holder), desk.authority()
    return sign_with_block(pdf, "attachment", text, key, desk.at, authority, desk.trust())


def flat(pdf: bytes, page: int = 0) -> Any:
    """A page whose fields have become part of it."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    assert document[page].flatten() == raw.FLATTEN_SUCCESS
    return document[page]


def words_of(pdf: bytes) -> str:
    """The text of the first page, its lines joined."""
    return " ".join(flat(pdf).get_textpage().get_text_range().split())


@pytest.mark.rule("R9.2b-2")
def test_an_attachments_block_has_number_and_time_in_the_prescribed_form(desk: Desk) -> None:
    found = words_of(with_block(desk, sheet()))
    assert PATTERN.match(found)
    assert found == "Số: 123/QĐ-UBND; 12/03/2024 08:10:05 +07:00"


@pytest.mark.rule("N30-25..27")
def test_a_copys_block_has_form_agency_and_time(desk: Desk) -> None:
    found = words_of(with_block(desk, sheet(), COPIED))
    assert found == "SAO Y; Sở Tài chính; 12/03/2024 08:10:05 +07:00"


@pytest.mark.rule("R9.2b-2")
@pytest.mark.parametrize("text", [NUMBERED, COPIED, ARCHIVED])
def test_the_letters_are_upright_black_and_ten_points_high(desk: Desk, text: str) -> None:
    page = flat(with_block(desk, sheet(), text)).get_textpage()
    for place in range(page.count_chars()):
        if page.get_text_range(place, 1).isspace():
            continue
        assert raw.FPDFText_GetFontSize(page, place) == pytest.approx(10)
        assert raw.FPDFText_GetCharAngle(page, place) == pytest.approx(0)
        flags, name = typeface_of(page, place)
        assert name.endswith("Tinos-Regular")
        assert not flags & (1 << 6), "it leans"
        assert colour_of(page, place) == (0, 0, 0, 255)


def typeface_of(page: Any, place: int) -> tuple[int, str]:
    """Flags and name of the typeface of a letter."""
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(99)
    raw.FPDFText_GetFontInfo(page, place, name, 99, flags)
    return flags.value, name.value.decode()


def colour_of(page: Any, place: int) -> tuple[int, ...]:
    """Red, green, blue and cover of a letter."""
    parts = [ctypes.c_uint() for _ in range(4)]
    assert raw.FPDFText_GetFillColor(page, place, *parts)
    return tuple(part.value for part in parts)


@pytest.mark.rule("R9.2b-2")
@A4_SHEETS
@pytest.mark.parametrize("draw", BOTH)
def test_it_is_seen_at_the_top_right_of_every_page(
    draw: Draw, desk: Desk, size: tuple[float, float], turn: int, crop: Any
) -> None:
    page = Page(crop or (0, 0, *size), turn)
    signed = with_block(desk, sheet(size, turn, crop))
    x0, y0, x1, y1 = seen(signed, 0, draw).dark()
    assert x0 > page.width - 60 * MM - 6 * MM
    assert page.width - 6 * MM < x1 < page.width - 4 * MM
    assert page.height - 20 * MM < y0 < y1 < page.height - 2 * MM
    assert x1 - x0 > y1 - y0, "it reads along the top"


@pytest.mark.rule("R9.2b-2")
def test_no_picture_is_shown(
    desk: Desk, letter: tuple[bytes, Placements], signed: bytes, sealed: bytes
) -> None:
    page = letter[1].leader.page
    assert pictures(with_block(desk, sheet()), 0) == 0
    assert (pictures(signed, page), pictures(sealed, page)) == (1, 2)


def pictures(pdf: bytes, page: int) -> int:
    """How many pictures a page shows."""
    return sum(item.type == raw.FPDF_PAGEOBJ_IMAGE for item in flat(pdf, page).get_objects())


def test_the_agencys_signature_under_a_block_is_trusted_and_alone(desk: Desk) -> None:
    report = judge(with_block(desk, sheet()), desk.trust(), desk.at)
    assert (report.verdict, report.legal_value) == ("TRUSTED", "SEALED")
    assert codes(report) == set()


def test_what_was_signed_before_stays_signed(desk: Desk, sealed: bytes) -> None:
    once = with_block(desk, sealed, COPIED)
    twice = with_block(desk, once, COPIED.replace("SAO Y", "SAO LỤC"))
    assert twice.startswith(once) and once.startswith(sealed)
    report = judge(twice, desk.trust(), desk.at)
    assert (report.verdict, report.legal_value) == ("TRUSTED", "ORIGINAL")
    assert [one.verdict for one in report.signatures] == ["TRUSTED"] * 4


def test_a_second_block_stands_below_the_first_and_a_third_finds_no_room(desk: Desk) -> None:
    first = with_block(desk, sheet())
    second = with_block(desk, first)
    above, both = seen(first).dark(), seen(second).dark()
    assert both[3] == pytest.approx(above[3], abs=1)
    assert 2 * (above[3] - above[1]) < both[3] - both[1] < 20 * MM
    with pytest.raises(refusals.BlockRoomMissing):
        with_block(desk, second)


def test_a_file_without_signature_is_made_fit_first_and_a_signed_one_is_not(
    desk: Desk, sealed: bytes
) -> None:
    signed = with_block(desk, hybrid(sheet(version="1.3")))
    assert judge(signed, desk.trust(), desk.at).verdict == "TRUSTED"
    with pytest.raises(refusals.AlreadySigned):
        with_block(desk, hybrid(sealed))


def test_a_person_signs_no_attachment(desk: Desk) -> None:
    with pytest.raises(refusals.SignerRoleWrong):
        with_block(desk, sheet(), holder=LEADER)


def test_words_that_cannot_be_printed_or_do_not_fit_are_refused(desk: Desk) -> None:
    with pytest.raises(refusals.GlyphMissing):
        with_block(desk, sheet(), "漢")
    with pytest.raises(refusals.TextTooWide):
        with_block(desk, sheet(), "Sở Tài chính; " * 20)
    with pytest.raises(refusals.BlockRoomMissing):
        with_block(desk, sheet((100.0, PORTRAIT[1])))
