"""The picture a signature shows: a hand-written name or a seal, at its real size in its place.

A picture is unpacked and compressed again once a process; a signature then only refers to the
bytes (regulation 4.1 and 4.2: PNG, transparent background, real size).
"""

import io
import zlib
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct
from PIL import Image, UnidentifiedImageError

from services.signing.adapters import refusals
from services.signing.adapters.pdf.objects import dictionary, packed_stream, stream

POINTS_PER_MM: Final = 72 / 25.4
_ROUNDING = 0.5


class Picture(Struct, frozen=True):
    """A PNG file's bytes and the size it has on paper, in millimetres."""

    png: bytes
    width_mm: float
    height_mm: float


def check_picture(picture: Picture) -> None:
    """Refuses a picture that is not a PNG with a transparent background."""
    _pixels(picture.png)


def appearance(writer: Any, picture: Picture, width: float, height: float) -> Any:
    """Write the picture, centred in a place of these points; the reference of its appearance."""
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
    return writer.add_object(
        stream(
            f"q {across:.2f} 0 0 {up:.2f} {left:.2f} {below:.2f} cm /Im Do Q".encode(),
            packed=False,
            Type="XObject",
            Subtype="Form",
            BBox=[0, 0, width, height],
            Resources=dictionary(XObject=dictionary(Im=writer.add_object(image))),
        )
    )


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
