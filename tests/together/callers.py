"""Callers from outside that are more than patient: one remembers, one repeats everything."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID, uuid4

from contracts.envelope import Actor
from contracts.errors import Refused
from services.kernel.client import Client, Lines, command_id
from services.kernel.context import Circumstances, acting

QUESTIONS = ("get_", "list_", "count_", "read_", "offer_")


def is_question(method: str) -> bool:
    """Whether a method only asks: it leaves nothing behind."""
    return method.startswith(QUESTIONS)


@dataclass(frozen=True)
class Call:
    """One answered call: what was asked, under which trace id, and how long it took."""

    service: str
    method: str
    trace: str
    seconds: float


class Witness(Client):
    """A caller who gives each call a trace of its own and remembers it by its command id."""

    def __init__(
        self,
        broker_url: str,
        token: str = "",
        timeout: float = 60,
        lines: Lines | None = None,
        calls: dict[UUID, Call] | None = None,
    ) -> None:
        super().__init__(broker_url, token, timeout, lines)
        self.calls: dict[UUID, Call] = {} if calls is None else calls

    def as_holder(self, token: str) -> Self:
        return type(self)("", token, self.timeout, self._lines, self.calls)

    def call(self, service: str, method: str, kwargs: dict[str, Any]) -> Any:
        id, trace, began = uuid4(), uuid4().hex, time.monotonic()
        caller = Circumstances(
            actor=Actor(person="caller"), trace=f"00-{trace}-{uuid4().hex[:16]}-01"
        )
        with acting(caller), command_id(id):
            answer = super().call(service, method, kwargs)
        self.calls[id] = Call(service, method, trace, time.monotonic() - began)
        return answer


class Stutterer(Client):
    """A caller who sends every command eight times at once under one id, and then once more.

    A command whose answers differ fails the test; whoever asks gets the one answer of all.
    """

    at_once = 8

    def __init__(
        self,
        broker_url: str,
        token: str = "",
        timeout: float = 60,
        lines: Lines | None = None,
        said: list[str] | None = None,
    ) -> None:
        super().__init__(broker_url, token, timeout, lines)
        self.said: list[str] = [] if said is None else said

    def as_holder(self, token: str) -> Self:
        return type(self)("", token, self.timeout, self._lines, self.said)

    def call(self, service: str, method: str, kwargs: dict[str, Any]) -> Any:
        if is_question(method) or method == "open_session":
            return super().call(service, method, kwargs)
        id = uuid4()

        def once(_: int) -> object:
            with command_id(id):
                return outcome(lambda: super(Stutterer, self).call(service, method, kwargs))

        with ThreadPoolExecutor(self.at_once) as threads:
            answers = list(threads.map(once, range(self.at_once)))
        answers.append(once(0))
        assert answers == [answers[0]] * len(answers), f"{service}.{method}: {answers}"
        self.said.append(f"{service}.{method}")
        if isinstance(answers[0], No):
            raise answers[0].refused
        return answers[0]


@dataclass(frozen=True)
class No:
    """A refusal as an answer that can be compared with another."""

    refused: Refused

    def __eq__(self, other: object) -> bool:
        return isinstance(other, No) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash(self.refused.code)

    def _told(self) -> tuple[str, dict[str, Any]]:
        return self.refused.code, self.refused.data


def outcome(ask: Callable[[], Any]) -> Any:
    """What a call answers, be it a refusal."""
    try:
        return ask()
    except Refused as refused:
        return No(refused)
