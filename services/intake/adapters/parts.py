"""The parts that all Office containers share: pictures, drawings, objects, documents inside."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.archive import Archive, Part
from services.intake.adapters.compound import Inner, check_object
from services.intake.adapters.findings import Unfit, found, placed
from services.intake.adapters.images import check_image
from services.intake.adapters.kinds import archive_in, content_of, program_in
from services.intake.adapters.links import check_fetched
from services.intake.adapters.markup import Attributes, read_xml
from services.intake.adapters.policy import MIB, GatePolicy

_RUNNABLE: Final = (
    ".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf",
    ".hta", ".jar", ".lnk", ".msi", ".py", ".sh", ".reg", ".class", ".cpl", ".pif", ".iqy", ".slk",
    ".chm", ".url",
)  # fmt: skip
_MARKUP: Final = (".html", ".htm", ".mht", ".mhtml", ".xhtml")
_PICTURES: Final = ("jpeg", "png", "gif", "tiff")
_BARE_TYPE = re.compile(rb"<!DOCTYPE\s+svg\s[^>\[]{0,300}>")
_PACKED_DRAWING = 64 * MIB


def check_part(
    archive: Archive, part: Part, policy: GatePolicy, depth: int, inner: Inner
) -> Iterator[GateFinding]:
    """A part that is no XML; `inner` checks a document inside."""
    content, name = archive.read(part), part.name.lower()
    kind = content_of(content)
    if program_in(content) or name.endswith(_RUNNABLE):
        yield found(GateCode.EXECUTABLE, part.name, content=program_in(content) or name[-4:])
    elif kind in _PICTURES:
        yield from placed(part.name, check_image(kind, content, policy.image, alone=False))
    elif kind == "ole":
        yield from placed(part.name, check_object(content, policy, depth, inner))
    elif kind in ("zip", "pdf"):
        yield from placed(part.name, inner("", content, policy, depth + 1))
    elif name.endswith((".emz", ".wmz")):
        _check_packed_drawing(part, content)
    elif archive_in(content):
        yield found(GateCode.ARCHIVE_NESTED, part.name)
    elif kind in ("rtf", "HTML/XML") or name.endswith(_MARKUP):
        yield found(GateCode.EMBEDDED_OBJECT, part.name)


def _check_packed_drawing(part: Part, content: bytes) -> None:
    """A metafile in gzip: it may unpack to a drawing, not to a bomb."""
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        inflater.decompress(content, _PACKED_DRAWING)
    except zlib.error:
        raise Unfit(GateCode.ARCHIVE_LIES, part.name, why="gzip") from None
    if not inflater.eof:
        raise Unfit(GateCode.ARCHIVE_BOMB, part.name)


def is_written(part: Part) -> bool:
    """Whether a part has bytes at all; some programs leave empty ones."""
    return bool(part.size or part.packed)


def is_drawing(name: str) -> bool:
    """Whether a part is a drawing in SVG or VML."""
    return name.endswith((".svg", ".vml"))


def check_drawing(content: bytes, name: str, policy: GatePolicy) -> Iterator[GateFinding]:
    """A drawing without script; VML, which Excel may leave unfinished, by its words alone.

    A bare document type, as drawing programs write one, is left out of what is read.
    """
    content = _BARE_TYPE.sub(b"", content, 1)
    if re.search(rb"<!(?:doctype|entity)", content, re.IGNORECASE):
        raise Unfit(GateCode.XML_DTD, name)
    if name.lower().endswith(".vml"):
        for target in re.findall(rb"\bsrc\s*=\s*[\"']([^\"']+)", content):
            if finding := check_fetched(name, target.decode(errors="replace")):
                yield finding
        return
    drawing = _Drawing(name)
    read_xml([content], name, policy.xml, drawing.element)
    yield from drawing.findings


class _Drawing:
    def __init__(self, name: str) -> None:
        self.findings: list[GateFinding] = []
        self._name = name

    def element(self, name: str, attributes: Attributes) -> None:
        local = name.rpartition(" ")[2].lower()
        if local in ("script", "foreignobject", "iframe") or any(
            k.lower().startswith("on") for k in attributes
        ):
            self.findings.append(found(GateCode.SCRIPT, self._name))
        for key, target in attributes.items():
            fetched = key.rpartition(" ")[2] in ("href", "src") and local != "a"
            if fetched and not target.startswith("data:image/"):
                finding = check_fetched(self._name, target)
                self.findings += [finding] if finding else []
