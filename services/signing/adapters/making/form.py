# mypy: allow-untyped-calls
"""The four fields of an issued document, made before the first signature and never after it.

Two for signatures (leader, agency) and two for what the clerk writes when sealing (number, date).
Because they exist already when the leader signs, sealing adds nothing the leader did not foresee:
the number, the day and the seal at their places (regulation 4.5, each signature one update).
"""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from contracts.values import OutgoingNumber, Placement, Placements
from services.signing.adapters import refusals
from services.signing.adapters.appearance import picture
from services.signing.adapters.appearance.picture import Picture
from services.signing.adapters.appearance.text import TEXT_FIELDS, TextField, day_in_words
from services.signing.adapters.making.normal import Draft, Preparation, normalised
from services.signing.adapters.making.places import check_seal_place, seal_place
from services.signing.adapters.pdf.fields import AGENCY, LEADER, fields_of
from services.signing.adapters.pdf.objects import dictionary, value
from services.signing.adapters.pdf.opening import LIBRARY_FAILURES, Limits, unreadable
from services.signing.adapters.pdf.pages import Box, page_of, size_seen

_READ_ONLY, _PRINTED_LOCKED = 1, 4 | 128


@dataclass(frozen=True)
class Prepared:
    """The file that is ready for the leader, and an account of what preparing it did."""

    pdf: bytes
    account: Preparation


def prepare(
    pdf: bytes,
    placements: Placements,
    hand: Picture,
    seal: Picture,
    number: OutgoingNumber | None = None,
    limits: Limits | None = None,
) -> Prepared:
    """Create the four empty fields; a hybrid, damaged or old file is rewritten first.

    ``hand`` and ``seal`` are the pictures that will be shown: without a place of its own the seal
    goes over a third of the hand, and another place must do so too. A ``number`` that was reserved
    beforehand is written at once. Refuses anything but an unsigned PDF (R4.4b), a place outside its
    page and letters that cannot be printed.
    """
    draft = normalised(pdf, limits or Limits())
    changes = draft.account.changes
    if placements.agency is None:
        agency = seal_place(placements.leader, hand, seal)
        changes.append("SEAL_PLACED")
    else:
        agency = placements.agency
        check_seal_place(placements.leader, hand, agency, seal)
    writer = IncrementalPdfFileWriter(io.BytesIO(draft.pdf))
    try:
        _add_fields(writer, draft, placements, agency)
    except LIBRARY_FAILURES as failure:
        raise unreadable(failure) from failure
    changes.append("FIELDS_ADDED")
    if number is not None:
        write_number(writer, number.notation, number.issued_on)
        changes.append("NUMBER_RESERVED")
    return Prepared(written(writer), draft.account)


def write_number(writer: IncrementalPdfFileWriter, notation: str, day: date) -> None:
    """Write number and notation, and the day, into their empty fields.

    Refuses a file without the fields, and one where another number or day stands already.
    """
    write_text(writer, TEXT_FIELDS.number, notation)
    write_text(writer, TEXT_FIELDS.date, day_in_words(day))


def show(writer: IncrementalPdfFileWriter, field: Any, image: Picture) -> None:
    """Show a picture in a signature field, upright on the page as it is seen."""
    width, height = size_seen(field)
    upright = page_of(field["/P"]).upright(width, height)
    field[value("AP")] = dictionary(N=picture.appearance(writer, image, width, height, upright))
    writer.update_container(field)


