"""One watcher that starts again what dies: at once the first time, then with growing pauses."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from infra.local.processes import Child

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
STEADY_SECONDS = 10.0
GLANCE_SECONDS = 0.05


@dataclass
class Watched:
    """One child under watch: how often it was started again, since when it runs, when to start."""

    child: Child
    restarts: int = 0
    since: datetime = field(default_factory=lambda: datetime.now(UTC))
    _started: float = field(default_factory=time.monotonic)
    _pause: float = FIRST_PAUSE
    _start_at: float | None = None

    def look(self, now: float) -> bool:
        """Start the child again if it is dead and its pause is over; say whether it was started."""
        if self.child.is_running:
            return False
        if self._start_at is None:
            if now - self._started > STEADY_SECONDS:
                self._pause = FIRST_PAUSE
            self._start_at = now + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
        if now < self._start_at:
            return False
        self.child.start()
        self.restarts += 1
        self.since, self._started, self._start_at = datetime.now(UTC), now, None
        return True


class Watch:
    """Looks after children in a thread of its own, from `start` to `stop`."""

    def __init__(self, children: Sequence[Child], told: Callable[[Child], None]) -> None:
        self.watched = {child.name: Watched(child) for child in children}
        self._told = told
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching; whoever dies from now on stays dead."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._end.wait(GLANCE_SECONDS):
            for watched in self.watched.values():
                if watched.look(time.monotonic()):
                    self._told(watched.child)
