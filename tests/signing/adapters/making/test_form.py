"""A draft is made fit for signing before the first signature, and what that took is told."""

import io
from datetime import date
from typing import Any

import msgspec
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from contracts.values import OutgoingNumber, Placement, Placements
from services.signing.adapters import refusals
from services.signing.adapters.making.form import Prepared
from services.signing.adapters.making.places import seal_place
from services.signing.adapters.pdf.fields import fields_of
from services.signing.adapters.pdf.opening import Limits, open_pdf
from services.signing.adapters.verification.judging import judge
from tests.signing.adapters.making.sheets import MM, hybrid, places, sheet
from tests.signing.conftest import AGENCY, LEADER, Desk

FIELDS = {"vanban_leader", "vanban_agency", "vanban_number", "vanban_date"}


def done(prepared: Prepared) -> set[str]:
    """What was done beside placing the seal and adding the fields, as always here."""
    always = {"SEAL_PLACED", "FIELDS_ADDED"}
    assert always <= set(prepared.account.changes)
    return set(prepared.account.changes) - always


def lasts(desk: Desk, prepared: Prepared) -> bool:
    """Whether what came out is signed, sealed and then trusted, read strictly."""
    sealed = desk.seal(desk.sign(prepared.pdf))
    assert not open_pdf(sealed, Limits()).leniently
    return judge(sealed, desk.trust(), desk.at).verdict == "TRUSTED"


def test_a_sound_draft_is_only_added_to(desk: Desk) -> None:
    draft = sheet()
    prepared = desk.prepare(draft, places())
    assert prepared.pdf.startswith(draft)
    assert done(prepared) == set()
    assert prepared.account.findings == []
    assert prepared.account.pages_mm == [(210.0, 297.0)]
    assert fields_of(PdfFileReader(io.BytesIO(prepared.pdf))).keys() == FIELDS


@pytest.mark.rule("R4.4b")
@pytest.mark.parametrize(
    ("draft", "told"),
    [
        pytest.param(hybrid(sheet()), {"HYBRID_REWRITTEN"}, id="two lists, as Word writes"),
        pytest.param(
            sheet().replace(b"0000000000 65535 f", b"000000000 65535 ff"),
            {"DAMAGED_REWRITTEN"},
            id="a damaged list",
        ),
        pytest.param(sheet(version="1.3"), {"VERSION_RAISED"}, id="older than 1.4"),
    ],
)
def test_what_cannot_bear_a_signature_is_written_anew_before_the_first(
    desk: Desk, draft: bytes, told: set[str]
) -> None:
    prepared = desk.prepare(draft, places())
    assert done(prepared) == told
    assert not prepared.pdf.startswith(draft[:200])
    assert prepared.pdf[:8] >= b"%PDF-1.4"
    assert not open_pdf(prepared.pdf, Limits()).hybrid
    assert lasts(desk, prepared)


def test_a_hybrid_file_is_not_rewritten_after_a_signature(
    desk: Desk, letter: tuple[bytes, Placements], signed: bytes
) -> None:
    with pytest.raises(refusals.AlreadySigned):
        desk.prepare(hybrid(signed), letter[1])
    with pytest.raises(refusals.AlreadySigned):
        desk.seal(hybrid(signed))


@pytest.mark.parametrize(
    ("catalog", "told"),
    [
        ("/AcroForm << >>", set()),
        ("/AcroForm << /Fields [] /DA (/Helv 0 Tf 0 g) /DR << /Font << >> >> >>", set()),
        ("/AcroForm 4 0 R", {"READER_APPEARANCES_OFF"}),
    ],
)
def test_a_form_of_the_drafts_own_is_kept(desk: Desk, catalog: str, told: set[str]) -> None:
    form = "<< /Fields [5 0 R] /NeedAppearances true >>"
    field = (
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (theirs) /V (x) /Rect [9 9 99 30] /P 3 0 R >>"
    )
    draft = sheet(catalog=catalog, page="/Annots [5 0 R]", more=(form, field))
    prepared = desk.prepare(draft, places())
    assert done(prepared) == told
    theirs = {"theirs"} if "4 0 R" in catalog else set()
    assert fields_of(PdfFileReader(io.BytesIO(prepared.pdf))).keys() == FIELDS | theirs
    assert lasts(desk, prepared)


