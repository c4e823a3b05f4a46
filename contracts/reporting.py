"""Reporting (báo cáo): registers, late matters and indicators, built from events alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta, Struct

from contracts.envelope import Follows, PublicEvent, Told
from contracts.errors import Refused
from contracts.values import AgencyCode, Coded, Limit, Position

Instant = Annotated[datetime, Meta(tz=True)]
"""A moment with its offset."""

Year = Annotated[int, Meta(ge=1900, le=9998)]
"""A year of a register or of reports."""

QuarterNumber = Annotated[int, Meta(ge=1, le=4)]
"""A quarter of a reporting year (quý)."""


class LateKind(Coded):
    """What is late (việc trễ hạn)."""

    ANSWER = "ANSWER", "Chưa tiếp nhận hoặc từ chối", "Neither accepted nor refused"
    TRANSFER = "TRANSFER", "Chưa chuyển xử lý", "Not transferred"
    HANDLING = "HANDLING", "Chưa giải quyết xong", "Not completed"
    REPLY = "REPLY", "Chưa trả lời", "Not replied"


class IncomingRegisterLine(Struct, frozen=True, kw_only=True):
    """A line of the incoming register (sổ đăng ký văn bản đến): its ten columns, N30-16."""

    arrived_on: date
    number: int
    author: str
    notation: str
    issued_on: date
    kind_and_subject: str
    received_by_unit: str
    transferred_on: date | None
    acknowledged: str
    remarks: str
    document_id: UUID


class OutgoingRegisterLine(Struct, frozen=True, kw_only=True):
    """A line of the outgoing register (sổ đăng ký văn bản đi): its ten columns, N30-16."""

    notation: str
    issued_on: date
    kind_and_subject: str
    signer: str
    recipients: str
    kept_by: str
    copies: int
    passed_on: date | None
    acknowledged: str
    remarks: str
    number: int
    document_id: UUID


class LateMatter(Struct, frozen=True, kw_only=True):
    """Something due and not done at the instant asked about."""

    kind: LateKind
    document_id: UUID
    agency: AgencyCode
    subject: str
    due_at: datetime
    escalated_at: datetime | None = None


class Indicator(Struct, frozen=True, kw_only=True):
    """An indicator (chỉ tiêu) of one agency in one period.

    `percent` has one decimal; it is nothing where the denominator is zero.
    """

    code: str
    vi: str
    en: str
    numerator: int
    denominator: int
    percent: float | None


class MatterEscalated(PublicEvent, frozen=True, kw_only=True):
    """A late matter was put before the agency's leaders (báo cáo việc trễ hạn, R9.3b-4)."""

    kind: LateKind
    document_id: UUID
    agency: AgencyCode
    due_at: datetime
    escalated_at: datetime


class PeriodSealed(PublicEvent, frozen=True, kw_only=True):
    """The figures of a quarter were frozen (chốt số liệu, R11.3-1)."""

    agency: AgencyCode
    year: int
    quarter: int
    indicators: list[Indicator]
    sealed_at: datetime
    positions: dict[str, Position]


class PeriodNotOver(Refused):
    """A quarter is sealed after its cut-off."""

    vi = "Quý {quarter}/{year} chốt số liệu sau ngày {ends_on}. Hãy chờ đến khi đó."
    en = "Quarter {quarter}/{year} is cut off after {ends_on}. Wait until then."


class PeriodAlreadySealed(Refused):
    """The figures of the quarter are frozen; a restatement is another event."""

    vi = "Quý {quarter}/{year} đã chốt số liệu. Hãy xem số đã chốt."
    en = "Quarter {quarter}/{year} is sealed already. See the sealed figures."


class Reporting(Told, Follows, Protocol):
    """What may be asked of reporting. People see their own agency; auditors see all."""

    def list_incoming_register(
        self, *, agency: AgencyCode, year: Year, after: Position = 0, limit: Limit = 100
    ) -> list[IncomingRegisterLine]:
        """The incoming register of a year by number, after a number.

        Refusals: `Denied`, `Invalid`. Rules: N30-16.
        """

    def list_outgoing_register(
        self, *, agency: AgencyCode, year: Year, after: Position = 0, limit: Limit = 100
    ) -> list[OutgoingRegisterLine]:
        """The outgoing register of a year by number, after a number.

        Refusals: `Denied`, `Invalid`. Rules: N30-16.
        """

    def list_late_matters(
        self,
        *,
        agency: AgencyCode,
        at: Instant | None = None,
        after: str = "",
        limit: Limit = 100,
    ) -> list[LateMatter]:
        """What is due and not done at an instant (now, if none), by due instant, after a document.

        An instant ahead tells what will be late if nothing more happens. A document stands here
        once, with the stage that was due first. Pages of one list name the same `at`.
        Refusals: `Denied`, `Invalid`. Rules: R5.2b-2, R8.1b-2, R9.2d.
        """

    def list_indicators(
        self, *, agency: AgencyCode, from_at: Instant, until_at: Instant
    ) -> list[Indicator]:
        """Indicators I5, I7 and I16 of an agency in a period `[from_at, until_at)`.

        They count what was known at the end of the period, so they stay what they were.
        Refusals: `Denied`, `Invalid`.
        """

    def escalate_late_matters(self, *, agency: AgencyCode) -> int:
        """Escalate what is late now and was not escalated before; answers how many (up to 1000).

        For clerks and leaders; the service does it by itself too. Refusals: `Denied`.
        """

    def seal_period(
        self, *, agency: AgencyCode, year: Year, quarter: QuarterNumber
    ) -> list[Indicator]:
        """Freeze the figures of a quarter after its cut-off. For leaders.

        Refusals: `PeriodNotOver`, `PeriodAlreadySealed`, `Denied`, `Invalid`. Rules: R11.3-1.
        """

    def list_sealed_indicators(
        self, *, agency: AgencyCode, year: Year, quarter: QuarterNumber
    ) -> list[Indicator]:
        """The frozen figures of a quarter. Refusals: `NotFound`, `Denied`, `Invalid`."""
