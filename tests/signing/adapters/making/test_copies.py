"""A copy is made of an original, a true copy or a good scan, and of nothing else."""

import pypdfium2
import pytest

from contracts.signing.copying import CopyKind, CopySource
from contracts.values import Placements
from services.signing.adapters import refusals
from services.signing.adapters.making.blocks import sign_with_block
from services.signing.adapters.making.copies import copied, copy_mark
from services.signing.adapters.making.extracts import extract
from services.signing.adapters.pdf.opening import byte_ranges
from services.signing.adapters.verification.judging import judge
from tests.signing.adapters.making.scanned import scan
from tests.signing.adapters.making.sheets import sheet
from tests.signing.conftest import AGENCY, Desk
from tests.signing.drawing import seen

TRUE_COPY, SECOND_COPY, EXTRACT = CopyKind
A4_MM = (210.0, 297.0)


def source(
    desk: Desk,
    pdf: bytes,
    kind: CopyKind,
    of: CopySource = CopySource.ELECTRONIC,
    pages: tuple[int, ...] = (),
) -> bytes:
    """The file that becomes the copy."""
    return copied(pdf, kind, of, list(pages), A4_MM, desk.trust(), desk.at)


def copy(desk: Desk, pdf: bytes, kind: CopyKind) -> bytes:
    """The file signed as a copy by another agency."""
    text = f"{kind.vi}; Sở Nội vụ; 12/03/2024 08:10:05 +07:00"
    key, authority = desk.key(AGENCY), desk.authority()
    return sign_with_block(pdf, copy_mark(kind), text, key, desk.at, authority, desk.trust())


@pytest.mark.rule("N30-25..27")
def test_a_true_copy_is_the_original_with_all_its_signatures(desk: Desk, sealed: bytes) -> None:
    made = copy(desk, source(desk, sealed, TRUE_COPY), TRUE_COPY)
    assert made.startswith(sealed)
    report = judge(made, desk.trust(), desk.at)
    assert (report.verdict, report.legal_value) == ("TRUSTED", "ORIGINAL")


@pytest.mark.rule("N30-25..27")
def test_a_true_copy_of_paper_is_its_scan_sealed_by_the_agency(desk: Desk) -> None:
    paper = scan()
    made = copy(desk, source(desk, paper, TRUE_COPY, CopySource.PAPER), TRUE_COPY)
    assert made.startswith(paper)
    report = judge(made, desk.trust(), desk.at)
    assert (report.verdict, report.legal_value) == ("TRUSTED", "SEALED")
    with pytest.raises(refusals.ScanTooCoarse):
        source(desk, scan(dpi=150), TRUE_COPY, CopySource.PAPER)


@pytest.mark.rule("N30-25..27")
def test_a_second_copy_is_made_of_a_true_copy_alone(desk: Desk, sealed: bytes) -> None:
    true = copy(desk, sealed, TRUE_COPY)
    second = copy(desk, source(desk, true, SECOND_COPY), SECOND_COPY)
    assert judge(second, desk.trust(), desk.at).verdict == "TRUSTED"
    extracted = copy(desk, source(desk, sealed, EXTRACT, pages=(1,)), EXTRACT)
    for other in (sealed, copy(desk, sheet(), SECOND_COPY), extracted):
        with pytest.raises(refusals.SourceNotTrueCopy):
            source(desk, other, SECOND_COPY)


@pytest.mark.rule("N30-25..27")
@pytest.mark.parametrize("kind", [TRUE_COPY, EXTRACT])
def test_what_lacks_a_good_signature_is_not_copied(
    desk: Desk, kind: CopyKind, signed: bytes, sealed: bytes
) -> None:
    spoiled = sealed.replace(b"/Rotate 0", b"/Rotate 9", 1)
    for bad in (signed, spoiled, sheet(), b"%PDF-1.7\nnothing more"):
        with pytest.raises(refusals.SourceNotOriginal):
            source(desk, bad, kind, pages=(1,))


@pytest.mark.rule("N30-25..27")
def test_an_extract_holds_its_pages_as_they_are_seen_and_no_signature(
    desk: Desk, letter: tuple[bytes, Placements], sealed: bytes
) -> None:
    last = letter[1].leader.page
    made = source(desk, sealed, EXTRACT, pages=(last + 1, 1))
    document = pypdfium2.PdfDocument(made)
    assert len(document) == 2
    assert not byte_ranges(made)
    assert made.startswith(b"%PDF-1.7")
    assert close_to(seen(made, 0).red(), seen(sealed, last).red())
    assert "12/SNV-VTLT" in document[1].get_textpage().get_text_range()
    assert judge(copy(desk, made, EXTRACT), desk.trust(), desk.at).verdict == "TRUSTED"


def close_to(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two boxes agree within a point."""
    return one == pytest.approx(other, abs=1)


def test_a_page_that_is_not_there_is_refused(sealed: bytes) -> None:
    with pytest.raises(refusals.PagesMissing) as told:
        extract(sealed, [1, 9, 12])
    assert told.value.data == {"count": 3, "pages": "9, 12"}
