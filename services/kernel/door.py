"""How a process begins: what it must be told, how it speaks of itself, whom it waits for."""

from __future__ import annotations

import logging
import sys
import time
from typing import TypeVar

from services.kernel import telemetry
from services.kernel.broker import AWAY, connect
from services.kernel.settings import Settings, settings_or_exit

S = TypeVar("S", bound=Settings)
_LOG = logging.getLogger(__name__)
PATIENCE_SECONDS = 60.0


def begin(process: str, kind: type[S]) -> S:
    """The settings of this process, once logs, spans and health are on and the broker answers.

    Exits with a clear line when a setting is missing or dangerous, or the broker stays away: the
    supervisor starts the process anew.
    """
    settings = settings_or_exit(kind)
    telemetry.begin(process, settings.log_level, settings.otlp_endpoint)
    telemetry.HEALTH.listen(settings.health_port)
    _await_broker(settings.broker_url)
    return settings


def _await_broker(url: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            connect(url).close()
            return
        except AWAY as error:
            if time.monotonic() > until:
                sys.exit(f"the broker stays away: {error!r}")
            _LOG.debug("waiting for the broker (%s)", type(error).__name__)
        time.sleep(0.1)
