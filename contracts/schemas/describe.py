"""From the contracts to JSON Schema 2020-12: a document for each service, and for reports."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable
from string import Formatter
from typing import Any, get_type_hints

import msgspec

import contracts
from contracts.envelope import Envelope, HistoryEntry, Page, PublicEvent
from contracts.errors import Refused, refusals
from contracts.signing import report
from contracts.signing.reasons import REASONS
from contracts.values import Coded

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Json = dict[str, Any]


def promises() -> dict[str, type]:
    """Every service's promise by the service's name: `contracts.intake.Intake` and so on."""
    found: dict[str, type] = {}
    for module in sorted(module.name for module in pkgutil.iter_modules(contracts.__path__)):
        words = importlib.import_module(f"contracts.{module}")
        promise = getattr(words, module.capitalize(), None)
        if inspect.isclass(promise) and getattr(promise, "_is_protocol", False):
            found[module] = promise
    return found


def methods_of(promise: type) -> dict[str, Callable[..., Any]]:
    """Every method of a promise, those it inherits too, by name."""
    members = inspect.getmembers(promise, inspect.isfunction)
    return {name: method for name, method in members if not name.startswith("_")}


def arguments_of(method: Callable[..., Any], name: str = "") -> type[msgspec.Struct]:
    """The arguments of a promised method as a struct, called `name`, that knows no others."""
    hints = get_type_hints(method, include_extras=True)
    fields: list[Any] = []
    for field, parameter in list(inspect.signature(method).parameters.items())[1:]:
        default = () if parameter.default is parameter.empty else (parameter.default,)
        fields.append((field, hints[field], *default))
    known = name or method.__name__
    return msgspec.defstruct(known, fields, kw_only=True, forbid_unknown_fields=True)


def answer_of(method: Callable[..., Any]) -> Any:
    """The type of a promised method's answer."""
    return get_type_hints(method, include_extras=True)["return"]


def events_of(service: str) -> dict[str, type[PublicEvent]]:
    """The public events of a service by name."""
    words = vars(importlib.import_module(f"contracts.{service}"))
    return {
        name: word
        for name, word in sorted(words.items())
        if inspect.isclass(word) and issubclass(word, PublicEvent) and word is not PublicEvent
    }


def words_of(method: Callable[..., Any]) -> Json:
    """What a method's docstring may name: words of all contracts, of its service, of its file."""
    service = ".".join(method.__module__.split(".")[:2])
    shared, own = (vars(importlib.import_module(name)) for name in ("contracts.errors", service))
    return shared | own | method.__globals__


def refusals_of(method: Callable[..., Any]) -> list[str]:
    """Codes of the refusals that the docstring of a promised method names after `Refusals:`."""
    words = words_of(method)
    _, _, told = (method.__doc__ or "").partition("Refusals:")
    named = re.findall(r"`([A-Z]\w+)`", told.partition("Rules:")[0])
    return sorted(words[name].code for name in named)


def schemas_for(types: Iterable[Any], place: str) -> tuple[list[Json], Json]:
    """A schema for each type, and the named ones they refer to, which stand at `place`."""
    asked, named = msgspec.json.schema_components(types, ref_template=place + "{name}")
    codes = {cls.__name__: cls for cls in Coded.__subclasses__()}
    for name in named.keys() & codes.keys():
        named[name]["x-labels"] = {str(c): {"vi": c.vi, "en": c.en} for c in codes[name]}
    return list(asked), named


