"""Changes after the signature, each in one more revision: what rules name, and what none allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.signing.corpus.catalogue import LEADER_BOX, Workshop, case
from tests.signing.corpus.paper import (
    CATALOG,
    FIRST,
    FONT,
    FORM,
    INFORMATION,
    MORE,
    PAGES,
    SECOND,
    TEXT,
    XMP,
    Paper,
    Stream,
    append,
    letter,
    ref,
    refs,
    text,
)
from tests.signing.corpus.valid import add_proof, add_stamp, form_box

Change = Callable[[Paper], Any]
CHANGED = ("CHANGE_NOT_PERMITTED", "CHANGE_UNREADABLE", "CHANGE_LEAVES_ORPHANS")
CHANGED += ("CHANGE_RAISES_VERSION", "CHANGE_FORBIDDEN_BY_CERTIFICATION")
LIE = b"Pay nine hundred billion dong."
IMAGE, NOTE, SHOWN, AMOUNT, FILLED, TICKED, SCREEN = range(11, 18)


def furnished() -> Paper:
    """The letter with a picture, a note, a field to fill in and a box to tick."""
    paper = letter()
    size = {"Width": b"1", "Height": b"1", "ColorSpace": b"/DeviceRGB", "BitsPerComponent": b"8"}
    paper.put(Stream(b"\xff\0\0", {"Type": b"/XObject", "Subtype": b"/Image"} | size), IMAGE)
    note = {"Type": b"/Annot", "Subtype": b"/Square", "Rect": b"[60 600 200 640]", "F": b"4"}
    paper.put(note | {"AP": b"<< /N %s >>" % ref(SHOWN), "Contents": b"(see below)"}, NOTE)
    paper.put(Stream(b"0 0 140 40 re S", form_box(140, 40)), SHOWN)
    resources = b"<< /Font << /F1 %s >> /XObject << /Im %s >> >>" % (ref(FONT), ref(IMAGE))
    paper.touch(FIRST)["Resources"] = resources
    paper.touch(TEXT).data += b" q 90 0 0 30 72 500 cm /Im Do Q"
    paper.annotate(FIRST, NOTE)
    shown = b"<< /N %s >>" % ref(FILLED)
    filled = {"FT": b"/Tx", "V": b"(100)", "AP": shown, "Rect": b"[72 400 200 420]"}
    assert paper.add_field("amount", **filled, DA=b"(/F1 12 Tf)") == AMOUNT
    paper.put(Stream(b"/Tx BMC BT /F1 12 Tf (100) Tj ET EMC", form_box(128, 20)), FILLED)
    states = b"<< /N << /Yes %s /Off %s >> >>" % (ref(SCREEN), ref(SCREEN))
    ticked = {"FT": b"/Btn", "V": b"/Off", "AS": b"/Off", "AP": states, "Rect": b"[72 380 84 392]"}
    assert paper.add_field("agreed", **ticked) == TICKED
    paper.put(Stream(b"0 0 12 12 re S", form_box(12, 12)), SCREEN)
    drawn = paper.put(Stream(b"0 0 1 RG 0 0 m 130 50 l S", form_box(130, 50)))
    paper.add_field("Signature1", Rect=LEADER_BOX, AP=b"<< /N %s >>" % ref(drawn))
    return paper.save()


_kept: dict[int, Paper] = {}


def signed(shop: Workshop) -> Paper:
    """The furnished letter, signed by the leader; made once."""
    if id(shop) not in _kept:
        _kept[id(shop)] = furnished().sign(shop.by(), room=4000)
    return _kept[id(shop)].copy()


def changed(
    verdicts: str = "MODIFIED", *reasons: str, office: str = ""
) -> Callable[[Change], Change]:
    """Enter a change: the signed letter with one more revision that makes it."""

    def enter(change: Change) -> Change:
        def make(shop: Workshop) -> bytes:
            paper = signed(shop)
            change(paper)
            return paper.save().content

        make.__module__, make.__name__ = __name__, change.__name__
        make.__doc__ = change.__doc__
        usual = () if "TRUSTED" in verdicts else CHANGED
        case(verdicts, *(reasons or usual), office=office)(make)
        return change

    return enter


def _set(name: str, number: int, verdicts: str = "MODIFIED", **entries: bytes) -> None:
    def change(paper: Paper) -> None:
        body = paper.touch(number)
        (body.entries if isinstance(body, Stream) else body).update(entries)

    change.__name__ = name
    changed(verdicts)(change)


_set("page_points_to_another_text", FIRST, Contents=ref(MORE))
_set("page_turned", FIRST, Rotate=b"180")
_set("page_cropped", FIRST, CropBox=b"[0 0 595 300]")
_set("page_enlarged", FIRST, MediaBox=b"[0 0 1190 1684]")
_set("page_unit_changed", FIRST, UserUnit=b"10.0")
_set("page_group_added", FIRST, Group=b"<< /S /Transparency /CS /DeviceRGB >>")
_set("page_thumbnail_added", FIRST, Thumb=ref(IMAGE))
_set("page_tab_order_changed", FIRST, Tabs=b"/S")
_set("page_action_added", FIRST, AA=b"<< /O << /S /URI /URI (http://127.0.0.1/) >> >>")
_set("page_annotations_removed", FIRST, Annots=b"[]")
_set("page_resources_emptied", FIRST, Resources=b"<< >>")
_set("resources_inherited", PAGES, Resources=b"<< /Font << >> >>")
_set("rotation_inherited", PAGES, Rotate=b"90")
_set("second_page_removed", PAGES, Kids=refs([FIRST]), Count=b"1")
_set("pages_reordered", PAGES, Kids=refs([SECOND, FIRST]))
_set("page_shown_twice", PAGES, Kids=refs([FIRST, FIRST]))
_set("page_count_changed", PAGES, Count=b"7")
_set("font_swapped", FONT, BaseFont=b"/Symbol")
_set("font_encoding_changed", FONT, Encoding=b"<< /Differences [48 /nine /one] >>")
_set("font_widths_changed", FONT, FirstChar=b"32", LastChar=b"33", Widths=b"[0 0]")
_set("note_text_changed", NOTE, Contents=b"(cancelled)")
_set("note_moved", NOTE, Rect=b"[60 700 500 800]")
_set("note_hidden", NOTE, F=b"2")
_set("note_given_another_look", NOTE, AP=b"<< /N %s >>" % ref(FILLED))
_set("note_given_an_action", NOTE, A=b"<< /S /URI /URI (http://127.0.0.1/) >>")
_set("field_filled", AMOUNT, V=b"(900)")
_set("field_emptied", AMOUNT, V=b"()")
_set("field_moved", AMOUNT, Rect=b"[72 700 500 760]")
_set("field_shown_otherwise", AMOUNT, AP=b"<< /N %s >>" % ref(SHOWN))
_set("field_hidden", AMOUNT, F=b"2")
_set("field_locked", AMOUNT, Ff=b"1")
_set("field_look_of_letters_changed", AMOUNT, DA=b"(/F1 40 Tf 1 g)")
_set("field_default_changed", AMOUNT, DV=b"(900)")
_set("field_renamed", AMOUNT, T=b"(interest)")
_set("box_ticked", TICKED, V=b"/Yes", AS=b"/Yes")
_set("box_shown_ticked", TICKED, AS=b"/Yes")
_set("fields_reordered", FORM, Fields=refs([TICKED, AMOUNT, 19]))
_set("field_removed_from_form", FORM, Fields=refs([TICKED, 19]))
_set("appearances_to_be_made_anew", FORM, NeedAppearances=b"true")
_set("form_resources_swapped", FORM, DR=b"<< /Font << /F1 %s >> >>" % ref(SHOWN))
_set("form_script_added", FORM, XFA=b"(<xdp/>)")
_set("order_of_calculation_added", FORM, CO=refs([AMOUNT]))
_set("title_changed", INFORMATION, Title=b"(Another title)")
_set("author_added", INFORMATION, Author=b"(Somebody else)")
_set("date_of_creation_changed", INFORMATION, CreationDate=b"(D:19990101)")
_set("keywords_added", INFORMATION, Keywords=b"(secret)")
_set("opening_script_added", CATALOG, OpenAction=b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>")
_set("opening_page_changed", CATALOG, OpenAction=b"[%s /Fit]" % ref(SECOND))
_set("closing_action_added", CATALOG, AA=b"<< /WC << /S /JavaScript /JS (1) >> >>")
_set(
    "names_added",
    CATALOG,
    Names=b"<< /JavaScript << /Names [(a) << /S /JavaScript /JS (1) >>] >> >>",
)
_set("outlines_added", CATALOG, Outlines=b"<< /Type /Outlines /Count 0 >>")
_set("labels_of_pages_added", CATALOG, PageLabels=b"<< /Nums [0 << /S /R >>] >>")
_set("way_of_viewing_changed", CATALOG, ViewerPreferences=b"<< /HideToolbar true >>")
_set("layout_changed", CATALOG, PageLayout=b"/TwoColumnLeft")
_set("language_changed", CATALOG, Lang=b"(en)")
_set(
    "tags_added",
    CATALOG,
    StructTreeRoot=b"<< /Type /StructTreeRoot >>",
    MarkInfo=b"<< /Marked true >>",
)
_set("output_intent_added", CATALOG, OutputIntents=b"[<< /S /GTS_PDFA1 >>]")
_set("file_attached", CATALOG, AF=b"[<< /Type /Filespec /F (a.exe) >>]")
_set("collection_added", CATALOG, Collection=b"<< /Type /Collection >>")
_set("entry_nobody_knows_added", CATALOG, Something=b"(else)")
_set("destinations_added", CATALOG, Dests=b"<< /a [%s /Fit] >>" % ref(FIRST))
_set("threads_added", CATALOG, Threads=b"[]")
_set("permissions_added", CATALOG, Perms=b"<< /UR3 << >> >>")
_set("pages_replaced", CATALOG, Pages=b"<< /Type /Pages /Kids [%s] /Count 1 >>" % ref(SECOND))
_set("version_raised", CATALOG, "MODIFIED WARN", Version=b"/2.0")
_set("form_of_a_note_enlarged", SHOWN, BBox=b"[0 0 1400 400]")
_set("picture_masked", IMAGE, Mask=b"[0 255 0 255 0 255]")


@changed()
def text_replaced(paper: Paper) -> None:
    """The page's text is another one."""
    paper.put(Stream(text(LIE), {}), TEXT)


