"""The older family (2803 and before): SOAP, bare or in MIME, four dialects, days turned round."""

from __future__ import annotations

import base64
import quopri
from datetime import date, datetime

import pytest

from contracts.edxml import CautionCode, Dialect, Document, Family, Status, read, write
from contracts.values import StatusCode
from contracts.working_time import VIETNAM
from tests.contracts.edxml_letters import (
    E_DOC,
    HEADER,
    INETCLOUD,
    PDF,
    SOAP,
    b64,
    changed,
    letter,
    mime,
    old_file,
    old_letter,
    old_status,
    soap,
    zipped,
)

FILE = ("Content-Type: text/xml\r\nContent-ID: <1.pdf>", old_file().encode())
PLAIN = (
    "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <1.pdf>",
    base64.encodebytes(PDF),
)


def told(data: bytes | str) -> Document:
    """The document in a message of the older family."""
    reading = read(data if isinstance(data, bytes) else data.encode())
    assert reading.family is Family.F2803
    assert isinstance(reading.message, Document)
    return reading.message


def status(data: bytes | str) -> Status:
    """The status in a message of the older family."""
    reading = read(data if isinstance(data, bytes) else data.encode())
    assert reading.family is Family.F2803
    assert isinstance(reading.message, Status)
    return reading.message


SOUND = told(mime(old_letter(), FILE))


def test_the_words_are_those_of_the_newer_family() -> None:
    newer = read(letter().encode()).message
    assert isinstance(newer, Document)
    for name in ("sender", "recipients", "code", "promulgation", "type", "other"):
        assert getattr(SOUND, name) == getattr(newer, name)
    assert SOUND.responses[0].promulgated_on == date(2024, 4, 1)
    assert SOUND.due_on == date(2024, 5, 10)
    assert SOUND.trace[0].at == datetime(2024, 4, 26, 9, 30, tzinfo=VIETNAM)
    assert [(f.name, f.content) for f in SOUND.attachments] == [("cv-15.pdf", PDF)]
    assert read(mime(old_letter(), FILE)).cautions == []


def test_what_came_by_the_older_family_goes_on_by_the_newer() -> None:
    again = read(write(SOUND))
    assert again.family is Family.F2016
    assert again.message.sender == SOUND.sender


DIALECTS = {
    INETCLOUD: Dialect.INETCLOUD,
    E_DOC: Dialect.E_DOC,
    SOAP: Dialect.GATEWAY,
    "urn:other": Dialect.BARE,
}


@pytest.mark.parametrize("namespace", DIALECTS)
def test_a_dialect_is_told_by_its_namespace(namespace: str) -> None:
    assert read(mime(old_letter(namespace), FILE)).dialect is DIALECTS[namespace]
    assert told(mime(old_letter(namespace), FILE)).subject == SOUND.subject
    assert read(old_status(namespace=namespace).encode()).dialect is DIALECTS[namespace]


CARRIERS = {
    "a header line of MIME": mime(
        old_letter(), FILE, head='Content-type: multipart/related; boundary="=_1";start=""\r\n\r\n'
    ),
    "the boundary at once": mime(old_letter(), FILE),
    "stray bytes before": mime(old_letter(), FILE, head="HTTP/1.1 200\r\nX: y\r\n\r\n1f4\r\n"),
    "plain parts": mime(old_letter(), PLAIN),
    "parts as they are": mime(old_letter(), ("Content-ID: <1.pdf>", PDF.rstrip(b"\n"))),
    "quoted parts": mime(
        old_letter(),
        (
            "Content-ID: <1.pdf>\r\nContent-Transfer-Encoding: quoted-printable",
            quopri.encodestring(PDF),
        ),
    ),
    "a packed part": mime(
        old_letter(), ("Content-ID: <1.pdf>", old_file(zipped(("u.pdf", PDF))).encode())
    ),
    "line feeds alone": mime(old_letter(), FILE).replace(b"\r\n", b"\n"),
    "a name in the header": mime(
        changed(old_letter(), "cid:1.pdf", "cid:other"),
        ('Content-Type: application/pdf; name="cv-15.pdf"', PDF),
    ),
    "an encoded name": mime(
        changed(old_letter(), "cid:1.pdf", "cid:other"),
        ("Content-Disposition: attachment; filename==?UTF-8?B?Y3YtMTUucGRm?=", PDF),
    ),
    "a name in Vietnamese": mime(
        changed(changed(old_letter(), "cid:1.pdf", "cid:x"), "cv-15.pdf", "Công văn 15.pdf"),
        ('Content-Disposition: attachment; filename="Công văn 15.pdf"', PDF),
    ),
    "a part without headers": mime(old_letter(), ("", old_file().encode())),
    "no end of MIME": mime(old_letter(), FILE).removesuffix(b"--=_1--\r\n"),
    "files in the envelope": old_letter(
        beside="<SOAP-ENV:Attachments><edXML:name>cv-15.pdf</edXML:name>"
        f"<edXML:value>{b64(PDF)}</edXML:value></SOAP-ENV:Attachments>"
    ).encode(),
    "files wrapped in the envelope": old_letter(
        beside="<Attachments><Attachment Content-Type='application/pdf'><name>cv-15.pdf</name>"
        f"<value>{b64(PDF)}</value></Attachment></Attachments>"
    ).encode(),
}


