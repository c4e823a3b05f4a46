"""The exchange axis of the ground: a stand-in for the one outside, as a process of its own."""

import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from infra.axis.control import Control
from infra.local.machine import NotReady, private_folder
from infra.local.processes import LOOPBACK, Child
from infra.local.state import State

ROOT = Path(__file__).parents[2]


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
