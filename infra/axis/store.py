"""What the axis remembers: agencies, packages, what was sent, how to misbehave. One SQLite file.

Every change is on the disk before it is answered, so a kill at any moment loses nothing.
"""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

TABLES = """
CREATE TABLE IF NOT EXISTS agencies (
    code TEXT PRIMARY KEY, id TEXT, pid TEXT, name TEXT, mail TEXT, old_code TEXT, secret TEXT,
    locked INTEGER, deleted INTEGER, version INTEGER, modified TEXT);
CREATE TABLE IF NOT EXISTS sent (
    doc_id TEXT PRIMARY KEY, sender TEXT, message_type TEXT, title TEXT, notation TEXT, at TEXT);
CREATE TABLE IF NOT EXISTS packages (
    number INTEGER PRIMARY KEY AUTOINCREMENT, doc_id TEXT UNIQUE, sender_doc_id TEXT, sender TEXT,
    receiver TEXT, addressed TEXT, message_type TEXT, created TEXT, updated TEXT, state TEXT,
    told TEXT, hidden INTEGER, content BLOB);
CREATE TABLE IF NOT EXISTS faults (
    number INTEGER PRIMARY KEY AUTOINCREMENT, operation TEXT, kind TEXT, times INTEGER,
    seconds REAL, status INTEGER);
CREATE TABLE IF NOT EXISTS habits (name TEXT PRIMARY KEY, value TEXT);
"""
TEXTS = ("id", "pid", "name", "mail", "old_code", "secret", "modified")
NUMBERS = ("locked", "deleted", "version")
ANY = "*"


class FaultKind(StrEnum):
    """How the axis misbehaves: before the work, instead of it, or in what it hands out."""

    DELAY = "delay"
    SILENCE = "silence"
    ERROR = "error"
    GARBAGE = "garbage"
    LOSE = "lose"
    DUPLICATE = "duplicate"
    REORDER = "reorder"
    HIDE = "hide"
    CORRUPT = "corrupt"
    BARE_STATUS = "bare-status"


@dataclass(frozen=True)
class Fault:
    """One misbehaviour: for how many questions, for how many seconds, with which HTTP status."""

    kind: FaultKind
    operation: str = ANY
    times: int = 1
    seconds: float = 0.0
    status: int = 503


