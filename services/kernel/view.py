"""Read tables (bảng tra cứu): rows and the reading place in one transaction, on psycopg2.

A view is rebuilt by dropping its tables. Rows of a page are folded per key first, then written by
one statement a table and set of columns.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol
from uuid import UUID

import psycopg2
import psycopg2.extras
from psycopg2 import sql

from contracts.envelope import Envelope, Page, Parked
from contracts.errors import NotFound, Unavailable
from services.kernel.events import Read
from services.kernel.follower import PlaceMoved

_LOG = logging.getLogger(__name__)
psycopg2.extras.register_uuid()  # type: ignore[no-untyped-call]

MOST_CONNECTIONS = 8

PLACES = """
CREATE TABLE IF NOT EXISTS place (source text PRIMARY KEY, position bigint NOT NULL);
CREATE TABLE IF NOT EXISTS parked (
    source text, position bigint, aggregate_id uuid NOT NULL, reason text NOT NULL,
    since timestamptz NOT NULL DEFAULT now(), asked boolean NOT NULL DEFAULT false,
    PRIMARY KEY (source, position));
"""

UNFIT = (psycopg2.DataError, psycopg2.IntegrityError)
"""What the database says of rows it cannot hold."""
OFFSET = "-c timezone=<+07>-07"  # instants come back as they are shown, at +07:00 (R10.3-1)
PARK = "INSERT INTO parked (source, position, aggregate_id, reason) VALUES (%s, %s, %s, %s)"


class Rows:
    """Rows to write, folded per key. Values of `first` are kept once they are set."""

    def __init__(self) -> None:
        self._rows: dict[tuple[Any, ...], tuple[dict[str, Any], dict[str, Any]]] = {}

    def put(
        self, table: str, key: dict[str, Any], first: dict[str, Any] | None = None, **values: Any
    ) -> None:
        """Set columns of the row with this key, whether or not it exists yet."""
        place = (table, tuple(key.items()))
        always, once = self._rows.setdefault(place, ({}, {}))
        always.update(values)
        for column, value in (first or {}).items():
            if once.get(column) is None:
                once[column] = value

    def merge(self, other: Rows) -> None:
        """Take over the rows of one event, after it went well."""
        for (table, key), (always, once) in other._rows.items():
            self.put(table, dict(key), once, **always)

    def write(self, cursor: Any) -> None:
        """Write all, one statement for rows of the same shape."""
        shapes: dict[tuple[Any, ...], list[tuple[Any, ...]]] = defaultdict(list)
        for (table, key), (always, once) in self._rows.items():
            shape = (table, tuple(name for name, _ in key), tuple(always), tuple(once))
            values = (*(value for _, value in key), *always.values(), *once.values())
            shapes[shape].append(values)
        try:
            for shape, rows in shapes.items():
                psycopg2.extras.execute_values(cursor, _upsert(*shape), rows, page_size=1000)
        except ValueError as error:  # text with NUL is refused before it reaches the database
            raise psycopg2.DataError(str(error)) from error


def _upsert(
    table: str, keys: Sequence[str], always: Sequence[str], once: Sequence[str]
) -> sql.Composed:
    name = sql.Identifier
    newer = [sql.SQL("{0} = EXCLUDED.{0}").format(name(column)) for column in always]
    older = [
        sql.SQL("{0} = COALESCE({1}.{0}, EXCLUDED.{0})").format(name(column), name(table))
        for column in once
    ]
    sets = sql.SQL(", ").join(newer + older)
    act = sql.SQL("UPDATE SET {}").format(sets) if newer + older else sql.SQL("NOTHING")
    return sql.SQL("INSERT INTO {} ({}) VALUES %s ON CONFLICT ({}) DO {}").format(
        name(table),
        sql.SQL(", ").join(map(name, (*keys, *always, *once))),
        sql.SQL(", ").join(map(name, keys)),
        act,
    )


class View(Protocol):
    """A question with a ready answer: its table, and how events become its rows."""

    table: str
    ddl: str

    def project(self, envelope: Envelope, rows: Rows) -> None:
        """Put the rows that one event changes; do nothing for an event of no concern."""


class Tables:
    """A schema of read tables; connections are shared by the threads of the process, at most 8."""

    def __init__(self, database_url: str, views: Iterable[View]) -> None:
        self._url = database_url
        self._free: deque[Any] = deque()
        self._room = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self.views = list(views)

    def create(self) -> None:
        """Make the tables that are not there yet; safe from several processes at once."""
        with self.transaction() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tables'))")
            cursor.execute(PLACES)
            for view in self.views:
                cursor.execute(view.ddl)

    def missing(self) -> bool:
        """Whether a table is not there."""
        asked = "SELECT count(*) AS n FROM unnest(%(all)s) AS it WHERE to_regclass(it) IS NULL"
        return bool(self.select(asked, all=self._names())[0]["n"])

    def _names(self) -> list[str]:
        return ["place", "parked", *(view.table for view in self.views)]

    def drop(self) -> None:
        """Forget everything; the follower reads history again from position 0."""
        with self.transaction() as cursor:
            for table in self._names():
                cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(table)))

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """A cursor in one transaction. `Unavailable` when the database is away."""
        try:
            with self._room, self._connection() as connection, connection.cursor() as cursor:
                yield cursor
        except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
            self.close()
            raise Unavailable(why=f"the read tables are away ({type(error).__name__})") from error

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        """A connection nobody else uses, in a transaction; kept for the next if it still works."""
        try:
            connection = self._free.pop()
        except IndexError:
            connection = psycopg2.connect(self._url, connect_timeout=5, options=OFFSET)
        try:
            with connection:
                yield connection
        finally:
            if not connection.closed:
                self._free.append(connection)

    def select(self, query: str, **values: Any) -> list[dict[str, Any]]:
        """Rows of a query with named parameters `%(name)s`."""
        with self.transaction() as cursor:
            cursor.execute(query, values)
            names = [column.name for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def close(self) -> None:
        """End the connections that nobody uses now."""
        while self._free:
            self._free.pop().close()


class ViewLog:
    """The log of a follower that keeps read tables."""

    transient: tuple[type[Exception], ...] = (psycopg2.Error,)

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def place(self, source: str) -> int:
        if self._tables.missing():
            self._tables.create()
        insert = "INSERT INTO place VALUES (%s, 0) ON CONFLICT DO NOTHING"
        with self._tables.transaction() as cursor:
            cursor.execute(insert, (source,))
            cursor.execute("SELECT position FROM place WHERE source = %s", (source,))
            return int(cursor.fetchone()[0])

    def parked(self, source: str) -> int:
        count = "SELECT count(*) AS n FROM parked WHERE source = %(source)s"
        return int(self._tables.select(count, source=source)[0]["n"])

    def take(self, source: str, place: int, page: Page) -> None:
        """A page in one transaction. Rows the database cannot hold park a page of one event."""
        try:
            self._take(source, place, page, page.events)
        except UNFIT as defect:
            if len(page.events) > 1:
                raise
            self._take(source, place, page, [], {page.events[0].position: str(defect)})

    def _take(
        self,
        source: str,
        place: int,
        page: Page,
        events: list[Envelope],
        refused: dict[int, str] | None = None,
    ) -> None:
        with self._tables.transaction() as cursor:
            move = "UPDATE place SET position = %s WHERE source = %s AND position = %s"
            cursor.execute(move, (page.upto, source, place))
            if cursor.rowcount != 1:
                raise PlaceMoved(source)
            cursor.execute("SELECT aggregate_id FROM parked WHERE source = %s", (source,))
            waiting = {row[0] for row in cursor.fetchall()}
            rows, reasons = self._fold(events, waiting)
            rows.write(cursor)
            by_position = {event.position: event for event in page.events}
            for position, reason in (reasons | (refused or {})).items():
                event = by_position[position]
                cursor.execute(PARK, (source, position, event.aggregate_id, reason))

    def _fold(self, events: list[Envelope], waiting: set[UUID]) -> tuple[Rows, dict[int, str]]:
        rows, reasons = Rows(), {}
        for envelope in events:
            if envelope.aggregate_id in waiting:
                reasons[envelope.position] = "an earlier event of it is parked"
                continue
            try:
                of_it = Rows()
                for view in self._tables.views:
                    view.project(envelope, of_it)
                rows.merge(of_it)
            except Exception as defect:
                _LOG.exception("event %s of %s parked", envelope.position, envelope.source)
                reasons[envelope.position] = f"{type(defect).__name__}: {defect}"
                waiting.add(envelope.aggregate_id)
        return rows, reasons

    def unpark(self, source: str, read: Read) -> None:
        if not self._tables.select("SELECT 1 FROM place WHERE source = %(it)s", it=source):
            raise PlaceMoved(source)
        which = "SELECT DISTINCT aggregate_id FROM parked WHERE source = %(source)s AND asked"
        for row in self._tables.select(which, source=source):
            self._read_again(source, row["aggregate_id"], read)

    def _read_again(self, source: str, aggregate_id: UUID, read: Read) -> None:
        with self._tables.transaction() as cursor:
            positions = self._positions(cursor, source, aggregate_id)
        events = [event for at in positions for event in read(at - 1, 1).events]
        rows, reasons = self._fold(events, set())
        try:
            if not reasons:
                self._digest(source, aggregate_id, positions, rows)
                return
        except UNFIT:
            _LOG.exception("rows of %s from %s", aggregate_id, source)
        with self._tables.transaction() as cursor:
            mark = "UPDATE parked SET asked = false WHERE source = %s AND aggregate_id = %s"
            cursor.execute(mark, (source, aggregate_id))

    def _digest(self, source: str, aggregate_id: UUID, positions: list[int], rows: Rows) -> None:
        """Write the rows of parked events and forget these; no page is taken meanwhile."""
        with self._tables.transaction() as cursor:
            cursor.execute("SELECT 1 FROM place WHERE source = %s FOR UPDATE", (source,))
            if self._positions(cursor, source, aggregate_id) != positions:
                raise PlaceMoved(source)
            rows.write(cursor)
            forget = "DELETE FROM parked WHERE source = %s AND aggregate_id = %s"
            cursor.execute(forget, (source, aggregate_id))

    def _positions(self, cursor: Any, source: str, aggregate_id: UUID) -> list[int]:
        which = "SELECT position FROM parked WHERE source = %s AND aggregate_id = %s ORDER BY 1"
        cursor.execute(which, (source, aggregate_id))
        return [row[0] for row in cursor.fetchall()]


def parked_rows(tables: Tables) -> list[Parked]:
    """Events now parked, by source and position."""
    found = tables.select(
        "SELECT source, position, aggregate_id, reason, since FROM parked ORDER BY source, position"
    )
    return [Parked(**row) for row in found]


def ask_unpark_rows(tables: Tables, source: str, aggregate_id: UUID) -> None:
    """Ask the follower to read the parked events of one aggregate again."""
    with tables.transaction() as cursor:
        mark = "UPDATE parked SET asked = true WHERE source = %s AND aggregate_id = %s"
        cursor.execute(mark, (source, aggregate_id))
        if cursor.rowcount == 0:
            raise NotFound(what="parked event", id=str(aggregate_id))
