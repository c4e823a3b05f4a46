"""Whom intake follows: dispatch for what arrives, signing for the verdicts."""

from __future__ import annotations

from services.intake.application import build
from services.kernel import telemetry
from services.kernel.following import run_follower
from services.kernel.settings import Settings, settings_or_exit


def main() -> None:
    """Follow until SIGTERM."""
    settings = settings_or_exit(Settings)
    telemetry.begin("intake-follower", settings.log_level, settings.otlp_endpoint)
    run_follower(build(settings), settings)


if __name__ == "__main__":
    main()
