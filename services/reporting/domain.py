"""What may be: a late matter is escalated once; a quarter is sealed once, after its cut-off."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Self
from uuid import UUID

from contracts.reporting import Indicator, LateKind, LateMatter, PeriodNotOver
from contracts.values import named_id
from contracts.working_time import Quarter, period
from services.kernel.aggregate import Aggregate

INDICATORS = {
    "I5": ("Tỷ lệ gửi thành công", "Deliveries that arrived"),
    "I7": ("Tỷ lệ từ chối tiếp nhận", "Deliveries refused"),
    "I16": ("Tỷ lệ chuyển xử lý đúng 02 giờ", "Paperless arrivals transferred within 2 hours"),
}
"""Indicators by code, in Vietnamese and English (regulation 7.1, 7.2)."""


def indicator(code: str, numerator: int, denominator: int) -> Indicator:
    """An indicator with its rate: one decimal, halves up; no data where nothing was counted."""
    vi, en = INDICATORS[code]
    rate = {"numerator": numerator, "denominator": denominator}
    return Indicator(code=code, vi=vi, en=en, **rate, percent=_percent(**rate))


def _percent(numerator: int, denominator: int) -> float | None:
    if denominator == 0:
        return None
    exact = Decimal(100 * numerator) / denominator
    return float(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


def matter_id(kind: LateKind, document_id: UUID, due_at: datetime) -> UUID:
    """Identity of a late matter: the same document may be late again at another due instant."""
    return named_id("late", kind, document_id, due_at.astimezone(UTC).isoformat())


def figures_id(agency: str, quarter: Quarter) -> UUID:
    """Identity of the figures of an agency in a quarter."""
    return named_id("figures", agency, quarter)


class Matter(Aggregate, service="reporting"):
    """A late matter that was put before the agency's leaders (việc trễ hạn; R9.3b-4)."""

    kind: LateKind
    document_id: UUID
    agency: str
    due_at: datetime
    escalated_at: datetime

    class Escalated(Aggregate.Created):
        kind: LateKind
        document_id: UUID
        agency: str
        due_at: datetime
        escalated_at: datetime

    @classmethod
    def escalate(cls, late: LateMatter, at: datetime) -> Self:
        """Put a late matter before the leaders."""
        return cls.begin(
            cls.Escalated,
            matter_id(late.kind, late.document_id, late.due_at),
            kind=late.kind,
            document_id=late.document_id,
            agency=late.agency,
            due_at=late.due_at,
            escalated_at=at,
        )


class Figures(Aggregate, service="reporting"):
    """The figures of one agency in one quarter, frozen (số liệu đã chốt; R11.3-1).

    `positions` are the places in the logs of the sources up to which events were counted.
    """

    agency: str
    year: int
    quarter: int
    indicators: list[Indicator]
    sealed_at: datetime
    positions: dict[str, int]

    class Sealed(Aggregate.Created):
        agency: str
        year: int
        quarter: int
        indicators: list[Indicator]
        sealed_at: datetime
        positions: dict[str, int]

    @classmethod
    def seal(
        cls,
        agency: str,
        quarter: Quarter,
        indicators: list[Indicator],
        positions: dict[str, int],
        at: datetime,
    ) -> Self:
        """Freeze the figures; not before the quarter is over (`PeriodNotOver`)."""
        of_data = period(quarter)
        if at < of_data.ends_at:
            ends_on = str(of_data.last_day)
            raise PeriodNotOver(quarter=quarter.number, year=quarter.year, ends_on=ends_on)
        return cls.begin(
            cls.Sealed,
            figures_id(agency, quarter),
            agency=agency,
            year=quarter.year,
            quarter=quarter.number,
            indicators=indicators,
            sealed_at=at,
            positions=positions,
        )
