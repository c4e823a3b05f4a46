"""The process that follows: the kernel's own loop, which also notes when each event was committed.

It wakes up by prompts, as in a house, or by its one-second timer only.
"""

from __future__ import annotations

import threading
from collections import deque
from datetime import UTC, datetime

from contracts.envelope import Page
from services.kernel.application import in_postgres
from services.kernel.client import Client
from services.kernel.eventlog import EventLog
from services.kernel.follower import Follower, reader
from services.kernel.prompts import Listener
from services.kernel.settings import Settings, settings_or_exit
from tests.bench.cards import Cards
from tests.bench.rig import answer


class Noted(EventLog):
    """A log that notes, after each commit, how many seconds ago each event was decided."""

    def __init__(self, cards: Cards) -> None:
        super().__init__(cards, cards.told)
        self.hops: deque[float] = deque()

    def take(self, source: str, place: int, page: Page) -> None:
        """As ever, and the time it took."""
        super().take(source, place, page)
        committed = datetime.now(UTC)
        self.hops += [(committed - envelope.at).total_seconds() for envelope in page.events]

    def told(self) -> list[float]:
        """What was noted since the last time."""
        return [self.hops.popleft() for _ in range(len(self.hops))]


class Ears(Listener):
    """Hears prompts, unless it is told to sleep through them."""

    def __init__(self, broker_url: str, follower: str, sources: list[str]) -> None:
        super().__init__(broker_url, follower, sources)
        self._awake = threading.Event()

    def wait(self, seconds: float) -> set[str]:
        """Who rang; asleep, nobody when the time is over."""
        if self._awake.is_set():
            return super().wait(seconds)
        self._awake.wait(seconds)
        return set()

    def listen(self, prompted: bool) -> None:
        """Wake up at once, or sleep from now on."""
        if prompted:
            self._awake.set()
        else:
            self._awake.clear()


def main() -> None:
    """Follow, and answer how it goes."""
    settings = settings_or_exit(Settings)
    log = Noted(Cards(in_postgres(settings.database_url)))
    ears = Ears(settings.broker_url, "tracking", ["accounts"])
    client = Client(settings.broker_url, timeout=5)
    follower = Follower("tracking", {"accounts": reader(client, "accounts")}, log, ears)
    threading.Thread(target=follower.run, daemon=True).start()
    answer({"listen": ears.listen, "hops": log.told})


if __name__ == "__main__":
    main()
