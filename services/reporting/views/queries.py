"""The queries over the read tables. Answered instants are +07:00."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from contracts.errors import Invalid
from contracts.reporting import (
    IncomingRegisterLine,
    Indicator,
    LateKind,
    LateMatter,
    OutgoingRegisterLine,
)
from contracts.working_time import day_of, in_vietnam
from services.kernel.view import Tables
from services.reporting.domain import indicator

EARLIEST = datetime(1, 1, 2, tzinfo=UTC)

LATE = """
WITH matter AS (
    SELECT kind, document_id, agency, subject, due_at
    FROM arrivals, LATERAL (VALUES
        ('ANSWER', answer_due_at, entered_at, least(registered_at, refused_at)),
        ('TRANSFER', transfer_due_at, registered_at, transferred_at),
        ('HANDLING', handling_due_at, directed_at, closed_at)
    ) AS stage (kind, due_at, known_at, done_at)
    WHERE due_at < %(at)s AND known_at <= %(at)s
        AND (done_at IS NULL OR done_at > %(at)s) AND (closed_at IS NULL OR closed_at > %(at)s)
    UNION ALL
    SELECT 'REPLY', document_id, sender, r.subject, reply_due_at
    FROM deliveries LEFT JOIN outgoing_register r USING (document_id)
    WHERE reply_due_at < %(at)s AND issued_at <= %(at)s
        AND (answered_on IS NULL OR answered_on > %(day)s)
        AND (refused_at IS NULL OR refused_at > %(at)s)
), late AS (
    SELECT DISTINCT ON (document_id) kind, document_id, matter.agency,
        coalesce(subject, '') AS subject, due_at, escalated_at
    FROM matter LEFT JOIN escalations USING (kind, document_id, due_at)
    WHERE matter.agency = %(agency)s OR %(agency)s IS NULL
    ORDER BY document_id, due_at, kind
)
"""
"""What is late at an instant: of each document the stage that is due first and not done by then."""

FIGURES = """
SELECT * FROM
    (SELECT count(*) AS sent,
        count(*) FILTER (WHERE acknowledged_at < %(until_at)s) AS arrived,
        count(*) FILTER (WHERE acknowledged_at < %(until_at)s AND refused_at < %(until_at)s)
            AS refused
    FROM deliveries
    WHERE sender = %(agency)s AND issued_at >= %(from_at)s AND issued_at < %(until_at)s) d,
    (SELECT count(*) AS due,
        count(*) FILTER (WHERE transferred_at <= transfer_due_at) AS in_time
    FROM arrivals
    WHERE agency = %(agency)s AND paperless
        AND counted_at >= %(from_at)s AND counted_at < %(until_at)s) a,
    (SELECT coalesce(json_object_agg(source, position), '{}') AS positions FROM place) p
"""
"""Counts of a period by what was known at its end, and the places they were counted at: one
statement, so one instant of the tables."""


class PeriodFigures(NamedTuple):
    """Indicators, and the places in the sources' logs at which they were counted."""

    indicators: list[Indicator]
    positions: dict[str, int]