def test_a_page_of_another_size_and_a_font_left_outside_are_told(desk: Desk) -> None:
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    fonts = "/Resources << /Font << /F1 4 0 R >> >>"
    outside = sheet((500.0, 700.0), page=fonts, more=(font,))
    prepared = desk.prepare(outside, places(500.0))
    assert prepared.account.findings == ["PAGE_NOT_A4", "FONT_NOT_EMBEDDED"]
    assert prepared.account.pages_mm == [(176.4, 246.9)]


def test_a_tree_of_pages_without_an_end_or_a_page_without_a_box_is_refused(desk: Desk) -> None:
    for damaged in (
        sheet().replace(b"/Type /Page /Parent", b"/Kids [2 0 R] /Parent"),
        sheet().replace(b"/MediaBox", b"/MedaiBox"),
    ):
        with pytest.raises((refusals.Unparsable, refusals.NestingTooDeep)):
            desk.prepare(damaged, places())


def test_a_locked_file_is_refused(desk: Desk, locked: bytes) -> None:
    with pytest.raises(refusals.Encrypted):
        desk.prepare(locked, places())


@pytest.fixture(scope="module")
def locked() -> bytes:
    """A draft that opens with the empty password only."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(sheet())))
    writer.encrypt(owner_pass="owner", user_pass="")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def moved(box: Any, across: float = 0.0, up: float = 0.0) -> Placement:
    """A place moved by so many millimetres."""
    x0, y0, x1, y1 = box
    return Placement(page=0, box=(x0 + across * MM, y0 + up * MM, x1 + across * MM, y1 + up * MM))


@pytest.mark.rule("R9.2b-2")
@pytest.mark.parametrize(
    ("across", "up", "allowed"),
    [
        (0.0, 0.0, True),
        (-3.0, 0.0, True),
        (5.0, 11.0, True),
        (-4.0, 0.0, False),
        (6.0, 0.0, False),
        (15.0, 0.0, False),
        (0.0, 12.5, False),
        (0.0, -12.5, False),
    ],
)
def test_a_seal_covers_a_quarter_to_forty_five_hundredths_of_the_hand_at_its_left(
    desk: Desk, across: float, up: float, allowed: bool
) -> None:
    wanted = places()
    default = seal_place(wanted.leader, desk.picture(LEADER), desk.picture(AGENCY))
    wanted = msgspec.structs.replace(wanted, agency=moved(default.box, across, up))
    if allowed:
        assert "SEAL_PLACED" not in desk.prepare(sheet(), wanted).account.changes
    else:
        with pytest.raises(refusals.SealMisplaced):
            desk.prepare(sheet(), wanted)


@pytest.mark.rule("R9.2b-2")
def test_a_seal_on_another_page_is_refused(desk: Desk) -> None:
    wanted = places()
    default = seal_place(wanted.leader, desk.picture(LEADER), desk.picture(AGENCY))
    elsewhere = msgspec.structs.replace(default, page=1)
    with pytest.raises(refusals.SealMisplaced):
        desk.prepare(sheet(), msgspec.structs.replace(wanted, agency=elsewhere))


def test_a_reserved_number_that_cannot_be_printed_is_refused(desk: Desk) -> None:
    number = OutgoingNumber(number=1, notation="漢", issued_on=date(2026, 1, 1), document_code="x")
    with pytest.raises(refusals.GlyphMissing):
        desk.prepare(sheet(), places(), number=number)


def test_another_number_than_the_reserved_one_is_not_written(desk: Desk) -> None:
    number = OutgoingNumber(
        number=1, notation="1/A-B", issued_on=date(2026, 1, 1), document_code="x"
    )
    signed = desk.sign(desk.prepare(sheet(), places(), number=number).pdf)
    with pytest.raises(refusals.FieldAlreadyFilled):
        desk.seal(signed, number="2/A-B")
