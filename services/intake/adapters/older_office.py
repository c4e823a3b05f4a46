"""Word and Excel files of before 2007 (doc, xls): their main stream, fields, sheets, links."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.compound import Compound, Inner, check_storages
from services.intake.adapters.findings import Unfit, damaged, found
from services.intake.adapters.letters import is_legacy_font
from services.intake.adapters.links import check_clicked, check_fetched, is_remote
from services.intake.adapters.policy import GatePolicy

_WORD_MARKS: Final = (0xA5EC, 0xA5DC, 0xA697, 0xA699)
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_TEMPLATE_PLACE = 0x019A
_FIELD = re.compile(rb"\x13[\s\x01]*([A-Za-z]{3,20})\s*([^\x13-\x15]{0,400})")
_ARGUMENTS = re.compile(r'"([^"]*)"|(?<!\S)((?!\\[a-z*#@!](?:\s|$))[^\s"]+)')
_FETCHING: Final = ("INCLUDEPICTURE", "INCLUDETEXT", "IMPORT", "INCLUDE", "LINK", "RD", "DATABASE")
_BOUNDSHEET, _FILEPASS, _SUPBOOK, _FONT, _BOF, _EOF = 0x85, 0x2F, 0x1AE, 0x31, 0x809, 0x0A
_OLDER_BOF: Final = (0x009, 0x209, 0x409)
_MACRO_SHEETS: Final = {1: "Excel 4 macro sheet", 6: "Visual Basic module"}


def check_compound(
    kind: str, content: bytes, policy: GatePolicy, depth: int, inner: Inner
) -> Iterator[GateFinding]:
    """Everything a doc or an xls may be refused or told for."""
    compound = Compound(content)
    streams = compound.within([])
    if "encryptedpackage" in streams:
        raise Unfit(GateCode.ENCRYPTED, "EncryptedPackage")
    word, book = "worddocument" in streams, streams.get("workbook") or streams.get("book")
    told = "doc" if word and not book else "xls" if book and not word else "OLE2"
    if told != kind:
        raise Unfit(GateCode.KIND_MISMATCH, extension=kind, content=told)
    yield from check_storages(compound, policy, depth, inner, root=False)
    if book:
        yield from check_workbook(compound.read(book))
    else:
        yield from _check_word(compound, streams)


def _check_word(compound: Compound, streams: dict[str, str]) -> Iterator[GateFinding]:
    main = compound.read(streams["worddocument"])
    if len(main) < 32 or int.from_bytes(main[:2], "little") not in _WORD_MARKS:
        raise damaged("doc", "header")
    flags = int.from_bytes(main[10:12], "little")
    if flags & _ENCRYPTED:
        raise Unfit(GateCode.ENCRYPTED, "WordDocument")
    name = streams.get("1table" if flags & _SECOND_TABLE else "0table")
    table = compound.read(name) if name else b""
    if main[:2] == b"\xec\xa5" and not table:
        raise damaged("doc", "no table")
    template = _template(main, table)
    if template and is_remote(template):
        yield found(GateCode.REMOTE_CONTENT, "template", target=template)
    yield from _check_fields(main)
    yield from _check_fonts(table)


def _template(main: bytes, table: bytes) -> str:
    """The template that a document is attached to: the second of its associated strings."""
    place = main[_TEMPLATE_PLACE : _TEMPLATE_PLACE + 8]
    if main[:2] != b"\xec\xa5" or len(place) < 8:
        return ""
    at, size = struct.unpack("<II", place)
    strings = table[at : at + size]
    names: list[str] = []
    if not strings.startswith(b"\xff\xff"):
        return ""
    at = 6
    while at + 2 <= len(strings) and len(names) < 2:
        length = 2 * int.from_bytes(strings[at : at + 2], "little")
        names.append(strings[at + 2 : at + 2 + length].decode("utf-16-le", errors="replace"))
        at += 2 + length
    return names[1] if len(names) > 1 else ""


def _check_fields(main: bytes) -> Iterator[GateFinding]:
    """Field codes between their marks, in one byte a letter and in two."""
    for text in (main, main[::2], main[1::2]):
        for field in _FIELD.finditer(text):
            yield from check_field(field.group(1).decode(), field.group(2).decode("latin-1"))


def check_field(name: str, rest: str) -> Iterator[GateFinding]:
    """A field of a text document: what it calls or fetches. Backslashes are doubled in fields."""
    word = name.upper()
    targets = [quoted or bare for quoted, bare in _ARGUMENTS.findall(rest.replace("\\\\", "\\"))]
    if word in ("DDE", "DDEAUTO"):
        yield found(GateCode.DDE_LINK, word)
    elif word in _FETCHING:
        told = (check_fetched(word, target) for target in targets if not target.startswith("\\*"))
        yield from (finding for finding in told if finding is not None)
    elif word == "HYPERLINK" and targets and (finding := check_clicked(word, targets[0])):
        yield finding


def _check_fonts(table: bytes) -> Iterator[GateFinding]:
    text = table[::2] + b"\0" + table[1::2]
    for name in re.findall(rb"\.Vn[A-Z]\w{2,20}|VNI-\w{2,20}", text):
        if is_legacy_font(name.decode()):
            yield found(GateCode.LEGACY_FONT, font=name.decode())
            return


def check_workbook(stream: bytes) -> Iterator[GateFinding]:
    """The records of a workbook: whole to the end, no password, no macro sheet, no call outside."""
    at, first = 0, int.from_bytes(stream[:2], "little")
    if first != _BOF and first not in _OLDER_BOF:
        raise damaged("xls", "header")
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        if kind == 0 and not length and not stream[at:].strip(b"\0"):
            return
        if len(body) != length:
            raise damaged("xls", "cut short")
        yield from _check_record(kind, body)
        at += 4 + length


def _check_record(kind: int, body: bytes) -> Iterator[GateFinding]:
    if kind == _FILEPASS:
        raise Unfit(GateCode.ENCRYPTED, "FILEPASS")
    if kind == _BOUNDSHEET and len(body) > 5 and (macro := _MACRO_SHEETS.get(body[5] & 0x0F)):
        yield found(GateCode.MACRO, macro)
    elif kind == _SUPBOOK and len(body) > 4 and body[2:4] not in (b"\x01\x04", b"\x01\x3a"):
        yield from _check_supbook(body)
    elif kind == _FONT and len(body) > 16:
        name = body[16:].replace(b"\0", b"").decode("latin-1")
        if is_legacy_font(name):
            yield found(GateCode.LEGACY_FONT, font=name)


def _check_supbook(body: bytes) -> Iterator[GateFinding]:
    """Another book that cells refer to, or a program they call (DDE has two names and no sheet)."""
    sheets = int.from_bytes(body[:2], "little")
    text = body[5:].decode("utf-16-le" if body[4:5] == b"\x01" else "latin-1", errors="replace")
    if "\x03" in text and text[0] > "\x03" and not sheets:
        yield found(GateCode.DDE_LINK, text.replace("\x03", "|"))
    else:
        yield found(GateCode.LINKED_FILE, "SUPBOOK", target=text[:80])
