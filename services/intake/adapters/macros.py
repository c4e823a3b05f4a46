"""Whether a Visual Basic project of an old document holds a line of code (macro).

Word and Excel leave an empty project behind in many ordinary files. Only one whose every module can
be read, says nothing but attributes, and keeps no compiled code beside it, passes for empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_SOURCE = b"\0Attribut\0e"
_BLOCK: Final = 4096
_CHUNK: Final = 3
_COMPILED: Final = 1500
_SAYS_NOTHING = re.compile(
    rb"^\s*(?:Attribute VB_.*|Option (?:Explicit|Base \d|Compare \w+)|'.*)?$"
)


def is_empty_module(stream: bytes) -> bool:
    """Whether a module's stream holds neither source nor compiled code."""
    at = stream.find(_SOURCE) - 3
    if not 0 <= at <= _COMPILED or stream[at] != 1:
        return False
    lines = unpacked(stream[at + 1 :]).splitlines()
    return bool(lines) and all(map(_SAYS_NOTHING.match, lines))


def is_empty_project(modules: Mapping[str, bytes]) -> bool:
    """Whether no module of a project, by name, holds code."""
    named = {
        name: stream
        for name, stream in modules.items()
        if not re.match(r"(?i)__srp_\d+$|dir$|_vba_project$", name)
    }
    return bool(named) and all(map(is_empty_module, named.values()))


def unpacked(packed: bytes) -> bytes:
    """The source of a module, unpacked chunk by chunk ([MS-OVBA] 2.4.1)."""
    source, at = b"", 0
    while at + 2 <= len(packed):
        header = int.from_bytes(packed[at : at + 2], "little")
        if header >> 12 & 7 != _CHUNK:
            break
        chunk = packed[at + 2 : at + (header & 0x0FFF) + 3]
        source += _chunk(chunk) if header >> 15 else chunk[:_BLOCK]
        at += (header & 0x0FFF) + 3
    return source


def _chunk(packed: bytes) -> bytes:
    text, at = bytearray(), 0
    while at < len(packed):
        flags, at = packed[at], at + 1
        for bit in range(8):
            if at >= len(packed) or len(text) > _BLOCK:
                break
            if not flags >> bit & 1:
                text.append(packed[at])
                at += 1
                continue
            token, at = int.from_bytes(packed[at : at + 2], "little"), at + 2
            _copy(text, token)
    return bytes(text)


def _copy(text: bytearray, token: int) -> None:
    """Repeat what was unpacked before: how far back and how long shares sixteen bits."""
    bits = max((len(text) - 1).bit_length(), 4)
    back, length = (token >> (16 - bits)) + 1, (token & (0xFFFF >> bits)) + 3
    if back > len(text):
        return
    for _ in range(length):
        text.append(text[-back])
