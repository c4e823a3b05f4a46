"""Signatures that cover what others signed: their place on the page, and their look."""

from __future__ import annotations

from tests.signing.corpus.catalogue import LEADER_BOX, Workshop, case
from tests.signing.corpus.paper import FIRST, FONT, Paper, Stream, letter, ref, text
from tests.signing.corpus.valid import add_stamp, form_box

COVERS = ("SIGNATURE_COVERS_PAGE", "SIGNATURE_COVERS_TEXT", "SIGNATURE_HIDES_PAGE")
WORSE = "WARN MODIFIED"


def second(shop: Workshop, box: bytes, look: bytes = b"", paper: Paper | None = None) -> bytes:
    """Signed by the leader, then by another in a field of his own with this box and look."""
    paper = paper or shop.letter
    if "leader" not in paper.fields:
        paper.add_field("leader", Rect=LEADER_BOX)
    paper.sign(shop.by(), "leader")
    shown: dict[str, bytes] = {}
    if look:
        x0, y0, x1, y1 = map(int, box[1:-1].split())
        shown["AP"] = b"<< /N %s >>" % ref(paper.put(Stream(look, form_box(x1 - x0, y1 - y0))))
    paper.add_field("second", Rect=box, **shown)
    return paper.sign(shop.by(shop.people.second), "second").content


@case("TRUSTED")
def small_and_aside(shop: Workshop) -> bytes:
    """A small second signature on free paper."""
    return second(shop, b"[80 120 200 170]", b"0 0 1 RG 0 0 m 120 50 l S")


@case("TRUSTED")
def eleven_hundredths(shop: Workshop) -> bytes:
    """11 % of the page, on free paper."""
    return second(shop, b"[60 200 360 383]")


@case(WORSE, *COVERS)
def thirteen_hundredths(shop: Workshop) -> bytes:
    """13 % of the page, on free paper."""
    return second(shop, b"[60 200 360 417]")


@case(WORSE, *COVERS)
def whole_page(shop: Workshop) -> bytes:
    """The second signature covers the page."""
    return second(shop, b"[0 0 595 842]", b"1 g 0 0 595 842 re f")


@case(WORSE, *COVERS)
def beyond_the_page(shop: Workshop) -> bytes:
    """Its box is larger than the page on all sides."""
    return second(shop, b"[-500 -500 1500 1500]", b"1 g 0 0 2000 2000 re f")


@case(WORSE, *COVERS)
def corners_in_the_wrong_order(shop: Workshop) -> bytes:
    """The box names its corners the wrong way round; it covers the page all the same."""
    return second(shop, b"[595 842 0 0]")


@case(WORSE, *COVERS)
def over_the_text(shop: Workshop) -> bytes:
    """Small, but right over the sum to be paid."""
    return second(shop, b"[70 715 330 735]", b"1 g 0 0 260 20 re f")


@case(WORSE, "SIGNATURE_COVERS_SIGNATURE")
def over_the_first_signature(shop: Workshop) -> bytes:
    """Right over the leader's whole signature, which nobody had prepared."""
    return second(shop, b"[318 118 452 172]", b"1 g 0 0 134 54 re f")


@case(WORSE, *COVERS, "SIGNATURE_LEAVES_BOX")
def look_larger_than_its_box(shop: Workshop) -> bytes:
    """The box is small; the look's matrix would throw it over the page."""
    paper = shop.letter
    paper.add_field("leader", Rect=LEADER_BOX)
    paper.sign(shop.by(), "leader")
    box = form_box(1, 1) | {"Matrix": b"[90 0 0 90 0 0]"}
    look = paper.put(Stream(b"1 g -900 -900 2000 2000 re f", box))
    paper.add_field("second", Rect=b"[70 715 330 735]", AP=b"<< /N %s >>" % ref(look))
    return paper.sign(shop.by(shop.people.second), "second").content


@case(WORSE, *COVERS)
def on_a_tiny_page(shop: Workshop) -> bytes:
    """The page is small, so a usual box is much of it."""
    paper = letter()
    paper.touch(FIRST)["MediaBox"] = b"[0 0 200 200]"
    paper.save()
    paper.add_field("leader", Rect=b"[1 1 20 20]")
    return second(shop, b"[40 40 180 180]", paper=paper)


@case(WORSE, *COVERS)
def on_a_cropped_page(shop: Workshop) -> bytes:
    """Only a part of the page is shown, and the box covers much of that."""
    paper = letter()
    paper.touch(FIRST)["CropBox"] = b"[0 0 300 300]"
    paper.save()
    paper.add_field("leader", Rect=b"[1 1 20 20]")
    return second(shop, b"[40 40 280 280]", paper=paper)


