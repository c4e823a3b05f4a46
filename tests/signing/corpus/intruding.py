"""Changes that come in with a lawful act: what a later signature brings, or names as its own."""

from __future__ import annotations

from typing import Any

from tests.signing.corpus.catalogue import AGENCY_BOX, LEADER_BOX, Workshop, case
from tests.signing.corpus.changed import AMOUNT, LIE, NOTE, furnished
from tests.signing.corpus.paper import (
    CATALOG,
    FIRST,
    FONT,
    FORM,
    INFORMATION,
    TEXT,
    Paper,
    Stream,
    append,
    letter,
    ref,
    refs,
    text,
)
from tests.signing.corpus.valid import add_proof, form_box

CHANGED = ("CHANGE_NOT_PERMITTED", "CHANGE_UNREADABLE", "CHANGE_LEAVES_ORPHANS")
WORSE = "WARN MODIFIED"


def signed(shop: Workshop) -> Paper:
    """A furnished letter, signed by the leader."""
    return furnished().sign(shop.by())


def then(shop: Workshop, paper: Paper, **other: Any) -> bytes:
    """Signed once more, lawfully, by another."""
    return paper.sign(shop.by(shop.people.second), "second", **other).content


@case("MODIFIED", *CHANGED)
def text_named_as_the_second_look(shop: Workshop) -> bytes:
    """The second signature shows the page's own text as its look, and thereby rewrites it."""
    paper = shop.signed
    paper.put(Stream(text(LIE), form_box(100, 20)), TEXT)
    paper.add_field("second", Rect=b"[80 120 180 140]", AP=b"<< /N %s >>" % ref(TEXT))
    return then(shop, paper)


@case("MODIFIED", *CHANGED)
def font_named_in_the_second_look(shop: Workshop) -> bytes:
    """The second signature's look uses the letter's font, and brings another in its place."""
    paper = shop.signed
    paper.put({"Type": b"/Font", "Subtype": b"/Type1", "BaseFont": b"/Symbol"}, FONT)
    box = form_box(100, 20) | {"Resources": b"<< /Font << /F1 %s >> >>" % ref(FONT)}
    look = paper.put(Stream(text(b"x", 9, (2, 2)), box))
    paper.add_field("second", Rect=b"[80 120 180 140]", AP=b"<< /N %s >>" % ref(look))
    return then(shop, paper)


@case("MODIFIED", *CHANGED)
def text_named_in_the_second_signature(shop: Workshop) -> bytes:
    """The second signature's dictionary names the page's text among its own parts."""
    paper = shop.signed
    paper.put(Stream(text(LIE), {}), TEXT)
    return then(shop, paper, Prop_Build=b"<< /App %s >>" % ref(TEXT))


@case("MODIFIED", *CHANGED)
def text_named_as_what_the_second_refers_to(shop: Workshop) -> bytes:
    """The second signature's reference names the page's text as its data."""
    paper = shop.signed
    paper.put(Stream(text(LIE), {}), TEXT)
    lock = b"/TransformMethod /FieldMDP /TransformParams << /Action /All /V /1.2 >>"
    return then(shop, paper, Reference=b"[<< /Type /SigRef %s /Data %s >>]" % (lock, ref(TEXT)))


@case("MODIFIED", *CHANGED)
def text_named_as_parameters(shop: Workshop) -> bytes:
    """The second signature's reference names the page's text as its parameters."""
    paper = shop.signed
    paper.put(Stream(text(LIE), {}), TEXT)
    word = b"<< /Type /SigRef /TransformMethod /X /TransformParams %s >>" % ref(TEXT)
    return then(shop, paper, Reference=b"[%s]" % word)


@case("MODIFIED", *CHANGED)
def page_named_as_parameters(shop: Workshop) -> bytes:
    """The second signature's reference names the page, which shows another text since."""
    paper = signed(shop)
    paper.touch(FIRST)["Contents"] = ref(paper.put(Stream(text(LIE), {})))
    word = b"<< /Type /SigRef /TransformMethod /X /TransformParams %s >>" % ref(FIRST)
    return then(shop, paper, Reference=b"[%s]" % word)


@case("MODIFIED", *CHANGED)
def text_named_as_a_lock(shop: Workshop) -> bytes:
    """The new field's lock and wishes name the page's text."""
    paper = shop.signed
    paper.put(Stream(text(LIE), {}), TEXT)
    return then(shop, paper, field={"SV": b"<< /Type /SV /Reasons [%s] >>" % ref(TEXT)})


@case("MODIFIED", *CHANGED)
def text_named_as_the_tools_name(shop: Workshop) -> bytes:
    """The information names the page's text as the tool that wrote it."""
    paper = shop.signed
    paper.put(Stream(text(LIE), {}), TEXT)
    paper.touch(INFORMATION)["Producer"] = ref(TEXT)
    return paper.save().content


