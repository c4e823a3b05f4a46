"""A wire to a server that tests can freeze, break, or cut just after a word went through."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from typing import Self
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"


class Proxy:
    """Forwards TCP from a port of its own to the server of a URL; `url` leads through it.

    `frozen()` holds every byte back, both ways, without closing anything. `broken()` is a server
    that is down: connections end, new ones are refused. `cut_at(word)` ends the first connection
    on which a client says the word: after the server heard it and before the client hears the
    answer, or, with `heard=False`, before the server hears it.
    """

    def __init__(self, url: str) -> None:
        at = urlsplit(url)
        self._far = (at.hostname or "", at.port or 0)
        self._near = socket.create_server((LOOPBACK, 0))
        self.port = self._near.getsockname()[1]
        self.url = url.replace(f":{at.port}/", f":{self.port}/")
        self._flows, self._guard = Event(), Lock()
        self._flows.set()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._word, self._heard, self.cuts = b"", True, 0

    def __enter__(self) -> Self:
        self._listen()
        return self

    def __exit__(self, *_: object) -> None:
        self._flows.set()
        self._close()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Nothing passes until the end of the block."""
        self._flows.clear()
        try:
            yield
        finally:
            self._flows.set()

    @contextmanager
    def broken(self) -> Iterator[None]:
        """The server is down until the end of the block."""
        self._close()
        try:
            yield
        finally:
            self._near = socket.create_server((LOOPBACK, self.port))
            self._listen()

    def cut(self) -> None:
        """End all connections of this moment."""
        with self._guard:
            pairs, self._pairs = self._pairs, []
        for ends in pairs:
            _end(*ends)

    def cut_at(self, word: bytes, heard: bool = True) -> None:
        """End the next connection on which a client says this word."""
        self._heard, self._word = heard, word

    def _close(self) -> None:
        _end(self._near)
        self.cut()

    def _listen(self) -> None:
        Thread(target=self._accept, args=[self._near], daemon=True).start()

    def _accept(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = door.accept()
                far = socket.create_connection(self._far)
                with self._guard:
                    self._pairs.append((near, far))
                Thread(target=self._ask, args=[near, far], daemon=True).start()
                Thread(target=self._answer, args=[near, far], daemon=True).start()

    def _ask(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while piece := near.recv(65_536):
                self._flows.wait()
                if self._word and self._word in piece:
                    self._cut_here(near, far, piece)
                else:
                    far.sendall(piece)
        _end(near, far)

    def _cut_here(self, near: socket.socket, far: socket.socket, piece: bytes) -> None:
        self._word = b""
        self.cuts += 1
        _end(near)
        if self._heard:
            far.sendall(piece)
            far.recv(1)  # the server has done it; nobody hears of it

    def _answer(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while piece := far.recv(65_536):
                self._flows.wait()
                near.sendall(piece)
        _end(near, far)


def _end(*sockets: socket.socket) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
