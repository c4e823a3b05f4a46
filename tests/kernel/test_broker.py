"""One way to hold a connection: bounded waits, and a user the broker vouches for."""

from __future__ import annotations

import socket
import time
from uuid import uuid4

import pika
import pytest

from infra.local.world import World
from services.kernel.broker import AWAY, RPC_EXCHANGE, connect, user_of


def test_the_user_is_the_one_of_the_url() -> None:
    assert user_of("amqp://intake:p%40ss@127.0.0.1:5672/main") == "intake"
    assert user_of("amqp://a%2Fb:x@127.0.0.1/main") == "a/b"
    assert user_of("amqp://127.0.0.1/main") == ""


def test_a_broker_that_is_down_is_told_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    with pytest.raises(AWAY):
        connect(f"amqp://a:b@127.0.0.1:{port}/x")


def test_a_broker_that_says_nothing_is_given_up_after_seconds() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        with pytest.raises(AWAY):
            connect(f"amqp://a:b@127.0.0.1:{silent.getsockname()[1]}/x")
        assert time.monotonic() - begun < 12


def test_a_wrong_password_is_told_as_away(world: World) -> None:
    url = world.broker_url("intake").replace("intake:", "intake:not-", 1)
    with pytest.raises(AWAY):
        connect(url)


def test_the_broker_refuses_a_forged_user(world: World) -> None:
    """`edge` cannot say that it is a service: the door takes `user_id` for proof."""
    connection = connect(world.broker_url("edge"))
    channel = connection.channel()
    channel.confirm_delivery()
    forged = pika.BasicProperties(user_id="intake", reply_to=f"reply-edge-{uuid4()}")
    with pytest.raises(pika.exceptions.ChannelClosedByBroker, match="user_id"):
        channel.basic_publish(RPC_EXCHANGE, "accounts.read_events", b"{}", forged)
    connection.close()


@pytest.mark.parametrize(
    ("user", "routing_key"),
    [
        ("intake", "dispatch.issue_document"),
        ("edge", "prompt-tracking"),
        ("edge", "reply-intake-x"),
    ],
)
def test_nobody_asks_what_is_not_his_to_ask(world: World, user: str, routing_key: str) -> None:
    connection = connect(world.broker_url(user))
    channel = connection.channel()
    channel.confirm_delivery()
    with pytest.raises(pika.exceptions.ChannelClosedByBroker, match="ACCESS_REFUSED"):
        channel.basic_publish(RPC_EXCHANGE, routing_key, b"{}", mandatory=True)
    connection.close()
