"""Office files of ordinary days, which must pass: docx, xlsx, odt, ods, doc, xls, rtf."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from tests.intake.gate_corpus import compound, images, rtf
from tests.intake.gate_corpus.case import Case
from tests.intake.gate_corpus.compound import book_stream, record, word_streams
from tests.intake.gate_corpus.office import (
    HEAD,
    Parts,
    docx_parts,
    odf_parts,
    packed,
    relationships,
    xlsx_parts,
)

STYLES = ("word", "libreoffice", "java", "dotnet", "python")
EQUATION = (
    b"\x1c\0\0\0\2\0"
    + bytes(2)
    + (40).to_bytes(4, "little")
    + bytes(16)
    + b"\3\1\1\3\0"
    + bytes(35)
)
BITMAP = b"\x24\0\0\0BM" + bytes(64)


def cases() -> Iterator[Case]:
    """Every good Office file."""
    yield from _texts()
    yield from _more_texts()
    yield from _sheets()
    yield from _open_documents()
    yield from _older()
    yield from _older_books()
    yield from _rich()


def _docx(title: str, parts: Parts, style: str = "word", warns: str = "") -> Case:
    return Case("good docx", title, f"{title}.docx", packed(parts, style), warns=warns)


def _texts() -> Iterator[Case]:
    for style in STYLES:
        yield _docx(f"as {style} writes", docx_parts(), style)
    picture = ("image", "media/image1.png", "")
    yield _docx("with pictures", {
        **docx_parts(links=[picture]),
        "word/media/image1.png": images.saved("PNG"),
        "word/media/image2.jpeg": images.saved("JPEG") + b"\0\1",
        "word/media/image3.emz": gzip.compress(b"\1\0\0\0" + bytes(2000)),
        "word/media/image4.bmp": images.saved("BMP"),
    })  # fmt: skip
    yield _docx(
        "with an ordinary link",
        docx_parts(links=[("hyperlink", "https://quangnam.gov.vn/?a=1", "External")]),
    )
    yield _docx(
        "with a dead link", docx_parts(links=[("hyperlink", "javascript:void(0)", "External")])
    )
    yield _docx(
        "with a mail link",
        docx_parts(links=[("hyperlink", "mailto:vanthu@quangnam.gov.vn", "External")]),
    )
    local = "file:///C:\\Users\\A\\Templates\\Mau.dotx"
    template = {
        **docx_parts(),
        "word/_rels/settings.xml.rels": relationships([("attachedTemplate", local, "External")]),
    }
    yield _docx("of a local template", template, warns="LINKED_FILE")
    yield _docx("with a lost picture", docx_parts(links=[("image", "NULL", "External")]))
    chart = packed(xlsx_parts(), "word")
    yield _docx("with a chart", {**docx_parts(links=[("package", "embeddings/Microsoft_Excel_Sheet1.xlsx", "")]),
                                 "word/embeddings/Microsoft_Excel_Sheet1.xlsx": chart})  # fmt: skip
    equation = compound.compound({"Equation Native": EQUATION, "\1CompObj": b"\1"})
    yield _docx(
        "with an equation",
        {**docx_parts(), "word/embeddings/oleObject1.bin": equation},
        warns="OBJECT_KEPT",
    )


def _more_texts() -> Iterator[Case]:
    field = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    yield _docx("with a page number", docx_parts(field))
    yield _docx(
        "that speaks of a DDE",
        docx_parts(lines=["Trường DDEAUTO là gì?", "INCLUDEPICTURE http://x"]),
    )
    yield _docx(
        "that lists the levels", docx_parts(lines=["Các mức:", "MẬT", "TỐI MẬT", "TUYỆT MẬT"])
    )
    yield _docx("of many equal lines", docx_parts(lines=["Dòng giống nhau"] * 20_000))
    yield _docx(
        "with a legacy font",
        docx_parts('<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:r></w:p>'),
        warns="LEGACY_FONT",
    )
    yield _docx("in decomposed letters", docx_parts(lines=["Quye\u0302\u0301t \u0111i\u0323nh"]))
    drawing = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    yield _docx("with a drawing", {**docx_parts(), "word/media/image1.svg": drawing})
    yield _docx(
        "signed in Office",
        {
            **docx_parts(),
            "_xmlsignatures/sig1.xml": HEAD
            + b"<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>",
        },
    )
    yield Case("good docx", "with a newline behind", "a.docx", packed(docx_parts()) + b"\n")
    yield Case(
        "good docx",
        "with an old picture of zeros",
        "b.docx",
        packed({**docx_parts(), "word/media/image1.emf": b"\1\0\0\0" + bytes(300_000)}),
    )


def _sheets() -> Iterator[Case]:
    for style in STYLES:
        yield Case("good xlsx", f"as {style} writes", f"{style}.xlsx", packed(xlsx_parts(), style))
    formulas = '<row r="900"><c r="A900"><f>SUM(B1:B9)&amp;" | "&amp;C1</f></c><c r="B900"><f>IF(A1="a|b",1,2)</f></c></row>'
    yield Case("good xlsx", "with formulas", "a.xlsx", packed(xlsx_parts(formulas)))
    book = {**xlsx_parts(), "xl/externalLinks/externalLink1.xml": HEAD + b"<externalLink xmlns='x'/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": relationships([("externalLinkPath", "file:///D:\\Bao cao\\Quy 1.xlsx", "External")])}  # fmt: skip
    yield Case("good xlsx", "linked to another book", "b.xlsx", packed(book), warns="LINKED_FILE")
    connected = {
        **xlsx_parts(),
        "xl/connections.xml": HEAD
        + b'<connections xmlns="x"><connection id="1" name="Kho"/></connections>',
    }
    yield Case(
        "good xlsx", "with a data connection", "c.xlsx", packed(connected), warns="LINKED_FILE"
    )
    vml = b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="s"><br></v:shape></xml>'
    yield Case(
        "good xlsx",
        "with unfinished VML",
        "d.xlsx",
        packed({**xlsx_parts(), "xl/drawings/vmlDrawing1.vml": vml}),
    )
    yield Case(
        "good xlsx",
        "with printer settings",
        "e.xlsx",
        packed({**xlsx_parts(), "xl/printerSettings/printerSettings1.bin": bytes(6000)}),
    )
    types = {"xl/ctrlProps/ctrlProp1.xml": "application/vnd.ms-excel.controlproperties+xml"}
    yield Case(
        "good xlsx",
        "with a form's button",
        "f.xlsx",
        packed(
            {**xlsx_parts(types=types), "xl/ctrlProps/ctrlProp1.xml": HEAD + b"<formControlPr/>"}
        ),
    )
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(1000, 40_000))
    yield Case("good xlsx", "of many empty cells", "g.xlsx", packed(xlsx_parts(rows)))


def _open_documents() -> Iterator[Case]:
    for kind, end in (("text", "odt"), ("spreadsheet", "ods")):
        for style in ("libreoffice", "python"):
            yield Case(
                f"good {end}",
                f"as {style} writes",
                f"{style}.{end}",
                packed(odf_parts(kind), style),
            )
        pictured = {**odf_parts(kind, '<draw:image xlink:href="Pictures/1.png"/>'), "Pictures/1.png": images.saved("PNG"),
                    "Thumbnails/thumbnail.png": images.saved("PNG", images.drawn(size=(64, 64)))}  # fmt: skip
        yield Case(f"good {end}", "with pictures", f"p.{end}", packed(pictured, "libreoffice"))
        linked = odf_parts(
            kind, '<text:p><text:a xlink:href="https://chinhphu.vn">x</text:a></text:p>'
        )
        yield Case(f"good {end}", "with a link", f"l.{end}", packed(linked, "libreoffice"))
        chart = {**odf_parts(kind, '<draw:object xlink:href="./Object 1"/>'), "Object 1/content.xml": HEAD + b"<a/>",
                 "ObjectReplacements/Object 1": b"VCLMTF" + bytes(40)}  # fmt: skip
        yield Case(f"good {end}", "with a chart", f"c.{end}", packed(chart, "libreoffice"))
        empty = {**odf_parts(kind), "Basic/script-lc.xml": HEAD + b"<a/>"}
        yield Case(f"good {end}", "with an empty library", f"e.{end}", packed(empty, "libreoffice"))


def _older() -> Iterator[Case]:
    yield Case("good doc", "plain", "a.doc", compound.compound(word_streams(b"Uy ban nhan dan")))
    page = b'\x13 PAGE \\* MERGEFORMAT \x14 1 \x15 \x13 HYPERLINK "https://a.vn" \x14 a \x15'
    yield Case("good doc", "with fields", "b.doc", compound.compound(word_streams(page)))
    macros = {**word_streams(), "Macros": compound.project()}
    yield Case(
        "good doc", "with an empty project", "c.doc", compound.compound(macros), warns="OBJECT_KEPT"
    )
    equation = {"Equation Native": EQUATION, "\1CompObj": b"\1"}
    pool = {
        **word_streams(),
        "ObjectPool": {"_12345": equation, "_12346": {"\1Ole10Native": BITMAP, "\1CompObj": b"\1"}},
    }
    yield Case("good doc", "with objects", "d.doc", compound.compound(pool), warns="OBJECT_KEPT")
    drawn = b'\x13 INCLUDEPICTURE \\d "C:\\\\Anh\\\\a.gif" \\* MERGEFORMATINET \x15'
    yield Case(
        "good doc",
        "with a local picture",
        "e.doc",
        compound.compound(word_streams(drawn)),
        warns="LINKED_FILE",
    )
    local = compound.compound(word_streams(template="C:\\Mau\\Congvan.dot"))
    yield Case("good doc", "of a local template", "f.doc", local)
    yield Case("good xls", "plain", "a.xls", compound.compound({"Workbook": book_stream()}))
    yield Case("good xls", "of Excel 5", "b.xls", compound.compound({"Book": book_stream()}))
    macros = {"Workbook": book_stream(), "_VBA_PROJECT_CUR": compound.project()}
    yield Case(
        "good xls", "with an empty project", "c.xls", compound.compound(macros), warns="OBJECT_KEPT"
    )
    other = record(0x1AE, b"\1\0\x08\0\0\x01D:Q1.xls")
    yield Case(
        "good xls",
        "linked to another book",
        "d.xls",
        compound.compound({"Workbook": book_stream(other)}),
        warns="LINKED_FILE",
    )


def _older_books() -> Iterator[Case]:
    own = record(0x1AE, b"\1\0\1\4")
    yield Case(
        "good xls", "linked to itself", "e.xls", compound.compound({"Workbook": book_stream(own)})
    )
    whole = packed({**docx_parts(), "word/media/image1.png": images.saved("PNG")}, "libreoffice")
    package = {"Workbook": book_stream(), "MBD0001": {"Package": whole, "\1CompObj": b"\1"}}
    yield Case(
        "good xls",
        "with a document inside",
        "f.xls",
        compound.compound(package),
        warns="OBJECT_KEPT",
    )


def _rich() -> Iterator[Case]:
    yield Case("good rtf", "of WordPad", "a.rtf", rtf.rtf())
    yield Case("good rtf", "of Word", "b.rtf", rtf.rtf(head=rtf.WORD_HEAD))
    picture = (
        "{\\pict\\pngblip\\picw10\\pich10 "
        + images.saved("PNG", images.drawn(size=(20, 20))).hex()
        + "}"
    )
    yield Case("good rtf", "with a picture", "c.rtf", rtf.rtf(picture))
    link = r"{\field{\*\fldinst HYPERLINK " + '"https://quangnam.gov.vn"' + r"}{\fldrslt a}}"
    yield Case("good rtf", "with a link", "d.rtf", rtf.rtf(link) + b"\r\n\0")
    yield Case("good rtf", "that speaks of objects", "e.rtf", rtf.rtf(r"\\objdata va \\object"))
    raw = b"{\\rtf1\\ansi{\\pict\\bin8 }{\\obj{}}\\par}"
    yield Case("good rtf", "with raw bytes", "f.rtf", raw)
    legacy = r"{\fonttbl{\f0\fnil .VnTime;}{\f1 VNI-Times;}}"
    yield Case("good rtf", "with a legacy font", "g.rtf", rtf.rtf(head=legacy), warns="LEGACY_FONT")
