"""A listener that counts who asks it for anything."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Listener(socketserver.ThreadingTCPServer):
    """Listens on a free port and answers nothing; `asked` counts connections."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), socketserver.BaseRequestHandler)
        self.asked = 0

    def process_request(self, request: object, client_address: object) -> None:
        """Count, and hang up."""
        self.asked += 1
        self.shutdown_request(request)  # type: ignore[arg-type]

    @property
    def address(self) -> str:
        """As a document would name it."""
        return f"http://127.0.0.1:{self.server_address[1]}/x"


@contextmanager
def listener() -> Iterator[Listener]:
    """A running listener."""
    with Listener() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()
