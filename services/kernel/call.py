"""One call as it comes over the broker and the bytes of its answer, whatever carries them."""

from __future__ import annotations

import inspect
import re
import time
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

import msgspec

from contracts.errors import Invalid, Refused
from services.kernel.context import Circumstances

REPLY_QUEUE = re.compile(r"reply-[a-z]+-.+")
PATIENCE_SECONDS = 30


class NoCall(Exception):
    """The message is no call: nobody could be answered."""


class Call(msgspec.Struct):
    """One call as it came: method, who asks, until when (Unix seconds) an answer is of use."""

    service: str
    method: str
    circumstances: Circumstances
    traceparent: str
    deadline: float

    def late(self) -> bool:
        return time.time() > self.deadline


def opened(
    body: Any, properties: Mapping[str, Any], headers: Mapping[str, Any]
) -> tuple[dict[str, Any], float]:
    """The arguments and the deadline of a call, or `NoCall`."""
    if not REPLY_QUEUE.fullmatch(str(properties.get("reply_to"))):
        raise NoCall("no reply_to")
    if properties.get("content_type") != "application/json":
        raise NoCall("content type is not application/json")
    if not isinstance(body, dict) or not isinstance(body.get("kwargs"), dict):
        raise NoCall("no object with kwargs")
    if body.get("args"):
        raise NoCall("positional arguments")
    deadline = headers.get("deadline", int((time.time() + PATIENCE_SECONDS) * 1000))
    if isinstance(deadline, bool) or not isinstance(deadline, int):
        raise NoCall("deadline is not a number of milliseconds")
    return body["kwargs"], deadline / 1000


def shape_of(method: Callable[..., Any]) -> type[msgspec.Struct]:
    """The arguments of a method as a struct that refuses unknown fields."""
    hints = get_type_hints(inspect.unwrap(method), include_extras=True)
    fields: list[Any] = []
    for name, parameter in list(inspect.signature(method).parameters.items())[1:]:
        known = (name, hints[name])
        has_default = parameter.default is not inspect.Parameter.empty
        fields.append((*known, parameter.default) if has_default else known)
    return msgspec.defstruct(
        method.__name__, fields, kw_only=True, forbid_unknown_fields=True, frozen=True
    )


def understood(shape: type[msgspec.Struct], kwargs: dict[str, Any]) -> dict[str, Any]:
    """The arguments as the method's types, or `Invalid` naming the field."""
    try:
        asked = msgspec.convert(precomposed(kwargs), shape)
    except msgspec.ValidationError as error:
        why, _, where = str(error).partition(" - at ")
        raise Invalid(where=where.strip("`$.") or "arguments", why=why) from None
    return {name: getattr(asked, name) for name in shape.__struct_fields__}


def precomposed(value: Any) -> Any:
    """Text in precomposed form (NFC), whatever keyboard it came from (R4.2).

    What is no text, NUL or half a character of UTF-16, is `Invalid`.
    """
    if isinstance(value, str):
        return unicodedata.normalize("NFC", _text(value))
    if isinstance(value, dict):
        return {precomposed(key): precomposed(item) for key, item in value.items()}
    return [precomposed(item) for item in value] if isinstance(value, list) else value


def _text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Invalid(where="text", why="half a character") from None
    if "\0" in value:
        raise Invalid(where="text", why="a NUL character")
    return value


def reply(result: Any = None, error: Refused | None = None) -> bytes:
    """The bytes of an answer; the error has the shape any nameko client understands."""
    told = None
    if error is not None:
        told = {
            "exc_type": type(error).__name__,
            "exc_path": error.code,
            "exc_args": [str(error)],
            "value": str(error),
            "data": error.data,
        }
    return msgspec.json.encode({"result": result, "error": told})
