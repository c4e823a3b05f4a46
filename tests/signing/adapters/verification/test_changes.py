# mypy: allow-untyped-calls
"""What may follow a signature: the seal with number and day as prepared, and nothing else."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from services.signing.adapters import refusals
from services.signing.adapters.appearance import picture
from services.signing.adapters.appearance.text import TEXT_FIELDS
from services.signing.adapters.making.form import show, write_text, written
from services.signing.adapters.making.phases import sign_field
from services.signing.adapters.pdf.fields import AGENCY, fields_of
from services.signing.adapters.pdf.objects import dictionary, stream, value
from services.signing.adapters.pdf.pages import size_seen
from services.signing.adapters.verification.judging import judge
from tests.signing.conftest import AGENCY as SEALER
from tests.signing.conftest import LEADER, Desk, codes

Edit = Callable[[IncrementalPdfFileWriter], None]


def edited(pdf: bytes, edit: Edit) -> bytes:
    """The file with one more revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    edit(writer)
    return written(writer)


def paint_over(writer: IncrementalPdfFileWriter) -> None:
    writer.add_stream_to_page(0, writer.add_object(stream(b"1 0 0 rg 0 0 600 800 re f")))


def replace_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"][0] = pages["/Kids"].raw_get(1)
    writer.update_container(pages["/Kids"])


def add_note(writer: IncrementalPdfFileWriter) -> None:
    note = dictionary(Type="Annot", Subtype="FreeText", Rect=[10, 10, 300, 300], Contents=b"!")
    page, _ = writer.find_page_for_modification(0)
    writer.register_annotation(page, writer.add_object(note))


def add_empty_field(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("more", 0, box=(100, 100, 300, 200)))


def rename_document(writer: IncrementalPdfFileWriter) -> None:
    information = writer.trailer["/Info"]
    information[pdf_name("/Title")] = pdf_string("something else")
    writer.update_container(information)


def leave_object(writer: IncrementalPdfFileWriter) -> None:
    writer.add_object(dictionary(Type="Nothing"))


def open_script(writer: IncrementalPdfFileWriter) -> None:
    writer.root[value("OpenAction")] = dictionary(S="JavaScript", JS=b"app.alert(1)")
    writer.update_root()


def fill_number(writer: IncrementalPdfFileWriter) -> None:
    write_text(writer, TEXT_FIELDS.number, "13/SNV-VTLT")


def rewrite_number(writer: IncrementalPdfFileWriter) -> None:
    field = fields_of(writer)[TEXT_FIELDS.number.name]
    field[value("V")] = value(b"99/SNV-VTLT")
    writer.update_container(field)


def move_seal(writer: IncrementalPdfFileWriter) -> None:
    field = fields_of(writer)[AGENCY]
    field[value("Rect")] = value([10, 10, 112, 112])
    writer.update_container(field)


EDITS: list[Edit] = [
    paint_over,
    replace_page,
    add_note,
    add_empty_field,
    rename_document,
    leave_object,
    open_script,
    rewrite_number,
    move_seal,
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_an_issued_document_changes_no_more(desk: Desk, sealed: bytes, edit: Edit) -> None:
    report = judge(edited(sealed, edit), desk.trust(), desk.at)
    assert report.verdict == "MODIFIED"
    assert [one.changes for one in report.signatures] == ["NOT_PERMITTED", "NOT_PERMITTED"]
    assert [one.integrity for one in report.signatures] == ["INTACT", "INTACT"]
    assert report.legal_value == "INFORMATION_ONLY"


@pytest.mark.parametrize("edit", [*EDITS[:7], fill_number], ids=lambda edit: edit.__name__)
def test_nothing_changes_between_leader_and_seal(desk: Desk, signed: bytes, edit: Edit) -> None:
    changed = edited(signed, edit)
    assert judge(changed, desk.trust(), desk.at).verdict == "MODIFIED"
    with pytest.raises(refusals.LeaderSignatureMissing):
        desk.seal(changed)


def sealed_with(desk: Desk, pdf: bytes, edit: Edit, holder: str = SEALER) -> bytes:
    """A seal made by a careless tool: whatever ``edit`` does in the seal's own revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    edit(writer)
    show(writer, fields_of(writer)[AGENCY], desk.picture(SEALER))
    return sign_field(writer, AGENCY, desk.key(holder), desk.at, desk.authority())


def test_the_careless_tool_makes_a_good_seal_when_it_does_no_harm(
    desk: Desk, signed: bytes
) -> None:
    report = judge(sealed_with(desk, signed, fill_number), desk.trust(), desk.at)
    assert (report.verdict, report.legal_value) == ("TRUSTED", "ORIGINAL")


def lie_in_number(writer: IncrementalPdfFileWriter) -> None:
    """The field's value says one number, the page shows another."""
    fill_number(writer)
    field = fields_of(writer)[TEXT_FIELDS.number.name]
    field[value("V")] = value(b"31/SNV-VTLT")


def picture_in_number(writer: IncrementalPdfFileWriter) -> None:
    """The number's appearance uses more than the prepared typeface."""
    fill_number(writer)
    field = fields_of(writer)[TEXT_FIELDS.number.name]
    resources: Any = field["/AP"]["/N"]["/Resources"]
    resources[value("XObject")] = dictionary(Im=writer.add_object(stream(b"")))


def other_typeface(writer: IncrementalPdfFileWriter) -> None:
    """The number's letters are drawn by a typeface brought along with the seal."""
    fill_number(writer)
    field = fields_of(writer)[TEXT_FIELDS.number.name]
    fonts: Any = field["/AP"]["/N"]["/Resources"]["/Font"]
    fonts[value("VnR")] = writer.add_object(dictionary(Type="Font", Subtype="Type3"))


@pytest.mark.parametrize(
    "edit",
    [paint_over, add_note, rename_document, lie_in_number, picture_in_number, other_typeface],
    ids=lambda edit: edit.__name__,
)
def test_the_seal_brings_nothing_but_number_and_day(desk: Desk, signed: bytes, edit: Edit) -> None:
    report = judge(sealed_with(desk, signed, edit), desk.trust(), desk.at)
    assert report.verdict == "MODIFIED"
    assert report.signatures[0].changes == "NOT_PERMITTED"
    assert "CHANGE_NOT_PERMITTED" in codes(report)


def test_only_an_agency_fills_in_the_number(desk: Desk, signed: bytes) -> None:
    by_person = sealed_with(desk, signed, fill_number, "person:tran-thi-bich")
    report = judge(by_person, desk.trust(), desk.at)
    assert report.verdict == "MODIFIED"
    assert report.signatures[0].changes == "NOT_PERMITTED"


def test_a_seal_without_a_leader_is_told(desk: Desk, prepared: bytes) -> None:
    alone = sealed_with(desk, prepared, fill_number)
    report = judge(alone, desk.trust(), desk.at)
    assert (report.verdict, report.legal_value) == ("WARN", "SEALED")
    assert "SEAL_WITHOUT_LEADER" in codes(report)
    late = desk_sign_after(desk, alone)
    report = judge(late, desk.trust(), desk.at)
    assert "SEAL_BEFORE_LEADER" in codes(report)


def desk_sign_after(desk: Desk, pdf: bytes) -> bytes:
    """The leader's field signed after the seal, by a tool that does not check the order."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    width, height = size_seen(fields_of(writer)["vanban_leader"])
    picture.appearance(writer, desk.picture(LEADER), width, height)
    show(writer, fields_of(writer)["vanban_leader"], desk.picture(LEADER))
    return sign_field(writer, "vanban_leader", desk.key(LEADER), desk.at, desk.authority())