@case(WORSE, *COVERS)
def many_small_ones_cover_together(shop: Workshop) -> bytes:
    """Twelve widgets of one field: each is small, all together they cover the page."""
    paper = shop.letter
    paper.add_field("leader", Rect=LEADER_BOX)
    paper.sign(shop.by(), "leader")
    field = paper.put({"FT": b"/Sig", "T": b"(second)", "Kids": b"[]"})
    kids = []
    for place in range(12):
        box = b"[0 %d 595 %d]" % (place * 70, place * 70 + 70)
        widget = {"Type": b"/Annot", "Subtype": b"/Widget", "Rect": box, "F": b"132"}
        kids.append(paper.put(widget | {"Parent": ref(field), "P": ref(FIRST)}))
        paper.annotate(FIRST, kids[-1])
    paper.objects[field]["Kids"] = b"[" + b" ".join(map(ref, kids)) + b"]"
    form = paper.touch(9)
    form["Fields"] = form["Fields"][:-1] + b" " + ref(field) + b"]"
    paper.fields["second"] = field
    return paper.sign(shop.by(shop.people.second), "second").content


@case(WORSE, *COVERS, roles=True)
def seal_over_the_whole_letter(shop: Workshop) -> bytes:
    """The agency itself covers the page: told, not trusted."""
    paper = shop.letter
    paper.add_field("leader", Rect=LEADER_BOX)
    paper.sign(shop.by(), "leader")
    look = paper.put(Stream(b"1 g 0 0 595 842 re f", form_box(595, 842)))
    paper.add_field("agency", Rect=b"[0 0 595 842]", AP=b"<< /N %s >>" % ref(look))
    return paper.sign(shop.by(shop.people.agency), "agency").content


@case("TRUSTED")
def large_from_the_beginning(shop: Workshop) -> bytes:
    """The first signature may be as large as its signer likes: it covers nothing of another's."""
    paper = shop.letter
    paper.add_field("leader", Rect=b"[60 200 560 500]")
    return paper.sign(shop.by(), "leader").content


@case(WORSE, *COVERS)
def prints_a_false_sum(shop: Workshop) -> bytes:
    """Beside the text, its look prints a line that reads as if it belonged to the letter."""
    look = b"1 g 0 0 400 40 re f 0 g " + text(b"Pay nine hundred billion dong.", 12, (2, 10))
    box = form_box(400, 40) | {"Resources": b"<< /Font << /F1 %s >> >>" % ref(FONT)}
    paper = shop.letter
    paper.add_field("leader", Rect=LEADER_BOX)
    paper.sign(shop.by(), "leader")
    shown = b"<< /N %s >>" % ref(paper.put(Stream(look, box)))
    paper.add_field("second", Rect=b"[70 712 470 752]", AP=shown)
    return paper.sign(shop.by(shop.people.second), "second").content


@case("WARN TRUSTED MODIFIED", roles=True)
def stamp_with_a_look(shop: Workshop) -> bytes:
    """A document time stamp that shows: lawful, but nobody's act."""
    paper = shop.signed
    look = paper.put(Stream(b"0 0 50 50 re S", form_box(50, 50)))
    paper.add_field("Stamp1", Rect=b"[80 120 130 170]", AP=b"<< /N %s >>" % ref(look))
    return add_stamp(shop, paper).content


@case(WORSE, *COVERS)
def stamp_that_covers_the_page(shop: Workshop) -> bytes:
    """A document time stamp with a look over the whole page: anyone can have one made."""
    paper = shop.signed
    look = paper.put(Stream(b"1 g 0 0 595 842 re f", form_box(595, 842)))
    paper.add_field("Stamp1", Rect=b"[0 0 595 842]", AP=b"<< /N %s >>" % ref(look))
    return add_stamp(shop, paper).content


@case(WORSE, *COVERS, "SIGNATURE_PLACE_UNREADABLE", "CHANGE_NOT_PERMITTED")
def says_another_page(shop: Workshop) -> bytes:
    """The widget lies on the first page and says that it lies on the second, beside the text."""
    paper = shop.letter
    paper.add_field("leader", Rect=LEADER_BOX)
    paper.sign(shop.by(), "leader")
    look = paper.put(Stream(b"1 g 0 0 260 20 re f", form_box(260, 20)))
    shown = b"<< /N %s >>" % ref(look)
    paper.add_field("second", Rect=b"[70 715 330 735]", AP=shown, P=ref(4))
    paper.objects[4].pop("Annots", None)
    return paper.sign(shop.by(shop.people.second), "second").content


@case(WORSE, *COVERS, "SIGNATURE_PLACE_UNREADABLE", "CHANGE_NOT_PERMITTED")
def says_no_page(shop: Workshop) -> bytes:
    """The widget over the text does not say on which page it lies."""
    paper = shop.letter
    paper.add_field("leader", Rect=LEADER_BOX)
    paper.sign(shop.by(), "leader")
    number = paper.add_field("second", Rect=b"[70 715 330 735]")
    del paper.objects[number]["P"]
    return paper.sign(shop.by(shop.people.second), "second").content


