"""What dispatch tells aloud, and that what it once recorded is read for ever.

`stored_events/` holds the bytes of one life, in order, as they were stored when each event was
first recorded: the file `10-SigningFailed.json` is version 10.
"""

import dataclasses
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from eventsourcing.domain import DomainEvent
from eventsourcing.persistence import StoredEvent

from contracts.accounts import DelegationRegistered, DelegationRevoked
from contracts.dispatch import DocumentIssued, NumberAssigned, OutgoingRegistered
from contracts.dispatch import OutgoingAct as Act
from contracts.dispatch import OutgoingState as State
from contracts.envelope import Actor
from contracts.tracking import DeliveryState
from contracts.values import DocumentLink, SignerRole, StatusCode
from services.dispatch.domain.capacity import Signatory, signatory_id
from services.dispatch.domain.directory import Correspondent, correspondent_id
from services.dispatch.domain.document import OutgoingDocument
from services.dispatch.events import publish
from services.kernel.aggregate import MAPPER
from services.kernel.context import acting
from services.kernel.events import topics_of
from tests.dispatch.office import ALSO_THEIRS, AN, CHI, EM, OURS, THEIRS, WRONG, Office
from tests.dispatch.test_domain_capacity import delegated

STORED = Path(__file__).parent / "stored_events"
LETTER = UUID("5a6f1d3e-0000-4000-8000-000000000001")
ORDER = UUID("5a6f1d3e-0000-4000-8000-000000000003")
ANSWERED = DocumentLink(
    document_id=UUID("5a6f1d3e-0000-4000-8000-000000000002"), notation="12/SYT-KH"
)
GIVEN = delegated(delegation_id=UUID("5a6f1d3e-0000-4000-8000-000000000004"))
ENDED = DelegationRevoked(
    delegation_id=GIVEN.delegation_id, agency=OURS, to_person="hoa", why="Chuyển công tác"
)
CIRCUMSTANCES = {"timestamp", "actor", "trace", "command_id", "after", "calendar"}
"""What may differ between two equal lives; the calendar's version follows its yearly notices."""


def live(office: Office) -> None:
    """One life in which everything happens that can be recorded of a document."""
    office.tell("accounts", DelegationRegistered(delegation=GIVEN))
    office.tell("accounts", ENDED)
    office.draft(document_id=LETTER, answers=[ANSWERED])
    office.act(Act.SUBMIT, LETTER)
    office.act(Act.APPROVE_CONTENT, LETTER)
    office.act(Act.RETURN, LETTER, CHI)
    office.act(Act.REVISE, LETTER)
    for act in (Act.SUBMIT, Act.APPROVE_CONTENT, Act.APPROVE_FORM, Act.SIGN):
        office.act(act, LETTER)
    office.failed(LETTER, SignerRole.LEADER)
    office.act(Act.SIGN, LETTER)
    office.signed(LETTER, SignerRole.LEADER)
    for act in (Act.NUMBER, Act.REGISTER, Act.SEAL):
        office.act(act, LETTER)
    office.failed(LETTER, SignerRole.AGENCY)
    office.act(Act.SEAL, LETTER)
    office.signed(LETTER, SignerRole.AGENCY)
    office.act(Act.ISSUE, LETTER)
    office.answered(LETTER, THEIRS, StatusCode.REFUSED, DeliveryState.REFUSED)
    with acting(EM):
        office.app.recall_document(document_id=LETTER, order_id=ORDER, reason=WRONG)
    office.answered(LETTER, ALSO_THEIRS, StatusCode.AGREED, DeliveryState.RECALLED)


def old(kind: str, id: UUID) -> Iterator[StoredEvent]:
    """The stored bytes of one life, in order."""
    for version, path in enumerate(sorted((STORED / kind).glob("*.json")), start=1):
        place, _, name = path.stem.partition("-")
        assert int(place) == version
        yield StoredEvent(id, version, f"dispatch.{kind}.{name}", path.read_bytes())


LIVES = [
    (OutgoingDocument, LETTER),
    (Correspondent, correspondent_id(THEIRS)),
    (Signatory, signatory_id("hoa")),
]


def recorded_by(kind: type) -> set[str]:
    """Topics of the events an aggregate records itself."""
    events = [it for it in vars(kind).values() if isinstance(it, type)]
    return {
        event.__dict__["TOPIC"]
        for event in events
        if issubclass(event, DomainEvent) and event.__name__ not in ("Event", "Created")
    }


