"""A server of its own for the suite, since it is also killed, and a place in it for each test.

SeaweedFS by default; with `VANBAN_TEST_S3=minio` the MinIO that `make test-minio` has built.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import pytest

from infra.local import machine
from infra.local.s3 import MinIO, S3Server, SeaweedFS
from infra.local.state import State
from infra.s3.minio import binary
from tests.s3.place import Place
from tests.s3.signed import Account


@pytest.fixture(scope="session")
def state() -> State:
    """Ports and secrets of the server under test."""
    fresh = State()
    fresh.choose_ports()
    return fresh


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, state: State) -> Iterator[S3Server]:
    """The S3 server under test, running."""
    tested = _server(tmp_path_factory.mktemp("s3"), state)
    try:
        bring_up(tested)
        yield tested
    finally:
        machine.stop(tested)
        if isinstance(tested, SeaweedFS):
            tested.tidy()


def _server(folder: Path, state: State) -> S3Server:
    (folder / "logs").mkdir()
    if os.environ.get("VANBAN_TEST_S3") == "minio":
        return MinIO(folder, state, binary())
    return SeaweedFS(folder, state)


def bring_up(server: S3Server) -> None:
    """Start what does not run and wait until it serves."""
    server.prepare()
    machine.start(server)
    server.open()


@pytest.fixture(scope="session")
def account(server: S3Server) -> Account:
    """Who may do everything on the server under test."""
    at = urlsplit(server.admin_url)
    host = at.netloc.rpartition("@")[2]
    return Account(host, unquote(at.username or ""), unquote(at.password or ""))


@pytest.fixture(scope="session")
def bucket(account: Account) -> str:
    """A bucket without versions."""
    return _made(account, locked=False)


@pytest.fixture(scope="session")
def locked_bucket(account: Account) -> str:
    """A bucket that keeps versions and can lock them."""
    return _made(account, locked=True)


@pytest.fixture
def place(account: Account, bucket: str) -> Place:
    """Where one test puts its objects."""
    return Place(account, bucket)


@pytest.fixture
def locked(account: Account, locked_bucket: str) -> Place:
    """Where one test puts objects that keep versions and can be locked."""
    return Place(account, locked_bucket)


@pytest.fixture
def fresh_locked(account: Account) -> Place:
    """A bucket of one test alone, for rules that hold for a whole bucket."""
    return Place(account, _made(account, locked=True))


def _made(account: Account, locked: bool) -> str:
    name = f"test-{uuid4().hex}"
    account.client().make_bucket(name, object_lock=locked)
    return name