@changed()
def text_added(paper: Paper) -> None:
    """A second content stream is drawn over the first."""
    more = paper.put(Stream(text(LIE), {}))
    paper.touch(FIRST)["Contents"] = refs([TEXT, more])


@changed()
def text_moved_out_of_sight(paper: Paper) -> None:
    """A stream before the text moves it off the page."""
    more = paper.put(Stream(b"1 0 0 1 9000 0 cm", {}))
    paper.touch(FIRST)["Contents"] = refs([more, TEXT])


@changed()
def page_replaced(paper: Paper) -> None:
    """The first page is another object with another text."""
    fresh = paper.put(Stream(text(LIE), {}))
    page = paper.put(dict(paper.objects[FIRST]) | {"Contents": ref(fresh)})
    paper.touch(PAGES)["Kids"] = refs([page, SECOND])


@changed()
def page_added(paper: Paper) -> None:
    """One page more at the end."""
    fresh = paper.put(Stream(text(LIE), {}))
    page = dict(paper.objects[SECOND]) | {"Contents": ref(fresh)}
    paper.touch(PAGES).update(Kids=refs([FIRST, SECOND, paper.put(page)]), Count=b"3")


@changed()
def page_inserted_in_front(paper: Paper) -> None:
    """One page more at the beginning."""
    fresh = paper.put(Stream(text(LIE), {}))
    page = dict(paper.objects[SECOND]) | {"Contents": ref(fresh)}
    paper.touch(PAGES).update(Kids=refs([paper.put(page), FIRST, SECOND]), Count=b"3")


