"""What two independent programs show of a signed page, against regulation 4.1 and 4.2."""

from datetime import date
from typing import Any

import msgspec
import pytest
from PIL import ImageChops, ImageStat

from contracts.values import OutgoingNumber, Placements
from services.cli.letter import SIGNER_CENTRE
from services.signing.adapters.pdf.pages import Page
from services.signing.adapters.verification.judging import judge
from tests.signing.adapters.making.sheets import A4_SHEETS, MM, places, sheet
from tests.signing.conftest import LEADER, Desk
from tests.signing.drawing import BOTH, Draw, Sight, ink, seen

HAND_MM, SEAL_MM = (45.0, 18.0), (36.0, 36.0)
NEAR = 1 * MM
RENDERERS = pytest.mark.parametrize("draw", BOTH)
RESERVED = OutgoingNumber(
    number=12,
    notation="12/SNV-VTLT",
    issued_on=date(2026, 3, 5),
    document_code="H47.05.2026.000012",
)


def close(box: Any, wanted: Any) -> bool:
    """Whether two boxes agree within a millimetre."""
    return box == pytest.approx(wanted, abs=NEAR)


@pytest.fixture(scope="module")
def page(letter: tuple[bytes, Placements]) -> int:
    """The page of the letter that is signed."""
    return letter[1].leader.page


@pytest.mark.rule("R9.2b-1")
@RENDERERS
def test_the_leaders_signature_is_seen_blue_and_centred_over_the_name(
    draw: Draw, desk: Desk, letter: tuple[bytes, Placements], page: int, signed: bytes
) -> None:
    sight = seen(signed, page, draw)
    place = letter[1].leader.box
    assert close(sight.blue(), ink(desk.picture(LEADER).png, place, HAND_MM))
    assert (place[0] + place[2]) / 2 == pytest.approx(SIGNER_CENTRE, abs=5 * MM)
    behind = ImageChops.difference(
        sight.within(place), seen(letter[0], page, draw).within(place)
    ).convert("L")
    assert behind.histogram()[0] > 0.5 * behind.width * behind.height, "it hides the page"


@pytest.mark.rule("R9.2b-2")
@RENDERERS
def test_the_seal_is_seen_red_in_real_size_over_a_third_of_the_hand(
    draw: Draw, desk: Desk, letter: tuple[bytes, Placements], page: int, sealed: bytes
) -> None:
    sight = seen(sealed, page, draw)
    s0, below, s1, above = sight.red()
    assert ((s1 - s0) / MM, (above - below) / MM) == pytest.approx(SEAL_MM, abs=1)
    h0, _, h1, _ = letter[1].leader.box
    assert 0.25 <= (s1 - h0) / (h1 - h0) <= 0.45
    assert s0 < h0
    over = Sight(sight.within((h0, below, s1, above)))
    assert over.red() and over.blue(), "the hand is seen through the seal"


@RENDERERS
def test_number_and_day_are_seen_where_they_were_left_blank(
    draw: Draw, letter: tuple[bytes, Placements], signed: bytes, sealed: bytes
) -> None:
    before, after = seen(signed, 0, draw), seen(sealed, 0, draw)
    for place in (letter[1].number.box, letter[1].date.box):
        blank, filled = (
            ImageStat.Stat(sight.within(place).convert("L")).mean[0] for sight in (before, after)
        )
        assert blank > 254 > 245 > filled


@pytest.mark.rule("R9.2b-1")
@pytest.mark.rule("R9.2b-2")
@A4_SHEETS
@RENDERERS
def test_on_every_page_all_marks_stand_upright_in_their_places(
    draw: Draw, desk: Desk, size: tuple[float, float], turn: int, crop: Any
) -> None:
    page = Page(crop or (0, 0, *size), turn)
    wide, high = page.width, page.height
    wanted = places(wide)
    prepared = desk.prepare(sheet(size, turn, crop), wanted)
    assert prepared.account.findings == []
    sealed = desk.seal(desk.sign(prepared.pdf))
    assert judge(sealed, desk.trust(), desk.at).verdict == "TRUSTED"
    sight = seen(sealed, 0, draw)
    assert (sight.image.width, sight.image.height) == pytest.approx(
        (wide * sight.dpi / 72, high * sight.dpi / 72), abs=2
    )
    hand = ink(desk.picture(LEADER).png, wanted.leader.box, HAND_MM)
    assert sight.blue()[2:] == pytest.approx(hand[2:], abs=MM)
    s0, below, s1, above = sight.red()
    h0, h1 = wanted.leader.box[0], wanted.leader.box[2]
    assert (s1 - h0) / (h1 - h0) == pytest.approx(1 / 3, abs=0.02)
    assert ((s1 - s0) / MM, (above - below) / MM) == pytest.approx(SEAL_MM, abs=1)
    assert (below + above) / 2 == pytest.approx(60 * MM, abs=MM)
    plain = desk.seal(desk.sign(desk.prepare(sheet((wide, high)), wanted).pdf))
    assert alike(sight, seen(plain, 0, draw))


def alike(one: Any, other: Any) -> bool:
    """Whether two pages show the same, but for the edges of what is drawn."""
    rest = ImageChops.difference(one.image, other.image.resize(one.image.size)).convert("L")
    return ImageStat.Stat(rest).mean[0] < 1.0


@RENDERERS
def test_a_number_reserved_before_the_signature_is_signed_and_seen(
    draw: Draw, desk: Desk, letter: tuple[bytes, Placements], signed: bytes, sealed: bytes
) -> None:
    prepared = desk.prepare(*letter, number=RESERVED)
    assert "NUMBER_RESERVED" in prepared.account.changes
    first = desk.sign(prepared.pdf)
    both = desk.seal(first)
    leader, agency = judge(both, desk.trust(), desk.at).signatures
    assert (leader.verdict, agency.verdict) == ("TRUSTED", "TRUSTED")
    assert leader.changes == "FURTHER_SIGNATURES"
    place = letter[1].number.box
    for sight in (seen(first, 0, draw), seen(both, 0, draw)):
        assert alike_in(place, sight, seen(sealed, 0, draw))
    assert not alike_in(place, seen(signed, 0, draw), seen(sealed, 0, draw))


def alike_in(place: Any, one: Any, other: Any) -> bool:
    """Whether two pages show the same in a place."""
    return one.within(place).tobytes() == other.within(place).tobytes()


def test_without_a_place_the_seal_goes_where_the_letters_author_would_put_it(
    desk: Desk, letter: tuple[bytes, Placements]
) -> None:
    pdf, wanted = letter
    alone = msgspec.structs.replace(wanted, agency=None)
    prepared = desk.prepare(pdf, alone)
    assert "SEAL_PLACED" in prepared.account.changes
    given = seen(desk.seal(desk.sign(desk.prepare(pdf, wanted).pdf)), wanted.leader.page).red()
    found = seen(desk.seal(desk.sign(prepared.pdf)), wanted.leader.page).red()
    assert close(found, given)
