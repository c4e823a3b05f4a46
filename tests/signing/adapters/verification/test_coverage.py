"""Damaged, cut, lengthened and dressed-up files: a verdict, never a good one."""

import random
import re

import pytest

from services.signing.adapters.pdf.opening import byte_ranges
from services.signing.adapters.verification.judging import judge
from services.signing.adapters.verification.process import verify
from services.signing.adapters.verification.report import GOOD, TAMPERED
from tests.signing.conftest import Desk, codes


def spans(pdf: bytes) -> list[tuple[int, ...]]:
    """The ByteRanges of a file, the leader's first."""
    return sorted(byte_ranges(pdf), key=lambda span: span[1])


def flipped(pdf: bytes, place: int) -> bytes:
    """The file with one bit of one byte turned."""
    return pdf[:place] + bytes([pdf[place] ^ 0x10]) + pdf[place + 1 :]


def test_a_flipped_byte_in_what_both_signed_breaks_both(desk: Desk, sealed: bytes) -> None:
    place = sealed.index(b"stream", sealed.index(b"/FontFile2")) + 400
    report = judge(flipped(sealed, place), desk.trust(), desk.at)
    assert report.verdict == "BROKEN"
    assert [one.integrity for one in report.signatures] == ["BROKEN", "BROKEN"]
    assert report.legal_value == "INFORMATION_ONLY"
    assert "DIGEST_DIFFERS" in codes(report)


def test_a_flipped_byte_anywhere_signed_is_never_good(desk: Desk, sealed: bytes) -> None:
    chance = random.Random(20)
    leader, agency = spans(sealed)
    trusted = desk.trust()
    for _ in range(30):
        inside = chance.randrange(agency[1]), chance.randrange(agency[2], len(sealed))
        place = chance.choice(inside)
        if leader[1] <= place < leader[2]:
            continue
        report = judge(flipped(sealed, place), trusted, desk.at)
        assert report.verdict in TAMPERED, (place, report)
        assert report.legal_value == "INFORMATION_ONLY"


def test_a_file_cut_short_is_never_good(desk: Desk, signed: bytes, sealed: bytes) -> None:
    chance = random.Random(21)
    trusted = desk.trust()
    for length in (1, 9, len(sealed) // 2, len(sealed) - 1, *chance.sample(range(len(sealed)), 12)):
        report = judge(sealed[:length], trusted, desk.at)
        assert report.verdict not in GOOD or sealed[:length].rstrip() == signed.rstrip(), length
    assert judge(sealed[: len(signed)], trusted, desk.at).legal_value == "SIGNED_ONLY"


@pytest.mark.parametrize(
    "tail",
    [b"junk", b"\n%comment\n%%EOF\n", b"\x00" * 2000, b"PK\x03\x04" + b"a" * 500],
    ids=["word", "comment", "zeros", "archive"],
)
def test_bytes_after_the_last_signature_are_uncovered(
    desk: Desk, sealed: bytes, tail: bytes
) -> None:
    report = verify(sealed + tail, desk.trust(), desk.at)
    assert report.verdict in ("MODIFIED", "REJECTED", "FORGED")
    if report.verdict == "MODIFIED":
        assert "UNCOVERED_TAIL" in codes(report)


def test_appended_junk_is_told_by_its_place(desk: Desk, sealed: bytes) -> None:
    report = verify(sealed + b"junk", desk.trust(), desk.at)
    (tail,) = [one for one in report.signatures[1].reasons if one.code == "UNCOVERED_TAIL"]
    assert report.verdict == "MODIFIED"
    assert tail.data["offset"] == len(sealed)


def test_a_line_break_at_the_end_is_only_told(desk: Desk, sealed: bytes) -> None:
    ending = b"\r" if sealed.endswith(b"\n") else b"\n"
    report = judge(sealed + ending, desk.trust(), desk.at)
    assert report.verdict == "WARN"
    assert "TRAILING_LINE_BREAK" in codes(report)


def test_a_byte_range_that_leaves_more_out_is_forged(desk: Desk, sealed: bytes) -> None:
    for changed in (
        lambda a, b, c, d: (a, b - 10, c, d),
        lambda a, b, c, d: (a, b, c + 10, d - 10),
        lambda a, b, c, d: (1, b, c, d),
        lambda a, b, c, d: (a, b, c, d + 100),
    ):
        span = spans(sealed)[1]
        written = re.search(rb"/ByteRange\s*\[0 %d [^\]]*\]\s*" % span[1], sealed)
        assert written is not None
        fresh = b"/ByteRange [%d %d %d %d]" % changed(*span)
        forged = sealed.replace(written.group(), fresh.ljust(len(written.group())))
        report = judge(forged, desk.trust(), desk.at)
        assert report.verdict == "FORGED", report
        assert "FORGED" in {one.coverage for one in report.signatures}


def test_a_signature_no_longer_reachable_does_not_pass_as_unsigned(
    desk: Desk, sealed: bytes
) -> None:
    hidden = sealed.replace(b"/AcroForm", b"/AcroFarm")
    report = judge(hidden, desk.trust(), desk.at)
    assert report.verdict == "MODIFIED"
    assert "SIGNATURE_NOT_REACHABLE" in codes(report)


def test_other_bytes_in_the_container_padding_are_told(desk: Desk, sealed: bytes) -> None:
    span = spans(sealed)[1]
    padded = sealed[: span[2] - 3] + b"7F" + sealed[span[2] - 1 :]
    report = judge(padded, desk.trust(), desk.at)
    assert report.verdict == "WARN"
    assert "CONTAINER_PADDING_NOT_ZERO" in codes(report)


def listed(section: bytes) -> bytes:
    """A file that is nothing but a cross-reference section."""
    return b"%PDF-1.7\n" + section + b"\nstartxref\n9\n%%EOF\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b"PK\x03\x04", "NOT_A_PDF"),
        (b"%PDF-1.7\n%%EOF\n", "UNPARSABLE"),
        (listed(b"xref\n0 99999999\ntrailer <</Size 9>>"), "XREF_TOO_LARGE"),
        (listed(b"xref\n0 0\ntrailer <</Size 2 /Prev 9>>"), "XREF_LOOP"),
        (listed(b"1 0 obj <</Size 40000000 /W [1 1 1]>> stream"), "XREF_TOO_LARGE"),
        (listed(b"1 0 obj <</Index [0 250000] >> stream" + b" " * 300), "TOO_MANY_OBJECTS"),
    ],
)
def test_what_is_no_readable_pdf_is_rejected_with_a_reason(
    desk: Desk, content: bytes, code: str
) -> None:
    report = judge(content, desk.trust(), desk.at)
    assert report.verdict == "REJECTED"
    assert codes(report) == {code}
