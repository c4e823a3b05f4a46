"""A scan is PDF 1.4 or later, in colour, of 200 dpi or more, and as large as the paper."""

import io
from typing import Any

import pypdfium2
import pytest

from services.signing.adapters import refusals
from services.signing.adapters.making.scans import check_scan
from services.signing.adapters.refusals import SigningRefused
from tests.signing.adapters.making.scanned import A5, BLACK, scan
from tests.signing.adapters.making.sheets import LANDSCAPE, sheet

A4_MM = (210.0, 297.0)
WHITE = (255, 255, 255)


@pytest.mark.rule("R8.2a-2")
@pytest.mark.parametrize(
    "one",
    [
        pytest.param({}, id="200 dpi"),
        pytest.param({"dpi": 300}, id="300 dpi"),
        pytest.param({"size": LANDSCAPE}, id="lying"),
        pytest.param({"strips": 4}, id="in strips"),
        pytest.param({"nested": True}, id="inside a form"),
        pytest.param({"version": "1.4"}, id="PDF 1.4"),
        pytest.param({"pages": 2}, id="two pages"),
        pytest.param({"ink": BLACK}, id="black ink on paper that is not quite white"),
    ],
)
def test_a_good_scan_is_accepted(one: dict[str, Any]) -> None:
    check_scan(scan(**one), *A4_MM)


@pytest.mark.rule("R8.2a-2")
@pytest.mark.parametrize(
    ("lacking", "refused"),
    [
        pytest.param({"dpi": 150}, refusals.ScanTooCoarse, id="150 dpi"),
        pytest.param({"dpi": 195}, refusals.ScanTooCoarse, id="195 dpi"),
        pytest.param({"mode": "L"}, refusals.ScanNotColour, id="grey"),
        pytest.param({"mode": "1"}, refusals.ScanNotColour, id="black and white"),
        pytest.param(
            {"ink": BLACK, "paper": WHITE}, refusals.ScanNotColour, id="grey, said to be colour"
        ),
        pytest.param({"size": A5}, refusals.ScanNotFullSize, id="half the paper's size"),
        pytest.param({"share": 0.7}, refusals.ScanNotPicture, id="shrunk into its page"),
        pytest.param({"version": "1.3"}, refusals.ScanVersionOld, id="PDF 1.3"),
    ],
)
def test_each_lacking_property_is_refused_by_its_own_name(
    lacking: dict[str, Any], refused: type[SigningRefused]
) -> None:
    with pytest.raises(refused) as told:
        check_scan(scan(**lacking), *A4_MM)
    assert "?" not in told.value.message("vi") + told.value.message("en")


@pytest.mark.rule("R8.2a-2")
def test_every_page_counts(pages: bytes) -> None:
    with pytest.raises(refusals.ScanTooCoarse) as told:
        check_scan(pages, *A4_MM)
    assert told.value.data["page"] == 2


@pytest.fixture(scope="module")
def pages() -> bytes:
    """A good page and a coarse one."""
    together = pypdfium2.PdfDocument.new()
    for dpi in (200, 100):
        together.import_pages(pypdfium2.PdfDocument(scan(dpi=dpi)))
    out = io.BytesIO()
    together.save(out, version=17)
    return out.getvalue()


def test_a_paper_of_another_size_is_measured_against_its_own_sides() -> None:
    check_scan(scan(size=A5), 148.0, 210.0)
    with pytest.raises(refusals.ScanNotFullSize):
        check_scan(scan(), 148.0, 210.0)


def test_what_is_no_scan_or_no_pdf_is_refused() -> None:
    with pytest.raises(refusals.ScanNotPicture):
        check_scan(sheet(), *A4_MM)
    with pytest.raises(refusals.NotAPdf):
        check_scan(b"GIF89a", *A4_MM)
    with pytest.raises(refusals.Unparsable):
        check_scan(b"%PDF-1.7\nnothing more", *A4_MM)
