"""What is remembered: who, in which trace, after what; plain bytes; an unbroken chain."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import field
from datetime import UTC, date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest
from eventsourcing.persistence import StoredEvent
from eventsourcing.utils import resolve_topic

from contracts.envelope import Actor
from contracts.values import Role
from infra.local.world import World
from services.kernel.aggregate import MAPPER, Aggregate, HistoryBroken, digest
from services.kernel.application import IN_MEMORY, in_postgres
from services.kernel.context import acting
from tests.kernel.conftest import Made
from tests.kernel.counter import Counter, Counters, somebody

TRACE = f"00-{'1' * 32}-{'2' * 16}-01"


class Parcel(Aggregate, service="test"):
    """A thing with a field of every kind that services record."""

    sent_on: date
    sent_at: datetime
    role: Role
    sender: Actor
    weights: dict[str, int] = field(default_factory=dict)
    label: str = ""

    class Sent(Aggregate.Created):
        sent_on: date
        sent_at: datetime
        role: Role
        sender: Actor
        weights: dict[str, int]

    class Labelled(Aggregate.Event):
        """Its first version called the label `text`, without a language."""

        class_version: ClassVar[int] = 2
        label: str
        language: str

        def apply(self, parcel: Parcel) -> None:
            parcel.label = f"{self.label} ({self.language})"

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            state["label"] = state.pop("text")
            state["language"] = "vi"


def stored(application: Counters, id: UUID) -> list[StoredEvent]:
    """The events of a thing as they lie in the store."""
    return list(application.recorder.select_events(id))


def replayed(events: list[StoredEvent]) -> Any:
    """The aggregate of these stored events."""
    thing: Any = None
    for event in events:
        thing = MAPPER.to_domain_event(event).mutate(thing)
    return thing


def three(application: Counters) -> UUID:
    """A counter with two things: three events."""
    id = uuid4()
    with acting(somebody(trace=TRACE, command_id=uuid4())):
        application.add(id=id, thing="công văn")
    with acting(somebody("bình")):
        application.add(id=id, thing="quyết định")
    return id


@pytest.mark.rule("R2.2")
def test_every_event_keeps_person_post_and_agency_of_its_moment(counters: Counters) -> None:
    """A person who moves to another post keeps the old one in what he did before."""
    id, moved = three(counters), somebody("an")
    post = msgspec.structs.replace(moved.actor, post="Chánh Văn phòng", agency="H47.09")
    with acting(msgspec.structs.replace(moved, actor=post)):
        counters.add(id=id, thing="thông báo")
    events: list[Any] = [MAPPER.to_domain_event(event) for event in stored(counters, id)]
    assert [event.actor.person for event in events] == ["an", "an", "bình", "an"]
    assert [event.actor.post for event in events] == ["Chuyên viên"] * 3 + ["Chánh Văn phòng"]
    assert [event.actor.agency for event in events] == ["H47.05"] * 3 + ["H47.09"]
    assert [event.trace for event in events] == [TRACE, TRACE, "", ""]
    assert [event.command_id is None for event in events] == [False, False, True, True]


def test_an_auditor_reads_the_stored_bytes_without_us(counters: Counters) -> None:
    id = three(counters)
    begun, added, _ = stored(counters, id)
    state = json.loads(added.state)
    assert "công văn".encode() in added.state
    assert set(state) == {"timestamp", "actor", "trace", "command_id", "after", "thing"}
    assert datetime.fromisoformat(state["timestamp"]).tzinfo is not None
    assert state["after"] == digest(begun)
    assert (begun.topic, added.topic) == ("test.Counter.Begun", "test.Counter.Added")


def test_topics_do_not_follow_the_place_of_the_code() -> None:
    assert resolve_topic("test.Counter") is Counter
    assert resolve_topic("test.Counter.Added") is Counter.Added


def test_an_aggregate_says_its_service() -> None:
    with pytest.raises(TypeError, match="must say its service"):

        class Homeless(Aggregate):
            pass


def test_types_come_back_from_the_annotations(made: Made) -> None:
    application = made(IN_MEMORY)
    sent = {
        "sent_on": date(2026, 2, 14),
        "sent_at": datetime(2026, 2, 14, 8, 30, tzinfo=UTC),
        "role": Role.CLERK,
        "sender": Actor(person="an", name="Trần Thị Ân"),
        "weights": {"bì thư": 20},
    }
    parcel = Parcel.begin(Parcel.Sent, uuid4(), **sent)
    application.save(parcel)
    found = application.load(Parcel, parcel.id)
    assert {name: getattr(found, name) for name in sent} == sent


def test_a_stored_event_keeps_its_circumstances_when_somebody_else_reads_it(made: Made) -> None:
    application = made(IN_MEMORY)
    id = three(application)
    with acting(somebody("cường", trace="another")):
        found = list(application.events.get(id))
    assert [event.actor.person for event in found] == ["an", "an", "bình"]  # type: ignore[attr-defined]


def spoiled(events: list[StoredEvent]) -> dict[str, list[StoredEvent]]:
    """One history, altered in every way that a hand in the store could."""
    first, second, third = events
    changed = dataclasses.replace(second, state=second.state.replace(b"an", b"em", 1))
    renamed = dataclasses.replace(second, topic="test.Counter.Removed")
    other = dataclasses.replace(first, originator_id=uuid4())
    return {
        "a byte changed": [first, changed, third],
        "an event removed": [first, third],
        "an event renamed": [first, renamed, third],
        "another first event": [other, second, third],
        "an event twice": [first, second, second, third],
    }


@pytest.mark.parametrize("hand", spoiled([StoredEvent(uuid4(), 1, "", b"")] * 3))
def test_an_altered_history_is_noticed_when_it_is_read(made: Made, hand: str) -> None:
    application = made(IN_MEMORY)
    events = stored(application, three(application))
    assert replayed(events).things == ["công văn", "quyết định"]
    with pytest.raises(HistoryBroken):
        replayed(spoiled(events)[hand])


def test_one_changed_byte_in_the_database_is_noticed_at_load(made: Made, world: World) -> None:
    application = made(in_postgres(world.database_url(Counters.name)))
    id = three(application)
    application.load(Counter, id)
    with psycopg.connect(world.admin_database_url) as hand:
        where = [id, 2]
        state = "state FROM tracking.tracking_events"
        which = "WHERE originator_id = %s AND originator_version = %s"
        (said,) = hand.execute(f"SELECT {state} {which}", where).fetchone() or [b""]
        changed = said.replace("công văn".encode(), "công văm".encode())
        hand.execute(f"UPDATE tracking.tracking_events SET state = %s {which}", [changed, *where])
        assert len(changed) == len(said) and changed != said
    with pytest.raises(HistoryBroken, match=str(id)):
        application.load(Counter, id)
    with pytest.raises(HistoryBroken), acting(somebody()):
        application.add(id=id, thing="thông báo")


def test_an_old_version_is_read_by_the_new_class_and_the_chain_still_holds(made: Made) -> None:
    application = made(IN_MEMORY)
    parcel = Parcel.begin(
        Parcel.Sent,
        uuid4(),
        sent_on=date(2026, 1, 1),
        sent_at=datetime(2026, 1, 1, tzinfo=UTC),
        role=Role.CLERK,
        sender=Actor(person="an"),
        weights={},
    )
    application.save(parcel)
    old = {
        "timestamp": "2026-01-01T00:00:00Z",
        "actor": {"person": "an"},
        "trace": "",
        "command_id": None,
        "after": parcel.tip,
        "text": "hỏa tốc",
    }
    bytes_of_version_1 = json.dumps(old, ensure_ascii=False).encode()
    event = StoredEvent(parcel.id, 2, "test.Parcel.Labelled", bytes_of_version_1)
    application.recorder.insert_events([event])
    found = application.load(Parcel, parcel.id)
    assert found.label == "hỏa tốc (vi)"
    assert found.tip == digest(event)
    found.trigger_event(Parcel.Labelled, label="thường", language="vi")
    application.save(found)
    assert application.load(Parcel, parcel.id).label == "thường (vi)"
    assert json.loads(stored(application, parcel.id)[-1].state)["class_version"] == 2
