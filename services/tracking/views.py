"""The lists that clerks and drafters work from, on read tables. Answered instants are +07:00."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import convert

from contracts.errors import Invalid
from contracts.tracking import (
    AlarmEntry,
    DeliveryState,
    HeldStatus,
    LineCounts,
    LineEntry,
    Notice,
)
from services.kernel.view import Tables
from services.tracking.domain.alarming import RULES
from services.tracking.domain.held import SHOWN_AFTER

LINES = """
CREATE TABLE IF NOT EXISTS lines (
    delivery_id uuid PRIMARY KEY, document_id uuid, sender text, recipient text,
    recipient_name text, notation text, subject text, route text, state text,
    clerk text, drafter text, issued_at timestamptz, acknowledged_at timestamptz,
    axis_due_at timestamptz, arrival_due_at timestamptz, answer_due_at timestamptz,
    failed_at timestamptz, reply_until timestamptz, answered_on date,
    reply_due_at timestamptz GENERATED ALWAYS AS
        (CASE WHEN answered_on IS NULL THEN reply_until END) STORED);
COMMENT ON TABLE lines IS 'Dòng nơi nhận: one document at one recipient, shown once it is issued';
CREATE INDEX IF NOT EXISTS lines_1 ON lines (sender, issued_at, delivery_id);
CREATE INDEX IF NOT EXISTS lines_2 ON lines (state, arrival_due_at)
    WHERE state IN ('QUEUED', 'SENT', 'FAILED', 'ARRIVED', 'RECALLING', 'PAPER');
CREATE INDEX IF NOT EXISTS lines_3 ON lines (reply_due_at) WHERE reply_due_at IS NOT NULL
"""
ALARMS = """
CREATE TABLE IF NOT EXISTS alarms (
    delivery_id uuid, kind text, document_id uuid, recipient text, agency text, owner text,
    due_at timestamptz, closed_at timestamptz, told json, PRIMARY KEY (delivery_id, kind));
COMMENT ON TABLE alarms IS 'Cảnh báo: the last alarm of each kind of a line, open until closed_at';
CREATE INDEX IF NOT EXISTS alarms_1 ON alarms (agency, due_at) WHERE closed_at IS NULL
"""
HELD = """
CREATE TABLE IF NOT EXISTS held_statuses (
    status_id uuid PRIMARY KEY, agency text, sender text, about text, code text,
    at timestamptz, reason text, held_at timestamptz, matched_at timestamptz);
COMMENT ON TABLE held_statuses IS 'Trạng thái chưa khớp: statuses of documents nobody knows';
CREATE INDEX IF NOT EXISTS held_1 ON held_statuses (agency, held_at) WHERE matched_at IS NULL
"""
TASKS = """
CREATE TABLE IF NOT EXISTS tasks (
    task_id uuid PRIMARY KEY, agency text, recipient text, content text, due_on date,
    late_on date, reported_on date, cause text, proposal text);
COMMENT ON TABLE tasks IS 'Nhiệm vụ giao: tasks, each late from late_on while not reported before';
CREATE INDEX IF NOT EXISTS tasks_1 ON tasks (agency, due_on)
"""
NOTICES = """
CREATE TABLE IF NOT EXISTS notices (
    source text, position bigint, kind text, place bigserial UNIQUE, agency text, role text,
    person text, document_id uuid, delivery_id uuid, task_id uuid, subject text,
    told text, at timestamptz,
    PRIMARY KEY (source, position, kind));
COMMENT ON TABLE notices IS 'Thông báo: what happened, for a role or a person of an agency';
CREATE INDEX IF NOT EXISTS notices_1 ON notices (agency, place)
"""


def _due(rule: Any, more: str = "") -> str:
    """Where a rule's instant passed, in words of the table."""
    states = ", ".join(f"'{state}'" for state in sorted(rule.states))
    return f"(l.state IN ({states}) AND l.{rule.due} <= %(now)s {more})"


