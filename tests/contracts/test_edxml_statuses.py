"""Status messages of the 2016 family: known by their code, whatever wraps them."""

from __future__ import annotations

from datetime import datetime

import pytest

from contracts.edxml import CautionCode, Status, read
from contracts.values import StatusCode
from contracts.working_time import VIETNAM
from tests.contracts.edxml_letters import (
    WIRE_ID,
    changed,
    organ,
    status,
)
from tests.contracts.test_edxml_reading import noticed


def told(text: str | bytes) -> Status:
    """The status in a message."""
    found = read(text if isinstance(text, bytes) else text.encode()).message
    assert isinstance(found, Status)
    return found


@pytest.mark.parametrize("wrapper", ["MessageHeader", "Status"])
@pytest.mark.parametrize("code", StatusCode)
def test_a_status_is_known_by_its_code_whatever_wraps_it(code: StatusCode, wrapper: str) -> None:
    found = told(status(code, wrapper))
    assert found.known() is code
    assert found.about.code == "15/SVD-VP"
    assert found.staff.name == "Lê Thị Minh Họa"
    assert found.at == datetime(2024, 4, 26, 10, 5, tzinfo=VIETNAM)
    assert noticed(status(code, wrapper)) == {}


def test_a_status_code_may_lack_its_zero() -> None:
    assert told(status("5")).known() is StatusCode.IN_PROGRESS
    assert told(status("005")).code == "05"


def test_an_unknown_status_code_is_kept_as_text() -> None:
    assert told(status("07")).code == "07"
    assert told(status("07")).known() is None
    assert CautionCode.STATUS_UNKNOWN in noticed(status("07"))
    assert told(status("14")).known() is StatusCode.AGREED
    assert CautionCode.VALUE_UNUSUAL in noticed(status("14"))


STATUS_ODD = {
    "agency and notation swapped": (
        changed(
            status("13"),
            f"{organ('000.00.05.H47')}<edXML:Code>15/SVD-VP<",
            f"{organ('15/SVD-VP')}<edXML:Code>000.00.05.H47<",
        ),
        CautionCode.CODE_AND_AGENCY_SWAPPED,
    ),
    "no identifier": (
        changed(status(), f"<edXML:DocumentId>{WIRE_ID}</edXML:DocumentId>", ""),
        CautionCode.FIELD_ABSENT,
    ),
    "a refusal without reason": (
        changed(status("02"), "Văn thư đã tiếp nhận", ""),
        CautionCode.FIELD_ABSENT,
    ),
    "no time": (
        changed(status(), "<edXML:Timestamp>2024/04/26 10:05:00</edXML:Timestamp>", ""),
        CautionCode.FIELD_ABSENT,
    ),
    "a body": (
        changed(status(), "</edXML:edXMLHeader>", "</edXML:edXMLHeader><edXML:edXMLBody/>"),
        CautionCode.BODY_UNEXPECTED,
    ),
}


@pytest.mark.parametrize("oddity", STATUS_ODD)
def test_an_odd_status_is_understood_all_the_same(oddity: str) -> None:
    text, code = STATUS_ODD[oddity]
    assert told(text).about.agency == "000.00.05.H47"
    assert told(text).about.code == "15/SVD-VP"
    assert code in noticed(text)


def test_a_status_may_be_older_than_its_document() -> None:
    text = changed(status(), "2024/04/26 10:05:00", "2023/01/01 00:00:00")
    assert told(text).at == datetime(2023, 1, 1, tzinfo=VIETNAM)
    assert noticed(text) == {}
