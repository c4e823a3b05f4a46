"""A leader's picture is blue, an agency's red, both transparent."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from infra.local.pictures import draw_hand, draw_seal
from services.signing.adapters import refusals
from services.signing.adapters.appearance.picture import Picture, check_colour
from tests.signing.conftest import AGENCY, LEADER, Desk


def drawn(colour: tuple[int, int, int], marks: tuple[int, int, int] | None = None) -> Picture:
    """A ring in one colour on a transparent ground, with some marks in another."""
    image = Image.new("RGBA", (120, 120), (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((10, 10, 110, 110), outline=(*colour, 255), width=12)
    if marks is not None:
        pen.rectangle((50, 50, 60, 60), fill=(*marks, 255))
    out = io.BytesIO()
    image.save(out, "PNG")
    return Picture(out.getvalue(), 36.0, 36.0)


@pytest.mark.rule("R9.2b-1")
@pytest.mark.parametrize(
    ("colour", "blue"),
    [
        ((16, 48, 168), True),
        ((0, 0, 255), True),
        ((0, 112, 192), True),
        ((0, 0, 0), False),
        ((128, 128, 128), False),
        ((214, 24, 24), False),
        ((0, 160, 40), False),
        ((120, 0, 200), False),
    ],
)
def test_a_signature_is_blue(colour: tuple[int, int, int], blue: bool) -> None:
    if blue:
        check_colour(drawn(colour), "blue")
    else:
        with pytest.raises(refusals.PictureColourWrong):
            check_colour(drawn(colour), "blue")


@pytest.mark.rule("R9.2b-2")
@pytest.mark.parametrize(
    ("colour", "red"),
    [
        ((214, 24, 24), True),
        ((255, 0, 0), True),
        ((220, 20, 60), True),
        ((16, 48, 168), False),
        ((0, 0, 0), False),
        ((255, 165, 0), False),
    ],
)
def test_a_seal_is_red(colour: tuple[int, int, int], red: bool) -> None:
    if red:
        check_colour(drawn(colour, marks=(0, 0, 255)), "red")
    else:
        with pytest.raises(refusals.PictureColourWrong):
            check_colour(drawn(colour), "red")


def test_what_this_house_draws_has_the_right_colours(tmp_path: Path) -> None:
    hand, ring = tmp_path / "hand.png", tmp_path / "ring.png"
    draw_hand("Trần Thị Bích", hand, 45, 18)
    draw_seal("Sở Tài chính", "tỉnh Quảng Nam", ring, 36)
    check_colour(Picture(hand.read_bytes(), 45, 18), "blue")
    check_colour(Picture(ring.read_bytes(), 36, 36), "red")


@pytest.mark.rule("R9.2b-1")
def test_nobody_signs_in_red_and_no_agency_seals_in_blue(
    desk: Desk, prepared: bytes, signed: bytes
) -> None:
    hand, ring = desk.picture(LEADER), desk.picture(AGENCY)
    with pytest.raises(refusals.PictureColourWrong):
        desk.sign(prepared, image=Picture(ring.png, 18, 18))
    with pytest.raises(refusals.PictureColourWrong):
        desk.seal(signed, image=Picture(hand.png, 36, 14))
