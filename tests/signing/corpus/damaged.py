"""Bytes turned, lost, added and cut: what a bad line, a bad disk or a clumsy hand does."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.signing.corpus.catalogue import Workshop, case

BAD = "BROKEN FORGED REJECTED MODIFIED"


def turned(content: bytes, place: int, by: int = 1) -> bytes:
    """The file with one byte changed."""
    return content[:place] + bytes([content[place] ^ by]) + content[place + 1 :]


def within(content: bytes, word: bytes, offset: int = 0, begin: int = 0) -> int:
    """Where a word stands, plus an offset."""
    return content.index(word, begin) + offset


def container_place(content: bytes, what: bytes, offset: int = 0) -> int:
    """Where, in the hexadecimal container, some bytes of it stand."""
    start = within(content, b"/Contents <", len(b"/Contents <"))
    return start + 2 * (
        bytes.fromhex(content[start : content.index(b">", start)].decode()).index(what) + offset
    )


def swapped_digit(content: bytes, place: int) -> bytes:
    """The file with one hexadecimal digit of the container replaced by another."""
    other = b"5" if content[place : place + 1] != b"5" else b"a"
    return content[:place] + other + content[place + 1 :]


def _region(find: Callable[[bytes], int]) -> Callable[[Workshop], bytes]:
    def make(shop: Workshop) -> bytes:
        content = shop.signed.content
        return turned(content, find(content))

    return make


REGIONS: dict[str, Callable[[bytes], int]] = {
    "version": lambda c: within(c, b"%PDF-1.7", 7),
    "binary_comment": lambda c: within(c, b"\xe2\xe3"),
    "page_text": lambda c: within(c, b"one hundred"),
    "page_dictionary": lambda c: within(c, b"/MediaBox", 14),
    "font_name": lambda c: within(c, b"Helvetica", 2),
    "information": lambda c: within(c, b"(Cong van)", 2),
    "descriptive_data": lambda c: within(c, b"<title>Cong", 8),
    "first_table": lambda c: within(c, b" 00000 n", -3),
    "first_trailer": lambda c: within(c, b"/ID [<", 8),
    "identifier": lambda c: c.rindex(b"/ID [<") + 8,
    "signature_date": lambda c: within(c, b"(D:20260615", 6),
    "signature_filter": lambda c: within(c, b"PPKLite", 3),
    "widget": lambda c: within(c, b"/F 132", 5),
    "field_name": lambda c: within(c, b"(Signature1)", 4),
    "last_table": lambda c: c.rindex(b" 00000 n") - 2,
    "last_start": lambda c: c.rindex(b"startxref") + 11,
    "last_end_mark": lambda c: c.rindex(b"%%EOF") + 3,
    "last_line_break": lambda c: len(c) - 1,
    "between_objects": lambda c: within(c, b"endobj\n", 6),
}
for _name, _find in REGIONS.items():
    _made = _region(_find)
    _made.__module__, _made.__name__ = __name__, f"byte_in_{_name}"
    case(BAD)(_made)


@case("BROKEN", "DIGEST_DIFFERS", roles=True)
def byte_in_the_sealed_text(shop: Workshop) -> bytes:
    """Both signatures cover the byte, both break."""
    content = shop.sealed.content
    return turned(content, within(content, b"one hundred"))


@case(BAD, roles=True)
def byte_in_the_leaders_container(shop: Workshop) -> bytes:
    """The seal covers the leader's container."""
    content = shop.sealed.content
    return swapped_digit(content, container_place(content, shop.people.leader.der[40:60]))


@case(BAD, "SIGNATURE_UNREADABLE", "SIGNATURE_VALUE_WRONG")
def byte_in_the_containers_head(shop: Workshop) -> bytes:
    """The outermost tag of the container."""
    content = shop.signed.content
    return swapped_digit(content, within(content, b"/Contents <", 11))