def written(writer: IncrementalPdfFileWriter) -> bytes:
    """The file with the writer's update at its end."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def open_form(writer: IncrementalPdfFileWriter) -> list[str]:
    """See to a form that fields can be added to before the first signature; what that changed.

    Programs that draw every field anew, as a form may demand, would draw over our letters.
    """
    root = writer.root
    if "/AcroForm" not in root:
        root[value("AcroForm")] = writer.add_object(dictionary(Fields=[]))
        writer.update_root()
    form = root["/AcroForm"]
    if "/Fields" not in form:
        form[value("Fields")] = value([])
    form[value("SigFlags")] = value(3)
    writer.update_container(form)
    return [] if form.pop("/NeedAppearances", None) is None else ["READER_APPEARANCES_OFF"]


def add_field(
    writer: IncrementalPdfFileWriter, name: str, page: int, rectangle: Box, **entries: Any
) -> None:
    """Add a field to the form and to its page; it is printed and cannot be moved."""
    reference, _ = writer.find_page_for_modification(page)
    widget = writer.add_object(
        dictionary(
            Type="Annot",
            Subtype="Widget",
            T=name.encode(),
            F=_PRINTED_LOCKED,
            Rect=rectangle,
            P=reference,
            **entries,
        )
    )
    writer.register_annotation(reference, widget)
    fields = writer.root["/AcroForm"]["/Fields"]
    fields.append(widget)
    writer.update_container(fields)


def _add_fields(
    writer: IncrementalPdfFileWriter, draft: Draft, placements: Placements, agency: Placement
) -> None:
    draft.account.changes.extend(open_form(writer))
    ours = {LEADER, AGENCY, TEXT_FIELDS.number.name, TEXT_FIELDS.date.name}
    for name in sorted(ours & fields_of(writer).keys()):
        raise refusals.FieldExists(field=name)
    fonts = {name: face.embed(writer) for name, face in TEXT_FIELDS.faces().items()}
    for field, place in (
        (TEXT_FIELDS.number, placements.number),
        (TEXT_FIELDS.date, placements.date),
    ):
        line = f"/{field.font} {field.size} Tf 0 g".encode()
        rectangle = _rectangle(draft, place)
        add_field(writer, field.name, place.page, rectangle, FT="Tx", Ff=_READ_ONLY, DA=line)
    for name, place in ((LEADER, placements.leader), (AGENCY, agency)):
        add_field(writer, name, place.page, _rectangle(draft, place), FT="Sig")
    _add_fonts(writer, fonts)


def _add_fonts(writer: IncrementalPdfFileWriter, fonts: dict[str, Any]) -> None:
    form = writer.root["/AcroForm"]
    resources = _inner(form, "/DR")
    known = _inner(resources, "/Font")
    for name, reference in fonts.items():
        known[value(name)] = reference
    for changed in (known, resources, form):
        writer.update_container(changed)


def _inner(holder: Any, key: str) -> Any:
    """The dictionary under a key, made if there is none."""
    if key not in holder:
        holder[value(key[1:])] = dictionary()
    return holder[key]


def write_text(writer: IncrementalPdfFileWriter, field: TextField, text: str) -> None:
    """Write a text into its field; the same text twice is once."""
    widget = fields_of(writer).get(field.name)
    if widget is None:
        raise refusals.FieldMissing(field=field.name)
    if "/V" in widget:
        if str(widget["/V"]) == text:
            return
        raise refusals.FieldAlreadyFilled(field=field.name)
    font = writer.root["/AcroForm"]["/DR"]["/Font"].raw_get("/" + field.font)
    width, height = size_seen(widget)
    upright = page_of(widget["/P"]).upright(width, height)
    drawn = field.appearance(text, width, height, font, upright)
    widget[value("V")] = value(text.encode())
    widget[value("AP")] = dictionary(N=writer.add_object(drawn))
    writer.update_container(widget)


def _rectangle(draft: Draft, placement: Placement) -> Box:
    """The place in the file's units, if there is such a page and the place is seen on it."""
    if placement.page >= len(draft.pages):
        raise refusals.PlacementOffPage(page=placement.page)
    page = draft.pages[placement.page]
    if not page.holds(placement.box):
        x0, y0, x1, y1 = placement.box
        raise refusals.PlacementOffPage(page=placement.page, x0=x0, y0=y0, x1=x1, y1=y1)
    return page.rectangle(placement.box)
