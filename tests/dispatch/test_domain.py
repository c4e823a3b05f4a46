"""What may be: how numbers are written, who may be written to, what may be signed."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from contracts.dispatch import (
    AgencyUnknown,
    FormatNotSignable,
    RecipientIsSender,
    RecipientRepeated,
    RecipientUnknown,
    ReplyDueTooEarly,
    SecretContent,
)
from contracts.errors import Refused
from contracts.values import (
    DocumentKind,
    FileRef,
    Placements,
    Recipient,
    ReplyRequest,
    Route,
    Secrecy,
    Signer,
    delivery_id,
)
from services.dispatch.domain.directory import Correspondent, correspondent_id
from services.dispatch.domain.draft import Draft, check_is_pdf, check_may_be_kept, series_id
from tests.dispatch.office import AGENCIES, ALSO_THEIRS, OURS, THEIRS, a_box

TODAY = date(2026, 3, 2)
FILE = FileRef(name="cong-van.pdf", sha256="0" * 64, size=100)


def known(code: str) -> Correspondent:
    """An agency of the directory."""
    name, notation, route = AGENCIES[code]
    return Correspondent.begin(
        Correspondent.Learnt,
        correspondent_id(code),
        agency=code,
        name=name,
        notation=notation,
        route=route,
    )


def to(*codes: str) -> list[Recipient]:
    """Recipients by code."""
    return [Recipient(agency=code, name=code) for code in codes]


def draft(**changes: Any) -> Draft:
    """A letter to two agencies."""
    whole: dict[str, Any] = {
        "kind": DocumentKind.LETTER,
        "subject": "Về việc báo cáo",
        "file": FILE,
        "placements": Placements(leader=a_box(0), agency=a_box(0), number=a_box(0), date=a_box(0)),
        "signer": Signer(person="dung", post="Giám đốc", name="Trần Dũng"),
        "recipients": to(THEIRS, ALSO_THEIRS),
        "drafting_unit": "Văn phòng",
        "unit_notation": "VP",
    }
    return Draft(**whole | changes)


DIRECTORY = {code: known(code) for code in AGENCIES}


@pytest.mark.parametrize(
    ("kind", "number", "written"),
    [
        (DocumentKind.LETTER, 1, "01/SNV-VP"),
        (DocumentKind.LETTER, 9, "09/SNV-VP"),
        (DocumentKind.LETTER, 10, "10/SNV-VP"),
        (DocumentKind.DECISION, 1, "01/QĐ-SNV"),
        (DocumentKind.PROGRAMME, 123, "123/CTr-SNV"),
        (DocumentKind.REPORT, 1234, "1234/BC-SNV"),
    ],
)
def test_number_and_notation_are_written_as_the_kind_demands(
    kind: DocumentKind, number: int, written: str
) -> None:
    given = draft(kind=kind).number(number, "SNV", OURS, TODAY)
    assert (given.number, given.notation, given.issued_on) == (number, written, TODAY)


def test_the_document_code_is_agency_year_and_six_digits() -> None:
    assert draft().number(1, "SNV", OURS, TODAY).document_code == "H47.05.2026.000001"
    assert draft().number(654321, "SNV", OURS, TODAY).document_code == "H47.05.2026.654321"


def test_every_agency_and_year_has_a_series_of_its_own() -> None:
    series = {series_id(agency, year) for agency in AGENCIES for year in (2026, 2027)}
    assert len(series) == 2 * len(AGENCIES)
    assert series_id(OURS, 2026) == series_id(OURS, 2026)


@pytest.mark.parametrize(
    ("changes", "refusal", "told"),
    [
        ({"recipients": to(THEIRS, "H99")}, RecipientUnknown, {"agency": "H99"}),
        ({"recipients": to(THEIRS, ALSO_THEIRS, THEIRS)}, RecipientRepeated, {"agency": THEIRS}),
        ({"recipients": to(OURS)}, RecipientIsSender, {"agency": OURS}),
        (
            {"reply": ReplyRequest(content="Báo cáo", due_on=date(2026, 3, 1))},
            ReplyDueTooEarly,
            {"due_on": "2026-03-01", "today": "2026-03-02"},
        ),
    ],
)
def test_a_draft_that_cannot_go_out_is_refused(
    changes: dict[str, Any], refusal: type[Refused], told: dict[str, str]
) -> None:
    with pytest.raises(refusal) as refused:
        draft(**changes).check(OURS, DIRECTORY, TODAY)
    assert refused.value.data == told
    assert "?" not in refused.value.message("vi") + refused.value.message("en")


def test_an_agency_outside_the_directory_sends_nothing() -> None:
    with pytest.raises(AgencyUnknown):
        draft().check("H47.99", DIRECTORY, TODAY)


def test_a_reply_may_be_due_on_the_very_day() -> None:
    draft(reply=ReplyRequest(content="Báo cáo", due_on=TODAY)).check(OURS, DIRECTORY, TODAY)


@pytest.mark.parametrize("secrecy", [mark for mark in Secrecy if mark is not Secrecy.NONE])
def test_a_secrecy_mark_is_refused_whatever_the_file(secrecy: Secrecy) -> None:
    with pytest.raises(SecretContent):
        check_may_be_kept(secrecy, FILE)


def test_only_a_pdf_may_be_kept() -> None:
    check_may_be_kept(Secrecy.NONE, FILE)
    with pytest.raises(FormatNotSignable) as refused:
        check_may_be_kept(
            Secrecy.NONE,
            FileRef(name="a.docx", sha256="0" * 64, size=1, media_type="application/x"),
        )
    assert refused.value.data == {"media_type": "application/x"}


@pytest.mark.parametrize("head", [b"%PDF-1.4\n", b"%PDF-1.7\n%\xe2", b"%PDF-2.0\r\n"])
def test_a_pdf_of_version_1_4_or_later_may_be_signed(head: bytes) -> None:
    check_is_pdf(head)


@pytest.mark.parametrize(
    "head", [b"PK\x03\x04 docx", b"%PDF-1.3\n", b"%PDF-1\n", b"", b" %PDF-1.7"]
)
def test_other_bytes_are_refused_whatever_they_are_called(head: bytes) -> None:
    with pytest.raises(FormatNotSignable):
        check_is_pdf(head)


def test_an_addressee_is_named_by_the_directory() -> None:
    document_id = uuid4()
    addressee = known(ALSO_THEIRS).addressee(document_id)
    assert (addressee.agency, addressee.name) == (ALSO_THEIRS, "Sở Tài chính")
    assert addressee.route is Route.AXIS
    assert addressee.delivery_id == delivery_id(document_id, ALSO_THEIRS)