def own(event: Any, said: Iterable[str]) -> dict[str, Any]:
    """What an event says itself, without its circumstances and fields that were added since."""
    names = {field.name for field in dataclasses.fields(event)} - CIRCUMSTANCES
    return {name: getattr(event, name) for name in names & {*said, "originator_id"}}


def as_before(before: Any, after: Any) -> Any:
    """What is stored today without the fields that were added since, however deep."""
    if isinstance(before, dict) and isinstance(after, dict):
        return {name: as_before(old, after.get(name)) for name, old in before.items()}
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [as_before(*pair) for pair in zip(before, after, strict=True)]
    return after


@pytest.mark.parametrize(("kind", "id"), LIVES)
def test_every_recorded_event_has_an_old_example(kind: type, id: UUID) -> None:
    assert {stored.topic for stored in old(kind.__name__, id)} == recorded_by(kind)


@pytest.mark.parametrize(("kind", "id"), LIVES)
def test_old_bytes_decode_to_what_would_be_recorded_today(
    office: Office, kind: type, id: UUID
) -> None:
    live(office)
    kept = list(old(kind.__name__, id))
    before = [MAPPER.to_domain_event(stored) for stored in kept]
    today: list[Any] = list(office.app.events.get(id))
    assert [type(event) for event in before] == [type(event) for event in today]
    for stored, then, now in zip(kept, before, today, strict=True):
        said = json.loads(stored.state)
        assert own(then, said) == own(now, said)
        assert then.actor == now.actor
        assert isinstance(then.timestamp, datetime) and isinstance(then.actor, Actor)


@pytest.mark.parametrize(("kind", "id"), LIVES)
def test_today_the_same_bytes_would_be_stored(office: Office, kind: type, id: UUID) -> None:
    """But for the circumstances; a new field with a default is an addition, never a change."""
    live(office)
    today = [MAPPER.to_stored_event(event) for event in office.app.events.get(id)]
    for then, now in zip(old(kind.__name__, id), today, strict=True):
        before, after = (json.loads(stored.state) for stored in (then, now))
        for fields in (before, after):
            for name in CIRCUMSTANCES & fields.keys():
                del fields[name]
        assert as_before(before, after) == before


def test_an_old_life_is_replayed_to_the_same_document(office: Office) -> None:
    """Each old event names the digest of the one before, so the chain of old bytes is whole."""
    live(office)
    document: Any = None
    for stored in old("OutgoingDocument", LETTER):
        document = MAPPER.to_domain_event(stored).mutate(document)
    with acting(AN):
        assert document.view() == office.app.get_document(document_id=LETTER)
    assert document.state is State.FROZEN


def test_only_these_are_told_aloud() -> None:
    assert sorted(topics_of(publish)) == [
        "dispatch.OutgoingDocument.Issued",
        "dispatch.OutgoingDocument.Numbered",
        "dispatch.OutgoingDocument.RecallAnswered",
        "dispatch.OutgoingDocument.RecallOrdered",
        "dispatch.OutgoingDocument.Registered",
        "dispatch.OutgoingDocument.Returned",
        "dispatch.OutgoingDocument.SignatureRequested",
        "dispatch.Paper.Owed",
        "dispatch.Paper.Sent",
    ]
    assert publish(object()) is None


def test_number_register_and_issue_are_told_of_the_same_document(office: Office) -> None:
    live(office)
    told = {type(event): event for event in office.told()}
    number, line, issue = (
        told[kind] for kind in (NumberAssigned, OutgoingRegistered, DocumentIssued)
    )
    assert isinstance(line, OutgoingRegistered) and isinstance(issue, DocumentIssued)
    letter = office.letter()
    assert number == NumberAssigned(document_id=LETTER, agency=line.agency, number=line.number)
    assert line.number == issue.number
    for name in ("kind", "subject", "signer"):
        assert getattr(line, name) == getattr(issue, name) == letter[name]
    assert (line.drafting_unit, line.recipients) == ("Văn phòng", letter["recipients"])
    assert (issue.reply, issue.answers) == (letter["reply"], [ANSWERED])


def test_what_is_told_reads_back_from_plain_json(office: Office) -> None:
    live(office)
    for event in office.told():
        plain = json.loads(msgspec.json.encode(event))
        assert msgspec.convert(plain, type(event)) == event
