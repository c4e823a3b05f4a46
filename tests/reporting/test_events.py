"""What reporting tells aloud is what it recorded."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from contracts.reporting import LateKind, LateMatter, MatterEscalated, PeriodSealed
from contracts.working_time import VIETNAM, Quarter
from services.reporting.domain import Figures, Matter, indicator
from services.reporting.events import publish
from tests.tracking.told import MONDAY, SENDER


def test_an_escalated_matter_is_told() -> None:
    late = LateMatter(
        kind=LateKind.TRANSFER, document_id=UUID(int=1), agency=SENDER, subject="…", due_at=MONDAY
    )
    (recorded,) = Matter.escalate(late, MONDAY).collect_events()
    assert publish(recorded) == MatterEscalated(
        kind=LateKind.TRANSFER,
        document_id=UUID(int=1),
        agency=SENDER,
        due_at=MONDAY,
        escalated_at=MONDAY,
    )


def test_a_sealed_period_is_told_with_its_figures_and_places() -> None:
    at = datetime(2026, 3, 16, 8, tzinfo=VIETNAM)
    rates = [indicator("I16", 3, 4)]
    (recorded,) = Figures.seal(SENDER, Quarter(2026, 1), rates, {"intake": 3}, at).collect_events()
    assert publish(recorded) == PeriodSealed(
        agency=SENDER,
        year=2026,
        quarter=1,
        indicators=rates,
        sealed_at=at,
        positions={"intake": 3},
    )
