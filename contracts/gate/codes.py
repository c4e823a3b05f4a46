"""The codes of the gate (mã kết quả kiểm tra): stable words, each with its two sentences.

A code that stands for a refusal names the reason the sender is told (`refused_as`); one that stands
for none is a warning to the clerk and lets the file in, or parks it.
"""

from __future__ import annotations

from typing import Self

from contracts.gate.sentences import SENTENCES
from contracts.values import Coded, RefusalCode

_BAD_FORMAT = RefusalCode.BAD_FORMAT
_UNREADABLE = RefusalCode.UNREADABLE
_MALWARE = RefusalCode.MALWARE
_SECRET = RefusalCode.SECRET_CONTENT


class GateVerdict(Coded):
    """What becomes of the file (kết luận của cổng)."""

    ADMITTED = "ADMITTED", "Được nhận", "Admitted"
    PARKED = "PARKED", "Tạm giữ", "Parked"
    REFUSED = "REFUSED", "Bị từ chối", "Refused"


class GateCode(Coded):
    """What the gate found. Without `refused_as` it is a warning."""

    refused_as: RefusalCode | None

    def __new__(cls, code: str, refused_as: RefusalCode | None = None) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.vi, member.en = SENTENCES[code]
        member.refused_as = refused_as
        return member

    # Size, number, kind
    EMPTY_FILE = "EMPTY_FILE", _UNREADABLE
    FILE_TOO_LARGE = "FILE_TOO_LARGE", _BAD_FORMAT
    TOO_MANY_FILES = "TOO_MANY_FILES", _BAD_FORMAT
    PACKAGE_TOO_LARGE = "PACKAGE_TOO_LARGE", _BAD_FORMAT
    KIND_NOT_ALLOWED = "KIND_NOT_ALLOWED", _BAD_FORMAT
    KIND_MISMATCH = "KIND_MISMATCH", _BAD_FORMAT
    EXECUTABLE = "EXECUTABLE", _MALWARE
    POLYGLOT = "POLYGLOT", _BAD_FORMAT
    LEADING_BYTES = "LEADING_BYTES", _BAD_FORMAT
    TRAILING_BYTES = "TRAILING_BYTES", _BAD_FORMAT
    ENCRYPTED = "ENCRYPTED", _UNREADABLE
    DAMAGED = "DAMAGED", _UNREADABLE

    # Names
    NAME_NOT_UNICODE = "NAME_NOT_UNICODE", _BAD_FORMAT
    NAME_CONTROLS = "NAME_CONTROLS", _BAD_FORMAT
    NAME_DIRECTION = "NAME_DIRECTION", _BAD_FORMAT
    NAME_INVISIBLE = "NAME_INVISIBLE", _BAD_FORMAT
    NAME_PATH = "NAME_PATH", _BAD_FORMAT
    NAME_RESERVED = "NAME_RESERVED", _BAD_FORMAT
    NAME_TOO_LONG = "NAME_TOO_LONG", _BAD_FORMAT
    NAME_NOT_PLAIN = "NAME_NOT_PLAIN", _BAD_FORMAT
    NAME_LEGACY = "NAME_LEGACY", _BAD_FORMAT
    NAME_COLLISION = "NAME_COLLISION", _BAD_FORMAT
    NAME_LOOKALIKE = "NAME_LOOKALIKE"
    NAME_UNUSUAL = "NAME_UNUSUAL"
    NAME_DECOMPOSED = "NAME_DECOMPOSED"

    # Archives and Office containers
    ARCHIVE_OVERLAP = "ARCHIVE_OVERLAP", _BAD_FORMAT
    ARCHIVE_BOMB = "ARCHIVE_BOMB", _BAD_FORMAT
    ARCHIVE_NESTED = "ARCHIVE_NESTED", _BAD_FORMAT
    ARCHIVE_PATH = "ARCHIVE_PATH", _BAD_FORMAT
    ARCHIVE_LINK = "ARCHIVE_LINK", _BAD_FORMAT
    ARCHIVE_NAMES = "ARCHIVE_NAMES", _BAD_FORMAT
    ARCHIVE_LIES = "ARCHIVE_LIES", _BAD_FORMAT

    # Active and foreign content
    MACRO = "MACRO", _BAD_FORMAT
    ACTIVE_CONTROL = "ACTIVE_CONTROL", _BAD_FORMAT
    EMBEDDED_OBJECT = "EMBEDDED_OBJECT", _BAD_FORMAT
    EMBEDDED_FILE = "EMBEDDED_FILE", _BAD_FORMAT
    REMOTE_CONTENT = "REMOTE_CONTENT", _BAD_FORMAT
    DANGEROUS_LINK = "DANGEROUS_LINK", _BAD_FORMAT
    DDE_LINK = "DDE_LINK", _BAD_FORMAT
    SCRIPT = "SCRIPT", _BAD_FORMAT
    LAUNCH = "LAUNCH", _BAD_FORMAT
    XFA_FORM = "XFA_FORM", _BAD_FORMAT
    MEDIA = "MEDIA", _BAD_FORMAT

    # Markup, PDF, pictures, text
    XML_DTD = "XML_DTD", _BAD_FORMAT
    XML_INCLUDE = "XML_INCLUDE", _BAD_FORMAT
    XML_BOMB = "XML_BOMB", _BAD_FORMAT
    PDF_BOMB = "PDF_BOMB", _BAD_FORMAT
    PDF_PAGES = "PDF_PAGES", _BAD_FORMAT
    IMAGE_BOMB = "IMAGE_BOMB", _BAD_FORMAT
    TEXT_NOT_UNICODE = "TEXT_NOT_UNICODE", _BAD_FORMAT
    TEXT_CONTROLS = "TEXT_CONTROLS", _BAD_FORMAT
    TEXT_TOO_WIDE = "TEXT_TOO_WIDE", _BAD_FORMAT
    LEGACY_TEXT = "LEGACY_TEXT"
    LEGACY_FONT = "LEGACY_FONT"
    TEXT_DIRECTION = "TEXT_DIRECTION"
    FORMULA = "FORMULA"
    LINKED_FILE = "LINKED_FILE"
    OBJECT_KEPT = "OBJECT_KEPT"
    OLD_PDF = "OLD_PDF"
    PICTURE_PLACE = "PICTURE_PLACE"

    # Secrecy, malware, the gate itself
    SECRET_MARK = "SECRET_MARK", _SECRET
    MALWARE = "MALWARE", _MALWARE
    SCANNER_AWAY = "SCANNER_AWAY"
    TOO_COSTLY = "TOO_COSTLY", _UNREADABLE
    CHECK_CRASHED = "CHECK_CRASHED", _UNREADABLE
