"""Streams of bare events: lists that grow, and what was said last."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.kernel.following import Following


class Streams(Following):
    """Appends to a stream, and reads its end."""

    def _append(self, kind: Any, stream: UUID, **told: Any) -> None:
        version = self.last_version(stream) + 1
        at = kind.create_timestamp()
        self.save(kind(originator_id=stream, originator_version=version, timestamp=at, **told))

    def _latest(self, stream: UUID) -> Any:
        """The last event, or nothing."""
        return next(iter(self.events.get(stream, desc=True, limit=1)), None)
