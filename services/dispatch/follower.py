"""Whom dispatch follows: accounts for the directory, signing for signatures made or failed."""

from __future__ import annotations

from services.dispatch.application import Dispatch, build
from services.kernel import telemetry
from services.kernel.following import run_follower
from services.kernel.settings import Settings, settings_or_exit


def main() -> None:
    """Follow until SIGTERM."""
    settings = settings_or_exit(Settings)
    telemetry.begin(f"{Dispatch.name}-follower", settings.log_level, settings.otlp_endpoint)
    run_follower(build(settings), settings)


if __name__ == "__main__":
    main()
