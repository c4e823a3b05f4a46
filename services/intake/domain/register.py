"""The incoming register (sổ đăng ký văn bản đến): its number series and its lines."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self
from uuid import UUID

from msgspec import Struct

from contracts.values import LegalValue, Number, Urgency, named_id
from contracts.working_time import URGENT_WITHIN, Calendar, Deadline, day_of, transfer_due

BOOK = "incoming"
"""The book in which arrivals are entered, unless the clerk names another."""


def series_id(agency: str, year: int, book: str = BOOK) -> UUID:
    """The number series of a book of an agency's arrivals in a year, 1..n (số đến; R8.2a-1)."""
    return named_id("series", agency, book, year)


class RegisterLine(Struct, frozen=True, kw_only=True):
    """What registration adds to a document (regulation 2.2, 2.5).

    `arrived_on` is the day of effective receipt, which also says whose year's series numbers it.
    `transfer_due_at` was computed by `rule` of the calendar version `calendar`.
    """

    number: Number
    arrived_on: date
    legal_value: LegalValue
    paperless: bool
    transfer_due_at: datetime
    rule: str
    calendar: str

    @classmethod
    def of(
        cls,
        agency: str,
        number: int,
        effective_at: datetime,
        legal_value: LegalValue,
        due: Deadline,
        book: str = BOOK,
    ) -> Self:
        """The line of one document."""
        day = day_of(effective_at)
        return cls(
            number=Number(number=number, agency=agency, book=book, year=day.year),
            arrived_on=day,
            legal_value=legal_value,
            paperless=is_paperless(legal_value),
            transfer_due_at=due.due_at,
            rule=due.rule,
            calendar=due.calendar,
        )


def is_paperless(legal_value: LegalValue) -> bool:
    """What has the value of a paper original replaces it, so no paper follows (Q28-4)."""
    return legal_value is LegalValue.ORIGINAL


def transfer_deadline(
    calendar: Calendar, entered_at: datetime, urgency: Urgency, legal_value: LegalValue
) -> Deadline:
    """Paperless: two working hours (R5.2b-2). Else the next working day (N30-23). Urgent: at once,
    around the clock (C7)."""
    return transfer_due(
        calendar,
        entered_at,
        paperless=is_paperless(legal_value),
        urgent_within=URGENT_WITHIN.get(urgency),
    )
