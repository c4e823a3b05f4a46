"""XML of unknown origin, read as a stream: no DTD, no entities, no includes, bounded depth.

Nothing outside the bytes is ever asked for: expat opens nothing by itself, and what would make it
want to is refused before it is reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from xml.parsers import expat

from contracts.gate import GateCode
from services.intake.adapters.findings import Unfit, damaged
from services.intake.adapters.policy import XmlLimits

XINCLUDE = "http://www.w3.org/2001/XInclude"
Attributes = dict[str, str]
OnElement = Callable[[str, Attributes], None]
OnText = Callable[[str], None]


def read_xml(
    pieces: Iterable[bytes],
    where: str,
    limits: XmlLimits,
    on_element: OnElement | None = None,
    on_text: OnText | None = None,
    on_end: OnText | None = None,
) -> None:
    """Read a part to its end, telling its elements (`namespace local`) and its text."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    reader = _Depth(parser, where, limits, on_element, on_end)
    parser.StartDoctypeDeclHandler = reader.refuse_dtd
    parser.EntityDeclHandler = reader.refuse_dtd
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    if on_text is not None:
        parser.CharacterDataHandler = on_text
    fed = 0
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > limits.token_bytes:
                raise Unfit(GateCode.XML_BOMB, where)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError, OSError) as failure:
        raise damaged("XML", str(failure)[:60], where) from None


class _Depth:
    """Counts how deep elements lie, and stops at what no office document needs."""

    def __init__(
        self,
        parser: Any,
        where: str,
        limits: XmlLimits,
        on_element: OnElement | None,
        on_end: OnText | None,
    ) -> None:
        self._where = where
        self._most = limits.depth
        self._depth = 0
        self._on_element = on_element
        self._on_end = on_end

    def refuse_dtd(self, *_: object) -> None:
        raise Unfit(GateCode.XML_DTD, self._where)

    def begin(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > self._most:
            raise Unfit(GateCode.XML_BOMB, self._where)
        if name.startswith(XINCLUDE):
            raise Unfit(GateCode.XML_INCLUDE, self._where)
        if self._on_element is not None:
            self._on_element(name, attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._on_end is not None:
            self._on_end(name)
