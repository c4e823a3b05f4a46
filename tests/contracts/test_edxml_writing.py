"""What is written is strict: files in the axis' own way, and no word that a peer would refuse."""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from msgspec.structs import replace

from contracts.edxml import (
    Attachment,
    Business,
    BusinessAction,
    Changes,
    Code,
    Document,
    DocumentType,
    Hop,
    Limits,
    Message,
    MessageTooLarge,
    MessageUnfit,
    Party,
    Promulgation,
    ReceiverAct,
    ReceiverChange,
    ResponseFor,
    attached,
    read,
    write,
)
from tests.contracts.edxml_letters import PDF, zipped
from tests.contracts.test_edxml import AT, DOCUMENT, OLD, RECEIVER, SENDER, STATUS
from tests.contracts.test_edxml_attachments import DOCX, OLE, XLSX


def sent(name: str, content: bytes) -> tuple[str, bytes]:
    """The declared type and the bytes of a file on the wire; both places declare the same."""
    text = write(replace(DOCUMENT, attachments=[attached(name, content)])).decode()
    kinds = re.findall(r"<(?:edXML:)?ContentType>([^<]+)<", text)
    assert kinds[0] == kinds[1] and len(kinds) == 2
    return kinds[0], b64decode(re.findall(r"ContentTransferEncoded [^>]+>([^<]+)<", text)[0])


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("A.PDF", PDF, "application/pdf"),
        ("a.doc", OLE, "application/doc"),
        ("a.docx", DOCX, "application/docx"),
        ("a.zip", zipped(("b", b"1")), "application/zip"),
    ],
)
def test_some_kinds_go_as_they_are(name: str, content: bytes, kind: str) -> None:
    assert sent(name, content) == (kind, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", XLSX), ("a.txt", b"x"), ("a", b"x"), ("a.doc", zipped(("b", b"1")))],
)
def test_every_other_kind_goes_in_a_zip_of_one(name: str, content: bytes) -> None:
    kind, payload = sent(name, content)
    assert kind == "application/zip"
    with ZipFile(BytesIO(payload)) as archive:
        (entry,) = archive.infolist()
        assert archive.read(entry) == content
        assert entry.compress_type == ZIP_STORED
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
    assert re.fullmatch(r"[0-9a-f-]{36}(\.\w+)?", entry.filename)
    assert entry.filename.endswith(name.partition(".")[2])


def test_a_file_has_one_id_in_both_places_its_own_or_one_that_follows() -> None:
    files = [attached("a.pdf", PDF, content_id="209"), attached("b.pdf", PDF)]
    text = write(replace(DOCUMENT, attachments=files)).decode()
    ids = re.findall(r"<(?:edXML:)?ContentId>([^<]+)<", text)
    assert ids[:2] == ids[2:]
    assert ids[0] == "cid:209"
    assert re.fullmatch(r"cid:[0-9a-f-]{36}", ids[1])
    dressed = [attached("a.pdf", PDF, content_id="<cid:209>")]
    assert "cid:209<" in write(replace(DOCUMENT, attachments=dressed)).decode()


def test_words_are_written_precomposed_and_trimmed() -> None:
    text = write(replace(DOCUMENT, subject="  Quye\u0302\u0301t đi\u0323nh ")).decode()
    assert "<edXML:Subject>Quyết định</edXML:Subject>" in text


def test_a_carriage_return_is_not_lost() -> None:
    back = read(write(replace(DOCUMENT, subject="một\r\nhai\rba"))).message
    assert isinstance(back, Document) and back.subject == "một\r\nhai\rba"


def test_a_message_beyond_the_size_is_not_written() -> None:
    data = write(DOCUMENT)
    assert write(DOCUMENT, Limits(size=len(data))) == data
    with pytest.raises(MessageTooLarge):
        write(DOCUMENT, Limits(size=len(data) - 1))


def business(**words: Any) -> Document:
    """The document with this done by it."""
    return replace(DOCUMENT, business=Business(**words))


def party(code: str) -> Party:
    """An agency of this code."""
    return Party(code=code)


