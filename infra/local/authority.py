"""The authority of one machine's own as a machine of the ground: it answers over HTTP.

Run as ``python -m infra.local.authority FOLDER PORT`` it serves the ``pki`` folder until it ends.
"""

import sys
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from infra.local import keys
from infra.local.machine import NotReady
from infra.local.processes import LOOPBACK, Child
from infra.local.responder import Responder
from infra.local.state import State

ROOT = Path(__file__).parents[2]


class Authority:
    """Time stamps and revocation for development and for the demonstration."""

    name = "authority"

    def __init__(self, folder: Path, state: State) -> None:
        self._ports = state.ports
        port = str(self._ports.get(self.name, 0))
        command = [sys.executable, "-m", "infra.local.authority"]
        log = folder / "logs" / f"{self.name}.log"
        self.server = Child(
            self.name, [*command, str(keys.pki_folder(folder)), port], log, folder=ROOT
        )

    @property
    def children(self) -> Sequence[Child]:
        return (self.server,)

    def prepare(self) -> None:
        """Nothing to write: its keys are the ground's."""

    def check(self) -> None:
        """One revocation list fetched."""
        connection = HTTPConnection(LOOPBACK, self._ports[self.name], timeout=2)
        try:
            connection.request("GET", "/crl/root.crl")
            if (status := connection.getresponse().status) != 200:
                raise NotReady(f"authority: answered {status}")
        except (OSError, HTTPException) as error:
            raise NotReady(f"authority: {error!r}") from error
        finally:
            connection.close()

    def open(self) -> None:
        """Nothing to switch on."""


def main() -> None:
    """Serve until killed."""
    Responder(Path(sys.argv[1]), int(sys.argv[2])).serve_forever()


if __name__ == "__main__":
    main()
