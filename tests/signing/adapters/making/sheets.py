"""Drafts of one page, written byte by byte, in every position a program may leave them."""

from typing import Any

import pytest

from contracts.values import Placement, Placements

MM = 72 / 25.4
PORTRAIT, LANDSCAPE = (595.276, 841.89), (841.89, 595.276)
Box = tuple[float, float, float, float]


def sheet(
    size: tuple[float, float] = PORTRAIT,
    turn: int = 0,
    crop: Box | None = None,
    version: str = "1.7",
    page: str = "",
    catalog: str = "",
    more: tuple[str, ...] = (),
) -> bytes:
    """A blank page of these sides in points, turned clockwise, seen through a crop.

    ``page`` and ``catalog`` are further entries of these objects (3 and 1), ``more`` further
    objects from number 4 on.
    """
    seen = "" if crop is None else "/CropBox [{} {} {} {}]".format(*crop)
    box = f"/MediaBox [0 0 {size[0]} {size[1]}] {seen} /Rotate {turn}"
    return classic(
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [3 0 R] /Count 1 {box} >>",
        f"<< /Type /Page /Parent 2 0 R {page} >>",
        *more,
        version=version,
    )


def classic(*objects: str, version: str = "1.7") -> bytes:
    """A file of these objects with one plain cross-reference table."""
    out = bytearray(f"%PDF-{version}\n%\xe2\xe3\xcf\xd3\n".encode("latin-1"))
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start, size = len(out), len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def hybrid(pdf: bytes) -> bytes:
    """The same file as Microsoft Word ends it: a second list as a stream, named by the first."""
    size = int(pdf.rpartition(b"/Size ")[2].split()[0])
    start = int(pdf.rpartition(b"startxref\n")[2].split()[0])
    stream, table = len(pdf), bytearray()
    words = f"/Type /XRef /Size {size + 1} /Index [{size} 1] /W [1 4 1] /Root 1 0 R /Length 6"
    line = b"\x01" + stream.to_bytes(4, "big") + b"\x00"
    table += f"{size} 0 obj\n<< {words} >>\nstream\n".encode() + line + b"\nendstream\nendobj\n"
    place = stream + len(table)
    trailer = f"/Size {size + 1} /Root 1 0 R /Prev {start} /XRefStm {stream}"
    table += f"xref\n0 0\ntrailer\n<< {trailer} >>\nstartxref\n{place}\n%%EOF\n".encode()
    return pdf + bytes(table)


def places(wide: float = PORTRAIT[0], **other: Any) -> Placements:
    """Where a letter has its fields, on a page so wide."""
    centre, middle = wide - 57 * MM, 60 * MM
    hand = (centre - 22.5 * MM, middle - 9 * MM, centre + 22.5 * MM, middle + 9 * MM)
    boxes = {
        "leader": hand,
        "number": (30 * MM, 150 * MM, wide - 15 * MM, 150 * MM + 16),
        "date": (30 * MM, 140 * MM, wide - 15 * MM, 140 * MM + 16),
    } | other
    return Placements(**{name: Placement(page=0, box=box) for name, box in boxes.items()})


A4_SHEETS = pytest.mark.parametrize(
    ("size", "turn", "crop"),
    [
        pytest.param(PORTRAIT, 0, None, id="portrait"),
        pytest.param(LANDSCAPE, 0, None, id="landscape"),
        pytest.param(PORTRAIT, 90, None, id="turned right"),
        pytest.param(PORTRAIT, 180, None, id="upside down"),
        pytest.param(PORTRAIT, 270, None, id="turned left"),
        pytest.param((700, 900), 0, (40, 20, 635.276, 861.89), id="cropped"),
        pytest.param((700, 900), 90, (40, 20, 635.276, 861.89), id="cropped and turned"),
    ],
)
"""Pages that are seen as A4, upright or lying."""
