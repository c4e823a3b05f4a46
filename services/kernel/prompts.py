"""The wake-up: "there is something new in this service". Losing one costs a second, no more."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from uuid import uuid4

from services.kernel.broker import AWAY, PROMPT_EXCHANGE, connect

_LOG = logging.getLogger(__name__)


class Prompts:
    """Rings for one service. `ring` never blocks: a full slot means one is already on its way."""

    def __init__(self, broker_url: str, service: str) -> None:
        self._url = broker_url
        self._service = service
        self._slot: queue.Queue[bool] = queue.Queue(maxsize=1)
        threading.Thread(target=self._run, name=f"prompts-{service}", daemon=True).start()

    def ring(self) -> None:
        """Say that there is something new."""
        with suppress(queue.Full):
            self._slot.put_nowait(True)

    def close(self) -> None:
        """Stop ringing."""
        self._url = ""
        self.ring()

    def _run(self) -> None:
        while self._url:
            try:
                self._publish_until_away()
            except AWAY as error:
                _LOG.info("prompts wait for the broker (%s)", type(error).__name__)
                time.sleep(1)

    def _publish_until_away(self) -> None:
        connection = connect(self._url)
        channel = connection.channel()
        while self._url:
            try:
                self._slot.get(timeout=10)
                channel.basic_publish(PROMPT_EXCHANGE, self._service, b"")
            except queue.Empty:
                connection.process_data_events(time_limit=0)
        connection.close()


class Listener:
    """Hears which of some services rang; prompts that nobody waited for coalesce into one each."""

    def __init__(self, broker_url: str, follower: str, sources: Iterable[str]) -> None:
        self._url = broker_url
        self._name = f"prompt-{follower}-{uuid4()}"
        self._sources = list(sources)
        self._connection: Any = None
        self._heard: set[str] = set()

    def wait(self, seconds: float) -> set[str]:
        """The services that rang, as soon as one did; none when the time is over."""
        try:
            return self._wait(seconds)
        except AWAY:
            self._connection = None
            time.sleep(seconds)
            return set()

    def _wait(self, seconds: float) -> set[str]:
        if self._connection is None:
            self._connection = self._listen()
        self._connection.process_data_events(time_limit=0)
        until = time.monotonic() + seconds
        while not self._heard and (left := until - time.monotonic()) > 0:
            self._connection.process_data_events(time_limit=left)
        heard, self._heard = self._heard, set()
        return heard

    def _listen(self) -> Any:
        connection = connect(self._url)
        channel = connection.channel()
        arguments = {"x-max-length": 1, "x-queue-type": "classic"}
        for source in self._sources:
            queue = f"{self._name}-{source}"
            channel.queue_declare(queue, exclusive=True, auto_delete=True, arguments=arguments)
            channel.queue_bind(queue, PROMPT_EXCHANGE, routing_key=source)
            channel.basic_consume(queue, self._hear, auto_ack=True)
        self._heard = set(self._sources)
        return connection

    def _hear(self, channel: Any, method: Any, *_: Any) -> None:
        self._heard.add(method.routing_key)
