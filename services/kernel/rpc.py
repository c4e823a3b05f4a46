"""The answering door: nameko entrypoints that no message can kill.

A message is looked at before it is believed: what is no call at all is parked by the broker (dead
letter); what is a call gets an answer, and a wrong one gets a typed refusal. This file and the
runner are the only ones that name nameko.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError
from nameko.amqp.publish import Publisher
from nameko.constants import AMQP_URI_CONFIG_KEY
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import DependencyProvider
from nameko.messaging import QueueConsumer
from nameko.rpc import Rpc, RpcConsumer, get_rpc_exchange

from contracts.envelope import Actor
from contracts.errors import Defect, Denied, Invalid, MethodUnknown, Refused
from contracts.values import Role
from services.kernel import telemetry
from services.kernel.call import Call, NoCall, opened, reply, shape_of, understood
from services.kernel.context import Circumstances, acting, current
from services.kernel.settings import Settings, settings_or_exit
from services.kernel.tokens import Verifier

F = TypeVar("F", bound=Callable[..., Any])
_LOG = logging.getLogger(__name__)
VERIFIER_CONFIG_KEY = "VANBAN_VERIFIER"
GONE = (OSError, AMQPError, KombuError)
SERVICES = frozenset({"intake", "dispatch", "signing", "tracking", "accounts", "reporting"})


class SafeQueueConsumer(QueueConsumer):  # type: ignore[misc]
    """Parks what cannot be decoded; comes back within two seconds of the broker."""

    connected = False

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        self.park(message, "cannot be decoded")

    def park(self, message: Any, why: str) -> None:
        """Have the broker put a message aside; if the line broke it brings the message again."""
        _LOG.warning("message parked: %s", why)
        with suppress(*GONE):
            message.reject()

    def ack_message(self, message: Any) -> None:
        with suppress(*GONE):
            super().ack_message(message)

    def on_consume_ready(self, *args: Any, **kwargs: Any) -> None:
        super().on_consume_ready(*args, **kwargs)
        self.connected = True

    def on_connection_error(self, exc: Exception, interval: float) -> None:
        _LOG.warning("broker away (%s)", type(exc).__name__)

    @contextmanager
    def establish_connection(self) -> Any:
        with self.create_connection() as connection:
            connection.ensure_connection(
                self.on_connection_error, interval_start=0.2, interval_step=0.2, interval_max=2
            )
            try:
                yield connection
            finally:
                self.connected = False


class SafeConsumer(RpcConsumer):  # type: ignore[misc]
    """Believes a message only after looking at it, and answers with refusals, never exceptions."""

    queue_consumer = SafeQueueConsumer()

    def handle_message(self, body: Any, message: Any) -> None:
        try:
            self._handle(body, message)
        except NoCall as why:
            self.queue_consumer.park(message, str(why))
        except Exception:  # unhandled it would end this process, and the next one
            _LOG.exception("defect in handling a message")
            self.queue_consumer.park(message, "cannot be handled")

    def _handle(self, body: Any, message: Any) -> None:
        kwargs, deadline = opened(body, message.properties, message.headers or {})
        if time.time() > deadline:
            self.queue_consumer.ack_message(message)
            return
        try:
            call = self._call(message, deadline)
            provider = self._provider(call)
            asked = understood(provider.shape, kwargs)
        except Refused as refused:
            self.answer(message, reply(error=refused))
            return
        provider.spawn(call, asked, message)

    def _provider(self, call: Call) -> SafeRpc:
        for provider in self._providers:
            if provider.method_name == call.method:
                return provider  # type: ignore[no-any-return]
        raise MethodUnknown(method=call.method)

    def _call(self, message: Any, deadline: float) -> Call:
        headers = message.headers or {}
        service, _, method = message.delivery_info["routing_key"].partition(".")
        user = message.properties.get("user_id")
        if user in SERVICES:
            actor = Actor(person=f"service:{user}", name=user)
            who = Circumstances(actor=actor, roles=frozenset({Role.SERVICE}))
        else:
            who = self._holder(headers.get("authorization"), method)
        try:
            command_id = UUID(headers["command_id"]) if "command_id" in headers else None
        except (ValueError, AttributeError, TypeError):
            raise Invalid(where="header command_id", why="a UUID is expected") from None
        circumstances = msgspec.structs.replace(who, command_id=command_id, deadline=deadline)
        return Call(service, method, circumstances, str(headers.get("traceparent", "")), deadline)

    def _holder(self, token: Any, method: str) -> Circumstances:
        verifier: Verifier = self.container.config[VERIFIER_CONFIG_KEY]
        try:
            return verifier(token if isinstance(token, str) else "")
        except Denied:
            if any(p.method_name == method and p.public for p in self._providers):
                return Circumstances(actor=Actor(person="anonymous"))
            raise

    def answer(self, message: Any, body: bytes) -> None:
        """Send the answer, then forget the message. A lost answer is asked for again by its id."""
        try:
            Publisher(self.container.config[AMQP_URI_CONFIG_KEY], use_confirms=False).publish(
                body,
                serializer=None,
                content_type="application/json",
                content_encoding="utf-8",
                delivery_mode="transient",
                exchange=get_rpc_exchange(self.container.config),
                routing_key=message.properties["reply_to"],
                correlation_id=message.properties.get("correlation_id"),
            )
        except GONE as error:
            _LOG.warning("answer not sent (%s)", type(error).__name__)
        self.queue_consumer.ack_message(message)


class SafeRpc(Rpc):  # type: ignore[misc]
    """One method that may be asked. Arguments are converted by its own signature."""

    rpc_consumer = SafeConsumer()

    def __init__(self, public: bool = False, **kwargs: Any) -> None:
        self.public = public
        self.shape: Any = None
        super().__init__(**kwargs)

    def setup(self) -> None:
        self.shape = shape_of(getattr(self.container.service_cls, self.method_name))
        super().setup()

    def spawn(self, call: Call, asked: dict[str, Any], message: Any) -> None:
        """Have a worker answer."""

        def finish(context: Any, result: bytes | None, exc_info: Any) -> tuple[None, None]:
            if result is not None:
                self.rpc_consumer.answer(message, result)
            else:
                self.rpc_consumer.queue_consumer.ack_message(message)
            return None, None

        try:
            self.container.spawn_worker(self, (call,), asked, handle_result=finish)
        except ContainerBeingKilled:
            self.rpc_consumer.requeue_message(message)


def answer(promised: F, *, public: bool = False) -> F:
    """Make a promised method answerable: one line in a service's door.

    The application's method of the same name does it. `public` ones may be asked without a token.
    """

    @wraps(promised)
    def answered(self: Any, call: Call, **asked: Any) -> bytes | None:
        does = getattr(self.application, promised.__name__)
        return None if call.late() else _answer(does, call, asked)

    return SafeRpc.decorator(public=public)(answered)  # type: ignore[no-any-return]


def _answer(does: Callable[..., Any], call: Call, asked: dict[str, Any]) -> bytes:
    name = f"{call.service}.{call.method}"
    timed = telemetry.CALL_SECONDS.labels(call.service, call.method).time()
    span = telemetry.span(name, call.traceparent, **{"rpc.method": name})
    with timed, span as trace, acting(msgspec.structs.replace(call.circumstances, trace=trace)):
        outcome, answer = _outcome(does, name, asked)
    telemetry.COMMANDS.labels(call.service, call.method, outcome).inc()
    return answer


def _outcome(does: Callable[..., Any], name: str, asked: dict[str, Any]) -> tuple[str, bytes]:
    """What became of an act, for the metrics, and the bytes of its answer."""
    try:
        return "answered", reply(msgspec.to_builtins(does(**asked)))
    except Refused as refused:
        return refused.code, reply(error=refused)
    except Exception:
        _LOG.exception("defect in %s", name)
        return Defect.code, reply(error=Defect(trace=current().trace))


class Given(DependencyProvider):  # type: ignore[misc]
    """The application of a service: built once when it starts, given to every call."""

    def __init__(self, build: Callable[[Any], Any], settings: type[Settings]) -> None:
        self._build = build
        self._settings = settings
        self._application: Any = None
        super().__init__()

    def setup(self) -> None:
        self._application = self._build(settings_or_exit(self._settings))

    def get_dependency(self, worker_ctx: Any) -> Any:
        return self._application

    def stop(self) -> None:
        self._application.close()
