"""PDF files with something at work or hidden in them, bombs and ruins."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from itertools import chain

import pikepdf

from tests.intake.gate_corpus import images, pdf
from tests.intake.gate_corpus.case import Case
from tests.intake.gate_corpus.payloads import (
    HOST,
    MIB,
    PROGRAM,
    ZIP,
)
from tests.intake.gate_corpus.zips import Entry, archive

ZEROS = bytes(20 * MIB)
SHAPE = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 8"


def cases(host: str = HOST) -> Iterator[Case]:
    """Every one; `host` is whom remote parts would be asked for."""
    documents = chain(
        _active(host.encode()),
        _attached(host.encode()),
        _fetching(host.encode()),
        _acting(host.encode()),
        _hidden(),
        _bombs(),
        _tables(),
        _damaged(),
    )
    yield from (
        Case("bad pdf", title, f"{title}.pdf", content, code) for title, code, content in documents
    )


def _opened(action: bytes) -> bytes:
    return pdf.simple(b"/OpenAction << %s >>" % action)


def _active(host: bytes) -> Iterator[tuple[str, str, bytes]]:
    yield "script at opening", "SCRIPT", _opened(b"/S /JavaScript /JS (app.alert\\(1\\))")
    yield (
        "script in a stream",
        "SCRIPT",
        pdf.simple(
            b"/OpenAction << /S /JavaScript /JS 6 0 R >>", more={6: pdf.flate(b"app.alert(1)")}
        ),
    )
    yield "script spelt otherwise", "SCRIPT", _opened(b"/S /J#61vaScript /#4a#53 (x)")
    yield (
        "script by name",
        "SCRIPT",
        pdf.simple(b"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (x) >>] >> >>"),
    )
    yield (
        "script of a page",
        "SCRIPT",
        pdf.simple(page=b"/AA << /O << /S /JavaScript /JS (x) >> >>"),
    )
    yield (
        "script after another action",
        "SCRIPT",
        _opened(b"/S /GoTo /D [3 0 R /Fit] /Next << /S /JavaScript /JS (x) >>"),
    )
    hidden = pdf.saved(
        _opened(b"/S /JavaScript /JS (x)"), object_stream_mode=pikepdf.ObjectStreamMode.generate
    )
    yield "script in an object stream", "SCRIPT", hidden
    yield (
        "script of a field",
        "SCRIPT",
        pdf.simple(
            page=b"/Annots [<< /Subtype /Widget /FT /Tx /T (a) /Rect [0 0 1 1] /AA << /K << /S /JavaScript /JS (x) >> >> >>]"
        ),
    )


def _attached(host: bytes) -> Iterator[tuple[str, str, bytes]]:
    yield (
        "script covered by an update",
        "SCRIPT",
        pdf.updated(_opened(b"/S /JavaScript /JS (x)"), {1: pdf.CATALOG % b""}),
    )
    yield "program started", "LAUNCH", _opened(b"/S /Launch /Win << /F (cmd.exe) /P (/c calc) >>")
    yield (
        "program started by a link",
        "LAUNCH",
        pdf.simple(
            page=b"/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (a.exe) >> >>]"
        ),
    )
    file = {
        6: b"<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>",
        7: pdf.stream(PROGRAM, b"/Type /EmbeddedFile"),
    }
    yield (
        "attached file",
        "EMBEDDED_FILE",
        pdf.simple(b"/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>", more=file),
    )
    yield (
        "file pinned to a page",
        "EMBEDDED_FILE",
        pdf.simple(
            page=b"/Annots [<< /Subtype /FileAttachment /Rect [0 0 9 9] /FS 6 0 R >>]", more=file
        ),
    )
    yield "portfolio", "EMBEDDED_FILE", pdf.simple(b"/Collection << /View /D >>")
    yield (
        "jump into an attached file",
        "EMBEDDED_FILE",
        _opened(b"/S /GoToE /D [0 /Fit] /T << /R /C >>"),
    )


def _fetching(host: bytes) -> Iterator[tuple[str, str, bytes]]:
    form = b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>"
    yield (
        "XFA form",
        "XFA_FORM",
        pdf.simple(b"/AcroForm << /Fields [] /XFA 6 0 R >>", more={6: pdf.stream(form)}),
    )
    yield (
        "XFA form in pieces",
        "XFA_FORM",
        pdf.simple(b"/AcroForm << /Fields [] /XFA [(a) 6 0 R] >>", more={6: pdf.stream(form)}),
    )
    yield (
        "stream from outside",
        "REMOTE_CONTENT",
        pdf.simple(more={6: pdf.stream(b"", b"/F (%s)" % host)}),
    )
    yield (
        "page from outside",
        "REMOTE_CONTENT",
        pdf.simple(
            more={
                6: pdf.stream(
                    b"",
                    b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Ref << /F (a.pdf) /Page 0 >>",
                )
            }
        ),
    )
    yield (
        "jump to a share",
        "REMOTE_CONTENT",
        _opened(b"/S /GoToR /F (\\\\\\\\evil.example\\\\a.pdf) /D [0 /Fit]"),
    )


def _acting(host: bytes) -> Iterator[tuple[str, str, bytes]]:
    yield (
        "form sent away",
        "REMOTE_CONTENT",
        pdf.simple(
            page=b"/Annots [<< /Subtype /Widget /Rect [0 0 9 9] /A << /S /SubmitForm /F << /FS /URL /F (%s) >> >> >>]"
            % host
        ),
    )
    yield "data fetched", "REMOTE_CONTENT", _opened(b"/S /ImportData /F (a.fdf)")
    yield "address opened", "REMOTE_CONTENT", _opened(b"/S /URI /URI (%s)" % host)
    yield (
        "address opened with a page",
        "REMOTE_CONTENT",
        pdf.simple(page=b"/AA << /O << /S /URI /URI (%s) >> >>" % host),
    )
    yield (
        "link that runs",
        "DANGEROUS_LINK",
        pdf.simple(
            page=b"/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (javascript:alert\\(1\\)) >> >>]"
        ),
    )
    for subtype in (b"RichMedia", b"Movie", b"Sound", b"Screen", b"3D"):
        yield (
            f"{subtype.decode()} annotation",
            "MEDIA",
            pdf.simple(page=b"/Annots [<< /Subtype /%s /Rect [0 0 9 9] >>]" % subtype),
        )
    yield "rendition", "MEDIA", _opened(b"/S /Rendition /OP 0")


def _hidden() -> Iterator[tuple[str, str, bytes]]:
    plain = pdf.simple()
    yield "archive behind", "POLYGLOT", plain + ZIP
    yield (
        "archive behind, ended as PDF",
        "POLYGLOT",
        plain + archive([Entry("a.txt", b"x")], comment=b"%%EOF\n"),
    )
    yield "page of the web in front", "KIND_MISMATCH", b"<html><!--" + plain
    yield (
        "page of the web after the header",
        "POLYGLOT",
        plain.replace(b"\n", b"\n%<html><script>alert(1)</script>\n", 1),
    )
    yield "bytes in front", "KIND_MISMATCH", b"\r\n" + plain
    yield "bytes behind", "TRAILING_BYTES", plain + PROGRAM
    yield "page of the web behind", "TRAILING_BYTES", plain + b"<html></html>"
    yield (
        "with a password",
        "ENCRYPTED",
        pdf.saved(plain, encryption=pikepdf.Encryption(owner="a", user="b")),
    )
    yield (
        "with rights",
        "ENCRYPTED",
        pdf.saved(plain, encryption=pikepdf.Encryption(owner="a", user="")),
    )


def _bombs() -> Iterator[tuple[str, str, bytes]]:
    yield "bomb", "PDF_BOMB", pdf.simple(more={6: pdf.flate(ZEROS)})
    twice = zlib.compress(zlib.compress(ZEROS, 9), 9)
    yield (
        "bomb in a bomb",
        "PDF_BOMB",
        pdf.simple(more={6: pdf.stream(twice, b"/Filter [/FlateDecode /FlateDecode]")}),
    )
    yield (
        "too many filters",
        "PDF_BOMB",
        pdf.simple(more={6: pdf.stream(b"x", b"/Filter [%s]" % (b"/FlateDecode " * 5))}),
    )
    yield (
        "many bombs",
        "PDF_BOMB",
        pdf.simple(more=dict.fromkeys(range(6, 90), pdf.flate(ZEROS[: 7 * MIB]))),
    )
    yield "pixel flood", "IMAGE_BOMB", pdf.simple(more={6: pdf.flate(b"x", SHAPE)})
    small = SHAPE.replace(b"60000", b"10") + b" /Filter /DCTDecode"
    yield (
        "pixel flood in JPEG",
        "IMAGE_BOMB",
        pdf.simple(more={6: pdf.stream(images.jpeg_of_size(60_000, 60_000), small)}),
    )
    wide = b"\0\0\0\x0cjP  \r\n\x87\n\xff\x4f\xff\x51\0\x29\0\0" + struct.pack(
        ">II", 70_000, 70_000
    )
    yield (
        "pixel flood in JPEG 2000",
        "IMAGE_BOMB",
        pdf.simple(more={6: pdf.stream(wide, small.replace(b"DCTDecode", b"JPXDecode"))}),
    )
    yield (
        "picture larger than it says",
        "PDF_BOMB",
        pdf.simple(more={6: pdf.flate(ZEROS, SHAPE.replace(b"60000", b"10"))}),
    )


def _tables() -> Iterator[tuple[str, str, bytes]]:
    table = b"\1\0\x09" * 9_000_000
    words = b"/Type /XRef /Size 9 /Index [0 9000000] /W [1 1 1] /Root 1 0 R"
    yield "table bomb", "PDF_BOMB", pdf.with_cross_reference_stream(pdf.objects(), table, words)
    yield (
        "object stream bomb",
        "PDF_BOMB",
        pdf.simple(more={6: pdf.flate(ZEROS, b"/Type /ObjStm /N 1 /First 4")}),
    )
    yield "too many objects told", "PDF_BOMB", pdf.simple().replace(b"/Size 6", b"/Size 99999999")
    yield "too many updates", "PDF_BOMB", pdf.simple() + b"startxref\n9\n%%EOF\n" * 200
    yield "deep nesting", "PDF_BOMB", pdf.simple(more={6: b"[" * 300 + b"]" * 300})
    packed_twice = zlib.compress(b"x" * 99, 9)
    run = b"/Filter [/ASCIIHexDecode /FlateDecode /RunLengthDecode /LZWDecode /FlateDecode]"
    yield "mixed filters", "PDF_BOMB", pdf.simple(more={6: pdf.stream(packed_twice, run)})


def _damaged() -> Iterator[tuple[str, str, bytes]]:
    plain = pdf.simple()
    yield "cut in half", "DAMAGED", plain[: len(plain) // 2]
    yield "cut at the end", "DAMAGED", plain[: plain.rindex(b"%%EOF")]
    yield "header alone", "DAMAGED", b"%PDF-1.7\n"
    yield (
        "passed through text",
        "DAMAGED",
        pdf.simple(more={6: pdf.stream(bytes(range(128, 256)))}).decode("latin-1").encode(),
    )
    start = plain.rindex(b"startxref\n") + 10
    yield "table out of the file", "DAMAGED", plain[:start] + b"99999999\n%%EOF\n"
    yield "table elsewhere", "DAMAGED", plain[:start] + b"20\n%%EOF\n"
    at = plain.rindex(b"xref\n0 1")
    loop = pdf.written(pdf.objects(), trailer=b"/Prev %08d" % 0)
    at = loop.index(b"xref\n0 1")
    yield "loop of tables", "DAMAGED", loop.replace(b"/Prev 00000000", b"/Prev %08d" % at)
    yield "more pages than there are", "PDF_PAGES", plain.replace(b"/Count 1 ", b"/Count 9 ")
    yield "no pages", "DAMAGED", plain.replace(b"/Kids [3 0 R] /Count 1", b"/Kids []      /Count 0")
    yield "loop of pages", "DAMAGED", plain.replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    yield "no catalogue", "DAMAGED", plain.replace(b"/Root 1 0 R", b"/Rott 1 0 R")
