"""Whom intake follows, and how what arrives reaches the gate's workers."""

from __future__ import annotations

from services.intake.application import build
from services.intake.application.jobs import QUEUE, URGENT
from services.kernel import door
from services.kernel.following import run_follower
from services.kernel.jobs import Feeder, Jobs
from services.kernel.settings import Settings


def main() -> None:
    """Follow until SIGTERM."""
    settings = door.begin("intake-follower", Settings)
    intake = build(settings)
    queues = Jobs(settings.broker_url, QUEUE, URGENT)
    feeder = Feeder(queues, intake.jobs.read, intake.jobs.place(), intake.jobs.remember)
    run_follower(intake, settings, every=[(0.0, feeder.feed)], hears_itself=True)


if __name__ == "__main__":
    main()
