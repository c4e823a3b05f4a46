"""Which addresses some processes listen on, as the kernel tells it."""

import os
import socket
import struct
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

LISTEN = "0A"


def addresses(pids: Iterable[int]) -> set[str]:
    """The IP addresses on which these processes accept TCP connections."""
    sockets = {inode for pid in pids for inode in _sockets(pid)}
    told = [
        *((line.split(), socket.AF_INET) for line in _lines("tcp")),
        *((line.split(), socket.AF_INET6) for line in _lines("tcp6")),
    ]
    return {
        _address(words[1].split(":")[0], family)
        for words, family in told
        if words[3] == LISTEN and words[9] in sockets
    }


def _lines(table: str) -> list[str]:
    return Path(f"/proc/net/{table}").read_text().splitlines()[1:]


def _sockets(pid: int) -> Iterable[str]:
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            if (target := os.readlink(descriptor)).startswith("socket:["):
                yield target[len("socket:[") : -1]


def _address(hexadecimal: str, family: int) -> str:
    """The kernel prints each 32-bit word of an address in the byte order of the machine."""
    raw = bytes.fromhex(hexadecimal)
    words = struct.unpack(f">{len(raw) // 4}I", raw)
    return socket.inet_ntop(family, struct.pack(f"={len(words)}I", *words))
