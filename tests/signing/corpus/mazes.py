"""Files that lead round in circles, down without end, or on and on: no way out but a limit."""

from __future__ import annotations

from tests.signing.corpus.bombs import ANY, LOOPS, MILLION, STOPPED
from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.forged import value_of
from tests.signing.corpus.paper import (
    CATALOG,
    FIRST,
    FORM,
    HEAD,
    PAGES,
    TEXT,
    Paper,
    letter,
    ref,
    refs,
)


@case(ANY, *LOOPS)
def arrays_in_arrays(shop: Workshop) -> bytes:
    """A hundred thousand arrays in each other, in the catalog."""
    paper = letter()
    paper.touch(CATALOG)["Extra"] = b"[" * 100_000 + b"]" * 100_000
    return paper.save().content


@case("REJECTED TRUSTED WARN INDETERMINATE")
def dictionaries_in_dictionaries(shop: Workshop) -> bytes:
    """Ten thousand dictionaries in each other, beside a signature."""
    paper = letter()
    paper.put(b"<< /A " * 10_000 + b"1" + b" >>" * 10_000)
    return paper.save().sign(shop.by()).content


def chained(paper: Paper, count: int, key: str, last: int) -> int:
    """A chain of objects, each naming the next; the number of the first."""
    for _ in range(count):
        last = paper.put({key: refs([last])})
    return last


@case("REJECTED UNSIGNED", *LOOPS)
def fields_in_fields(shop: Workshop) -> bytes:
    """Five thousand fields below each other."""
    paper = letter()
    paper.add_field("deep")
    paper.objects[FORM]["Fields"] = refs([chained(paper, 5000, "Kids", paper.fields["deep"])])
    return paper.save().content


@case("REJECTED TRUSTED WARN INDETERMINATE MODIFIED")
def pages_in_pages(shop: Workshop) -> bytes:
    """Five thousand levels of pages, signed."""
    paper = letter()
    paper.touch(CATALOG)["Pages"] = ref(chained(paper, 5000, "Kids", PAGES))
    return paper.save().sign(shop.by()).content


@case("REJECTED TRUSTED WARN INDETERMINATE")
def page_tree_in_a_circle(shop: Workshop) -> bytes:
    """The pages' root is one of its own pages."""
    paper = letter()
    paper.touch(PAGES)["Kids"] = refs([PAGES, FIRST])
    return paper.save().sign(shop.by()).content


@case("REJECTED MODIFIED TRUSTED WARN INDETERMINATE FORGED")
def page_tree_in_a_circle_with_two_signatures(shop: Workshop) -> bytes:
    """The same under two signatures, so that pages are compared and measured."""
    paper = letter()
    paper.touch(PAGES)["Kids"] = refs([FIRST, PAGES])
    paper.save().sign(shop.by(), "leader")
    paper.add_field("second", Rect=b"[80 120 130 170]")
    return paper.sign(shop.by(shop.people.second), "second").content


@case("REJECTED TRUSTED WARN INDETERMINATE")
def parents_in_a_circle(shop: Workshop) -> bytes:
    """A page's parent is the page, and it has no size of its own."""
    paper = letter()
    page = paper.touch(FIRST)
    page["Parent"] = ref(FIRST)
    del page["MediaBox"]
    paper.add_field("leader", Rect=b"[320 120 450 170]")
    return paper.save().sign(shop.by(), "leader").content


@case("UNSIGNED REJECTED", *LOOPS)
def fields_in_a_circle(shop: Workshop) -> bytes:
    """A field is below itself."""
    paper = letter()
    number = paper.add_field("round")
    paper.objects[number]["Kids"] = refs([number])
    return paper.save().content


@case("REJECTED UNSIGNED", *LOOPS)
def fields_doubling(shop: Workshop) -> bytes:
    """Thirty levels of fields, each naming the next twice: a thousand million ways."""
    paper = letter()
    last = paper.add_field("leaf")
    for _ in range(30):
        last = paper.put({"Kids": refs([last, last]), "T": b"(x)"})
    paper.objects[FORM]["Fields"] = refs([last])
    return paper.save().content


