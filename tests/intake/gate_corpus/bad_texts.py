"""Texts of other encodings, files that are not what they are called, hostile names."""

from __future__ import annotations

from collections.abc import Iterator

from tests.intake.gate_corpus import compound, images, pdf
from tests.intake.gate_corpus.case import Case
from tests.intake.gate_corpus.compound import word_streams
from tests.intake.gate_corpus.office import (
    docx_parts,
    packed,
)
from tests.intake.gate_corpus.payloads import (
    HOST,
    PROGRAM,
    TEXT,
)


def cases(host: str = HOST) -> Iterator[Case]:
    """Every one."""
    yield from _texts()
    yield from _kinds()
    yield from _other_kinds()
    yield from _names()


def _texts() -> Iterator[Case]:
    tcvn3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do".encode("cp1252")
    vni = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam".encode("cp1252")
    told = {
        "in TCVN3.txt": ("TEXT_NOT_UNICODE", tcvn3),
        "in VNI.txt": ("TEXT_NOT_UNICODE", vni),
        "half in TCVN3.txt": ("TEXT_NOT_UNICODE", TEXT + b"\n" + tcvn3),
        "in Windows-1258.txt": ("TEXT_NOT_UNICODE", "Cô gái Huế".encode("cp1258", errors="replace") + b"\xea\xec"),
        "in UTF-16 without a mark.txt": ("KIND_MISMATCH", "Việt Nam dân chủ".encode("utf-16-le")),
        "in UTF-32.txt": ("TEXT_NOT_UNICODE", "Việt Nam".encode("utf-32")),
        "in UTF-7.txt": ("TEXT_NOT_UNICODE", "<b>Việt Nam</b>".encode("utf-7").replace(b"<", b"+ADw-")),
        "markup in UTF-7.txt": ("TEXT_NOT_UNICODE", b"+ADw-b+AD4-alert(1)+ADw-/b+AD4-"),
        "overlong.txt": ("TEXT_NOT_UNICODE", b"a\xc0\xafb"),
        "surrogates.txt": ("TEXT_NOT_UNICODE", b"a\xed\xa0\xbd\xed\xb8\x80"),
        "lone surrogate in UTF-16.txt": ("TEXT_NOT_UNICODE", b"\xff\xfea\0\0\xd8b\0"),
        "half a letter.txt": ("TEXT_NOT_UNICODE", "ế".encode()[:2]),
        "two marks.txt": ("TEXT_CONTROLS", b"\xef\xbb\xbf\xef\xbb\xbfabc"),
        "zeros.txt": ("KIND_MISMATCH", b"abc\0\0def"),
        "zeros far down.txt": ("TEXT_CONTROLS", b"a" * 9000 + b"\0\0"),
        "colours of a terminal.txt": ("TEXT_CONTROLS", b"abc \x1b[31m red"),
        "controls of the second kind.txt": ("TEXT_CONTROLS", "a\u009b31m".encode()),
        "no characters.txt": ("TEXT_CONTROLS", "a\uffff".encode()),
        "secret.txt": ("SECRET_MARK", "UBND TỈNH\nTUYỆT MẬT\nKế hoạch\n".encode()),
        "secret by its level.txt": ("SECRET_MARK", "Độ khẩn\nĐỘ MẬT: TỐI MẬT\n".encode("utf-16")),
        "page of the web.txt": ("KIND_MISMATCH", b"\xef\xbb\xbf <!DOCTYPE html><html></html>"),
        "script for a shell.txt": ("EXECUTABLE", b"#!/bin/sh\nrm -rf /\n"),
        "script for a server.txt": ("EXECUTABLE", b"<?php system($_GET[1]);"),
        "script for Windows.txt": ("EXECUTABLE", b"@ECHO OFF\r\ndel *\r\n"),
        "in TCVN3.csv": ("TEXT_NOT_UNICODE", tcvn3),
        "in Windows-1252.csv": ("TEXT_NOT_UNICODE", "a;b\né;è\n".encode("cp1252")),
        "zeros.csv": ("KIND_MISMATCH", b"a,b\0,c"),
        "too wide.csv": ("TEXT_TOO_WIDE", b"," * 20_000),
        "page of the web.csv": ("KIND_MISMATCH", b"<html><table></table></html>"),
        "controls.csv": ("TEXT_CONTROLS", b"a,\x07b"),
    }  # fmt: skip
    for name, (code, content) in told.items():
        yield Case(f"bad {name[-3:]}", name[:-4], name, content, code)


