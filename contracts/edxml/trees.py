"""Bytes of XML to a tree, or a refusal: no DTD, no entities, nothing fetched, nothing endless.

The parser is expat, which resolves nothing by itself; everything that could make it is refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from contracts.edxml.cautions import CautionCode, Notes
from contracts.edxml.limits import Limits
from contracts.edxml.refusals import DoctypePresent, EncodingUnknown, LimitPassed, XmlMalformed

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)""", re.ASCII)
_WHY = {
    expat.errors.XML_ERROR_NO_ELEMENTS: "không có phần tử nào",
    expat.errors.XML_ERROR_INVALID_TOKEN: "ký tự không hợp lệ",
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: "bị cắt giữa chừng",
    expat.errors.XML_ERROR_TAG_MISMATCH: "thẻ đóng không khớp thẻ mở",
    expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "thuộc tính lặp lại",
    expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "có nội dung thừa sau phần tử gốc",
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: "dùng thực thể chưa khai báo",
    expat.errors.XML_ERROR_UNBOUND_PREFIX: "dùng tiền tố chưa khai báo không gian tên",
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION: "CDATA không đóng",
}


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def namespace(element: Element) -> str:
    """The element's namespace; empty when there is none."""
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def text_of(element: Element) -> str:
    """All text inside the element, its children's too."""
    return "".join(element.itertext())


def children(element: Element, *names: str) -> Iterator[Element]:
    """Children by local name, whatever their namespace."""
    return (child for child in element if local(child) in names)


def child(element: Element | None, *names: str) -> Element | None:
    """The first child of one of these names."""
    return None if element is None else next(children(element, *names), None)


def attribute(element: Element, name: str) -> str:
    """An attribute by local name, whatever its namespace; empty when there is none."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def utf8(data: bytes, notes: Notes) -> bytes:
    """The text as UTF-8, or `EncodingUnknown`."""
    if data.startswith(_WIDE):
        notes.caution(CautionCode.UTF_16, "")
        try:
            return data.decode("utf-16").encode()
        except UnicodeError:
            raise EncodingUnknown(position=0) from None
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise EncodingUnknown(position=error.start) from None
    return data


def tree_of(data: bytes, limits: Limits, notes: Notes) -> tuple[Element, str]:
    """The root of UTF-8 XML, and the text of its `Signature` if it has one.

    Refusals: `XmlMalformed`, `DoctypePresent`, `LimitPassed`.
    """
    declared = _DECLARED.match(data)
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        notes.caution(CautionCode.ENCODING_DECLARED, "", declared[1].decode())
    return _Growth(data, limits).finished()


class _Growth:
    """One tree while expat tells it."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data, self._limits = data, limits
        self._tree = TreeBuilder()
        self._depth = self._count = 0
        self._signed_at, self.signature = -1, ""
        self._parser = parser = expat.ParserCreate("utf-8", "}")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._tree.data
        parser.StartDoctypeDeclHandler = self._doctype

    def finished(self) -> tuple[Element, str]:
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            why = expat.errors.messages[error.code]
            raise XmlMalformed(
                line=error.lineno,
                column=error.offset + 1,
                why_vi=_WHY.get(why, "sai cú pháp"),
                why_en=why,
            ) from None
        return self._tree.close(), self.signature

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1 + len(attributes)
        if self._depth > self._limits.depth:
            raise LimitPassed(what_vi="số tầng", what_en="layers", limit=self._limits.depth)
        if self._count > self._limits.elements:
            raise LimitPassed(what_vi="số phần tử", what_en="elements", limit=self._limits.elements)
        if self._signed_at < 0 and name.rpartition("}")[2] == "Signature":
            self._signed_at = self._parser.CurrentByteIndex
        self._tree.start(_clark(name), {_clark(k): v for k, v in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        element = self._tree.end(_clark(name))
        if local(element) == "Signature" and len(element) and not self.signature:
            end = self._data.index(b">", self._parser.CurrentByteIndex) + 1
            self.signature = self._data[self._signed_at : end].decode()

    def _doctype(self, *_: object) -> NoReturn:
        raise DoctypePresent(line=self._parser.CurrentLineNumber)


def _clark(name: str) -> str:
    return f"{{{name}" if "}" in name else name
