"""Ordinary PDF files, pictures, texts and names, which must pass."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from tests.intake.gate_corpus import images, pdf
from tests.intake.gate_corpus.case import Case
from tests.intake.gate_corpus.office import LINES, docx_parts, packed
from tests.intake.gate_corpus.signed import signed

TEXT = "\n".join(LINES)
TABLE = "Số;Tên\n01;Ủy ban nhân dân\n02;Sở Nội vụ\n"


def cases() -> Iterator[Case]:
    """Every good file that is no Office document."""
    yield from _documents()
    yield from _formed()
    yield from _scanned()
    yield from _pictures()
    yield from _scans()
    yield from _texts()
    yield from _tables()
    yield from _names()


def _pdf(title: str, content: bytes, warns: str = "") -> Case:
    return Case("good pdf", title, f"{title}.pdf", content, warns=warns)


def _documents() -> Iterator[Case]:
    plain = pdf.simple()
    yield _pdf("plain", plain)
    yield _pdf(
        "with object streams",
        pdf.saved(plain, object_stream_mode=pdf.pikepdf.ObjectStreamMode.generate),
    )
    yield _pdf("linearised", pdf.saved(plain, linearize=True))
    yield _pdf("hybrid as Word writes", pdf.hybrid(pdf.objects()))
    yield _pdf("with a table stream", pdf.with_cross_reference_stream(pdf.objects()))
    yield _pdf("updated once", pdf.updated(plain, {5: pdf.FONT}))
    yield _pdf("signed", signed(plain))
    yield _pdf("signed twice", signed(signed(plain, "Lanh_dao"), "Co_quan"))
    yield _pdf("with line ends behind", plain + b"\r\n\r\n\0\0")
    yield _pdf("of version 1.3", pdf.written(pdf.objects(), b"1.3"), warns="OLD_PDF")
    yield _pdf("of version 2.0", pdf.written(pdf.objects(), b"2.0"))
    form = b"/AcroForm << /Fields [6 0 R] /DA (/F1 12 Tf 0 g) >>"
    field = {
        6: b"<< /FT /Tx /T (Ho_ten) /V (Nguyen Van A) /Type /Annot /Subtype /Widget /Rect [50 50 200 70] /P 3 0 R >>"
    }
    yield _pdf("with a form", pdf.simple(form, b"/Annots [6 0 R]", field))
    link = b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://quangnam.gov.vn) >> >>]"
    yield _pdf("with a link", pdf.simple(page=link))
    yield _pdf("opened at a page", pdf.simple(b"/OpenAction [3 0 R /XYZ null null 0]"))
    yield _pdf("opened by an action", pdf.simple(b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"))
    yield _pdf(
        "with a named action",
        pdf.simple(
            page=b"/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /Named /N /NextPage >> >>]"
        ),
    )
    outline = {
        6: b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
        7: b"<< /Title (JavaScript /Launch /JS) /Parent 6 0 R /Dest [3 0 R /Fit] >>",
    }
    yield _pdf("that speaks of scripts", pdf.simple(b"/Outlines 6 0 R", more=outline))


def _formed() -> Iterator[Case]:
    page = b"/XObject << /Im0 6 0 R >>"
    shape = b"/Type /XObject /Subtype /Image /Width 2480 /Height 3508 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    blank = pdf.flate(b"\xff" * (2480 * 3 * 3508), shape)
    yield _pdf("scanned, an empty page", pdf.simple(page=page, more={6: blank}))
    jpeg = images.saved("JPEG", images.drawn(size=(800, 1100)))
    told = b"/Type /XObject /Subtype /Image /Width 800 /Height 1100 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
    yield _pdf("scanned as JPEG", pdf.simple(page=page, more={6: pdf.stream(jpeg, told)}))
    yield _pdf(
        "with a function",
        pdf.simple(more={6: b"<< /FunctionType 0 /Size [900000] /Domain [0 1] >>"}),
    )
    yield _pdf(
        "with metadata",
        pdf.simple(
            b"/Metadata 6 0 R",
            more={
                6: pdf.stream(
                    b"<?xpacket begin='' id='W5M0'?><x:xmpmeta xmlns:x='adobe:ns:meta/'/>",
                    b"/Type /Metadata /Subtype /XML",
                )
            },
        ),
    )
    yield _pdf(
        "with a font called JS",
        pdf.simple(page=b"/Resources << /Font << /JS 5 0 R /EF 5 0 R >> >>"),
    )
    yield _pdf(
        "in a legacy font",
        pdf.simple(more={6: b"<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+.VnTime >>"}),
        warns="LEGACY_FONT",
    )
    many = dict.fromkeys(range(6, 20000), b"<< /A [1 2 3] /B (x) >>")
    yield _pdf("of many objects", pdf.simple(more=many))


def _scanned() -> Iterator[Case]:
    yield _pdf(
        "with a layered tag",
        pdf.simple(
            b"/StructTreeRoot 6 0 R",
            more={6: b"<< /Type /StructTreeRoot /K << /S /Document /P 6 0 R >> >>"},
        ),
    )


def _pictures() -> Iterator[Case]:
    for mode in ("RGB", "L", "CMYK"):
        yield Case(
            "good jpg", f"in {mode}", f"{mode}.jpg", images.saved("JPEG", images.drawn(mode))
        )
    yield Case("good jpg", "progressive", "p.jpeg", images.saved("JPEG", progressive=True))
    turned = Image.Exif()
    turned[0x0112] = 6
    yield Case("good jpg", "turned", "t.jpg", images.saved("JPEG", exif=turned))
    placed = Image.Exif()
    placed.get_ifd(0x8825)[2] = (15.0, 34.0, 0.0)
    yield Case(
        "good jpg",
        "that tells a place",
        "g.jpg",
        images.saved("JPEG", exif=placed),
        warns="PICTURE_PLACE",
    )
    photo = images.saved("JPEG")
    yield Case("good jpg", "of a telephone, with a second picture", "m.jpg", photo + photo)
    yield Case(
        "good jpg",
        "of a telephone, with its trailer",
        "s.jpg",
        photo + b"\0\0\1\x0aImage_UTC_DataSEFHk\0\0\0SEFT",
    )
    for mode in ("RGB", "RGBA", "L", "P", "1", "I;16"):
        picture = Image.new("I;16", (64, 64), 900) if mode == "I;16" else images.drawn(mode)
        yield Case(
            "good png", f"in {mode}", f"{mode.replace(';', '')}.png", images.saved("PNG", picture)
        )
    yield Case(
        "good png",
        "of a large empty sheet",
        "a0.png",
        images.png(7016, 9933, images.rows(7016, 9933)),
    )


def _scans() -> Iterator[Case]:
    frames = [images.drawn(size=(60, 40)) for _ in range(4)]
    yield Case(
        "good png",
        "that moves",
        "m.png",
        images.saved("PNG", frames[0], save_all=True, append_images=frames[1:]),
    )
    yield Case("good gif", "still", "a.gif", images.saved("GIF", images.drawn("P")))
    yield Case(
        "good gif",
        "that moves",
        "b.gif",
        images.saved("GIF", frames[0], save_all=True, append_images=frames[1:]),
    )
    for compression in ("group4", "group3", "packbits", "tiff_lzw", "raw"):
        yield Case(
            "good tif", f"scan in {compression}", f"{compression}.tif", images.scan(5, compression)
        )
    for compression in ("jpeg", "tiff_adobe_deflate", "tiff_lzw"):
        yield Case(
            "good tif",
            f"colour scan in {compression}",
            f"c-{compression}.tiff",
            images.scan(2, compression, "RGB"),
        )
    yield Case("good tif", "scan of sixty pages", "60.tif", images.scan(60, "group4"))
    yield Case("good tif", "large in BigTIFF", "big.tif", images.saved("TIFF", big_tiff=True))


def _texts() -> Iterator[Case]:
    yield Case("good txt", "in UTF-8", "a.txt", TEXT.encode())
    yield Case("good txt", "with a mark", "b.txt", TEXT.encode("utf-8-sig"))
    yield Case("good txt", "of Notepad in Unicode", "c.txt", TEXT.encode("utf-16"))
    yield Case("good txt", "in big-endian UTF-16", "d.txt", b"\xfe\xff" + TEXT.encode("utf-16-be"))
    yield Case("good txt", "without accents", "e.txt", b"Kinh gui: UBND tinh\r\n\x0c-2-\r\n")
    yield Case("good txt", "of DOS, with its end", "f.txt", b"BAO CAO\r\n\x1a")
    yield Case(
        "good txt",
        "in French, with quotes",
        "g.txt",
        "Il dit «bonjour» à Noël, 5 µm, 3 m², Microsoft®".encode(),
    )
    yield Case("good txt", "with algebra", "h.txt", b"a+b-c, x+yz- and 1+1-2")
    yield Case(
        "good txt", "turned around", "i.txt", "abc \u202e def".encode(), warns="TEXT_DIRECTION"
    )
    broken = "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc"
    yield Case("good txt", "that shows TCVN3", "j.txt", broken.encode(), warns="LEGACY_TEXT")
    vni = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do"
    yield Case("good txt", "that shows VNI", "k.txt", vni.encode(), warns="LEGACY_TEXT")
    yield Case(
        "good txt",
        "with levels in its text",
        "l.txt",
        "Tài liệu không thuộc danh mục MẬT.\n".encode(),
    )
    yield Case("good csv", "of Excel", "a.csv", b"\xef\xbb\xbf" + TABLE.encode())
    yield Case(
        "good csv",
        "with commas and quotes",
        "b.csv",
        b'a,"b, c",-5,+84 905 123 456\r\n1,"x ""y""",-3.5%\r\n',
    )
    yield Case("good csv", "in UTF-16 with tabs", "c.csv", "a\tb\n1\t2\n".encode("utf-16"))
    yield Case(
        "good csv", "with a formula", "d.csv", b"a,b\n=cmd|'/C calc'!A0,1\n", warns="FORMULA"
    )


