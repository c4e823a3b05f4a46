"""Descriptive data (XMP) as tools write it anew with each update, and what else the update says."""

from __future__ import annotations

from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.changed import AMOUNT, furnished
from tests.signing.corpus.paper import CATALOG, FONT, FORM, XMP, Paper, Stream, letter, ref
from tests.signing.corpus.valid import add_proof

CHANGED = ("CHANGE_NOT_PERMITTED",)
PACKET = (
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
    b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    b"<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'"
    b" xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmlns:pdf='http://ns.adobe.com/pdf/1.3/'"
    b" xmp:ModifyDate='2026-06-15T10:00:00+07:00' pdf:Producer='Writer'"
    b" xmlns:xmpMM='http://ns.adobe.com/xap/1.0/mm/' xmpMM:InstanceID='uuid:1'"
    b" xmp:CreatorTool='Writer'><dc:format>application/pdf</dc:format>%s</rdf:Description>"
    b"</rdf:RDF></x:xmpmeta>"
)
KIND = {"Type": b"/Metadata", "Subtype": b"/XML"}


def described(shop: Workshop) -> Paper:
    """A letter that is described as an archive's file, signed by the leader."""
    paper = letter()
    paper.put(Stream(PACKET % b"", dict(KIND)), XMP)
    return paper.save().sign(shop.by())


def written_anew(paper: Paper, old: bytes, new: bytes, more: bytes = b"") -> Paper:
    """The description once more, with other words in one place."""
    packet = PACKET % more
    assert old in packet
    paper.put(Stream(packet.replace(old, new), dict(KIND)), XMP)
    return paper


def second(shop: Workshop, paper: Paper) -> bytes:
    """Signed by another."""
    return paper.sign(shop.by(shop.people.second), "second").content


@case("TRUSTED")
def date_of_change_with_the_second_signature(shop: Workshop) -> bytes:
    """The second signer's tool writes its date of change."""
    return second(shop, written_anew(described(shop), b"T10:00", b"T11:30"))


@case("TRUSTED")
def name_of_the_update_with_the_second_signature(shop: Workshop) -> bytes:
    """The second signer's tool names its update, as Acrobat does."""
    return second(shop, written_anew(described(shop), b"uuid:1", b"uuid:2"))


@case("TRUSTED")
def tool_with_the_proof(shop: Workshop) -> bytes:
    """The tool that adds proof writes its own name."""
    paper = written_anew(described(shop), b"Producer='Writer'", b"Producer='pyHanko'")
    return add_proof(shop, paper).content


@case("MODIFIED", *CHANGED)
def title_given_with_the_second_signature(shop: Workshop) -> bytes:
    """A title that nobody had given."""
    title = b"<dc:title><rdf:Alt><rdf:li>Another</rdf:li></rdf:Alt></dc:title>"
    return second(shop, written_anew(described(shop), b"T10:00", b"T11:30", title))


@case("MODIFIED", *CHANGED)
def format_changed_with_the_proof(shop: Workshop) -> bytes:
    """The description speaks of another kind of file."""
    paper = written_anew(described(shop), b"application/pdf", b"text/plain")
    return add_proof(shop, paper).content


@case("MODIFIED", *CHANGED)
def description_that_says_nothing(shop: Workshop) -> bytes:
    """All properties are gone."""
    paper = described(shop)
    paper.put(Stream(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>", dict(KIND)), XMP)
    return second(shop, paper)


@case("MODIFIED", *CHANGED)
def description_of_another_kind(shop: Workshop) -> bytes:
    """The description becomes a form that could be drawn."""
    paper = described(shop)
    form = {"Type": b"/XObject", "Subtype": b"/Form", "BBox": b"[0 0 9 9]"}
    paper.put(Stream(PACKET % b"", form), XMP)
    return second(shop, paper)


@case("WARN", "CHANGE_RAISES_VERSION")
def version_with_the_second_signature(shop: Workshop) -> bytes:
    """The second signer's tool names a newer version of the format, as iText does."""
    paper = shop.signed
    paper.touch(CATALOG)["Version"] = b"/2.0"
    return second(shop, paper)


@case("MODIFIED", "CHANGE_RAISES_VERSION")
def version_after_the_second_signature(shop: Workshop) -> bytes:
    """The version is named in a revision that nobody signed."""
    paper = shop.signed.sign(shop.by(shop.people.second), "second")
    paper.touch(CATALOG)["Version"] = b"/2.0"
    return paper.save().content


@case("MODIFIED", *CHANGED)
def letters_of_a_filled_form(shop: Workshop) -> bytes:
    """There is a field to fill, and the second signature's tool changes how its letters look."""
    paper = furnished().sign(shop.by())
    assert AMOUNT in paper.objects
    paper.touch(FORM)["DR"] = b"<< /Font << /Helv %s >> >>" % ref(FONT)
    return second(shop, paper)


@case("MODIFIED", *CHANGED)
def form_to_be_drawn_anew_with_the_second_signature(shop: Workshop) -> bytes:
    """Readers are told to draw the fields themselves."""
    paper = shop.signed
    paper.touch(FORM)["NeedAppearances"] = b"true"
    return second(shop, paper)