@changed()
def picture_replaced(paper: Paper) -> None:
    """The picture shows another colour."""
    paper.touch(IMAGE).data = b"\0\xff\0"


@changed()
def look_of_note_replaced(paper: Paper) -> None:
    """The note's appearance, the same object, draws something else."""
    paper.touch(SHOWN).data = b"0 0 140 40 re f"


@changed()
def look_of_field_replaced(paper: Paper) -> None:
    """The field's value stays, its appearance says another number."""
    paper.touch(FILLED).data = b"/Tx BMC BT /F1 12 Tf (900) Tj ET EMC"


@changed()
def look_of_signature_replaced(paper: Paper) -> None:
    """The picture of the signature, the same object, is another."""
    paper.touch(18).data = b"1 0 0 rg 0 0 130 50 re f"


@changed()
def signature_shown_by_another_object(paper: Paper) -> None:
    """The signature shows another appearance."""
    fresh = paper.put(Stream(b"1 0 0 rg 0 0 130 50 re f", form_box(130, 50)))
    paper.touch(paper.fields["Signature1"])["AP"] = b"<< /N %s >>" % ref(fresh)


@changed()
def signature_enlarged(paper: Paper) -> None:
    """The signature covers the page."""
    paper.touch(paper.fields["Signature1"])["Rect"] = b"[0 0 595 842]"


