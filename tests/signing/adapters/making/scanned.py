"""Scans as a scanner may deliver them, good ones and such as lack one property."""

import zlib

from PIL import Image, ImageDraw

from tests.signing.adapters.making.sheets import MM, PORTRAIT, classic

RED, BLUE, BLACK, PAPER = (200, 30, 30), (20, 40, 160), (20, 20, 20), (250, 248, 243)


def scan(
    dpi: float = 200,
    mode: str = "RGB",
    size: tuple[float, float] = PORTRAIT,
    version: str = "1.7",
    strips: int = 1,
    share: float = 1.0,
    ink: tuple[int, int, int] = RED,
    paper: tuple[int, int, int] = PAPER,
    pages: int = 1,
    nested: bool = False,
) -> bytes:
    """A scanned paper: each page one picture, or ``strips`` of one, over a ``share`` of each side.

    ``nested`` draws it inside a form, turned, as some scanners do.
    """
    dots = (round(size[0] / 72 * dpi), round(size[1] / 72 * dpi))
    image = Image.new("RGB", dots, paper)
    pen = ImageDraw.Draw(image)
    ring = (dots[0] // 2, dots[1] // 2, dots[0] * 3 // 4, dots[1] * 2 // 3)
    pen.ellipse(ring, outline=ink, width=9)
    pen.text((dots[0] // 4, dots[1] // 4), "QUYET DINH", fill=BLACK if ink == RED else ink)
    objects, kids = ["", ""], []
    for _ in range(pages):
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects += _page(image.convert(mode), number, size, strips, share, nested)
    objects[0] = "<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {pages} >>"
    return classic(*objects, version=version)


def _page(
    image: Image.Image,
    number: int,
    size: tuple[float, float],
    strips: int,
    share: float,
    nested: bool,
) -> list[str]:
    wide, high = size[0] * share, size[1] * share / strips
    rows = image.height // strips
    drawn, names, streams = [], [], []
    for strip in range(strips):
        part = image.crop((0, strip * rows, image.width, (strip + 1) * rows))
        below = size[1] * share - (strip + 1) * high
        drawn.append(f"q {wide} 0 0 {high} 0 {below} cm /Im{strip} Do Q")
        names.append(f"/Im{strip} {number + 2 + strip} 0 R")
        streams.append(_picture(part))
    content, resources = " ".join(drawn), f"<< /XObject << {' '.join(names)} >> >>"
    form = number + 2 + strips
    box = f"/MediaBox [0 0 {size[0]} {size[1]}]"
    page = f"<< /Type /Page /Parent 2 0 R {box} /Contents {number + 1} 0 R /Resources "
    if not nested:
        return [f"{page}{resources} >>", _stream("", content), *streams]
    shown = f"{page}<< /XObject << /Fm {form} 0 R >> >> >>"
    half = f"/Type /XObject /Subtype /Form /BBox [0 0 {size[0]} {size[1]}] /Matrix [.5 0 0 .5 0 0]"
    twice = "q 2 0 0 2 0 0 cm /Fm Do Q"
    return [shown, _stream("", twice), *streams, _stream(f"{half} /Resources {resources}", content)]


def _picture(part: Image.Image) -> str:
    space = {"RGB": "/DeviceRGB", "L": "/DeviceGray", "1": "/DeviceGray"}[part.mode]
    bits = 1 if part.mode == "1" else 8
    words = f"/Type /XObject /Subtype /Image /Width {part.width} /Height {part.height}"
    words += f" /ColorSpace {space} /BitsPerComponent {bits}"
    return _stream(words, part.tobytes().decode("latin-1"))


def _stream(words: str, content: str) -> str:
    packed = zlib.compress(content.encode("latin-1"), 1).decode("latin-1")
    words += f" /Filter /FlateDecode /Length {len(packed)}"
    return f"<< {words} >>\nstream\n{packed}\nendstream"


A5_MM = (148.0, 210.0)
A5 = (A5_MM[0] * MM, A5_MM[1] * MM)
