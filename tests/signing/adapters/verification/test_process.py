"""Verification in a child that may be killed: the answer is always a report."""

import os
import zlib

import pytest

from services.signing.adapters.pdf.opening import Limits
from services.signing.adapters.verification.process import verify
from tests.conftest import children
from tests.signing.conftest import Desk, codes

ANY = 10**9


def bomb(entries: int) -> bytes:
    """A small file whose cross-reference stream unpacks to so many entries."""
    table = zlib.compress(b"\x01\x00\x09" * entries, 9)
    index = b"/Type /XRef /Size 9 /Index [0 %d] /W [1 1 1] /Root 1 0 R" % entries
    head = b"%PDF-1.7\n"
    object = b"2 0 obj\n<< %s /Filter /FlateDecode /Length %d >>\nstream\n" % (index, len(table))
    body = head + object + table + b"\nendstream\nendobj\n"
    return body + b"startxref\n%d\n%%%%EOF\n" % len(head)


@pytest.mark.parametrize(
    ("entries", "limits"),
    [(20_000_000, Limits(cpu_seconds=1, max_objects=ANY)), (9, Limits(wall_seconds=0.0))],
    ids=["cpu", "wall"],
)
def test_a_file_that_takes_too_long_is_rejected(desk: Desk, entries: int, limits: Limits) -> None:
    report = verify(bomb(entries), desk.trust(), desk.at, limits)
    assert report.verdict == "REJECTED"
    assert codes(report) == {"RESOURCE_LIMIT"}


def test_a_file_that_takes_too_much_memory_is_rejected(desk: Desk) -> None:
    report = verify(
        bomb(3_000_000),
        desk.trust(),
        desk.at,
        Limits(address_space=80 << 20, max_objects=ANY),
    )
    assert report.verdict == "REJECTED"
    assert codes(report) == {"RESOURCE_LIMIT"}
    assert report.reasons[0].data.get("error") == "MemoryError"


def test_no_child_and_no_pipe_is_left_behind(desk: Desk, sealed: bytes) -> None:
    before, others = len(os.listdir("/proc/self/fd")), children()
    for limits in (Limits(), Limits(wall_seconds=0.0)):
        verify(sealed, desk.trust(), desk.at, limits)
    assert len(os.listdir("/proc/self/fd")) == before
    assert children() <= others
