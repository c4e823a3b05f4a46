"""The axis' door: HTTP on the loopback interface, one thread a question, misbehaviour on order.

/XrdAdapter/adapter/<operation>     the thirteen operations, for whoever signs them
/control/…                          agencies, habits and faults, for whoever holds the token
/readyz                             200 once the store answers
"""

import hmac
import json
import sqlite3
import threading
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import SHUT_RDWR
from typing import Any

from contracts.axis import BASE, AxisCode, Operation, checked
from contracts.errors import Denied
from contracts.working_time import VIETNAM
from infra.axis.answers import Refusal, Told, failure, success
from infra.axis.operations import Operations
from infra.axis.store import Fault, FaultKind, Store

MOST_BYTES = 64 * 1024 * 1024
SILENT_SECONDS = 30.0
JSON = "application/json; charset=utf-8"


def _now() -> datetime:
    return datetime.now(VIETNAM)


class Axis(ThreadingHTTPServer):
    """A running axis on a store; port 0 asks for any free port."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, folder: Path, token: str, port: int = 0, now: Callable[[], datetime] = _now):
        folder.mkdir(parents=True, exist_ok=True)
        self.store, self.token = Store(folder), token
        self.operations = Operations(self.store, now)
        self.ending = threading.Event()
        super().__init__(("127.0.0.1", port), Door)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller who goes away is no news."""

    def shutdown(self) -> None:
        """Stop answering; whoever waits in silence is let go."""
        self.ending.set()
        super().shutdown()


class Door(BaseHTTPRequestHandler):
    """One connection."""

    server: Axis
    protocol_version = "HTTP/1.1"
    timeout = 60
    wbufsize = 64 * 1024
    disable_nagle_algorithm = True
    """An answer is one write, sent at once: else each costs the 40 ms of a delayed ACK."""

    def do_GET(self) -> None:
        """Questions without a body."""
        if self.path == "/readyz":
            return self._tell_ready()
        self._operate(b"")

    def do_POST(self) -> None:
        """Questions with a body."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > MOST_BYTES:
            self.close_connection = True
            return self._answer(failure(Refusal(AxisCode.FILE_INVALID)))
        body = self.rfile.read(length)
        if self.path.startswith("/control/"):
            return self._control(body)
        self._operate(body)

    def log_message(self, format: str, *args: Any) -> None:
        """One line a question, without what was said."""
        print(f"{_now().isoformat(timespec='seconds')} {format % args}", flush=True)

    def _tell_ready(self) -> None:
        try:
            self.server.store.ping()
        except (OSError, sqlite3.Error) as error:
            return self._send(HTTPStatus.SERVICE_UNAVAILABLE, str(error).encode(), "text/plain")
        self._send(HTTPStatus.OK, b"ready", "text/plain")

    def _operate(self, body: bytes) -> None:
        name = self.path.partition("?")[0].removeprefix(f"{BASE}/")
        if name not in set(Operation) or self.command != Operation(name).method:
            return self._send(HTTPStatus.NOT_FOUND, b"", "text/plain")
        operation = Operation(name)
        fault = self.server.store.take_fault(operation)
        if fault and self._misbehaved_first(fault):
            return
        answer = self._done(operation, body, fault)
        if fault and fault.kind is FaultKind.LOSE:
            return self._hang_up()
        if operation is Operation.DOWNLOAD:
            return self._answer_file(answer)
        self._answer(answer)

    def _misbehaved_first(self, fault: Fault) -> bool:
        """Wait, or spoil the question before anything is done; True when it is spoiled."""
        match fault.kind:
            case FaultKind.DELAY:
                self.server.ending.wait(fault.seconds)
                return False
            case FaultKind.SILENCE:
                self.server.ending.wait(fault.seconds or SILENT_SECONDS)
                self._hang_up()
            case FaultKind.ERROR:
                self._send(HTTPStatus(fault.status), b"", "text/plain")
            case FaultKind.GARBAGE:
                self._send(HTTPStatus.OK, b"<html>Bad gateway</html>", "text/html")
            case _:
                return False
        return True

    def _done(self, operation: Operation, body: bytes, fault: Fault | None) -> Told:
        try:
            asked = checked(self.headers.items(), self.server.store.secrets())
            return self.server.operations.done(operation, asked, body, fault)
        except Denied as no:
            return failure(Refusal(AxisCode.CALLER_UNKNOWN, no.message("vi")))
        except Refusal as no:
            return failure(no)

    def _answer(self, told: Told) -> None:
        self._send(HTTPStatus.OK, json.dumps(told, ensure_ascii=False).encode(), JSON)

    def _answer_file(self, told: Told) -> None:
        """The younger way to fetch: the bytes themselves, or no body at all."""
        if "data" not in told:
            return self._send(HTTPStatus.NOT_FOUND, b"", "text/plain")
        self._send(HTTPStatus.OK, b64decode(told["data"]), "application/octet-stream")

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _hang_up(self) -> None:
        """Close without a word."""
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(SHUT_RDWR)

    def _control(self, body: bytes) -> None:
        told = self.headers.get("Authorization", "")
        if not hmac.compare_digest(told.encode(), f"Bearer {self.server.token}".encode()):
            return self._send(HTTPStatus.UNAUTHORIZED, b"", "text/plain")
        try:
            self._controlled(self.path.removeprefix("/control/"), json.loads(body or b"{}"))
        except (ValueError, KeyError, TypeError, sqlite3.Error) as error:
            return self._send(HTTPStatus.BAD_REQUEST, repr(error).encode(), "text/plain")
        self._answer(success())

    def _controlled(self, what: str, told: dict[str, Any]) -> None:
        store = self.server.store
        match what:
            case "agencies":
                store.enrol(told)
            case "habits":
                for name, value in told.items():
                    store.set_habit(name, str(value))
            case "faults":
                store.misbehave(Fault(**{**told, "kind": FaultKind(told["kind"])}))
            case "peace":
                store.behave()
            case _:
                raise KeyError(what)
