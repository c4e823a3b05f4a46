"""Signature wrapping: what was signed is moved aside inside the file, something else is shown."""

from __future__ import annotations

import re

from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.forged import FORGED, LIE, value_of
from tests.signing.corpus.paper import TEXT, Stream, letter, sections, written


def parts(content: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the container, the container, and what stands behind."""
    found = re.search(rb"/Contents (<[0-9a-f]+>)", content)
    assert found is not None
    return content[: found.start(1)], found.group(1), content[found.end(1) :]


def places(content: bytes, start: int) -> dict[int, int]:
    """What a table of one's own says: object number and place."""
    found: dict[int, int] = {}
    number = 0
    for line in content[start + 5 : content.index(b"trailer", start)].splitlines():
        words = line.split()
        if len(words) == 2:
            number = int(words[0])
            continue
        found[number] = int(words[0])
        number += 1
    return found


def stripped(container: bytes) -> bytes:
    """The container without its padding."""
    digits = container[1:-1].rstrip(b"0")
    return b"<" + digits + b"0" * (len(digits) % 2) + b">"


def wrapped(
    shop: Workshop, word: bytes = b"/ByteRange", lead: bytes = b"", own: bool = False
) -> bytes:
    """The second part goes to the end; a second ByteRange and a false text fill the gap.

    The false table stands where the signed last line points to, so that readers find it. With
    ``own`` the second range is in a dictionary of its own with the old container.
    """
    content = shop.letter.sign(shop.by(), room=12000).content
    before, container, behind = parts(content)
    start = int(content[content.rindex(b"startxref") + 9 :].split()[0])
    number = value_of(shop.signed)
    room = b"%-40s" % b""
    second = lead + b" " + word + b" " + room
    head = before + stripped(container) + (b"" if own else second) + b">>\nendobj\n"
    at = {TEXT: len(head)}
    false = b"%d 0 obj\n" % TEXT + written(Stream(LIE, {})) + b"\nendobj\n"
    if own:
        at[number] = len(head + false)
        kind = b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Contents "
        false += b"%d 0 obj\n" % number + kind + stripped(container) + second + b">>\nendobj\n"
    filler = (head + false).ljust(start - 1, b" ") + b"\n"
    assert len(filler) == start
    table = places(content, start) | at
    lines = {number: b"%010d 00000 n \n" % place for number, place in table.items()}
    prev = b"%d" % shop.letter.starts[-1]
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Prev %s >>\n" % (number + 1, prev)
    made = filler + b"xref\n" + sections(lines) + trailer
    made += b"startxref\n%d\n%%%%EOF\n" % start
    span = b"[0 %d %d %d]" % (len(before), len(made), len(behind))
    return made.replace(room, span.ljust(len(room)), 1) + behind


@case(FORGED, "BYTE_RANGE_GAP_WRONG", "SIGNATURE_UNREADABLE")
def second_range_in_the_gap(shop: Workshop) -> bytes:
    """The dictionary's second ByteRange counts for many readers."""
    return wrapped(shop)


@case(FORGED, "BYTE_RANGE_GAP_WRONG", "SIGNATURE_UNREADABLE", "BYTE_RANGE_BEYOND_FILE")
def second_range_spelled_otherwise(shop: Workshop) -> bytes:
    """The same key, written with an escaped letter."""
    return wrapped(shop, b"/Byte#52ange")


@case(FORGED)
def second_range_after_a_comment(shop: Workshop) -> bytes:
    """A comment hides the end of the old dictionary."""
    return wrapped(shop, lead=b"%\n")


@case(FORGED)
def second_range_after_a_null(shop: Workshop) -> bytes:
    """A zero byte stands between."""
    return wrapped(shop, lead=b"\0")


@case(FORGED)
def dictionary_of_its_own_in_the_gap(shop: Workshop) -> bytes:
    """The false revision brings a dictionary with its own range and the old container."""
    return wrapped(shop, own=True)


@case(FORGED, "BYTE_RANGE_WRONG", "UNCOVERED_TAIL", "SIGNED_PART_UNREADABLE")
def inside_another_document(shop: Workshop) -> bytes:
    """A false letter stands before the signed one, whose ranges were moved along."""
    false = letter()
    false.put(Stream(LIE, {}), TEXT)
    front = false.save().content
    paper = letter()
    paper.content = front
    paper.save()

    def span(start: int, end: int, length: int) -> tuple[int, ...]:
        return len(front), start - len(front), end, length - end

    return paper.sign(shop.by(), span=span).content


@case(FORGED + " UNSIGNED", "SIGNATURE_NOT_REACHABLE")
def as_an_attachment(shop: Workshop) -> bytes:
    """A false letter carries the signed one inside, uncompressed; nobody signed the letter."""
    paper = letter()
    paper.put(Stream(LIE, {}), TEXT)
    paper.put(Stream(shop.signed.content, {"Type": b"/EmbeddedFile"}))
    return paper.save().content


@case(FORGED, "UNCOVERED_TAIL", "SIGNATURE_NOT_REACHABLE", "CHANGE_NOT_PERMITTED")
def another_document_behind(shop: Workshop) -> bytes:
    """A whole false letter with a history of its own stands behind the signed one."""
    false = letter()
    false.content = shop.signed.content
    false.put(Stream(LIE, {}), TEXT)
    return false.save().content


@case(FORGED)
def signed_revision_pasted_behind_a_false_one(shop: Workshop) -> bytes:
    """The signature's revision is put behind another first revision of the same length."""
    content = shop.signed.content
    length = len(shop.letter.content)
    false = content[:length].replace(b"one hundred million", b"nine hundred milion")
    assert len(false) == length
    return false + content[length:]


@case(FORGED + " WARN", "SIGNATURE_NOT_REACHABLE", "CHANGE_NOT_PERMITTED", roles=True)
def second_signature_takes_the_first_ones_place(shop: Workshop) -> bytes:
    """A stranger signs the agency's field again, over the agency's own dictionary."""
    paper = shop.sealed
    field = paper.touch(paper.fields["agency"])
    number = int(field["V"].split()[0])
    del paper.objects[number]
    return paper.sign(shop.by(shop.people.stranger), "agency").content
