"""Pages as two programs that know nothing of each other draw them: PDFium and Poppler."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image, ImageChops

from infra.local.machines import require_poppler

DPI = 150
POINTS_PER_MM = 72 / 25.4
Box = tuple[float, float, float, float]
Draw = Callable[[bytes, int, int], Image.Image]


def by_pdfium(pdf: bytes, page: int, dpi: int) -> Image.Image:
    """As Chrome and Edge draw it."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    drawn = document[page].render(scale=dpi / 72, may_draw_forms=True)
    return drawn.to_pil().convert("RGB")


def by_poppler(pdf: bytes, page: int, dpi: int) -> Image.Image:
    """As Evince and Okular draw it."""
    number = str(page + 1)
    with TemporaryDirectory() as folder:
        words = ["-r", str(dpi), "-f", number, "-l", number, "-singlefile", "-cropbox", "-png"]
        command = [require_poppler(), *words, "-", f"{folder}/page"]
        subprocess.run(command, input=pdf, check=True, capture_output=True)
        with Image.open(f"{folder}/page.png") as drawn:
            return drawn.convert("RGB")


BOTH = (by_pdfium, by_poppler)


@dataclass(frozen=True)
class Sight:
    """A drawn page; boxes are in points from its lower left corner."""

    image: Image.Image
    dpi: int = DPI

    def within(self, box: Box) -> Image.Image:
        """The part of the page in a box."""
        scale, high = self.dpi / 72, self.image.height
        x0, y0, x1, y1 = (edge * scale for edge in box)
        return self.image.crop((round(x0), round(high - y1), round(x1), round(high - y0)))

    def blue(self) -> Box:
        """Where something blue is seen."""
        red, green, blue = self.image.split()
        return self._where(ImageChops.subtract(blue, ImageChops.lighter(red, green)))

    def red(self) -> Box:
        """Where something red is seen."""
        red, green, blue = self.image.split()
        return self._where(ImageChops.subtract(red, ImageChops.lighter(green, blue)))

    def dark(self) -> Box:
        """Where something black is seen."""
        return self._where(ImageChops.invert(self.image.convert("L")))

    def _where(self, strength: Image.Image) -> Box:
        found = strength.point(lambda value: 255 * (value > 96)).getbbox()
        assert found is not None, "nothing of this colour is seen"
        scale, high = 72 / self.dpi, self.image.height
        left, top, right, bottom = found
        return left * scale, (high - bottom) * scale, right * scale, (high - top) * scale


def seen(pdf: bytes, page: int = 0, draw: Draw = by_pdfium, dpi: int = DPI) -> Sight:
    """A page drawn by one of the two."""
    return Sight(draw(pdf, page, dpi), dpi)


def ink(png: bytes, place: Box, size_mm: tuple[float, float]) -> Box:
    """Where the ink of a picture lies when it stands in the middle of a place in its real size."""
    with Image.open(io.BytesIO(png)) as picture:
        cover = picture.getchannel("A").point(lambda alpha: 255 * (alpha > 96))
        left, top, right, bottom = cover.getbbox()
        wide, high = picture.size
    across, up = (side * POINTS_PER_MM for side in size_mm)
    x, y = (place[0] + place[2] - across) / 2, (place[1] + place[3] - up) / 2
    return (
        x + left / wide * across,
        y + up - bottom / high * up,
        x + right / wide * across,
        y + up - top / high * up,
    )
