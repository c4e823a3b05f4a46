"""Universal forgery and incremental saving: a signature that is shown, and that nobody can check.

The well-known attacks of 2019 in all their variants: a field points to a dictionary with a part
missing, empty or copied; or a later revision changes the text and hides that it is one.
"""

from __future__ import annotations

import re
from typing import Any

from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.paper import (
    CATALOG,
    FIRST,
    FORM,
    TEXT,
    Paper,
    Stream,
    letter,
    ref,
    refs,
    text,
)

FORGED = "FORGED REJECTED MODIFIED BROKEN"
LIE = text(b"So: 12/SNV-VTLT. Pay nine hundred billion dong.")


def value_of(paper: Paper, title: str = "Signature1") -> int:
    """The number of a signature's dictionary."""
    field: Any = paper.objects[paper.fields[title]]
    return int(field["V"].split()[0])


def rewritten(shop: Workshop, **entries: bytes | None) -> bytes:
    """A later revision writes the signature's dictionary anew, with other entries."""
    paper = shop.signed
    number = value_of(paper)
    body = re.search(rb"(?s)\n%d 0 obj\n<< (.*?) >>\nendobj" % number, paper.content)
    assert body is not None
    kept = _entries(body.group(1))
    for key, value in entries.items():
        if value is None:
            kept.pop(key)
        else:
            kept[key] = value
    paper.put(kept, number)
    paper.put(Stream(LIE, {}), TEXT)
    return paper.save().content


def _entries(body: bytes) -> dict[str, bytes]:
    pattern = rb"/(\w+) (\[[^\]]*\]|<[^>]*>|\([^)]*\)|/[\w.]+)"
    return {key.decode(): value for key, value in re.findall(pattern, body)}


def never_signed(shop: Workshop, **entries: bytes) -> bytes:
    """A letter with a field whose signature was never made: the dictionary alone."""
    paper = shop.letter
    value = {"Type": b"/Sig", "Filter": b"/Adobe.PPKLite", "SubFilter": b"/adbe.pkcs7.detached"}
    value |= {"Name": b"(Nguyen Van An)", "M": b"(D:20260615)"} | entries
    paper.add_field("Signature1", V=ref(paper.put(value)), Rect=b"[320 120 450 170]")
    return paper.save().content


def _enter(title: str, verdicts: str = FORGED, **entries: bytes | None) -> None:
    def later(shop: Workshop) -> bytes:
        return rewritten(shop, **entries)

    def first(shop: Workshop) -> bytes:
        given = {key: value for key, value in entries.items() if value is not None}
        span = {"ByteRange": b"[0 100 200 300]", "Contents": b"<3080>"}
        missing = {key for key, value in entries.items() if value is None}
        return never_signed(shop, **{k: v for k, v in (span | given).items() if k not in missing})

    for make, name in ((later, f"later_{title}"), (first, title)):
        make.__module__, make.__name__ = __name__, name
        make.__doc__ = f"Universal forgery: {title.replace('_', ' ')}."
        case(verdicts)(make)


_enter("contents_missing", Contents=None)
_enter("contents_null", Contents=b"null")
_enter("contents_empty", Contents=b"<>")
_enter("contents_zero", Contents=b"<00>")
_enter("contents_empty_string", Contents=b"()")
_enter("contents_a_number", Contents=b"7")
_enter("contents_an_array", Contents=b"[<30>]")
_enter("contents_dangling", Contents=b"999 0 R")
_enter("range_missing", ByteRange=None)
_enter("range_null", ByteRange=b"null")
_enter("range_empty", ByteRange=b"[]")
_enter("range_zeros", ByteRange=b"[0 0 0 0]")
_enter("range_of_nulls", ByteRange=b"[null null null null]")
_enter("range_negative", ByteRange=b"[-1 -1 -1 -1]")
_enter("range_dangling", ByteRange=b"999 0 R")
_enter("both_missing", Contents=None, ByteRange=None)


@case(FORGED)
def value_an_empty_dictionary(shop: Workshop) -> bytes:
    """The field's value is a dictionary with nothing in it."""
    paper = shop.letter
    paper.add_field("Signature1", V=b"<< >>")
    return paper.save().content


@case(FORGED + " UNSIGNED")
def value_null(shop: Workshop) -> bytes:
    """The field's value is null: as good as empty."""
    paper = shop.letter
    paper.add_field("Signature1", V=b"null")
    return paper.save().content


@case(FORGED)
def value_dangling(shop: Workshop) -> bytes:
    """The field's value leads nowhere."""
    paper = shop.letter
    paper.add_field("Signature1", V=b"999 0 R")
    return paper.save().content


@case(FORGED)
def value_a_string(shop: Workshop) -> bytes:
    """The field's value is a sentence."""
    paper = shop.letter
    paper.add_field("Signature1", V=b"(signed by Nguyen Van An)")
    return paper.save().content


