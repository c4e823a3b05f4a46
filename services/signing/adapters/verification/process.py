"""Verification in a process of its own with hard limits, because a file may be made to kill it.

The child is forked from a plain process (never from one with green threads), takes the file from
memory and gives back the report as JSON. Whatever happens to it, the answer is a report.
"""

import gc
import hashlib
import os
import resource
import selectors
import signal
import time
from datetime import UTC, datetime

import msgspec

from services.signing.adapters.appearance.text import TEXT_FIELDS
from services.signing.adapters.pdf.opening import Limits
from services.signing.adapters.trust.paths import TrustSet
from services.signing.adapters.verification.judging import judge
from services.signing.adapters.verification.report import Reason, VerificationReport

_CRASHED = 3


def verify(
    pdf: bytes, trusted: TrustSet, at: datetime, limits: Limits | None = None
) -> VerificationReport:
    """Verify a file of unknown origin; killed by a limit it is REJECTED with RESOURCE_LIMIT."""
    limits = limits or Limits()
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        _answer(sink, pdf, trusted, at, limits)
    os.close(sink)
    answer = _read_until(source, time.monotonic() + limits.wall_seconds)
    os.close(source)
    if answer is None:
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    ended = os.waitstatus_to_exitcode(status)
    if ended == 0 and answer:
        return msgspec.json.decode(answer, type=VerificationReport)
    spent = {"status": ended, "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 3)}
    code = "VERIFIER_FAILED" if ended == _CRASHED else "RESOURCE_LIMIT"
    return VerificationReport(
        verdict="REJECTED",
        sha256=hashlib.sha256(pdf).hexdigest(),
        verified_at=at.astimezone(UTC).isoformat(),
        trust_version=trusted.version,
        reasons=[Reason(code=code, data=dict(spent))],
    )


def warm() -> None:
    """Load once what every child would else load for itself; call it before the first `verify`."""
    TEXT_FIELDS.faces()
    gc.collect()
    gc.freeze()


def _answer(sink: int, pdf: bytes, trusted: TrustSet, at: datetime, limits: Limits) -> None:
    """The child's whole life; it never returns into the parent's program."""
    status = _CRASHED
    try:
        _restrict(limits)
        report = msgspec.json.encode(judge(pdf, trusted, at, limits))
        with os.fdopen(sink, "wb") as pipe:
            pipe.write(report)
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
