"""Containers that lie: bombs, paths, names, encryption, two readings of the same bytes."""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.intake.gate_corpus.case import Case
from tests.intake.gate_corpus.office import docx_parts, entries, odf_parts, packed, xlsx_parts
from tests.intake.gate_corpus.payloads import MIB, PROGRAM
from tests.intake.gate_corpus.zips import (
    STORED,
    Entry,
    archive,
    central_header,
    deflated,
    end_record,
    local_header,
)

LIE = "ARCHIVE_LIES"


def cases() -> Iterator[Case]:
    """Every hostile container."""
    for title, code, content in (
        *_bombs(),
        *_nested(),
        *_names(),
        *_lies(),
        *_more_lies(),
        *_edges(),
    ):
        yield Case("bad archive", title, f"{title}.docx", content, code)
    yield from _strangers()


def _good(**changed: Any) -> list[Entry]:
    """The entries of a good docx, the third one changed."""
    made = entries(docx_parts())
    made[2] = replace(made[2], **changed)
    return made


def _bombs() -> Iterator[tuple[str, str, bytes]]:
    zeros = b" " * (12 * MIB)
    yield "ratio bomb", "ARCHIVE_BOMB", packed({**docx_parts(), "word/media/image1.bmp": zeros})
    body = docx_parts()["word/document.xml"].replace(b"<w:body>", b"<w:body>" + zeros)
    yield (
        "bomb of blanks in the text",
        "ARCHIVE_BOMB",
        packed({**docx_parts(), "word/document.xml": body}),
    )
    piece, count = deflated(zeros[: 3 * MIB]), 12
    many = [Entry(f"word/media/i{n}.bin", zeros[: 3 * MIB], raw=piece) for n in range(count)]
    yield "bomb of many small ones", "ARCHIVE_BOMB", archive([*entries(docx_parts()), *many])
    yield (
        "too many entries",
        "ARCHIVE_BOMB",
        archive([*entries(docx_parts()), *(Entry(f"a/{n}", method=STORED) for n in range(10_050))]),
    )
    yield "overlapping entries", "ARCHIVE_OVERLAP", _overlapping()
    yield "quoted overlap", "ARCHIVE_OVERLAP", _quoted()
    inner = packed(docx_parts())
    for _ in range(3):
        inner = packed({**docx_parts(), "word/embeddings/a.docx": inner})
    yield "documents in documents", "ARCHIVE_NESTED", inner
    plain = archive([Entry("a.txt", b"x" * 100)])
    yield "archive inside", "ARCHIVE_NESTED", packed({**docx_parts(), "word/media/a.zip": plain})
    yield (
        "archive inside, renamed",
        "ARCHIVE_NESTED",
        packed({**docx_parts(), "word/media/a.png": plain}),
    )
    yield (
        "rar inside",
        "ARCHIVE_NESTED",
        packed({**docx_parts(), "word/a.bin": b"Rar!\x1a\x07\1\0" + bytes(50)}),
    )


def _nested() -> Iterator[tuple[str, str, bytes]]:
    yield (
        "gzip inside",
        "ARCHIVE_NESTED",
        packed({**docx_parts(), "word/a.bin": b"\x1f\x8b\x08" + bytes(50)}),
    )
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    drawing = packer.compress(bytes(80 * MIB)) + packer.flush()
    yield (
        "bomb in a drawing",
        "ARCHIVE_BOMB",
        packed({**docx_parts(), "word/media/image1.emz": drawing}),
    )


def _overlapping() -> bytes:
    """Many lines of the directory that share one entry's bytes."""
    kernel = b" " * MIB
    packed_kernel = deflated(kernel)
    body = packed(docx_parts())
    good = entries(docx_parts())
    start = body.index(b"PK\1\2")
    shared = Entry("word/a0.xml", kernel)
    at = start
    body = body[:start] + local_header(shared, packed_kernel) + packed_kernel
    directory, offset = b"", 0
    for entry in good:
        data = deflated(entry.data)
        directory += central_header(entry, data, offset)
        offset += len(local_header(entry, data)) + len(data)
    for number in range(400):
        directory += central_header(Entry(f"word/a{number}.xml", kernel), packed_kernel, at)
    return body + directory + end_record(len(good) + 400, len(directory), len(body))