@changed()
def signature_put_on_the_other_page(paper: Paper) -> None:
    """The signature's widget goes to another page."""
    append(paper.touch(SECOND), "Annots", paper.fields["Signature1"])


@changed("MODIFIED FORGED", "CHANGE_NOT_PERMITTED", "SIGNED_PART_UNREADABLE")
def signature_renamed(paper: Paper) -> None:
    """The signature's field has another name."""
    paper.touch(paper.fields["Signature1"])["T"] = b"(agency)"


def _note(kind: bytes, **entries: bytes) -> Change:
    def change(paper: Paper) -> None:
        box = {"Type": b"/Annot", "Subtype": kind, "Rect": b"[60 640 560 760]"}
        paper.annotate(FIRST, paper.put(box | entries))

    change.__name__ = f"{kind[1:].decode().lower()}_added"
    return changed()(change)


_note(b"/FreeText", Contents=b"(Void)", DA=b"(/Helv 30 Tf)")
_note(b"/Stamp", Name=b"/Approved")
_note(b"/Highlight", QuadPoints=b"[60 700 500 700 60 720 500 720]")
_note(b"/Redact", QuadPoints=b"[60 700 500 700 60 720 500 720]", IC=b"[1 1 1]")
_note(b"/Link", A=b"<< /S /URI /URI (http://127.0.0.1/) >>")
_note(b"/FileAttachment", FS=b"<< /Type /Filespec /F (a.exe) >>")
_note(b"/Popup", Parent=ref(NOTE), Open=b"true")
_note(b"/Watermark")
_note(b"/Widget")


@changed()
def note_removed(paper: Paper) -> None:
    """The note is taken off the page."""
    paper.touch(FIRST)["Annots"] = refs([AMOUNT, TICKED, 19])


@changed()
def text_field_added(paper: Paper) -> None:
    """A field more, with a text in it."""
    paper.add_field("more", FT=b"/Tx", V=b"(%s)" % LIE, Rect=b"[60 640 560 760]")


@changed()
def empty_signature_field_shown(paper: Paper) -> None:
    """A visible field for a signature more, with nothing in it but a look of its own."""
    look = paper.put(Stream(text(LIE, 12, (5, 5)), form_box(400, 100)))
    paper.add_field("more", Rect=b"[60 640 460 740]", AP=b"<< /N %s >>" % ref(look))


@changed("TRUSTED WARN MODIFIED")
def empty_signature_field_unseen(paper: Paper) -> None:
    """An invisible field for a signature more."""
    paper.add_field("more")


@changed()
def descriptive_data_changed(paper: Paper) -> None:
    """The XMP says another title."""
    stream = paper.touch(XMP)
    stream.data = stream.data.replace(b"Cong van", b"Anything")


@changed()
def descriptive_data_removed(paper: Paper) -> None:
    """The XMP is gone."""
    del paper.touch(CATALOG)["Metadata"]


