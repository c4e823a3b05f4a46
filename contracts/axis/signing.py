"""Signed headers: how a question proves who asks, and how that is checked.

Arguments travel as headers `XroadVnpt-<name>`, never in the body. Header text goes over the wire as
UTF-8; what is signed is the very text that is sent, since the order of its names is nobody's.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple, TypeVar

from msgspec import Struct
from msgspec import json as packed

from contracts.axis.words import BASE, Answer, Ask, Operation
from contracts.errors import Denied, Invalid
from contracts.working_time import in_vietnam

A = TypeVar("A", bound=Answer)
PREFIX = "XroadVnpt-"
AGENT = "JAVASDKAgent/1.0.0 XRoad/VPCP"
VERSION = "3.0.201608"
LINE_END = b"\r\n"
"""What the axis' own client appends to a file; no part of what is hashed."""


class Question(Struct, frozen=True, kw_only=True):
    """One question as it goes over the wire. A repetition is this very question again."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


class Checked(NamedTuple):
    """A question that proved itself: who asks, and every argument by its small name."""

    system_id: str
    arguments: dict[str, str]


def signed(asked: Ask[A], *, system_id: str, secret: str, at: datetime) -> Question:
    """The question as its asker signs it. Refusals: `Invalid` (an argument of several lines)."""
    is_file = asked.operation is Operation.SEND
    kind = "application/octet-stream" if is_file else "application/json"
    told = {"Content-Type": kind, "timestamp": stamp(at), "systemid": system_id, **asked.arguments}
    for name, value in told.items():
        if "\n" in value or "\r" in value:
            raise Invalid(where=name, why="a header has one line")
    text = packed.encode({PREFIX + name: value for name, value in told.items()}).decode()
    headers = {PREFIX + name: value for name, value in told.items()} | {
        f"{PREFIX}sign-header-key": ";".join(told),
        f"{PREFIX}sign-header": text,
        f"{PREFIX}hash-header": _proof(text.encode(), secret),
        f"{PREFIX}version": VERSION,
        "Content-Type": kind,
        "User-Agent": AGENT,
    }
    return Question(
        method=asked.operation.method,
        path=f"{BASE}/{asked.operation}",
        headers={name: value.encode().decode("latin-1") for name, value in headers.items()},
        body=asked.body,
    )


def checked(headers: Iterable[tuple[str, str]], secrets: Mapping[str, str]) -> Checked:
    """Who asks and with which arguments, if the secret of his system signed it.

    Arguments are told by their names in small letters, those of earlier questions too, which the
    axis' own client never forgets. Refusals: `Denied`.
    """
    sent = {name.lower(): value.encode("latin-1") for name, value in headers}
    text = sent.get(f"{PREFIX}sign-header".lower(), b"")
    proof = sent.get(f"{PREFIX}hash-header".lower(), b"").decode("ascii", "replace")
    try:
        told = {name.lower(): str(value) for name, value in dict(json.loads(text)).items()}
    except (ValueError, TypeError):
        raise Denied(why="no signed headers") from None
    prefix = PREFIX.lower()
    system_id = told.get(f"{prefix}systemid", "")
    secret = secrets.get(system_id)
    if secret is None or not hmac.compare_digest(_proof(text, secret), proof):
        raise Denied(why="a wrong system id or secret")
    if any(sent.get(name) != value.encode() for name, value in told.items()):
        raise Denied(why="headers that are not those that were signed")
    return Checked(system_id, {name.removeprefix(prefix): value for name, value in told.items()})


def stamp(at: datetime) -> str:
    """An instant as the axis' client writes it: Vietnamese time, milliseconds in four digits."""
    local = in_vietnam(at)
    return f"{local:%d%m%YT%H%M%S}+{local.microsecond // 1000:04d}"


def file_hash(content: bytes, *, padded: bool = False) -> str:
    """The digest of a file in its header: the axis' own client leaves out zeros of each byte."""
    digest = hashlib.sha256(content).digest()
    return digest.hex() if padded else "".join(f"{byte:x}" for byte in digest)


def without_line_end(body: bytes) -> bytes:
    """The file itself, without the line end that clients append."""
    return body.removesuffix(LINE_END)


def _proof(text: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
