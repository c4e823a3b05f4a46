"""Work on what may be hostile, in a child of this process: limited, sealed, killed when late.

The child is forked, so it has whatever the parent loaded and needs to load nothing; it speaks
through one pipe and ends. Whatever happens to it, the parent gets an account of it.
"""

from __future__ import annotations

import os
import resource
import selectors
import signal
import time
import traceback
from collections.abc import Callable
from typing import BinaryIO

from msgspec import Struct

CRASHED = 3


class ChildLimits(Struct, frozen=True, kw_only=True):
    """How much the work may cost; `sealed`, it can open no file or connection, nor say a word.

    `address_space` counts in bytes what it takes beyond what the parent has taken already.
    """

    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    address_space: int = 1_500_000_000
    sealed: bool = False


class Ended(Struct, frozen=True, kw_only=True):
    """The account of a child. `status` is 0 when the work was done and negative after a signal.

    `answer` is all it wrote; of a child that `CRASHED` it ends with what was raised, and where.
    `late` tells that its time was up. `memory_kib` is the peak of its resident memory.
    """

    answer: bytes
    status: int
    late: bool
    cpu_seconds: float
    wall_seconds: float
    memory_kib: int


def in_child(work: Callable[[BinaryIO], None], limits: ChildLimits) -> Ended:
    """Do the work in a child, which writes its answer to the pipe it is given."""
    begun = time.monotonic()
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        _live(work, limits, sink)
    os.close(sink)
    answer, late = _read_until(source, begun + limits.wall_seconds)
    os.close(source)
    if late:
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    return Ended(
        answer=answer,
        status=os.waitstatus_to_exitcode(status),
        late=late,
        cpu_seconds=round(usage.ru_utime + usage.ru_stime, 3),
        wall_seconds=round(time.monotonic() - begun, 3),
        memory_kib=usage.ru_maxrss,
    )


def _live(work: Callable[[BinaryIO], None], limits: ChildLimits, sink: int) -> None:
    """The child's whole life; it never returns into the parent's program."""
    status, pipe = CRASHED, os.fdopen(sink, "wb")
    try:
        _restrict(limits)
        work(pipe)
        status = 0
    finally:
        try:
            if status:
                pipe.write(traceback.format_exc(limit=-3).encode(errors="replace"))
            pipe.flush()
        finally:
            os._exit(status)


def _restrict(limits: ChildLimits) -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    most = limits.address_space + _taken()
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    if limits.sealed:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for spoken in (0, 1, 2):
            os.dup2(nowhere, spoken)
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _taken() -> int:
    with open("/proc/self/statm", encoding="ascii") as sizes:
        return int(sizes.read().split()[0]) * resource.getpagesize()


def _read_until(source: int, deadline: float) -> tuple[bytes, bool]:
    """Everything the child wrote before it closed its end, and whether its time was up."""
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        while selector.select(max(0.0, deadline - time.monotonic())):
            part = os.read(source, 1 << 16)
            if not part:
                return b"".join(parts), False
            parts.append(part)
    return b"".join(parts), True
