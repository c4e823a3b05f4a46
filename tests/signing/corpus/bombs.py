"""Files made to exhaust whoever reads them: each is answered soon, with bounded memory.

A file may come through as what it is where nothing of the bomb needs to be opened; it may be
rejected; it may not stop the judge.
"""

from __future__ import annotations

import zlib
from functools import cache

from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.paper import (
    CATALOG,
    FONT,
    HEAD,
    TEXT,
    XMP,
    Paper,
    Stream,
    letter,
    ref,
    refs,
)

STOPPED = "REJECTED"
LIMITS = ("RESOURCE_LIMIT", "TOO_MANY_OBJECTS", "XREF_TOO_LARGE", "UNPARSABLE", "DECODE_LIMIT")
LOOPS = (*LIMITS, "XREF_LOOP", "NESTING_TOO_DEEP", "TOO_MANY_REVISIONS")
ANY = "REJECTED UNSIGNED"
FLATE = {"Filter": b"/FlateDecode"}
MILLION = 1_000_000


@cache
def zeros(millions: int) -> bytes:
    """So many million zeros, packed."""
    squeezed, block = zlib.compressobj(9), bytes(MILLION)
    return b"".join(squeezed.compress(block) for _ in range(millions)) + squeezed.flush()


def table_stream(count: int, *, size: bytes = b"/Size 9", index: bytes = b"") -> bytes:
    """A file whose cross-reference stream unpacks to so many entries."""
    data = zeros(3 * count // MILLION)
    index = index or b"/Index [0 %d]" % count
    head = b"/Type /XRef %s %s /W [1 1 1] /Root 1 0 R /Filter /FlateDecode" % (size, index)
    body = b"2 0 obj\n<< %s /Length %d >>\nstream\n%s\nendstream\nendobj\n"
    ending = b"startxref\n%d\n%%%%EOF\n" % len(HEAD)
    return HEAD + body % (head, len(data), data) + ending


@case(STOPPED, *LIMITS)
def table_of_forty_million(shop: Workshop) -> bytes:
    """A cross-reference stream of 40 million entries, honestly announced."""
    return table_stream(40 * MILLION, size=b"/Size 40000000")


@case(STOPPED, *LIMITS)
def table_of_forty_million_unannounced(shop: Workshop) -> bytes:
    """The same, with a small /Size."""
    return table_stream(40 * MILLION)


@case(STOPPED, *LIMITS)
def table_announced_in_another_spelling(shop: Workshop) -> bytes:
    """The same, with an escaped letter in the key."""
    return table_stream(40 * MILLION, size=b"/Si#7ae 40000000")


@case(STOPPED, *LIMITS)
def table_in_many_parts(shop: Workshop) -> bytes:
    """Forty parts of a million each."""
    parts = b" ".join(b"%d %d" % (n * MILLION, MILLION) for n in range(40))
    return table_stream(40 * MILLION, index=b"/Index [%s]" % parts)


@case(STOPPED, *LIMITS)
def table_part_named_over_and_over(shop: Workshop) -> bytes:
    """The same million named forty times."""
    return table_stream(40 * MILLION, index=b"/Index [%s]" % (b" 0 1000000" * 40))


@case(STOPPED, *LIMITS)
def table_of_wide_rows(shop: Workshop) -> bytes:
    """Few entries, each of a hundred million bytes."""
    made = table_stream(40 * MILLION, index=b"/Index [0 3]")
    return made.replace(b"/W [1 1 1]", b"/W [1 99999999 1]")


@case(STOPPED, *LIMITS)
def table_of_rows_without_width(shop: Workshop) -> bytes:
    """Entries of no width: as many as one likes from no bytes at all."""
    made = table_stream(MILLION, index=b"/Index [0 2000000000]")
    return made.replace(b"/W [1 1 1]", b"/W [0 0 0]")


@case(STOPPED + " UNSIGNED", *LIMITS)
def table_announces_forty_million_lines(shop: Workshop) -> bytes:
    """An old-fashioned table that announces what it does not have."""
    content = shop.letter.content
    return content.replace(b"xref\n0 11\n", b"xref\n0 40000000\n")


@case(STOPPED, *LIMITS)
def size_beyond_reason(shop: Workshop) -> bytes:
    """The trailer announces two thousand million objects."""
    return shop.letter.content.replace(b"/Size 11 ", b"/Size 2000000000 ")


@case(STOPPED, *LIMITS)
def size_of_five_thousand_digits(shop: Workshop) -> bytes:
    """A number that is no number any more."""
    return shop.letter.content.replace(b"/Size 11 ", b"/Size %s " % (b"9" * 5000))


@case(STOPPED, *LIMITS)
def start_of_five_thousand_digits(shop: Workshop) -> bytes:
    """The last line leads nowhere at great length."""
    content = shop.letter.content
    return content[: content.rindex(b"startxref")] + b"startxref\n%s\n%%%%EOF\n" % (b"9" * 5000)


@case("REJECTED", "TOO_LARGE")
def too_large(shop: Workshop) -> bytes:
    """One byte more than is taken."""
    return shop.letter.content.ljust(64 * 1024 * 1024 + 1, b"\n")


def flated(millions: int, times: int = 1) -> Stream:
    """A stream that unpacks to so many million zeros, packed one or more times."""
    data = zeros(millions)
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return Stream(data, {"Filter": b"[%s]" % (b" /FlateDecode" * times)})


@case("REJECTED UNSIGNED", *LIMITS)
def flate_in_the_text(shop: Workshop) -> bytes:
    """The page's text unpacks to 200 MB."""
    paper = letter()
    paper.put(flated(200), TEXT)
    return paper.save().content


@case("REJECTED TRUSTED WARN INDETERMINATE")
def flate_in_a_signed_text(shop: Workshop) -> bytes:
    """The same, signed: nothing of it needs to be opened."""
    paper = letter()
    paper.put(flated(200), TEXT)
    return paper.save().sign(shop.by()).content


@case("REJECTED TRUSTED WARN INDETERMINATE")
def flate_five_times_in_a_signed_text(shop: Workshop) -> bytes:
    """Packed five times."""
    paper = letter()
    paper.put(flated(200, 5), TEXT)
    return paper.save().sign(shop.by()).content


@case("REJECTED TRUSTED WARN INDETERMINATE")
def flate_in_descriptive_data(shop: Workshop) -> bytes:
    """The XMP unpacks to 200 MB."""
    paper = letter()
    bomb = flated(200)
    paper.put(Stream(bomb.data, {"Type": b"/Metadata", "Subtype": b"/XML"} | bomb.entries), XMP)
    return paper.save().sign(shop.by()).content


@case("REJECTED MODIFIED", *LIMITS, "CHANGE_NOT_PERMITTED", "CHANGE_UNREADABLE")
def flate_in_a_later_text(shop: Workshop) -> bytes:
    """A later revision's text unpacks to 200 MB: to be compared, it must be opened."""
    paper = shop.signed
    paper.put(flated(200), TEXT)
    return paper.save().content


@case("REJECTED TRUSTED WARN INDETERMINATE MODIFIED")
def flate_in_the_proof(shop: Workshop) -> bytes:
    """A certificate of the proof for later unpacks to 200 MB."""
    paper = shop.signed
    bomb = paper.put(flated(200))
    paper.touch(CATALOG)["DSS"] = ref(paper.put({"Type": b"/DSS", "Certs": refs([bomb])}))
    return paper.save().content


@case("REJECTED WARN MODIFIED TRUSTED INDETERMINATE")
def flate_in_a_signatures_look(shop: Workshop) -> bytes:
    """The look of a second signature unpacks to 200 MB."""
    paper = shop.signed
    bomb = flated(200)
    box = {"Type": b"/XObject", "Subtype": b"/Form", "BBox": b"[0 0 50 50]"}
    look = paper.put(Stream(bomb.data, box | bomb.entries))
    paper.add_field("second", Rect=b"[80 120 130 170]", AP=b"<< /N %s >>" % ref(look))
    return paper.sign(shop.by(shop.people.second), "second").content


def with_packed(data: bytes, count: int, first: int) -> Paper:
    """A letter whose font lies in an object stream of just this data."""
    paper = letter()
    kind = {"Type": b"/ObjStm", "N": b"%d" % count, "First": b"%d" % first}
    holder = paper.put(Stream(data, kind | FLATE))
    at, places = paper.write_objects(sorted(paper.fresh - {FONT}))
    places[FONT] = (2, holder, 0)
    paper.end_with_stream(at, places, [], {})
    paper.fresh.clear()
    return paper


@case("REJECTED TRUSTED WARN INDETERMINATE")
def object_stream_of_250_megabytes(shop: Workshop) -> bytes:
    """An object stream that unpacks to 250 MB."""
    head = b"%d 0 " % FONT
    data = zlib.compress(head + b"<< >>" + bytes(250 * MILLION), 1)
    return with_packed(data, 1, len(head)).sign(shop.by(), style="stream").content


@case("REJECTED TRUSTED WARN INDETERMINATE")
def object_stream_of_many(shop: Workshop) -> bytes:
    """An object stream that announces a thousand million objects."""
    data = zlib.compress(b"%d 0 << >>" % FONT)
    return with_packed(data, 1000 * MILLION, 4).sign(shop.by(), style="stream").content


@case("REJECTED TRUSTED WARN INDETERMINATE")
def object_stream_in_itself(shop: Workshop) -> bytes:
    """An object stream that says it lies in itself."""
    paper = letter()
    holder = paper.put(
        Stream(zlib.compress(b"7 0 << >>"), {"Type": b"/ObjStm", "N": b"1", "First": b"4"} | FLATE)
    )
    at, places = paper.write_objects(sorted(paper.fresh - {FONT, holder}))
    places |= {FONT: (2, holder, 0), holder: (2, holder, 0)}
    paper.end_with_stream(at, places, [], {})
    paper.fresh.clear()
    return paper.sign(shop.by(), style="stream").content


@case("REJECTED TRUSTED WARN INDETERMINATE")
def predictor_of_wide_columns(shop: Workshop) -> bytes:
    """A predictor of a thousand million columns."""
    paper = letter()
    wide = b"<< /Predictor 12 /Columns 1000000000 >>"
    paper.put(Stream(zlib.compress(bytes(100)), FLATE | {"DecodeParms": wide}), TEXT)
    return paper.save().sign(shop.by()).content


@case("REJECTED MODIFIED WARN", "SIGNATURE_NOT_REACHABLE", *LIMITS)
def a_hundred_thousand_ranges(shop: Workshop) -> bytes:
    """A signed letter whose text spells a hundred thousand ByteRanges: they are not all told."""
    paper = letter()
    decoys = b"".join(b"/ByteRange [0 1 2 %d]" % n for n in range(100_000))
    paper.touch(TEXT).data += b" %" + decoys
    return paper.save().sign(shop.by()).content


@case(STOPPED, *LIMITS)
def table_whose_parts_are_spelled_otherwise(shop: Workshop) -> bytes:
    """An escaped letter in the key of the parts."""
    return table_stream(40 * MILLION, index=b"/Inde#78 [0 40000000]")


@case(STOPPED, *LIMITS)
def table_with_remarks_in_its_numbers(shop: Workshop) -> bytes:
    """Remarks stand where numbers are looked for."""
    return table_stream(40 * MILLION, size=b"/Size%a\n9", index=b"/Index%b\n[%c\n0 %d\n40000000]")


@case(STOPPED, *LIMITS)
def table_behind_a_long_remark(shop: Workshop) -> bytes:
    """The parts are named after a hundred kilobytes of spaces."""
    return table_stream(40 * MILLION, index=b" " * 100_000 + b"/Index [0 40000000]")


@case(STOPPED, *LIMITS)
def table_with_a_remark_in_its_head(shop: Workshop) -> bytes:
    """A remark stands between the object's numbers."""
    return table_stream(40 * MILLION).replace(b"2 0 obj", b"2%x\n0 obj")


@case(STOPPED, *LIMITS)
def table_far_before_the_end(shop: Workshop) -> bytes:
    """Three kilobytes of line breaks follow the last line."""
    return table_stream(40 * MILLION) + b"\n" * 3000


@case(STOPPED, *LIMITS)
def table_beside_a_small_one(shop: Workshop) -> bytes:
    """The large table is the hidden one of a hybrid file."""
    content = table_stream(40 * MILLION)
    start = len(content)
    words = b"xref\n0 0\ntrailer\n<< /Size 9 /Root 1 0 R /XRefStm %d >>\n" % len(HEAD)
    return content + words + b"startxref\n%d\n%%%%EOF\n" % start


@case(STOPPED, *LIMITS)
def table_of_an_earlier_revision(shop: Workshop) -> bytes:
    """The large table is the one before the last."""
    content = table_stream(40 * MILLION)
    start = len(content)
    words = b"xref\n0 0\ntrailer\n<< /Size 9 /Root 1 0 R /Prev %d >>\n" % len(HEAD)
    return content + words + b"startxref\n%d\n%%%%EOF\n" % start
