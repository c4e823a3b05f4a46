"""Work in a process of its own with hard limits, because a file may be made to kill it.

The child is forked from a plain process (never from one with green threads), finds everything in
memory and gives back bytes. Whatever happens to it, whoever asked goes on.
"""

import os
import resource
import selectors
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from services.signing.adapters.pdf.opening import Limits

_CRASHED = 3


@dataclass(frozen=True)
class Ended:
    """A child that gave no answer: its exit status (negative: the signal) and its CPU seconds."""

    status: int
    cpu_seconds: float

    @property
    def crashed(self) -> bool:
        """Whether the work itself failed; else a limit ended it."""
        return self.status == _CRASHED


def confined(work: Callable[[], bytes], limits: Limits) -> bytes | Ended:
    """What ``work`` gives back, done in a child that is killed at the limits."""
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        _answer(sink, work, limits)
    os.close(sink)
    answer = _read_until(source, time.monotonic() + limits.wall_seconds)
    os.close(source)
    if answer is None:
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    ended = os.waitstatus_to_exitcode(status)
    if ended == 0 and answer:
        return answer
    return Ended(ended, round(usage.ru_utime + usage.ru_stime, 3))


def _answer(sink: int, work: Callable[[], bytes], limits: Limits) -> None:
    """The child's whole life; it never returns into the parent's program."""
    status = _CRASHED
    try:
        _restrict(limits)
        answer = work()
        with os.fdopen(sink, "wb") as pipe:
            pipe.write(answer)
        status = 0
    finally:
        os._exit(status)


def _restrict(limits: Limits) -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.address_space, limits.address_space))


def _read_until(source: int, deadline: float) -> bytes | None:
    """Everything the child wrote before it closed its end; None if it did not in time."""
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        while selector.select(max(0.0, deadline - time.monotonic())):
            part = os.read(source, 1 << 16)
            if not part:
                return b"".join(parts)
            parts.append(part)
    return None
