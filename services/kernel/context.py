"""Who acts, in which trace, under which command: set by the doors, remembered by every event."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

import msgspec

from contracts.envelope import Actor
from contracts.errors import Denied
from contracts.values import Role


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """What surrounds an act. `trace` is a W3C traceparent; `roles` are those of the caller.

    `deadline` (Unix seconds) is until when an answer is of use to him.
    """

    actor: Actor
    roles: frozenset[Role] = frozenset()
    trace: str = ""
    command_id: UUID | None = None
    deadline: float = math.inf


NOBODY = Circumstances(actor=Actor(person="nobody"))
_CURRENT: ContextVar[Circumstances] = ContextVar("circumstances", default=NOBODY)


def current() -> Circumstances:
    """The circumstances of this very act."""
    return _CURRENT.get()


@contextmanager
def acting(circumstances: Circumstances) -> Iterator[None]:
    """Run a block under these circumstances."""
    token = _CURRENT.set(circumstances)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def the_service(name: str) -> Circumstances:
    """A service acting by itself: a follower, a timer, a worker."""
    return Circumstances(
        actor=Actor(person=f"service:{name}", name=name), roles=frozenset({Role.SERVICE})
    )


def require(*roles: Role, agency: str | None = None) -> Actor:
    """The actor, if he holds one of `roles` and belongs to `agency`; else `Denied` (R2.2, P17)."""
    now = current()
    if not now.roles & frozenset(roles):
        raise Denied(why="needs the role " + " or ".join(sorted(roles)))
    if agency is not None and now.actor.agency != agency and Role.SERVICE not in now.roles:
        raise Denied(why=f"belongs to agency {agency}")
    return now.actor
