# mypy: allow-untyped-calls
"""Whether a later signature's look covers what an earlier one signed.

A field that the earlier signer did not prepare may take a small part of the page, beside the text,
the pictures and the signatures that stood there: measured on the pages as they were signed. One
that stood ready may lie where it was put, but not hide a large part of the page.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2

from services.signing.adapters.pdf.objects import entry
from services.signing.adapters.pdf.opening import LIBRARY_FAILURES, OpenedPdf
from services.signing.adapters.pdf.pages import Box, page_nodes, page_of
from services.signing.adapters.verification.coverage import signature_fields
from services.signing.adapters.verification.ink import shows
from services.signing.adapters.verification.report import Reason

LARGEST: Final = 0.12
"""Share of the page."""

HIDDEN: Final = frozenset({"SIGNATURE_COVERS_TEXT", "SIGNATURE_COVERS_CONTENT"})
HALF: Final = 0.5
_EDGE: Final = 1.0
_UPRIGHT: Final = 0.01


def covering(opened: OpenedPdf, revision: int, end: int) -> list[Reason]:
    """What fields added or signed after this revision, which ends at this byte, cover of it."""
    before = signature_fields(opened.reader.get_historical_resolver(revision))
    now = signature_fields(opened.reader)
    later = {name: field for name, field in now.items() if _comes_later(before.get(name), field)}
    shown = {name: widgets for name, field in later.items() if (widgets := _shown(field))}
    if not shown:
        return []
    pages = _Pages(opened.reader)
    taken = [one for field in before.values() if "/V" in field for one in _shown(field)]
    found: list[Reason] = []
    try:
        large = {name for name, widgets in shown.items() if pages.share(widgets) > LARGEST}
        asked = {name: shown[name] for name in shown if name in large or name not in before}
        if not asked:
            return []
        signed = _Signed(opened.content[:end], pages, taken)
        for name, widgets in asked.items():
            codes = _codes(signed.covered(widgets), name in large, name in before)
            found += [_warning(code, name) for code in sorted(codes)]
    except (*LIBRARY_FAILURES, pypdfium2.PdfiumError):
        found.append(Reason(code="SIGNATURE_PLACE_UNREADABLE", weight="WARNING"))
    return found


def _codes(covered: set[str], large: bool, prepared: bool) -> set[str]:
    """What to tell of a field's look; a prepared place is told of where much is hidden only."""
    page = {"SIGNATURE_COVERS_PAGE"} if large else set()
    if prepared:
        return page if covered & HIDDEN else set()
    return covered | page


def _comes_later(before: Any, field: Any) -> bool:
    """Whether a field is new, or stood ready and was signed since."""
    return before is None or ("/V" not in before and "/V" in field)


def _shown(field: Any) -> list[Any]:
    return [one for one in _widgets(field) if _area(_rect(one))]


def _warning(code: str, name: str) -> Reason:
    return Reason(code=code, weight="WARNING", data={"field": name})


class _Pages:
    """On which pages a widget is seen: those that list it, whatever it says itself."""

    def __init__(self, reader: Any) -> None:
        self._nodes = list(page_nodes(reader))
        self._numbers = {node.container_ref.idnum: at for at, node in enumerate(self._nodes)}
        self._listing: dict[Any, list[int]] = defaultdict(list)
        for at, node in enumerate(self._nodes):
            for one in entry(node, "/Annots", None) or ():
                self._listing[one.get_object().container_ref].append(at)

    def of(self, widget: Any) -> list[int]:
        """Their numbers from 0; of one that no page lists, the page it names."""
        listed = self._listing.get(widget.container_ref)
        return listed or [self._numbers[widget.raw_get("/P").idnum]]

    def seen(self, page: int) -> Box:
        """The visible part of a page."""
        return page_of(self._nodes[page]).crop

    def share(self, widgets: list[Any]) -> float:
        """The largest share of one page that these widgets take together."""
        shares: dict[int, float] = defaultdict(float)
        for widget in widgets:
            for page in self.of(widget):
                seen = self.seen(page)
                shares[page] += _area(_common(_rect(widget), seen)) / _area(seen)
        return max(shares.values(), default=0.0)


class _Signed:
    """The file as it was signed, once to be read and once to be drawn."""

    def __init__(self, content: bytes, pages: _Pages, taken: list[Any]) -> None:
        self._read = pypdfium2.PdfDocument(content)
        self._drawn = pypdfium2.PdfDocument(content)
        self._drawn.init_forms()
        self._pages = pages
        self._taken: dict[int, list[Box]] = defaultdict(list)
        for one in taken:
            for page in pages.of(one):
                self._taken[page].append(_rect(one))

    def covered(self, widgets: list[Any]) -> set[str]:
        """What a later field's widgets cover, as codes."""
        return {code for one in widgets for code in self._covered(one)}

    def _covered(self, widget: Any) -> Iterator[str]:
        rect = _rect(widget)
        for page in self._pages.of(widget):
            if self._text(page, rect):
                yield "SIGNATURE_COVERS_TEXT"
            elif self._content(page, rect):
                yield "SIGNATURE_COVERS_CONTENT"
            others = self._taken[page]
            if any(_area(_common(rect, other)) > HALF * _area(other) for other in others):
                yield "SIGNATURE_COVERS_SIGNATURE"
        if not _keeps_its_box(widget):
            yield "SIGNATURE_LEAVES_BOX"

    def _text(self, page: int, rect: Box) -> bool:
        text = self._read[page].get_textpage()
        left, below, right, above = rect
        inside = (left + _EDGE, below + _EDGE, right - _EDGE, above - _EDGE)
        return bool(text.get_text_bounded(*inside).strip())

    def _content(self, page: int, rect: Box) -> bool:
        place = _common(rect, self._pages.seen(page))
        return _area(place) > 0 and shows(self._drawn, page, place, self._taken[page])


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