@case("MODIFIED", *CHANGED)
def text_named_as_an_extension(shop: Workshop) -> bytes:
    """The catalog names the page's text as an extension, beside honest proof."""
    paper = shop.signed
    paper.put(Stream(text(LIE), {}), TEXT)
    paper.touch(CATALOG)["Extensions"] = b"<< /ESIC %s >>" % ref(TEXT)
    return add_proof(shop, paper).content


@case("MODIFIED", *CHANGED)
def note_named_as_an_entry_of_the_index(shop: Workshop) -> bytes:
    """The store's index names the note on the page, which thereby says something else."""
    paper = signed(shop)
    paper.touch(NOTE)["Contents"] = b"(pay)"
    index = b"<< /%s << /Cert [%s] >> >>" % (b"A" * 40, ref(NOTE))
    return add_proof(shop, paper, VRI=index).content


@case("MODIFIED", *CHANGED)
def note_made_a_signature(shop: Workshop) -> bytes:
    """The note that was signed becomes the field of the second signature."""
    paper = signed(shop)
    paper.touch(NOTE).update(Subtype=b"/Widget", FT=b"/Sig", T=b"(second)", P=ref(FIRST))
    append(paper.touch(FORM), "Fields", NOTE)
    paper.fields["second"] = NOTE
    return then(shop, paper)


@case("MODIFIED", *CHANGED)
def text_field_made_a_signature(shop: Workshop) -> bytes:
    """The field with the amount becomes the field of the second signature."""
    paper = signed(shop)
    paper.touch(AMOUNT).update(FT=b"/Sig")
    paper.fields["second"] = AMOUNT
    return then(shop, paper)


@case("MODIFIED", *CHANGED)
def signature_made_a_text_field(shop: Workshop) -> bytes:
    """Another prepared field becomes a text that is shown."""
    paper = shop.prepared.sign(shop.by(), "leader")
    look = paper.put(Stream(b"0 0 102 102 re S", form_box(102, 102)))
    shown = {"FT": b"/Tx", "V": b"(x)", "AP": b"<< /N %s >>" % ref(look)}
    paper.touch(paper.fields["agency"]).update(shown)
    return paper.save().content


@case("MODIFIED", *CHANGED)
def prepared_field_shown_and_never_signed(shop: Workshop) -> bytes:
    """The prepared field is given the seal's picture, and nobody signs."""
    paper = shop.prepared.sign(shop.by(), "leader")
    look = paper.put(Stream(b"1 0 0 RG 0 0 102 102 re S", form_box(102, 102)))
    paper.touch(paper.fields["agency"])["AP"] = b"<< /N %s >>" % ref(look)
    return paper.save().content


@case("MODIFIED", *CHANGED)
def signature_hidden(shop: Workshop) -> bytes:
    """The leader's signature is hidden."""
    paper = signed(shop)
    paper.touch(paper.fields["Signature1"])["F"] = b"2"
    return paper.save().content


@case("MODIFIED", *CHANGED)
def signature_framed(shop: Workshop) -> bytes:
    """The leader's signature is given a background."""
    paper = signed(shop)
    paper.touch(paper.fields["Signature1"])["MK"] = b"<< /BG [1 1 1] /R 90 >>"
    return paper.save().content


@case("MODIFIED", *CHANGED)
def signature_hidden_under_the_second(shop: Workshop) -> bytes:
    """The second signer's revision hides the leader's signature."""
    paper = signed(shop)
    paper.touch(paper.fields["Signature1"])["F"] = b"2"
    return then(shop, paper)


@case("MODIFIED", *CHANGED)
def signature_acts_after_the_second(shop: Workshop) -> bytes:
    """The second signer's revision gives the leader's signature a script."""
    paper = signed(shop)
    script = b"<< /E << /S /JavaScript /JS (1) >> >>"
    paper.touch(paper.fields["Signature1"])["AA"] = script
    return then(shop, paper)


@case(WORSE, *CHANGED, "JAVASCRIPT")
def second_brings_a_script(shop: Workshop) -> bytes:
    """The second signature's own field acts when it is seen."""
    paper = shop.signed
    script = b"<< /PO << /S /JavaScript /JS (1) >> >>"
    paper.add_field("second", Rect=b"[80 120 180 140]", AA=script)
    return then(shop, paper)


@case(WORSE, *CHANGED, "LAUNCH")
def second_launches(shop: Workshop) -> bytes:
    """A click on the second signature starts a program."""
    paper = shop.signed
    launch = b"<< /S /Launch /F (cmd.exe) >>"
    paper.add_field("second", Rect=b"[80 120 180 140]", A=launch)
    return then(shop, paper)