def _unraised(rule: Any) -> str:
    known = f"a.delivery_id = l.delivery_id AND a.kind = '{rule.kind}'"
    same = f"a.closed_at IS NULL OR a.due_at = l.{rule.due}"
    return _due(rule, f"AND NOT EXISTS (SELECT 1 FROM alarms a WHERE {known} AND ({same}))")


LATE = " OR ".join(_due(rule) for rule in RULES)
UNRAISED = " OR ".join(_unraised(rule) for rule in RULES)
FIRST_DUE = "LEAST({})".format(
    ", ".join(f"CASE WHEN {_due(rule)} THEN l.{rule.due} END" for rule in RULES)
)
MINE = "%(person)s IN (l.clerk, l.drafter)"
OF_LINES = (
    *("delivery_id", "document_id", "notation", "subject", "recipient", "recipient_name"),
    *("route", "state", "issued_at", "acknowledged_at", "clerk", "drafter"),
)
SHOWN = "agency = %(agency)s AND matched_at IS NULL AND held_at <= %(shown)s"


class Views:
    """The ready answers. All are of one agency, in an order that new entries do not disturb."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def lines(
        self,
        agency: str,
        now: datetime,
        state: DeliveryState | None,
        late: bool,
        person: str,
        after: UUID | None,
        limit: int,
    ) -> list[LineEntry]:
        """Lines sent out, oldest first; those of a `person` alone, where one is named."""
        wanted = ["l.sender = %(agency)s AND l.issued_at IS NOT NULL"]
        wanted += ["l.state = %(state)s"] if state else []
        wanted += [f"({LATE})"] if late else []
        wanted += [MINE] if person else []
        place = "SELECT issued_at, delivery_id FROM lines WHERE delivery_id = %(after)s"
        wanted += [f"(l.issued_at, l.delivery_id) > ({place})"] if after else []
        columns = ", ".join(f"l.{name}" for name in OF_LINES)
        rows = self._tables.select(
            f"SELECT {columns}, {FIRST_DUE} AS due_at FROM lines l WHERE {' AND '.join(wanted)}"
            " ORDER BY l.issued_at, l.delivery_id LIMIT %(limit)s",
            agency=agency,
            now=now,
            state=state and state.value,
            person=person,
            after=after,
            limit=limit,
        )
        return [convert(row, LineEntry) for row in rows]

    def counts(self, agency: str, now: datetime, person: str) -> LineCounts:
        """How many there are of each."""
        asked = {"agency": agency, "now": now, "person": person, "shown": now - SHOWN_AFTER}
        states = self._tables.select(
            "SELECT l.state, count(*) AS n FROM lines l"
            " WHERE l.sender = %(agency)s AND l.issued_at IS NOT NULL GROUP BY 1",
            **asked,
        )
        (rest,) = self._tables.select(
            "SELECT"
            f" (SELECT count(*) FROM lines l WHERE l.sender = %(agency)s AND ({LATE})) AS late,"
            " count(*) AS alarms, count(*) FILTER (WHERE owner = %(person)s) AS mine,"
            f" (SELECT count(*) FROM held_statuses WHERE {SHOWN}) AS unmatched"
            " FROM alarms WHERE agency = %(agency)s AND closed_at IS NULL",
            **asked,
        )
        by_state = {row["state"]: row["n"] for row in states}
        return convert({"states": by_state} | rest, LineCounts)

    def alarms(self, agency: str, owner: str, after: str, limit: int) -> list[AlarmEntry]:
        """Open alarms by due instant; those of an `owner` alone, where one is named."""
        line, kind = _place(after)
        place = "SELECT due_at, delivery_id, kind FROM alarms WHERE (delivery_id, kind) = "
        wanted = "a.agency = %(agency)s AND a.closed_at IS NULL"
        wanted += " AND a.owner = %(owner)s" if owner else ""
        here = f"({place} (%(line)s, %(kind)s))"
        wanted += f" AND (a.due_at, a.delivery_id, a.kind) > {here}" if line else ""
        rows = self._tables.select(
            "SELECT a.delivery_id, a.document_id, a.recipient, a.told AS alarm,"
            " a.delivery_id || '/' || a.kind AS key, coalesce(l.notation, '') AS notation,"
            " coalesce(l.recipient_name, '') AS recipient_name"
            f" FROM alarms a LEFT JOIN lines l USING (delivery_id) WHERE {wanted}"
            " ORDER BY a.due_at, a.delivery_id, a.kind LIMIT %(limit)s",
            agency=agency,
            owner=owner,
            line=line,
            kind=kind,
            limit=limit,
        )
        return [convert(row, AlarmEntry) for row in rows]

    def held(self, agency: str, now: datetime, after: UUID | None, limit: int) -> list[HeldStatus]:
        """Statuses that were tried for long and whose documents nobody knows, oldest first."""
        place = "SELECT held_at, status_id FROM held_statuses WHERE status_id = %(after)s"
        beyond = f" AND (held_at, status_id) > ({place})" if after else ""
        rows = self._tables.select(
            "SELECT status_id, sender, about, code, at, reason, held_at FROM held_statuses"
            f" WHERE {SHOWN}{beyond} ORDER BY held_at, status_id LIMIT %(limit)s",
            agency=agency,
            shown=now - SHOWN_AFTER,
            after=after,
            limit=limit,
        )
        return [convert(row, HeldStatus) for row in rows]

    def delays(
        self, agency: str, from_on: date, until_on: date, today: date, after: int, limit: int
    ) -> list[dict[str, Any]]:
        """Late tasks that an agency assigned, due in these days, by recipient and day."""
        return self._tables.select(
            "SELECT task_id, recipient, content, due_on, reported_on,"
            " coalesce(cause, '') AS cause, coalesce(proposal, '') AS proposal FROM tasks"
            " WHERE agency = %(agency)s AND due_on BETWEEN %(from_on)s AND %(until_on)s"
            " AND coalesce(reported_on, %(today)s) >= late_on"
            " ORDER BY recipient, due_on, task_id OFFSET %(after)s LIMIT %(limit)s",
            agency=agency,
            from_on=from_on,
            until_on=until_on,
            today=today,
            after=after,
            limit=limit,
        )

    def notices(
        self, agency: str, roles: Sequence[str], person: str, after: int, limit: int
    ) -> list[Notice]:
        """Notices of an agency after a place, for these roles and this person."""
        drafts = "n.kind = 'HANDLING' AND l.drafter = %(person)s"
        rows = self._tables.select(
            "SELECT n.place, n.kind, n.agency, n.document_id, n.delivery_id, n.task_id,"
            " n.told, n.at,"
            " coalesce(l.notation, '') AS notation, coalesce(n.subject, l.subject, '') AS subject"
            " FROM notices n LEFT JOIN lines l USING (delivery_id)"
            " WHERE n.agency = %(agency)s AND n.place > %(after)s"
            f" AND (n.role = ANY(%(roles)s) OR n.person = %(person)s OR ({drafts}))"
            " ORDER BY n.place LIMIT %(limit)s",
            agency=agency,
            roles=list(roles),
            person=person,
            after=after,
            limit=limit,
        )
        return [convert(row, Notice) for row in rows]

    def unraised(self, now: datetime, limit: int) -> list[UUID]:
        """Lines with an alarm that is due and was not raised."""
        rows = self._tables.select(
            f"SELECT l.delivery_id FROM lines l WHERE l.issued_at IS NOT NULL AND ({UNRAISED})"
            " LIMIT %(limit)s",
            now=now,
            limit=limit,
        )
        return [row["delivery_id"] for row in rows]


def _place(after: str) -> tuple[UUID | None, str]:
    """Line and kind of an alarm's key. Refusals: `Invalid`."""
    if not after:
        return None, ""
    line, _, kind = after.partition("/")
    try:
        return UUID(line), kind
    except ValueError:
        raise Invalid(where="after", why="the key of an entry is expected") from None
