"""Where the agency's seal goes: over about a third of the leader's picture, at its left (R9.2b-2).

Decree 30/2020 Annex I gives the words; the figures are those of regulation 4.2. Boxes are in points
on the page that is seen.
"""

from typing import Final

from contracts.values import Placement
from services.signing.adapters import refusals
from services.signing.adapters.appearance.picture import Picture
from services.signing.adapters.pdf.pages import POINTS_PER_MM, Box

SHARE: Final = 1 / 3
LEAST, MOST = 0.25, 0.45


def seal_place(leader: Placement, hand: Picture, seal: Picture) -> Placement:
    """The seal's place beside a leader's: in its real size, its right edge at a third of the hand.

    ``hand`` stands in the middle of the leader's place; the two centres are at one height.
    """
    x0, y0, x1, y1 = drawn(leader.box, hand)
    right = x0 + (x1 - x0) * SHARE
    middle = (y0 + y1) / 2
    width, height = seal.width_mm * POINTS_PER_MM, seal.height_mm * POINTS_PER_MM
    return Placement(
        page=leader.page,
        box=(right - width, middle - height / 2, right, middle + height / 2),
    )


def check_seal_place(leader: Placement, hand: Picture, agency: Placement, seal: Picture) -> None:
    """Refuses a place where the seal would not cover about a third of the picture at its left."""
    h0, below, h1, above = drawn(leader.box, hand)
    s0, bottom, s1, top = drawn(agency.box, seal)
    share = (s1 - h0) / (h1 - h0)
    apart = abs((below + above) / 2 - (bottom + top) / 2)
    level = apart <= (top - bottom) / 3
    if agency.page != leader.page or not LEAST <= share <= MOST or s0 >= h0 or not level:
        raise refusals.SealMisplaced(
            share=round(100 * share), apart_mm=round(apart / POINTS_PER_MM)
        )


def drawn(box: Box, picture: Picture) -> Box:
    """Where a picture stands in its place: in the middle, in its real size."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    across, up = picture.width_mm * POINTS_PER_MM / 2, picture.height_mm * POINTS_PER_MM / 2
    return x - across, y - up, x + across, y + up
