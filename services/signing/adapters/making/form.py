# mypy: allow-untyped-calls
"""The four fields of an issued document, made before the first signature and never after it.

Two for signatures (leader, agency) and two for what the clerk writes when sealing (number, date).
Because they exist already when the leader signs, sealing adds nothing the leader did not foresee:
the number, the day and the seal at their places (regulation 4.5, each signature one update).
"""

import io
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from contracts.values import Placement, Placements
from services.signing.adapters import refusals
from services.signing.adapters.appearance.text import TEXT_FIELDS
from services.signing.adapters.pdf.fields import AGENCY, LEADER, fields_of
from services.signing.adapters.pdf.objects import dictionary, value
from services.signing.adapters.pdf.opening import (
    LIBRARY_FAILURES,
    Limits,
    byte_ranges,
    open_pdf,
    unreadable,
)

_READ_ONLY, _PRINTED_LOCKED = 1, 4 | 128


def prepare(pdf: bytes, placements: Placements, limits: Limits | None = None) -> bytes:
    """Create the four empty fields; a hybrid or damaged file is rewritten first.

    Refuses anything but an unsigned PDF (R4.4b) and a place outside its page.
    """
    writer = _writer(pdf, limits or Limits())
    _refuse_our_fields(writer)
    fonts = {name: face.embed(writer) for name, face in TEXT_FIELDS.faces().items()}
    _add_text_field(writer, TEXT_FIELDS.number, placements.number)
    _add_text_field(writer, TEXT_FIELDS.date, placements.date)
    for name, placement in ((LEADER, placements.leader), (AGENCY, placements.agency)):
        _page(writer, placement)
        box: Any = placement.box
        append_signature_field(writer, SigFieldSpec(name, placement.page, box=box))
    _add_fonts(writer, fonts)
    return written(writer)


def written(writer: IncrementalPdfFileWriter) -> bytes:
    """The file with the writer's update at its end."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _writer(pdf: bytes, limits: Limits) -> IncrementalPdfFileWriter:
    opened = open_pdf(pdf, limits)
    if opened.encrypted:
        raise refusals.Encrypted()
    if byte_ranges(pdf):
        raise refusals.AlreadySigned()
    if opened.hybrid or opened.leniently:
        pdf = _rewritten(opened.reader)
    return IncrementalPdfFileWriter(io.BytesIO(pdf))


def _rewritten(reader: Any) -> bytes:
    """The same document in one revision with one cross-reference list."""
    out = io.BytesIO()
    try:
        copy_into_new_writer(reader).write(out)
    except LIBRARY_FAILURES as failure:
        raise unreadable(failure) from failure
    return out.getvalue()


def _refuse_our_fields(writer: IncrementalPdfFileWriter) -> None:
    ours = {LEADER, AGENCY, TEXT_FIELDS.number.name, TEXT_FIELDS.date.name}
    for name in sorted(ours & fields_of(writer).keys()):
        raise refusals.FieldExists(field=name)


def _add_text_field(writer: IncrementalPdfFileWriter, field: Any, placement: Placement) -> None:
    page = _page(writer, placement)
    widget = dictionary(
        Type="Annot",
        Subtype="Widget",
        FT="Tx",
        T=field.name.encode(),
        Ff=_READ_ONLY,
        F=_PRINTED_LOCKED,
        Rect=placement.box,
        P=page,
        DA=f"/{field.font} {field.size} Tf 0 g".encode(),
    )
    reference = writer.add_object(widget)
    writer.register_annotation(page, reference)
    fields = _form(writer)["/Fields"]
    fields.append(reference)
    writer.update_container(fields)


def _add_fonts(writer: IncrementalPdfFileWriter, fonts: dict[str, Any]) -> None:
    form = _form(writer)
    resources = _inner(form, "/DR")
    known = _inner(resources, "/Font")
    for name, reference in fonts.items():
        known[value(name)] = reference
    form[value("SigFlags")] = value(3)
    for changed in (known, resources, form):
        writer.update_container(changed)


def _inner(holder: Any, key: str) -> Any:
    """The dictionary under a key, made if there is none."""
    if key not in holder:
        holder[value(key[1:])] = dictionary()
    return holder[key]


def _form(writer: IncrementalPdfFileWriter) -> Any:
    root = writer.root
    if "/AcroForm" not in root:
        root[value("AcroForm")] = writer.add_object(dictionary(Fields=[]))
        writer.update_root()
    return root["/AcroForm"]


def _page(writer: IncrementalPdfFileWriter, placement: Placement) -> Any:
    """The reference of the page, if there is such a page and the box lies on it."""
    try:
        page, _ = writer.find_page_for_modification(placement.page)
    except LIBRARY_FAILURES as failure:
        raise refusals.PlacementOffPage(page=placement.page) from failure
    left, bottom, right, top = _media_box(page.get_object())
    x0, y0, x1, y1 = placement.box
    if not (left <= x0 < x1 <= right and bottom <= y0 < y1 <= top):
        raise refusals.PlacementOffPage(page=placement.page, x0=x0, y0=y0, x1=x1, y1=y1)
    return page


def _media_box(node: Any) -> list[float]:
    while "/MediaBox" not in node:
        node = node["/Parent"]
    return [float(edge) for edge in node["/MediaBox"]]
