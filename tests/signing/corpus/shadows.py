"""Shadow attacks: what will be shown later lies in the document when it is signed.

Hide: something covers the true text and is taken away. Replace: something harmless, a font or the
look of a form, is exchanged. Hide and replace: a second content waits unused and is switched on.
"""

from __future__ import annotations

from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.changed import LIE
from tests.signing.corpus.paper import (
    CATALOG,
    FIRST,
    FONT,
    PAGES,
    SECOND,
    TEXT,
    Paper,
    Stream,
    letter,
    ref,
    refs,
    text,
)
from tests.signing.corpus.valid import form_box

CHANGED = ("CHANGE_NOT_PERMITTED", "CHANGE_UNREADABLE")
COVER = 11


def covered() -> Paper:
    """A page whose text lies under a white picture that shows a harmless one."""
    paper = letter()
    size = {"Width": b"1", "Height": b"1", "ColorSpace": b"/DeviceRGB", "BitsPerComponent": b"8"}
    paper.put(Stream(b"\xff\xff\xff", {"Type": b"/XObject", "Subtype": b"/Image"} | size), COVER)
    resources = b"<< /Font << /F1 %s >> /XObject << /Im %s >> >>" % (ref(FONT), ref(COVER))
    paper.touch(FIRST)["Resources"] = resources
    paper.touch(TEXT).data = text(LIE) + b" q 500 0 0 60 60 700 cm /Im Do Q"
    return paper.save()


@case("MODIFIED", *CHANGED)
def hide_cover_made_another_kind(shop: Workshop) -> bytes:
    """The covering picture becomes an object that is no picture."""
    paper = covered().sign(shop.by())
    paper.put({"Type": b"/Metadata"}, COVER)
    return paper.save().content


@case("MODIFIED", *CHANGED)
def hide_cover_made_empty(shop: Workshop) -> bytes:
    """The covering picture becomes a form that draws nothing."""
    paper = covered().sign(shop.by())
    paper.put(Stream(b"", form_box(1, 1)), COVER)
    return paper.save().content


@case("MODIFIED WARN", *CHANGED, "OBJECT_FREED")
def hide_cover_freed(shop: Workshop) -> bytes:
    """The covering picture is listed as free: the very first form of the attack."""
    paper = covered().sign(shop.by())
    start = len(paper.content)
    paper.content += b"xref\n%d 1\n0000000000 65535 f \n" % COVER
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Prev %d >>\n" % (paper.size(), paper.starts[-1])
    paper.content += trailer + b"startxref\n%d\n%%%%EOF\n" % start
    return paper.content


@case("MODIFIED WARN", *CHANGED, "OBJECT_FREED")
def hide_cover_freed_in_a_stream(shop: Workshop) -> bytes:
    """The same with a cross-reference stream."""
    paper = covered().sign(shop.by())
    start = len(paper.content)
    own = paper.size()
    entries = b"/Type /XRef /W [1 4 2] /Index [%d 1] /Size %d" % (COVER, own + 1)
    history = b"/Root 1 0 R /Prev %d /Length 7" % paper.starts[-1]
    row = b"\0\0\0\0\0\xff\xff"
    paper.content += b"%d 0 obj\n<< %s %s >>\nstream\n%s\nendstream\nendobj\n" % (
        own,
        entries,
        history,
        row,
    )
    paper.content += b"startxref\n%d\n%%%%EOF\n" % start
    return paper.content


@case("MODIFIED", *CHANGED)
def hide_cover_taken_from_the_resources(shop: Workshop) -> bytes:
    """The page no longer knows the covering picture."""
    paper = covered().sign(shop.by())
    paper.touch(FIRST)["Resources"] = b"<< /Font << /F1 %s >> >>" % ref(FONT)
    return paper.save().content


def under_a_form() -> Paper:
    """A page whose text lies under a field that shows another."""
    paper = letter()
    paper.touch(TEXT).data = text(LIE)
    look = paper.put(Stream(b"1 g 0 0 500 60 re f", form_box(500, 60)))
    shown = b"<< /N %s >>" % ref(look)
    paper.add_field("cover", FT=b"/Tx", V=b"(harmless)", Rect=b"[60 700 560 760]", AP=shown)
    return paper.save()


@case("MODIFIED", *CHANGED)
def hide_field_that_covers_emptied(shop: Workshop) -> bytes:
    """The covering field loses its look."""
    paper = under_a_form().sign(shop.by())
    del paper.touch(paper.fields["cover"])["AP"]
    return paper.save().content