@case(FORGED)
def container_of_another_file(shop: Workshop) -> bytes:
    """A good container is put into a file it was not made for."""
    other = shop.signed.content
    start = other.index(b"/Contents <") + len(b"/Contents <")
    made = bytes.fromhex(other[start : other.index(b">", start)].decode())
    paper = letter()
    paper.put(Stream(LIE, {}), TEXT)
    return paper.save().sign(lambda _: made.rstrip(b"\0"), room=4000).content


@case(FORGED, "SIGNATURE_DICTIONARY_DIFFERS", "CHANGE_NOT_PERMITTED")
def reason_spoofed(shop: Workshop) -> bytes:
    """A later revision adds a reason and another name to the signature's dictionary."""
    return rewritten(shop, Reason=b"(I approve)", Name=b"(The Chairman)")


@case(FORGED, "SIGNATURE_DICTIONARY_DIFFERS", "CHANGE_NOT_PERMITTED")
def date_spoofed(shop: Workshop) -> bytes:
    """A later revision sets the signature's date back."""
    return rewritten(shop, M=b"(D:20200101000000Z)")


def saved_over(shop: Workshop, end: Any = None, signed: Paper | None = None) -> bytes:
    """Incremental saving: the text is replaced after the signature; ``end`` writes what follows."""
    paper = signed or shop.signed
    paper.put(Stream(LIE, {}), TEXT)
    if end is None:
        return paper.save().content
    at, _ = paper.write_objects([TEXT])
    end(paper, at)
    return paper.content


@case("MODIFIED", "CHANGE_NOT_PERMITTED")
def saved_plainly(shop: Workshop) -> bytes:
    """Body, table and trailer: an honest revision with a dishonest text."""
    return saved_over(shop)


@case(FORGED, "UNCOVERED_TAIL", "CHANGE_NOT_PERMITTED", "UNPARSABLE")
def saved_without_table(shop: Workshop) -> bytes:
    """The new object and a trailer, but no table: lenient readers look for objects themselves."""

    def end(paper: Paper, at: dict[int, int]) -> None:
        paper.content += b"trailer\n<< /Root 1 0 R /Size 14 /Prev %d >>\n" % paper.starts[-1]
        paper.content += b"startxref\n%d\n%%%%EOF\n" % at[TEXT]

    return saved_over(shop, end)


@case(FORGED, "UNCOVERED_TAIL", "CHANGE_NOT_PERMITTED", "UNPARSABLE")
def saved_without_trailer(shop: Workshop) -> bytes:
    """The new object and a table, but no trailer."""

    def end(paper: Paper, at: dict[int, int]) -> None:
        start = len(paper.content)
        paper.content += b"xref\n5 1\n%010d 00000 n \n" % at[TEXT]
        paper.content += b"startxref\n%d\n%%%%EOF\n" % start

    return saved_over(shop, end)


@case(FORGED, "UNCOVERED_TAIL", "CHANGE_NOT_PERMITTED", "UNPARSABLE")
def saved_body_only(shop: Workshop) -> bytes:
    """The new object alone behind the end."""
    return saved_over(shop, lambda paper, at: None)


@case(
    FORGED, "UNCOVERED_TAIL", "CHANGE_NOT_PERMITTED", "UNPARSABLE", "SIGNATURE_DICTIONARY_DIFFERS"
)
def saved_with_the_old_start(shop: Workshop) -> bytes:
    """The last line points to the old table again."""

    def end(paper: Paper, at: dict[int, int]) -> None:
        paper.content += b"startxref\n%d\n%%%%EOF\n" % paper.starts[-1]

    return saved_over(shop, end)


@case(FORGED)
def saved_with_a_copy_of_the_signature(shop: Workshop) -> bytes:
    """The later revision carries a copy of the signature's dictionary, as if it were the last."""
    paper = shop.signed
    number = value_of(paper)
    body = paper.content[paper.content.index(b"%d 0 obj\n" % number, 1500) :]
    paper.put(body[body.index(b"<<") : body.index(b"\nendobj")], number)
    return saved_over(shop, signed=paper)


@case(FORGED)
def saved_with_a_copy_of_another_number(shop: Workshop) -> bytes:
    """The field leads to a copy of the signature under another number."""
    paper = shop.signed
    number = value_of(paper)
    body = paper.content[paper.content.index(b"%d 0 obj\n" % number, 1500) :]
    copy = paper.put(body[body.index(b"<<") : body.index(b"\nendobj")])
    paper.touch(paper.fields["Signature1"])["V"] = ref(copy)
    return saved_over(shop, signed=paper)


@case(FORGED)
def saved_with_a_commented_table(shop: Workshop) -> bytes:
    """The new table stands behind comment signs, and the last line leads into it."""

    def end(paper: Paper, at: dict[int, int]) -> None:
        start = len(paper.content)
        paper.content += (
            b"%%xref\n%%5 1\n%%%010d 00000 n \n%%trailer << /Root 1 0 R >>\n" % at[TEXT]
        )
        paper.content += b"startxref\n%d\n%%%%EOF\n" % (start + 1)

    return saved_over(shop, end)


