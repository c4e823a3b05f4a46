"""RPC from outside: a deadline on every call, a command id, a signed token, typed refusals back.

    with Client(broker_url, token) as vanban:
        vanban.intake.register_document(document_id=document_id)

A call whose service or broker goes away is repeated with the same command id until its deadline,
so its effect happens once. Calls of many threads share one connection.
"""

from __future__ import annotations

import inspect
import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoAnswerYet
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from typing import Any, Self, TypeVar, cast, get_type_hints
from uuid import UUID, uuid4

import msgspec
import pika

from contracts.accounts import Accounts
from contracts.dispatch import Dispatch
from contracts.errors import Refused, Unanswered, Unavailable, refusal
from contracts.intake import Intake
from contracts.reporting import Reporting
from contracts.signing import Signing
from contracts.tracking import Tracking
from services.kernel import telemetry
from services.kernel.broker import AWAY, RPC_EXCHANGE, connect, user_of
from services.kernel.context import current

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_COMMAND_ID: ContextVar[UUID | None] = ContextVar("command id of the next call", default=None)
PAUSES = (0.05, 0.1, 0.2, 0.5, 1.0)


class Lines:
    """One connection in a thread of its own, shared by all callers of a process."""

    def __init__(self, broker_url: str) -> None:
        self._url = broker_url
        self._user = user_of(broker_url)
        self._open = True
        self._pending: dict[str, Future[bytes]] = {}
        self._ready = threading.Event()
        self._connection: Any = None
        self._channel: Any = None
        self._queue = ""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def send(self, routing_key: str, headers: dict[str, Any], body: bytes, wait: float) -> bytes:
        """One message, one answer; `Unavailable` if the line breaks, `Unanswered` after `wait`."""
        if not self._ready.wait(wait):
            raise Unavailable(why="the broker is away")
        key = str(uuid4())
        answer: Future[bytes] = Future()
        self._pending[key] = answer
        try:
            publish = partial(self._publish, key, routing_key, headers, body)
            self._connection.add_callback_threadsafe(publish)
            return answer.result(wait)
        except NoAnswerYet:
            raise Unanswered(method=routing_key, seconds=round(wait, 1)) from None
        except AWAY as error:
            raise Unavailable(why=f"the broker went away ({type(error).__name__})") from None
        finally:
            self._pending.pop(key, None)

    def close(self) -> None:
        self._open = False
        with suppress(*AWAY, AttributeError):
            self._connection.add_callback_threadsafe(lambda: None)
        self._thread.join(5)

    def _publish(self, key: str, routing_key: str, headers: dict[str, Any], body: bytes) -> None:
        properties = pika.BasicProperties(
            reply_to=self._queue,
            correlation_id=key,
            content_type="application/json",
            content_encoding="utf-8",
            user_id=self._user,
            delivery_mode=2,
            headers=headers,
        )
        self._channel.basic_publish(RPC_EXCHANGE, routing_key, body, properties, mandatory=True)

    def _run(self) -> None:
        while self._open:
            try:
                self._serve()
            except AWAY as error:
                _LOG.info("the line to the broker broke: %r", error)
            finally:
                self._ready.clear()
                self._fail_all("the broker went away")
            if self._open:
                time.sleep(0.2)

    def _serve(self) -> None:
        self._connection = connect(self._url)
        self._channel = self._connection.channel()
        self._queue = f"reply-{self._user}-{uuid4()}"
        classic = {"x-queue-type": "classic"}
        self._channel.queue_declare(
            self._queue, exclusive=True, auto_delete=True, arguments=classic
        )
        self._channel.queue_bind(self._queue, RPC_EXCHANGE, routing_key=self._queue)
        self._channel.add_on_return_callback(self._returned)
        self._channel.basic_consume(self._queue, self._answered, auto_ack=True)
        self._ready.set()
        while self._open and self._channel.is_open:  # the broker closes it on a forbidden question
            self._connection.process_data_events(time_limit=1)
        self._connection.close()

    def _answered(self, channel: Any, method: Any, properties: Any, body: bytes) -> None:
        if waiting := self._pending.pop(properties.correlation_id or "", None):
            waiting.set_result(body)

    def _returned(self, channel: Any, method: Any, properties: Any, body: bytes) -> None:
        if waiting := self._pending.pop(properties.correlation_id or "", None):
            waiting.set_exception(Unavailable(why=f"nobody answers {method.routing_key}"))

    def _fail_all(self, why: str) -> None:
        for key in list(self._pending):
            if waiting := self._pending.pop(key, None):
                waiting.set_exception(Unavailable(why=why))


