"""Who may ask reporting what; what it escalates and seals, and how often."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from contracts.errors import Denied, Invalid, NotFound
from contracts.reporting import MatterEscalated, PeriodAlreadySealed, PeriodNotOver, PeriodSealed
from contracts.values import Role
from contracts.working_time import VIETNAM, Quarter, QuarterUnknown, period
from services.kernel.context import Circumstances, acting, the_service
from tests.reporting.house import House, person
from tests.tracking.told import MONDAY, SENDER, Copy, Letter

B, C = "H47.09", "H47.11"
DAY = timedelta(days=1)
AFTER_FIRST_QUARTER = datetime(2026, 3, 15, tzinfo=VIETNAM)
QUARTER = {"year": 2026, "quarter": 1}
QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("list_incoming_register", {"year": 2026}),
    ("list_outgoing_register", {"year": 2026}),
    ("list_late_matters", {}),
    ("list_indicators", {"from_at": MONDAY, "until_at": MONDAY + DAY}),
]


def late_arrival(house: House, agency: str) -> Copy:
    """An arrival of Monday that nobody answered."""
    copy = Letter(recipients=(agency,)).at(agency)
    house.tell(copy, MONDAY, copy.arrived(MONDAY))
    house.read_all()
    return copy


def told(house: House) -> list[Any]:
    """What reporting told aloud so far."""
    with acting(person("", Role.AUDITOR)):
        page = house.reporting.read_events(after=0)
    return [envelope.event() for envelope in page.events]


@pytest.mark.parametrize(("question", "asked"), QUESTIONS)
def test_people_see_their_own_agency_and_auditors_see_all(
    house: House, question: str, asked: dict[str, Any]
) -> None:
    ask = getattr(house.reporting, question)
    for who in (person(B, Role.OFFICER), person("", Role.AUDITOR), the_service("tracking")):
        with acting(who):
            ask(agency=B, **asked)
    with acting(person(C, Role.LEADER, Role.CLERK)), pytest.raises(Denied):
        ask(agency=B, **asked)


def test_a_late_matter_is_escalated_once_and_told(house: House) -> None:
    copy = late_arrival(house, B)
    house.now = MONDAY + 2 * DAY
    with acting(person(B, Role.CLERK)):
        assert house.reporting.escalate_late_matters(agency=B) == 1
        assert house.reporting.escalate_late_matters(agency=B) == 0
    (event,) = told(house)
    assert isinstance(event, MatterEscalated)
    assert (event.document_id, event.agency) == (copy.id, B)
    assert event.escalated_at == MONDAY + 2 * DAY


def test_the_list_shows_when_a_matter_was_escalated(house: House) -> None:
    late_arrival(house, B)
    house.now = MONDAY + 2 * DAY
    with acting(person(B, Role.CLERK)):
        (before,) = house.reporting.list_late_matters(agency=B)
        house.reporting.escalate_late_matters(agency=B)
        house.read_all()
        (after,) = house.reporting.list_late_matters(agency=B)
    assert (before.escalated_at, after.escalated_at) == (None, MONDAY + 2 * DAY)


def test_the_service_escalates_everywhere_by_itself_and_only_once(house: House) -> None:
    late_arrival(house, B)
    late_arrival(house, C)
    house.reporting.escalate_everywhere()
    assert told(house) == []
    house.now = MONDAY + 2 * DAY
    house.reporting.escalate_everywhere()
    house.reporting.escalate_everywhere()
    house.read_all()
    house.reporting.escalate_everywhere()
    assert sorted(event.agency for event in told(house)) == [B, C]
    assert house.reporting.views.agencies_with_late_matters(house.now) == []
    with acting(person("", Role.AUDITOR)):
        (first, _) = house.reporting.read_events(after=0).events
    assert first.actor.person == "service:reporting"


def test_an_escalation_repeated_under_its_command_id_gives_the_first_answer(house: House) -> None:
    late_arrival(house, B)
    house.now = MONDAY + 2 * DAY
    with acting(msgspec.structs.replace(person(B, Role.CLERK), command_id=uuid4())):
        assert house.reporting.escalate_late_matters(agency=B) == 1
        late_arrival(house, B)
        assert house.reporting.escalate_late_matters(agency=B) == 1
    assert len(told(house)) == 1


@pytest.mark.parametrize("who", [person(B, Role.OFFICER), person(C, Role.CLERK, Role.LEADER)])
def test_only_clerks_and_leaders_of_the_agency_escalate(house: House, who: Circumstances) -> None:
    late_arrival(house, B)
    house.now = MONDAY + 2 * DAY
    with acting(who), pytest.raises(Denied):
        house.reporting.escalate_late_matters(agency=B)
    assert told(house) == []


def sealed(house: House, agency: str = SENDER) -> Any:
    with acting(person(agency, Role.LEADER)):
        return house.reporting.seal_period(agency=agency, **QUARTER)


@pytest.mark.rule("Q28-11")
def test_sealed_figures_equal_those_rebuilt_from_the_log_whatever_came_later(house: House) -> None:
    of_data = period(Quarter(2026, 1))
    letter = Letter(recipients=(B, C))
    house.tell_letter(letter)
    for_b, for_c = letter.at(B), letter.at(C)
    house.tell(for_b, MONDAY, for_b.arrived(MONDAY), for_b.refused())
    house.read_all()
    house.now = AFTER_FIRST_QUARTER
    frozen = sealed(house)
    assert [(it.code, it.percent) for it in frozen] == [("I5", 50.0), ("I7", 100.0), ("I16", None)]
    house.tell(for_c, house.now, for_c.arrived(house.now))
    later = Letter(running=2, issued_at=house.now)
    house.tell_letter(later)
    house.rebuild()
    with acting(person(SENDER)):
        rebuilt = house.reporting.list_indicators(
            agency=SENDER, from_at=of_data.starts_at, until_at=of_data.ends_at
        )
        assert rebuilt == frozen
        assert house.reporting.list_sealed_indicators(agency=SENDER, **QUARTER) == frozen


def test_a_seal_tells_the_places_up_to_which_events_were_counted(house: House) -> None:
    house.tell_letter(Letter())
    house.read_all()
    house.now = AFTER_FIRST_QUARTER
    sealed(house)
    (event,) = told(house)
    assert isinstance(event, PeriodSealed)
    places = {name: house.log.place(name) for name in house.reporting.sources}
    assert event.positions == places
    assert places["dispatch"] == house.dispatch.events[-1].position > 0
    assert (event.agency, event.year, event.quarter) == (SENDER, 2026, 1)


def test_a_quarter_is_sealed_once_and_a_repeat_gets_the_first_answer(house: House) -> None:
    house.now = AFTER_FIRST_QUARTER
    with acting(msgspec.structs.replace(person(SENDER, Role.LEADER), command_id=uuid4())):
        frozen = house.reporting.seal_period(agency=SENDER, **QUARTER)
        house.tell_letter(Letter())
        house.read_all()
        assert house.reporting.seal_period(agency=SENDER, **QUARTER) == frozen
    with pytest.raises(PeriodAlreadySealed):
        sealed(house)
    sealed(house, B)
    assert len(told(house)) == 2


def test_a_quarter_is_not_sealed_before_its_cut_off(house: House) -> None:
    house.now = AFTER_FIRST_QUARTER - timedelta(seconds=1)
    with pytest.raises(PeriodNotOver):
        sealed(house)
    assert told(house) == []
    with acting(person(SENDER)), pytest.raises(NotFound):
        house.reporting.list_sealed_indicators(agency=SENDER, **QUARTER)


@pytest.mark.parametrize("who", [person(SENDER, Role.CLERK), person(B, Role.LEADER)])
def test_only_a_leader_of_the_agency_seals(house: House, who: Circumstances) -> None:
    house.now = AFTER_FIRST_QUARTER
    with acting(who), pytest.raises(Denied):
        house.reporting.seal_period(agency=SENDER, **QUARTER)
    assert told(house) == []


def test_sealed_figures_are_for_their_agency(house: House) -> None:
    house.now = AFTER_FIRST_QUARTER
    sealed(house)
    with acting(person(B)), pytest.raises(Denied):
        house.reporting.list_sealed_indicators(agency=SENDER, **QUARTER)


def test_senseless_periods_and_instants_are_refused(house: House) -> None:
    with acting(person(SENDER, Role.LEADER)):
        with pytest.raises(Invalid):
            house.reporting.list_indicators(agency=SENDER, from_at=MONDAY, until_at=MONDAY)
        with pytest.raises(Invalid):
            house.reporting.list_late_matters(agency=SENDER, at=datetime(2026, 3, 2))
        with pytest.raises(QuarterUnknown):
            house.reporting.seal_period(agency=SENDER, year=2026, quarter=5)
    assert told(house) == []


def test_parked_events_are_for_operators_and_auditors(house: House) -> None:
    with acting(person("", Role.AUDITOR)):
        assert house.reporting.list_parked_events() == []
        with pytest.raises(Denied):
            house.reporting.unpark_events(source="intake", aggregate_id=UUID(int=1))
    with acting(person("", Role.OPERATOR)), pytest.raises(NotFound):
        house.reporting.unpark_events(source="intake", aggregate_id=UUID(int=1))
    with acting(person(B, Role.CLERK)), pytest.raises(Denied):
        house.reporting.list_parked_events()
