"""What intake tells aloud."""

from __future__ import annotations

from functools import singledispatch
from typing import Any, TypeVar

from contracts.envelope import PublicEvent
from contracts.intake import (
    DocumentAnswered,
    DocumentArrived,
    DocumentCompleted,
    DocumentDirected,
    DocumentPresented,
    DocumentQuarantined,
    DocumentRefused,
    DocumentRegistered,
    DocumentTransferred,
    HandlingStarted,
)
from services.intake.domain import IncomingDocument

W = TypeVar("W", bound=PublicEvent)


@singledispatch
def publish(recorded: object) -> PublicEvent | None:
    """The public event of a recorded one, if it is told aloud."""
    return None


def _told(word: type[W], recorded: Any, **more: Any) -> W:
    """The public event whose fields have the names of the recorded ones; `more` goes beside."""
    names = set(word.__struct_fields__) & vars(recorded).keys()
    facts = {name: getattr(recorded, name) for name in names}
    return word(document_id=recorded.originator_id, **facts, **more)


@publish.register
def _(recorded: IncomingDocument.Arrived) -> PublicEvent:
    return _told(DocumentArrived, recorded)


@publish.register
def _(recorded: IncomingDocument.Quarantined) -> PublicEvent:
    return _told(DocumentQuarantined, recorded)


@publish.register
def _(recorded: IncomingDocument.Refused) -> PublicEvent:
    return _told(DocumentRefused, recorded)


@publish.register
def _(recorded: IncomingDocument.Registered) -> PublicEvent:
    line = recorded.line
    return _told(
        DocumentRegistered,
        recorded,
        number=line.number,
        arrived_on=line.arrived_on,
        legal_value=line.legal_value,
        paperless=line.paperless,
        transfer_due_at=line.transfer_due_at,
        calendar=line.calendar,
    )


@publish.register
def _(recorded: IncomingDocument.Presented) -> PublicEvent:
    return _told(DocumentPresented, recorded)


@publish.register
def _(recorded: IncomingDocument.Directed) -> PublicEvent:
    return _told(DocumentDirected, recorded)


@publish.register
def _(recorded: IncomingDocument.Transferred) -> PublicEvent:
    return _told(DocumentTransferred, recorded)


@publish.register
def _(recorded: IncomingDocument.HandlingStarted) -> PublicEvent:
    return _told(HandlingStarted, recorded)


@publish.register
def _(recorded: IncomingDocument.Answered) -> PublicEvent:
    return _told(DocumentAnswered, recorded)


@publish.register
def _(recorded: IncomingDocument.Completed) -> PublicEvent:
    return _told(DocumentCompleted, recorded)
