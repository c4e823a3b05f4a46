"""OpenDocument (odt, ods): its manifest, scripts, what its elements fetch and call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.archive import STORED, Archive, Part
from services.intake.adapters.compound import Inner
from services.intake.adapters.findings import Unfit, damaged, found
from services.intake.adapters.letters import is_legacy_font
from services.intake.adapters.links import check_clicked, check_fetched
from services.intake.adapters.markup import Attributes, read_xml
from services.intake.adapters.parts import check_drawing, check_part, is_drawing, is_written
from services.intake.adapters.policy import GatePolicy
from services.intake.adapters.secrecy import FIRST_LINES, secret_mark

_KINDS: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.graphics": "odg",
    b"application/vnd.oasis.opendocument.chart": "odc",
    b"application/vnd.oasis.opendocument.formula": "odf",
}
_EMPTY_LIBRARIES: Final = ("script-lc.xml", "dialog-lc.xml", "script-lb.xml", "dialog-lb.xml")
_CLICKED: Final = ("a", "hyperlink-behaviour", "auto-reload", "template")


def check_odf(
    kind: str, archive: Archive, policy: GatePolicy, depth: int, inner: Inner
) -> Iterator[GateFinding]:
    """Every part of an odt or ods; `kind` is empty for a document inside another."""
    told = _kind(archive)
    if kind not in ("", told):
        raise Unfit(GateCode.KIND_MISMATCH, extension=kind, content=told)
    if archive.named("content.xml") is None or archive.named("META-INF/manifest.xml") is None:
        raise damaged("ODF", "no content")
    for part in filter(is_written, archive.parts):
        name = part.name.lower()
        if name.startswith(("basic/", "dialogs/", "scripts/")) and not name.endswith(
            _EMPTY_LIBRARIES
        ):
            yield found(GateCode.MACRO, part.name)
        elif is_drawing(name):
            yield from check_drawing(archive.read(part), part.name, policy)
        elif name.endswith((".xml", ".rdf")):
            yield from _check_xml(archive, part, policy)
        elif name != "mimetype":
            yield from check_part(archive, part, policy, depth, inner)


def _kind(archive: Archive) -> str:
    """The kind an ODF says it is in its first entry, which must lie open."""
    first = min(archive.parts, key=lambda part: part.start)
    if first.name != "mimetype" or first.method != STORED:
        raise damaged("ODF", "mimetype")
    told = archive.read(first).strip()
    return _KINDS.get(told) or told[:60].decode(errors="replace").rpartition(".")[2]


def _check_xml(archive: Archive, part: Part, policy: GatePolicy) -> Iterator[GateFinding]:
    reader = _Reader(part.name)
    read_xml(archive.pieces(part), part.name, policy.xml, reader.element, reader.text, reader.end)
    yield from reader.findings
    if part.name == "content.xml" and (mark := secret_mark(reader.lines)):
        yield found(GateCode.SECRET_MARK, mark)


class _Reader:
    """Takes in the elements of one part."""

    def __init__(self, where: str) -> None:
        self.findings: list[GateFinding] = []
        self.lines: list[str] = []
        self._line: list[str] = []
        self._where = where
        self._begun = False

    def element(self, name: str, attributes: Attributes) -> None:
        """What an element calls, fetches, or says of the whole."""
        local = name.rpartition(" ")[2]
        if local == "encryption-data":
            raise Unfit(GateCode.ENCRYPTED, self._where)
        if local in ("event-listener", "script", "library") and "script" in name.rpartition(" ")[0]:
            self._script(local, attributes)
        elif local in ("dde-source", "dde-connection-decl", "dde-link"):
            self.findings.append(found(GateCode.DDE_LINK, self._where))
        elif local in ("font-face", "font-face-name"):
            self._fonts(attributes)
        self._begun = self._begun or local in ("text", "spreadsheet")
        for key, target in attributes.items():
            if key.endswith("xlink href"):
                self._link(local, target)

    def text(self, text: str) -> None:
        """Text of the body, as long as the first lines are wanted."""
        if self._begun and len(self.lines) < FIRST_LINES:
            self._line.append(text)

    def end(self, name: str) -> None:
        """A paragraph's end is the end of a line."""
        if name.endswith((" p", " h")) and self._line:
            line, self._line = "".join(self._line).strip(), []
            self.lines += [line] if line else []

    def _script(self, local: str, attributes: Attributes) -> None:
        if local != "library" or any(key.endswith(" link") for key in attributes):
            self.findings.append(found(GateCode.MACRO, self._where))

    def _fonts(self, attributes: Attributes) -> None:
        for font in attributes.values():
            if is_legacy_font(font.strip("'")):
                self.findings.append(found(GateCode.LEGACY_FONT, self._where, font=font))
                return

    def _link(self, local: str, target: str) -> None:
        check = check_clicked if local in _CLICKED else check_fetched
        if finding := check(f"{self._where} {local}", target):
            self.findings.append(finding)
