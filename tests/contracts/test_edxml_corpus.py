"""A post bag of messages, good and bad, each read as a whole: what it is, or why it is refused.

The bag holds every message that the other tests have made; here it is seen that none of them is
forgotten, that each verdict is told, and that what was understood can be written down as JSON.
"""

from __future__ import annotations

import json

import msgspec
import pytest

from contracts.edxml import BusinessAction, Document, EdxmlRefused, Family, Reading, Status, read
from contracts.values import StatusCode
from tests.contracts import test_edxml_attachments as files
from tests.contracts import test_edxml_cautions as cautions
from tests.contracts import test_edxml_lookalikes as look_alikes
from tests.contracts import test_edxml_older_family as older
from tests.contracts import test_edxml_reading as reading
from tests.contracts import test_edxml_refusals as refusals
from tests.contracts import test_edxml_statuses as statuses
from tests.contracts.edxml_letters import (
    E_DOC,
    INETCLOUD,
    SOAP,
    letter,
    mime,
    old_letter,
    old_status,
    status,
)


def sound() -> dict[str, bytes]:
    """Messages that are understood, by what is particular about each."""
    bag: dict[str, str | bytes] = {
        "clauses": letter(reading.CLAUSE_ORDER),
        "backwards": letter(list(reading.HEADER)[::-1]),
    }
    bag |= {f"dress {name}": put_on(letter()) for name, put_on in reading.DRESSES.items()}
    bag |= {f"{action.en}": letter(trace=told) for action, told in reading.BUSINESS.items()}
    bag |= {f"odd {name}": text for name, (text, _) in cautions.ODD.items()}
    bag |= {f"status {name}": text for name, (text, _) in statuses.STATUS_ODD.items()}
    for wrapper in ("MessageHeader", "Status"):
        bag |= {f"{wrapper} {code}": status(code, wrapper) for code in StatusCode}
    for namespace in (INETCLOUD, E_DOC, SOAP):
        bag |= {f"{namespace} {code}": old_status(code, namespace) for code in StatusCode}
        bag[f"{namespace} letter"] = mime(old_letter(namespace), older.FILE)
    bag |= {f"carrier {name}": data for name, data in older.CARRIERS.items()}
    bag |= {f"status in {name}": text for name, text in older.STATUS_CARRIERS.items()}
    bag |= {f"of {kind}": files.carrying(data, "a.xyz") for kind, data in files.SNIFFED.items()}
    wrapped = {**files.WRAPPED, **{n: (*kept, "") for n, kept in files.KEPT.items()}}
    bag |= {n: files.carrying(case[0], case[1], case[2]) for n, case in wrapped.items()}
    bag |= {f"damaged {n}": files.carrying(c[0], c[1]) for n, c in files.DAMAGED.items()}
    return {name: text if isinstance(text, bytes) else text.encode() for name, text in bag.items()}


def unsound() -> dict[str, bytes]:
    """Messages that are refused."""
    bag: dict[str, str | bytes] = {n: case[0] for n, case in look_alikes.LOOK_ALIKES.items()}
    bag |= {f"foreign {name}": data for name, (data, _) in look_alikes.FOREIGN.items()}
    bag |= {f"malformed {name}": text for name, text in refusals.MALFORMED.items()}
    bag |= {f"trap {name}": data for name, data in refusals.TRAPS.items()}
    bag |= {f"too many {name}": text for name, (text, _) in refusals.LIMITED.items()}
    bag |= {
        f"unread {value}": letter().replace(old, new)
        for value, (old, new) in refusals.UNREADABLE.items()
    }
    return {name: text if isinstance(text, bytes) else text.encode() for name, text in bag.items()}


SOUND, UNSOUND = sound(), unsound()


@pytest.fixture(scope="module")
def understood() -> dict[str, Reading]:
    """Every sound message, read."""
    return {name: read(data) for name, data in SOUND.items()}


def test_the_bag_is_full() -> None:
    assert len(SOUND) >= 110
    assert len(UNSOUND) >= 60


def test_every_sound_message_is_understood_and_told_as_json(
    understood: dict[str, Reading],
) -> None:
    for name, told in understood.items():
        again = json.loads(msgspec.json.encode(told.message))
        assert again["kind"] in ("document", "status"), name
        assert msgspec.convert(again, Document | Status) == told.message, name


def test_the_bag_holds_every_kind_of_message(understood: dict[str, Reading]) -> None:
    messages = [told.message for told in understood.values()]
    documents = [m for m in messages if isinstance(m, Document)]
    codes = {m.known() for m in messages if isinstance(m, Status)}
    assert {m.business.action for m in documents} == set(BusinessAction)
    assert codes >= set(StatusCode)
    assert {told.family for told in understood.values()} == set(Family)


@pytest.mark.parametrize("name", UNSOUND)
def test_every_unsound_message_is_refused_in_two_languages(name: str) -> None:
    with pytest.raises(EdxmlRefused) as no:
        read(UNSOUND[name])
    vi, en = no.value.message("vi"), no.value.message("en")
    assert vi != en and "?" not in vi.replace("<?", "") and no.value.code.startswith("edxml.")


@pytest.mark.parametrize("name", ["clauses", "MessageHeader 06", "carrier the boundary at once"])
def test_no_cut_and_no_flipped_byte_ends_in_anything_but_an_answer(name: str) -> None:
    data = SOUND[name]
    answers = set()
    for place in range(0, len(data), max(1, len(data) // 150)):
        torn = data[:place] + bytes([data[place] ^ 0x15]) + data[place + 1 :]
        for spoiled in (data[:place], torn):
            try:
                answers.add(type(read(spoiled)))
            except EdxmlRefused as no:
                answers.add(type(no))
    assert Reading in answers and len(answers) > 2
