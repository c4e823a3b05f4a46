"""What time stamps over the document prove: by when which of its revisions existed."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Timeline:
    """Seen from ``at``, the instant of verification. Stamps are entered from the last backwards,
    because a stamp is judged at the time that a later one proves."""

    at: datetime
    _stamps: list[tuple[int, datetime, str]] = field(default_factory=list)

    def enter(self, revision: int, stamped_at: datetime, authority: str) -> None:
        """A good stamp covers the file up to this revision."""
        self._stamps.append((revision, stamped_at, authority))

    def known_by(self, revision: int) -> datetime:
        """By when this revision is known to have existed: at the latest now."""
        stamped = self.stamped(revision)
        return min(self.at, stamped[0]) if stamped else self.at

    def stamped(self, revision: int) -> tuple[datetime, str] | None:
        """The earliest time that a stamp over this revision proves, and whose stamp it is."""
        found = [(at, by) for covered, at, by in self._stamps if covered >= revision]
        return min(found, default=None)
