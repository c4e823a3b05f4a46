"""The answering door: no message ends it; whoever can be answered is; nobody asks as another."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pika
import pytest

from contracts.envelope import Actor
from contracts.errors import Defect, Denied, Invalid, MethodUnknown, Refused, refusal
from contracts.values import Role
from infra.local.world import World
from services.kernel.broker import RPC_EXCHANGE, connect
from services.kernel.client import Client, command_id
from services.kernel.tokens import issue
from tests.conftest import until
from tests.kernel.counter import AlreadyCounted
from tests.kernel.doors import Door, counting

CALL = b'{"args": [], "kwargs": {"user_name": "operator", "password": "not the secret"}}'


class Stranger:
    """Somebody who speaks to the broker without our client."""

    def __init__(self, world: World) -> None:
        self._connection = connect(world.broker_url("edge"))
        self._channel = self._connection.channel()
        self.queue = f"reply-edge-{uuid4()}"
        arguments = {"x-queue-type": "classic"}
        self._channel.queue_declare(self.queue, exclusive=True, arguments=arguments)
        self._channel.queue_bind(self.queue, RPC_EXCHANGE, self.queue)

    def send(self, body: bytes, to: str = "accounts.open_session", **properties: Any) -> None:
        """One message; properties are those of a good call where nothing else is said."""
        usual = {
            "reply_to": self.queue,
            "content_type": "application/json",
            "content_encoding": "utf-8",
            "correlation_id": "1",
        }
        told = {k: v for k, v in (usual | properties).items() if v is not None}
        self._channel.basic_publish(RPC_EXCHANGE, to, body, pika.BasicProperties(**told))

    def answer(self, seconds: float = 10) -> Any:
        """The next answer; nothing when the time is up."""
        for _, _, body in self._channel.consume(
            self.queue, auto_ack=True, inactivity_timeout=seconds
        ):
            return None if body is None else json.loads(body)

    def refused(self, body: bytes, to: str = "accounts.open_session", **properties: Any) -> Refused:
        """The refusal that answers a message."""
        self.send(body, to, **properties)
        error = self.answer()["error"]
        return refusal(error["exc_path"], error["data"])

    def close(self) -> None:
        """Go."""
        self._connection.close()


@pytest.fixture
def stranger(place: World, doors: dict[str, Door]) -> Iterator[Stranger]:
    """A stranger, for one test."""
    stranger = Stranger(place)
    yield stranger
    stranger.close()


def dead(world: World) -> list[bytes]:
    """The parked messages; they are taken out."""
    with pika.BlockingConnection(pika.URLParameters(world.admin_broker_url)) as connection:
        channel, bodies = connection.channel(), []
        while (got := channel.basic_get("vanban.dead", auto_ack=True))[2] is not None:
            bodies.append(got[2])
        return bodies


def deep(levels: int) -> bytes:
    """A call whose argument is a list in a list in a list."""
    return b'{"args": [], "kwargs": {"a": ' + b"[" * levels + b"]" * levels + b"}}"


MALFORMED: list[tuple[bytes, dict[str, Any]]] = [
    (CALL, {"reply_to": None}),
    (CALL, {"reply_to": "accounts.read_events"}),
    (CALL, {"content_type": None}),
    (CALL, {"content_type": "text/plain"}),
    (b'{"args": [', {}),
    (b"", {}),
    (b"null", {}),
    (b"[]", {}),
    (b'{"args": []}', {}),
    (b'{"args": ["operator"], "kwargs": {}}', {}),
    (b"\x80\x04}\x94.", {"content_type": "application/x-python-serialize"}),
    (b'{"args": [], "kwargs": {"user_name": "\xff\xfe"}}', {}),
    (CALL, {"headers": {"compression": "application/x-gzip"}}),
    (CALL, {"headers": {"deadline": "soon"}}),
    (deep(900), {}),
    (deep(100_000), {}),
]


def test_what_is_no_call_is_parked_and_the_door_stays_open(
    place: World, doors: dict[str, Door], stranger: Stranger
) -> None:
    accounts = doors["accounts"]
    pid = accounts.pid
    dead(place)
    for body, properties in MALFORMED:
        stranger.send(body, **properties)
    parked: list[bytes] = []

    def all_parked() -> bool:
        parked.extend(dead(place))
        return len(parked) >= len(MALFORMED)

    until(all_parked)
    assert sorted(parked) == sorted(body for body, _ in MALFORMED)
    assert stranger.refused(CALL).code == "accounts.credentials_wrong"
    assert accounts.pid == pid is not None
    assert accounts.is_ready()


def test_a_reply_queue_that_is_not_there_takes_no_answer_from_others(
    place: World, doors: dict[str, Door], stranger: Stranger
) -> None:
    for reply_to in (f"reply-edge-{uuid4()}", "reply-UPPER-1", "reply-edge-" + "x" * 200):
        stranger.send(CALL, reply_to=reply_to)
    for _ in range(20):
        assert stranger.refused(CALL).code == "accounts.credentials_wrong"
    dead(place)


@pytest.mark.parametrize(
    ("kwargs", "where"),
    [
        ('{"user_name": "operator"}', "arguments"),
        ('{"user_name": "operator", "password": 12345678}', "password"),
        ('{"user_name": "operator", "password": "123"}', "password"),
        ('{"user_name": "operator", "password": "12345678", "age": 4}', "arguments"),
        ('{"user_name": "\\ud800", "password": "12345678"}', "text"),
        ('{"\\ud800": 1}', "text"),
        ('{"user_name": "a\\u0000b", "password": "12345678"}', "text"),
    ],
)
def test_wrong_arguments_are_refused_by_name(stranger: Stranger, kwargs: str, where: str) -> None:
    refused = stranger.refused(f'{{"args": [], "kwargs": {kwargs}}}'.encode())
    assert isinstance(refused, Invalid)
    assert refused.data["where"] == where


def test_a_method_that_is_not_there_is_refused(outside: Client, stranger: Stranger) -> None:
    headers = {"authorization": outside.token}
    refused = stranger.refused(CALL, "accounts.close_session", headers=headers)
    assert isinstance(refused, MethodUnknown)
    assert isinstance(stranger.refused(CALL, "accounts.close_session"), Denied), "not even told"


def test_a_command_id_that_is_none_is_refused(outside: Client, stranger: Stranger) -> None:
    wrongs: list[Any] = ["1", 1, b"x" * 16, [], None, "\u00e0" * 36]
    for wrong in wrongs:
        headers = {"authorization": outside.token, "command_id": wrong}
        refused = stranger.refused(
            b'{"args": [], "kwargs": {}}', "accounts.list_agencies", headers=headers
        )
        assert isinstance(refused, Invalid)
        assert refused.data["where"] == "header command_id"


def test_a_message_that_comes_late_is_dropped(place: World, stranger: Stranger) -> None:
    stranger.send(CALL, headers={"deadline": int(time.time() * 1000) - 1}, correlation_id="late")
    stranger.send(CALL, headers={"deadline": int(time.time() * 1000) + 20_000})
    assert stranger.answer()["error"]["exc_path"] == "accounts.credentials_wrong"
    assert stranger.answer(0.3) is None
    assert dead(place) == []


def test_nobody_asks_without_a_token_of_ours(
    place: World, outside: Client, stranger: Stranger
) -> None:
    key = Path(place.environment("accounts")["VANBAN_TOKEN_PRIVATE_KEY_FILE"])
    past = datetime.now(UTC) - timedelta(seconds=1)
    expired = issue(key, Actor(person="an"), [Role.OPERATOR], past)
    for token in ("", "nonsense", outside.token[:-4], expired, b"bytes", 7, None, {"a": "table"}):
        refused = stranger.refused(CALL, "accounts.list_agencies", headers={"authorization": token})
        assert isinstance(refused, Denied)


def test_a_user_id_that_is_named_is_one_the_broker_vouches_for(place: World) -> None:
    """Saying that one is a service ends the channel; the message goes nowhere."""
    forger = Stranger(place)
    forger.send(b'{"args": [], "kwargs": {"after": 0}}', "accounts.read_events", user_id="intake")
    with pytest.raises(pika.exceptions.ChannelClosedByBroker, match="user_id"):
        forger.answer()
    forger.close()


def test_a_service_is_known_by_its_user_and_may_do_as_a_service(
    place: World, outside: Client
) -> None:
    with Client(place.broker_url("tracking"), timeout=20) as tracking:
        assert counting(tracking).read_events(after=0).upto >= 0
    with pytest.raises(Denied):
        counting(outside.as_holder("")).read_events(after=0)


def test_the_callers_circumstances_reach_the_act(outside: Client) -> None:
    told = counting(outside).say(what="who")
    assert (told["person"], told["roles"]) == ("operator", ["auditor", "operator"])


@pytest.mark.parametrize("what", ["unspeakable", "broken"])
def test_a_defect_tells_only_its_trace_and_the_door_stays_open(
    doors: dict[str, Door], outside: Client, what: str
) -> None:
    """What cannot be encoded as an answer is a defect like any other."""
    pid = doors["dispatch"].pid
    with pytest.raises(Defect) as defect:
        counting(outside).say(what=what)
    trace = defect.value.data["trace"]
    assert set(defect.value.data) == {"trace"}
    assert trace.split("-")[1] in doors["dispatch"].log
    assert counting(outside).say(what="who")
    assert doors["dispatch"].pid == pid is not None


def test_a_refusal_of_the_domain_comes_out_as_the_same_class(outside: Client) -> None:
    id = uuid4()
    assert counting(outside).add(id=id, thing="công văn") == 1
    with pytest.raises(AlreadyCounted) as refused:
        counting(outside).add(id=id, thing="công văn")
    assert refused.value.message("vi") == "Đã đếm công văn."


def test_many_at_once_with_one_command_id_have_one_effect(outside: Client) -> None:
    id, command = uuid4(), uuid4()

    def ask(_: int) -> int:
        with command_id(command):
            return counting(outside).add(id=id, thing="a")

    with ThreadPoolExecutor(16) as crowd:
        assert set(crowd.map(ask, range(16))) == {1}
    assert counting(outside).add(id=id, thing="b") == 2


def test_more_calls_than_workers_are_all_answered(outside: Client) -> None:
    series = uuid4()
    with ThreadPoolExecutor(100) as crowd:
        numbers = crowd.map(
            lambda _: counting(outside).number(series=series, taken_by=uuid4()), range(150)
        )
        assert sorted(numbers) == list(range(1, 151))


@pytest.mark.parametrize("side", ["store", "views"])
def test_a_slow_query_of_one_call_holds_up_no_other(outside: Client, side: str) -> None:
    """Green threads: while PostgreSQL sleeps for one, the others are answered."""
    sleep = getattr(counting(outside), f"sleep_in_{side}")
    with ThreadPoolExecutor(1) as crowd:
        begun = time.monotonic()
        sleeper = crowd.submit(sleep, seconds=1.5)
        answered = 0
        while not sleeper.done() and time.monotonic() - begun < 10:
            counting(outside).say(what="who")
            answered += not sleeper.done()
        sleeper.result()
    assert time.monotonic() - begun >= 1.5
    assert answered >= 3