def _kinds() -> Iterator[Case]:
    elf, shortcut = b"\x7fELF\2\1\1" + bytes(60), b"L\0\0\0\1\x14\2\0" + bytes(70)
    ends = (
        "txt",
        "rtf",
        "doc",
        "docx",
        "odt",
        "csv",
        "xls",
        "xlsx",
        "ods",
        "pdf",
        "jpg",
        "png",
        "gif",
        "tif",
    )
    for end in ends:
        yield Case("bad kind", f"Windows program as {end}", f"a.{end}", PROGRAM, "EXECUTABLE")
        yield Case("bad kind", f"nothing as {end}", f"e.{end}", b"", "EMPTY_FILE")
    yield Case("bad kind", "Linux program as pdf", "b.pdf", elf, "EXECUTABLE")
    yield Case("bad kind", "shortcut as doc", "b.doc", shortcut, "EXECUTABLE")
    yield Case("bad kind", "PDF as docx", "b.docx", pdf.simple(), "KIND_MISMATCH")
    yield Case("bad kind", "docx as pdf", "d.pdf", packed(docx_parts()), "KIND_MISMATCH")
    yield Case("bad kind", "PNG as jpg", "b.jpg", images.saved("PNG"), "KIND_MISMATCH")
    yield Case("bad kind", "JPEG as pdf", "j.pdf", images.saved("JPEG"), "KIND_MISMATCH")
    yield Case(
        "bad kind",
        "drawing as png",
        "s.png",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "KIND_MISMATCH",
    )
    yield Case("bad kind", "text as pdf", "t.pdf", TEXT, "KIND_MISMATCH")
    yield Case(
        "bad kind", "picture of Windows as png", "w.png", images.saved("BMP"), "KIND_MISMATCH"
    )
    yield Case(
        "bad kind", "doc as xlsx", "d.xlsx", compound.compound(word_streams()), "KIND_MISMATCH"
    )


def _other_kinds() -> Iterator[Case]:
    for end in (
        "exe",
        "zip",
        "rar",
        "7z",
        "svg",
        "html",
        "docm",
        "xlsm",
        "dotx",
        "js",
        "bmp",
        "webp",
        "eml",
        "pdf.exe",
        "lnk",
        "iso",
    ):
        yield Case("bad kind", f"a {end}", f"x.{end}", TEXT, "KIND_NOT_ALLOWED")
    yield Case("bad kind", "without an ending", "congvan", TEXT, "KIND_NOT_ALLOWED")
    yield Case("bad kind", "a hidden file", ".pdf", pdf.simple(), "KIND_NOT_ALLOWED")
    yield Case("bad kind", "GIF as txt", "z.txt", b"GIF89a=/*" + bytes(20), "KIND_MISMATCH")


def _names() -> Iterator[Case]:
    told = {
        "hoadon\u202efdp.txt": "NAME_DIRECTION",
        "a\u2066b\u2069.txt": "NAME_DIRECTION",
        "a\u200fb.txt": "NAME_DIRECTION",
        "cong\u200bvan.txt": "NAME_INVISIBLE",
        "cong\ufeffvan.txt": "NAME_INVISIBLE",
        "cong\u00advan.txt": "NAME_INVISIBLE",
        "cong\u3164van.txt": "NAME_INVISIBLE",
        "cong\U000e0041van.txt": "NAME_INVISIBLE",
        "cong\nvan.txt": "NAME_CONTROLS",
        "cong\0van.txt": "NAME_CONTROLS",
        "cong\x1b[31m.txt": "NAME_CONTROLS",
        "cong\u0085van.txt": "NAME_CONTROLS",
        "cong\u2028van.txt": "NAME_CONTROLS",
        "../../etc/passwd.txt": "NAME_PATH",
        "..\\..\\a.txt": "NAME_PATH",
        "/etc/a.txt": "NAME_PATH",
        "C:a.txt": "NAME_PATH",
        "a.exe:b.txt": "NAME_PATH",
        "..%2f..%2fa.txt": "NAME_PATH",
        "a%00.txt": "NAME_PATH",
        "CON.txt": "NAME_RESERVED",
        "lpt1.a.txt": "NAME_RESERVED",
        "nul .txt": "NAME_RESERVED",
        "a.txt.": "NAME_RESERVED",
        "a.txt ": "NAME_RESERVED",
        "x" * 252 + ".txt": "NAME_TOO_LONG",
        "ế" * 90 + ".txt": "NAME_TOO_LONG",
        "cong\udcffvan.txt": "NAME_NOT_UNICODE",
        "QuyÕt ®Þnh sè 12.txt": "NAME_LEGACY",
        "Quyeát ñònh vaø coâng vaên Vieät Nam coäng hoøa.txt": "NAME_LEGACY",
    }
    for number, (name, code) in enumerate(told.items(), 1):
        yield Case("bad name", f"{code.lower()} {number}", name, TEXT, code)
