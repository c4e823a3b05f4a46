"""What bytes are, by their own signs (nhận dạng nội dung): declared types cannot be believed."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

UNKNOWN = "application/octet-stream"
ZIP = "application/zip"
PDF = "application/pdf"
UNREADABLE = (BadZipFile, NotImplementedError, EOFError, RuntimeError, ValueError, zlib.error)
"""What the library says of a zip it cannot read: broken, locked, packed in an unknown way."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MOST_ENTRIES = 10_000

_MAGIC = (
    (b"{\\rtf", "application/rtf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-elf"),
    (b"#!", "text/x-script"),
)
_COMPOUND = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
_PACKAGED = (
    ("word/", f"{_OFFICE}.wordprocessingml.document"),
    ("xl/", f"{_OFFICE}.spreadsheetml.sheet"),
    ("ppt/", f"{_OFFICE}.presentationml.presentation"),
)
BY_EXTENSION = {
    "pdf": {PDF},
    "doc": {"application/msword", "application/rtf", "application/x-ole-storage"},
    "xls": {"application/vnd.ms-excel", "application/x-ole-storage"},
    "ppt": {"application/vnd.ms-powerpoint", "application/x-ole-storage"},
    "rtf": {"application/rtf"},
    "docx": {f"{_OFFICE}.wordprocessingml.document"},
    "xlsx": {f"{_OFFICE}.spreadsheetml.sheet"},
    "pptx": {f"{_OFFICE}.presentationml.presentation"},
    "odt": {"application/vnd.oasis.opendocument.text"},
    "ods": {"application/vnd.oasis.opendocument.spreadsheet"},
    "odp": {"application/vnd.oasis.opendocument.presentation"},
    "png": {"image/png"},
    "jpg": {"image/jpeg"},
    "jpeg": {"image/jpeg"},
    "gif": {"image/gif"},
    "tif": {"image/tiff"},
    "tiff": {"image/tiff"},
    "zip": {ZIP},
    "rar": {"application/vnd.rar"},
    "7z": {"application/x-7z-compressed"},
}
"""What a file of this extension must be by its bytes; of other extensions nothing is known."""


def extension(name: str) -> str:
    """The letters after the last point, in small letters."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def media_type(content: bytes) -> str:
    """The media type of bytes by their signs alone; `application/octet-stream` without any."""
    if is_zip(content):
        return _zip_type(content)
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(_OLE):
        return _compound_type(content)
    for magic, told in _MAGIC:
        if content.startswith(magic):
            return told
    return _text_type(content)


def is_zip(content: bytes) -> bool:
    """Whether bytes begin as a zip, an empty one too."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_crowded(content: bytes) -> bool:
    """Whether a zip lists more entries than anybody packs, so many that it is not opened."""
    return content.count(b"PK\x01\x02") > _MOST_ENTRIES


def opened_zip(content: bytes) -> ZipFile | None:
    """The zip, its directory read; nothing when it is broken or crowded."""
    if is_crowded(content):
        return None
    try:
        return ZipFile(BytesIO(content))
    except UNREADABLE:
        return None


def _zip_type(content: bytes) -> str:
    if (archive := opened_zip(content)) is None:
        return ZIP
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        found = (t for prefix, t in _PACKAGED if any(n.startswith(prefix) for n in names))
        return next(found, f"{_OFFICE}.package")
    if "mimetype" in names:
        told = _first_bytes(archive, "mimetype").decode("ascii", "replace").strip()
        return told if re.fullmatch(r"application/[\w.+-]+", told, re.ASCII) else ZIP
    return ZIP


def _first_bytes(archive: ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as entry:
            return entry.read(100)
    except UNREADABLE:
        return b""


def _compound_type(content: bytes) -> str:
    for stream, told in _COMPOUND:
        if stream.encode("utf-16-le") + b"\0\0" in content:
            return told
    return "application/x-ole-storage"


def _text_type(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return UNKNOWN
    if not text or re.search(r"[\x00-\x08\x0e-\x1f]", text):
        return UNKNOWN
    head = text.lstrip()[:200].lower()
    if head.startswith(("<!doctype html", "<html")):
        return "text/html"
    return "text/xml" if head.startswith("<?xml") else "text/plain"
