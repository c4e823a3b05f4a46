"""A malware scanner that speaks clamd's INSTREAM, for tests: it knows EICAR alone."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LONGEST = 1 << 20


class Clamd(socketserver.ThreadingTCPServer):
    """Listens on a free port; `seen` holds every stream it was given whole."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.seen: list[bytes] = []

    @property
    def address(self) -> str:
        """As a policy names it."""
        return f"tcp://127.0.0.1:{self.server_address[1]}"


class _Session(socketserver.StreamRequestHandler):
    server: Clamd

    def handle(self) -> None:
        """One command: `zINSTREAM`, chunks with their lengths before them, a chunk of none."""
        if self._until_zero() != b"zINSTREAM":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > LONGEST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(content)
        found = b"Eicar-Signature FOUND" if EICAR in content else b"OK"
        self.wfile.write(b"stream: " + found + b"\0")

    def _until_zero(self) -> bytes:
        word = b""
        while (letter := self.rfile.read(1)) not in (b"", b"\0"):
            word += letter
        return word


@contextmanager
def clamd() -> Iterator[Clamd]:
    """A running scanner."""
    with Clamd() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()
