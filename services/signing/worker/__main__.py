"""The process: `python -m services.signing.worker`."""

from __future__ import annotations

import signal

from services.kernel import door, telemetry
from services.kernel.jobs import Worker
from services.kernel.vault import Vault
from services.signing.adapters.verification.process import warm
from services.signing.application import QUEUE, build
from services.signing.settings import SigningSettings
from services.signing.worker import SigningWorker
from services.signing.worker.stamping import time_authority


def main() -> None:
    """Work until SIGTERM."""
    settings = door.begin("signing-worker", SigningSettings)
    signing = build(settings)
    files, authority = Vault(settings.s3_url), time_authority(settings, signing)
    does = SigningWorker(signing, files, settings.pki_dir, authority, settings.report_seal)
    worker = Worker(settings.broker_url, QUEUE, does.work)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    telemetry.HEALTH.ready_when(consuming=lambda: worker.connected)
    warm()
    worker.run()
    signing.close()


if __name__ == "__main__":
    main()
