"""Children start, stop and are asked for by name; ports stay away from outgoing connections."""

import signal
import socket
from pathlib import Path

import pytest

from infra.local.processes import Child, CommandFailed, free_ports, is_free, run
from infra.local.watch import FIRST_PAUSE, LONGEST_PAUSE, STEADY_SECONDS, Watched
from tests.conftest import until


def test_ports_are_free_and_below_the_range_of_outgoing_connections() -> None:
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    ports = free_ports(20)
    assert len(set(ports)) == 20
    assert all(port < lowest for port in ports)
    with socket.create_server(("127.0.0.1", ports[0])):
        assert not is_free(ports[0])
    assert is_free(ports[1])


def test_a_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    child = Child(
        "stubborn", ["sh", "-c", "trap '' TERM; echo deaf; sleep 60 & wait; wait"], tmp_path / "log"
    )
    child.start()
    until(lambda: "deaf" in child.last_words())
    child.stop(seconds=0.2)
    assert child.process is not None
    assert child.process.returncode == -signal.SIGKILL


def test_a_running_child_is_not_started_twice(tmp_path: Path) -> None:
    child = Child("one", ["sleep", "60"], tmp_path / "log")
    child.start()
    pid = child.pid
    child.start()
    assert child.pid == pid
    child.kill()
    assert child.pid is None


def test_a_failed_command_says_what_it_said() -> None:
    with pytest.raises(CommandFailed, match="no such thing"):
        run(["sh", "-c", "echo no such thing >&2; exit 3"])


def test_what_keeps_dying_is_started_with_growing_pauses(tmp_path: Path) -> None:
    watched = Watched(Child("gone", ["true"], tmp_path / "log"))
    now, pauses = watched._started, []
    for _ in range(8):
        until(lambda: not watched.child.is_running)
        died = now
        while not watched.look(now):
            now += 0.01
        pauses.append(now - died)
    assert pauses[0] == pytest.approx(FIRST_PAUSE, abs=0.02)
    assert pauses == sorted(pauses)
    assert pauses[-1] == pytest.approx(LONGEST_PAUSE, abs=0.02)


def test_what_ran_steadily_is_started_again_at_once(tmp_path: Path) -> None:
    watched = Watched(Child("steady", ["true"], tmp_path / "log"))
    watched._pause = LONGEST_PAUSE
    now = watched._started + STEADY_SECONDS + 1
    assert not watched.look(now)
    assert watched.look(now + FIRST_PAUSE)
