"""How an event is told (sự kiện): one envelope for every service, read by position.

Readers are tolerant, here and nowhere else: an unknown field is dropped, a missing one takes its
default, an unknown event is `None`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

import msgspec

_BY_TYPE: dict[str, type[PublicEvent]] = {}


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts, as of that moment (R2.2): a person in a post of an agency, or a service."""

    person: str
    name: str = ""
    post: str = ""
    agency: str = ""


class PublicEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A thing that happened, told aloud by its service. Only grows: a break is a new word."""

    TYPE: ClassVar[str] = ""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        package, _, module = cls.__module__.partition(".")
        word = module.partition(".")[0] if package == "contracts" else module.rpartition(".")[2]
        cls.TYPE = f"{word or package}.{cls.__name__}"
        _BY_TYPE[cls.TYPE] = cls


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """One public event with its circumstances.

    `position` grows along the events of one `source`; holes are normal. `at` is the instant it was
    recorded. `trace` is a W3C traceparent. `body` holds plain JSON values.
    """

    source: str
    position: int
    type: str
    aggregate_id: UUID
    version: int
    at: datetime
    actor: Actor
    trace: str = ""
    command_id: UUID | None = None
    body: dict[str, Any] = {}

    def event(self) -> PublicEvent | None:
        """The event as its contract class; `None` when this reader does not know the word."""
        known = _BY_TYPE.get(self.type)
        return None if known is None else msgspec.convert(self.body, known)


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Events after a position. `upto` is the last position scanned: ask next `after=upto`."""

    events: list[Envelope]
    upto: int


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded event of one aggregate, for people who check (kiểm tra lịch sử).

    `digest` is the SHA-256 of the stored bytes; `after` names the digest of the predecessor, so an
    altered or missing event shows.
    """

    version: int
    topic: str
    at: datetime
    actor: Actor
    trace: str
    command_id: UUID | None
    after: str
    digest: str
    body: dict[str, Any]


class Told(Protocol):
    """What every service answers about what happened in it."""

    def read_events(self, *, after: int, limit: int = 100) -> Page:
        """Public events after position `after`, at most `limit` scanned (1–1000).

        For services and auditors. Refusals: `Invalid`, `Denied`.
        """

    def list_history(
        self, *, aggregate_id: UUID, after: int = 0, limit: int = 100
    ) -> list[HistoryEntry]:
        """Recorded events of one aggregate after version `after`, oldest first (R8.2d, R5.1a).

        For people of the agency concerned and auditors. Refusals: `NotFound`, `Denied`.
        """


class Parked(msgspec.Struct, frozen=True, kw_only=True):
    """An event that a follower could not digest: told, not skipped."""

    source: str
    position: int
    aggregate_id: UUID
    reason: str
    since: datetime


class Follows(Protocol):
    """What every service that follows others answers about events it could not digest."""

    def list_parked_events(self, *, after: int = 0, limit: int = 100) -> list[Parked]:
        """Events now parked, by source and position. For operators. Refusals: `Denied`."""

    def unpark_events(self, *, source: str, aggregate_id: UUID) -> None:
        """Ask the follower to read the parked events of one aggregate again, in order.

        For operators. Refusals: `NotFound` when nothing of it is parked, `Denied`.
        """
