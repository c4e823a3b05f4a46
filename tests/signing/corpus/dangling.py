"""References that led nowhere when the file was signed, and are given something to lead to later.

Nothing that was signed is rewritten: a later revision only adds, and what it adds is named as proof
or as a container, which may be added.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.forged import LIE
from tests.signing.corpus.paper import (
    CATALOG,
    FIRST,
    FONT,
    FORM,
    TEXT,
    Paper,
    Stream,
    append,
    letter,
    ref,
    refs,
    written,
)
from tests.signing.corpus.valid import form_box

LATER = 60
SEEN = ("CHANGE_NOT_PERMITTED", "CHANGE_UNREADABLE", "CHANGE_LEAVES_ORPHANS")
CHANGED = "MODIFIED FORGED REJECTED"


def named_as_proof(paper: Paper, body: Any) -> bytes:
    """A revision that adds the missing object and names it among the certificates of a store."""
    paper.put(body, LATER)
    paper.touch(CATALOG)["DSS"] = ref(paper.put({"Type": b"/DSS", "Certs": refs([LATER])}))
    return paper.save().content


def dangling(title: str, prepare: Callable[[Paper], Any], body: Any) -> None:
    """Enter a letter that refers to an object it lacks, signed, and given that object later."""

    def make(shop: Workshop) -> bytes:
        paper = letter()
        prepare(paper)
        return named_as_proof(paper.save().sign(shop.by()), body)

    make.__module__, make.__name__ = __name__, title
    make.__doc__ = f"What was missing is added later as proof: {title.replace('_', ' ')}."
    case(CHANGED, *SEEN)(make)


dangling(
    "text_of_the_page",
    lambda paper: paper.touch(FIRST).update(Contents=refs([TEXT, LATER])),
    Stream(LIE, {}),
)
dangling(
    "font_of_the_page",
    lambda paper: paper.touch(FIRST).update(Resources=b"<< /Font << /F1 60 0 R >> >>"),
    {"Type": b"/Font", "Subtype": b"/Type1", "BaseFont": b"/Symbol"},
)
dangling(
    "resources_of_the_page",
    lambda paper: paper.touch(FIRST).update(Resources=ref(LATER)),
    {"Font": b"<< /F1 %s >>" % ref(FONT)},
)
dangling(
    "note_on_the_page",
    lambda paper: append(paper.touch(FIRST), "Annots", LATER),
    {"Type": b"/Annot", "Subtype": b"/FreeText", "Rect": b"[0 0 595 842]"},
)
dangling(
    "notes_of_the_page",
    lambda paper: paper.touch(4).update(Annots=ref(LATER)),
    b"[<< /Type /Annot /Subtype /FreeText /Rect [0 0 595 842] >>]",
)
dangling(
    "opening_action",
    lambda paper: paper.touch(CATALOG).update(OpenAction=ref(LATER)),
    {"S": b"/JavaScript", "JS": b"(1)"},
)
dangling(
    "layers",
    lambda paper: paper.touch(CATALOG).update(OCProperties=ref(LATER)),
    {"OCGs": b"[]", "D": b"<< >>"},
)
dangling(
    "descriptive_data",
    lambda paper: paper.touch(CATALOG).update(Metadata=ref(LATER)),
    Stream(b"<x:xmpmeta/>", {"Type": b"/Metadata", "Subtype": b"/XML"}),
)
dangling(
    "length_of_the_text",
    lambda paper: paper.put(
        b"<< /Length %s >>\nstream\n%s\nendstream" % (ref(LATER), paper.objects[TEXT].data), TEXT
    ),
    b"7",
)


def sloppy(paper: Paper) -> Paper:
    """A revision that makes strict readers stop: an object is deleted as none can be."""
    start = len(paper.content)
    gone = max(paper.objects) + 1
    paper.objects[gone] = b"null"
    paper.content += b"xref\n0 1\n%010d 65535 f \n%d 1\n0000000000 00000 f \n" % (gone, gone)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Prev %d >>\n" % (paper.size(), paper.starts[-1])
    paper.content += trailer + b"startxref\n%d\n%%%%EOF\n" % start
    paper.starts.append(start)
    return paper


@case("WARN", "PARSED_LENIENTLY")
def nothing_in_a_sloppy_file(shop: Workshop) -> bytes:
    """A sloppy file, signed, and nothing happened to it."""
    return sloppy(letter().save()).sign(shop.by()).content


@case(CHANGED, *SEEN)
def text_in_a_sloppy_file(shop: Workshop) -> bytes:
    """The missing second text of the page is added later as proof, in a sloppy file."""
    paper = letter()
    paper.touch(FIRST)["Contents"] = refs([TEXT, LATER])
    return named_as_proof(sloppy(paper.save()).sign(shop.by()), Stream(LIE, {}))


@case(CHANGED, *SEEN)
def note_in_a_sloppy_file(shop: Workshop) -> bytes:
    """The missing note is added later as proof, in a sloppy file."""
    paper = letter()
    append(paper.touch(FIRST), "Annots", LATER)
    note = {"Type": b"/Annot", "Subtype": b"/FreeText", "Rect": b"[0 0 595 842]"}
    return named_as_proof(sloppy(paper.save()).sign(shop.by()), note)


@case(CHANGED, *SEEN)
def font_in_a_sloppy_file(shop: Workshop) -> bytes:
    """The missing font is added later as proof, in a sloppy file."""
    paper = letter()
    paper.touch(FIRST)["Resources"] = b"<< /Font << /F1 60 0 R >> >>"
    font = {"Type": b"/Font", "Subtype": b"/Type1", "BaseFont": b"/Symbol"}
    return named_as_proof(sloppy(paper.save()).sign(shop.by()), font)


@case(CHANGED, *SEEN)
def look_of_the_signature_in_a_sloppy_file(shop: Workshop) -> bytes:
    """The missing look of the signed field is added later as proof, in a sloppy file."""
    paper = sloppy(letter().save())
    paper.add_field("Signature1", Rect=b"[60 640 560 760]", AP=b"<< /N 60 0 R >>")
    paper.sign(shop.by())
    return named_as_proof(paper, Stream(b"1 g 0 0 500 120 re f", form_box(500, 120)))


@case(CHANGED, *SEEN)
def look_of_the_signature(shop: Workshop) -> bytes:
    """The signed field's look is missing, and comes later."""
    paper = shop.letter
    paper.add_field("Signature1", Rect=b"[60 640 560 760]", AP=b"<< /N 60 0 R >>")
    paper.sign(shop.by())
    return named_as_proof(paper, Stream(b"1 g 0 0 500 120 re f", form_box(500, 120)))