class Client:
    """The typed way to ask any service. `timeout` seconds for a call, retries included."""

    accounts: Accounts
    dispatch: Dispatch
    intake: Intake
    reporting: Reporting
    signing: Signing
    tracking: Tracking

    def __init__(
        self, broker_url: str, token: str = "", timeout: float = 10, lines: Lines | None = None
    ) -> None:
        self.token = token
        self.timeout = timeout
        self._lines = lines or Lines(broker_url)
        for name, promise in get_type_hints(Client).items():
            setattr(self, name, self.service(promise, name))

    def service(self, promise: type[T], name: str) -> T:
        """A service as its promise; each method asks over the broker."""
        return cast(T, _Asked(self, name, promise))

    def as_holder(self, token: str) -> Client:
        """The same connection, another person."""
        return Client("", token, self.timeout, self._lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection, for all holders of it."""
        self._lines.close()

    def call(self, service: str, method: str, kwargs: dict[str, Any]) -> Any:
        """Ask; the answer in plain JSON types. Raises the refusal the service answered."""
        routing_key = f"{service}.{method}"
        until = time.time() + self.timeout
        body = msgspec.json.encode({"args": [], "kwargs": kwargs})
        headers: dict[str, Any] = {"deadline": int(until * 1000), "authorization": self.token}
        headers["command_id"] = str(_COMMAND_ID.get() or uuid4())
        with telemetry.span(f"ask {routing_key}", current().trace) as trace:
            headers["traceparent"] = trace
            return self._until_answered(routing_key, headers, body, until)

    def _until_answered(
        self, routing_key: str, headers: dict[str, Any], body: bytes, until: float
    ) -> Any:
        for attempt in range(10_000):
            try:
                wait = max(until - time.time(), 0.001)
                return _result(self._lines.send(routing_key, headers, body, wait))
            except Unavailable:
                pause = PAUSES[min(attempt, len(PAUSES) - 1)]
                if time.time() + pause >= until:
                    raise
                time.sleep(pause)
        raise Unanswered(method=routing_key, seconds=self.timeout)


def _result(body: bytes) -> Any:
    told = msgspec.json.decode(body)
    if error := told["error"]:
        raise refusal(error["exc_path"], error.get("data", {}))
    return told["result"]


@contextmanager
def command_id(id: UUID) -> Iterator[None]:
    """Calls in this block carry this command id: for a caller who repeats a command himself."""
    token = _COMMAND_ID.set(id)
    try:
        yield
    finally:
        _COMMAND_ID.reset(token)


class _Asked:
    """A service as its promise."""

    def __init__(self, client: Client, service: str, promise: type) -> None:
        for name, method in inspect.getmembers(promise, inspect.isfunction):
            if not name.startswith("_"):
                returns = get_type_hints(method, include_extras=True)["return"]
                setattr(self, name, _asking(client, service, name, returns))


def _asking(client: Client, service: str, name: str, returns: Any) -> Callable[..., Any]:
    def ask(**kwargs: Any) -> Any:
        answer = client.call(service, name, kwargs)
        return None if returns is type(None) else msgspec.convert(answer, returns)

    return ask


__all__ = ["Client", "Lines", "Refused", "command_id"]
