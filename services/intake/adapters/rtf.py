"""Rich Text (rtf): read control word by control word, so that no way of writing one hides it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.findings import Unfit, damaged, found
from services.intake.adapters.letters import is_legacy_font
from services.intake.adapters.links import check_fetched
from services.intake.adapters.older_office import check_field
from services.intake.adapters.policy import GatePolicy

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}]+)", re.DOTALL
)
_OBJECTS: Final = frozenset(
    (b"object", b"objdata", b"objemb", b"objocx", b"objlink", b"objautlink", b"objupdate",
     b"objhtml", b"objsub", b"objpub", b"objicemb")
)  # fmt: skip
_TAKEN: Final = frozenset(
    (b"template", b"fldinst", b"fonttbl", b"htmlbase", b"nextfile", b"private1")
)
_DEPTH = 500
_LONGEST = 8192


def check_rtf(content: bytes, policy: GatePolicy) -> Iterator[GateFinding]:
    """Everything an rtf may be refused or told for."""
    reader = _Reader(content)
    reader.read()
    yield from reader.findings


class _Reader:
    """Walks the groups of one file; keeps the text of the few destinations that matter."""

    def __init__(self, content: bytes) -> None:
        self.findings: list[GateFinding] = []
        self._content = content
        self._open: list[bytes] = []
        self._kept: dict[int, list[bytes]] = {}
        self._fonts: set[str] = set()

    def read(self) -> None:
        """To the brace that closes the first one; nothing but padding may follow."""
        at, length = 0, len(self._content)
        while at < length:
            token = _TOKEN.match(self._content, at)
            if token is None:
                raise damaged("RTF", "cut short")
            at = token.end()
            word, number, code, symbol, brace, text = token.groups()
            if brace:
                self._brace(brace)
                if not self._open:
                    self._nothing_more(at)
                    return
            elif word:
                at += self._word(word, int(number or 0))
            else:
                self._text(bytes([int(code, 16)]) if code else symbol or text)
        raise damaged("RTF", "cut short")

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            self._open.append(self._open[-1] if self._open else b"")
            if len(self._open) > _DEPTH:
                raise Unfit(GateCode.XML_BOMB, "RTF")
            return
        depth = len(self._open)
        self._open.pop()
        if kept := self._kept.pop(depth, None):
            self._destination(kept[0], b"".join(kept[1:])[:_LONGEST])

    def _word(self, word: bytes, number: int) -> int:
        """Take in a control word; answers how many raw bytes follow it."""
        if word in _OBJECTS:
            self.findings.append(found(GateCode.EMBEDDED_OBJECT, word.decode()))
        elif word in _TAKEN and self._open:
            self._kept[len(self._open)] = [word]
        elif word == b"bin":
            return max(0, number)
        return 0

    def _text(self, text: bytes) -> None:
        for kept in self._kept.values():
            if len(kept) < _LONGEST:
                kept.append(text[:_LONGEST])

    def _nothing_more(self, at: int) -> None:
        rest = self._content[at:].strip(b"\0\r\n\t \x1a")
        if rest:
            raise Unfit(GateCode.TRAILING_BYTES, bytes=len(rest))

    def _destination(self, word: bytes, text: bytes) -> None:
        plain = text.decode("latin-1").strip()
        if word == b"fldinst" and (
            field := re.match(r"\s*([A-Za-z]{2,20})\b(.*)", plain, re.DOTALL)
        ):
            self.findings += check_field(field.group(1), field.group(2))
        elif word == b"fonttbl":
            for font in re.split(r"[;{}]", plain):
                if is_legacy_font(font) and font not in self._fonts:
                    self._fonts.add(font)
                    self.findings.append(found(GateCode.LEGACY_FONT, font=font))
        elif word in (b"template", b"htmlbase", b"nextfile"):
            finding = check_fetched(word.decode(), plain)
            if finding and finding.code is GateCode.REMOTE_CONTENT:
                self.findings.append(finding)
