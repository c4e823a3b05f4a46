"""Runs one answering door: `python -m services.kernel.runner intake`.

Patches for green threads before anything else is imported, stops within ten seconds of SIGTERM
whatever the broker does, and ends when its container dies, so that the supervisor starts it anew.
"""

from __future__ import annotations

import os
import warnings

os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"  # its own waiting freezes green threads
os.environ["EVENTLET_NO_GREENDNS"] = "yes"  # the machine's resolver will do
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import importlib  # noqa: E402
import inspect  # noqa: E402
import logging  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
from typing import Any  # noqa: E402

from nameko.containers import ServiceContainer  # noqa: E402

from services.kernel import door, telemetry  # noqa: E402
from services.kernel.rpc import VERIFIER_CONFIG_KEY, SafeQueueConsumer  # noqa: E402
from services.kernel.settings import Settings  # noqa: E402
from services.kernel.tokens import Verifier  # noqa: E402

STOP_SECONDS = 10
_LOG = logging.getLogger(__name__)


def service_class(name: str) -> type:
    """The nameko class of a service, found in its `service` room."""
    room = importlib.import_module(f"services.{name}.service")
    found = [
        c for _, c in inspect.getmembers(room, inspect.isclass) if getattr(c, "name", 0) == name
    ]
    if len(found) != 1:
        sys.exit(f"services/{name}/service.py must hold one class with name = {name!r}")
    return found[0]


def container_of(service: type, settings: Settings) -> ServiceContainer:
    """The container of a service, not yet started."""
    config = {
        "AMQP_URI": settings.broker_url,
        "HEARTBEAT": 30,
        "max_workers": 64,
        VERIFIER_CONFIG_KEY: Verifier(settings.token_public_key_file),
    }
    return ServiceContainer(service, config)


def consuming(container: ServiceContainer) -> bool:
    """Whether the door is open: the container runs and its consumer has a live connection."""
    consumers = [e for e in container.extensions if isinstance(e, SafeQueueConsumer)]
    return container.started and all(c.connected for c in consumers)


def leave(container: ServiceContainer) -> None:
    """Finish the calls at hand and end. Behind a closed door there are none, so end at once."""
    if not consuming(container):
        os._exit(0)
    container.stop()


def leave_when_told(container: ServiceContainer) -> None:
    """On the first SIGTERM or SIGINT; whatever hangs then, ten seconds later the process is gone.

    What was at hand is asked again by its caller, with the same command id.
    """

    def told(*_: Any) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGALRM, lambda *_: os._exit(0))
        signal.alarm(STOP_SECONDS)
        eventlet.spawn_n(leave, container)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)


def run(service: type) -> None:
    """Answer until told to stop."""
    settings = door.begin(service.name, Settings)  # type: ignore[attr-defined]
    container = container_of(service, settings)
    telemetry.HEALTH.ready_when(consuming=lambda: consuming(container))
    leave_when_told(container)
    container.start()
    _LOG.info("answering")
    container.wait()


if __name__ == "__main__":
    run(service_class(sys.argv[1]))
