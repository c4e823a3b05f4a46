"""A dossier: due dates of the law, ordinals without gaps, how long it may be kept back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from contracts.tracking import (
    DocumentAlreadyCollected,
    DocumentNotCollected,
    DossierActTooEarly,
    DossierEmpty,
    DossierFrozen,
    DossierKind,
    DossierNotClosed,
    DossierNotOpen,
    DossierNotPacked,
    EndTooEarly,
    KeptBackTooLong,
    PackageUnlike,
)
from contracts.tracking import DossierState as State
from contracts.values import FileRef
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
    assert (dossier.view().state, dossier.view().due_on) == (State.CLOSED, due_on)


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
        assert dossier.state is State.CLOSED
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
    assert dossier.view().state is State.KEPT_BACK
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


def closed() -> Dossier:
    """A closed dossier with three documents, due on 12 May 2025."""
    dossier = opened()
    for n in (5, 9):
        dossier.collect(UUID(int=n), date(2024, 1, 4))
    dossier.close(date(2024, 5, 10), CALENDAR)
    return dossier


PACKAGE = FileRef(name="goi.zip", sha256="a" * 64, size=9, media_type="application/zip")
STEPS: dict[str, Callable[[Dossier], None]] = {
    "submit": lambda it: it.submit(date(2025, 5, 12)),
    "check": lambda it: it.check(PACKAGE.sha256, "Đủ"),
    "accept": lambda it: it.accept("Biên bản 5/BB"),
    "give_back": lambda it: it.give_back("Thiếu phụ lục"),
    "shelve": lambda it: it.shelve("LTLS.H47.05.2025.01.001", date(2025, 5, 20)),
    "freeze": lambda it: it.freeze("Công văn 9/SNV"),
    "release": lambda it: it.release("Công văn 10/SNV"),
}
BEFORE: dict[State, list[str]] = {
    State.CLOSED: [],
    State.SUBMITTED: ["submit"],
    State.CHECKED: ["submit", "check"],
    State.RETURNED: ["submit", "give_back"],
    State.ACCEPTED: ["submit", "check", "accept"],
    State.ARCHIVED: ["submit", "check", "accept", "shelve"],
    State.FROZEN: ["submit", "freeze"],
}
ALLOWED: dict[State, dict[str, State]] = {
    State.CLOSED: {"submit": State.SUBMITTED, "freeze": State.FROZEN},
    State.SUBMITTED: {
        "check": State.CHECKED,
        "give_back": State.RETURNED,
        "freeze": State.FROZEN,
    },
    State.CHECKED: {
        "accept": State.ACCEPTED,
        "give_back": State.RETURNED,
        "freeze": State.FROZEN,
    },
    State.RETURNED: {"submit": State.SUBMITTED, "freeze": State.FROZEN},
    State.ACCEPTED: {"shelve": State.ARCHIVED, "freeze": State.FROZEN},
    State.ARCHIVED: {"freeze": State.FROZEN},
    State.FROZEN: {"release": State.SUBMITTED},
}
"""What table 3.7 allows after the closing, written down once more."""


def at(state: State) -> Dossier:
    """A packed dossier in one of the states after its closing."""
    dossier = closed()
    for step in BEFORE[state]:
        STEPS[step](dossier)
        if step == "submit":
            dossier.pack(PACKAGE, 3)
    assert dossier.state is state
    return dossier


@pytest.mark.rule("R13.2")
@pytest.mark.parametrize("state", BEFORE)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_to_the_archive_is_done_in_its_turn_and_refused_out_of_it(
    state: State, step: str
) -> None:
    dossier = at(state)
    recorded = dossier.version
    if after := ALLOWED[state].get(step):
        STEPS[step](dossier)
        assert dossier.state is after
    else:
        with pytest.raises((DossierActTooEarly, DossierFrozen)):
            STEPS[step](dossier)
        assert (dossier.state, dossier.version) == (state, recorded)


@pytest.mark.rule("N30-VI.IV")
def test_nothing_of_a_frozen_dossier_changes_and_released_it_is_what_it_was() -> None:
    dossier = at(State.FROZEN)
    told = dossier.view()
    for change in (
        lambda: dossier.collect(UUID(int=11), date(2025, 5, 1)),
        lambda: dossier.drop(UUID(int=5), "Trùng"),
        lambda: dossier.describe("Khác", 5),
        lambda: dossier.close(date(2025, 5, 1), CALENDAR),
        lambda: dossier.keep_back(date(2025, 6, 1), "Công văn 5/SNV"),
    ):
        with pytest.raises(DossierFrozen):
            change()
    assert dossier.view() == told
    dossier.release("Công văn 10/SNV")
    assert dossier.state is State.SUBMITTED


@pytest.mark.rule("R13.2")
def test_the_archivist_checks_the_very_package_there_is() -> None:
    dossier = closed()
    dossier.submit(date(2025, 5, 1))
    with pytest.raises(DossierNotPacked):
        dossier.check(PACKAGE.sha256, "Đủ")
    dossier.pack(PACKAGE, 3)
    with pytest.raises(PackageUnlike):
        dossier.check("b" * 64, "Đủ")
    dossier.check(PACKAGE.sha256, "Đủ")


@pytest.mark.parametrize(
    ("day", "on_time"), [(date(2025, 5, 12), True), (date(2025, 5, 13), False)]
)
def test_a_dossier_is_submitted_on_time_until_its_due_day(day: date, on_time: bool) -> None:
    dossier = closed()
    dossier.submit(day)
    assert dossier.on_time is on_time


def test_what_is_taken_out_leaves_no_gap_also_in_what_the_archive_gave_back() -> None:
    dossier = at(State.RETURNED)
    dossier.drop(UUID(int=5), "Trùng")
    assert [(it.ordinal, it.document_id.int) for it in dossier.documents] == [(1, 1), (2, 9)]
    with pytest.raises(DocumentNotCollected):
        dossier.drop(UUID(int=5), "Trùng")
    assert dossier.collect(UUID(int=11), date(2025, 5, 1)) == 3
    assert dossier.state is State.RETURNED
    dossier.submit(date(2025, 5, 2))
    assert dossier.package is None


def test_a_recalled_document_keeps_its_place_and_voids_the_package() -> None:
    dossier = at(State.CHECKED)
    for _ in range(2):
        dossier.lose(UUID(int=5))
        dossier.lose(UUID(int=77))
    assert [it.recalled for it in dossier.documents] == [False, True, False]
    assert dossier.package is None
    (lost,) = [it for it in dossier.collect_events() if isinstance(it, Dossier.PaperLost)]
    assert lost.repacked


def test_retention_counts_from_the_end_of_the_year_in_which_the_work_ended() -> None:
    dossier = opened(years=5)
    assert dossier.view().retention_until_on is None
    dossier.describe("Hồ sơ tuyển dụng", 10)
    dossier.close(date(2024, 5, 10), CALENDAR)
    assert dossier.view().retention_until_on == date(2034, 12, 31)
    assert dossier.view().title == "Hồ sơ tuyển dụng"