@case("MODIFIED", *CHANGED)
def hide_field_that_covers_moved(shop: Workshop) -> bytes:
    """The covering field shrinks to nothing."""
    paper = under_a_form().sign(shop.by())
    paper.touch(paper.fields["cover"])["Rect"] = b"[0 0 0 0]"
    return paper.save().content


@case("MODIFIED", *CHANGED)
def hide_field_over_field(shop: Workshop) -> bytes:
    """Two fields lie on each other; their order on the page is turned."""
    paper = under_a_form()
    look = paper.put(Stream(text(LIE, 12, (5, 5)), form_box(500, 60)))
    shown = b"<< /N %s >>" % ref(look)
    paper.add_field("under", FT=b"/Tx", V=b"(x)", Rect=b"[60 700 560 760]", AP=shown)
    first, second = paper.fields["under"], paper.fields["cover"]
    paper.touch(FIRST)["Annots"] = refs([first, second])
    paper.save().sign(shop.by())
    signature = paper.fields["Signature1"]
    paper.touch(FIRST)["Annots"] = refs([second, first, signature])
    return paper.save().content


@case("MODIFIED", *CHANGED)
def replace_font_with_other_letters(shop: Workshop) -> bytes:
    """The page's font comes anew, with other drawings for the same digits."""
    paper = letter()
    strokes = [paper.put(Stream(b"500 0 d0 0 0 500 700 re f", {})) for _ in range(2)]
    kind = {"Type": b"/Font", "Subtype": b"/Type3", "FontBBox": b"[0 0 500 700]"}
    kind |= {"FontMatrix": b"[0.001 0 0 0.001 0 0]", "FirstChar": b"48", "LastChar": b"49"}
    kind |= {"Widths": b"[500 500]", "Encoding": b"<< /Differences [48 /zero /one] >>"}
    procedures = b"<< /zero %s /one %s >>" % (ref(strokes[0]), ref(strokes[1]))
    paper.put(kind | {"CharProcs": procedures}, FONT)
    paper.save().sign(shop.by())
    paper.touch(FONT)["CharProcs"] = b"<< /zero %s /one %s >>" % (ref(strokes[1]), ref(strokes[0]))
    return paper.save().content


@case("MODIFIED", *CHANGED)
def replace_font_file(shop: Workshop) -> bytes:
    """The program of the embedded font is exchanged."""
    paper = letter()
    program = paper.put(Stream(b"first program", {"Length1": b"13"}))
    about = paper.put({"Type": b"/FontDescriptor", "FontName": b"/X", "FontFile2": ref(program)})
    paper.touch(FONT).update(Subtype=b"/TrueType", FontDescriptor=ref(about))
    paper.save().sign(shop.by())
    paper.touch(program).data = b"other program"
    return paper.save().content


@case("MODIFIED", *CHANGED)
def replace_map_of_letters(shop: Workshop) -> bytes:
    """The map from codes to letters is exchanged: what is copied differs from what is seen."""
    paper = letter()
    table = paper.put(Stream(b"1 beginbfchar <31> <0031> endbfchar", {}))
    paper.touch(FONT)["ToUnicode"] = ref(table)
    paper.save().sign(shop.by())
    paper.touch(table).data = b"1 beginbfchar <31> <0039> endbfchar"
    return paper.save().content


@case("MODIFIED", *CHANGED)
def replace_look_of_a_field(shop: Workshop) -> bytes:
    """The field's value is signed, its look comes later."""
    paper = under_a_form().sign(shop.by())
    look = paper.put(Stream(text(LIE, 12, (5, 5)), form_box(500, 60)))
    paper.touch(paper.fields["cover"])["AP"] = b"<< /N %s >>" % ref(look)
    return paper.save().content


@case("MODIFIED", *CHANGED)
def replace_value_that_was_only_overlaid(shop: Workshop) -> bytes:
    """The field held the false value all along, shown as another; now it is shown truly."""
    paper = under_a_form()
    paper.touch(paper.fields["cover"])["V"] = b"(%s)" % LIE
    paper.save().sign(shop.by())
    paper.touch(paper.fields["cover"])["MK"] = b"<< >>"
    del paper.touch(paper.fields["cover"])["AP"]
    return paper.save().content


def with_a_second_text(paper: Paper) -> tuple[int, int]:
    """An unused page tree with another text; numbers of the tree and of its page."""
    fresh = paper.put(Stream(text(LIE), {}))
    tree = paper.put({"Type": b"/Pages", "Count": b"1"})
    page = paper.put(dict(paper.objects[FIRST]) | {"Contents": ref(fresh), "Parent": ref(tree)})
    paper.objects[tree]["Kids"] = refs([page])
    return tree, page