@pytest.mark.parametrize("carrier", CARRIERS)
def test_whatever_carries_it_letter_and_file_are_found(carrier: str) -> None:
    found = told(CARRIERS[carrier])
    assert found.subject == SOUND.subject
    (file,) = found.attachments
    named = "Công văn 15.pdf" if carrier == "a name in Vietnamese" else "cv-15.pdf"
    assert (file.name, file.content.rstrip(b"\n")) == (named, PDF.rstrip(b"\n"))
    assert found.missing == []


def test_an_xml_file_in_a_part_of_its_own_stays_a_file() -> None:
    data = b"<?xml version='1.0'?><Document><Report>Attachments</Report></Document>"
    found = told(mime(old_letter(), ("Content-ID: <1.pdf>", data)))
    assert found.attachments[0].content == data
    torn = told(mime(old_letter(), ("Content-ID: <1.pdf>", b"<a><Attachment></a>")))
    assert torn.attachments[0].content == b"<a><Attachment></a>"


@pytest.mark.parametrize("charset", ["utf-�", "none-such", "utf-8"])
def test_a_name_that_cannot_be_decoded_stays_as_it_is(charset: str) -> None:
    name = f"=?{charset}?B?/w==?="
    part = (f'Content-Disposition: attachment; filename="{name}"', PDF)
    assert told(mime(old_letter(), part)).attachments[0].content == PDF


def test_a_part_that_is_no_base64_arrived_damaged() -> None:
    part = ("Content-ID: <1.pdf>\r\nContent-Transfer-Encoding: base64", b"%%% khong %%%")
    reading = read(mime(old_letter(), part))
    assert CautionCode.FILE_DAMAGED in {caution.code for caution in reading.cautions}


def test_a_bare_envelope_misses_its_files() -> None:
    assert told(old_letter()).missing == ["cv-15.pdf"]


DIALECT_2013 = {
    "PromulgationInfo/Date": ("PromulgationDate>", "Date>"),
    "OrganInCharge": ("OrganizationInCharge>", "OrganInCharge>"),
    "Author": ("SignerInfo>", "Author>"),
    "Author/Function": ("Position>", "Function>"),
}


@pytest.mark.parametrize("habit", DIALECT_2013)
def test_names_of_2013_mean_the_same(habit: str) -> None:
    old, new = DIALECT_2013[habit]
    text = changed(old_letter(E_DOC), old, new)
    found = told(mime(text, FILE))
    for name in ("sender", "promulgation", "signatory"):
        assert getattr(found, name) == getattr(SOUND, name)


def test_a_type_of_2013_has_value_and_description() -> None:
    old = HEADER["DocumentType"]
    words = "<edXML:type><edXML:value>2</edXML:value><edXML:description>Công văn"
    for new in (
        f"{words}</edXML:description></edXML:type>",
        '<edXML:type value="2" description="Công văn"/>',
    ):
        found = told(mime(changed(old_letter(E_DOC), old, new), FILE))
        assert (found.type.group, found.type.name) == (2, "Công văn")


