"""Signatures in strange places: honest tools write some of these, and a careless reader trips."""

from __future__ import annotations

from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.container import Stamp, document_stamp, time_stamp
from tests.signing.corpus.forged import FORGED, LIE, value_of
from tests.signing.corpus.paper import (
    CATALOG,
    FIRST,
    FONT,
    FORM,
    MORE,
    PAGES,
    TEXT,
    Paper,
    Stream,
    filled,
    letter,
    ref,
    sections,
    text,
    whole,
)
from tests.signing.corpus.people import Hand
from tests.signing.corpus.valid import add_stamp


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


def second_named(shop: Workshop, hand: Hand) -> bytes:
    """Signed by the leader, then by another in a second field of the same name."""
    paper = shop.letter.sign(shop.by())
    first = paper.fields.pop("Signature1")
    paper.add_field("Signature1", Rect=b"[80 120 160 170]")
    assert paper.fields["Signature1"] != first
    return paper.sign(shop.by(hand)).content


@case("WARN MODIFIED FORGED TRUSTED", roles=True)
def two_fields_of_one_name(shop: Workshop) -> bytes:
    """Two fields have one name: neither signature may hide the other."""
    return second_named(shop, shop.people.second)


@case(FORGED + " WARN UNTRUSTED", "NO_PATH_TO_ANCHOR", "SIGNATURE_NOT_REACHABLE")
def stranger_in_a_field_of_the_same_name(shop: Workshop) -> bytes:
    """The second of one name is by a stranger."""
    people = shop.people
    return second_named(shop, people.issue("X", people.twin))


@case("WARN MODIFIED FORGED REJECTED", "SIGNATURE_NOT_REACHABLE")
def only_on_the_page(shop: Workshop) -> bytes:
    """The signed widget is on the page and not in the form."""
    paper = letter()
    paper.add_field("Signature1", Rect=b"[80 120 160 170]")
    paper.objects[FORM]["Fields"] = b"[]"
    return paper.save().sign(shop.by()).content


@case("TRUSTED WARN")
def only_in_the_form(shop: Workshop) -> bytes:
    """The signed field is in the form and on no page."""
    paper = letter()
    paper.add_field("Signature1")
    del paper.objects[FIRST]["Annots"]
    return paper.save().sign(shop.by()).content


@case("TRUSTED WARN MODIFIED FORGED REJECTED", "SIGNATURE_NOT_REACHABLE")
def field_without_a_name(shop: Workshop) -> bytes:
    """The signed field has no name."""
    paper = letter()
    number = paper.add_field("Signature1")
    del paper.objects[number]["T"]
    return paper.save().sign(shop.by()).content


@case("WARN REJECTED FORGED MODIFIED")
def two_roots_in_the_trailer(shop: Workshop) -> bytes:
    """The trailer names two catalogs; readers differ in which they take."""
    paper = letter()
    fresh = paper.put(Stream(LIE, {}))
    page = paper.put(dict(paper.objects[FIRST]) | {"Contents": ref(fresh)})
    pages = paper.put({"Type": b"/Pages", "Kids": b"[%s]" % ref(page), "Count": b"1"})
    other = paper.put({"Type": b"/Catalog", "Pages": ref(pages)})
    paper.trailer["Root"] = b"1 0 R /Root " + ref(other)
    return paper.save().sign(shop.by()).content


@case("WARN REJECTED FORGED MODIFIED")
def two_values_in_the_field(shop: Workshop) -> bytes:
    """The field has two values; readers differ in which they take."""
    paper = shop.letter
    empty = paper.put({"Type": b"/Sig"})
    paper.add_field("Signature1", TU=b"(x) /V %s" % ref(empty))
    return paper.sign(shop.by()).content


@case("WARN REJECTED FORGED MODIFIED UNSIGNED")
def two_forms_in_the_catalog(shop: Workshop) -> bytes:
    """The catalog has two forms; readers differ in which they take."""
    paper = letter()
    paper.add_field("Signature1")
    paper.objects[CATALOG]["Lang"] = b"(vi) /AcroForm << /Fields [] >>"
    return paper.save().sign(shop.by()).content


@case("TRUSTED WARN REJECTED FORGED MODIFIED")
def object_listed_twice(shop: Workshop) -> bytes:
    """The table lists the page's text twice; readers differ in which they take."""
    paper = letter()
    other = paper.put(Stream(LIE, {}))
    at, _ = paper.write_objects(sorted(paper.fresh))
    paper.fresh.clear()
    paper.end_with_table(at, {})
    extra = b"xref\n%d 1\n%010d 00000 n \n" % (TEXT, at[other])
    paper.content = paper.content.replace(b"xref\n", extra, 1)
    return paper.sign(shop.by()).content