def _quoted() -> bytes:
    """An entry whose stored bytes are the header and bytes of the next one."""
    inner = Entry("word/b.xml", b"<a/>")
    inside = local_header(inner, deflated(inner.data)) + deflated(inner.data)
    outer = Entry("word/a.xml", inside, method=STORED)
    good = entries(docx_parts())
    body, directory = b"", b""
    for entry in (*good, outer):
        data = entry.data if entry.method == STORED else deflated(entry.data)
        directory += central_header(entry, data, len(body))
        body += local_header(entry, data) + data
    directory += central_header(inner, deflated(inner.data), len(body) - len(inside))
    return body + directory + end_record(len(good) + 2, len(directory), len(body))


def _names() -> Iterator[tuple[str, str, bytes]]:
    paths = {
        "path upwards": "../../etc/cron.d/x",
        "path upwards inside": "word/../../x.xml",
        "absolute path": "/etc/passwd",
        "drive letter": "C:/Windows/x.dll",
        "backslashes": "word\\..\\..\\x.xml",
        "share": "\\\\host\\share\\x",
        "nothing in the name": "word/a\0.exe",
    }
    for title, name in paths.items():
        yield title, "ARCHIVE_PATH", archive([*entries(docx_parts()), Entry(name, b"x")])
    link = Entry("word/link", b"/etc/passwd", attributes=0o120777 << 16, system=3)
    yield "symbolic link", "ARCHIVE_LINK", archive([*entries(docx_parts()), link])
    device = Entry("word/device", b"", attributes=0o020666 << 16, system=3)
    yield "device", "ARCHIVE_LINK", archive([*entries(docx_parts()), device])
    for title, name in {
        "the same name twice": "word/document.xml",
        "the same name in capitals": "Word/Document.XML",
        "the same name with a dot": "word/document.xml.",
    }.items():
        yield title, "ARCHIVE_NAMES", archive([*entries(docx_parts()), Entry(name, b"<a/>")])
    composed = "word/media/ảnh.png"
    both = [Entry(composed, b"x"), Entry(unicodedata.normalize("NFD", composed), b"y")]
    yield "one name in two forms", "ARCHIVE_NAMES", archive([*entries(docx_parts()), *both])


def _lies() -> Iterator[tuple[str, str, bytes]]:
    yield "another name before the bytes", LIE, archive(_good(local={"name": b"word/xxxxxxxx.xml"}))
    yield "another method before the bytes", LIE, archive(_good(local={"method": 0}))
    yield "another size before the bytes", LIE, archive(_good(local={"size": 5}))
    yield "another checksum before the bytes", LIE, archive(_good(local={"crc": 5}))
    yield "wrong checksum", LIE, archive(_good(local={"crc": 5}, central={"crc": 5}))
    yield "smaller than it is", LIE, archive(_good(local={"size": 9}, central={"size": 9}))
    yield "larger than it is", LIE, archive(_good(local={"size": 9999}, central={"size": 9999}))
    yield (
        "more packed bytes than used",
        LIE,
        archive(_good(raw=deflated(docx_parts()["word/document.xml"]) + b"hidden bytes")),
    )
    yield "packed bytes damaged", LIE, archive(_good(raw=b"\xff" * 300))
    yield "unknown method", LIE, archive(_good(method=12, raw=b"BZh91AY&SY" + bytes(30)))
    yield (
        "another name for Unicode",
        LIE,
        archive(_good(extra=struct.pack("<HHBI", 0x7075, 9, 1, 0) + b"evil")),
    )
    yield (
        "folder with bytes",
        LIE,
        archive([*entries(docx_parts()), Entry("word/folder/", b"hidden")]),
    )
    yield (
        "hidden bytes between",
        LIE,
        archive([*entries(docx_parts()), Entry("word/z.xml", b"<a/>", before=b"hidden bytes")]),
    )
    yield "hidden bytes before the directory", LIE, _before_directory()
    yield "several disks", LIE, archive(entries(docx_parts()), disk=1)
    yield "fewer entries than told", LIE, archive(entries(docx_parts()), here=3)
    yield "false 64-bit record", LIE, _false_zip64()


