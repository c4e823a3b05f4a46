"""The whole chain: a letter is prepared, signed, numbered, dated, sealed, and verified."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from contracts.values import Placements
from services.cli.letter import SIGNER_CENTRE
from services.signing.adapters import refusals
from services.signing.adapters.appearance.picture import Picture
from services.signing.adapters.appearance.text import day_in_words
from services.signing.adapters.keys.software import signing_key
from services.signing.adapters.making.acts import seal, sign_leader
from services.signing.adapters.pdf.fields import fields_of
from services.signing.adapters.pdf.opening import Limits
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.judging import judge
from services.signing.adapters.verification.process import verify
from services.signing.adapters.verification.report import VerificationReport
from tests.signing.conftest import AGENCY, DAY, LEADER, NUMBER, Desk, answers, codes
from tests.signing.stamping import NOBODY

MM = 72 / 25.4


@pytest.mark.rule("N30-5")
@pytest.mark.rule("Q28-4")
def test_only_both_signatures_together_equal_the_paper_original(
    desk: Desk, prepared: bytes, signed: bytes, sealed: bytes
) -> None:
    trusted = desk.trust()
    both, leader = judge(sealed, trusted, desk.at), judge(signed, trusted, desk.at)
    unsigned = judge(prepared, trusted, desk.at)
    assert (both.verdict, both.legal_value) == ("TRUSTED", "ORIGINAL")
    assert (leader.verdict, leader.legal_value) == ("TRUSTED", "SIGNED_ONLY")
    assert (unsigned.verdict, unsigned.legal_value) == ("UNSIGNED", "INFORMATION_ONLY")
    alone = judge(sealed, without_person(trusted), desk.at)
    assert alone.legal_value == "SEALED"


def test_each_signature_answers_all_six_questions(desk: Desk, sealed: bytes) -> None:
    leader, agency = judge(sealed, desk.trust(), desk.at).signatures
    rest = ("TRUSTED", "PROVEN", "OK")
    assert answers(leader) == ("INTACT", "WHOLE_REVISION", "PERMITTED", *rest)
    assert answers(agency) == ("INTACT", "WHOLE_FILE", "NONE", *rest)
    assert (leader.signer, leader.organisation) == ("Nguyễn Văn An", "Sở Nội vụ")
    assert (leader.holder, agency.holder) == (LEADER, AGENCY)
    assert leader.signed_at == desk.at.isoformat()
    assert leader.proven_by.startswith("Máy chủ cấp dấu thời gian")


def test_the_child_process_gives_the_same_report(desk: Desk, sealed: bytes) -> None:
    there = verify(sealed, desk.trust(), desk.at)
    assert there == judge(sealed, desk.trust(), desk.at)
    assert msgspec.json.decode(msgspec.json.encode(there), type=VerificationReport) == there


def test_the_seal_writes_number_and_day_and_keeps_every_earlier_byte(
    signed: bytes, sealed: bytes
) -> None:
    assert sealed.startswith(signed)
    fields = fields_of(PdfFileReader(io.BytesIO(sealed)))
    assert str(fields["vanban_number"]["/V"]) == NUMBER
    assert str(fields["vanban_date"]["/V"]) == "ngày 05 tháng 3 năm 2026"
    assert day_in_words(date(2026, 2, 28)) == "ngày 28 tháng 02 năm 2026"


def without_person(trusted: TrustSet) -> TrustSet:
    """The same trust with a directory that knows agencies only."""
    agencies = tuple(holder for holder in trusted.holders if holder.role == "agency")
    return msgspec.structs.replace(trusted, holders=agencies)


def appearance(pdf: bytes, name: str) -> tuple[list[float], Any, list[float]]:
    """Box of a signature field, its picture's image object, and size and corner of the picture."""
    field = fields_of(PdfFileReader(io.BytesIO(pdf)))[name]
    box = [float(edge) for edge in field["/Rect"]]
    shown = field["/AP"]["/N"]
    words = shown.data.split()
    matrix = [float(words[place]) for place in (1, 4, 5, 6)]
    return box, shown["/Resources"]["/XObject"]["/Im"], matrix


def tint(image: Any) -> tuple[int, int, int]:
    """The colour a picture shows where its mask lets it through."""
    cover, colours = image["/SMask"].data, image.data
    seen = next(dot for dot, alpha in enumerate(cover) if alpha == 255)
    red, green, blue = colours[3 * seen : 3 * seen + 3]
    assert 0 in cover, "the background must be transparent"
    return red, green, blue


@pytest.mark.rule("R9.2b-2")
def test_the_seal_is_red_in_real_size_over_a_third_of_the_blue_signature(sealed: bytes) -> None:
    hand, hand_image, (width, height, left, below) = appearance(sealed, "vanban_leader")
    ring, ring_image, (across, up, *_) = appearance(sealed, "vanban_agency")
    assert (width / MM, height / MM) == pytest.approx((45, 18), abs=0.1)
    assert (across / MM, up / MM) == pytest.approx((36, 36), abs=1)
    centre = hand[0] + left + width / 2
    assert centre == pytest.approx(SIGNER_CENTRE, abs=5 * MM)
    assert 0.25 <= (ring[2] - hand[0]) / (hand[2] - hand[0]) <= 0.45
    assert ring[0] < hand[0]
    middles = [(box[1] + box[3]) / 2 for box in (hand, ring)]
    assert abs(middles[0] - middles[1]) <= up / 3
    red, green, blue = tint(hand_image)
    assert blue > 2 * max(red, green)
    red, green, blue = tint(ring_image)
    assert red > 2 * max(green, blue)
    assert below >= 0


