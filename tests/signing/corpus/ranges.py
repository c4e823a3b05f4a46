"""ByteRanges that are wrong in every way, with a digest that is right over what they name.

Whoever holds a key can sign any part of a file: here the signature itself is always good, and only
the bytes it leaves out speak against it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.paper import ROOM, Paper, whole

FORGED = "FORGED REJECTED"
WRONG = ("BYTE_RANGE_WRONG", "SIGNATURE_UNREADABLE", "BYTE_RANGE_BEYOND_FILE")
HIDDEN = b"% here stands what nobody signed %"


def ranged(shop: Workshop, span: Callable[[int, int, int], tuple[int, ...]], **other: Any) -> bytes:
    """The letter signed over just these bytes."""
    return shop.letter.sign(shop.by(), span=span, **other).content


def _enter(title: str, meaning: str, span: Any, *reasons: str) -> None:
    def make(shop: Workshop) -> bytes:
        return ranged(shop, span)

    make.__module__, make.__name__, make.__doc__ = __name__, title, meaning
    case(FORGED, *(reasons or WRONG))(make)


_enter(
    "gap_too_wide_before",
    "Bytes before the container are left out.",
    lambda a, b, n: (0, a - 40, b, n - b),
    "BYTE_RANGE_GAP_WRONG",
)
_enter(
    "gap_too_wide_behind",
    "Bytes behind the container are left out.",
    lambda a, b, n: (0, a, b + 30, n - b - 30),
    "BYTE_RANGE_GAP_WRONG",
)
_enter(
    "gap_over_the_field",
    "The whole signature dictionary is left out.",
    lambda a, b, n: (0, a - 200, b, n - b),
    "BYTE_RANGE_GAP_WRONG",
)
_enter(
    "gap_from_the_beginning",
    "Only what follows the container is signed.",
    lambda a, b, n: (0, 1, b, n - b),
    "BYTE_RANGE_GAP_WRONG",
)
_enter(
    "only_the_beginning",
    "Only what stands before the container is signed.",
    lambda a, b, n: (0, a, b, 0),
    "UNCOVERED_TAIL",
    "SIGNED_PART_UNREADABLE",
    "BYTE_RANGE_WRONG",
)
_enter(
    "end_mark_left_out",
    "The last lines are not signed.",
    lambda a, b, n: (0, a, b, n - b - 20),
    "UNCOVERED_TAIL",
    "SIGNED_PART_UNREADABLE",
)
_enter(
    "head_left_out",
    "It does not begin at the file's beginning.",
    lambda a, b, n: (9, a - 9, b, n - b),
)
_enter(
    "first_page_left_out",
    "It begins behind the first objects.",
    lambda a, b, n: (600, a - 600, b, n - b),
)
_enter("empty", "Four zeros.", lambda a, b, n: (0, 0, 0, 0))
_enter("nothing_first", "The first part is empty.", lambda a, b, n: (0, 0, b, n - b))
_enter("negative_offset", "It begins before the file.", lambda a, b, n: (-10, a, b, n - b))
_enter("negative_length", "A part has a negative length.", lambda a, b, n: (0, a, b, -5))
_enter(
    "negative_gap",
    "The second part begins before the first ends.",
    lambda a, b, n: (0, b, a, n - a),
)
_enter("overlapping", "The parts overlap by half.", lambda a, b, n: (0, a, a // 2, n - a // 2))
_enter("swapped", "The parts in the wrong order.", lambda a, b, n: (b, n - b, 0, a))
_enter("beyond_the_file", "It ends behind the file's end.", lambda a, b, n: (0, a, b, n - b + 500))
_enter("far_beyond", "Numbers beyond all reason.", lambda a, b, n: (0, a, b, 2**63))
_enter(
    "whole_file_in_one",
    "One part that takes in everything, the container too.",
    lambda a, b, n: (0, n),
)
_enter("one_part", "One part only.", lambda a, b, n: (0, a))
_enter("three_numbers", "Half a part.", lambda a, b, n: (0, a, b))
_enter("three_parts", "A gap more.", lambda a, b, n: (0, a - 400, a - 300, 300, b, n - b))
_enter(
    "two_gaps_first_empty", "A gap of no width more.", lambda a, b, n: (0, 50, 50, a - 50, b, n - b)
)
_enter(
    "gap_without_brackets",
    "The container's own brackets are signed.",
    lambda a, b, n: (0, a + 1, b - 1, n - b + 1),
    "BYTE_RANGE_GAP_WRONG",
    "CONTAINER_DIFFERS_FROM_GAP",
)
_enter(
    "gap_in_the_container",
    "Half the container is signed.",
    lambda a, b, n: (0, a + 8000, b, n - b),
    "BYTE_RANGE_GAP_WRONG",
    "CONTAINER_DIFFERS_FROM_GAP",
)


@case(FORGED + " POLICY WARN", *WRONG, roles=True)
def as_real_numbers(shop: Workshop) -> bytes:
    """Numbers with a decimal point."""
    return _text(shop, lambda s: b"[0.0 %d.0 %d.0 %d.0]" % s[1:])


@case(FORGED, *WRONG)
def as_strings(shop: Workshop) -> bytes:
    """Strings instead of numbers."""
    return _text(shop, lambda s: b"[(0)(%d)(%d)(%d)]" % s[1:])


@case(FORGED, *WRONG)
def as_names(shop: Workshop) -> bytes:
    """Names instead of numbers."""
    return _text(shop, lambda s: b"[/0 /%d /%d /%d]" % s[1:])


@case(FORGED, *WRONG)
def as_a_string(shop: Workshop) -> bytes:
    """One string that looks like an array."""
    return _text(shop, lambda s: b"([0 %d %d %d])" % s[1:])


@case(FORGED, *WRONG)
def nested_array(shop: Workshop) -> bytes:
    """An array in an array."""
    return _text(shop, lambda s: b"[[0 %d] [%d %d]]" % s[1:])


@case("TRUSTED WARN FORGED")
def with_comments_inside(shop: Workshop) -> bytes:
    """A comment stands among the numbers: lawful, and nobody writes so."""
    return _text(shop, lambda s: b"[0 %d%%a\n%d %d]" % s[1:])


@case("TRUSTED WARN FORGED REJECTED")
def with_signs_and_zeros(shop: Workshop) -> bytes:
    """Plus signs and leading zeros: the same numbers."""
    return _text(shop, lambda s: b"[+0 %d 0%d +%d]" % s[1:])


def _text(shop: Workshop, write: Callable[[tuple[int, ...]], bytes]) -> bytes:
    """The letter signed over the right bytes, with the ByteRange written in another way."""
    room = b"ByteRange " + ROOM + b" " * 30
    paper = shop.letter
    state: list[bytes] = []

    def span(start: int, end: int, length: int) -> tuple[int, ...]:
        state.append(write(whole(start, end, length)))
        return whole(start, end, length)

    made = shop.by()

    def container(covered: bytes) -> bytes:
        begin = covered.index(b"/ByteRange [0", len(shop.letter.content))
        end = covered.index(b"/Contents", begin)
        written = b"/ByteRange " + state[0]
        fixed = covered[:begin] + written.ljust(end - begin) + covered[end:]
        state.append(fixed)
        return made(fixed)

    paper.sign(container, span=span, ByteRange=ROOM + b" " * (len(room) - 10 - len(ROOM)))
    content, fixed = paper.content, state[1]
    start = content.index(b"/Contents <", len(shop.letter.content)) + len(b"/Contents ")
    return fixed[:start] + content[start : content.index(b">", start) + 1] + fixed[start:]


@case("WARN", "TRAILING_LINE_BREAK")
def last_line_break_left_out(shop: Workshop) -> bytes:
    """The end mark is signed, the line break behind it is not."""
    return ranged(shop, lambda a, b, n: (0, a, b, n - b - 1))


@case("TRUSTED WARN FORGED REJECTED")
def as_an_object_of_its_own(shop: Workshop) -> bytes:
    """The ByteRange is an indirect array: unusual, and complete."""
    return _apart(shop, lambda a, b, n: whole(a, b, n))


@case(FORGED, "BYTE_RANGE_GAP_WRONG", "SIGNATURE_UNREADABLE")
def as_an_object_with_a_wide_gap(shop: Workshop) -> bytes:
    """The same with a gap too wide."""
    return _apart(shop, lambda a, b, n: (0, a - 60, b, n - b))


def _apart(shop: Workshop, span: Any) -> bytes:
    paper: Paper = shop.letter
    paper.add_field("Signature1")
    apart = paper.put(ROOM)
    return paper.sign(shop.by(), span=span, ByteRange=b"%d 0 R" % apart).content


@case(FORGED + " MODIFIED", "BYTE_RANGE_GAP_WRONG", "SIGNATURE_NOT_REACHABLE", "BYTE_RANGE_WRONG")
def two_byte_ranges(shop: Workshop) -> bytes:
    """The dictionary has the key twice; readers differ in which one they take."""
    other = b"/ByteRange [0 100 200 300]"
    return ranged(shop, whole, Reason=b"(x) " + other)


@case(
    "FORGED REJECTED BROKEN",
    "BYTE_RANGE_GAP_WRONG",
    "SIGNATURE_UNREADABLE",
    "CONTAINER_DIFFERS_FROM_GAP",
)
def two_containers(shop: Workshop) -> bytes:
    """The dictionary has two containers; the gap is about the second."""
    return ranged(shop, whole, Reason=b"(x) /Contents <30820100>")


@case("TRUSTED WARN FORGED")
def spaces_before_the_container(shop: Workshop) -> bytes:
    """The gap takes in the white space before the container, as some tools write it."""
    return ranged(shop, lambda a, b, n: (0, a - 1, b, n - b))


@case(
    "FORGED REJECTED", "BYTE_RANGE_GAP_WRONG", "CONTAINER_DIFFERS_FROM_GAP", "SIGNATURE_UNREADABLE"
)
def container_as_letters(shop: Workshop) -> bytes:
    """The container is a string of letters in parentheses, which hides what is between."""
    content = shop.signed.content
    start = content.index(b"/Contents <") + len(b"/Contents ")
    end = content.index(b">", start) + 1
    inside = content[start + 1 : end - 1]
    hidden = HIDDEN.hex().encode()
    return content[:start] + b"(" + hidden + inside[len(hidden) :] + b")" + content[end:]
