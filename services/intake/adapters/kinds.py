"""Which kind of file a name promises and which one the content is (R4.4a)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.findings import found
from services.intake.adapters.policy import GatePolicy

CONTENTS: Final[dict[str, str]] = {
    "txt": "text",
    "csv": "text",
    "rtf": "rtf",
    "doc": "ole",
    "xls": "ole",
    "docx": "zip",
    "xlsx": "zip",
    "odt": "zip",
    "ods": "zip",
    "pdf": "pdf",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "png": "png",
    "gif": "gif",
    "tif": "tiff",
    "tiff": "tiff",
}
_STARTS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
)
_PROGRAMS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x7fELF", "ELF"),
    (b"\xfe\xed\xfa\xce", "Mach-O"),
    (b"\xfe\xed\xfa\xcf", "Mach-O"),
    (b"\xce\xfa\xed\xfe", "Mach-O"),
    (b"\xcf\xfa\xed\xfe", "Mach-O"),
    (b"\xca\xfe\xba\xbe", "Java class"),
    (b"dex\n03", "Android dex"),
    (b"\x00asm", "WebAssembly"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "Windows shortcut"),
    (b"ITSF\x03\x00", "Windows help"),
    (b"#!", "script"),
    (b"@echo off", "script"),
    (b"<?php", "script"),
    (b"<script", "script"),
    (b"<job", "script"),
)
_ARCHIVES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08", "zip"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh91AY&SY", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"MSCF\x00\x00\x00\x00", "cab"),
    (b"xar!\x00", "xar"),
    (b"\x60\xea", "arj"),
)
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|svg|iframe|\?xml|\w+:\w+\s+xmlns)", re.I)
_IN_PICTURES = re.compile(rb"<(?:\?php|script|html|iframe|!doctype html)[\s>]", re.IGNORECASE)
_END_OF_ARCHIVE = b"PK\x05\x06"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def content_of(content: bytes) -> str:
    """The kind a content begins as; `text` when it begins as nothing else and has no NUL."""
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    head = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if (kind := program_in(content)) or (kind := archive_in(content)):
        return kind
    if head.startswith(b"<") and _MARKUP.match(head):
        return "HTML/XML"
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "text" if wide or b"\0" not in head else "binary"


def program_in(content: bytes) -> str:
    """The kind of program a content begins as; empty when it is none."""
    if content.startswith(b"MZ") and (b"PE\0\0" in content[:1024] or b"\0" in content[:64]):
        return "Windows program"
    head = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((kind for start, kind in _PROGRAMS if _begins(content, head, start)), "")


def _begins(content: bytes, head: bytes, start: bytes) -> bool:
    return content.startswith(start) or (start[:1] in b"<@#" and head.startswith(start))


def archive_in(content: bytes) -> str:
    """The kind of archive a content begins as; empty when it is none."""
    kind = next((kind for start, kind in _ARCHIVES if content.startswith(start)), "")
    if not kind and content[257:262] == b"ustar":
        return "tar"
    if not kind and (content[32769:32774] == b"CD001" or content[2:5] == b"-lh"):
        return "iso/lzh"
    return kind


def check_kind(name_kind: str, content: bytes, policy: GatePolicy) -> Iterator[GateFinding]:
    """Whether the content is what the name promises, and nothing else besides."""
    if name_kind in policy.graphics:
        starts = [bytes.fromhex(start) for start in policy.graphics[name_kind]]
        if not any(content.startswith(start) for start in starts):
            yield _mismatch(name_kind, content_of(content))
        yield from _second_kind(name_kind, content)
        return
    if name_kind not in CONTENTS:
        allowed = " ".join([*CONTENTS, *policy.graphics])
        yield found(GateCode.KIND_NOT_ALLOWED, extension=name_kind or "?", allowed=allowed)
    kind = content_of(content)
    if kind == "ole" and CONTENTS.get(name_kind) == "zip" and _LOCKED in content:
        yield found(GateCode.ENCRYPTED, "EncryptedPackage")
    elif kind != CONTENTS.get(name_kind, kind):
        yield _mismatch(name_kind, kind)
    if program := program_in(content):
        yield found(GateCode.EXECUTABLE, content=program)
    yield from _second_kind(kind, content)


def _mismatch(name_kind: str, kind: str) -> GateFinding:
    return found(GateCode.KIND_MISMATCH, extension=name_kind, content=kind)


def _second_kind(kind: str, content: bytes) -> Iterator[GateFinding]:
    """Another file in the same bytes, for a reader that begins elsewhere."""
    padding = b"" if kind == "ole" else b"\0\r\n "
    if kind != "zip" and _ends_as_archive(content, padding):
        yield found(GateCode.POLYGLOT, content="zip")
    if kind not in ("pdf", "text", "rtf") and b"%PDF-" in content[:1024]:
        yield found(GateCode.POLYGLOT, content="pdf")
    if kind in ("jpeg", "png", "gif", "tiff") and (hidden := _IN_PICTURES.search(content)):
        yield found(GateCode.POLYGLOT, content=hidden.group().decode().strip("<?!> \r\n\t").lower())


def _ends_as_archive(content: bytes, padding: bytes) -> bool:
    """Whether an archive's directory ends where the file does, but for a comment and padding."""
    first = max(0, len(content) - 65_557)
    at = content.rfind(_END_OF_ARCHIVE, first)
    while at >= 0:
        size, _, comment = struct.unpack("<IIH", content[at + 12 : at + 22].ljust(10, b"\xff"))
        begins = at >= size and content[at - size : at + 4].startswith(
            (b"PK\x01\x02", b"PK\x05\x06")
        )
        if begins and not content[at + 22 + comment :].strip(padding):
            return True
        at = content.rfind(_END_OF_ARCHIVE, first, at)
    return False