@case(WORSE, *COVERS, "SIGNATURE_PLACE_UNREADABLE", "CHANGE_NOT_PERMITTED")
def on_both_pages(shop: Workshop) -> bytes:
    """One widget is listed on both pages: beside the text on one, over it on the other."""
    paper = letter()
    paper.objects[5] = Stream(b"", {})
    paper.save()
    paper.add_field("leader", Rect=LEADER_BOX)
    paper.sign(shop.by(), "leader")
    number = paper.add_field("second", Rect=b"[70 715 330 735]")
    paper.annotate(4, number)
    return paper.sign(shop.by(shop.people.second), "second").content


@case(WORSE, *COVERS, "SIGNATURE_PLACE_UNREADABLE", "CHANGE_NOT_PERMITTED")
def widget_of_a_widget(shop: Workshop) -> bytes:
    """The widget that covers hangs two levels below its field."""
    paper = shop.letter
    paper.add_field("leader", Rect=LEADER_BOX)
    paper.sign(shop.by(), "leader")
    number = paper.add_field("second", Rect=b"[0 0 0 0]")
    look = paper.put(Stream(b"1 g 0 0 595 842 re f", form_box(595, 842)))
    middle = paper.put({"Parent": ref(number)})
    widget = {"Type": b"/Annot", "Subtype": b"/Widget", "Rect": b"[0 0 595 842]", "F": b"132"}
    widget |= {"P": ref(FIRST), "Parent": ref(middle), "AP": b"<< /N %s >>" % ref(look)}
    below = paper.put(widget)
    paper.objects[middle]["Kids"] = b"[%s]" % ref(below)
    paper.objects[number]["Kids"] = b"[%s]" % ref(middle)
    paper.annotate(FIRST, below)
    return paper.sign(shop.by(shop.people.second), "second").content


@case(WORSE, *COVERS, "SIGNATURE_COVERS_CONTENT")
def over_a_scanned_line(shop: Workshop) -> bytes:
    """The letter is a scan: what is covered is a picture of a line, not a text."""
    paper = letter()
    size = {"Width": b"4", "Height": b"1", "ColorSpace": b"/DeviceGray", "BitsPerComponent": b"8"}
    image = paper.put(Stream(b"\0\xff\0\xff", {"Type": b"/XObject", "Subtype": b"/Image"} | size))
    paper.touch(FIRST)["Resources"] = b"<< /XObject << /Im %s >> >>" % ref(image)
    paper.touch(5).data = b"q 260 0 0 12 72 718 cm /Im Do Q"
    paper.save()
    return second(shop, b"[70 715 340 735]", b"1 g 0 0 270 20 re f", paper)


@case(WORSE, *COVERS, "SIGNATURE_COVERS_CONTENT")
def over_a_filled_field(shop: Workshop) -> bytes:
    """What is covered is the number that a field shows."""
    paper = letter()
    content = text(b"12/SNV-VTLT", 12, (2, 5))
    box = form_box(128, 20) | {"Resources": b"<< /Font << /F1 %s >> >>" % ref(FONT)}
    look = paper.put(Stream(content, box))
    filled = {"FT": b"/Tx", "V": b"(12/SNV-VTLT)", "AP": b"<< /N %s >>" % ref(look)}
    paper.add_field("number", Rect=b"[72 400 200 420]", Ff=b"1", **filled)
    paper.save()
    return second(shop, b"[70 398 202 422]", b"1 g 0 0 132 24 re f", paper)


@case(WORSE, *COVERS, "SIGNATURE_COVERS_CONTENT")
def over_drawn_letters(shop: Workshop) -> bytes:
    """What is covered is drawn with lines, letter by letter."""
    paper = letter()
    paper.touch(5).data = b"2 w 72 718 m 80 730 l 88 718 l S 95 718 m 95 730 l S"
    paper.save()
    return second(shop, b"[70 715 330 735]", b"1 g 0 0 260 20 re f", paper)


@case("TRUSTED")
def over_white_paper_of_a_scan(shop: Workshop) -> bytes:
    """The scan is white where the second signature stands."""
    paper = letter()
    size = {"Width": b"1", "Height": b"1", "ColorSpace": b"/DeviceGray", "BitsPerComponent": b"8"}
    image = paper.put(Stream(b"\xff", {"Type": b"/XObject", "Subtype": b"/Image"} | size))
    paper.touch(FIRST)["Resources"] = b"<< /XObject << /Im %s >> >>" % ref(image)
    paper.touch(5).data = b"q 595 0 0 842 0 0 cm /Im Do Q"
    paper.save()
    return second(shop, b"[80 120 200 170]", b"0 0 1 RG 0 0 m 120 50 l S", paper)


@case("TRUSTED")
def on_a_turned_page(shop: Workshop) -> bytes:
    """A small second signature on free paper of a page that is turned."""
    paper = letter()
    paper.touch(FIRST)["Rotate"] = b"90"
    paper.save()
    return second(shop, b"[80 120 200 170]", b"0 0 1 RG 0 0 m 120 50 l S", paper)
