"""The exchange axis of the ground: a stand-in for the one outside, as a process of its own."""

import json
import secrets
import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from infra.axis.control import Control
from infra.local import keys
from infra.local.machine import NotReady, private_folder
from infra.local.processes import LOOPBACK, Child
from infra.local.state import State

ROOT = Path(__file__).parents[2]
QUICK = {"VANBAN_AXIS_POLL_SECONDS": "0.5"}
"""On one machine the axis is near: it is asked for news more often."""


def boxes_file(folder: Path, world: str) -> Path:
    """Where the platform of a world finds the boxes of its agencies."""
    return folder / "boxes" / f"{world}.json"


def open_box(folder: Path, state: State, world: str, code: str, name: str) -> str:
    """Let an agency of a world exchange; the public key of its receipts, in PEM."""
    (private, public), secret = keys.pair(), secrets.token_urlsafe(24)
    Control(state.axis_url, state.axis_token).enrol(code, secret, name=name)
    file = boxes_file(folder, world)
    private_folder(file.parent)
    known = json.loads(file.read_text()) if file.exists() else {}
    known[code] = {"secret": secret, "receipt_key": private.decode()}
    fresh = file.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(known, indent=1))
    fresh.replace(file)
    return public.decode()


class LocalAxis:
    """One axis below `folder`; whoever holds the ground's state may control it."""

    name = "axis"

    def __init__(self, folder: Path, state: State) -> None:
        self._folder, self._state = folder / self.name, state
        port = state.ports.get(self.name, 0)
        self._child = Child(
            self.name,
            [sys.executable, "-m", "infra.axis", str(self._folder), str(port)],
            folder / "logs" / "axis.log",
            {"HOME": str(folder), "VANBAN_AXIS_TOKEN": state.axis_token},
            folder=ROOT,
        )

    @property
    def children(self) -> tuple[Child, ...]:
        return (self._child,)

    def prepare(self) -> None:
        private_folder(self._folder)

    def check(self) -> None:
        """A word written to its store and read back."""
        connection = HTTPConnection(LOOPBACK, self._state.ports[self.name], timeout=2)
        try:
            connection.request("GET", "/readyz")
            answer = connection.getresponse()
        except (OSError, HTTPException) as error:
            raise NotReady(f"axis: {error!r}") from error
        finally:
            connection.close()
        if answer.status != 200:
            raise NotReady(f"axis: it answered {answer.status}")

    def open(self) -> None:
        """Nothing to switch on."""

    def control(self) -> Control:
        """To enrol agencies and order faults."""
        return Control(self._state.axis_url, self._state.axis_token)
