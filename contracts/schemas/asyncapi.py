"""How the contracts travel: one AsyncAPI 3.0 document over all services.

A call is a message to the exchange `nameko-rpc` under the key `<service>.<method>`; its answer goes
to the caller's own queue. Events are no messages: whoever wants them asks `read_events`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from contracts.envelope import Envelope
from contracts.schemas.describe import (
    ANSWER,
    HEADERS,
    QUESTION,
    Json,
    answer_of,
    arguments_of,
    events_of,
    methods_of,
    refusals_of,
    schemas_for,
)

PLACE = "#/components/schemas/"
ABOUT = """Electronic documents of provincial state agencies: every call, answer and event.

The document only grows: words are added, none is removed or bent."""
SERVER: Json = {
    "host": "{host}",
    "pathname": "/{vhost}",
    "protocol": "amqp",
    "protocolVersion": "0.9.1",
    "variables": {"host": {"default": "127.0.0.1:5672"}, "vhost": {"default": "vanban"}},
}
EXCHANGE: Json = {"name": "nameko-rpc", "type": "topic", "durable": True, "autoDelete": False}
ANSWERS: Json = {
    "address": None,
    "description": "The caller's own queue, bound to the exchange under the key `reply_to`.",
    "bindings": {"amqp": {"is": "queue", "queue": {"exclusive": True, "autoDelete": True}}},
}


def asyncapi(promises: dict[str, type]) -> Json:
    """The whole document."""
    document = _frame()
    for service, promise in promises.items():
        for name, method in methods_of(promise).items():
            _add_method(document, service, name, method)
    document["components"]["schemas"] = _schemas(promises)
    document["components"]["messages"] |= _events(promises)
    return document


def _frame() -> Json:
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "vanban", "version": "1", "description": ABOUT},
        "defaultContentType": "application/json",
        "servers": {"broker": SERVER},
        "channels": {"answers": {**ANSWERS, "messages": {}}},
        "operations": {},
        "components": {
            "messages": {},
            "schemas": {},
            "channelBindings": {"call": {"amqp": {"is": "routingKey", "exchange": EXCHANGE}}},
        },
    }


def _add_method(document: Json, service: str, name: str, method: Callable[..., Any]) -> None:
    key = f"{service}.{name}"
    channels, messages = document["channels"], document["components"]["messages"]
    messages[f"{key}.question"] = _question(key)
    messages[f"{key}.answer"] = _answer(key, refusals_of(method))
    channels[key] = {
        "address": key,
        "messages": {"question": {"$ref": f"#/components/messages/{key}.question"}},
        "bindings": {"$ref": "#/components/channelBindings/call"},
    }
    channels["answers"]["messages"][key] = {"$ref": f"#/components/messages/{key}.answer"}
    document["operations"][key] = {
        "action": "receive",
        "description": inspect.getdoc(method),
        "channel": {"$ref": f"#/channels/{key}"},
        "messages": [{"$ref": f"#/channels/{key}/messages/question"}],
        "reply": {
            "address": {"location": "$message.header#/reply_to"},
            "channel": {"$ref": "#/channels/answers"},
            "messages": [{"$ref": f"#/channels/answers/messages/{key}"}],
        },
    }


def _question(key: str) -> Json:
    return {
        "headers": {"$ref": f"{PLACE}Headers"},
        "correlationId": {"location": "$message.header#/correlation_id"},
        "payload": _narrowed("Question", "kwargs", key),
    }


def _answer(key: str, refusals: list[str]) -> Json:
    return {
        "correlationId": {"location": "$message.header#/correlation_id"},
        "payload": _narrowed("Answer", "result", f"{key}.answer"),
        "x-refusals": refusals,
    }


def _narrowed(schema: str, property: str, to: str) -> Json:
    """The schema, with one property known better."""
    return {
        "allOf": [{"$ref": f"{PLACE}{schema}"}],
        "properties": {property: {"$ref": f"{PLACE}{to}"}},
    }


def _schemas(promises: dict[str, type]) -> Json:
    methods = {
        f"{service}.{name}": method
        for service, promise in promises.items()
        for name, method in methods_of(promise).items()
    }
    events = {event.TYPE: event for service in promises for event in events_of(service).values()}
    questions = [arguments_of(method, key) for key, method in methods.items()]
    answers = [answer_of(method) for method in methods.values()]
    asked, named = schemas_for([*answers, *questions, *events.values(), Envelope], PLACE)
    for key, answer in zip(methods, asked, strict=False):
        named[f"{key}.answer"] = answer
    for service in promises:
        named[f"{service}.read_events.answer"] = _page(service)
    return {**named, "Answer": ANSWER, "Headers": HEADERS, "Question": QUESTION}


def _page(service: str) -> Json:
    told = [
        {"$ref": f"#/components/messages/{event.TYPE}/payload"}
        for event in events_of(service).values()
    ]
    return {
        "allOf": [{"$ref": f"{PLACE}Page"}],
        "properties": {"events": {"type": "array", "items": {"anyOf": told}}},
    }


def _events(promises: dict[str, type]) -> Json:
    return {
        event.TYPE: {
            "summary": inspect.getdoc(event),
            "payload": {
                "allOf": [{"$ref": f"{PLACE}Envelope"}],
                "properties": {
                    "type": {"const": event.TYPE},
                    "body": {"$ref": f"{PLACE}{event.__name__}"},
                },
            },
        }
        for service in promises
        for event in events_of(service).values()
    }