class Views:
    """The ready answers. All are of one agency."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def incoming_register(
        self, agency: str, year: int, after: int, limit: int
    ) -> list[IncomingRegisterLine]:
        """Lines of a year by number, after a number."""
        rows = self._tables.select(
            "SELECT arrived_on, number, author, notation, issued_on,"
            " concat_ws(': ', kind, subject) AS kind_and_subject,"
            " coalesce(received_by_unit, '') AS received_by_unit, transferred_on,"
            " coalesce(acknowledged, '') AS acknowledged,"
            " concat_ws('; ', reply_notation, nullif(note, '')) AS remarks, document_id"
            " FROM incoming_register"
            " WHERE agency = %(agency)s AND year = %(year)s AND number > %(after)s"
            " ORDER BY number LIMIT %(limit)s",
            agency=agency,
            year=year,
            after=after,
            limit=limit,
        )
        return [IncomingRegisterLine(**row) for row in rows]

    def outgoing_register(
        self, agency: str, year: int, after: int, limit: int
    ) -> list[OutgoingRegisterLine]:
        """Lines of a year by number, after a number; with what the recipients answered."""
        rows = self._tables.select(
            "SELECT notation, issued_on, concat_ws(': ', kind, subject) AS kind_and_subject,"
            " signer, recipients, coalesce(kept_by, '') AS kept_by, copies, passed_on,"
            " coalesce(line.acknowledged, '') AS acknowledged,"
            " coalesce(line.refusals, '') AS remarks, number, document_id"
            " FROM outgoing_register AS register, LATERAL ("
            "  SELECT nullif(concat_ws('/', count(acknowledged_at), count(*)), '0/0')"
            "   AS acknowledged,"
            "  string_agg(concat_ws(': ', recipient_name, refusal), '; ' ORDER BY recipient)"
            "   FILTER (WHERE refused_at IS NOT NULL) AS refusals"
            "  FROM deliveries WHERE document_id = register.document_id"
            " ) AS line"
            " WHERE agency = %(agency)s AND year = %(year)s AND number > %(after)s"
            " ORDER BY number LIMIT %(limit)s",
            agency=agency,
            year=year,
            after=after,
            limit=limit,
        )
        return [OutgoingRegisterLine(**row) for row in rows]

    def late_matters(
        self, agency: str, at: datetime, after: str, limit: int, only_new: bool = False
    ) -> list[LateMatter]:
        """What is late at an instant by due instant, after a document; or only what is not yet
        escalated. A document stands in the list once."""
        rows = self._tables.select(
            f"{LATE} SELECT * FROM late WHERE (due_at, document_id) > (%(due_at)s, %(after)s)"
            " AND (escalated_at IS NULL OR NOT %(only_new)s)"
            " ORDER BY due_at, document_id LIMIT %(limit)s",
            agency=agency,
            at=at,
            day=day_of(at),
            limit=limit,
            only_new=only_new,
            **self._place_of(agency, at, after),
        )
        return [_late_matter(**row) for row in rows]

    def _place_of(self, agency: str, at: datetime, after: str) -> dict[str, Any]:
        """Where in the list a document stands; the beginning, if none is named."""
        if not after:
            return {"due_at": EARLIEST, "after": UUID(int=0)}
        found = self._tables.select(
            f"{LATE} SELECT due_at, document_id AS after FROM late WHERE document_id = %(it)s",
            agency=agency,
            at=at,
            day=day_of(at),
            it=_document_id(after),
        )
        if not found:
            raise Invalid(where="after", why="the document is not on the list at this instant")
        return found[0]

    def agencies_with_late_matters(self, at: datetime) -> list[str]:
        """Codes of agencies with late matters that are not yet escalated."""
        rows = self._tables.select(
            f"{LATE} SELECT DISTINCT agency FROM late WHERE escalated_at IS NULL ORDER BY agency",
            agency=None,
            at=at,
            day=day_of(at),
        )
        return [row["agency"] for row in rows]

    def figures(self, agency: str, from_at: datetime, until_at: datetime) -> PeriodFigures:
        """Figures of a period `[from_at, until_at)` by what was known at its end.

        A delivery belongs to the period of its issue. A paperless arrival belongs to the period in
        which its transfer was due; to that of its registration, if this came later.
        """
        asked = {"agency": agency, "from_at": from_at, "until_at": until_at}
        (row,) = self._tables.select(FIGURES, **asked)
        indicators = [
            indicator("I5", row["arrived"], row["sent"]),
            indicator("I7", row["refused"], row["arrived"]),
            indicator("I16", row["in_time"], row["due"]),
        ]
        return PeriodFigures(indicators, row["positions"])


def _late_matter(
    kind: str, due_at: datetime, escalated_at: datetime | None, **rest: Any
) -> LateMatter:
    escalated = in_vietnam(escalated_at) if escalated_at else None
    due = in_vietnam(due_at)
    return LateMatter(kind=LateKind[kind], due_at=due, escalated_at=escalated, **rest)


def _document_id(after: str) -> UUID:
    try:
        return UUID(after)
    except ValueError:
        raise Invalid(where="after", why="a document id is expected") from None
