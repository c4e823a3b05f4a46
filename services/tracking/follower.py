"""Tracking's follower: `python -m services.tracking.follower`."""

from __future__ import annotations

from services.kernel import telemetry
from services.kernel.following import run_follower
from services.kernel.settings import Settings, settings_or_exit
from services.tracking.application import build


def main() -> None:
    """Follow dispatch and intake, until SIGTERM."""
    settings = settings_or_exit(Settings)
    telemetry.begin("tracking-follower", settings.log_level, settings.otlp_endpoint)
    run_follower(build(settings), settings)


if __name__ == "__main__":
    main()