@case("MODIFIED", *CHANGED)
def form_of_the_other_kind_added(shop: Workshop) -> bytes:
    """An XFA form comes with the second signature: it is shown in place of the page."""
    paper = signed(shop)
    data = paper.put(Stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>", {}))
    paper.touch(FORM)["XFA"] = ref(data)
    return then(shop, paper)


@case("MODIFIED", *CHANGED)
def text_kid_under_the_second(shop: Workshop) -> bytes:
    """The second signature's field has a kid that is a text upon the page."""
    paper = shop.signed
    number = paper.add_field("second")
    look = paper.put(Stream(text(LIE), form_box(500, 100)))
    kid = {"Type": b"/Annot", "Subtype": b"/Widget", "Rect": b"[60 640 560 740]", "F": b"4"}
    kid |= {"FT": b"/Tx", "T": b"(more)", "V": b"(x)", "AP": b"<< /N %s >>" % ref(look)}
    below = paper.put(kid | {"Parent": ref(number), "P": ref(FIRST)})
    paper.touch(number)["Kids"] = refs([below])
    paper.annotate(FIRST, below)
    return then(shop, paper)


@case("MODIFIED", *CHANGED)
def second_beside_a_text_under_one_parent(shop: Workshop) -> bytes:
    """A new parent brings the second signature and, beside it, a text upon the page."""
    paper = shop.signed
    number = paper.add_field("second")
    look = paper.put(Stream(text(LIE), form_box(500, 100)))
    shown = {"FT": b"/Tx", "V": b"(x)", "Rect": b"[60 640 560 740]"}
    other = paper.add_field("more", **shown, AP=b"<< /N %s >>" % ref(look))
    parent = paper.put({"T": b"(office)", "Kids": refs([number, other])})
    for kid in (number, other):
        paper.objects[kid]["Parent"] = ref(parent)
    fields = paper.touch(FORM)["Fields"]
    for kid in (number, other):
        fields = fields.replace(b" " + ref(kid), b"")
    paper.objects[FORM]["Fields"] = fields
    append(paper.touch(FORM), "Fields", parent)
    return then(shop, paper)


@case("TRUSTED MODIFIED", *CHANGED)
def second_under_the_first(shop: Workshop) -> bytes:
    """The second signature hangs below the leader's own field."""
    paper = signed(shop)
    number = paper.add_field("second")
    paper.touch(paper.fields["Signature1"])["Kids"] = refs([number])
    paper.objects[number]["Parent"] = ref(paper.fields["Signature1"])
    fields = paper.touch(FORM)["Fields"]
    paper.objects[FORM]["Fields"] = fields.replace(b" " + ref(number), b"")
    return then(shop, paper)


@case(WORSE, "SIGNATURE_COVERS_PAGE", "SIGNATURE_COVERS_TEXT", "SIGNATURE_COVERS_CONTENT")
def prepared_place_covers_the_letter(shop: Workshop) -> bytes:
    """The field that stood ready, seen by nobody, lies over the whole text; a stranger fills it."""
    paper = letter()
    paper.add_field("leader", Rect=LEADER_BOX)
    paper.add_field("other", Rect=b"[0 400 595 842]")
    paper.save().sign(shop.by(), "leader")
    look = paper.put(
        Stream(b"1 g 0 0 595 442 re f 0 g " + text(LIE, 12, (72, 320)), form_box(595, 442))
    )
    paper.touch(paper.fields["other"])["AP"] = b"<< /N %s >>" % ref(look)
    return paper.sign(shop.by(shop.people.stranger), "other").content


def _covered(title: str, drawing: bytes) -> None:
    def make(shop: Workshop) -> bytes:
        paper = letter()
        paper.touch(TEXT).data = drawing + b" 2 w 72 718 m 80 730 l 88 718 l S 95 718 m 95 730 l S"
        paper.save()
        paper.add_field("leader", Rect=LEADER_BOX)
        paper.sign(shop.by(), "leader")
        look = paper.put(Stream(b"1 g 0 0 260 20 re f", form_box(260, 20)))
        paper.add_field("second", Rect=b"[70 715 330 735]", AP=b"<< /N %s >>" % ref(look))
        return then(shop, paper)

    make.__module__, make.__name__ = __name__, f"over_letters_drawn_in_{title}"
    make.__doc__ = f"What the second signature covers is drawn in {title}."
    case(WORSE, "SIGNATURE_COVERS_CONTENT")(make)


_covered("light_grey", b"0.82 G")
_covered("yellow", b"1 1 0 RG")
_covered("light_blue", b"0.8 0.9 1 RG")
_covered("white_on_yellow", b"1 1 0 rg 0 700 595 50 re f 1 G")


@case("TRUSTED", roles=True)
def seal_prepared_over_the_title(shop: Workshop) -> bytes:
    """The place prepared for the seal lies over the signer's title, as on paper."""
    paper = letter()
    paper.touch(TEXT).data += b" " + text(b"GIAM DOC", 12, (340, 180))
    paper.add_field("leader", Rect=LEADER_BOX)
    paper.add_field("agency", Rect=AGENCY_BOX)
    paper.save().sign(shop.by(), "leader")
    return paper.sign(shop.by(shop.people.agency), "agency").content
