"""The file store while S3 is slow, away, or cut off in the middle."""

import socket
import subprocess
import sys
from time import monotonic
from urllib.parse import urlsplit

import pytest

from contracts.errors import Unavailable
from infra.local.world import World
from services.kernel.files import Files
from tests.kernel.store import NOWHERE, Cut, some

GREEN = """
import eventlet
eventlet.monkey_patch()
import sys
from infra.local.world import World
from services.kernel.files import Files

files = Files(sys.argv[1])

def keep_and_read(number):
    content = b"%d" % number * 100_000
    return files.read(files.keep(content).sha256) == content

assert all(eventlet.GreenPool(8).imap(keep_and_read, range(16)))

silent = eventlet.listen(("127.0.0.1", 0))
eventlet.spawn(Files(f"http://a:b@127.0.0.1:{silent.getsockname()[1]}/bucket").ping)
with eventlet.Timeout(5):
    for _ in range(100):
        eventlet.sleep(0.001)
print("never stood still")
"""


def test_a_green_process_does_not_stand_still_while_the_store_thinks(world: World) -> None:
    command = [sys.executable, "-W", "ignore", "-c", GREEN, world.s3_url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "never stood still\n"), done.stderr


def test_a_store_that_is_away_is_said_to_be_away_and_soon() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        away = Files(f"http://a:b@127.0.0.1:{taken.getsockname()[1]}/vanban")
        began = monotonic()
        for ask in (
            away.ping,
            lambda: away.keep(b"x"),
            lambda: away.read(NOWHERE),
            lambda: away.accept(NOWHERE, 1),
            lambda: away.require([NOWHERE]),
        ):
            with pytest.raises(Unavailable):
                ask()
        assert monotonic() - began < 20


@pytest.fixture
def files(world: World) -> Files:
    """The store of this module's world."""
    return Files(world.s3_url)


def test_a_connection_cut_in_the_middle_of_a_file_is_not_taken_for_its_end(
    files: Files, world: World
) -> None:
    content, sha256 = some(4 * 1024 * 1024)
    files.keep(content)
    at = urlsplit(world.s3_url)
    with Cut(at.hostname or "", at.port or 80, after=1024 * 1024) as port:
        through = Files(world.s3_url.replace(at.netloc.rpartition("@")[2], f"127.0.0.1:{port}"))
        with pytest.raises(Unavailable):
            through.read(sha256)