@case("REJECTED TRUSTED WARN INDETERMINATE")
def pages_doubling(shop: Workshop) -> bytes:
    """The same with pages, signed."""
    paper = letter()
    last = PAGES
    for _ in range(30):
        last = paper.put({"Type": b"/Pages", "Kids": refs([last, last]), "Count": b"4"})
    paper.touch(CATALOG)["Pages"] = ref(last)
    return paper.save().sign(shop.by()).content


@case("REJECTED TRUSTED WARN INDETERMINATE")
def references_in_a_circle(shop: Workshop) -> bytes:
    """Two objects that are nothing but each other."""
    paper = letter()
    number = paper.put(b"null")
    paper.put(ref(number + 1), number)
    paper.put(ref(number))
    paper.touch(CATALOG)["OpenAction"] = ref(number)
    return paper.save().sign(shop.by()).content


@case("REJECTED FORGED UNSIGNED", *LOOPS, "SIGNATURE_UNREADABLE")
def signature_in_a_circle(shop: Workshop) -> bytes:
    """The signature's dictionary is its own container."""
    paper = letter()
    number = paper.add_field("round")
    value = paper.put({"Type": b"/Sig", "ByteRange": b"[0 1 2 3]"})
    paper.objects[value]["Contents"] = ref(value)
    paper.objects[number]["V"] = ref(value)
    return paper.save().content


@case("REJECTED TRUSTED WARN INDETERMINATE")
def length_in_a_circle(shop: Workshop) -> bytes:
    """A stream's length is the stream."""
    paper = letter()
    number = max(paper.objects) + 1
    paper.put(b"<< /Length %s >>\nstream\nx\nendstream" % ref(number))
    return paper.save().sign(shop.by()).content


def historied(shop: Workshop, previous: int | None) -> bytes:
    """The letter with a last revision whose history goes to ``previous``, or to itself."""
    content = shop.letter.content
    start = len(content)
    end = start if previous is None else previous
    content += b"xref\n0 0\ntrailer\n<< /Size 11 /Root 1 0 R /Prev %d >>\n" % end
    return content + b"startxref\n%d\n%%%%EOF\n" % start


@case(STOPPED, *LOOPS)
def history_of_itself(shop: Workshop) -> bytes:
    """The last table's predecessor is the last table."""
    return historied(shop, None)


@case(STOPPED + " UNSIGNED", *LOOPS)
def history_negative(shop: Workshop) -> bytes:
    """The last table's predecessor lies before the file."""
    return historied(shop, -5)


@case(STOPPED + " UNSIGNED", *LOOPS)
def history_beyond_the_file(shop: Workshop) -> bytes:
    """The last table's predecessor lies behind the file."""
    return historied(shop, 10**15)


@case(STOPPED, *LOOPS)
def history_in_a_circle(shop: Workshop) -> bytes:
    """Two tables name each other."""
    content = shop.letter.content
    start = len(content)
    first = b"xref\n0 0\ntrailer\n<< /Size 11 /Root 1 0 R /Prev %010d >>\n"
    second = start + len(first % 0)
    content += first % second + first % start
    return content + b"startxref\n%d\n%%%%EOF\n" % second


@case(STOPPED, *LOOPS)
def hybrid_in_a_circle(shop: Workshop) -> bytes:
    """The table's stream is the table."""
    content = shop.letter.content
    start = len(content)
    content += b"xref\n0 0\ntrailer\n<< /Size 11 /Root 1 0 R /XRefStm %d >>\n" % start
    return content + b"startxref\n%d\n%%%%EOF\n" % start


@case(STOPPED, "TOO_MANY_REVISIONS", "RESOURCE_LIMIT")
def five_thousand_revisions(shop: Workshop) -> bytes:
    """A letter saved five thousand times."""
    paper = shop.letter
    parts, length = [paper.content], len(paper.content)
    previous = paper.starts[-1]
    for _ in range(5000):
        words = b"xref\n0 0\ntrailer\n<< /Size 11 /Root 1 0 R /Prev %d >>\n" % previous
        parts.append(words + b"startxref\n%d\n%%%%EOF\n" % length)
        previous, length = length, length + len(parts[-1])
    return b"".join(parts)