@case("TRUSTED WARN")
def empty_dictionary_left_over(shop: Workshop) -> bytes:
    """A second, empty signature dictionary lies about unused and was signed along."""
    paper = letter()
    paper.put({"Type": b"/Sig", "Filter": b"/Adobe.PPKLite"})
    return paper.save().sign(shop.by()).content


@case("WARN MODIFIED REJECTED TRUSTED", "PARSED_LENIENTLY", "UNPARSABLE")
def table_off_by_one(shop: Workshop) -> bytes:
    """The first table's numbers begin at one, a mistake of many small tools."""
    paper = letter().save()
    paper.content = paper.content.replace(b"xref\n0 11\n", b"xref\n1 11\n")
    return paper.sign(shop.by()).content


@case("WARN MODIFIED REJECTED TRUSTED", "PARSED_LENIENTLY", "UNPARSABLE")
def start_off_by_some(shop: Workshop) -> bytes:
    """The first table is not quite where the last line says."""
    paper = letter().save()
    start = paper.starts[-1]
    paper.content = paper.content.replace(b"startxref\n%d" % start, b"startxref\n%d" % (start - 1))
    paper.starts[-1] = start - 1
    return paper.sign(shop.by()).content


@case("TRUSTED")
def for_fast_display(shop: Workshop) -> bytes:
    """A linearized letter: its first page's table comes first, and names the other."""
    paper = letter()
    front = [CATALOG, PAGES, FIRST, TEXT, FONT]
    behind = [number for number in sorted(paper.objects) if number not in front]
    size, empty = paper.size(), Paper(paper.content)
    empty.objects = paper.objects
    table = len(b"xref\n" + sections(dict.fromkeys(front, b" " * 20)))
    words = b"trailer\n<< /Size %d /Root 1 0 R /Info 8 0 R /Prev %010d >>\nstartxref\n0\n%%%%EOF\n"
    start = len(empty.content)
    empty.content += b" " * (table + len(words % (size, 0)))
    at, _ = empty.write_objects(front)
    rest, _ = empty.write_objects(behind)
    lines = {number: b"%010d 00000 n \n" % place for number, place in at.items()}
    head = b"xref\n" + sections(lines) + words % (size, len(empty.content))
    empty.content = empty.content[:start] + head + empty.content[start + len(head) :]
    lines = {number: b"%010d 00000 n \n" % place for number, place in rest.items()}
    lines[0] = b"0000000000 65535 f \n"
    empty.content += b"xref\n" + sections(lines) + b"trailer\n<< /Size %d >>\n" % size
    empty.content += b"startxref\n%d\n%%%%EOF\n" % start
    empty.starts.append(start)
    return empty.sign(shop.by()).content


@case("WARN", "SIGNATURE_NOT_INDIRECT", "SIGNATURE_DICTIONARY_DIRECT")
def dictionary_inside_the_field(shop: Workshop) -> bytes:
    """The dictionary is part of the field and not an object of its own."""
    paper = shop.letter
    number = paper.add_field("Signature1")
    field = paper.objects[number]
    room = b"<%s>" % (b"0" * 8000)
    inner = b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached "
    field["V"] = inner + b"/ByteRange [0 0000000000 0000000000 0000000000] /Contents %s >>" % room
    begin = len(paper.content)
    paper.save()
    return filled(paper.content, begin, shop.by(), whole, b"")


@case("WARN", "SIGNATURE_TYPE_MISSING")
def stamp_without_type(shop: Workshop) -> bytes:
    """A document time stamp that does not say what it is: met among honest files."""
    stamp = document_stamp(Stamp(shop.people.time))
    return shop.signed.sign(stamp, "Stamp1", Type=b"", M=b"", SubFilter=b"/ETSI.RFC3161").content


@case("WARN", "SIGNATURE_TYPE_WRONG", "SIGNATURE_TYPE_MISSING")
def stamp_that_calls_itself_a_signature(shop: Workshop) -> bytes:
    """A document time stamp of the type of a signature."""
    stamp = document_stamp(Stamp(shop.people.time))
    return shop.signed.sign(stamp, "Stamp1", M=b"", SubFilter=b"/ETSI.RFC3161").content


@case("WARN UNSIGNED INDETERMINATE", roles=True)
def stamp_alone(shop: Workshop) -> bytes:
    """A document time stamp and nobody's signature: no one signed."""
    return add_stamp(shop, shop.letter).content


@case(FORGED, "DIGEST_DIFFERS", roles=True)
def broken_one_hidden_by_its_name(shop: Workshop) -> bytes:
    """The first of one name no longer holds; the second is good."""
    paper = shop.letter.sign(lambda _: shop.by()(b"another document"))
    del paper.fields["Signature1"]
    paper.add_field("Signature1", Rect=b"[80 120 160 170]")
    return paper.sign(shop.by(shop.people.second)).content