def test_a_station_of_2013_has_sender_and_receiver() -> None:
    text = old_letter(E_DOC).replace(
        '<edXML:TraceHeader><edXML:OrganId type="edXMLString">',
        "<edXML:TraceHeader><edXML:OrganId>",
    )
    text = changed(
        text,
        "<edXML:TraceHeader><edXML:OrganId>000.00.05.H47</edXML:OrganId>",
        "<edXML:TraceHeader><edXML:Sender>000.00.05.H47</edXML:Sender>"
        "<edXML:Receiver>H47.31</edXML:Receiver>",
    )
    assert told(mime(text, FILE)).trace == SOUND.trace


def test_a_letter_of_2013_has_no_identifier_and_a_contact() -> None:
    text = changed(old_letter(E_DOC), HEADER["DocumentId"].replace("2024/04/26", "26/04/2024"), "")
    contact = "<edXML:ContactInfo>x</edXML:ContactInfo></edXML:OtherInfo>"
    text = changed(text, "</edXML:OtherInfo>", contact)
    reading = read(mime(text, FILE))
    assert told(mime(text, FILE)).document_id == ""
    assert [caution.code for caution in reading.cautions] == [CautionCode.FIELD_ABSENT]


def test_errors_the_sender_tells_are_passed_on() -> None:
    errors = (
        '<edXML:ErrorList id="1" highestSeverity="error"><edXML:Error><edXML:ErrCode>E1'
        "</edXML:ErrCode><edXML:ErrDescription>Lỗi mẫu</edXML:ErrDescription></edXML:Error>"
        "</edXML:ErrorList></SOAP-ENV:Header>"
    )
    reading = read(mime(changed(old_letter(), "</SOAP-ENV:Header>", errors), FILE))
    assert [caution.code for caution in reading.cautions] == [CautionCode.SENDER_ERROR]
    assert "Lỗi mẫu" in reading.cautions[0].vi


@pytest.mark.parametrize("code", StatusCode)
def test_every_status_of_the_older_family_is_read(code: StatusCode) -> None:
    found = status(old_status(code))
    assert found.known() is code
    assert found.about.promulgated_on == date(2024, 4, 26)
    assert found.at == datetime(2024, 4, 26, 10, 5, tzinfo=VIETNAM)


HAND_WRITTEN = 'Content-type: multipart/related; boundary="b1";start=""\r\n\r\n--b1\r\n'
HAND_WRITTEN += "Content-type: text/xml; charset=utf-8\r\n\r\n"
STATUS_CARRIERS = {
    "header and boundary by hand": f"{HAND_WRITTEN}{old_status()}\r\n--b1--",
    "stray text around": f"xin chao {old_status()} tam biet",
    "an XML declaration": f'<?xml version="1.0" encoding="UTF-8"?>\n{old_status()}',
    "something behind": f"{old_status()}\r\n--b1--\r\n",
    "base64": base64.encodebytes(old_status(namespace=SOAP).encode()).decode(),
    "a gateway's message": "<message><sending-system-id><![CDATA[H47.31]]></sending-system-id>"
    f"<content><![CDATA[{b64(old_status(namespace=SOAP).encode())}]]></content></message>",
}


@pytest.mark.parametrize("carrier", STATUS_CARRIERS)
def test_whatever_carries_it_a_status_is_found(carrier: str) -> None:
    found = status(STATUS_CARRIERS[carrier])
    assert found == status(old_status())


def test_a_status_may_stand_in_the_body_without_namespace() -> None:
    words = old_status().partition("<edXML:Status>")[2].partition("</edXML:Status>")[0]
    words = words.replace("edXML:", "").replace("Timestamp>", "TimeStamp>")
    found = status(soap("<Token>x</Token>", f"<Status>{words}</Status>"))
    assert found == status(old_status())


def test_stray_bytes_are_noticed() -> None:
    reading = read(STATUS_CARRIERS["stray text around"].encode())
    assert [caution.code for caution in reading.cautions] == [CautionCode.LEADING_JUNK]
