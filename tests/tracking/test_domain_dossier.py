"""A dossier: due dates of the law, ordinals without gaps, how long it may be kept back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from contracts.tracking import (
    DocumentAlreadyCollected,
    DossierEmpty,
    DossierKind,
    DossierNotClosed,
    DossierNotOpen,
    DossierState,
    EndTooEarly,
    KeptBackTooLong,
)
from contracts.working_time import Calendar
from services.tracking.domain import Dossier
from tests.tracking.told import SENDER

CALENDAR = Calendar.of()


def opened(kind: DossierKind = DossierKind.ORDINARY, years: int | None = None) -> Dossier:
    """A dossier with one document in it."""
    facts: dict[str, Any] = {
        "agency": SENDER,
        "code": f"{SENDER}.2024.01.TCCB",
        "year": 2024,
        "title": "Hồ sơ tuyển dụng năm 2024",
        "kind": kind,
        "retention_years": years,
        "opened_on": date(2024, 1, 2),
        "creator": "an",
    }
    dossier = Dossier.begin(Dossier.Opened, UUID(int=7), **facts)
    dossier.collect(UUID(int=1), date(2024, 1, 3))
    return dossier


@pytest.mark.rule("N30-28..31")
@pytest.mark.parametrize(
    ("kind", "ended_on", "due_on"),
    [
        (DossierKind.ORDINARY, date(2024, 5, 10), date(2025, 5, 12)),
        (DossierKind.ORDINARY, date(2024, 2, 29), date(2025, 2, 28)),
        (DossierKind.CONSTRUCTION, date(2024, 11, 30), date(2025, 2, 28)),
    ],
)
def test_a_closed_dossier_is_due_after_a_year_a_construction_after_three_months(
    kind: DossierKind, ended_on: date, due_on: date
) -> None:
    dossier = opened(kind)
    dossier.close(ended_on, CALENDAR)
    assert (dossier.view().state, dossier.view().due_on) == (DossierState.CLOSED, due_on)


@pytest.mark.rule("N30-28..31")
@pytest.mark.parametrize(("years", "goes"), [(4, False), (5, True), (None, True)])
def test_what_is_kept_for_less_than_five_years_need_not_be_handed_over(
    years: int | None, goes: bool
) -> None:
    dossier = opened(years=years)
    dossier.close(date(2024, 5, 10), CALENDAR)
    assert (dossier.due_on is not None) is goes
    if not goes:
        dossier.announce()
        assert dossier.state is DossierState.CLOSED
        with pytest.raises(DossierNotClosed):
            dossier.keep_back(date(2026, 5, 10), "Công văn 5/SNV")


@pytest.mark.rule("N30-28..31")
def test_a_dossier_is_kept_back_two_years_at_most() -> None:
    dossier = opened()
    with pytest.raises(DossierNotClosed):
        dossier.keep_back(date(2025, 5, 12), "Công văn 5/SNV")
    dossier.close(date(2024, 5, 10), CALENDAR)
    with pytest.raises(KeptBackTooLong):
        dossier.keep_back(date(2027, 5, 13), "Công văn 5/SNV")
    dossier.keep_back(date(2027, 5, 12), "Công văn 5/SNV")
    assert dossier.view().state is DossierState.KEPT_BACK
    assert dossier.view().kept_until_on == date(2027, 5, 12)
    with pytest.raises(DossierNotClosed):
        dossier.keep_back(date(2027, 5, 12), "Công văn 6/SNV")


def test_ordinals_have_no_gap_and_the_total_is_that_of_the_contents() -> None:
    dossier = opened()
    assert [dossier.collect(UUID(int=n), date(2024, 1, 4)) for n in (5, 3, 9)] == [2, 3, 4]
    with pytest.raises(DocumentAlreadyCollected):
        dossier.collect(UUID(int=3), date(2024, 1, 4))
    view = dossier.view()
    assert [paper.ordinal for paper in view.documents] == [1, 2, 3, 4]
    assert view.total == 4


def test_a_dossier_is_closed_once_with_something_in_it_and_not_before_it_was_opened() -> None:
    dossier = opened()
    with pytest.raises(EndTooEarly):
        dossier.close(date(2024, 1, 1), CALENDAR)
    dossier.close(date(2024, 5, 10), CALENDAR)
    with pytest.raises(DossierNotOpen):
        dossier.close(date(2024, 5, 10), CALENDAR)
    with pytest.raises(DossierNotOpen):
        dossier.collect(UUID(int=5), date(2024, 5, 11))
    empty = opened()
    empty.documents = []
    with pytest.raises(DossierEmpty):
        empty.close(date(2024, 5, 10), CALENDAR)
