"""A world is its own, and in it each service reaches only what is its own."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import uuid4

import pika
import psycopg
import pytest
from minio.error import S3Error
from pika.exceptions import ChannelClosedByBroker

from infra.local.ground import Ground
from infra.local.s3 import client_of
from infra.local.state import SERVICES
from infra.local.world import World
from tests.conftest import until

ACCESS_REFUSED, PRECONDITION_FAILED = 403, 406


@pytest.fixture
def channel_of(world: World) -> Iterator[Any]:
    """Opens a channel of the world's virtual host as one user."""
    connections: list[pika.BlockingConnection] = []

    def open_channel(user: str) -> Any:
        connections.append(pika.BlockingConnection(pika.URLParameters(world.broker_url(user))))
        channel = connections[-1].channel()
        channel.confirm_delivery()
        return channel

    yield open_channel
    for connection in connections:
        connection.close()


def reply_queue(channel: Any, user: str) -> str:
    """A queue as a caller declares it for its answers."""
    name = f"reply-{user}-{uuid4()}"
    classic = {"x-queue-type": "classic"}
    channel.queue_declare(name, exclusive=True, auto_delete=True, arguments=classic)
    return name


def test_a_role_works_in_the_schema_of_its_name(world: World) -> None:
    with psycopg.connect(world.database_url("dispatch")) as place:
        place.execute("CREATE TABLE own (id int)")
        row = place.execute("SELECT schemaname FROM pg_tables WHERE tablename = 'own'").fetchone()
    assert row == ("dispatch",)


