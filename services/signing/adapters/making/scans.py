# mypy: allow-untyped-calls
"""Whether a scan is what the rules ask of a digitised paper: PDF 1.4, colour, 200 dpi, full size.

NĐ 30/2020 Phụ lục I and R8.2a-2. The file is measured in a process of its own; a page must be one
picture from edge to edge (or strips of one), and its sides those of the paper.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec
import pypdfium2
from msgspec import Struct
from PIL import ImageChops, ImageStat
from pypdfium2 import raw

from services.kernel.child import CRASHED, Ended
from services.signing.adapters import refusals
from services.signing.adapters.pdf.opening import Limits, check_bytes, open_pdf
from services.signing.adapters.pdf.pages import POINTS_PER_MM, Box
from services.signing.adapters.verification.confinement import confined

OLDEST: Final = (1, 4)
LEAST_DPI: Final = 200
_ROUNDED: Final = 0.99
"""A scanner rounds its dots to the paper's edge, so 200 dpi may measure as 199."""
NEAR_MM: Final = 3.0
_WHOLE: Final = 0.97
_GREY: Final = frozenset({raw.FPDF_COLORSPACE_DEVICEGRAY, raw.FPDF_COLORSPACE_CALGRAY})
_GREY_UP_TO: Final = 2


class Sheet(Struct, frozen=True):
    """One page of a scan: its sides as seen, and how much of it pictures take up.

    ``dpi`` is the finest resolution at which they fill the page (0: they do not at any);
    ``colours`` whether one of them can hold colours.
    """

    width_mm: float
    height_mm: float
    dpi: float
    colours: bool


class Measured(Struct, frozen=True):
    """The pages of a scan, and whether anything on them is neither black, grey nor white."""

    sheets: list[Sheet]
    tinted: bool


def check_scan(pdf: bytes, width_mm: float, height_mm: float) -> None:
    """Refuses a scan that lacks a property, by the property, for a paper of these sides.

    A page may lie either way. Refuses what cannot be read, too.
    """
    limits = Limits()
    opened = open_pdf(pdf, limits)
    if opened.encrypted:
        raise refusals.Encrypted()
    version = opened.reader.input_version
    if version < OLDEST:
        raise refusals.ScanVersionOld(version=".".join(map(str, version)))
    found = measured(pdf, limits)
    for number, sheet in enumerate(found.sheets, 1):
        _check_sheet(number, sheet, (width_mm, height_mm))
    if not found.tinted:
        raise refusals.ScanNotColour(page=1)


def _check_sheet(number: int, sheet: Sheet, paper: tuple[float, float]) -> None:
    sides = (sheet.width_mm, sheet.height_mm)
    if not (_near(sides, paper) or _near(sides, paper[::-1])):
        raise refusals.ScanNotFullSize(
            page=number, width_mm=sides[0], height_mm=sides[1], wide=paper[0], high=paper[1]
        )
    if not sheet.dpi:
        raise refusals.ScanNotPicture(page=number)
    if sheet.dpi < LEAST_DPI * _ROUNDED:
        raise refusals.ScanTooCoarse(page=number, dpi=round(sheet.dpi), least=LEAST_DPI)
    if not sheet.colours:
        raise refusals.ScanNotColour(page=number)


def _near(sides: tuple[float, float], paper: tuple[float, float]) -> bool:
    return all(abs(side - wanted) <= NEAR_MM for side, wanted in zip(sides, paper, strict=True))


def measured(pdf: bytes, limits: Limits) -> Measured:
    """Measure a file of unknown origin; refuses one that cannot be read or takes too much."""
    return msgspec.json.decode(apart(pdf, _measured, limits), type=Measured)


def apart(pdf: bytes, work: Callable[[Any], bytes], limits: Limits) -> bytes:
    """What ``work`` says of the opened file, in a process of its own."""
    check_bytes(pdf, limits)
    answer = confined(lambda: work(pypdfium2.PdfDocument(pdf)), limits)
    if isinstance(answer, Ended):
        if answer.status == CRASHED:
            raise refusals.Unparsable(error="PdfiumError")
        raise refusals.ResourceLimit(error="Ended")
    return answer


def _measured(document: Any) -> bytes:
    pages = [document[number] for number in range(len(document))]
    found = Measured([_sheet(page) for page in pages], any(map(_tinted, pages)))
    return msgspec.json.encode(found)


def _sheet(page: Any) -> Sheet:
    pictures = list(_pictures(page))
    steps = sorted({dpi for _, dpi, _ in pictures}, reverse=True)
    whole = page.get_cropbox()
    fills = (
        dpi for dpi in steps if _filled([box for box, fine, _ in pictures if fine >= dpi], whole)
    )
    return Sheet(
        width_mm=round(page.get_width() / POINTS_PER_MM, 1),
        height_mm=round(page.get_height() / POINTS_PER_MM, 1),
        dpi=next(fills, 0.0),
        colours=any(colours for _, _, colours in pictures),
    )


def _pictures(page: Any) -> Iterator[tuple[Box, float, bool]]:
    """Every picture on a page: where it is drawn, how finely, and whether it can hold colours."""
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        matrix, holder = picture.get_matrix(), picture.container
        while holder is not None:
            matrix, holder = matrix.multiply(holder.get_matrix()), holder.container
        corners = [matrix.on_point(x, y) for x in (0, 1) for y in (0, 1)]
        across, up = zip(*corners, strict=True)
        box = (min(across), min(up), max(across), max(up))
        yield box, _fineness(picture.get_px_size(), matrix), _coloured(picture.get_metadata())


def _fineness(dots: tuple[int, int], matrix: Any) -> float:
    """Dots an inch, along the side that has fewer."""
    sides = (abs(complex(matrix.a, matrix.b)), abs(complex(matrix.c, matrix.d)))
    return min(72 * count / max(side, 1e-6) for count, side in zip(dots, sides, strict=True))


def _coloured(told: Any) -> bool:
    """Whether the kind of picture can hold colours: neither black and white nor shades of grey."""
    grey = told.colorspace in _GREY
    grey = grey or (told.colorspace == raw.FPDF_COLORSPACE_ICCBASED and told.bits_per_pixel == 8)
    return told.bits_per_pixel > 1 and not grey


def _filled(boxes: list[Box], whole: Box) -> bool:
    """Whether boxes together reach over a page from edge to edge."""
    x0, y0, x1, y1 = whole
    left, below = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, above = max(box[2] for box in boxes), max(box[3] for box in boxes)
    across = (min(right, x1) - max(left, x0)) / (x1 - x0)
    up = (min(above, y1) - max(below, y0)) / (y1 - y0)
    return across >= _WHOLE and up >= _WHOLE


def _tinted(page: Any) -> bool:
    """Whether anything seen on a page is neither black, grey nor white."""
    red, green, blue = page.render(scale=1).to_pil().convert("RGB").split()
    high = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    low = ImageChops.darker(ImageChops.darker(red, green), blue)
    spread: int = ImageStat.Stat(ImageChops.subtract(high, low)).extrema[0][1]
    return spread > _GREY_UP_TO
