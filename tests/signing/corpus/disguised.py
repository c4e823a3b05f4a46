"""Files of two kinds at once, files that are no PDF, and hybrids as Microsoft Word writes them."""

from __future__ import annotations

import io
import zipfile

from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.paper import (
    CATALOG,
    FIRST,
    FONT,
    HEAD,
    INFORMATION,
    MORE,
    PAGES,
    Stream,
    letter,
    ref,
)
from tests.signing.corpus.valid import add_proof, add_stamp

TAIL = "MODIFIED FORGED REJECTED"
PROGRAM = b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + b"\0" * 100
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def archive(name: str = "cv.docx") -> bytes:
    """A small ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr(name, b"program")
    return buffer.getvalue()


@case("REJECTED", "EMPTY_FILE")
def empty(shop: Workshop) -> bytes:
    """No bytes."""
    return b""


@case("REJECTED", "NOT_A_PDF")
def a_text(shop: Workshop) -> bytes:
    """A plain text."""
    return "Cộng hòa xã hội chủ nghĩa Việt Nam\n".encode()


@case("REJECTED", "NOT_A_PDF")
def an_archive(shop: Workshop) -> bytes:
    """A ZIP archive."""
    return archive()


@case("REJECTED", "NOT_A_PDF")
def zeros(shop: Workshop) -> bytes:
    """Zeros."""
    return bytes(5000)


@case("REJECTED", "UNPARSABLE")
def head_only(shop: Workshop) -> bytes:
    """The first line of a PDF."""
    return HEAD


@case("REJECTED", "NOT_A_PDF")
def head_in_small_letters(shop: Workshop) -> bytes:
    """The first line in small letters."""
    return b"%pdf" + shop.signed.content[4:]


@case("UNSIGNED")
def unsigned(shop: Workshop) -> bytes:
    """A plain letter."""
    return shop.letter.content


@case("UNSIGNED")
def unsigned_with_fields(shop: Workshop) -> bytes:
    """A prepared letter nobody signed."""
    return shop.prepared.content


@case("UNSIGNED")
def unsigned_modern(shop: Workshop) -> bytes:
    """A plain letter with packed objects."""
    return letter().save("stream", packed=[CATALOG, PAGES, FIRST]).content


@case("REJECTED", "NOT_A_PDF", "LEADING_BYTES")
def archive_in_front(shop: Workshop) -> bytes:
    """A ZIP archive before the signed letter."""
    return archive() + shop.signed.content


@case("REJECTED", "NOT_A_PDF", "LEADING_BYTES")
def page_in_front(shop: Workshop) -> bytes:
    """An HTML page before the signed letter."""
    return PAGE + shop.signed.content


@case("REJECTED", "NOT_A_PDF", "LEADING_BYTES")
def program_in_front(shop: Workshop) -> bytes:
    """A program's head before the signed letter."""
    return PROGRAM + shop.signed.content


@case("REJECTED", "NOT_A_PDF", "LEADING_BYTES")
def picture_in_front(shop: Workshop) -> bytes:
    """A GIF's head before the signed letter."""
    return b"GIF89a" + shop.signed.content


@case("REJECTED", "NOT_A_PDF", "LEADING_BYTES")
def line_break_in_front(shop: Workshop) -> bytes:
    """A line break before the signed letter."""
    return b"\r\n" + shop.signed.content


@case("REJECTED", "NOT_A_PDF", "LEADING_BYTES")
def mark_in_front(shop: Workshop) -> bytes:
    """A byte order mark before the signed letter."""
    return b"\xef\xbb\xbf" + shop.signed.content


@case("REJECTED", "NOT_A_PDF", "LEADING_BYTES")
def page_signed_in_front(shop: Workshop) -> bytes:
    """The HTML page was there already when it was signed: ranges and places are all right."""
    paper = letter(head=PAGE + b"\n" + HEAD)
    return paper.save().sign(shop.by()).content


@case(TAIL, "UNCOVERED_TAIL", "UNPARSABLE")
def archive_behind(shop: Workshop) -> bytes:
    """A ZIP archive behind the signed letter."""
    return shop.signed.content + archive()


@case(TAIL, "UNCOVERED_TAIL", "UNPARSABLE")
def page_behind(shop: Workshop) -> bytes:
    """An HTML page behind the signed letter."""
    return shop.signed.content + PAGE


@case(TAIL, "UNCOVERED_TAIL", "UNPARSABLE")
def program_behind(shop: Workshop) -> bytes:
    """A program behind the signed letter."""
    return shop.signed.content + PROGRAM * 20


@case(TAIL, "UNCOVERED_TAIL", "UNPARSABLE")
def archive_far_behind(shop: Workshop) -> bytes:
    """A ZIP archive after two kilobytes of spaces."""
    return shop.signed.content + b" " * 2048 + archive()