def service_schema(service: str, promise: type) -> Json:
    """The document of one service."""
    events, methods = events_of(service), methods_of(promise)
    types = [*events.values(), *map(answer_of, methods.values())]
    types += map(arguments_of, methods.values())
    asked, named = schemas_for(types, "#/$defs/")
    told, answers = asked[: len(events)], asked[len(events) : len(events) + len(methods)]
    arguments = asked[len(events) + len(methods) :]
    return {
        **_head(service, _sentence(importlib.import_module(promise.__module__))),
        "events": dict(zip(events, told, strict=True)),
        "methods": {
            name: {
                "description": inspect.getdoc(methods[name]),
                "arguments": asks,
                "answer": answer,
                "refusals": refusals_of(methods[name]),
            }
            for name, asks, answer in zip(methods, arguments, answers, strict=True)
        },
        "refusals": _refusals(lambda owner: owner == service),
        "$defs": named,
    }


def report_schema() -> Json:
    """The document of a verification's report, with the sentences of every reason."""
    (asked,), named = schemas_for([report.Report], "#/$defs/")
    told = {code: words._asdict() for code, words in sorted(REASONS.items())}
    head = _head("verification-report", _sentence(report))
    return {**head, **asked, "x-reasons": told, "$defs": named}


def common_schema(services: Iterable[str]) -> Json:
    """The document of what all services share: envelopes, the answer, refusals of every method."""
    known = set(services)
    _, named = schemas_for([Envelope, Page, HistoryEntry], "#/$defs/")
    return {
        **_head("vanban", "What every service shares. Any method may answer these refusals."),
        "refusals": _refusals(lambda owner: owner not in known),
        "$defs": {**named, "Answer": ANSWER, "Question": QUESTION, "Headers": HEADERS},
    }


def _head(name: str, description: str) -> Json:
    return {
        "$schema": DIALECT,
        "$id": f"urn:vanban:{name}",
        "title": name,
        "description": description,
    }


def _sentence(thing: object) -> str:
    return (inspect.getdoc(thing) or "").partition("\n\n")[0].replace("\n", " ")


def _refusals(belongs: Callable[[str], bool]) -> Json:
    told = {code: refused for code, refused in refusals().items() if _of_contracts(refused)}
    return {
        code: _refusal(refused) for code, refused in told.items() if belongs(code.partition(".")[0])
    }


def _of_contracts(refused: type[Refused]) -> bool:
    return refused.__module__.startswith("contracts.")


def _refusal(refused: type[Refused]) -> Json:
    fields = sorted(template_fields(refused.vi) | template_fields(refused.en))
    return {
        "description": _sentence(refused),
        "vi": refused.vi,
        "en": refused.en,
        "data": {"type": "object", "properties": {name: {} for name in fields}},
    }


def template_fields(template: str) -> set[str]:
    """Names that a message template fills in."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


TEXT: Json = {"type": "string"}
QUESTION: Json = {
    "description": "The body of a call: arguments by name.",
    "type": "object",
    "properties": {"args": {"type": "array", "maxItems": 0}, "kwargs": {"type": "object"}},
    "required": ["args", "kwargs"],
}
ANSWER: Json = {
    "description": "The body of an answer: a result, or the refusal `exc_path` with its data.",
    "type": "object",
    "properties": {
        "result": {},
        "error": {
            "type": ["object", "null"],
            "properties": {
                "exc_type": TEXT,
                "exc_path": TEXT,
                "exc_args": {"type": "array", "items": TEXT},
                "value": TEXT,
                "data": {"type": "object"},
            },
            "required": ["exc_type", "exc_path", "exc_args", "value", "data"],
        },
    },
    "required": ["result", "error"],
}
HEADERS: Json = {
    "description": "AMQP properties (`reply_to`, `correlation_id`) and headers of a call.",
    "type": "object",
    "properties": {
        "reply_to": {"type": "string", "description": "routing key of the caller's own queue"},
        "correlation_id": {"type": "string", "description": "comes back with the answer"},
        "authorization": {"type": "string", "description": "the caller's token"},
        "command_id": {"type": "string", "format": "uuid", "description": "same id, same answer"},
        "deadline": {"type": "number", "description": "Unix seconds; later no answer is of use"},
        "traceparent": {"type": "string", "description": "W3C trace context"},
    },
    "required": ["reply_to"],
}
