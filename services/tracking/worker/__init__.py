"""Exchanges with the axis: sends what is owed, takes in what came.

One process at a time does it, of any number. Killed at any instruction it does no harm: bytes are
kept before they are sent, outcomes count once, and a package stays on the axis until what it says
is recorded; taken in again it is a repetition.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from services.kernel.vault import Vault
from services.tracking.adapters import Boxes
from services.tracking.application import Tracking
from services.tracking.worker.holding import Holding
from services.tracking.worker.incoming import Incoming
from services.tracking.worker.outgoing import AT_ONCE, Outgoing
from services.tracking.worker.pace import AWAY

_LOG = logging.getLogger(__name__)


class Exchange:
    """Both directions over one pool of threads."""

    def __init__(self, tracking: Tracking, vault: Vault, boxes: Boxes, poll: float) -> None:
        self._tracking, self._boxes, self._poll = tracking, boxes, poll
        self.outgoing = Outgoing(tracking, vault, boxes)
        self.incoming = Incoming(tracking, vault, boxes)
        self.holding = Holding(tracking)
        self._polled = -poll

    def reaches_axis(self) -> bool:
        """Whether the axis answered when it was last asked, in both directions (R11.1)."""
        return not (self.outgoing.outage.is_on or self.incoming.outage.is_on)

    def run(self, stopped: threading.Event) -> None:
        """Until told to stop, while no other process of this kind does it."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while not stopped.is_set():
                try:
                    with self._tracking.held("exchange") as mine:
                        moved = self.round(pool) if mine else 0
                except AWAY as error:
                    _LOG.info("the exchange waits (%s)", type(error).__name__)
                    moved = 0
                if not moved:
                    stopped.wait(0.2)

    def round(self, pool: ThreadPoolExecutor) -> int:
        """Send what is due, and ask for news when it is time; how many packages moved."""
        self._boxes.codes()
        moved = self.outgoing.round(pool)
        if time.monotonic() - self._polled >= self._poll:
            moved += self.incoming.round(pool) + self.holding.round()
            self._polled = time.monotonic()
        return moved
