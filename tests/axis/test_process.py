"""The axis as a process of its own: killed it forgets nothing, asked to end it ends in time."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import urllib3

from contracts.axis import questions
from contracts.errors import Unavailable
from infra.axis.control import Control
from infra.axis.store import Fault, FaultKind
from infra.local.house import ROOT
from infra.local.processes import free_ports
from services.kernel.axis import Axis
from tests.axis.conftest import QUICK, RECEIVER, SENDER, TOKEN
from tests.axis.test_exchange import DOCUMENT, sent
from tests.conftest import until


@contextmanager
def process(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The axis as a process of its own, until the block ends."""
    command = [sys.executable, "-m", "infra.axis", str(folder), str(port)]
    with subprocess.Popen(command, cwd=ROOT, env={"VANBAN_AXIS_TOKEN": TOKEN}) as running:
        try:
            until(lambda: is_ready(port))
            yield running
        finally:
            running.kill()


def is_ready(port: int) -> bool:
    """Whether the axis answers."""
    try:
        url = f"http://127.0.0.1:{port}/readyz"
        return urllib3.request("GET", url, retries=False, timeout=1).status == 200
    except urllib3.exceptions.HTTPError:
        return False


def test_a_killed_axis_forgets_nothing_it_acknowledged(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    url, taken = f"http://127.0.0.1:{port}", []
    sender = Axis(url, system_id=SENDER, secret="s", retries=QUICK)
    receiver = Axis(url, system_id=RECEIVER, secret="r", retries=QUICK)
    with process(tmp_path, port) as running:
        control = Control(url, TOKEN)
        control.enrol(SENDER, "s")
        control.enrol(RECEIVER, "r")
        control.misbehave(Fault(FaultKind.DELAY, "countReceiveEdoc", seconds=0.01))
        threading.Timer(0.4, running.kill).start()
        with pytest.raises(Unavailable):
            while True:
                taken.append(sent(sender))
    with process(tmp_path, port):
        lines = sender.ask(questions.sent(DOCUMENT)).data
        assert set(taken) <= {line.sender_doc_id for line in lines} and taken
        waiting = {package.doc_id for package in receiver.ask(questions.received(DOCUMENT)).data}
        assert waiting == {line.receiver_doc_id for line in lines}


def test_it_ends_in_time_when_asked_to(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    with process(tmp_path, port) as running:
        Control(f"http://127.0.0.1:{port}", TOKEN).misbehave(Fault(FaultKind.SILENCE, seconds=60))
        asking = threading.Thread(target=ask_in_vain, args=(port,))
        asking.start()
        running.terminate()
        assert running.wait(5) == 0
        asking.join()


def ask_in_vain(port: int) -> None:
    """One question that nobody answers."""
    axis = Axis(f"http://127.0.0.1:{port}", system_id=SENDER, secret="s", retries=urllib3.Retry(0))
    with pytest.raises(Unavailable):
        axis.ask(questions.agencies())
