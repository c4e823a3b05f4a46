"""A reader is tolerant: of new fields, of missing ones, of events nobody told it about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
import pytest

from contracts import envelope as words
from contracts.envelope import Actor, Envelope, Page, PublicEvent
from contracts.intake import DocumentPresented
from contracts.tracking import DeliveryOpened

DOCUMENT = UUID(int=1)
AT = datetime(2026, 2, 14, 7, 30, tzinfo=UTC)


def told(type: str, **body: Any) -> Envelope:
    """An envelope as it comes over the wire, of a writer who may be newer than this reader."""
    sent = {
        "source": "intake",
        "position": 7,
        "type": type,
        "aggregate_id": str(DOCUMENT),
        "version": 3,
        "at": "2026-02-14T07:30:00Z",
        "actor": {"person": "lan.nt", "seat": "a field this reader does not know"},
        "postmark": "another one",
        "body": body,
    }
    return msgspec.json.decode(msgspec.json.encode(sent), type=Envelope)


def presented(**more: Any) -> dict[str, Any]:
    """The body of an event of intake."""
    return {"document_id": str(DOCUMENT), "agency": "H47.05", "leader": "minh.tv", **more}


def test_an_event_bears_the_name_of_its_service() -> None:
    assert DocumentPresented.TYPE == "intake.DocumentPresented"
    assert DeliveryOpened.TYPE == "tracking.DeliveryOpened"


def test_a_known_event_comes_out_as_its_class() -> None:
    assert told("intake.DocumentPresented", **presented()).event() == DocumentPresented(
        document_id=DOCUMENT, agency="H47.05", leader="minh.tv"
    )


def test_an_unknown_field_is_dropped() -> None:
    event = told("intake.DocumentPresented", **presented(room="302")).event()
    assert isinstance(event, DocumentPresented)
    assert not hasattr(event, "room")


def test_a_missing_optional_field_takes_its_default() -> None:
    event = told(
        "tracking.DeliveryOpened",
        delivery_id=str(UUID(int=2)),
        document_id=str(DOCUMENT),
        sender="H47.05",
        recipient="H47.06",
        recipient_name="Sở Y tế",
        issued_at="2026-02-14T07:30:00Z",
    ).event()
    assert isinstance(event, DeliveryOpened)
    assert event.reply_due_on is None


def test_an_unknown_event_is_nothing() -> None:
    assert told("intake.DocumentBlessed", anything=1).event() is None


@pytest.mark.parametrize("wrong", [{"agency": 7}, {"agency": "no code"}, {"leader": None}])
def test_a_body_that_breaks_the_contract_is_not_believed(wrong: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        told("intake.DocumentPresented", **presented(**wrong)).event()


def test_circumstances_come_with_every_event() -> None:
    received = told("intake.DocumentPresented", **presented())
    assert received.actor == Actor(person="lan.nt")
    assert (received.at, received.position, received.version) == (AT, 7, 3)
    assert (received.trace, received.command_id) == ("", None)


def test_a_page_goes_there_and_back() -> None:
    event = DocumentPresented(document_id=DOCUMENT, agency="H47.05", leader="minh.tv")
    sent = Page(
        events=[
            Envelope(
                source="intake",
                position=7,
                type=event.TYPE,
                aggregate_id=DOCUMENT,
                version=3,
                at=AT,
                actor=Actor(person="lan.nt", name="Nguyễn Thị Lan", post="Văn thư"),
                command_id=UUID(int=9),
                body=msgspec.to_builtins(event),
            )
        ],
        upto=12,
    )
    received = msgspec.json.decode(msgspec.json.encode(sent), type=Page)
    assert received == sent
    assert received.events[0].event() == event


def test_every_event_class_is_known_by_its_type() -> None:
    class MatterOpened(PublicEvent, frozen=True, kw_only=True):
        """An event of these tests."""

        HERE: ClassVar[str] = "here"

    try:
        assert MatterOpened.TYPE == "test_envelope.MatterOpened"
        assert told("test_envelope.MatterOpened").event() == MatterOpened()
    finally:
        del words._BY_TYPE[MatterOpened.TYPE]
