"""What the echo promises: the least a service can do, so that only the door is measured."""

from __future__ import annotations

from typing import Protocol

BROKER = "BENCH_BROKER_URL"
"""The environment variable that tells the bare echo its virtual host."""


class Echo(Protocol):
    """Says what it is told."""

    def echo(self, *, text: str) -> str:
        """The same text."""