@case(BAD + " UNTRUSTED", "SIGNATURE_VALUE_WRONG", "SIGNATURE_UNREADABLE", "NO_PATH_TO_ANCHOR")
def byte_in_the_certificate(shop: Workshop) -> bytes:
    """A letter of the signer's name in his certificate."""
    content = shop.signed.content
    return swapped_digit(content, container_place(content, "Nguyễn".encode(), 1))


@case(BAD, "SIGNATURE_VALUE_WRONG", "DIGEST_DIFFERS")
def byte_in_the_signed_digest(shop: Workshop) -> bytes:
    """The digest among the signed attributes."""
    content = shop.signed.content
    digest = bytes.fromhex("2a864886f70d010904")
    return swapped_digit(content, container_place(content, digest, 20))


@case(BAD, "SIGNATURE_VALUE_WRONG")
def byte_in_the_value(shop: Workshop) -> bytes:
    """The signature's value itself: the last bytes of a container without stamp."""
    content = shop.letter.sign(shop.by(stamp=None)).content
    gap = re.search(rb"/Contents <([0-9a-f]+?)0*>", content)
    assert gap is not None
    return swapped_digit(content, gap.end(1) - 20)


@case("WARN INDETERMINATE", "TIMESTAMP_BROKEN", "TIMESTAMP_UNREADABLE", "TRUST_UNREADABLE")
def byte_in_the_stamp(shop: Workshop) -> bytes:
    """The stamp is not covered by the signature: what it proves is lost, the signature stands."""
    content = shop.signed.content
    return swapped_digit(content, container_place(content, b"20260615030000Z", 7))


@case("WARN", "CONTAINER_PADDING_NOT_ZERO")
def byte_in_the_padding(shop: Workshop) -> bytes:
    """What is left of the container's room."""
    content = shop.signed.content
    return swapped_digit(content, content.index(b">", within(content, b"/Contents <", 11)) - 9)


@case("TRUSTED WARN")
def white_space_in_the_padding(shop: Workshop) -> bytes:
    """White space among the digits of the padding changes nothing."""
    content = shop.signed.content
    end = content.index(b">", within(content, b"/Contents <", 11))
    return content[: end - 40] + b"00\n 00\t 00\r\n".ljust(40, b"0") + content[end:]


@case(BAD, "BYTE_RANGE_GAP_WRONG", "SIGNATURE_UNREADABLE")
def letter_in_the_padding(shop: Workshop) -> bytes:
    """What is no hexadecimal digit has no place in the container."""
    content = shop.signed.content
    end = content.index(b">", within(content, b"/Contents <", 11))
    return content[: end - 5] + b"z" + content[end - 4 :]


@case(BAD)
def byte_added(shop: Workshop) -> bytes:
    """A byte more in the middle."""
    content = shop.signed.content
    place = within(content, b"one hundred")
    return content[:place] + b" " + content[place:]


@case(BAD)
def byte_lost(shop: Workshop) -> bytes:
    """A byte less in the middle."""
    content = shop.signed.content
    place = within(content, b"one hundred")
    return content[:place] + content[place + 1 :]


@case(BAD)
def line_breaks_translated(shop: Workshop) -> bytes:
    """Sent as text: every line break became two bytes."""
    return shop.signed.content.replace(b"\n", b"\r\n")


@case(BAD)
def read_as_text(shop: Workshop) -> bytes:
    """Every byte above 127 became a question mark."""
    return bytes(byte if byte < 128 else 63 for byte in shop.signed.content)


@case(BAD)
def block_of_zeros(shop: Workshop) -> bytes:
    """A disk lost a block."""
    content = shop.signed.content
    return content[:1024] + bytes(512) + content[1536:]


@case(BAD)
def blocks_swapped(shop: Workshop) -> bytes:
    """Two blocks changed places."""
    content = shop.signed.content
    return content[:512] + content[1024:1536] + content[512:1024] + content[1536:]


@case(BAD, "BYTE_RANGE_BEYOND_FILE")
def last_byte_cut(shop: Workshop) -> bytes:
    """The last line break is missing."""
    return shop.signed.content[:-1]


