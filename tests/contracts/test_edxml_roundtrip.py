"""Whatever words may be written come back as they were, and give the same bytes again."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts.edxml import (
    Attachment,
    Business,
    BusinessAction,
    Changes,
    Document,
    DocumentType,
    Hop,
    Message,
    Replaced,
    ResponseFor,
    Status,
    attached,
    read,
    write,
)
from contracts.edxml.statuses import REASONED
from contracts.edxml.wire import Slot, slots
from contracts.values import StatusCode
from contracts.working_time import VIETNAM
from tests.contracts.edxml_letters import PDF, zipped


def kept(text: str) -> str:
    """Text as a reader keeps it, without the syllable that marks a secret."""
    told = unicodedata.normalize("NFC", text).translate({ord("ậ"): "a", ord("Ậ"): "A"})
    return told.strip()


LETTERS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n\r&<>\"'"),
    max_size=8,
)
TEXT = (LETTERS | st.sampled_from(["Ủy ban", "  a & b  ", "]]>", "<x/>", "Đỗ Thị Ví"])).map(kept)
WORD = TEXT.filter(bool)
DAY = st.dates(date(1990, 1, 1), date(2080, 1, 1))
INSTANT = st.datetimes(datetime(1990, 1, 1), datetime(2080, 1, 1)).map(
    lambda at: at.replace(microsecond=0, tzinfo=VIETNAM)
)
AGENCY = st.from_regex(r"[A-Y][0-9]{2}(\.[A-Z0-9]{1,4}){0,3}", fullmatch=True)


def word(slot: Slot) -> st.SearchStrategy[Any]:
    """A value that the field of this mark may have."""
    if slot.is_group():
        return group(slot.kind)
    if slot.is_code():
        return st.sampled_from(list(slot.kind))
    if slot.on.element == "OrganId":
        return AGENCY
    kinds: dict[type, Any] = {
        bool: st.booleans(),
        int: st.integers(0, 999),
        date: DAY,
        datetime: INSTANT,
    }
    texts = WORD if slot.required or slot.many else TEXT
    return kinds.get(slot.kind, texts)


def group(struct: type[msgspec.Struct], **fixed: st.SearchStrategy[Any]) -> Any:
    """Any value of a struct that may be written."""
    fields = {slot.name: word(slot) for slot in slots(struct)}
    many = {slot.name: st.lists(word(slot), max_size=2) for slot in slots(struct) if slot.many}
    return st.builds(struct, **{**fields, **many, **fixed})


FILES = st.lists(
    st.tuples(
        WORD,
        st.sampled_from(["pdf", "PDF", "doc", "docx", "xlsx", "txt", "zip", "p7s"]),
        st.binary(min_size=1, max_size=40)
        | st.just(PDF)
        | st.binary(min_size=1, max_size=9).map(lambda content: zipped(("a.doc", content)))
        | st.just(zipped(("a", b"1"), ("b", b"2")))
        | st.just(zipped(("[Content_Types].xml", b"1"), ("word/document.xml", b"2"))),
    ),
    min_size=1,
    max_size=3,
).map(lambda told: [attached(f"{name}.{kind}", content) for name, kind, content in told])
BUSINESS = st.one_of(
    group(Business, action=st.just(BusinessAction.NEW)),
    group(Business, action=st.just(BusinessAction.RECALL), reason=WORD),
    group(
        Business,
        action=st.just(BusinessAction.UPDATE),
        document_id=WORD,
        changes=st.lists(group(Changes, data=st.just(True)), min_size=1, max_size=2),
    ),
    group(
        Business,
        action=st.just(BusinessAction.REPLACE),
        replaced=st.lists(group(Replaced), min_size=1, max_size=2),
    ),
)
MEANT = group(ResponseFor, code=WORD, document_id=WORD)
DOCUMENTS = group(
    Document,
    type=group(DocumentType, group=st.sampled_from([1, 2])),
    recipients=st.lists(
        word(slots(Document)[1]), min_size=1, max_size=3, unique_by=lambda party: party.code
    ),
    responses=st.lists(MEANT, max_size=2),
    business=BUSINESS,
    trace=st.lists(group(Hop), min_size=1, max_size=2),
    attachments=FILES,
)
STATUSES = group(Status, about=MEANT, code=st.sampled_from(StatusCode)).map(
    lambda status: (
        replace(status, description=status.description or "vì sai nơi nhận")
        if status.code in REASONED
        else status
    )
)


def without_place(files: list[Attachment]) -> list[Attachment]:
    """Files as words, without what only the wire says of them."""
    return [replace(f, content_id="", declared_type="", damage=None) for f in files]


def meaning(message: Message) -> Message:
    """A message without what only the wire says: ids of files, empty groups."""
    if isinstance(message, Status):
        return message
    business = replace(
        message.business,
        staff=[one for one in message.business.staff if any(msgspec.structs.astuple(one))],
    )
    return replace(message, business=business, attachments=without_place(message.attachments))


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS)
def test_a_document_keeps_its_meaning_and_its_bytes(document: Document) -> None:
    data = write(document)
    back = read(data).message
    assert meaning(back) == meaning(document)
    assert write(back) == data


@settings(max_examples=80, deadline=None)
@given(STATUSES)
def test_a_status_keeps_its_meaning_and_its_bytes(status: Status) -> None:
    data = write(status)
    back = read(data).message
    assert back == status
    assert write(back) == data