class Store:
    """The one file below `folder`; every thread has its own connection."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "axis.sqlite"
        self._own = threading.local()
        with self._writing() as db:
            for table in TABLES.split(";"):
                db.execute(table)

    def ping(self) -> None:
        """Write and read back one word."""
        self.set_habit("ready", "yes")
        if self.habit("ready") != "yes":
            raise OSError("read back something else")

    def habit(self, name: str, default: str = "") -> str:
        """How the axis is set up, e.g. whether it zips what it forwards."""
        row = self._one("SELECT value FROM habits WHERE name = ?", name)
        return str(row["value"]) if row else default

    def set_habit(self, name: str, value: str) -> None:
        """Set the axis up otherwise."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO habits VALUES (?, ?)", (name, value))

    def enrol(self, agency: Mapping[str, Any]) -> None:
        """Put an agency into the directory, or change what is told of it."""
        with self._writing() as db:
            old = db.execute("SELECT * FROM agencies WHERE code = ?", (agency["code"],)).fetchone()
            blank: dict[str, Any] = dict.fromkeys(TEXTS, "") | dict.fromkeys(NUMBERS, 0)
            blank |= {"id": str(uuid4()), "secret": None}
            told = blank | (dict(old) if old else {}) | dict(agency)
            told["version"] += 1
            names = ("code", *blank)
            marks = ", ".join(f":{name}" for name in names)
            line = f"INSERT OR REPLACE INTO agencies ({', '.join(names)}) VALUES ({marks})"
            db.execute(line, {name: told[name] for name in names})

    def agency(self, code: str) -> sqlite3.Row | None:
        """An agency by its code or its old one."""
        line = "SELECT * FROM agencies WHERE (code = ? OR old_code = ?) AND NOT deleted"
        return self._one(line, code, code)

    def agencies(self, *, deleted: bool = False) -> list[sqlite3.Row]:
        """The directory, with the closed ones if asked."""
        return self._all("SELECT * FROM agencies WHERE deleted <= ? ORDER BY code", int(deleted))

    def secrets(self) -> dict[str, str]:
        """Which system may ask, and the secret it signs with."""
        line = "SELECT code, secret FROM agencies WHERE secret IS NOT NULL AND NOT deleted"
        return {row["code"]: row["secret"] for row in self._all(line)}

    def accept(self, sent: Mapping[str, Any], packages: list[Mapping[str, Any]]) -> None:
        """Keep a message and its package for each receiver, all or nothing."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO sent VALUES (:doc_id, :sender, :message_type, :title, :notation, :at)",
                sent,
            )
            db.executemany(
                "INSERT INTO packages (doc_id, sender_doc_id, sender, receiver, addressed,"
                " message_type, created, updated, state, told, hidden, content) VALUES (:doc_id,"
                " :sender_doc_id, :sender, :receiver, :addressed, :message_type, :created,"
                " :created, 'initial', '', :hidden, :content)",
                packages,
            )

    def waiting(self, receiver: str, message_type: str) -> list[sqlite3.Row]:
        """Packages a receiver has not taken in yet, oldest first, without their content."""
        return self._all(
            "SELECT number, doc_id, sender, receiver, addressed, message_type, created, updated,"
            " state, told FROM packages WHERE receiver = ? AND message_type = ?"
            " AND state != 'done' AND NOT hidden ORDER BY number",
            receiver,
            message_type,
        )

    def outgoing(self, sender: str, message_type: str) -> list[sqlite3.Row]:
        """What a sender sent, a line for each receiver, oldest first."""
        return self._all(
            "SELECT p.doc_id, p.sender_doc_id, p.addressed, p.updated, p.state, p.told, s.title,"
            " s.notation, s.at FROM packages p JOIN sent s ON s.doc_id = p.sender_doc_id"
            " WHERE p.sender = ? AND p.message_type = ? ORDER BY p.number",
            sender,
            message_type,
        )

    def package(self, receiver: str, doc_id: str) -> sqlite3.Row | None:
        """A package with its content, if it is this receiver's."""
        line = "SELECT * FROM packages WHERE receiver = ? AND doc_id = ?"
        return self._one(line, receiver, doc_id)

    def set_state(self, receiver: str, doc_id: str, state: str, told: str, at: str) -> bool:
        """Change where a package is; False if the receiver has none of this id."""
        with self._writing() as db:
            line = (
                "UPDATE packages SET state = ?, told = ?, updated = ?"
                " WHERE receiver = ? AND doc_id = ?"
            )
            return db.execute(line, (state, told, at, receiver, doc_id)).rowcount == 1

    def misbehave(self, fault: Fault) -> None:
        """Remember a misbehaviour for the next questions of its operation."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO faults (operation, kind, times, seconds, status)"
                " VALUES (?, ?, ?, ?, ?)",
                (fault.operation, fault.kind, fault.times, fault.seconds, fault.status),
            )

    def behave(self) -> None:
        """Forget every misbehaviour."""
        with self._writing() as db:
            db.execute("DELETE FROM faults")

    def take_fault(self, operation: str) -> Fault | None:
        """The oldest misbehaviour for this question, used up by one."""
        with self._writing() as db:
            line = (
                "SELECT * FROM faults WHERE operation IN (?, ?) AND times > 0"
                " ORDER BY number LIMIT 1"
            )
            row = db.execute(line, (operation, ANY)).fetchone()
            if row is None:
                return None
            db.execute("UPDATE faults SET times = times - 1 WHERE number = ?", (row["number"],))
        told = (row["operation"], row["times"], row["seconds"], row["status"])
        return Fault(FaultKind(row["kind"]), *told)

    def _one(self, line: str, *values: Any) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._connection().execute(line, values).fetchone()
        return row

    def _all(self, line: str, *values: Any) -> list[sqlite3.Row]:
        return self._connection().execute(line, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        db = self._connection()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._own, "db"):
            db = sqlite3.connect(self._file, timeout=30, isolation_level=None)
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            self._own.db = db
        own: sqlite3.Connection = self._own.db
        return own
