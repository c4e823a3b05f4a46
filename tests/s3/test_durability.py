"""Durability: what was acknowledged is there after a kill, and was on the disk before."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Semaphore

import pytest
import urllib3
from minio.error import MinioException

from infra.local import machine
from infra.local.s3 import S3Server, SeaweedFS
from infra.local.state import State
from tests.s3.conftest import bring_up
from tests.s3.place import Place

WRITERS = 4
CUT = (urllib3.exceptions.HTTPError, MinioException)


def write_until_cut(place: Place, written: Semaphore) -> tuple[list[str], str]:
    """Put objects named by digest; those acknowledged, and the one that was cut off."""
    acknowledged: list[str] = []
    while True:
        content = os.urandom(40_000)
        name = hashlib.sha256(content).hexdigest()
        try:
            place.put(name, content)
        except CUT:
            return acknowledged, name
        acknowledged.append(name)
        written.release()


@pytest.mark.parametrize("round_", [1, 2, 3])
def test_what_was_acknowledged_survives_a_kill(server: S3Server, place: Place, round_: int) -> None:
    written = Semaphore(0)
    with ThreadPoolExecutor(WRITERS) as crowd:
        writers = [crowd.submit(write_until_cut, place, written) for _ in range(WRITERS)]
        try:
            for _ in range(60 * round_):
                assert written.acquire(timeout=30)
        finally:
            machine.kill(server)
    bring_up(server)

    acknowledged = {name for writer in writers for name in writer.result()[0]}
    cut = {writer.result()[1] for writer in writers}
    there = set(place.names())
    assert len(acknowledged) >= 60 * round_
    assert acknowledged <= there <= acknowledged | cut
    for name in there:
        assert hashlib.sha256(place.got(name)).hexdigest() == name


@contextmanager
def flushes_counted(pid: int, log: Path) -> Iterator[None]:
    """Let strace note every flush of a process and its threads into `log`."""
    command = ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(log), "-p", str(pid)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        try:
            said = tracer.stderr.readline()
            if "attached" not in said:
                pytest.skip(f"this computer does not let processes be traced: {said}")
            yield
        finally:
            tracer.terminate()


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_every_acknowledged_object_was_flushed_to_the_disk(
    server: S3Server, place: Place, tmp_path: Path
) -> None:
    place.put("before", b"the first object of a server also makes room")
    pid = server.children[-1].pid
    assert pid is not None
    with flushes_counted(pid, tmp_path / "flushes"):
        for number in range(20):
            place.put(f"{number}", os.urandom(40_000))
    assert (tmp_path / "flushes").read_text().count("sync(") >= 20


def test_seaweedfs_is_told_to_flush_and_remembers_it_after_a_kill(
    server: S3Server, state: State
) -> None:
    if not isinstance(server, SeaweedFS):
        pytest.skip("other servers need not be told")
    machine.kill(server)
    machine.start(server)
    filer = f"http://127.0.0.1:{state.ports['filer']}/etc/seaweedfs/filer.conf"
    told = json.loads(urllib3.request("GET", filer).data)
    rules = {rule["locationPrefix"]: rule for rule in told["locations"]}
    assert rules["/buckets/"]["fsync"] is True
