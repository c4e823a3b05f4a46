"""A running axis on a folder of its own, and agencies on it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import urllib3

from infra.axis.control import Control
from infra.axis.door import Axis as Server
from services.kernel.axis import Axis

TOKEN = "control-of-the-test"
SENDER, RECEIVER, OTHER = "000.00.05.H47", "H47.31", "H47.32"
QUICK = urllib3.Retry(
    4, backoff_factor=0.01, status_forcelist=(500, 502, 503, 504), allowed_methods=None
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """An axis that listens on any free port of the loopback interface."""
    axis = Server(tmp_path / "axis", TOKEN)
    thread = threading.Thread(target=axis.serve_forever, args=(0.01,))
    thread.start()
    yield axis
    axis.shutdown()
    thread.join()
    axis.server_close()


@pytest.fixture
def control(server: Server) -> Control:
    """Its control; three agencies are enrolled."""
    control = Control(server.url, TOKEN)
    for code in (SENDER, RECEIVER, OTHER):
        control.enrol(code, f"secret of {code}", name=f"Cơ quan {code}", mail="a@b.example.vn")
    return control


@pytest.fixture
def as_agency(server: Server, control: Control) -> Callable[..., Axis]:
    """The axis asked by an agency, which is quick to ask again."""

    def held(code: str, **said: object) -> Axis:
        told = {"url": server.url, "secret": f"secret of {code}", "retries": QUICK, **said}
        return Axis(system_id=code, **told)  # type: ignore[arg-type]

    return held
