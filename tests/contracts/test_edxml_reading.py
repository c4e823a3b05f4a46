"""The 2016 family as other systems write it: read in any order and in any dress."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from contracts.edxml import (
    BusinessAction,
    CautionCode,
    Document,
    Family,
    ReceiverAct,
    read,
)
from contracts.values import Urgency
from contracts.working_time import VIETNAM
from tests.contracts.edxml_letters import (
    CLAUSE_ORDER,
    HEADER,
    NAMESPACE,
    TRACE,
    business,
    changed,
    letter,
    organ,
)


def document(text: str | bytes) -> Document:
    """The document in a message."""
    found = read(text if isinstance(text, bytes) else text.encode()).message
    assert isinstance(found, Document)
    return found


def noticed(text: str | bytes, today: date | None = None) -> dict[CautionCode, str]:
    """What was noticed, and where."""
    reading = read(text if isinstance(text, bytes) else text.encode(), today=today)
    return {caution.code: caution.where for caution in reading.cautions}


SOUND = document(letter())


def test_every_word_of_a_letter_is_understood() -> None:
    assert (SOUND.sender.code, SOUND.sender.superior) == ("000.00.05.H47", "UBND tỉnh Mẫu")
    assert SOUND.recipients[0].name == "UBND huyện Minh họa"
    assert SOUND.code.written() == "15/SVD-VP"
    assert SOUND.promulgation.promulgated_on == date(2024, 4, 26)
    assert (SOUND.type.group, SOUND.type.detail, SOUND.type.name) == (2, 18, "Công văn")
    assert SOUND.signatory.post == "Phó Giám đốc"
    assert SOUND.due_on == date(2024, 5, 10)
    assert SOUND.other.urgency is Urgency.URGENT
    assert (SOUND.other.copies, SOUND.other.pages) == (3, 2)
    assert SOUND.other.appendices == ["Dự thảo"]
    assert SOUND.responses[0].code == "7/UBND"
    assert SOUND.places == ["Như trên", "Lưu: VT"]
    assert SOUND.trace[0].at == datetime(2024, 4, 26, 9, 30, tzinfo=VIETNAM)
    assert SOUND.business.action is BusinessAction.NEW
    assert noticed(letter()) == {}
    assert read(letter().encode()).family is Family.F2016


@pytest.mark.parametrize("order", [CLAUSE_ORDER, list(HEADER)[::-1]], ids=["clauses", "backwards"])
def test_the_order_of_header_words_does_not_matter(order: list[str]) -> None:
    assert document(letter(order)) == SOUND


def test_the_order_of_the_way_does_not_matter() -> None:
    assert document(letter(trace=TRACE + business(0))) == SOUND


DRESSES = {
    "prefix everywhere": lambda t: (
        t.replace("<Attachment", "<edXML:Attachment")
        .replace("</Attachment", "</edXML:Attachment")
        .replace("<edXML xmlns", f'<edXML xmlns:edXML="{NAMESPACE}" xmlns')
    ),
    "no prefix anywhere": lambda t: t.replace("edXML:", ""),
    "another prefix": lambda t: t.replace("edXML:", "q1:").replace("xmlns:edXML", "xmlns:q1"),
    "xsi and xsd on the root": lambda t: t.replace(
        "<edXML xmlns", '<edXML xmlns:xsi="urn:i" xmlns:xsd="urn:d" xmlns'
    ),
    "no declaration": lambda t: t.partition("\n")[2],
    "CRLF": lambda t: t.replace("><", ">\r\n<"),
    "a byte order mark": lambda t: "\ufeff" + t,
    "comments": lambda t: (
        t.replace("<edXML:Subject>", "<!-- x --><edXML:Subject>V/v<!-- y -->")
        .replace("V/vV/v", "V/v")
        .replace("-->V/v góp", "--> góp")
    ),
    "CDATA": lambda t: t.replace("V/v góp ý dự", "<![CDATA[V/v góp ý]]> dự"),
    "an instruction": lambda t: t.replace("<edXML xmlns", "<?style href='x'?><edXML xmlns"),
    "blanks around words": lambda t: t.replace(">15<", "> \n 15 \t<"),
    "attributes of a SOAP station": lambda t: t.replace(
        "<edXML:TraceHeaderList>", '<edXML:TraceHeaderList id="1" version="1.0" mustUnderstand="1">'
    ),
    "xlink on references": lambda t: t.replace(
        "<edXML:Reference>",
        '<edXML:Reference xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="cid:1" '
        'xlink:role="XLinkRole" xlink:type="simple">',
    ),
    "decomposed letters": lambda t: __import__("unicodedata").normalize("NFD", t),
}


@pytest.mark.parametrize("dress", DRESSES)
def test_the_dress_of_a_letter_does_not_matter(dress: str) -> None:
    text = DRESSES[dress](letter())
    assert text != letter()
    assert document(text) == SOUND


@pytest.mark.parametrize(
    "day", ["2024/04/26", "26/04/2024", "2024-04-26", "2024-04-26T00:00:00", "26/04/2024 08:00"]
)
def test_a_day_is_read_in_three_forms(day: str) -> None:
    text = changed(letter(), "Date>2024/04/26<", f"Date>{day}<")
    assert document(text).promulgation.promulgated_on == date(2024, 4, 26)


@pytest.mark.parametrize(
    "instant",
    ["2024/04/26 09:30:00", "26/04/2024 09:30:00", "2024-04-26T09:30:00", "2024-04-26T02:30:00Z"],
)
def test_an_instant_without_offset_is_vietnamese_time(instant: str) -> None:
    text = changed(letter(), "2024/04/26 09:30:00", instant)
    assert document(text).trace == SOUND.trace


@pytest.mark.parametrize("day", ["", "2014/02/30", "hôm nay", "4/26/2024"])
def test_a_day_that_is_not_needed_may_be_odd(day: str) -> None:
    text = changed(letter(), "DueDate>2024/05/10<", f"DueDate>{day}<")
    assert document(text).due_on is None
    assert (CautionCode.VALUE_UNREADABLE in noticed(text)) is bool(day)


@pytest.mark.parametrize("number", ["781622e22", "34E31", "20251016112435", "123a"])
def test_a_number_is_text(number: str) -> None:
    text = changed(letter(), ">15<", f">{number}<")
    assert document(text).code.number == number


@pytest.mark.parametrize(
    ("told", "meant"),
    [("0", "0"), ("4", "4"), ("03", "3"), ("Hỏa tốc", "3"), ("", "0"), ("9", "0"), ("gấp", "0")],
)
def test_urgency_is_a_number_or_its_word(told: str, meant: str) -> None:
    text = changed(letter(), "Priority>1<", f"Priority>{told}<")
    assert document(text).other.urgency == meant
    assert (CautionCode.VALUE_UNREADABLE in noticed(text)) is (told in ("9", "gấp"))


@pytest.mark.parametrize("group", ["18", "71", "0", "công văn", "-2"])
def test_a_class_of_document_is_never_refused(group: str) -> None:
    text = changed(letter(), "Type>2<", f"Type>{group}<")
    assert document(text).type.name == "Công văn"
    assert CautionCode.VALUE_UNUSUAL in noticed(text)


@pytest.mark.parametrize("steering", ["0", "1", "2"])
def test_steering_is_kept_and_not_judged(steering: str) -> None:
    text = changed(letter(), "SteeringType>1<", f"SteeringType>{steering}<")
    assert document(text).steering == int(steering)


def test_empty_and_absent_are_alike() -> None:
    words = [name for name in HEADER if name not in ("ResponseFor", "ToPlaces", "DueDate")]
    empty = "<edXML:ResponseFor/><edXML:ToPlaces/><edXML:DueDate></edXML:DueDate>"
    blank = "<edXML:ResponseFor><edXML:OrganId></edXML:OrganId></edXML:ResponseFor>"
    text = letter(words)
    for said in (empty, blank):
        more = changed(text, "</edXML:MessageHeader>", f"{said}</edXML:MessageHeader>")
        assert document(more) == document(text)


BUSINESS = {
    BusinessAction.RECALL: business(1, reason="Thu hồi văn bản điện tử"),
    BusinessAction.UPDATE: business(
        2,
        "<edXML:DocumentId>x-1</edXML:DocumentId><edXML:BussinessDocumentInfo>"
        "<edXML:DocumentInfo>1</edXML:DocumentInfo><edXML:DocumentReceiver>1</edXML:DocumentReceiver>"
        "<edXML:ReceiverList><edXML:Receiver><edXML:OrganId>H47.31</edXML:OrganId>"
        "<edXML:ReceiverType>0</edXML:ReceiverType></edXML:Receiver></edXML:ReceiverList>"
        "</edXML:BussinessDocumentInfo>",
        "Cập nhật văn bản",
    ),
    BusinessAction.REPLACE: business(
        3,
        "<edXML:ReplacementInfoList><edXML:ReplacementInfo><edXML:DocumentId>x-2"
        "</edXML:DocumentId><edXML:OrganIdList><edXML:OrganId>H47.31</edXML:OrganId>"
        "<edXML:OrganId>H47.32</edXML:OrganId></edXML:OrganIdList></edXML:ReplacementInfo>"
        "</edXML:ReplacementInfoList>",
        "Thay thế văn bản",
    ),
}


@pytest.mark.parametrize("action", BUSINESS)
@pytest.mark.parametrize("spelling", ["Bussiness", "Business"])
def test_both_spellings_of_business_are_read(action: BusinessAction, spelling: str) -> None:
    text = letter(trace=TRACE + BUSINESS[action].replace("Bussiness", spelling))
    assert document(text).business == document(letter(trace=BUSINESS[action])).business
    assert document(text).business.action is action
    assert noticed(text) == {}


def test_an_update_tells_what_changes() -> None:
    changes = document(letter(trace=BUSINESS[BusinessAction.UPDATE])).business.changes[0]
    assert changes.data and changes.receivers
    assert changes.receiver_list[0].act is ReceiverAct.REMOVED


def test_an_update_of_an_old_library_has_attributes_and_small_letters() -> None:
    text = letter(
        trace=business(
            2,
            "<edXML:DocumentId>x-1</edXML:DocumentId>"
            '<edXML:BussinessDocumentInfo documentInfo="1" DocumentReceiver="1">'
            "<edXML:ReceiverList>"
            "<edXML:Receiver><edXML:OrganId>H47.31</edXML:OrganId><edXML:receiverType>1"
            "</edXML:receiverType></edXML:Receiver></edXML:ReceiverList>"
            '</edXML:BussinessDocumentInfo><edXML:StaffInfo Department="Văn phòng" Staff="A"/>',
        )
    )
    found = document(text).business
    assert found.changes[0].data and found.changes[0].receivers
    assert found.changes[0].receiver_list[0].act is ReceiverAct.ADDED
    assert (found.staff[0].department, found.staff[0].name) == ("Văn phòng", "A")
    small = BUSINESS[BusinessAction.REPLACE].replace("ReplacementInfo>", "replacementInfo>")
    assert document(letter(trace=small)).concerned() == ["x-2"]


def test_a_replacement_names_each_document_and_its_recipients() -> None:
    found = document(letter(trace=BUSINESS[BusinessAction.REPLACE]))
    assert found.business.replaced[0].agencies == ["H47.31", "H47.32"]
    assert found.concerned() == ["x-2"]


def test_without_a_business_block_a_document_is_new() -> None:
    assert document(letter(trace=TRACE)).business.action is BusinessAction.NEW
    pointless = business(0, "<edXML:DocumentId>000.00.05.H47,2014/02/30,1/X</edXML:DocumentId>")
    assert document(letter(trace=TRACE + pointless)).concerned() == []


def test_paper_is_read_in_its_old_place_too() -> None:
    assert document(letter(trace="<edXML:Paper>1</edXML:Paper>" + TRACE)).business.paper
    assert document(letter(trace=changed(business(0), "Paper>0<", "Paper>1<"))).business.paper
    pages = letter(trace=TRACE + changed(business(0), "Paper>0<", "Paper>12<"))
    assert not document(pages).business.paper
    assert CautionCode.VALUE_UNREADABLE in noticed(pages)


AGENCIES = [
    "0200681592",
    "020100107370",
    "000.00.00.G22",
    "999.010.01.H22",
    "28.22.H17",
    "00.53.W00",
    "G12",
    "H37.DN.001",
]
ODD_AGENCIES = ["vxp.saas.02", "777.77.04.D7", "h47.05", "TT2", "1.2.3.4.5"]


@pytest.mark.parametrize("code", [*AGENCIES, *ODD_AGENCIES])
def test_every_agency_code_is_kept_and_odd_ones_noticed(code: str) -> None:
    text = changed(letter(), organ("H47.31"), organ(code))
    assert document(text).recipients[0].code == code
    assert (CautionCode.AGENCY_CODE_UNUSUAL in noticed(text)) is (code in ODD_AGENCIES)