@case(CHANGED, *SEEN, "SIGNED_PART_UNREADABLE")
def field_of_the_form(shop: Workshop) -> bytes:
    """The form names a field that comes later."""
    paper = letter()
    paper.add_field("Signature1")
    append(paper.objects[FORM], "Fields", LATER)
    paper.save().sign(shop.by())
    return named_as_proof(paper, {"FT": b"/Tx", "T": b"(more)", "V": b"(x)"})


@case(CHANGED, *SEEN)
def deleted_object_brought_back(shop: Workshop) -> bytes:
    """The page's second text was deleted before it was signed, and is brought back as proof."""
    paper = letter()
    paper.put(Stream(b"", {}), LATER)
    paper.touch(FIRST)["Contents"] = refs([TEXT, LATER])
    paper.save()
    start = len(paper.content)
    paper.content += b"xref\n0 1\n%010d 65535 f \n%d 1\n0000000000 00000 f \n" % (LATER, LATER)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Prev %d >>\n" % (paper.size(), paper.starts[-1])
    paper.content += trailer + b"startxref\n%d\n%%%%EOF\n" % start
    paper.starts.append(start)
    return named_as_proof(paper.sign(shop.by()), Stream(LIE, {}))


def packed(shop: Workshop) -> tuple[Paper, int]:
    """A letter whose page and font are packed, signed; the number of the object stream."""
    paper = letter().save("stream", packed=[FIRST, FONT])
    holder = next(
        number
        for number, body in paper.objects.items()
        if isinstance(body, Stream) and body.entries.get("Type") == b"/ObjStm"
    )
    paper.objects[FIRST] = dict(paper.objects[FIRST])
    paper.sign(shop.by(), style="stream", title="Signature1")
    return paper, holder


