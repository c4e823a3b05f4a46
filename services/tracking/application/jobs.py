"""Which recorded events open a package for whoever sends, and which close it."""

from __future__ import annotations

from typing import Any

from services.kernel.joblog import Work, topics_of
from services.tracking.domain import Package

TOPICS = topics_of(Package.Owed, Package.AskedAgain, Package.Sent, Package.Rejected)


def means(event: Any) -> Work:
    """A package is open until the axis took or refused it; the job names its delivery."""
    key = str(event.originator_id)
    if isinstance(event, Package.Owed | Package.AskedAgain):
        return Work(key, str(event.delivery_id), event.urgent)
    return Work(key)
