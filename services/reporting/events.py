"""What reporting tells aloud."""

from __future__ import annotations

from functools import singledispatch

from contracts.envelope import PublicEvent
from contracts.reporting import MatterEscalated, PeriodSealed
from services.reporting.domain import Figures, Matter


@singledispatch
def publish(recorded: object) -> PublicEvent | None:
    """The public event of a recorded one, if it is told aloud."""
    return None


@publish.register
def _(recorded: Matter.Escalated) -> PublicEvent:
    return MatterEscalated(
        kind=recorded.kind,
        document_id=recorded.document_id,
        agency=recorded.agency,
        due_at=recorded.due_at,
        escalated_at=recorded.escalated_at,
    )


@publish.register
def _(recorded: Figures.Sealed) -> PublicEvent:
    return PeriodSealed(
        agency=recorded.agency,
        year=recorded.year,
        quarter=recorded.quarter,
        indicators=recorded.indicators,
        sealed_at=recorded.sealed_at,
        positions=recorded.positions,
    )
