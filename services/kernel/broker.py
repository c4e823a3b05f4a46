"""One way to hold a connection to RabbitMQ (pika): bounded waits, a name, and its user."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pika
from pika.adapters.utils.connection_workflow import AMQPConnectorException

RPC_EXCHANGE = "nameko-rpc"
PROMPT_EXCHANGE = "vanban.prompts"
AWAY = (pika.exceptions.AMQPError, AMQPConnectorException, OSError)


def user_of(url: str) -> str:
    """The broker user of a URL; the broker proves it on every message that names it."""
    return unquote(urlsplit(url).username or "")


def connect(url: str, heartbeat: int = 30) -> pika.BlockingConnection:
    """A connection that never waits for ever: 5 s to connect, 5 s under a broker alarm."""
    parameters = pika.URLParameters(url)
    parameters.heartbeat = heartbeat
    parameters.blocked_connection_timeout = 5
    parameters.socket_timeout = 5
    parameters.stack_timeout = 5
    return pika.BlockingConnection(parameters)
