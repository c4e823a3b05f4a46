"""Office documents as their programs write them: docx, xlsx, odt, ods, part by part."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping

from tests.intake.gate_corpus.zips import DEFLATED, STORED, Entry, archive, deflated

HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
LINES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Kính gửi: Ủy ban nhân dân các huyện, thị xã, thành phố",
    "Thực hiện Quyết định số 28/2018/QĐ-TTg, đề nghị các đơn vị báo cáo trước ngày 15/3.",
)
Parts = dict[str, bytes]
Link = tuple[str, str, str]


def relationships(links: Iterable[Link]) -> bytes:
    """A `.rels` part of kind, target and mode (`External` or nothing)."""
    lines = []
    for number, (kind, target, mode) in enumerate(links, 1):
        full = kind if ":" in kind else f"{R}/{kind}"
        outside = f' TargetMode="{mode}"' if mode else ""
        lines.append(f'<Relationship Id="rId{number}" Type="{full}" Target="{target}"{outside}/>')
    return (
        HEAD + f'<Relationships xmlns="{P}/relationships">{"".join(lines)}</Relationships>'.encode()
    )


def content_types(overrides: Mapping[str, str]) -> bytes:
    """The list of what the parts are."""
    extensions = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "jpeg": "image/jpeg",
        "bin": "application/vnd.openxmlformats-officedocument.oleObject",
        "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
        "svg": "image/svg+xml",
    }
    lines = [f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in extensions.items()]
    lines += [f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in overrides.items()]
    return HEAD + f'<Types xmlns="{P}/content-types">{"".join(lines)}</Types>'.encode()


def paragraphs(lines: Iterable[str]) -> str:
    """Paragraphs of a text document."""
    return "".join(
        f'<w:p><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr>'
        f"<w:t>{line}</w:t></w:r></w:p>"
        for line in lines
    )


def docx_parts(
    body: str = "",
    lines: Iterable[str] = LINES,
    links: Iterable[Link] = (),
    types: Mapping[str, str] | None = None,
    main: str = f"{WORD}.document.main+xml",
    prolog: str = "",
) -> Parts:
    """The parts of a docx: `body` and `links` are added to the main one."""
    overrides = {
        "word/document.xml": main,
        "word/styles.xml": f"{WORD}.styles+xml",
        "word/settings.xml": f"{WORD}.settings+xml",
        "word/fontTable.xml": f"{WORD}.fontTable+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **(types or {}),
    }
    text = f'{prolog}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{paragraphs(lines)}{body}<w:sectPr/></w:body></w:document>'
    standard = (
        ("styles", "styles.xml", ""),
        ("settings", "settings.xml", ""),
        ("fontTable", "fontTable.xml", ""),
    )
    return {
        "[Content_Types].xml": content_types(overrides),
        "_rels/.rels": relationships(
            [
                ("officeDocument", "word/document.xml", ""),
                (f"{P}/relationships/metadata/core-properties", "docProps/core.xml", ""),
            ]
        ),
        "word/document.xml": HEAD + text.encode(),
        "word/_rels/document.xml.rels": relationships([*standard, *links]),
        "word/styles.xml": HEAD
        + f'<w:styles xmlns:w="{W}"><w:style w:styleId="a"/></w:styles>'.encode(),
        "word/settings.xml": HEAD
        + f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/></w:settings>'.encode(),
        "word/fontTable.xml": HEAD
        + f'<w:fonts xmlns:w="{W}"><w:font w:name="Times New Roman"/></w:fonts>'.encode(),
        "docProps/core.xml": HEAD
        + f'<cp:coreProperties xmlns:cp="{P}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Văn thư</dc:creator></cp:coreProperties>'.encode(),
    }


def xlsx_parts(
    cells: str = "",
    links: Iterable[Link] = (),
    types: Mapping[str, str] | None = None,
    workbook: str = "",
) -> Parts:
    """The parts of an xlsx: `cells` are added to its sheet, `workbook` to its book."""
    overrides = {
        "xl/workbook.xml": f"{SHEET}.sheet.main+xml",
        "xl/worksheets/sheet1.xml": f"{SHEET}.worksheet+xml",
        "xl/sharedStrings.xml": f"{SHEET}.sharedStrings+xml",
        **(types or {}),
    }
    strings = "".join(f"<si><t>{line}</t></si>" for line in LINES)
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>{n % 4}</v></c><c r="B{n}"><v>{n * 7}</v></c></row>'
        for n in range(1, 200)
    )
    sheet = f'<worksheet xmlns="{S}"><sheetData>{rows}{cells}</sheetData></worksheet>'
    book = f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="Sổ" sheetId="1" r:id="rId1"/></sheets>{workbook}</workbook>'
    return {
        "[Content_Types].xml": content_types(overrides),
        "_rels/.rels": relationships([("officeDocument", "xl/workbook.xml", "")]),
        "xl/workbook.xml": HEAD + book.encode(),
        "xl/_rels/workbook.xml.rels": relationships(
            [
                ("worksheet", "worksheets/sheet1.xml", ""),
                ("sharedStrings", "/xl/sharedStrings.xml", ""),
                *links,
            ]
        ),
        "xl/worksheets/sheet1.xml": HEAD + sheet.encode(),
        "xl/sharedStrings.xml": HEAD + f'<sst xmlns="{S}">{strings}</sst>'.encode(),
    }


def odf_parts(kind: str = "text", body: str = "", scripts: str = "", prolog: str = "") -> Parts:
    """The parts of an odt (`text`) or ods (`spreadsheet`)."""
    names = " ".join(
        f'xmlns:{short}="{ODF}:{long}:1.0"'
        for short, long in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
                            ("style", "style"), ("script", "script"), ("svg", "svg-compatible"))
    )  # fmt: skip
    lines = "".join(f"<text:p>{line}</text:p>" for line in LINES)
    if kind == "spreadsheet":
        lines = f'<table:table table:name="Sổ"><table:table-row><table:table-cell>{lines}</table:table-cell></table:table-row></table:table>'
    content = (
        f'{prolog}<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3">'
        f"<office:scripts>{scripts}</office:scripts>"
        f"<office:body><office:{kind}>{lines}{body}</office:{kind}></office:body></office:document-content>"
    )
    mime = f"application/vnd.oasis.opendocument.{kind}"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{mime}"/></manifest:manifest>'
    )
    return {
        "mimetype": mime.encode(),
        "content.xml": HEAD + content.encode(),
        "styles.xml": HEAD + f"<office:document-styles {names}/>".encode(),
        "Configurations2/accelerator/current.xml": b"",
        "META-INF/manifest.xml": HEAD + manifest.encode(),
    }


def packed(parts: Mapping[str, bytes], style: str = "word", more: Iterable[Entry] = ()) -> bytes:
    """An archive of these parts, written as this program does."""
    return archive([*entries(parts, style), *more])


def entries(parts: Mapping[str, bytes], style: str = "word") -> list[Entry]:
    """Entries of these parts: `word`, `libreoffice`, `java`, `dotnet` or `python`."""
    made = []
    for place, (name, data) in enumerate(parts.items()):
        entry = Entry(name, data)
        if name == "mimetype" or not data:
            entry.method = STORED
        elif style == "word":
            entry.flags = 6
            if not place:
                entry.local = {"extra": struct.pack("<HH", 0xA220, 516) + bytes(516)}
        elif style in ("libreoffice", "java"):
            entry.flags = 0x800
            entry.descriptor = "marked" if entry.method == DEFLATED else ""
        elif style == "dotnet":
            size = struct.pack("<HHQQ", 1, 16, len(data), len(deflated(data)))
            entry.local = {"extra": size, "packed": 0xFFFFFFFF, "size": 0xFFFFFFFF}
        made.append(entry)
    return made