@case("TRUSTED WARN")
def archive_in_a_signed_stream(shop: Workshop) -> bytes:
    """An archive inside a signed stream is the signer's own content."""
    paper = letter()
    paper.put(Stream(archive(), {"Type": b"/Metadata"}))
    return paper.save().sign(shop.by()).content


@case(TAIL + " BROKEN WARN", "CONTAINER_PADDING_NOT_ZERO", "BYTE_RANGE_GAP_WRONG")
def archive_in_the_container(shop: Workshop) -> bytes:
    """The container's spare room holds the archive, spelled in hexadecimal."""
    return shop.letter.sign(shop.by(), padding=bytes(50) + archive()).content


@case("UNSIGNED")
def hybrid_unsigned(shop: Workshop) -> bytes:
    """Word's own export."""
    return letter().save("hybrid", packed=[INFORMATION, FONT]).content


@case("TRUSTED")
def hybrid_signed(shop: Workshop) -> bytes:
    """Word's export, signed."""
    return letter().save("hybrid", packed=[INFORMATION, FONT]).sign(shop.by()).content


@case("TRUSTED", roles=True)
def hybrid_signed_and_sealed(shop: Workshop) -> bytes:
    """Word's export, signed and sealed."""
    paper = letter().save("hybrid", packed=[INFORMATION, FONT]).sign(shop.by(), "leader")
    return paper.sign(shop.by(shop.people.agency), "agency").content


@case("TRUSTED WARN")
def hybrid_signed_by_a_stream(shop: Workshop) -> bytes:
    """Word's export, signed by a tool that goes on with cross-reference streams."""
    paper = letter().save("hybrid", packed=[INFORMATION, FONT])
    return paper.sign(shop.by(), style="stream").content


@case("MODIFIED", "HYBRID_REVISION_AFTER_SIGNATURE", "CHANGE_NOT_PERMITTED")
def hybrid_later(shop: Workshop) -> bytes:
    """A later revision with two lists of objects: two readers see two files."""
    paper = shop.signed
    extra = paper.put({"Type": b"/Metadata"})
    return paper.save("hybrid", packed=[extra]).content


@case(TAIL, "UNCOVERED_TAIL", "BYTES_BETWEEN_REVISIONS")
def archive_before_an_empty_revision(shop: Workshop) -> bytes:
    """The archive stands between the signature and an honest revision without objects."""
    paper = shop.signed
    paper.content += archive()
    return paper.save().content


@case(TAIL, "UNCOVERED_TAIL", "BYTES_BETWEEN_REVISIONS")
def object_outside_every_table(shop: Workshop) -> bytes:
    """A second text for the page, which no table lists: readers that mend files will find it."""
    paper = shop.signed
    paper.content += b"5 0 obj\n<< /Length 2 >>\nstream\nBT\nendstream\nendobj\n"
    return paper.save().content


@case(TAIL, "UNCOVERED_TAIL", "BYTES_BETWEEN_REVISIONS")
def comment_before_an_empty_revision(shop: Workshop) -> bytes:
    """A comment of a few lines stands there."""
    paper = shop.signed
    paper.content += b"% void\n" * 30
    return paper.save().content


@case(TAIL, "UNCOVERED_TAIL", "BYTES_BETWEEN_REVISIONS")
def archive_inside_a_revision_with_proof(shop: Workshop) -> bytes:
    """The archive stands between two objects of the proof for later."""
    paper = add_proof(shop, shop.signed)
    paper.content += archive()
    return add_stamp(shop, paper).content


@case("WARN REJECTED MODIFIED FORGED")
def archive_signed_behind_the_end(shop: Workshop) -> bytes:
    """The archive stands behind the first revision's end mark and was signed along."""
    paper = shop.letter
    paper.content += archive()
    return paper.sign(shop.by()).content


@case("WARN MODIFIED REJECTED FORGED", "HYBRID_LISTS_DIFFER", "CHANGE_UNREADABLE")
def hybrid_whose_lists_disagree(shop: Workshop) -> bytes:
    """The table shows one page, the stream another: signed so."""
    paper = letter()
    paper.save()
    paper.put({"Type": b"/Page"} | dict(paper.objects[FIRST]) | {"Contents": ref(MORE)}, FIRST)
    paper.save("hybrid", packed=[FIRST])
    return paper.sign(shop.by()).content


@case("WARN MODIFIED REJECTED", "PROOF_UNREADABLE", "CHANGE_NOT_PERMITTED")
def archive_named_as_proof(shop: Workshop) -> bytes:
    """The archive is a stream that the store lists among its certificates: unpackers find it."""
    paper = shop.signed
    held = paper.put(Stream(archive(), {}))
    paper.touch(CATALOG)["DSS"] = ref(paper.put({"Type": b"/DSS", "Certs": b"[%s]" % ref(held)}))
    return paper.save().content
