"""The process: `python -m services.tracking.worker`."""

from __future__ import annotations

import signal
import threading

from services.kernel import door, telemetry
from services.kernel.vault import Vault
from services.tracking.adapters import Boxes
from services.tracking.application import build
from services.tracking.settings import TrackingSettings
from services.tracking.worker import Exchange
from services.tracking.worker.packing import Packer


def main() -> None:
    """Exchange, and pack dossiers beside it, until SIGTERM."""
    settings = door.begin("tracking-worker", TrackingSettings)
    tracking, stopped = build(settings), threading.Event()
    boxes = Boxes(settings.axis_url, settings.axis_boxes_file)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    vault = Vault(settings.s3_url)
    exchange = Exchange(tracking, vault, boxes, settings.axis_poll_seconds)
    packing = threading.Thread(target=Packer(tracking, vault).run, args=(stopped,))
    packing.start()
    telemetry.HEALTH.ready_when(axis=exchange.reaches_axis)
    exchange.run(stopped)
    packing.join()
    tracking.close()


if __name__ == "__main__":
    main()
