"""Heavy work for any number of workers: a quorum queue, confirms, one job at a time each.

A job is repeated until a worker has finished it; five killed workers park it (dead letter). Its
key makes repeats harmless at whoever records the result.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

import msgspec
import pika

from services.kernel import telemetry
from services.kernel.broker import AWAY, connect
from services.kernel.context import current

_LOG = logging.getLogger(__name__)


class Jobs:
    """The producing side. `put` returns when the broker has the job on disk."""

    def __init__(self, broker_url: str, queue: str) -> None:
        self._url = broker_url
        self._queue = queue
        self._connection: Any = None
        self._channel: Any = None

    def put(self, key: str, job: Any) -> None:
        """Hand over one job, or raise `AWAY`: put it again later, the key makes it harmless."""
        try:
            if self._channel is None or not self._channel.is_open:
                self._connection = connect(self._url)
                self._channel = self._connection.channel()
                self._channel.confirm_delivery()
            properties = pika.BasicProperties(
                delivery_mode=2, message_id=key, headers={"traceparent": current().trace}
            )
            body = msgspec.json.encode(job)
            self._channel.basic_publish("", self._queue, body, properties, mandatory=True)
        except AWAY:
            self._channel = None
            raise


class Worker:
    """The consuming side: takes a job, works, acknowledges. Never two at once."""

    def __init__(self, broker_url: str, queue: str, work: Callable[[bytes], None]) -> None:
        self._url = broker_url
        self._queue = queue
        self._work = work
        self._stopping = False
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
                _LOG.info("worker waits for the broker (%s)", type(error).__name__)
            finally:
                self.connected = False
            if not self._stopping:
                time.sleep(0.5)

    def _consume(self) -> None:
        connection = connect(self._url, heartbeat=120)
        channel = connection.channel()
        channel.basic_qos(prefetch_count=1)
        channel.basic_consume(self._queue, self._take)
        self.connected = True
        while not self._stopping:
            connection.process_data_events(time_limit=1)
        connection.close()

    def _take(self, channel: Any, method: Any, properties: Any, body: bytes) -> None:
        parent = (properties.headers or {}).get("traceparent", "")
        with telemetry.span(f"process {self._queue}", parent):
            try:
                self._work(body)
            except Exception:
                _LOG.exception("job %s failed", properties.message_id)
                telemetry.JOBS.labels(self._queue, "failed").inc()
                channel.basic_nack(method.delivery_tag, requeue=True)
                return
        telemetry.JOBS.labels(self._queue, "done").inc()
        channel.basic_ack(method.delivery_tag)
