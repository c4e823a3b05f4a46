"""What is refused, with its reason: malformed XML, traps, too much of anything, missing words."""

from __future__ import annotations

import pytest

from contracts.edxml import (
    AttachmentOverinflated,
    DoctypePresent,
    EncodingUnknown,
    FieldsMissing,
    FieldUnreadable,
    LimitPassed,
    Limits,
    MessageEmpty,
    MessageTooLarge,
    XmlMalformed,
    read,
)
from tests.contracts.edxml_letters import (
    HEADER,
    PDF,
    TRACE,
    WIRE_ID,
    attachment,
    business,
    changed,
    letter,
    mime,
    old_letter,
    old_status,
    organ,
    status,
    zipped,
)
from tests.contracts.test_edxml_older_family import told

MALFORMED = {
    "cut off": letter()[:700],
    "cut off in a file": letter()[:-60],
    "closed by another name": changed(letter(), "</edXML:Subject>", "</edXML:Content>"),
    "text before": "1212" + letter(),
    "text behind": letter() + "xong",
    "two roots": letter() + letter().partition("\n")[2],
    "a stray ampersand": changed(letter(), "Sở Ví dụ", "Sở Ví dụ & Mẫu"),
    "an undeclared prefix": changed(
        letter(), "<edXML:Reference>", '<edXML:Reference xlink:href="">'
    ),
    "an undeclared entity": changed(letter(), "Sở Ví dụ", "Sở&nbsp;Ví dụ"),
    "a control character": changed(letter(), "Sở Ví dụ", "Sở\x01Ví dụ"),
    "an attribute twice": changed(letter(), 'version="1.0">', 'version="1.0" version="1.0">'),
    "a torn SOAP envelope": old_status()[:-40],
    "a torn envelope in MIME": mime(old_letter()[:-40]).decode(),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_malformed_xml_is_refused_with_its_place(case: str) -> None:
    with pytest.raises(XmlMalformed) as no:
        read(MALFORMED[case].encode())
    assert no.value.data["line"] >= 1 and no.value.data["column"] >= 1


@pytest.mark.parametrize(
    "data",
    [
        letter().encode("utf-16")[:-1],
        changed(letter(), '"UTF-8"', '"windows-1258"').encode("cp1258", "replace"),
        letter().encode() + b"\xff",
        b"<a>\xc3\x28</a>",
    ],
)
def test_bytes_that_are_no_utf_8_are_refused(data: bytes) -> None:
    with pytest.raises(EncodingUnknown):
        read(data)


def doctype(inside: str, said: str = "x") -> bytes:
    """A letter that declares a document type and says something of it."""
    text = changed(letter(), "<edXML xmlns", f"<!DOCTYPE edXML {inside}><edXML xmlns")
    return changed(text, "Sở Ví dụ", said).encode()


LAUGHS = '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
)
TRAPS = {
    "a bare doctype": doctype(""),
    "an inner entity": doctype('[<!ENTITY a "b">]', "&a;"),
    "a file": doctype('[<!ENTITY a SYSTEM "file:///etc/passwd">]', "&a;"),
    "an address": doctype('[<!ENTITY a SYSTEM "http://127.0.0.1/a">]', "&a;"),
    "a parameter entity": doctype('[<!ENTITY % p SYSTEM "http://127.0.0.1/p"> %p;]'),
    "an outer DTD": doctype('SYSTEM "http://127.0.0.1/d.dtd"'),
    "a billion laughs": doctype(f"[{LAUGHS}]", "&a9;"),
    "quadratic growth": doctype(f'[<!ENTITY a "{"x" * 9999}">]', "&a;" * 999),
    "in SOAP": f"<!DOCTYPE a>{old_status()}".encode(),
    "in UTF-16": doctype("").decode().replace("UTF-8", "UTF-16").encode("utf-16"),
}


@pytest.mark.parametrize("case", TRAPS)
def test_a_document_type_is_refused_before_it_can_do_anything(case: str) -> None:
    with pytest.raises(DoctypePresent):
        read(TRAPS[case])


def test_a_trap_in_a_part_beside_the_message_stays_a_file() -> None:
    part = b'<!DOCTYPE Document [<!ENTITY a "b">]><Document><Attachment>&a;</Attachment></Document>'
    (file,) = told(mime(old_letter(), ("Content-ID: <1.pdf>", part))).attachments
    assert file.content == part


def test_a_bomb_in_a_file_is_refused() -> None:
    bomb = zipped(("u.pdf", b"\0" * 12_000_000))
    text = letter(attachments=attachment(bomb))
    with pytest.raises(AttachmentOverinflated) as no:
        read(text.encode())
    assert no.value.data["name"] == "cv-15.pdf"
    small = Limits(inflated=100)
    with pytest.raises(AttachmentOverinflated):
        read(letter(attachments=attachment(zipped(("u.pdf", PDF * 9)))).encode(), small)


def test_all_files_together_have_one_measure() -> None:
    packed = zipped(("u.pdf", PDF))
    both = "".join(attachment(packed, str(n), f"{n}.pdf") for n in range(2))
    text = letter(references="", attachments=both).encode()
    assert read(text, Limits(inflated=2 * len(PDF)))
    with pytest.raises(AttachmentOverinflated):
        read(text, Limits(inflated=2 * len(PDF) - 1))


def nested(depth: int) -> str:
    """A letter with this many layers in one place."""
    deep = "<x>" * depth + "</x>" * depth
    return changed(letter(), "<edXML:Subject>", f"<edXML:Odd>{deep}</edXML:Odd><edXML:Subject>")