@changed("MODIFIED", "SIGNATURE_NOT_REACHABLE", "CHANGE_NOT_PERMITTED")
def form_replaced(paper: Paper) -> None:
    """The form is an empty one."""
    paper.touch(CATALOG)["AcroForm"] = b"<< /Fields [] >>"


@changed("TRUSTED")
def date_of_change_changed(paper: Paper) -> None:
    """The date of change and the tool's name, as pyHanko writes at every update."""
    paper.touch(INFORMATION).update(ModDate=b"(D:20260616)", Producer=b"(other)")


@changed(office="WARN")
def orphan_left(paper: Paper) -> None:
    """An object nobody refers to."""
    paper.put(Stream(text(LIE), {}))


@changed(office="WARN")
def orphan_dressed_as_a_font(paper: Paper) -> None:
    """An object nobody refers to, of the kind of a font."""
    paper.put({"Type": b"/Font", "Subtype": b"/Type1", "BaseFont": b"/Courier"})


@changed()
def information_replaced(paper: Paper) -> None:
    """The trailer names other information."""
    paper.trailer["Info"] = ref(paper.put({"Title": b"(Other)", "Producer": b"(hand)"}))


@changed("TRUSTED WARN MODIFIED")
def nothing_at_all(paper: Paper) -> None:
    """A revision without any object."""


@case("MODIFIED", "CHANGE_NOT_PERMITTED")
def changed_behind_the_proof(shop: Workshop) -> bytes:
    """Proof for later was added, and the text changed after that."""
    paper = add_proof(shop, signed(shop))
    paper.put(Stream(text(LIE), {}), TEXT)
    return paper.save().content


@case("MODIFIED", "CHANGE_NOT_PERMITTED")
def changed_together_with_the_proof(shop: Workshop) -> bytes:
    """The revision that adds proof changes the text as well."""
    paper = signed(shop)
    paper.put(Stream(text(LIE), {}), TEXT)
    return add_proof(shop, paper).content


@case("MODIFIED", "CHANGE_NOT_PERMITTED")
def font_changed_and_named_as_proof(shop: Workshop) -> bytes:
    """The changed font is listed among the certificates of the proof."""
    paper = signed(shop)
    paper.touch(FONT)["BaseFont"] = b"/Symbol"
    return add_proof(shop, paper, OCSPs=refs([FONT])).content


@case("MODIFIED", "CHANGE_NOT_PERMITTED")
def text_named_as_proof(shop: Workshop) -> bytes:
    """The changed text is listed among the revocation lists of the proof."""
    paper = signed(shop)
    paper.put(Stream(text(LIE), {}), TEXT)
    return add_proof(shop, paper, OCSPs=refs([TEXT])).content


@case("MODIFIED", "CHANGE_NOT_PERMITTED")
def changed_under_the_stamp(shop: Workshop) -> bytes:
    """The revision of the document time stamp changes the text as well."""
    paper = signed(shop)
    paper.put(Stream(text(LIE), {}), TEXT)
    return add_stamp(shop, paper).content


@case("MODIFIED", "CHANGE_NOT_PERMITTED")
def changed_under_the_second_signature(shop: Workshop) -> bytes:
    """A second leader's revision changes the text as well."""
    paper = signed(shop)
    paper.put(Stream(text(LIE), {}), TEXT)
    return paper.sign(shop.by(shop.people.second), "second").content


@case("MODIFIED", "CHANGE_NOT_PERMITTED")
def changed_between_leader_and_agency(shop: Workshop) -> bytes:
    """The text was changed after the leader and before the seal."""
    paper = shop.prepared.sign(shop.by(), "leader", room=4000)
    paper.put(Stream(text(LIE), {}), TEXT)
    return paper.save().sign(shop.by(shop.people.agency), "agency").content


@case("MODIFIED", "CHANGE_NOT_PERMITTED")
def changed_and_changed_back(shop: Workshop) -> bytes:
    """The text was another one for a revision, which an honest-looking last one takes back."""
    paper = signed(shop)
    before = paper.objects[TEXT]
    paper.put(Stream(text(LIE), {}), TEXT)
    paper.save()
    paper.put(before, TEXT)
    return paper.save().content
