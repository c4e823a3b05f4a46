"""Heavy work for any number of workers: a quorum queue, confirms, one job at a time each.

A job is repeated until a worker has finished it; five killed workers park it (dead letter). Its
key makes repeats harmless at whoever records the result.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec
import pika

from services.kernel import telemetry
from services.kernel.broker import AWAY, connect

_LOG = logging.getLogger(__name__)
KEPT_EVERY = 1000
RENEWED_AFTER = 10.0
"""Idle seconds after which a worker asks for work anew: a broker does not always tell that a queue
was deleted while a message was on its way."""


class Jobs:
    """The producing side. `put` returns when the broker has the job on disk.

    Urgent jobs go to a queue of their own, which workers serve first, if there is one.
    """

    def __init__(self, broker_url: str, queue: str, urgent_queue: str = "") -> None:
        self._url = broker_url
        self._queue = queue
        self._urgent_queue = urgent_queue or queue
        self._connection: Any = None
        self._channel: Any = None

    def put(self, key: str, job: Any, trace: str = "", urgent: bool = False) -> None:
        """Hand over one job, or raise `AWAY`: put it again later, the key makes it harmless."""
        try:
            if self._channel is None or not self._channel.is_open:
                self._connection = connect(self._url)
                self._channel = self._connection.channel()
                self._channel.confirm_delivery()
            properties = pika.BasicProperties(
                delivery_mode=2, message_id=key, headers={"traceparent": trace}
            )
            body = msgspec.json.encode(job)
            queue = self._urgent_queue if urgent else self._queue
            self._channel.basic_publish("", queue, body, properties, mandatory=True)
        except AWAY:
            self._channel = None
            raise


class Entry(NamedTuple):
    """A line of a service's log that opens a job, or closes it where `job` is nothing."""

    position: int
    key: str
    job: Any
    trace: str
    urgent: bool = False


class Feeder:
    """Keeps a queue filled from a service's own log, so that losing the queue loses nothing.

    Every open job is put once, and again every `again` seconds while it stays open. `read` gives
    the log after a position and how far it was scanned; nothing before `place` is open.
    """

    def __init__(
        self,
        jobs: Jobs,
        read: Callable[[int], tuple[list[Entry], int]],
        place: int = 0,
        remember: Callable[[int], None] = lambda position: None,
        again: float = 30,
    ) -> None:
        self._jobs = jobs
        self._read = read
        self._remember = remember
        self._again = again
        self._scanned = self._kept = place
        self._open: dict[str, Entry] = {}
        self._due: dict[str, float] = {}

    def feed(self) -> None:
        """Read on, and put what is due."""
        entries, self._scanned = self._read(self._scanned)
        for entry in entries:
            self._note(entry)
        for key, entry in list(self._open.items()):
            if self._due[key] <= time.monotonic():
                self._jobs.put(key, entry.job, entry.trace, entry.urgent)
                self._due[key] = time.monotonic() + self._again
        self._keep_place()

    def _note(self, entry: Entry) -> None:
        if entry.job is None:
            self._open.pop(entry.key, None)
            self._due.pop(entry.key, None)
        else:
            self._open[entry.key] = entry
            self._due[entry.key] = time.monotonic()

    def _keep_place(self) -> None:
        oldest = min((entry.position - 1 for entry in self._open.values()), default=self._scanned)
        if oldest - self._kept >= KEPT_EVERY:
            self._remember(oldest)
            self._kept = oldest


class Worker:
    """The consuming side: takes a job, works, acknowledges. Never two at once.

    Of several queues the first has precedence: whatever waits there is taken before the next job
    of the others. A job that failed goes back after `pause` seconds: a machine away for a moment
    parks none.
    """

    def __init__(
        self,
        broker_url: str,
        queues: str | Sequence[str],
        work: Callable[[bytes, str], None],
        pause: float = 1.0,
    ) -> None:
        self._url = broker_url
        self._queues = [queues] if isinstance(queues, str) else list(queues)
        self._work = work
        self._pause = pause
        self._stopping = False
        self._held: dict[str, tuple[Any, Any, bytes]] = {}
        self.connected = False

    def stop(self, *_: Any) -> None:
        """Finish the job at hand and end."""
        self._stopping = True

    def run(self) -> None:
        """Until told to stop."""
        while not self._stopping:
            try:
                self._consume()
            except AWAY as error:
                self.connected = False
                _LOG.info("worker waits for the broker (%s)", type(error).__name__)
                time.sleep(0.5)

    def _consume(self) -> None:
        connection = connect(self._url, heartbeat=120)
        channel = connection.channel()
        channel.basic_qos(prefetch_count=1)
        self._held.clear()
        for queue in self._queues:
            channel.basic_consume(queue, self._hold)
        self.connected, self._busy_at = True, time.monotonic()
        while self._hears(channel) and not self._stopping:
            if self._held:
                self._take(channel, *self._next(channel))
            connection.process_data_events(time_limit=0 if self._held else 1)
        connection.close()

    def _hold(self, channel: Any, method: Any, properties: Any, body: bytes) -> None:
        """At most one of each queue is handed over before it can be done."""
        self._held[method.routing_key] = (method, properties, body)

    def _next(self, channel: Any) -> tuple[Any, Any, bytes]:
        """The job to do: of a queue before the one that is held, the broker is asked for one."""
        for queue in self._queues:
            if queue not in self._held:
                method, properties, body = channel.basic_get(queue)
                if method is not None:
                    return method, properties, body
                channel.connection.process_data_events(time_limit=0)
            if queue in self._held:
                break
        return self._held.pop(queue)

    def _hears(self, channel: Any) -> bool:
        """Whether work would come: a deleted queue has no consumer, or has it in name alone."""
        idle = time.monotonic() - self._busy_at
        return len(channel.consumer_tags) == len(self._queues) and idle < RENEWED_AFTER

    def _take(self, channel: Any, method: Any, properties: Any, body: bytes) -> None:
        parent = (properties.headers or {}).get("traceparent", "")
        with telemetry.span(f"process {method.routing_key}", parent) as trace:
            try:
                self._work(body, trace)
            except Exception:
                _LOG.exception("job %s failed", properties.message_id)
                telemetry.JOBS.labels(method.routing_key, "failed").inc()
                channel.connection.sleep(self._pause)
                channel.basic_nack(method.delivery_tag, requeue=True)
                return
        telemetry.JOBS.labels(method.routing_key, "done").inc()
        channel.basic_ack(method.delivery_tag)
        self._busy_at = time.monotonic()
