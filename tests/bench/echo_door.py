"""The echo behind vanban's own door, run by the kernel's runner: `python -m tests.bench.echo_door`.

The runner comes first: it patches for green threads when it is imported.
"""

from __future__ import annotations

from services.kernel import runner
from services.kernel.rpc import Given, answer
from services.kernel.settings import Settings
from tests.bench.echo import Echo


class Echoing:
    """The application of the echo: it remembers nothing."""

    def echo(self, *, text: str) -> str:
        """The same text."""
        return text

    def close(self) -> None:
        """There is nothing to close."""


class EchoService:
    """The answering door."""

    name = "echo"
    application = Given(lambda settings: Echoing(), Settings)

    echo = answer(Echo.echo)


if __name__ == "__main__":
    runner.run(EchoService)
