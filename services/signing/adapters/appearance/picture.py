"""The picture a signature shows: a hand-written name or a seal, at its real size in its place.

A picture is unpacked and compressed again once a process; a signature then only refers to the
bytes (regulation 4.1 and 4.2: PNG, transparent background, real size).
"""

import io
import zlib
from functools import lru_cache
from typing import Any, Final, Literal

from msgspec import Struct
from PIL import Image, ImageChops, UnidentifiedImageError

from services.signing.adapters import refusals
from services.signing.adapters.pdf.objects import dictionary, form, packed_stream
from services.signing.adapters.pdf.pages import POINTS_PER_MM, Matrix

_ROUNDING = 0.5

Colour = Literal["blue", "red"]
_HUES: Final[dict[Colour, frozenset[int]]] = {
    "blue": frozenset(range(138, 188)),
    "red": frozenset([*range(15), *range(241, 256)]),
}
"""Of 256 steps around the circle of colours: blue from 195° to 264°, red within 21° of pure."""


class Picture(Struct, frozen=True):
    """A PNG file's bytes and the size it has on paper, in millimetres."""

    png: bytes
    width_mm: float
    height_mm: float


def picture_within(png: bytes, width_mm: float, height_mm: float) -> Picture:
    """The picture as large as it fits into a place, its proportions kept."""
    (across, up), *_ = _pixels(png)
    scale = min(width_mm / across, height_mm / up)
    return Picture(png, across * scale, up * scale)


def check_colour(picture: Picture, wanted: Colour) -> None:
    """Refuses a picture whose prevailing hue is another; what is grey or black has none."""
    if _hue(picture.png) not in _HUES[wanted]:
        raise refusals.PictureColourWrong(wanted=wanted)


def appearance(
    writer: Any, picture: Picture, width: float, height: float, upright: Matrix | None = None
) -> Any:
    """Write the picture, centred in a place of these points; the reference of its appearance.

    ``upright`` turns it on a page that is turned itself.
    """
    across, up = picture.width_mm * POINTS_PER_MM, picture.height_mm * POINTS_PER_MM
    if across > width + _ROUNDING or up > height + _ROUNDING:
        raise refusals.PictureTooLarge(width_mm=picture.width_mm, height_mm=picture.height_mm)
    size, colours, cover = _pixels(picture.png)
    entries: dict[str, Any] = {
        "Type": "XObject",
        "Subtype": "Image",
        "Width": size[0],
        "Height": size[1],
        "BitsPerComponent": 8,
    }
    mask = writer.add_object(packed_stream(cover, ColorSpace="DeviceGray", **entries))
    image = packed_stream(colours, ColorSpace="DeviceRGB", SMask=mask, **entries)
    left, below = (width - across) / 2, (height - up) / 2
    drawn = f"q {across:.2f} 0 0 {up:.2f} {left:.2f} {below:.2f} cm /Im Do Q".encode()
    resources = dictionary(XObject=dictionary(Im=writer.add_object(image)))
    return writer.add_object(form(drawn, width, height, upright, resources))


@lru_cache(maxsize=256)
def _hue(png: bytes) -> int | None:
    """The hue (0 to 255, red at both ends) most of what is seen has, if most of it has one."""
    _pixels(png)
    image = Image.open(io.BytesIO(png))
    cover = image.convert("RGBA").getchannel("A").point(lambda alpha: 255 * (alpha > 127))
    hue, saturation, _ = image.convert("RGB").convert("HSV").split()
    coloured = ImageChops.multiply(cover, saturation.point(lambda vivid: 255 * (vivid > 63)))
    seen, tinted = cover.histogram()[255], coloured.histogram()[255]
    if tinted <= seen / 2:
        return None
    shades = hue.histogram(coloured)
    return max(range(256), key=lambda shade: shades[shade])


@lru_cache(maxsize=256)
def _pixels(png: bytes) -> tuple[tuple[int, int], bytes, bytes]:
    """Size in dots, compressed colours and compressed cover (alpha) of a transparent PNG."""
    try:
        image = Image.open(io.BytesIO(png), formats=["PNG"]).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError) as failure:
        raise refusals.ImageNotTransparent(error=type(failure).__name__) from failure
    cover = image.getchannel("A")
    if cover.getextrema()[0] != 0:
        raise refusals.ImageNotTransparent()
    colours = image.convert("RGB").tobytes()
    return image.size, zlib.compress(colours), zlib.compress(cover.tobytes())