def _tables() -> Iterator[Case]:
    yield Case(
        "good csv",
        "with a formula after a sign",
        "e.csv",
        b"a,b\n-2+3+cmd|'/C calc'!A0,1\n",
        warns="FORMULA",
    )
    yield Case("good csv", "of many rows", "f.csv", b"1;2;3;4\n" * 50_000)


def _names() -> Iterator[Case]:
    content = TEXT.encode()
    yield Case("good name", "in Vietnamese", "Quyết định số 12 về việc khen thưởng.txt", content)
    yield Case(
        "good name",
        "decomposed",
        "Quye\u0302\u0301t \u0111i\u0323nh.txt",
        content,
        warns="NAME_DECOMPOSED",
    )
    yield Case("good name", "in capitals", "CONG VAN.TXT", content)
    yield Case("good name", "with two ends", "bao.cao.v2.txt", content)
    yield Case("good name", "with another Đ", "Q\u00d0-UBND.txt", content, warns="NAME_LOOKALIKE")
    yield Case(
        "good name",
        "with a Cyrillic letter",
        "Qu\u0443\u1ebft.txt",
        content,
        warns="NAME_LOOKALIKE",
    )
    yield Case("good name", "with a smile", "bao cao \U0001f600.txt", content, warns="NAME_UNUSUAL")
    yield Case("good name", "that begins like a device", "CONG.docx", packed(docx_parts()))
    yield Case("good name", "with brackets", "Công văn (bản 2) [ký].pdf", pdf.simple())
