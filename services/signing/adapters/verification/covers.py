# mypy: allow-untyped-calls
"""Whether a later signature's look covers what an earlier one signed.

A field that the earlier signer did not prepare may take a small part of the page, beside the text
and beside the signatures that stood there: measured on the page as it was signed.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pypdfium2

from services.signing.adapters.pdf.objects import entry
from services.signing.adapters.pdf.opening import LIBRARY_FAILURES, OpenedPdf
from services.signing.adapters.pdf.pages import Box, page_nodes, page_of
from services.signing.adapters.verification.coverage import signature_fields
from services.signing.adapters.verification.report import Reason

LARGEST: Final = 0.12
"""Share of the page."""

HALF: Final = 0.5
_EDGE: Final = 1.0
_UPRIGHT: Final = 0.01


def covering(opened: OpenedPdf, revision: int, end: int) -> list[Reason]:
    """What fields added after this revision, which ends at this byte, cover of it."""
    before = signature_fields(opened.reader.get_historical_resolver(revision))
    now = signature_fields(opened.reader)
    fresh = {name: _widgets(field) for name, field in now.items() if name not in before}
    shown = {name: [one for one in widgets if _area(_rect(one))] for name, widgets in fresh.items()}
    if not any(shown.values()):
        return []
    nodes = page_nodes(opened.reader)
    pages = {node.container_ref.idnum: place for place, node in enumerate(nodes)}
    taken = [one for field in before.values() if "/V" in field for one in _widgets(field)]
    found = []
    try:
        document = pypdfium2.PdfDocument(opened.content[:end])
        for name, widgets in shown.items():
            codes = {code for one in widgets for code in _covered(document, pages, taken, one)}
            if _share(widgets) > LARGEST:
                codes.add("SIGNATURE_COVERS_PAGE")
            found += [_warning(code, name) for code in sorted(codes)]
    except (*LIBRARY_FAILURES, pypdfium2.PdfiumError):
        found.append(Reason(code="SIGNATURE_PLACE_UNREADABLE", weight="WARNING"))
    return found


def _warning(code: str, name: str) -> Reason:
    return Reason(code=code, weight="WARNING", data={"field": name})


def _covered(
    document: Any, pages: Mapping[int, int], taken: list[Any], widget: Any
) -> Iterator[str]:
    rect = _rect(widget)
    page = widget.raw_get("/P")
    left, below, right, above = (rect[0] + _EDGE, rect[1] + _EDGE, rect[2] - _EDGE, rect[3] - _EDGE)
    text = document[pages[page.idnum]].get_textpage()
    if text.get_text_bounded(left, below, right, above).strip():
        yield "SIGNATURE_COVERS_TEXT"
    others = [_rect(one) for one in taken if one.raw_get("/P") == page]
    if any(_area(_common(rect, other)) > HALF * _area(other) > 0 for other in others):
        yield "SIGNATURE_COVERS_SIGNATURE"
    if not _keeps_its_box(widget):
        yield "SIGNATURE_LEAVES_BOX"


def _share(widgets: list[Any]) -> float:
    """The largest share of one page that a field's widgets take together."""
    shares: dict[int, float] = {}
    for widget in widgets:
        seen = page_of(widget["/P"]).crop
        number = widget.raw_get("/P").idnum
        share = _area(_common(_rect(widget), seen)) / _area(seen)
        shares[number] = shares.get(number, 0.0) + share
    return max(shares.values(), default=0.0)


def _keeps_its_box(widget: Any) -> bool:
    """Whether its look is neither stretched nor slanted; readers differ in what they do then."""
    drawn = entry(entry(widget, "/AP", {}), "/N", {})
    if "/Matrix" not in drawn:
        return True
    a, b, c, d = (abs(float(drawn["/Matrix"][place])) for place in range(4))
    straight, turned = (1, 0, 0, 1), (0, 1, 1, 0)
    return any(
        all(abs(one - wanted) < _UPRIGHT for one, wanted in zip((a, b, c, d), kind, strict=True))
        for kind in (straight, turned)
    )


def _widgets(field: Any) -> list[Any]:
    kids = [kid.get_object() for kid in entry(field, "/Kids", ())]
    return [one for one in (field, *kids) if "/Rect" in one]


def _rect(widget: Any) -> Box:
    x0, y0, x1, y1 = (float(widget["/Rect"][place]) for place in range(4))
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _common(one: Box, other: Box) -> Box:
    low = max(one[0], other[0]), max(one[1], other[1])
    high = min(one[2], other[2]), min(one[3], other[3])
    return (*low, *high)


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