LIMITED = {
    "layers": (nested(5000), "layers"),
    "elements": (changed(letter(), TRACE, TRACE * 40_000), "elements"),
    "attributes": (
        changed(letter(), 'version="1.0">', " ".join(f'a{n}="1"' for n in range(110_000)) + ">"),
        "elements",
    ),
    "files": (letter(attachments=attachment("") * 501), "files"),
    "empty parts": (mime(old_letter(), *[("X: y", b"")] * 502).decode(), "files"),
    "parts": (mime(old_letter(), *[("X: y", b"z")] * 502).decode(), "files"),
}


@pytest.mark.parametrize("case", LIMITED)
def test_more_than_any_real_message_has_is_refused(case: str) -> None:
    text, what = LIMITED[case]
    with pytest.raises(LimitPassed) as no:
        read(text.encode())
    assert no.value.data["what_en"] == what


def test_the_size_has_a_limit_and_nothing_is_refused() -> None:
    data = letter().encode()
    assert read(data, Limits(size=len(data)))
    with pytest.raises(MessageTooLarge) as no:
        read(data, Limits(size=len(data) - 1))
    assert no.value.data == {"size": len(data), "limit": len(data) - 1}
    for empty in (b"", b" \r\n"):
        with pytest.raises(MessageEmpty):
            read(empty)


NEEDED = {
    "MessageHeader/From/OrganId": organ("000.00.05.H47"),
    "MessageHeader/To/OrganId": organ("H47.31") + "\n  <edXML:OrganName>UBND",
    "MessageHeader/DocumentId": f"<edXML:DocumentId>{WIRE_ID}</edXML:DocumentId>",
    "MessageHeader/Code/CodeNumber": "<edXML:CodeNumber>15</edXML:CodeNumber>",
    "MessageHeader/Code/CodeNotation": "<edXML:CodeNotation>SVD-VP</edXML:CodeNotation>",
    "MessageHeader/PromulgationInfo/PromulgationDate": HEADER["PromulgationInfo"],
    "MessageHeader/DocumentType/Type": "<edXML:Type>2</edXML:Type>",
    "MessageHeader/Subject": HEADER["Subject"],
}


@pytest.mark.parametrize("place", NEEDED)
def test_a_letter_without_a_needed_word_is_refused_with_its_name(place: str) -> None:
    old = NEEDED[place]
    text = letter().replace(old, old.partition("\n")[2], 1)
    assert text != letter()
    with pytest.raises(FieldsMissing) as no:
        read(text.encode())
    assert no.value.data["fields"] == place


def test_everything_that_is_missing_is_told_at_once() -> None:
    with pytest.raises(FieldsMissing) as no:
        read(letter(["From", "To"]).encode())
    assert no.value.data["fields"].count(",") == 5


MISSING_BUSINESS = {
    "an update of nothing": (business(2), "Bussiness/DocumentId"),
    "a replacement of nothing": (business(3), "ReplacementInfo/DocumentId"),
    "a replacement without identifier": (
        business(
            3,
            "<edXML:ReplacementInfoList><edXML:ReplacementInfo><edXML:OrganIdList>"
            f"{organ('H47.31')}</edXML:OrganIdList></edXML:ReplacementInfo>"
            "</edXML:ReplacementInfoList>",
        ),
        "ReplacementInfo[1]/DocumentId",
    ),
}


@pytest.mark.parametrize("case", MISSING_BUSINESS)
def test_an_action_without_its_document_is_refused(case: str) -> None:
    trace, place = MISSING_BUSINESS[case]
    with pytest.raises(FieldsMissing) as no:
        read(letter(trace=trace + TRACE).encode())
    assert place in no.value.data["fields"]


UNREADABLE = {
    "2014/02/30": ("Date>2024/04/26<", "Date>2014/02/30<"),
    "30-09-2015": ("Date>2024/04/26<", "Date>30-09-2015<"),
    "2024/13/01": ("Date>2024/04/26<", "Date>2024/13/01<"),
    "26 tháng 4": ("Date>2024/04/26<", "Date>26 tháng 4<"),
    "20240426": ("Date>2024/04/26<", "Date>20240426<"),
    "4": ("DocType>0<", "DocType>4<"),
    "thu hồi văn bản": ("DocType>0<", "DocType>thu hồi văn bản<"),
}


@pytest.mark.parametrize("value", UNREADABLE)
def test_a_needed_word_that_is_not_understood_is_quoted(value: str) -> None:
    with pytest.raises(FieldUnreadable) as no:
        read(changed(letter(), *UNREADABLE[value]).encode())
    assert no.value.data["value"] == value
    assert no.value.data["where"] in no.value.message("vi")


STATUS_NEEDED = {
    "MessageHeader/From/OrganId": (status(), organ("H47.31")),
    "MessageHeader/ResponseFor/OrganId": (status(), organ("000.00.05.H47")),
    "MessageHeader/StatusCode": (status(), ">03<"),
    "Status/StatusCode": (status("03", "Status"), "<edXML:StatusCode>03</edXML:StatusCode>"),
}


@pytest.mark.parametrize("place", STATUS_NEEDED)
def test_a_status_without_a_needed_word_is_refused(place: str) -> None:
    text, old = STATUS_NEEDED[place]
    with pytest.raises(FieldsMissing) as no:
        read(changed(text, old, "><" if old == ">03<" else "").encode())
    assert no.value.data["fields"] == place


def test_a_status_about_no_document_is_refused() -> None:
    text = changed(status(), f"<edXML:DocumentId>{WIRE_ID}</edXML:DocumentId>", "")
    with pytest.raises(FieldsMissing):
        read(changed(text, "<edXML:Code>15/SVD-VP</edXML:Code>", "").encode())


@pytest.mark.parametrize("code", ["hoàn thành", "-1", "0003", "3.0"])
def test_a_status_code_that_is_no_number_is_refused(code: str) -> None:
    with pytest.raises(FieldUnreadable):
        read(status(code).encode())
