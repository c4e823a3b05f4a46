"""Files that travel with a letter: matched, unwrapped, known by their bytes, damage told."""

from __future__ import annotations

import hashlib

import pytest

from contracts.edxml import Attachment, CautionCode, Damage
from contracts.edxml.payloads import damage_of
from contracts.edxml.sniffing import media_type
from tests.contracts.edxml_letters import (
    PDF,
    attachment,
    b64,
    changed,
    letter,
    reference,
    zipped,
)
from tests.contracts.test_edxml_reading import document, noticed

OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>"))
XLSX = zipped(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<x/>"))
ODT = zipped(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<o/>"))
OLE = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + b"\0" * 504
    + "WordDocument".encode("utf-16-le")
    + b"\0" * 9
)
NOISE = b"\xfb\xff\xed\x9e\xd3\x3a\x0d\x62"


def only(text: str) -> Attachment:
    """The one file of a letter."""
    files = document(text).attachments
    assert len(files) == 1
    return files[0]


def carrying(content: bytes | str, name: str = "cv-15.pdf", kind: str = "application/pdf") -> str:
    """A letter with one file."""
    return letter(
        references=reference(name=name), attachments=attachment(content, "cid:1", name, kind)
    )


SNIFFED = {
    "application/pdf": PDF,
    f"{OFFICE}.wordprocessingml.document": DOCX,
    f"{OFFICE}.spreadsheetml.sheet": XLSX,
    "application/vnd.oasis.opendocument.text": ODT,
    "application/msword": OLE,
    "application/x-ole-storage": OLE[:8] + b"\0" * 100,
    "application/zip": zipped(("a", b"1"), ("b", b"2")),
    "application/rtf": b"{\\rtf1 x}",
    "image/png": b"\x89PNG\r\n\x1a\n....",
    "image/jpeg": b"\xff\xd8\xff\xe0..",
    "image/tiff": b"II*\x00..",
    "application/vnd.rar": b"Rar!\x1a\x07\x01",
    "application/vnd.microsoft.portable-executable": b"MZ\x90\x00",
    "application/x-elf": b"\x7fELF\x02",
    "text/html": b"  <!DOCTYPE html><html>",
    "text/xml": b"<?xml version='1.0'?><a/>",
    "text/plain": "chữ Việt".encode(),
    "application/octet-stream": NOISE,
}


@pytest.mark.parametrize("kind", SNIFFED)
def test_a_file_is_known_by_its_bytes(kind: str) -> None:
    assert media_type(SNIFFED[kind]) == kind
    told = only(carrying(SNIFFED[kind], "tệp lạ.xyz", "text/plain"))
    assert (told.media_type, told.declared_type) == (kind, "text/plain")


def test_size_and_digest_are_those_of_the_file_itself() -> None:
    told = only(carrying(zipped(("x.bin", b"chu ky")), "ky.p7s", "application/zip"))
    assert (told.content, told.size) == (b"chu ky", 6)
    assert told.sha256 == hashlib.sha256(b"chu ky").hexdigest()


WRAPPED = {
    "declared as a zip": (zipped(("u.pdf", PDF)), "cv.pdf", "application/zip", PDF),
    "declared as what it was": (zipped(("u.pdf", PDF)), "cv.pdf", "application/pdf", PDF),
    "declared as text": (zipped(("u.txt", b"xin")), "a.txt", "text/plain", b"xin"),
    "a sheet in an outer zip": (zipped(("u.xlsx", XLSX)), "b.xlsx", "application/zip", XLSX),
    "entry of another extension": (zipped(("u.doc", OLE)), "b.doc", "application/zip", OLE),
    "entry with a path": (zipped(("../../etc/x", b"x")), "b.txt", "application/zip", b"x"),
    "entry that is an edxml": (
        zipped(("u.edxml", letter().encode())),
        "b.doc",
        "application/zip",
        letter().encode(),
    ),
    "a zip in a zip": (zipped(("u.zip", zipped(("v", b"1")))), "x.7z", "", zipped(("v", b"1"))),
}


@pytest.mark.parametrize("case", WRAPPED)
def test_a_wrapping_zip_is_taken_off_once_by_its_bytes(case: str) -> None:
    payload, name, kind, content = WRAPPED[case]
    told = only(carrying(payload, name, kind))
    assert (told.content, told.name) == (content, name)


KEPT = {
    "a zip that is meant": (zipped(("a", b"1")), "a.zip"),
    "a document of an office suite": (DOCX, "a.docx"),
    "an office document by another name": (XLSX, "a.bin"),
    "an open document": (ODT, "a.odt"),
    "a zip of two": (zipped(("a", b"1"), ("b", b"2")), "a.doc"),
    "an empty zip": (b"PK\x05\x06" + b"\0" * 18, "a.txt"),
    "a zip of a folder": (zipped(("a/", b"")), "a.txt"),
}


@pytest.mark.parametrize("case", KEPT)
def test_any_other_zip_is_kept_as_it_is(case: str) -> None:
    payload, name = KEPT[case]
    text = carrying(payload, name, "application/zip")
    assert only(text).content == payload
    odd = case in ("a zip of two", "an empty zip", "a zip of a folder")
    assert (CautionCode.ZIP_KEPT in noticed(text)) is odd


def test_a_crowded_zip_is_kept_unopened() -> None:
    crowded = zipped(("u.pdf", PDF)) + b"PK\x01\x02" * 10_001
    text = carrying(crowded, "cv.pdf", "application/zip")
    assert only(text).content == crowded
    assert CautionCode.ZIP_KEPT in noticed(text)
    assert only(carrying(crowded[:-8], "cv.pdf", "application/zip")).content == PDF


LOCKED = bytearray(zipped(("a", b"1")))
LOCKED[6] |= 1  # the flag in front of the entry
LOCKED[LOCKED.index(b"PK\x01\x02") + 8] |= 1  # and the one in the directory


def test_a_locked_zip_is_kept() -> None:
    text = carrying(bytes(LOCKED), "a.txt", "application/zip")
    assert only(text).content == LOCKED
    assert CautionCode.ZIP_KEPT in noticed(text)


TORN = zipped(("u.pdf", PDF * 50))
DAMAGED = {
    "nothing": ("", "cv.pdf", Damage.EMPTY),
    "no base64": ("!!! không phải !!!", "cv.pdf", Damage.NOT_BASE64),
    "base64 cut off": (b64(PDF)[:41], "cv.pdf", Damage.NOT_BASE64),
    "a pdf taken for text": (
        PDF.decode("utf-8", "replace").encode(),
        "cv.pdf",
        Damage.TEXT_CONVERSION,
    ),
    "a picture taken for text": (b"\xef\xbf\xbdPNG\r\n", "a.png", Damage.TEXT_CONVERSION),
    "a pdf that is noise": (NOISE, "cv.PDF", Damage.NOT_AS_NAMED),
    "a pdf that is a page of the web": (b"<html>404</html>", "cv.pdf", Damage.NOT_AS_NAMED),
    "a zipped pdf that is noise": (zipped(("u.PDF", NOISE)), "cv.SIGNED.PDF", Damage.NOT_AS_NAMED),
    "a docx that is text": (b"xin chao", "a.docx", Damage.NOT_AS_NAMED),
    "a pdf without its end": (PDF[:-7], "cv.pdf", Damage.TRUNCATED),
    "a zip without its end": (TORN[:-30], "cv.pdf", Damage.BROKEN_ZIP),
    "a zip with a wrong sum": (TORN[:60] + b"\0\0" + TORN[62:], "cv.pdf", Damage.BROKEN_ZIP),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_damage_is_told_and_the_letter_is_read(case: str) -> None:
    payload, name, damage = DAMAGED[case]
    text = carrying(payload, name)
    assert only(text).damage is damage
    assert noticed(text)[CautionCode.FILE_DAMAGED] == "Attachment[1]"
    assert document(text).subject


@pytest.mark.parametrize(
    ("content", "name"),
    [(PDF, "a.pdf"), (DOCX, "a.docx"), (OLE, "a.doc"), (DOCX, "a.doc"), (b"x", "a.p7s")],
)
def test_a_sound_file_is_not_called_damaged(content: bytes, name: str) -> None:
    assert damage_of(content, name, media_type(content)) is None


@pytest.mark.parametrize(
    "base64", [b64(PDF).rstrip("="), "\r\n".join(b64(PDF)), f"\n  {b64(PDF)}\n  "]
)
def test_line_breaks_and_missing_padding_are_forgiven(base64: str) -> None:
    assert only(carrying(base64)).content == PDF


@pytest.mark.parametrize(
    ("content", "name", "kind", "is_odd"),
    [
        (PDF, "a.pdf", "application/pdf", False),
        (DOCX, "a.docx", "application/docx", False),
        (OLE, "a.doc", "application/doc", False),
        (OLE, "a.doc", "application/msword", False),
        (XLSX, "a.xlsx", "application/xslx", False),
        (zipped(("u", b"x")), "a.txt", "application/zip", False),
        (PDF, "a.pdf", "", False),
        (PDF, "a.pdf", "text/plain", True),
        (DOCX, "a.doc", "application/doc", True),
        (b"MZ\x90", "a.jpg", "image/jpeg", True),
    ],
)
def test_a_type_that_is_not_so_is_noticed(
    content: bytes, name: str, kind: str, is_odd: bool
) -> None:
    assert (CautionCode.TYPE_OTHERWISE in noticed(carrying(content, name, kind))) is is_odd


TWO = reference("cid:1", "a.pdf") + reference("cid:2", "b.pdf")
MATCHED = {
    "cid: on both sides": (("cid:1", "a.pdf"), ("cid:2", "b.pdf")),
    "cid: in the manifest alone": (("1", "a.pdf"), ("2", "b.pdf")),
    "angle brackets": (("&lt;1&gt;", ""), ("&lt;cid:2&gt;", "")),
    "another order": (("2", ""), ("1", "")),
    "by name": (("x", "b.pdf"), ("y", "a.pdf")),
    "by place": (("", ""), ("", "")),
}


@pytest.mark.parametrize("case", MATCHED)
def test_files_are_matched_by_id_then_name_then_place(case: str) -> None:
    files = "".join(attachment(PDF, cid, name) for cid, name in MATCHED[case])
    text = letter(references=TWO, attachments=files)
    found = document(text)
    assert {file.name for file in found.attachments} == {"a.pdf", "b.pdf"}
    assert found.missing == []
    assert (CautionCode.FILE_MATCHED_OTHERWISE in noticed(text)) is case.startswith("by ")


def test_a_reference_by_link_is_matched_too() -> None:
    link = (
        '<edXML:Reference xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="cid:7">'
        "<edXML:AttachmentName>a.pdf</edXML:AttachmentName></edXML:Reference>"
    )
    assert only(letter(references=link, attachments=attachment(PDF, "7", ""))).name == "a.pdf"


def test_what_the_manifest_lists_and_did_not_come_is_missing() -> None:
    text = letter(references=TWO, attachments=attachment(PDF, "cid:1", "a.pdf"))
    assert document(text).missing == ["b.pdf"]
    assert CautionCode.FILE_MISSING in noticed(text)
    assert document(letter(references=TWO, attachments="")).missing == ["a.pdf", "b.pdf"]


def test_what_the_manifest_does_not_list_is_taken() -> None:
    text = letter(references="", attachments=attachment(PDF, "cid:1", "a.pdf"))
    assert only(text).name == "a.pdf"
    assert CautionCode.FILE_UNLISTED in noticed(text)


def test_files_of_other_names_are_not_taken_for_each_other() -> None:
    text = letter(references=reference("x", "a.pdf"), attachments=attachment(PDF, "y", "b.pdf"))
    assert document(text).missing == ["a.pdf"]
    assert only(text).name == "b.pdf"


def test_a_file_without_any_name_gets_one() -> None:
    text = letter(references="", attachments=attachment(PDF, "", ""))
    assert only(text).name == "1.bin"
    assert CautionCode.FILE_NAMELESS in noticed(text)


def test_a_letter_without_files_is_noticed() -> None:
    text = letter(references="", attachments="")
    assert document(text).attachments == []
    assert CautionCode.FILES_ABSENT in noticed(text)
    bare = changed(text, "<AttachmentEncoded></AttachmentEncoded>", "")
    assert CautionCode.FILES_ABSENT in noticed(bare)


def test_files_inside_the_envelope_are_found() -> None:
    files = f"<AttachmentEncoded>{attachment()}</AttachmentEncoded>"
    inside = changed(letter(), files, "").replace(
        "</edXML:edXMLBody>", f"</edXML:edXMLBody>{files}"
    )
    assert only(inside).content == PDF
