"""What intake tells aloud is what it recorded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import pytest

from contracts import intake as words
from contracts.envelope import PublicEvent
from contracts.intake import DocumentRegistered
from services.intake.events import publish
from tests.intake.office import MONDAY, OURS
from tests.intake.recorded import CALENDAR, ORIGIN, RECORDED

TOLD: dict[str, type[PublicEvent] | None] = {
    "Arrived": words.DocumentArrived,
    "Quarantined": words.DocumentQuarantined,
    "ChecksRecorded": None,
    "Refused": words.DocumentRefused,
    "Registered": words.DocumentRegistered,
    "Presented": words.DocumentPresented,
    "Directed": words.DocumentDirected,
    "Transferred": words.DocumentTransferred,
    "HandlingStarted": words.HandlingStarted,
    "Answered": words.DocumentAnswered,
    "Completed": words.DocumentCompleted,
}


@pytest.mark.parametrize(("name", "word"), TOLD.items())
def test_a_recorded_event_is_told_with_the_same_facts(
    name: str, word: type[PublicEvent] | None
) -> None:
    recorded: Any = RECORDED[f"intake.IncomingDocument.{name}"]
    told: Any = publish(recorded)
    if word is None:
        assert told is None
        return
    assert told.document_id == recorded.originator_id
    assert told.TYPE == word.TYPE
    facts = {**vars(recorded), **_line(recorded)}
    for field in set(word.__struct_fields__) - {"document_id"}:
        assert getattr(told, field) == facts[field], field
    assert msgspec.convert(msgspec.to_builtins(told), word) == told


def _line(recorded: Any) -> dict[str, Any]:
    line = getattr(recorded, "line", None)
    return {name: getattr(line, name) for name in line.__struct_fields__} if line else {}


def test_every_recorded_event_is_told_or_kept_on_purpose() -> None:
    assert {f"intake.IncomingDocument.{name}" for name in TOLD} == set(RECORDED)
    contract = {word for word in vars(words).values() if _is_event(word)}
    assert contract == {word for word in TOLD.values() if word}


def _is_event(word: object) -> bool:
    return isinstance(word, type) and issubclass(word, PublicEvent) and word is not PublicEvent


def test_a_registration_tells_the_number_and_the_deadline() -> None:
    told = publish(RECORDED["intake.IncomingDocument.Registered"])
    assert isinstance(told, DocumentRegistered)
    assert (told.document_id, told.agency, told.origin) == (UUID(int=1), OURS, ORIGIN)
    assert (told.number.number, told.paperless, told.calendar) == (1, True, CALENDAR)
    assert told.transfer_due_at == MONDAY.replace(hour=11)


def test_nothing_else_is_told() -> None:
    assert publish(object()) is None
