"""Time stamps for the workers: the authority of the settings, asked by a few at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from services.signing.adapters.network.web import NoAnswer
from services.signing.adapters.timestamps.remote import RemoteTimeAuthority, Turn
from services.signing.application import Signing
from services.signing.settings import SigningSettings


def turns(signing: Signing, most: int) -> Turn:
    """At most so many requests for time stamps at once, over all workers of the house."""

    @contextmanager
    def turn(until: float) -> Iterator[None]:
        while time.monotonic() < until:
            for number in range(most):
                with signing.held(f"tsa/{number}") as mine:
                    if mine:
                        yield
                        return
            time.sleep(0.2)
        raise NoAnswer("NO_TURN")

    return turn


def time_authority(settings: SigningSettings, signing: Signing) -> RemoteTimeAuthority:
    """The authority that the settings name."""
    turn = turns(signing, settings.tsa_turns)
    return RemoteTimeAuthority(settings.tsa_url, settings.tsa_seconds, settings.tsa_policy, turn)
