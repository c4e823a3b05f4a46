"""`vanban demo` tells the whole story where others listen too, and leaves nothing behind."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from infra.local.house import ROOT

STANDARD_PORTS = (5432, 5672)
"""Those of PostgreSQL and RabbitMQ."""
SECONDS = 300


@pytest.fixture
def others() -> Iterator[list[int]]:
    """Somebody listens on the standard ports: ourselves, where nobody did before."""
    listening = []
    for port in STANDARD_PORTS:
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            door.bind(("127.0.0.1", port))
            door.listen()
        listening.append(door)
    yield [port for port in STANDARD_PORTS if answers(port)]
    for door in listening:
        door.close()


def answers(port: int) -> bool:
    """Whether somebody takes a connection on this port."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def processes_of(folder: Path) -> list[str]:
    """Command lines of the processes that live in a folder: its path is in what they were told."""
    return [line for line in map(_told, Path("/proc").glob("[0-9]*")) if str(folder) in line]


def clusters() -> set[Path]:
    """Where PostgreSQL keeps data that its user could not reach below the data folder."""
    return set(Path("/var/tmp").glob("vanban-postgres-*"))


def _told(process: Path) -> str:
    """Arguments and environment of a process; nothing when it ended meanwhile."""
    try:
        words = (process / "cmdline").read_bytes() + b"\0" + (process / "environ").read_bytes()
    except OSError:
        return ""
    return words.replace(b"\0", b" ").decode(errors="replace")


def test_the_demo_tells_its_story_and_leaves_nothing_behind(
    tmp_path: Path, others: list[int]
) -> None:
    assert others == list(STANDARD_PORTS)
    before = clusters()
    environment = {**os.environ, "TMPDIR": str(tmp_path), "COLUMNS": "200"}
    command = [sys.executable, "-m", "services.cli.main", "demo"]
    done = subprocess.run(
        command,
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for said in (
        "01/SNV-VTLT",
        "số đến 1",
        "01 03 04 05 06",
        "01 02",
        "Tệp văn bản bị thay đổi",
        "2/2",
        "1/2",
        "intake.IncomingDocument.Completed",
    ):
        assert said in done.stdout, said
    assert processes_of(tmp_path) == []
    assert list(tmp_path.glob("vanban-*")) == []
    assert {
        folder for folder in clusters() - before if not (folder / "postmaster.pid").exists()
    } == set()
