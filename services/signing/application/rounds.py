"""When each address of an authority is asked (again)."""

from __future__ import annotations

import time
from uuid import UUID

from services.kernel.jobs import Jobs
from services.signing.application.jobs import Job
from services.signing.application.revoking import Revoking
from services.signing.domain import SOURCES, Source

REVOCATION = "revocation"
"""The kind of a job that fetches a list."""


class Rounds:
    """Has each list of revocation fetched: at once, every `refresh` seconds, sooner after failure.

    The schedule is this process's own; another one repeats a round, which is harmless.
    """

    def __init__(self, signing: Revoking, jobs: Jobs, refresh: float, again: float = 60) -> None:
        self._signing, self._jobs = signing, jobs
        self._refresh, self._again = refresh, again
        self._version, self._sources = -1, list[Source]()
        self._looked: dict[UUID, float] = {}
        self._put: dict[UUID, float] = {}

    def feed(self) -> None:
        """Put a job for each address whose turn it is."""
        version = self._signing.last_version(SOURCES)
        if version != self._version:
            self._sources, self._version = self._signing.revocation_lists(), version
        now = time.monotonic()
        for source in self._sources:
            if now - self._looked.get(source.id, -self._again) >= self._again:
                self._look(source, now)
                self._looked[source.id] = now

    def _look(self, source: Source, now: float) -> None:
        old = now - self._put.get(source.id, -self._refresh) >= self._refresh
        if old or self._signing.last_failure(source.id) or not self._signing.last_heard(source.id):
            job = Job(kind=REVOCATION, id=source.id)
            self._jobs.put(f"{REVOCATION}/{source.id}", job, source.trace)
            self._put[source.id] = now
