"""Documents whose XML is the attack."""

from __future__ import annotations

from collections.abc import Iterator

from tests.intake.gate_corpus.case import Case
from tests.intake.gate_corpus.office import (
    Parts,
    content_types,
    docx_parts,
    packed,
    relationships,
)
from tests.intake.gate_corpus.payloads import (
    HOST,
)


def cases(host: str = HOST) -> Iterator[Case]:
    """Every one; `host` is whom remote parts would be asked for."""
    yield from _xml(host)
    yield from _more_xml(host)


def _docx(title: str, code: str, parts: Parts) -> Case:
    return Case("bad docx", title, f"{title}.docx", packed(parts), code)


def _prolog(title: str, prolog: str, code: str = "XML_DTD", body: str = "") -> Case:
    return _docx(title, code, docx_parts(body, prolog=prolog))


def _xml(host: str) -> Iterator[Case]:
    yield _prolog("external entity", f'<!DOCTYPE a [<!ENTITY x SYSTEM "{host}">]>')
    yield _prolog("external file", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    yield _prolog("external DTD", f'<!DOCTYPE a SYSTEM "{host}.dtd">')
    yield _prolog("parameter entity", f'<!DOCTYPE a [<!ENTITY % x SYSTEM "{host}"> %x;]>')
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    yield _prolog("billion laughs", f'<!DOCTYPE a [<!ENTITY l0 "lol">{laughs}]>')
    yield _prolog("quadratic blow-up", f'<!DOCTYPE a [<!ENTITY x "{"a" * 50_000}">]>')
    yield _prolog("bare DTD", "<!DOCTYPE a>")
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{host}"/>'
    yield _prolog("included file", "", "XML_INCLUDE", include)
    yield _prolog("deep nesting", "", "XML_BOMB", "<w:p>" * 100_000 + "</w:p>" * 100_000)
    yield _prolog(
        "one endless tag", "", "XML_BOMB", "<a b='" + "".join(map(str, range(1_200_000))) + "'/>"
    )
    odd = docx_parts()["word/document.xml"]
    yield _docx(
        "DTD in UTF-16",
        "XML_DTD",
        {**docx_parts(), "word/styles.xml": "\ufeff<!DOCTYPE a><a/>".encode("utf-16-le")},
    )
    yield _docx("unfinished XML", "DAMAGED", {**docx_parts(), "word/document.xml": odd[:-20]})
    yield _docx(
        "XML in UTF-7",
        "DAMAGED",
        {**docx_parts(), "word/styles.xml": b'<?xml version="1.0" encoding="UTF-7"?>+ADw-a/+AD4-'},
    )
    types = content_types({}).replace(b"<Types", b'<!DOCTYPE a [<!ENTITY x "y">]><Types')
    yield _docx("DTD in the types", "XML_DTD", {**docx_parts(), "[Content_Types].xml": types})
    links = relationships([]).replace(b"<Relationships", b"<!DOCTYPE a><Relationships")
    yield _docx(
        "DTD in the links", "XML_DTD", {**docx_parts(), "word/_rels/document.xml.rels": links}
    )
    yield _docx(
        "DTD in metadata",
        "XML_DTD",
        {**docx_parts(), "customXml/item1.xml": f'<!DOCTYPE a SYSTEM "{host}"><a/>'.encode()},
    )


def _more_xml(host: str) -> Iterator[Case]:
    evil = b'<!DOCTYPE svg PUBLIC "a" "b" [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'
    yield _docx("entity in a drawing", "XML_DTD", {**docx_parts(), "word/media/image1.svg": evil})
