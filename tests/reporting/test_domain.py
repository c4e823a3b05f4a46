"""Rates, escalated matters and sealed quarters, in memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from contracts.reporting import LateKind, LateMatter, PeriodNotOver
from contracts.working_time import VIETNAM, Quarter, QuarterUnknown
from services.reporting import domain
from services.reporting.domain import Figures, Matter, indicator, matter_id
from tests.tracking.stored import read_again, recorded_topics, sampled_topics
from tests.tracking.told import MONDAY

SAMPLES = Path(__file__).parent / "stored_events"
DOCUMENT = UUID(int=1)
AFTER_FIRST_QUARTER = datetime(2026, 3, 15, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [(14, 15, 93.3), (1, 14, 7.1), (3, 4, 75.0), (1, 16, 6.3), (0, 3, 0.0), (0, 0, None)],
)
def test_a_rate_has_one_decimal_halves_up_and_no_data_is_not_zero(
    numerator: int, denominator: int, percent: float | None
) -> None:
    told = indicator("I5", numerator, denominator)
    assert (told.numerator, told.denominator, told.percent) == (numerator, denominator, percent)


def test_indicators_are_named_in_both_languages() -> None:
    assert (indicator("I7", 1, 2).vi, indicator("I7", 1, 2).en) == (
        "Tỷ lệ từ chối tiếp nhận",
        "Deliveries refused",
    )


def test_a_quarter_is_sealed_from_the_cut_off_on_and_not_before() -> None:
    quarter = Quarter(2026, 1)
    with pytest.raises(PeriodNotOver) as refused:
        Figures.seal("H47.05", quarter, [], {}, AFTER_FIRST_QUARTER - timedelta(microseconds=1))
    assert refused.value.data == {"quarter": 1, "year": 2026, "ends_on": "2026-03-14"}
    rates = [indicator("I5", 14, 15)]
    sealed = Figures.seal("H47.05", quarter, rates, {"tracking": 9}, AFTER_FIRST_QUARTER)
    assert (sealed.indicators, sealed.positions) == (rates, {"tracking": 9})


def test_there_is_no_fifth_quarter() -> None:
    with pytest.raises(QuarterUnknown):
        Quarter(2026, 5)


def test_a_late_matter_is_named_by_its_kind_document_and_due_instant() -> None:
    late = LateMatter(
        kind=LateKind.REPLY, document_id=DOCUMENT, agency="H47.05", subject="…", due_at=MONDAY
    )
    matter = Matter.escalate(late, MONDAY + timedelta(hours=1))
    assert matter.id == matter_id(LateKind.REPLY, DOCUMENT, MONDAY.astimezone(UTC))
    assert matter.id != matter_id(LateKind.REPLY, DOCUMENT, MONDAY + timedelta(days=1))
    assert matter.id != matter_id(LateKind.HANDLING, DOCUMENT, MONDAY)
    assert matter.escalated_at == MONDAY + timedelta(hours=1)


def test_every_recorded_event_has_a_stored_sample() -> None:
    assert sampled_topics(SAMPLES) == recorded_topics(domain)


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_stored_events_are_still_read_whole(sample: Path) -> None:
    state, kept = read_again(sample)
    assert kept == state
