"""Asking clamd whether bytes are malware (INSTREAM). Without an answer the file is parked."""

from __future__ import annotations

import re
import socket
import struct
from typing import Final
from urllib.parse import urlsplit

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.findings import found
from services.intake.adapters.policy import GatePolicy

_CHUNK: Final = 1 << 18
_LONGEST_ANSWER: Final = 4096
_FOUND = re.compile(r"^stream: (.+) FOUND$")


def scan(content: bytes, policy: GatePolicy) -> list[GateFinding]:
    """Nothing when it finds nothing or none is configured; else malware, or why it is parked."""
    if not policy.scanner:
        return []
    try:
        answer = _ask(content, policy.scanner, policy.scanner_seconds)
    except (OSError, ValueError) as failure:
        return [found(GateCode.SCANNER_AWAY, why=str(failure)[:80] or type(failure).__name__)]
    if answer == "stream: OK":
        return []
    if malware := _FOUND.match(answer):
        return [found(GateCode.MALWARE, name=malware.group(1))]
    return [found(GateCode.SCANNER_AWAY, why=answer[:80] or "no answer")]


def _ask(content: bytes, address: str, seconds: float) -> str:
    with _connection(address, seconds) as connection:
        connection.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), _CHUNK):
            chunk = content[at : at + _CHUNK]
            connection.sendall(struct.pack(">I", len(chunk)) + chunk)
        connection.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
            part = connection.recv(_LONGEST_ANSWER)
            if not part:
                break
            answer += part
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _connection(address: str, seconds: float) -> socket.socket:
    """A connection to `tcp://host:port` or `unix:///path`."""
    place = urlsplit(address)
    if place.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(seconds)
        connection.connect(place.path)
        return connection
    if place.scheme != "tcp" or not place.hostname or not place.port:
        raise ValueError(f"{address}: tcp://host:port, unix:///path")
    return socket.create_connection((place.hostname, place.port), timeout=seconds)