@pytest.mark.rule("R9.2b-2")
def test_an_agency_does_not_seal_before_the_leader_signed(
    desk: Desk, prepared: bytes, signed: bytes
) -> None:
    with pytest.raises(refusals.LeaderSignatureMissing):
        desk.seal(prepared)
    broken = signed.replace(b"/Rotate 0", b"/Rotate 9", 1)
    assert broken != signed
    with pytest.raises(refusals.LeaderSignatureMissing):
        desk.seal(broken)


def test_only_an_unsigned_pdf_is_prepared(
    desk: Desk, letter: tuple[bytes, Placements], signed: bytes, prepared: bytes
) -> None:
    pdf, places = letter
    for refused, content in (
        (refusals.EmptyFile, b""),
        (refusals.NotAPdf, b"PK\x03\x04 word/document.xml " + pdf),
        (refusals.NotAPdf, b"<html>" + pdf),
        (refusals.LeadingBytes, b"\n\n" + pdf),
        (refusals.Unparsable, b"%PDF-1.7\nnothing more"),
        (refusals.AlreadySigned, signed),
        (refusals.FieldExists, prepared),
    ):
        with pytest.raises(refused):
            desk.prepare(content, places)
    with pytest.raises(refusals.TooLarge):
        desk.prepare(pdf, places, limits=Limits(max_bytes=1000))


def test_a_field_must_lie_on_its_page(desk: Desk, letter: tuple[bytes, Placements]) -> None:
    pdf, places = letter
    moved = msgspec.structs.replace(places.leader, box=(500, 10, 700, 60))
    for wrong in (moved, msgspec.structs.replace(places.leader, page=99)):
        with pytest.raises(refusals.PlacementOffPage):
            desk.prepare(pdf, msgspec.structs.replace(places, leader=wrong, agency=None))


def test_a_field_is_signed_once_and_only_if_prepared(
    desk: Desk, letter: tuple[bytes, Placements], signed: bytes, sealed: bytes
) -> None:
    with pytest.raises(refusals.FieldMissing):
        desk.sign(letter[0])
    with pytest.raises(refusals.FieldAlreadySigned):
        desk.sign(signed)
    with pytest.raises(refusals.FieldAlreadySigned):
        desk.seal(sealed)


def test_each_signs_in_its_own_role(desk: Desk, prepared: bytes, signed: bytes) -> None:
    with pytest.raises(refusals.SignerRoleWrong):
        desk.sign(prepared, AGENCY)
    with pytest.raises(refusals.SignerRoleWrong):
        desk.seal(signed, LEADER)
    with pytest.raises(refusals.KeyMissing):
        desk.sign(prepared, "person:nobody")


def test_a_key_must_belong_to_its_certificate(desk: Desk, prepared: bytes) -> None:
    part = desk.folder / "holders"
    key = (part / "agency-H47.05.key.pem").read_bytes()
    certificate = (part / "person-nguyen-van-an.pem").read_bytes()
    with pytest.raises(refusals.KeyCertMismatch):
        signing_key(LEADER, key, certificate)
    wrong = replace(desk.key(LEADER), private=desk.key(AGENCY).private)
    with pytest.raises(refusals.SignatureValueInvalid):
        sign_leader(prepared, wrong, desk.picture(LEADER), desk.at, desk.authority(), desk.trust())


def test_what_is_printed_must_fit_and_have_its_letters(desk: Desk, signed: bytes) -> None:
    with pytest.raises(refusals.GlyphMissing):
        desk.seal(signed, number="12/漢字")
    with pytest.raises(refusals.TextTooWide):
        desk.seal(signed, number="12/" + "SNV-" * 20)


def test_a_picture_must_be_transparent_and_fit_in_its_real_size(desk: Desk, signed: bytes) -> None:
    image = desk.picture(AGENCY)
    large = Picture(image.png, 50.0, 50.0)
    for refused, wrong in (
        (refusals.PictureTooLarge, large),
        (refusals.ImageNotTransparent, Picture(b"GIF89a", 36.0, 36.0)),
    ):
        with pytest.raises(refused):
            seal(
                signed,
                desk.key(AGENCY),
                wrong,
                NUMBER,
                DAY,
                desk.at,
                desk.authority(),
                desk.trust(),
            )


def test_a_silent_time_authority_refuses_the_signature(desk: Desk, prepared: bytes) -> None:
    with pytest.raises(refusals.TsaUnavailable):
        sign_leader(prepared, desk.key(LEADER), desk.picture(LEADER), desk.at, NOBODY, desk.trust())


def test_a_claimed_time_far_from_the_stamp_is_told(desk: Desk, prepared: bytes) -> None:
    signed = sign_leader(
        prepared,
        desk.key(LEADER),
        desk.picture(LEADER),
        desk.at - timedelta(days=3),
        desk.authority(),
        desk.trust(),
    )
    report = judge(signed, desk.trust(), datetime.now(UTC))
    assert (report.verdict, report.signatures[0].time) == ("WARN", "CONTRADICTORY")
    assert "CLAIMED_TIME_DIFFERS" in codes(report)


def test_every_refusal_speaks_two_languages_with_its_own_code() -> None:
    classes = refusals.SigningRefused.__subclasses__()
    assert len({refused.code for refused in classes}) == len(classes) > 30
    for refused in classes:
        told = refused(holder="person:an", bytes=9, limit=8)
        assert told.message("vi") != told.message("en"), refused
        assert "{" not in told.message("vi") + told.message("en")
    expired = refusals.SignerCertExpired(holder="person:an")
    assert expired.message() == "Chứng thư của person:an đã hết hạn. Hãy gia hạn."
    assert "person:an" in str(expired)
