"""edXML as a whole: words become bytes in the form of QCVN 102, and the same words again."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from msgspec.structs import replace

from contracts.edxml import (
    Business,
    BusinessAction,
    Changes,
    Code,
    Document,
    DocumentType,
    Hop,
    Message,
    OtherInfo,
    Party,
    Promulgation,
    ReceiverAct,
    ReceiverChange,
    Replaced,
    ResponseFor,
    Signatory,
    Staff,
    Status,
    attached,
    document_id,
    read,
    write,
)
from contracts.values import StatusCode, Urgency
from contracts.working_time import VIETNAM
from tests.contracts.edxml_letters import PDF, letter, status, zipped

HERE = Path(__file__).parent
AT = datetime(2024, 4, 26, 9, 30, tzinfo=VIETNAM)
SENDER = Party(code="H47.05", superior="UBND tỉnh Mẫu", name="Sở Ví dụ", address="Số 2")
RECEIVER = Party(code="H47.31", name="UBND huyện Minh họa", email="a@mh.example.vn")
CODE = Code(number="15", notation="SVD-VP")
OLD = ResponseFor(
    agency="H47.31", code="7/UBND", document_id="x-7", promulgated_on=date(2024, 4, 1)
)
DOCUMENT = Document(
    sender=SENDER,
    recipients=[RECEIVER],
    document_id="H47.05,2024/04/26,15/SVD-VP",
    code=CODE,
    promulgation=Promulgation(place="Thị xã Mẫu", promulgated_on=date(2024, 4, 26)),
    type=DocumentType(group=2, detail=18, name="Công văn"),
    subject="V/v góp ý dự thảo",
    signatory=Signatory(capacity="KT. GIÁM ĐỐC", post="Phó Giám đốc", name="Trần Văn Mẫu"),
    due_on=date(2024, 5, 10),
    other=OtherInfo(urgency=Urgency.URGENT, copies=3, appendices=["Dự thảo"]),
    responses=[OLD],
    tasks=["NV-1"],
    places=["Như trên", "Lưu: VT"],
    trace=[Hop(agency="H47.05", at=AT)],
    attachments=[attached("cv.pdf", PDF), attached("bảng.csv", b"a;b\n1;2\n")],
)
STATUS = Status(
    sender=RECEIVER,
    about=replace(OLD, agency="H47.05"),
    staff=Staff(department="Văn phòng", name="Lê Thị Minh Họa"),
    code="03",
    description="Đã tiếp nhận",
    at=AT,
)
ACTIONS = {
    BusinessAction.NEW: Business(reason="Văn bản điện tử mới"),
    BusinessAction.RECALL: Business(action=BusinessAction.RECALL, reason="Ban hành nhầm"),
    BusinessAction.UPDATE: Business(
        action=BusinessAction.UPDATE,
        document_id="x-1",
        changes=[
            Changes(
                receivers=True,
                receiver_list=[
                    ReceiverChange(agency="H47.31", act=ReceiverAct.REMOVED),
                    ReceiverChange(agency="H47.32", act=ReceiverAct.ADDED),
                ],
            )
        ],
    ),
    BusinessAction.REPLACE: Business(
        action=BusinessAction.REPLACE,
        paper=True,
        replaced=[Replaced(document_id="x-2", agencies=["H47.31"])],
        staff=[Staff(name="Nguyễn Thị Ví Dụ", mobile="0900000002")],
    ),
}


def names(data: bytes) -> list[str]:
    """Every start tag of a message in order, with the prefix it was written with."""
    return re.findall(r"<(?!\?)([\w:]+)", data.decode())


def told(message: Message) -> Message:
    """A message after it was written and read."""
    return read(write(message)).message


def as_read(document: Document) -> Document:
    """A document as a reader tells it: with the ids and types that were on the wire."""
    back = told(document)
    assert isinstance(back, Document)
    ids = [(file.content_id, file.declared_type) for file in back.attachments]
    files = [
        replace(file, content_id=cid, declared_type=kind)
        for file, (cid, kind) in zip(document.attachments, ids, strict=True)
    ]
    return replace(document, attachments=files)


@pytest.mark.parametrize("action", ACTIONS)
def test_every_business_action_comes_back_as_it_was_written(action: BusinessAction) -> None:
    document = replace(DOCUMENT, business=ACTIONS[action])
    assert told(document) == as_read(document)


@pytest.mark.parametrize("code", StatusCode)
def test_every_status_comes_back_as_it_was_written(code: StatusCode) -> None:
    message = replace(STATUS, code=code)
    back = told(message)
    assert back == message
    assert isinstance(back, Status) and back.known() is code


def test_a_document_is_laid_out_as_the_axis_own_sdk_does() -> None:
    layers = ["edXML", "edXML:edXMLEnvelope", "edXML:edXMLHeader", "edXML:MessageHeader"]
    found = names(write(DOCUMENT))
    assert found[:4] == layers
    header = fromstring(write(DOCUMENT))[0][0][0]
    assert [child.tag.rpartition("}")[2] for child in header] == [
        *["From", "To", "DocumentId", "Code", "PromulgationInfo", "DocumentType", "Subject"],
        *["SignerInfo", "DueDate", "OtherInfo", "ResponseFor", "SteeringType"],
        *["ResponseForTask", "ToPlaces"],
    ]
    beside = found[found.index("AttachmentEncoded") :]
    assert beside == [
        "AttachmentEncoded",
        *["Attachment", "ContentId", "AttachmentName", "ContentType"],
        "edXML:ContentTransferEncoded",
        *["Attachment", "ContentId", "AttachmentName", "ContentType"],
        "edXML:ContentTransferEncoded",
    ]
    inside = found[1 : found.index("AttachmentEncoded")]
    assert all(name.startswith("edXML:") for name in inside)


def test_what_makes_a_document_be_listed_is_always_written() -> None:
    found = names(write(DOCUMENT))
    for name in ("TypeDetail", "Bussiness", "BussinessDocType", "Paper", "TraceHeader"):
        assert f"edXML:{name}" in found
    assert found.index("edXML:Bussiness") < found.index("edXML:TraceHeader")
    assert "Signature" not in found


def test_a_status_has_header_words_alone() -> None:
    found = names(write(STATUS))
    assert found[3:5] == ["edXML:MessageHeader", "edXML:From"]
    order = ["From", "ResponseFor", "StaffInfo", "StatusCode", "Description", "Timestamp"]
    places = [found.index(f"edXML:{name}") for name in order]
    assert places == sorted(places)
    assert not {"edXML:edXMLBody", "AttachmentEncoded", "edXML:TraceHeaderList"} & set(found)


def test_days_and_instants_are_written_in_one_form() -> None:
    text = write(replace(DOCUMENT, trace=[Hop(agency="H47.05", at=AT.astimezone())])).decode()
    assert "<edXML:PromulgationDate>2024/04/26</edXML:PromulgationDate>" in text
    assert "<edXML:DueDate>2024/05/10</edXML:DueDate>" in text
    assert "<edXML:Timestamp>2024/04/26 09:30:00</edXML:Timestamp>" in text


def test_the_same_words_give_the_same_bytes() -> None:
    data = write(DOCUMENT)
    assert write(DOCUMENT) == data == (HERE / "edxml_written.edxml").read_bytes()
    assert write(read(data).message) == data


@pytest.mark.rule("R7.2b")
def test_a_received_identifier_is_carried_on_unchanged() -> None:
    for wire_id in ("000.00.00.G22,2014/02/30,7806/VPCP-TTĐT", "9fbf-27", "GW-2025 1", "42"):
        received = read(letter().replace("000.00.05.H47,2024/04/26,15/SVD-VP", wire_id).encode())
        assert isinstance(received.message, Document)
        assert received.message.document_id == wire_id
        again = read(write(replace(received.message, signature="")))
        assert isinstance(again.message, Document)
        assert again.message.document_id == wire_id


@pytest.mark.rule("R7.1")
def test_a_document_and_all_its_files_travel_as_one_unit() -> None:
    files = [attached(f"{n}.{kind}", PDF + bytes([n])) for n, kind in enumerate(["pdf", "doc"])]
    files += [attached("c.xlsx", zipped(("xl/a", b"1"), ("[Content_Types].xml", b"2")))]
    files += [attached("d.zip", zipped(("a", b"1"))), attached("e", b"\0\1\2")]
    data = write(replace(DOCUMENT, attachments=files))
    back = read(data).message
    assert isinstance(back, Document) and back.missing == []
    assert [(f.name, f.sha256) for f in back.attachments] == [(f.name, f.sha256) for f in files]
    for file in files:
        assert data.decode().count(f"AttachmentName>{file.name}<") == 2
    torn = re.sub(rb"<Attachment>.*?</Attachment>", b"", data, count=1, flags=re.DOTALL)
    incomplete = read(torn).message
    assert isinstance(incomplete, Document) and incomplete.missing == ["0.pdf"]


def test_the_identifier_of_our_own_documents_is_composed() -> None:
    assert document_id("H47.05", date(2024, 4, 6), CODE) == "H47.05,2024/04/06,15/SVD-VP"


def test_the_documents_concerned_are_told() -> None:
    def concerned(business: Business) -> list[str]:
        return replace(DOCUMENT, business=business).concerned()

    assert concerned(ACTIONS[BusinessAction.NEW]) == []
    assert concerned(ACTIONS[BusinessAction.RECALL]) == [DOCUMENT.document_id]
    named = replace(ACTIONS[BusinessAction.RECALL], document_id="x-9")
    assert concerned(named) == ["x-9"]
    assert concerned(ACTIONS[BusinessAction.UPDATE]) == ["x-1"]
    twice = replace(ACTIONS[BusinessAction.REPLACE], replaced=[Replaced(document_id="x-2")] * 2)
    assert concerned(twice) == ["x-2"]


def test_a_message_of_another_hand_can_be_written_anew() -> None:
    for text in (letter(), status()):
        first = read(text.encode())
        again = read(write(first.message))
        assert (again.message, again.cautions) == (first.message, [])
