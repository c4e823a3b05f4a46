"""Work in a child: its answer comes back, or an account of why there is none."""

from __future__ import annotations

import mmap
import os
import signal
import threading
from pathlib import Path
from typing import BinaryIO

import pytest

from services.kernel.child import CRASHED, ChildLimits, Ended, in_child
from tests.conftest import children


def spin(pipe: BinaryIO) -> None:
    """Say one word, then work for ever."""
    pipe.write(b"begun ")
    pipe.flush()
    while True:
        pass


def test_what_the_work_writes_comes_back_whole() -> None:
    content = os.urandom(3 << 20)
    ended = in_child(lambda pipe: pipe.write(content) and None, ChildLimits())
    assert (ended.answer, ended.status, ended.late) == (content, 0, False)
    assert ended.memory_kib > 1000 and ended.wall_seconds > 0


def test_work_that_raises_tells_what_and_where() -> None:
    def fails(pipe: BinaryIO) -> None:
        pipe.write(b"half ")
        raise LookupError("third page")

    ended = in_child(fails, ChildLimits())
    assert ended.status == CRASHED
    assert ended.answer.startswith(b"half Traceback")
    assert b"in fails" in ended.answer and ended.answer.endswith(b"LookupError: third page\n")


@pytest.mark.parametrize(
    ("limits", "status", "late"),
    [
        (ChildLimits(cpu_seconds=1), -signal.SIGXCPU, False),
        (ChildLimits(wall_seconds=0.3), -signal.SIGKILL, True),
    ],
    ids=["cpu", "wall"],
)
def test_work_without_end_is_ended(limits: ChildLimits, status: int, late: bool) -> None:
    ended = in_child(spin, limits)
    assert (ended.answer, ended.status, ended.late) == (b"begun ", status, late)
    assert 0 < ended.cpu_seconds < 2


def test_work_that_wants_too_much_memory_gets_none() -> None:
    ended = in_child(lambda _: bytes(4 << 30) and None, ChildLimits())
    assert ended.status == CRASHED and b"MemoryError" in ended.answer


def test_what_the_parent_has_taken_costs_the_work_nothing() -> None:
    with mmap.mmap(-1, 2 << 30, prot=mmap.PROT_READ):
        ended = in_child(lambda _: bytes(100 << 20) and None, ChildLimits())
    assert ended.status == 0


def test_a_sealed_child_opens_nothing(tmp_path: Path) -> None:
    place = tmp_path / "a"
    sealed = in_child(lambda _: place.write_bytes(b"x") and None, ChildLimits(sealed=True))
    assert sealed.status == CRASHED and not place.exists()
    free = in_child(lambda _: place.write_bytes(b"x") and None, ChildLimits())
    assert free.status == 0 and place.exists()


def test_the_parent_keeps_its_own_life(tmp_path: Path) -> None:
    before, others = set(os.listdir("/proc/self/fd")), children()
    told: list[Ended] = []
    threads = [
        threading.Thread(
            target=lambda: told.append(in_child(lambda p: p.write(b"x") and None, ChildLimits()))
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [ended.answer for ended in told] == [b"x"] * 4
    assert set(os.listdir("/proc/self/fd")) == before
    assert children() <= others
