"""What XML parts of a text or a sheet say: fields, formulas, fonts, the first lines."""

from __future__ import annotations

import re
from typing import Final

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.findings import found
from services.intake.adapters.letters import is_legacy_font
from services.intake.adapters.markup import Attributes
from services.intake.adapters.older_office import check_field
from services.intake.adapters.secrecy import FIRST_LINES, secret_mark

_FIELD = re.compile(r"^\s*([A-Za-z]{2,20})\b(.*)", re.DOTALL)
_STRINGS = re.compile(r'"[^"]*"')
_CALLS = re.compile(r"[\w)\]']\s*\|\s*['\w]|\b(?:WEBSERVICE|CALL|REGISTER(?:\.ID)?)\s*\(", re.I)
_FORMULAS: Final = ("f", "formula", "formula1", "formula2", "definedName")
_FONT_NAMES: Final = ("ascii", "hAnsi", "cs", "eastAsia", "name", "val")


class WordReader:
    """Reads a part of a text document."""

    def __init__(self, where: str) -> None:
        self.findings: list[GateFinding] = []
        self._where = where
        self._lines: list[str] = []
        self._line: list[str] = []
        self._code: list[str] | None = None
        self._fonts: set[str] = set()
        self._taking = False

    def element(self, name: str, attributes: Attributes) -> None:
        """Take in the start of an element."""
        local = name.rpartition(" ")[2]
        if local in ("rFonts", "font"):
            self._take_fonts(attributes)
        elif local == "fldSimple":
            self._check_code(_attribute(attributes, "instr"))
        elif local == "fldChar":
            self._turn(_attribute(attributes, "fldCharType"))
        self._taking = local in ("t", "instrText", "delInstrText")

    def text(self, text: str) -> None:
        """Take in text of the element that was opened last."""
        if not self._taking:
            return
        if self._code is not None:
            self._code.append(text)
        elif len(self._lines) < FIRST_LINES:
            self._line.append(text)

    def end(self, name: str) -> None:
        """Take in the end of an element; a paragraph's is the end of a line."""
        self._taking = False
        if name.endswith(" p") and len(self._lines) < FIRST_LINES:
            line, self._line = "".join(self._line).strip(), []
            self._lines += [line] if line else []

    def all_findings(self) -> list[GateFinding]:
        """The findings of the main part: those of all, and the mark that its first lines bear."""
        mark = secret_mark(self._lines)
        return self.findings + ([found(GateCode.SECRET_MARK, mark)] if mark else [])

    def _turn(self, turn: str) -> None:
        if turn == "begin":
            self._flush()
            self._code = []
        else:
            self._flush()
            self._code = None

    def _flush(self) -> None:
        if self._code:
            self._check_code("".join(self._code))

    def _check_code(self, code: str) -> None:
        if field := _FIELD.match(code):
            self.findings += check_field(field.group(1), field.group(2))

    def _take_fonts(self, attributes: Attributes) -> None:
        for key, font in attributes.items():
            if key.rpartition(" ")[2] in _FONT_NAMES and font not in self._fonts:
                self._fonts.add(font)
                if is_legacy_font(font):
                    self.findings.append(found(GateCode.LEGACY_FONT, self._where, font=font))


class SheetReader:
    """Reads a part of a workbook."""

    def __init__(self, where: str) -> None:
        self.findings: list[GateFinding] = []
        self._where = where
        self._formula: list[str] | None = None

    def element(self, name: str, attributes: Attributes) -> None:
        """Take in the start of an element."""
        local = name.rpartition(" ")[2]
        if local in _FORMULAS:
            self._formula = []
        elif local == "ddeLink":
            called = f"{attributes.get('ddeService')}|{attributes.get('ddeTopic')}"
            self.findings.append(found(GateCode.DDE_LINK, called))
        elif local == "connection":
            self._take_connection(attributes)
        elif local in ("name", "rFont") and is_legacy_font(attributes.get("val", "")):
            self.findings.append(found(GateCode.LEGACY_FONT, self._where, font=attributes["val"]))

    def text(self, text: str) -> None:
        """Take in text; only that of formulas counts."""
        if self._formula is not None:
            self._formula.append(text)

    def end(self, name: str) -> None:
        """Take in the end of an element; a formula is looked at when it is whole."""
        if self._formula is not None:
            formula, self._formula = "".join(self._formula), None
            if call := _CALLS.search(_STRINGS.sub("", formula)):
                code = GateCode.DDE_LINK if "|" in call.group() else GateCode.REMOTE_CONTENT
                self.findings.append(found(code, self._where, target=formula[:80]))

    def _take_connection(self, attributes: Attributes) -> None:
        name = attributes.get("name", "")
        if attributes.get("refreshOnLoad") in ("1", "true"):
            self.findings.append(found(GateCode.REMOTE_CONTENT, self._where, target=name))
        else:
            self.findings.append(found(GateCode.LINKED_FILE, self._where, target=name))


def _attribute(attributes: Attributes, name: str) -> str:
    """An attribute by its local name."""
    return next((v for key, v in attributes.items() if key.rpartition(" ")[2] == name), "")