@case(STOPPED, "TOO_MANY_REVISIONS", "RESOURCE_LIMIT")
def a_hundred_revisions_after_a_signature(shop: Workshop) -> bytes:
    """A signed letter saved a hundred times."""
    paper = shop.signed
    for _ in range(100):
        paper.save()
    return paper.content


@case(STOPPED, "TOO_MANY_SIGNATURES", "RESOURCE_LIMIT")
def five_thousand_signatures(shop: Workshop) -> bytes:
    """Five thousand fields that call themselves signed."""
    paper = letter()
    value = {"Type": b"/Sig", "Filter": b"/Adobe.PPKLite", "SubFilter": b"/ETSI.CAdES.detached"}
    numbers = []
    for n in range(5000):
        held = paper.put(value | {"ByteRange": b"[0 9 99 9]", "Contents": b"<3080>"})
        numbers.append(paper.put({"FT": b"/Sig", "T": b"(%d)" % n, "V": ref(held)}))
    paper.put({"Fields": refs(numbers), "SigFlags": b"3"}, FORM)
    paper.touch(CATALOG)["AcroForm"] = ref(FORM)
    return paper.save().content


@case(STOPPED + " WARN MODIFIED", "TOO_MANY_SIGNATURES", "SIGNATURE_USED_TWICE", "RESOURCE_LIMIT")
def five_thousand_fields_one_signature(shop: Workshop) -> bytes:
    """Five thousand fields share one good signature."""
    paper = letter()
    paper.save().sign(shop.by())
    value = value_of(paper)
    numbers = [paper.put({"FT": b"/Sig", "T": b"(%d)" % n, "V": ref(value)}) for n in range(5000)]
    form = paper.touch(FORM)
    form["Fields"] = form["Fields"][:-1] + b" " + refs(numbers)[1:]
    return paper.save().content


@case(STOPPED, "TOO_MANY_OBJECTS", "RESOURCE_LIMIT")
def a_quarter_of_a_million_objects(shop: Workshop) -> bytes:
    """A quarter of a million objects that are really there."""
    content, at = bytearray(HEAD), {}
    for number in range(11, 250_000):
        at[number] = len(content)
        content += b"%d 0 obj 1 endobj\n" % number
    paper = letter()
    paper.content = bytes(content)
    paper.objects[250_000] = b"1"
    at |= paper.write_objects(sorted(paper.fresh))[0]
    paper.end_with_table(dict(sorted(at.items())), {})
    return paper.content


@case("REJECTED UNTRUSTED TRUSTED WARN INDETERMINATE")
def two_thousand_certificates(shop: Workshop) -> bytes:
    """The container brings two thousand certificates along."""
    chain = [shop.people.leader] + [shop.people.agency] * 2000
    return shop.letter.sign(shop.by(certificates=chain), room=3_500_000).content


@case("REJECTED UNSIGNED", *LOOPS)
def a_million_spaces_between_two_words(shop: Workshop) -> bytes:
    """White space where patterns look for numbers."""
    paper = letter()
    spaces = b" " * MILLION
    paper.touch(TEXT).data += b"%/ByteRange [" + spaces + b"/Size" + spaces + b"startxref" + spaces
    return paper.save().content


@case("UNSIGNED REJECTED MODIFIED", *LOOPS)
def words_that_begin_and_never_end(shop: Workshop) -> bytes:
    """The beginnings of a signature's words, two hundred thousand times."""
    paper = letter()
    paper.touch(TEXT).data += b"%" + b"/ByteRange [0 " * 200_000 + b"startxref 1 " * 100_000
    return paper.save().content


@case(
    "REJECTED UNSIGNED MODIFIED WARN", "SIGNATURE_NOT_REACHABLE", "UNPARSABLE", "BYTE_RANGE_WRONG"
)
def range_of_five_thousand_digits(shop: Workshop) -> bytes:
    """A ByteRange in a signed letter's text, of numbers that are no numbers any more."""
    paper = letter()
    paper.touch(TEXT).data += b" % /ByteRange [0 1 2 " + b"9" * 5000 + b"]"
    return paper.save().sign(shop.by()).content