def repacked(paper: Paper) -> Stream:
    """An object stream like the first, with another page in it."""
    page = dict(letter().objects[FIRST]) | {"Contents": ref(4), "Rotate": b"180"}
    bodies = [written(page), written({"Type": b"/Font", "BaseFont": b"/Symbol"})]
    head = b"%d 0 %d %d\n" % (FIRST, FONT, len(bodies[0]) + 1)
    data = zlib.compress(head + b"\n".join(bodies))
    kind = {"Type": b"/ObjStm", "N": b"2", "First": b"%d" % len(head)}
    return Stream(data, kind | {"Filter": b"/FlateDecode"})


@case(CHANGED, *SEEN)
def object_stream_replaced(shop: Workshop) -> bytes:
    """Only the object stream is written anew: what lies in it is another thing now."""
    paper, holder = packed(shop)
    paper.put(repacked(paper), holder)
    return paper.save("stream").content


@case(CHANGED, *SEEN)
def object_stream_replaced_and_named_as_proof(shop: Workshop) -> bytes:
    """The same, and the stream is listed among the certificates of a store."""
    paper, holder = packed(shop)
    paper.put(repacked(paper), holder)
    paper.touch(CATALOG)["DSS"] = ref(paper.put({"Type": b"/DSS", "Certs": refs([holder])}))
    return paper.save("stream").content


@case(CHANGED, *SEEN)
def object_stream_that_came_later(shop: Workshop) -> bytes:
    """The signed table leads into an object stream that was not there yet."""
    paper = letter()
    data = paper.put(Stream(b"", {}))
    paper.fresh.discard(data)
    del paper.objects[data]
    at, places = paper.write_objects(sorted(paper.fresh - {FONT}))
    places[FONT] = (2, LATER, 0)
    paper.end_with_stream(at, places, [], {})
    paper.fresh.clear()
    paper.sign(shop.by(), style="stream")
    font = written({"Type": b"/Font", "Subtype": b"/Type1", "BaseFont": b"/Symbol"})
    head = b"%d 0\n" % FONT
    kind = {"Type": b"/ObjStm", "N": b"1", "First": b"%d" % len(head)}
    paper.put(Stream(head + font, kind), LATER)
    return paper.save("stream").content


@case(CHANGED, *SEEN)
def cross_references_replaced(shop: Workshop) -> bytes:
    """The number of a signed cross-reference stream is given to another text of the page."""
    paper = letter()
    paper.touch(FIRST)["Contents"] = refs([TEXT, 11])
    paper.save("stream").sign(shop.by(), style="stream")
    assert paper.objects[11].entries["Type"] == b"/XRef"
    paper.put(Stream(LIE, {"Type": b"/XRef", "W": b"[1 1 1]", "Size": b"0"}), 11)
    return paper.save("stream").content


@case(CHANGED, *SEEN, "SIGNATURE_DICTIONARY_DIFFERS", "UNCOVERED_TAIL", "UNPARSABLE")
def history_inside_a_signed_stream(shop: Workshop) -> bytes:
    """A table that waits inside a signed stream becomes part of the history."""
    paper = letter()
    waiting = paper.put(Stream(LIE, {}))
    decoy = paper.put(Stream(b"x" * 400, {}))
    at, _ = paper.write_objects(sorted(paper.fresh))
    table = b"xref\n5 1\n%010d 00000 n \ntrailer\n<< /Size 20 /Root 1 0 R >>\n" % at[waiting]
    inside = at[decoy] + paper.content[at[decoy] :].index(b"xxxx")
    paper.content = paper.content[:inside] + table + paper.content[inside + len(table) :]
    paper.fresh.clear()
    paper.end_with_table(at, {})
    paper.sign(shop.by())
    start = len(paper.content)
    words = b"xref\n0 0\ntrailer\n<< /Size 20 /Root 1 0 R /Prev %d >>\n" % inside
    return paper.content + words + b"startxref\n%d\n%%%%EOF\n" % start
