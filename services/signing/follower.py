"""Whom signing follows, and how its jobs reach the workers."""

from __future__ import annotations

from services.kernel import door
from services.kernel.following import run_follower
from services.kernel.jobs import Feeder, Jobs
from services.signing.application import QUEUE, Rounds, build
from services.signing.settings import SigningSettings


def main() -> None:
    """Follow until SIGTERM."""
    settings = door.begin("signing-follower", SigningSettings)
    signing = build(settings)
    jobs = Jobs(settings.broker_url, QUEUE)
    feeder = Feeder(jobs, signing.jobs.read, signing.jobs.place(), signing.jobs.remember)
    rounds = Rounds(signing, jobs, settings.revocation_refresh)
    every = [(0.0, feeder.feed), (1.0, rounds.feed)]
    run_follower(signing, settings, every=every, hears_itself=True)


if __name__ == "__main__":
    main()