@case("MODIFIED", *CHANGED)
def hide_and_replace_pages(shop: Workshop) -> bytes:
    """The catalog is led to the waiting pages."""
    paper = letter()
    tree, _ = with_a_second_text(paper)
    paper.save().sign(shop.by())
    paper.touch(CATALOG)["Pages"] = ref(tree)
    return paper.save().content


@case("MODIFIED", *CHANGED)
def hide_and_replace_page(shop: Workshop) -> bytes:
    """The page tree is led to the waiting page."""
    paper = letter()
    _, page = with_a_second_text(paper)
    paper.save().sign(shop.by())
    paper.touch(PAGES)["Kids"] = refs([page, SECOND])
    return paper.save().content


@case("MODIFIED FORGED REJECTED", *CHANGED, "UNCOVERED_TAIL")
def hide_and_replace_by_table_alone(shop: Workshop) -> bytes:
    """No object is added: a new table lets the text's number mean the bytes of the waiting one."""
    paper = letter()
    with_a_second_text(paper)
    paper.save().sign(shop.by())
    waiting = paper.content.index(b"11 0 obj")
    paper.end_with_table({TEXT: waiting}, {})
    return paper.content


@case("MODIFIED FORGED REJECTED", *CHANGED, "UNCOVERED_TAIL")
def hide_and_replace_by_table_in_a_stream_body(shop: Workshop) -> bytes:
    """The table leads into the inside of a signed stream, where a whole object is spelled out."""
    paper = letter()
    inside = b"5 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj" % (len(LIE), text(LIE))
    paper.put(Stream(inside, {"Type": b"/Metadata"}))
    paper.save().sign(shop.by())
    place = paper.content.index(b"5 0 obj", paper.content.index(b"11 0 obj") + 9)
    paper.end_with_table({TEXT: place}, {})
    return paper.content


@case("MODIFIED FORGED REJECTED", *CHANGED, "UNCOVERED_TAIL", "SIGNATURE_NOT_REACHABLE")
def older_revision_shown_again(shop: Workshop) -> bytes:
    """The last line leads back to the table of an earlier, unsigned text."""
    paper = letter().save()
    old = paper.starts[-1]
    paper.put(Stream(text(b"Pay one dong."), {}), TEXT)
    paper.save().sign(shop.by())
    paper.content += b"startxref\n%d\n%%%%EOF\n" % old
    return paper.content


def with_layers(shown: bytes) -> Paper:
    """Two optional contents on one place, of which one is switched off."""
    paper = letter()
    layers = [paper.put({"Type": b"/OCG", "Name": b"(%d)" % n}) for n in (1, 2)]
    names = b"<< /A %s /B %s >>" % (ref(layers[0]), ref(layers[1]))
    font = b"<< /Font << /F1 %s >> /Properties %s >>" % (ref(FONT), names)
    paper.touch(FIRST)["Resources"] = font
    paper.touch(TEXT).data = b"/OC /A BDC %s EMC /OC /B BDC %s EMC" % (text(b"One"), text(LIE))
    paper.touch(CATALOG)["OCProperties"] = layered(layers, shown)
    return paper.save()


def layered(layers: list[int], shown: bytes) -> bytes:
    """The catalog's word on which layer is on."""
    on, off = (layers if shown == b"A" else layers[::-1])[:2]
    return b"<< /OCGs %s /D << /ON %s /OFF %s >> >>" % (refs(layers), refs([on]), refs([off]))


@case("MODIFIED", *CHANGED)
def layers_switched(shop: Workshop) -> bytes:
    """The other layer is switched on after the signature."""
    paper = with_layers(b"A").sign(shop.by())
    paper.touch(CATALOG)["OCProperties"] = layered([11, 12], b"B")
    return paper.save().content


@case("MODIFIED", *CHANGED)
def layer_renamed(shop: Workshop) -> bytes:
    """A layer is given conditions of its own later."""
    paper = with_layers(b"A").sign(shop.by())
    paper.touch(11)["Usage"] = b"<< /Print << /PrintState /OFF >> >>"
    return paper.save().content


@case("WARN", "OPTIONAL_CONTENT")
def layers_that_wait(shop: Workshop) -> bytes:
    """Nothing was changed, but a second text waits to be switched on."""
    return with_layers(b"A").sign(shop.by()).content