@case(BAD, "BYTE_RANGE_BEYOND_FILE", "UNPARSABLE")
def end_mark_cut(shop: Workshop) -> bytes:
    """The end mark is missing."""
    return shop.signed.content[:-7]


@case("REJECTED FORGED BROKEN MODIFIED")
def cut_in_the_container(shop: Workshop) -> bytes:
    """The file ends in the middle of the signature."""
    content = shop.signed.content
    return content[: within(content, b"/Contents <", 3000)]


@case("REJECTED FORGED BROKEN MODIFIED")
def half_a_file(shop: Workshop) -> bytes:
    """The second half never came."""
    content = shop.sealed.content
    return content[: len(content) // 2]


@case("REJECTED", "UNPARSABLE", "NOT_A_PDF")
def first_bytes_only(shop: Workshop) -> bytes:
    """A hundred bytes came."""
    return shop.signed.content[:100]


@case("UNSIGNED")
def signature_cut_off(shop: Workshop) -> bytes:
    """Everything from the signature's revision on is gone: what is left is an unsigned letter."""
    return shop.signed.content[: len(shop.letter.content)]


@case("TRUSTED", roles=True)
def seal_cut_off(shop: Workshop) -> bytes:
    """Without the seal's revision the file is what the leader signed."""
    return shop.prepared.sign(shop.by(), "leader", room=4000).content


@case("WARN", "TRAILING_LINE_BREAK")
def one_line_break_more(shop: Workshop) -> bytes:
    """A mail program added a line break."""
    return _longer(shop, b"\n")


def _longer(shop: Workshop, tail: bytes) -> bytes:
    return shop.signed.content + tail


@case("WARN", "TRAILING_LINE_BREAK")
def one_windows_line_break_more(shop: Workshop) -> bytes:
    """The same by another mail program."""
    return _longer(shop, b"\r\n")


@case("MODIFIED WARN", "UNCOVERED_TAIL", "TRAILING_LINE_BREAK")
def many_line_breaks_more(shop: Workshop) -> bytes:
    """More than one line break."""
    return _longer(shop, b"\n" * 500)


@case("MODIFIED", "UNCOVERED_TAIL")
def space_more(shop: Workshop) -> bytes:
    """A space at the end."""
    return _longer(shop, b" ")


@case("MODIFIED FORGED REJECTED", "UNCOVERED_TAIL", "UNPARSABLE", "SIGNATURE_DICTIONARY_DIFFERS")
def zeros_more(shop: Workshop) -> bytes:
    """A disk's last block, filled up with zeros."""
    return _longer(shop, bytes(2048))


@case("MODIFIED", "UNCOVERED_TAIL")
def comment_more(shop: Workshop) -> bytes:
    """A comment after the end mark."""
    return _longer(shop, b"% printed on 12 March\n")


@case("MODIFIED FORGED REJECTED", "UNCOVERED_TAIL", "UNPARSABLE")
def end_mark_more(shop: Workshop) -> bytes:
    """A second end mark."""
    return _longer(shop, b"%%EOF\n")


@case("MODIFIED FORGED REJECTED", "UNCOVERED_TAIL")
def start_and_end_mark_more(shop: Workshop) -> bytes:
    """The last lines repeated."""
    content = shop.signed.content
    return content + content[content.rindex(b"startxref") :]


@case("MODIFIED FORGED REJECTED", "UNCOVERED_TAIL", "SIGNATURE_DICTIONARY_DIFFERS")
def file_twice(shop: Workshop) -> bytes:
    """The same file again behind itself."""
    return shop.signed.content * 2


@case("TRUSTED")
def windows_line_break_before_the_signature(shop: Workshop) -> bytes:
    """The first revision ends with two bytes."""
    paper = shop.letter
    paper.content = paper.content.rstrip(b"\n") + b"\r\n"
    return paper.sign(shop.by()).content
