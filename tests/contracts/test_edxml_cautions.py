"""What is odd in a message is noticed, told in two languages, and put up with."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.edxml import CautionCode, read
from contracts.edxml.cautions import MOST
from tests.contracts.edxml_letters import (
    HEADER,
    TRACE,
    business,
    changed,
    letter,
    organ,
)
from tests.contracts.test_edxml_reading import document, noticed

WAY = "<edXML:TraceHeaderList>"
ODD = {
    "two businesses, of which one recalls": (
        letter(trace=business(0) + business(1) + TRACE),
        CautionCode.ELEMENT_REPEATED,
    ),
    "two headers": (
        changed(
            letter(), "<edXML:TraceHeaderList>", "<edXML:MessageHeader/><edXML:TraceHeaderList>"
        ),
        CautionCode.ELEMENT_REPEATED,
    ),
    "files in two places": (
        changed(letter(), "</edXML>", "<AttachmentEncoded/></edXML>"),
        CautionCode.ELEMENT_REPEATED,
    ),
    "a recall without reason": (
        letter(trace=TRACE + business(1, reason="")),
        CautionCode.FIELD_ABSENT,
    ),
    "an old system's numbering": (
        letter(trace=TRACE + business(0, reason="Thu hồi văn bản")),
        CautionCode.ACTION_CONTRADICTED,
    ),
    "a recall called new": (letter(trace=TRACE + business(1)), CautionCode.ACTION_CONTRADICTED),
    "no station": (letter(trace=business(0)), CautionCode.FIELD_ABSENT),
    "a station called null": (
        letter(trace=changed(TRACE, organ("000.00.05.H47"), organ("null"))),
        CautionCode.FIELD_ABSENT,
    ),
    "a station without code": (
        letter(
            trace=TRACE + "<edXML:TraceHeader><edXML:Timestamp>2024/04/26 10:00:00"
            "</edXML:Timestamp></edXML:TraceHeader>"
        ),
        CautionCode.FIELD_ABSENT,
    ),
    "an unknown element": (
        changed(letter(), "<edXML:Subject>", "<edXML:New2026>x</edXML:New2026><edXML:Subject>"),
        CautionCode.ELEMENT_UNKNOWN,
    ),
    "two subjects": (
        changed(letter(), "<edXML:Subject>", "<edXML:Subject>V/v</edXML:Subject><edXML:Subject>"),
        CautionCode.ELEMENT_REPEATED,
    ),
    "words of another namespace": (
        changed(letter(), "<edXML:Subject>V", '<Subject xmlns="urn:x">V').replace(
            "mẫu</edXML:Subject>", "mẫu</Subject>"
        ),
        CautionCode.NAMESPACE_MIXED,
    ),
    "a long subject": (
        changed(letter(), "V/v góp ý", "V/v góp ý " * 60),
        CautionCode.TEXT_LONG,
    ),
    "a recipient twice": (letter(["To", *HEADER]), CautionCode.RECIPIENT_REPEATED),
    "a recipient without code": (
        changed(
            letter(),
            "</edXML:From>",
            "</edXML:From><edXML:To><edXML:OrganName>X</edXML:OrganName></edXML:To>",
        ),
        CautionCode.FIELD_ABSENT,
    ),
    "Đ of another alphabet": (
        changed(letter(), "SVD-VP<", "SVÐ-VP<"),
        CautionCode.LETTER_LOOK_ALIKE,
    ),
    "a reply without its document": (
        changed(letter(), "<edXML:Code>7/UBND</edXML:Code>", ""),
        CautionCode.FIELD_ABSENT,
    ),
    "a false encoding": (changed(letter(), '"UTF-8"', '"utf-16"'), CautionCode.ENCODING_DECLARED),
    "UTF-16": (changed(letter(), '"UTF-8"', '"UTF-16"').encode("utf-16"), CautionCode.UTF_16),
}


@pytest.mark.parametrize("oddity", ODD)
def test_what_is_odd_is_noticed_and_put_up_with(oddity: str) -> None:
    text, code = ODD[oddity]
    assert code in noticed(text)
    assert code not in noticed(letter())


def test_a_caution_speaks_two_languages() -> None:
    for text, _ in ODD.values():
        for caution in read(text if isinstance(text, bytes) else text.encode()).cautions:
            assert caution.vi and caution.en and caution.vi != caution.en
            assert "{" not in caution.vi + caution.en


def test_a_station_called_null_has_no_code() -> None:
    found = document(letter(trace=changed(TRACE, organ("000.00.05.H47"), organ("null"))))
    assert found.trace[0].agency == ""


def test_nobody_is_told_more_than_he_can_read() -> None:
    odd = "".join(f"<edXML:Odd{n}/>" for n in range(500))
    text = changed(letter(), "<edXML:Subject>", f"{odd}<edXML:Subject>")
    assert len(read(text.encode()).cautions) == MOST


def test_a_look_alike_letter_is_told_with_the_right_one() -> None:
    reading = read(changed(letter(), "SVD-VP<", "SVÐ-VP<").encode())
    assert "SVĐ-VP" in reading.cautions[0].vi


def test_a_day_of_issue_in_the_future_is_noticed_against_a_given_day() -> None:
    assert noticed(letter(), date(2024, 4, 26)) == {}
    assert CautionCode.DAY_IN_FUTURE in noticed(letter(), date(2024, 4, 25))
