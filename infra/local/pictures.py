"""Pictures that a signature shows on the page: a hand-written name and a round seal, drawn.

Both are PNG with a transparent background, as Decree 30/2020 Annex I asks: the person's picture
blue, the agency's red and of the real size of its seal (form R9.2b-2, regulation 4.1 and 4.2).
They are drawn from a name alone, so the same name always gives the same picture.
"""

import hashlib
import math
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

TYPEFACE = Path(__file__).parents[2] / "services/signing/adapters/appearance/fonts/Tinos-Bold.ttf"
DOTS_PER_MM = 300 / 25.4
BLUE = (16, 48, 168, 255)
RED = (214, 24, 24, 255)
NOTHING = (255, 255, 255, 0)
_FINER = 2  # drawn twice as large, then reduced: smooth edges


def draw_hand(name: str, path: Path, width_mm: float, height_mm: float) -> None:
    """A blue hand-written signature (chữ ký tay) of ``width_mm`` × ``height_mm``, saved as PNG."""
    width, height = _dots(width_mm), _dots(height_mm)
    image = Image.new("RGBA", (width, height), NOTHING)
    pen = ImageDraw.Draw(image)
    line = [(x * width, y * height) for x, y in _strokes(name)]
    pen.line(line, fill=BLUE, width=round(height / 30), joint="curve")
    flourish = [(width * x, height * y) for x, y in ((0.12, 0.86), (0.5, 0.8), (0.9, 0.9))]
    pen.line(flourish, fill=BLUE, width=round(height / 45), joint="curve")
    _save(image, BLUE, path)


def draw_seal(agency: str, authority: str, path: Path, diameter_mm: float) -> None:
    """A red round seal (con dấu) of ``diameter_mm``, two names on its ring, saved as PNG."""
    size = _dots(diameter_mm)
    image = Image.new("RGBA", (size, size), NOTHING)
    pen = ImageDraw.Draw(image)
    for inset, thickness in ((0.005, 0.018), (0.04, 0.008), (0.27, 0.008)):
        edge = inset * size
        box = (edge, edge, size - edge, size - edge)
        pen.ellipse(box, outline=RED, width=round(thickness * size))
    pen.polygon(_star(size / 2, size / 2, size * 0.17), fill=RED)
    _on_ring(image, agency.upper(), size * 0.385, upright=True)
    _on_ring(image, authority.upper(), size * 0.385, upright=False)
    _save(image, RED, path)


def _dots(millimetres: float) -> int:
    return round(millimetres * DOTS_PER_MM * _FINER)


def _save(image: Image.Image, colour: tuple[int, int, int, int], path: Path) -> None:
    """One colour everywhere; only how much of it shows differs, so edges keep no other tint."""
    half = (image.width // _FINER, image.height // _FINER)
    picture = Image.new("RGBA", half, colour)
    picture.putalpha(image.getchannel("A").resize(half, Image.Resampling.LANCZOS))
    picture.save(path, dpi=(DOTS_PER_MM * 25.4, DOTS_PER_MM * 25.4))


def _strokes(name: str) -> list[tuple[float, float]]:
    """Loops from left to right whose size follows the name; coordinates in 0..1."""
    seed = hashlib.sha256(name.encode()).digest()
    points = []
    for step in range(240):
        along = step / 239
        swing = 0.12 + 0.16 * seed[step // 30] / 255
        turn = along * math.tau * (4 + seed[9] % 3)
        x = 0.12 + 0.74 * along + 0.07 * math.sin(turn)
        points.append((x, 0.45 - swing * math.cos(turn) * (1.2 - 0.6 * along)))
    return points


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    corners = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = corner * math.pi / 5
        corners.append((x + reach * math.sin(angle), y - reach * math.cos(angle)))
    return corners


def _on_ring(image: Image.Image, text: str, radius: float, *, upright: bool) -> None:
    """Write ``text`` along the upper half of the ring, or, not upright, along the lower half."""
    font = ImageFont.truetype(str(TYPEFACE), round(image.width * 0.075))
    step = 1.9 * math.pi / 2 / max(len(text), 16)
    for place, letter in enumerate(text):
        angle = (place - (len(text) - 1) / 2) * step
        tile = Image.new("RGBA", (round(font.size * 1.8),) * 2, NOTHING)
        middle = tile.width / 2
        ImageDraw.Draw(tile).text((middle, middle), letter, font=font, fill=RED, anchor="mm")
        turned = tile.rotate(math.degrees(-angle if upright else angle), Image.Resampling.BICUBIC)
        x = image.width / 2 + radius * math.sin(angle) - middle
        reach = -radius if upright else radius
        y = image.height / 2 + reach * math.cos(angle) - middle
        image.alpha_composite(turned, (round(x), round(y)))
