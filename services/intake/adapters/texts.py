"""Plain text and tables of text (txt, csv): Unicode alone, nothing hidden in it (R4.2)."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.findings import Unfit, found, spelt
from services.intake.adapters.letters import DIRECTIONS, legacy_encoding
from services.intake.adapters.policy import GatePolicy
from services.intake.adapters.secrecy import secret_mark

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_DIRECTIONS = re.compile(f"[{''.join(sorted(DIRECTIONS))}]")
_FORMULA_STARTS: Final = frozenset("=+-@\t\r")
_NUMBER = re.compile(r"^[+-][\d\s.,()%-]*$")
_SHIFTED = re.compile(rb"\+([A-Za-z0-9+/]{3,})-")
_DRESSED = re.compile("[<>\"'\u00c0-\u024f\u1ea0-\u1ef9]")
SAMPLE = 200_000


def check_text(kind: str, content: bytes, policy: GatePolicy) -> Iterator[GateFinding]:
    """Everything a text may be refused or told for; `kind` is `txt` or `csv`."""
    text = decoded(content)
    controls = _CONTROLS.findall(text.removesuffix("\x1a")) or re.findall("^\ufeff", text)
    if controls:
        yield found(GateCode.TEXT_CONTROLS, characters=spelt(controls[:8]))
    if _in_utf7(content):
        yield found(GateCode.TEXT_NOT_UNICODE, encoding="UTF-7")
    if mark := secret_mark(text[:SAMPLE].splitlines()):
        yield found(GateCode.SECRET_MARK, mark)
    if turning := _DIRECTIONS.findall(text):
        yield found(GateCode.TEXT_DIRECTION, characters=spelt(turning[:8]))
    if encoding := legacy_encoding(text[:SAMPLE]):
        yield found(GateCode.LEGACY_TEXT, encoding=encoding)
    if kind == "csv":
        yield from _check_table(text, policy)


def decoded(content: bytes) -> str:
    """The text of UTF-8, or of UTF-16 that says so; refuses every other encoding."""
    encoding = next((told for mark, told in _MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding) if encoding else _refuse("UTF-32")
    except UnicodeDecodeError:
        return _refuse(_guessed(content))


def _refuse(encoding: str) -> str:
    raise Unfit(GateCode.TEXT_NOT_UNICODE, encoding=encoding)


def _guessed(content: bytes) -> str:
    """What a text that is not Unicode looks like: only for the sentence that refuses it."""
    if b"\0" in content[:4096]:
        return "UTF-16"
    western = content[:SAMPLE].decode("cp1252", errors="replace")
    return legacy_encoding(western, least=2) or "Windows-1252/1258"


def _in_utf7(content: bytes) -> bool:
    """Whether ASCII text hides markup or Vietnamese letters in UTF-7."""
    if not content.isascii():
        return False
    hidden = []
    for shifted in _SHIFTED.finditer(content):
        try:
            hidden.append(shifted.group().decode("utf-7"))
        except UnicodeDecodeError:
            return False
    return bool(hidden) and all(_DRESSED.search(part) for part in hidden)


def _check_table(text: str, policy: GatePolicy) -> Iterator[GateFinding]:
    lines = text.splitlines()
    separator = max(",;\t|", key=(lines[0] if lines else "").count)
    formula = widest = 0
    with suppress(csv.Error):
        for row, cells in enumerate(csv.reader(lines, delimiter=separator), 1):
            widest = max(widest, len(cells))
            formula = formula or row * any(map(_is_formula, cells))
    if widest > policy.columns:
        yield found(GateCode.TEXT_TOO_WIDE, columns=widest, limit=policy.columns)
    if formula:
        yield found(GateCode.FORMULA, row=formula)


def _is_formula(cell: str) -> bool:
    """Whether a spreadsheet would compute the cell; a number or a telephone is none."""
    return cell[:1] in _FORMULA_STARTS and not _NUMBER.match(cell)
