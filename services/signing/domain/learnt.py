"""What addresses of authorities gave, and when they gave nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.values import named_id
from services.kernel.aggregate import BareEvent, under_topic


def heard_id(source: UUID) -> UUID:
    """The stream of what an address gave."""
    return named_id("revocation", source, "heard")


def failed_id(source: UUID) -> UUID:
    """The stream of tries that failed."""
    return named_id("revocation", source, "failed")


@dataclass(frozen=True)
class RevocationLearnt(BareEvent):
    """An address gave a list, or an answer again: `file` names the kept list, if it is one."""

    file: str
    heard_at: datetime
    issued_at: datetime | None
    valid_until: datetime | None


@dataclass(frozen=True)
class RevocationMissed(BareEvent):
    """An address gave nothing useful; `code` is stable."""

    code: str
    missed_at: datetime


under_topic(RevocationLearnt, "signing.RevocationLearnt")
under_topic(RevocationMissed, "signing.RevocationMissed")
