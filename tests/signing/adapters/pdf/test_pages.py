"""Places on the page that is seen, against the file's own coordinates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.signing.adapters.pdf.objects import dictionary
from services.signing.adapters.pdf.pages import Page, page_of

TURNS = st.sampled_from((0, 90, 180, 270))
UNITS = st.sampled_from((0.5, 1.0, 2.0))
EDGES = st.tuples(*[st.floats(1, 99)] * 4)


@given(turn=TURNS, unit=UNITS, edges=EDGES)
def test_a_place_is_found_again(turn: int, unit: float, edges: tuple[float, ...]) -> None:
    page = Page((40, 20, 640, 860), turn, unit)
    assert page.box(page.rectangle(edges)) == pytest.approx(edges)


@pytest.mark.parametrize(
    ("turn", "corner"), [(0, (40, 20)), (90, (640, 20)), (180, (640, 860)), (270, (40, 860))]
)
def test_the_corner_that_is_seen_below_at_the_left_follows_the_turn(
    turn: int, corner: tuple[float, float]
) -> None:
    page = Page((40, 20, 640, 860), turn)
    x0, y0, x1, y1 = page.rectangle((0, 0, 10, 10))
    assert min(abs(x0 - corner[0]), abs(x1 - corner[0])) == 0
    assert min(abs(y0 - corner[1]), abs(y1 - corner[1])) == 0
    sides = (840, 600) if turn in (90, 270) else (600, 840)
    assert (page.width, page.height) == sides


def test_only_what_is_seen_is_on_the_page() -> None:
    page = Page((40, 20, 640, 860), 90)
    assert page.holds((0, 0, 840, 600))
    assert not page.holds((0, 0, 600, 840))
    assert not page.holds((10, 10, 10, 20))


def test_box_and_turn_come_from_above_and_the_crop_is_what_both_share() -> None:
    tree = dictionary(MediaBox=[0, 0, 600, 800], Rotate=-90)
    page = page_of(dictionary(Parent=tree, CropBox=[700, -50, 100, 700]))
    assert page == Page((100, 0, 600, 700), 270)
    enlarged = page_of(dictionary(Parent=tree, UserUnit=2.0))
    assert (enlarged.width, enlarged.height) == (1600, 1200)
    outside = page_of(dictionary(Parent=tree, CropBox=[700, 0, 900, 100]))
    assert outside.crop == (0, 0, 600, 800)
