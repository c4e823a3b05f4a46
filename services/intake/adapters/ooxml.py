"""Office Open XML (docx, xlsx): what its parts say they are, point to and call."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Final

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.archive import Archive, Part
from services.intake.adapters.compound import Inner
from services.intake.adapters.findings import Unfit, damaged, found
from services.intake.adapters.links import check_clicked, check_fetched, is_remote
from services.intake.adapters.markup import Attributes, read_xml
from services.intake.adapters.parts import check_drawing, check_part, is_drawing, is_written
from services.intake.adapters.policy import GatePolicy
from services.intake.adapters.words import SheetReader, WordReader

_TYPES, _RELATIONSHIPS = "[Content_Types].xml", "_rels/.rels"
_MAIN: Final = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": "pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml": "ppsx",
}
_MACROS: Final = ("vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet")
_CONTROLS: Final = ("activexcontrolbinary", "control")
_BOOKS: Final = (
    "externallinkpath", "externallinklongpath", "xlpathmissing", "xlstartup", "xlalternatestartup",
    "xllibrary", "pivotcachedefinition", "mailmergesource", "mailmergerecipientdata",
    "mailmergeheadersource", "recipientdata", "externallink",
)  # fmt: skip


class Types:
    """What the parts of a container say they are (`[Content_Types].xml`)."""

    def __init__(self) -> None:
        self.by_name: dict[str, str] = {}
        self.by_extension: dict[str, str] = {}

    def element(self, name: str, attributes: Attributes) -> None:
        """Take in one line of the list."""
        kind = attributes.get("ContentType", "").lower()
        if name.endswith(" Override"):
            self.by_name[attributes.get("PartName", "").lower().lstrip("/")] = kind
        elif name.endswith(" Default"):
            self.by_extension[attributes.get("Extension", "").lower()] = kind

    def of(self, name: str) -> str:
        """What a part says it is."""
        extension = name.lower().rpartition(".")[2]
        return self.by_name.get(name.lower()) or self.by_extension.get(extension, "")


def check_ooxml(
    kind: str, archive: Archive, policy: GatePolicy, depth: int, inner: Inner
) -> Iterator[GateFinding]:
    """Every part of a docx or xlsx; `kind` is empty for a document inside another."""
    types, root = _types(archive, policy), Relationships("")
    start = archive.named(_RELATIONSHIPS)
    if start is None:
        raise damaged("OOXML", "no relationships")
    read_xml(archive.pieces(start), _RELATIONSHIPS, policy.xml, root.element)
    main = _MAIN.get(types.of(root.main))
    if any("macroenabled" in told for told in (types.of(root.main), *types.by_name.values())):
        yield found(GateCode.MACRO, "macroEnabled")
    elif not (archive.named(root.main) and main) or kind not in ("", main):
        content = main or types.of(root.main).rpartition(".")[2] or "OOXML"
        raise Unfit(GateCode.KIND_MISMATCH, extension=kind or "OOXML", content=content)
    for part in filter(is_written, archive.parts):
        yield from _check_type(part, types.of(part.name))
        if _is_xml(part, types.of(part.name)):
            yield from _check_xml(archive, part, part.name == root.main, policy)
        else:
            yield from check_part(archive, part, policy, depth, inner)


def _types(archive: Archive, policy: GatePolicy) -> Types:
    types, part = Types(), archive.named(_TYPES)
    if part is None:
        raise damaged("OOXML", "no content types")
    read_xml(archive.pieces(part), _TYPES, policy.xml, types.element)
    return types


def _check_type(part: Part, kind: str) -> Iterator[GateFinding]:
    name = part.name.lower()
    if "vbaproject" in kind or "vbaproject" in name or "macrosheet" in kind + name:
        yield found(GateCode.MACRO, part.name)
    elif "activex" in kind or "/activex/" in name:
        yield found(GateCode.ACTIVE_CONTROL, part.name)


def _is_xml(part: Part, kind: str) -> bool:
    name = part.name.lower()
    markup = kind.endswith(("+xml", "/xml")) and not name.endswith((".html", ".htm", ".xhtml"))
    return markup or name.endswith((".xml", ".rels", ".svg", ".vml"))


def _check_xml(
    archive: Archive, part: Part, main: bool, policy: GatePolicy
) -> Iterator[GateFinding]:
    name, pieces = part.name.lower(), archive.pieces(part)
    if is_drawing(name):
        yield from check_drawing(archive.read(part), part.name, policy)
    elif name.endswith(".rels"):
        relationships = Relationships(part.name)
        read_xml(pieces, part.name, policy.xml, relationships.element)
        yield from relationships.findings
    elif name.startswith("xl/"):
        sheet = SheetReader(part.name)
        read_xml(pieces, part.name, policy.xml, sheet.element, sheet.text, sheet.end)
        yield from sheet.findings
    else:
        words = WordReader(part.name)
        read_xml(pieces, part.name, policy.xml, words.element, words.text, words.end)
        yield from words.findings if not main else words.all_findings()


class Relationships:
    """Where the parts of one folder point to (a `.rels` part)."""

    def __init__(self, name: str) -> None:
        self.main = ""
        self.findings: list[GateFinding] = []
        self._name = name
        self._folder = posixpath.dirname(posixpath.dirname(name))

    def element(self, name: str, attributes: Attributes) -> None:
        """Take in one relationship."""
        if not name.endswith(" Relationship"):
            return
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        target = attributes.get("Target", "")
        outside = attributes.get("TargetMode", "").lower() == "external"
        if kind == "officedocument" and not outside:
            self.main = target.lstrip("/").removeprefix("./")
        if kind in _MACROS:
            self.findings.append(found(GateCode.MACRO, self._name))
        elif kind in _CONTROLS:
            self.findings.append(found(GateCode.ACTIVE_CONTROL, self._name))
        elif outside or re.match(r"[A-Za-z][\w+.-]+:", target):
            self._outside(kind, target)
        elif posixpath.normpath(posixpath.join(self._folder, target)).startswith("../"):
            self.findings.append(found(GateCode.ARCHIVE_PATH, self._name, target=target))

    def _outside(self, kind: str, target: str) -> None:
        if kind == "hyperlink":
            finding = check_clicked(self._name, target)
        elif kind in _BOOKS:
            finding = found(GateCode.LINKED_FILE, self._name, target=target)
            if is_remote(target) and not re.match(r"(?i)https?:|file:|\\\\", target):
                finding = found(GateCode.REMOTE_CONTENT, self._name, target=target)
        else:
            finding = check_fetched(f"{self._name} {kind}", target)
        if finding is not None:
            self.findings.append(finding)
