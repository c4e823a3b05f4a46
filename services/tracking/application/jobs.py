"""Which recorded events open a package for whoever sends, and which close it."""

from __future__ import annotations

from typing import Any

from services.kernel.joblog import Work, topics_of
from services.tracking.domain import HeldStatus, Package

HELD_TOPICS = topics_of(HeldStatus.Held, HeldStatus.Matched)
TOPICS = topics_of(Package.Owed, Package.AskedAgain, Package.Sent, Package.Rejected)


def means(event: Any) -> Work:
    """A package is open until the axis took or refused it; the job names its delivery."""
    key = str(event.originator_id)
    if isinstance(event, Package.Owed | Package.AskedAgain):
        return Work(key, str(event.delivery_id), event.urgent)
    return Work(key)


def held_means(event: Any) -> Work:
    """A kept status is tried again until it is matched."""
    return Work(
        str(event.originator_id), event.agency if isinstance(event, HeldStatus.Held) else None
    )