@case(FORGED)
def saved_with_end_marks_in_comments(shop: Workshop) -> bytes:
    """The tail is dressed up as a comment that ends like a file."""

    def end(paper: Paper, at: dict[int, int]) -> None:
        paper.content += b"%%startxref %d %%%%EOF\n" % paper.starts[-1]

    return saved_over(shop, end)


@case(FORGED)
def saved_and_previous_skipped(shop: Workshop) -> bytes:
    """The new revision's history leaves the signed one out and names the first."""
    paper = shop.signed
    paper.starts.pop()
    form = paper.touch(FORM)
    assert form
    for number in paper.fields.values():
        paper.touch(number)
    paper.touch(CATALOG), paper.touch(FIRST)
    _restore_value(paper)
    return saved_over(shop, signed=paper)


def _restore_value(paper: Paper) -> None:
    number = value_of(paper)
    body = paper.content[paper.content.index(b"%d 0 obj\n" % number, 1500) :]
    paper.put(body[body.index(b"<<") : body.index(b"\nendobj")], number)


@case(FORGED)
def saved_with_a_history_of_its_own(shop: Workshop) -> bytes:
    """The new revision names no earlier one and lists all objects itself."""
    paper = shop.signed
    paper.starts.clear()
    _restore_value(paper)
    paper.fresh |= set(paper.objects)
    return saved_over(shop, signed=paper)


@case(FORGED)
def saved_as_object_of_another_generation(shop: Workshop) -> bytes:
    """The new text is the same number in another generation."""

    def end(paper: Paper, at: dict[int, int]) -> None:
        start = len(paper.content)
        paper.content += b"xref\n5 1\n%010d 00001 n \n" % at[TEXT]
        paper.content += b"trailer\n<< /Root 1 0 R /Size 14 /Prev %d >>\n" % paper.starts[-1]
        paper.content += b"startxref\n%d\n%%%%EOF\n" % start

    return saved_over(shop, end)


@case(FORGED)
def saved_in_an_object_stream(shop: Workshop) -> bytes:
    """The new pages come packed."""
    paper = shop.signed
    fresh = paper.put(Stream(LIE, {}))
    paper.touch(FIRST)["Contents"] = ref(fresh)
    return paper.save("stream", packed=[FIRST]).content


@case(FORGED, "HYBRID_REVISION_AFTER_SIGNATURE", "CHANGE_NOT_PERMITTED")
def saved_as_a_hybrid(shop: Workshop) -> bytes:
    """The table shows nothing new; the stream beside it replaces the page."""
    paper = shop.signed
    fresh = paper.put(Stream(LIE, {}))
    paper.touch(FIRST)["Contents"] = ref(fresh)
    return paper.save("hybrid", packed=[FIRST]).content


@case(FORGED)
def saved_with_the_signed_table_named_again(shop: Workshop) -> bytes:
    """Table, then an empty table whose history leads back behind the change."""
    paper = shop.signed
    signed_start = paper.starts[-1]
    content = saved_over(shop, signed=paper)
    tail = b"xref\n0 0\ntrailer\n<< /Root 1 0 R /Size 14 /Prev %d >>\n" % signed_start
    return content + tail + b"startxref\n%d\n%%%%EOF\n" % len(content)


@case(FORGED, "SIGNATURE_NOT_REACHABLE")
def unhooked(shop: Workshop) -> bytes:
    """A later revision takes the form away: the signature is in the file and not reachable."""
    paper = shop.signed
    del paper.touch(CATALOG)["AcroForm"]
    return paper.save().content


@case(FORGED, "SIGNATURE_NOT_REACHABLE")
def unhooked_and_replaced(shop: Workshop) -> bytes:
    """The field is emptied by a later revision, the text replaced."""
    paper = shop.signed
    del paper.touch(paper.fields["Signature1"])["V"]
    return saved_over(shop, signed=paper)


@case("MODIFIED WARN FORGED REJECTED", "SIGNATURE_NOT_REACHABLE")
def one_of_two_unhooked(shop: Workshop) -> bytes:
    """The leader's field is taken out of the form; the agency's still shows."""
    paper = shop.sealed
    paper.touch(FORM)["Fields"] = refs([paper.fields["agency"]])
    return paper.save().content


@case(FORGED)
def pages_of_another_root(shop: Workshop) -> bytes:
    """The last trailer names another catalog that shows another letter and the old form."""
    paper = shop.signed
    fresh = paper.put(Stream(LIE, {}))
    page = dict(paper.objects[FIRST]) | {"Contents": ref(fresh)}
    kids = paper.put({"Type": b"/Pages", "Count": b"1"})
    paper.objects[kids]["Kids"] = refs([paper.put(page | {"Parent": ref(kids)})])
    root = paper.put(dict(paper.objects[CATALOG]) | {"Pages": ref(kids)})
    paper.trailer["Root"] = ref(root)
    return paper.save().content