def _more_lies() -> Iterator[tuple[str, str, bytes]]:
    yield (
        "second end in the comment",
        "LEADING_BYTES",
        archive(entries(docx_parts()), comment=end_record(0, 0, 0)),
    )
    yield "encrypted entry", "ENCRYPTED", archive(_good(flags=1))
    yield "strongly encrypted entry", "ENCRYPTED", archive(_good(flags=0x41))
    yield "encrypted before the bytes only", "ENCRYPTED", archive(_good(local={"flags": 1}))


def _before_directory() -> bytes:
    content = packed(docx_parts())
    at, hidden = content.index(b"PK\1\2"), b"hidden bytes"
    end = bytearray(content[content.rindex(b"PK\5\6") :])
    struct.pack_into("<I", end, 16, at + len(hidden))
    return content[:at] + hidden + content[at : content.rindex(b"PK\5\6")] + bytes(end)


def _false_zip64() -> bytes:
    content = packed(docx_parts())
    at = content.rindex(b"PK\5\6")
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 10, 20)
    return content[:at] + record + struct.pack("<4sIQI", b"PK\6\7", 0, at, 1) + content[at:]


def _edges() -> Iterator[tuple[str, str, bytes]]:
    whole = packed(docx_parts())
    yield "bytes before", "LEADING_BYTES", b"PK\3\4" + b"hidden bytes" + whole
    yield (
        "bytes before, offsets right",
        "POLYGLOT",
        archive(
            [replace(e, before=b"hidden!!" * (not n)) for n, e in enumerate(entries(docx_parts()))]
        ),
    )
    yield "bytes after", "TRAILING_BYTES", whole + b"<?php system($_GET[1]);"
    yield "cut in half", "DAMAGED", whole[: len(whole) // 2]
    yield "cut at the end", "DAMAGED", whole[:-30]


def _strangers() -> Iterator[Case]:
    """Archives that are no documents, under the names of documents."""
    plain = archive([Entry("a.txt", b"x"), Entry("b.txt", b"y")])
    jar = archive(
        [Entry("META-INF/MANIFEST.MF", b"Main-Class: A"), Entry("A.class", b"\xca\xfe\xba\xbe")]
    )
    yield Case("bad archive", "bare archive as docx", "a.docx", plain, "DAMAGED")
    yield Case("bad archive", "Java archive as xlsx", "a.xlsx", jar, "DAMAGED")
    yield Case("bad archive", "bare archive", "a.zip", plain, "KIND_NOT_ALLOWED")
    yield Case("bad archive", "empty archive as docx", "e.docx", end_record(0, 0, 0), "DAMAGED")
    for end, parts in (
        ("xlsx", xlsx_parts()),
        ("odt", odf_parts()),
        ("ods", odf_parts("spreadsheet")),
    ):
        slip = [*entries(parts), Entry("../x", b"x")]
        yield Case(
            "bad archive", f"path upwards in {end}", f"a.{end}", archive(slip), "ARCHIVE_PATH"
        )
        bomb = {**parts, "media/b.bin": b" " * (8 * MIB)}
        yield Case("bad archive", f"bomb in {end}", f"b.{end}", packed(bomb), "ARCHIVE_BOMB")
        program = {**parts, "media/run.bin": PROGRAM}
        yield Case("bad archive", f"program in {end}", f"p.{end}", packed(program), "EXECUTABLE")
    yield Case(
        "bad archive",
        "program by name",
        "n.docx",
        packed({**docx_parts(), "word/media/a.ps1": b"ls"}),
        "EXECUTABLE",
    )
    yield Case(
        "bad archive",
        "program as a picture",
        "m.docx",
        packed({**docx_parts(), "word/media/a.png": PROGRAM}),
        "EXECUTABLE",
    )
