"""What intake tells aloud is what it recorded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import pytest

from contracts import intake as words
from contracts.envelope import PublicEvent
from contracts.intake import Channel, DocumentRegistered
from contracts.values import RefusalCode
from services.intake.events import publish
from tests.intake.office import MONDAY, OURS
from tests.intake.recorded import CALENDAR, ORDER, ORIGIN, RECORDED, UPDATE

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
    "FilesAdmitted": words.FilesAdmitted,
    "FilesRejected": words.FilesRejected,
    "SetApart": words.DocumentQuarantined,
    "Returned": words.DocumentRefused,
    "DuplicateAccepted": None,
    "PaperExpected": words.PaperExpected,
    "PaperReceived": words.PaperReceived,
    "AssignmentSentBack": words.AssignmentReturned,
    "DeadlineExtended": words.DeadlineExtended,
    "Reassigned": words.DocumentReassigned,
    "Reopened": words.DocumentReopened,
    "FollowerNamed": words.FollowerNamed,
    "RecalledAhead": words.RecallReceived,
    "RecallReceived": words.RecallReceived,
    "CancellationOrdered": None,
    "Cancelled": words.DocumentCancelled,
    "ArrivedRecalled": words.DocumentCancelled,
    "RecallRepeated": words.DocumentCancelled,
    "RecallDeclined": words.RecallDeclined,
    "UpdateReceived": words.UpdateReceived,
    "UpdateAdmitted": words.FilesAdmitted,
    "UpdateRejected": None,
    "UpdateVerified": None,
    "UpdateApplied": words.UpdateApplied,
    "UpdateDeclined": words.UpdateDeclined,
    "Superseded": words.DocumentSuperseded,
    "AssignmentInherited": words.AssignmentInherited,
}
SAID_OTHERWISE: dict[str, dict[str, Any]] = {
    "Quarantined": {"code": RefusalCode.SECRET_CONTENT},
    "Refused": {"registered": False},
    "Returned": {"registered": True},
    "Registered": {"channel": Channel.PLATFORM},
    "ArrivedRecalled": {"cancelled_at": MONDAY},
    "RecallRepeated": {"orders": [ORDER.order_id], "cancelled_at": MONDAY},
    "UpdateAdmitted": {"document_id": UPDATE.update_id},
}
"""What is told beside or instead of the recorded facts."""


@pytest.mark.parametrize(("name", "word"), TOLD.items())
def test_a_recorded_event_is_told_with_the_same_facts(
    name: str, word: type[PublicEvent] | None
) -> None:
    recorded: Any = RECORDED[f"intake.IncomingDocument.{name}"]
    told: Any = publish(recorded)
    if word is None:
        assert told is None
        return
    assert told.TYPE == word.TYPE
    facts = {"document_id": recorded.originator_id, **vars(recorded), **_inner(recorded)}
    facts |= SAID_OTHERWISE.get(name, {})
    for field in word.__struct_fields__:
        assert getattr(told, field) == facts[field], field
    assert msgspec.convert(msgspec.to_builtins(told), word) == told


def _inner(recorded: Any) -> dict[str, Any]:
    """The facts that stand one step deeper: in the line, the order, the update."""
    things = (getattr(recorded, name, None) for name in ("line", "order", "update"))
    deeper = (msgspec.structs.asdict(thing) for thing in things if thing)
    return {name: value for facts in deeper for name, value in facts.items()}


def test_every_recorded_event_is_told_or_kept_on_purpose() -> None:
    assert {f"intake.IncomingDocument.{name}" for name in TOLD} == set(RECORDED)
    contract = {word for word in vars(words).values() if _is_event(word)}
    assert contract == {words.OfficeRulesLaid, *(word for word in TOLD.values() if word)}


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
