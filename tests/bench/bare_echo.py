"""The echo as nameko's manual writes it: the baseline. Runs green, tells when it answers."""

from __future__ import annotations

import os

from nameko.containers import ServiceContainer
from nameko.rpc import rpc

from tests.bench.echo import BROKER
from tests.bench.rig import say


class BareEcho:
    """A nameko service without anything of vanban."""

    name = "bare"

    @rpc  # type: ignore[untyped-decorator]
    def echo(self, text: str) -> str:
        """The same text."""
        return text


def main() -> None:
    """Answer until told to stop."""
    container = ServiceContainer(BareEcho, {"AMQP_URI": os.environ[BROKER]})
    container.start()
    say("answering")
    container.wait()