UNFIT: dict[str, tuple[Message, str]] = {
    "no sender": (replace(DOCUMENT, sender=party(" ")), "message.sender.code"),
    "a sender with a blank": (replace(DOCUMENT, sender=party("H47 05")), "message.sender.code"),
    "five levels": (replace(DOCUMENT, sender=party("1.2.3.4.5")), "message.sender.code"),
    "an empty level": (replace(DOCUMENT, sender=party("H47..05")), "message.sender.code"),
    "no recipient": (replace(DOCUMENT, recipients=[]), "message.recipients"),
    "a recipient twice": (
        replace(DOCUMENT, recipients=[RECEIVER, SENDER, RECEIVER]),
        "message.recipients[2].code",
    ),
    "no identifier": (replace(DOCUMENT, document_id=""), "message.document_id"),
    "an endless identifier": (replace(DOCUMENT, document_id="x" * 256), "message.document_id"),
    "no number": (
        replace(DOCUMENT, code=Code(number="", notation="SVD-VP")),
        "message.code.number",
    ),
    "no notation": (
        replace(DOCUMENT, code=Code(number="1", notation=" ")),
        "message.code.notation",
    ),
    "no subject": (replace(DOCUMENT, subject=""), "message.subject"),
    "a long subject": (replace(DOCUMENT, subject="x" * 501), "message.subject"),
    "a class of 18": (replace(DOCUMENT, type=DocumentType(group=18)), "message.type.group"),
    "a negative kind": (
        replace(DOCUMENT, type=DocumentType(group=2, detail=-1)),
        "message.type.detail",
    ),
    "a control character": (replace(DOCUMENT, subject="a\x00b"), "message.subject"),
    "half a character": (replace(DOCUMENT, content="\ud800"), "message.content"),
    "an empty place": (replace(DOCUMENT, places=["Như trên", ""]), "message.places[1]"),
    "a reply to nothing": (
        replace(DOCUMENT, responses=[OLD, ResponseFor(agency="H47.31", code="7/UBND")]),
        "message.responses[1].document_id",
    ),
    "no station": (replace(DOCUMENT, trace=[]), "message.trace"),
    "a station without agency": (replace(DOCUMENT, trace=[Hop(at=AT)]), "message.trace[0].agency"),
    "a station without time": (
        replace(DOCUMENT, trace=[Hop(agency="H47.05")]),
        "message.trace[0].at",
    ),
    "a recall without reason": (
        business(action=BusinessAction.RECALL),
        "message.business.reason",
    ),
    "an update of nothing": (
        business(action=BusinessAction.UPDATE, changes=[Changes(data=True)]),
        "message.business.document_id",
    ),
    "an update that changes nothing": (
        business(action=BusinessAction.UPDATE, document_id="x", changes=[Changes()]),
        "message.business.changes",
    ),
    "an update of nobody": (
        business(
            changes=[
                Changes(receiver_list=[ReceiverChange(agency="", act=ReceiverAct.ADDED)]),
            ]
        ),
        "message.business.changes[0].receiver_list[0].agency",
    ),
    "a replacement of nothing": (
        business(action=BusinessAction.REPLACE),
        "message.business.replaced",
    ),
    "a part of a unit": (replace(DOCUMENT, missing=["pl.pdf"]), "message.missing"),
    "no file": (replace(DOCUMENT, attachments=[]), "attachments"),
    "an empty file": (
        replace(DOCUMENT, attachments=[Attachment(name="a.pdf", content=b"")]),
        "attachments[0].content",
    ),
    "a nameless file": (
        replace(DOCUMENT, attachments=[Attachment(name="", content=PDF)]),
        "attachments[0].name",
    ),
    "a file of another digest": (
        replace(DOCUMENT, attachments=[Attachment(name="a", content=PDF, sha256="0" * 64)]),
        "attachments[0].sha256",
    ),
    "two files of one id": (
        replace(DOCUMENT, attachments=[attached("a.pdf", PDF, content_id="1")] * 2),
        "attachments[1].content_id",
    ),
    "an unknown status": (replace(STATUS, code="07"), "message.code"),
    "a status at no time": (replace(STATUS, at=None), "message.at"),
    "a refusal without reason": (
        replace(STATUS, code="02", description=" "),
        "message.description",
    ),
    "a status about nothing": (
        replace(STATUS, about=replace(OLD, document_id="")),
        "message.about.document_id",
    ),
    "a status of nobody": (replace(STATUS, sender=party("")), "message.sender.code"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_words_that_a_peer_would_refuse_are_not_written(case: str) -> None:
    message, field = UNFIT[case]
    with pytest.raises(MessageUnfit) as no:
        write(message)
    assert no.value.data["fields"][0] == field
    assert f"{field}: " in no.value.message("vi")
    assert f"{field}: " in no.value.message("en")


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(MessageUnfit) as no:
        write(replace(DOCUMENT, subject="", trace=[], attachments=[]))
    assert no.value.data["fields"] == ["message.subject", "message.trace", "attachments"]


def test_a_day_of_issue_in_the_future_is_not_written() -> None:
    later = Promulgation(promulgated_on=date(2024, 4, 27))
    document = replace(DOCUMENT, promulgation=later)
    assert write(document)
    assert write(document, today=date(2024, 4, 27))
    with pytest.raises(MessageUnfit) as no:
        write(document, today=date(2024, 4, 26))
    assert no.value.data["fields"] == ["message.promulgation.promulgated_on"]
