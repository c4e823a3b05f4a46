"""Signatures in strange places: honest tools write some of these, and a careless reader trips."""

from __future__ import annotations

from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.container import time_stamp
from tests.signing.corpus.forged import FORGED, value_of
from tests.signing.corpus.paper import MORE, Stream, letter, ref, text


@case("UNSIGNED MODIFIED")
def words_of_a_signature_in_the_text(shop: Workshop) -> bytes:
    """The page merely prints the words of a signature's dictionary."""
    paper = letter()
    paper.put(Stream(text(b"/ByteRange [0 100 200 300] /Contents <00>"), {}), MORE)
    return paper.save().content


@case(FORGED + " WARN", "KIND_OF_FIELD_WRONG", "SIGNATURE_NOT_REACHABLE")
def in_a_text_field(shop: Workshop) -> bytes:
    """The signature is the value of a text field."""
    paper = shop.letter
    paper.add_field("Signature1", FT=b"/Tx")
    return paper.sign(shop.by()).content


@case(FORGED + " WARN", "SIGNATURE_NOT_REACHABLE")
def field_without_kind(shop: Workshop) -> bytes:
    """The field does not say that it is one for signatures."""
    paper = shop.letter
    number = paper.add_field("Signature1")
    del paper.objects[number]["FT"]
    return paper.sign(shop.by()).content


@case("WARN MODIFIED FORGED", "SIGNATURE_USED_TWICE")
def two_fields_one_signature(shop: Workshop) -> bytes:
    """Two fields share one dictionary, and were signed so."""
    paper = shop.letter
    paper.add_field("Signature1")
    second = paper.add_field("Signature2")
    paper.objects[second]["V"] = ref(max(paper.objects) + 1)
    return paper.sign(shop.by()).content


@case(FORGED, "SIGNATURE_USED_TWICE")
def second_field_added_later(shop: Workshop) -> bytes:
    """A later revision lets a visible field of its own share the signature."""
    paper = shop.signed
    paper.add_field("Signature2", V=ref(value_of(paper)), Rect=b"[50 50 500 700]")
    return paper.save().content


@case("REJECTED FORGED BROKEN POLICY WARN", roles=True)
def stamp_in_place_of_a_signature(shop: Workshop) -> bytes:
    """A time stamp is passed off as somebody's signature."""
    return shop.letter.sign(lambda covered: time_stamp(shop.people.time, covered).dump()).content