@pytest.mark.parametrize("stranger", [s for s in SERVICES if s != "signing"])
def test_a_role_cannot_read_another_services_schema(world: World, stranger: str) -> None:
    with psycopg.connect(world.database_url("signing")) as place:
        place.execute("CREATE TABLE IF NOT EXISTS secret (id int)")
    with (
        psycopg.connect(world.database_url(stranger)) as place,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        place.execute("SELECT * FROM signing.secret")


def test_nobody_works_in_the_public_schema(world: World) -> None:
    with (
        psycopg.connect(world.database_url("intake")) as place,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        place.execute("CREATE TABLE public.anything (id int)")


def test_worlds_do_not_see_each_other(ground: Ground, world: World) -> None:
    other = ground.new_world(f"other-{uuid4().hex[:8]}")
    with psycopg.connect(world.database_url("intake")) as place:
        place.execute("CREATE TABLE here (id int)")
    with (
        psycopg.connect(other.database_url("intake")) as place,
        pytest.raises(psycopg.errors.UndefinedTable),
    ):
        place.execute("SELECT * FROM here")
    other.drop()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(other.database_url("intake"))


def test_services_keep_objects_but_make_no_buckets(world: World) -> None:
    client = client_of(world.s3_url)
    client.put_object(world.name, "a", BytesIO(b"a"), 1)
    with pytest.raises(S3Error) as refused:
        client.make_bucket("another-bucket")
    assert refused.value.code == "AccessDenied"


def test_a_service_may_not_consume_another_services_queue(channel_of: Any) -> None:
    with pytest.raises(ChannelClosedByBroker) as refused:
        channel_of("tracking").basic_get("rpc-intake")
    assert refused.value.reply_code == ACCESS_REFUSED
    assert channel_of("intake").basic_get("rpc-intake") == (None, None, None)


def test_a_service_may_not_command_another(channel_of: Any) -> None:
    with pytest.raises(ChannelClosedByBroker) as refused:
        channel_of("tracking").basic_publish("nameko-rpc", "intake.register_document", b"{}")
    assert refused.value.reply_code == ACCESS_REFUSED


def test_a_service_may_read_another_services_events(channel_of: Any) -> None:
    tracking, intake = channel_of("tracking"), channel_of("intake")
    tracking.basic_publish("nameko-rpc", "intake.read_events", b"events", mandatory=True)
    _, _, body = intake.basic_get("rpc-intake", auto_ack=True)
    assert body == b"events"


def test_someone_outside_asks_and_hears_his_own_answer(channel_of: Any) -> None:
    edge, intake = channel_of("edge"), channel_of("intake")
    own = reply_queue(edge, "edge")
    edge.queue_bind(own, "nameko-rpc", routing_key=own)
    edge.basic_publish("nameko-rpc", "intake.get_document", b"{}", mandatory=True)
    intake.basic_get("rpc-intake", auto_ack=True)
    intake.basic_publish("nameko-rpc", own, b"answer", mandatory=True)
    assert edge.basic_get(own, auto_ack=True)[2] == b"answer"


@pytest.mark.parametrize("spied_on", ["intake.*", "#", "reply-tracking-1"])
def test_nobody_outside_can_listen_to_what_is_asked(channel_of: Any, spied_on: str) -> None:
    edge = channel_of("edge")
    own = reply_queue(edge, "edge")
    with pytest.raises(ChannelClosedByBroker) as refused:
        edge.queue_bind(own, "nameko-rpc", routing_key=spied_on)
    assert refused.value.reply_code == ACCESS_REFUSED


@pytest.mark.parametrize("queue", ["jobs-signing", "vanban.dead", "rpc-accounts"])
def test_nobody_outside_reads_the_services_queues(channel_of: Any, queue: str) -> None:
    with pytest.raises(ChannelClosedByBroker) as refused:
        channel_of("edge").basic_get(queue)
    assert refused.value.reply_code == ACCESS_REFUSED


def test_the_broker_refuses_a_forged_sender(channel_of: Any) -> None:
    forged = pika.BasicProperties(user_id="intake")
    with pytest.raises(ChannelClosedByBroker) as refused:
        channel_of("edge").basic_publish("nameko-rpc", "intake.get_document", b"{}", forged)
    assert refused.value.reply_code == PRECONDITION_FAILED


def test_a_message_that_kills_its_reader_is_parked(world: World, channel_of: Any) -> None:
    edge, dispatch = channel_of("edge"), channel_of("dispatch")
    edge.basic_publish("nameko-rpc", "dispatch.issue", b"poison", mandatory=True)
    deliveries = 0
    while (got := dispatch.basic_get("rpc-dispatch"))[0] is not None:
        deliveries += 1
        dispatch.basic_nack(got[0].delivery_tag, requeue=True)
        until(lambda: dispatch.queue_declare("rpc-dispatch", passive=True) is not None)
    assert deliveries == 6
    with pika.BlockingConnection(pika.URLParameters(world.admin_broker_url)) as connection:
        admin = connection.channel()
        parked: list[bytes] = []

        def a_parked_message() -> list[bytes]:
            if body := admin.basic_get("vanban.dead", auto_ack=True)[2]:
                parked.append(body)
            return parked

        until(a_parked_message)
    assert parked == [b"poison"]


def test_nameko_may_declare_its_queue_again(channel_of: Any) -> None:
    intake = channel_of("intake")
    intake.exchange_declare("nameko-rpc", "topic", durable=True)
    intake.queue_declare("rpc-intake", durable=True)
    intake.queue_bind("rpc-intake", "nameko-rpc", routing_key="intake.*")


def test_each_service_is_told_what_it_needs_and_no_more(world: World) -> None:
    assert set(world.environment("edge")) == {"VANBAN_BROKER_URL", "VANBAN_TOKEN_PUBLIC_KEY_FILE"}
    only_one = {
        name: [s for s in SERVICES if name in world.environment(s)]
        for name in ("VANBAN_OPERATOR_SECRET", "VANBAN_TOKEN_PRIVATE_KEY_FILE", "VANBAN_PKI_DIR")
    }
    assert list(only_one.values()) == [["accounts"], ["accounts"], ["signing"]]
    with pytest.raises(KeyError):
        world.environment("nobody")
