"""Who signs in whose name: written, limited, and passed on only as the decree says (N30-13)."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.accounts import (
    DelegateNotEligible,
    Delegation,
    DelegationAlreadyRegistered,
    DelegationAlreadyRevoked,
    DelegationDatesWrong,
    DelegationIncomplete,
    DelegationRegistered,
    DelegationRevoked,
    HeadNeedsNoDelegation,
    SubDelegationForbidden,
)
from contracts.envelope import Actor
from contracts.errors import Denied, NotFound, Refused
from contracts.values import Capacity, DocumentKind, Role
from services.kernel.context import Circumstances, acting, the_service
from tests.accounts.conftest import Desk

AGENCY = "H47.05"
HEAD, DEPUTY, CHIEF, VICE, OFFICER = "giam-doc", "pho-giam-doc", "chanh-vp", "pho-chanh-vp", "an"
BEGIN, END = date(2026, 3, 2), date(2026, 6, 30)
LEADER = Circumstances(actor=Actor(person=HEAD, agency=AGENCY), roles=frozenset({Role.LEADER}))


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An agency with its head, his deputy, a chief of office with a vice, and an officer."""
    desk.found(AGENCY)
    for person in (HEAD, DEPUTY, CHIEF, VICE, OFFICER):
        desk.hire(person)
    return desk


def give(office: Desk, capacity: Capacity, giver: str | None, taker: str, **other: Any) -> UUID:
    """Register a delegation as its paper says."""
    id: UUID = other.pop("delegation_id", uuid4())
    said: dict[str, Any] = {"until_on": END, "content": "ký văn bản của Văn phòng"} | other
    office.accounts.register_delegation(
        delegation_id=id,
        capacity=capacity,
        to_person=taker,
        from_person=giver,
        instrument="Quyết định 12/QĐ-SNV",
        from_on=said.pop("from_on", BEGIN),
        **said,
    )
    return id


def held(office: Desk, person: str) -> list[Delegation]:
    """What a person may sign by."""
    return [view.delegation for view in office.accounts.list_delegations(person=person)]


@pytest.mark.rule("N30-13")
def test_a_written_delegation_names_its_giver_its_content_and_its_end(office: Desk) -> None:
    id = give(office, Capacity.DELEGATED, HEAD, CHIEF, kinds=[DocumentKind.LETTER])
    (delegation,) = held(office, CHIEF)
    assert (delegation.delegation_id, delegation.agency) == (id, AGENCY)
    assert delegation.covers(Capacity.DELEGATED, BEGIN) and delegation.covers(
        Capacity.DELEGATED, END, DocumentKind.LETTER
    )
    for not_so in (
        delegation.covers(Capacity.BY_ORDER, BEGIN),
        delegation.covers(Capacity.DELEGATED, date(2026, 3, 1)),
        delegation.covers(Capacity.DELEGATED, date(2026, 7, 1)),
        delegation.covers(Capacity.DELEGATED, BEGIN, DocumentKind.DECISION),
    ):
        assert not not_so
    for missing in ({"until_on": None}, {"content": ""}):
        with pytest.raises(DelegationIncomplete):
            give(office, Capacity.DELEGATED, HEAD, CHIEF, **missing)
    with pytest.raises(DelegationIncomplete):
        give(office, Capacity.DELEGATED, None, CHIEF)


@pytest.mark.rule("N30-13")
def test_what_was_delegated_in_writing_is_not_passed_on(office: Desk) -> None:
    give(office, Capacity.DELEGATED, HEAD, CHIEF)
    give(office, Capacity.DEPUTY, CHIEF, VICE)
    for capacity in (Capacity.DELEGATED, Capacity.BY_ORDER):
        with pytest.raises(SubDelegationForbidden):
            give(office, capacity, CHIEF, VICE)
    assert [one.capacity for one in held(office, VICE)] == [Capacity.DEPUTY]


@pytest.mark.rule("N30-13")
def test_what_is_signed_by_order_is_passed_to_the_own_deputy_only(office: Desk) -> None:
    order = give(office, Capacity.BY_ORDER, HEAD, CHIEF)
    with pytest.raises(SubDelegationForbidden):
        give(office, Capacity.BY_ORDER, CHIEF, VICE)
    give(office, Capacity.DEPUTY, CHIEF, VICE)
    give(office, Capacity.BY_ORDER, CHIEF, VICE)
    assert held(office, VICE)[-1].passed_from_id == order
    with pytest.raises(SubDelegationForbidden):
        give(office, Capacity.BY_ORDER, CHIEF, OFFICER)
    with pytest.raises(SubDelegationForbidden):
        give(office, Capacity.DELEGATED, CHIEF, VICE)
    for longer in (date(2026, 7, 1), None):
        with pytest.raises(DelegationDatesWrong):
            give(office, Capacity.BY_ORDER, CHIEF, VICE, until_on=longer)


def test_an_ended_or_revoked_order_binds_its_holder_no_more(office: Desk) -> None:
    order = give(office, Capacity.BY_ORDER, HEAD, CHIEF)
    office.accounts.revoke_delegation(delegation_id=order, why="đổi vị trí")
    give(office, Capacity.BY_ORDER, CHIEF, OFFICER)
    assert held(office, OFFICER)[0].passed_from_id is None


def test_acting_heads_and_collectives_need_a_paper_alone(office: Desk) -> None:
    give(office, Capacity.ACTING, None, DEPUTY, until_on=None, content="")
    give(office, Capacity.COLLECTIVE, None, HEAD, until_on=None, content="")
    assert held(office, DEPUTY)[0].covers(Capacity.ACTING, date(2040, 1, 1))
    with pytest.raises(HeadNeedsNoDelegation):
        give(office, Capacity.HEAD, None, HEAD)


def test_one_delegates_to_another_person_of_the_same_agency(office: Desk) -> None:
    office.found("H47.30")
    office.hire("lan", "H47.30")
    wrong: list[tuple[str, str, type[Refused]]] = [
        (HEAD, HEAD, DelegateNotEligible),
        (HEAD, "lan", DelegateNotEligible),
        (HEAD, "khong-co", NotFound),
        ("khong-co", CHIEF, NotFound),
    ]
    for giver, taker, refusal in wrong:
        with pytest.raises(refusal):
            give(office, Capacity.DELEGATED, giver, taker)
    with pytest.raises(DelegationDatesWrong):
        give(office, Capacity.DELEGATED, HEAD, CHIEF, until_on=date(2026, 3, 1))


def test_what_a_person_signs_by_is_paged_oldest_first(office: Desk) -> None:
    ids = [give(office, Capacity.DEPUTY, HEAD, DEPUTY) for _ in range(3)]
    for after in range(4):
        page = office.accounts.list_delegations(person=DEPUTY, after=after, limit=2)
        assert [view.delegation.delegation_id for view in page] == ids[after : after + 2]


def test_a_leader_gives_and_takes_back_what_is_his(office: Desk) -> None:
    with acting(LEADER):
        mine = give(office, Capacity.DELEGATED, HEAD, CHIEF)
        with pytest.raises(Denied):
            give(office, Capacity.DEPUTY, CHIEF, VICE)
        with pytest.raises(Denied):
            give(office, Capacity.ACTING, None, HEAD)
    others = give(office, Capacity.DEPUTY, CHIEF, VICE)
    with acting(LEADER):
        office.accounts.revoke_delegation(delegation_id=mine, why="đã xong việc")
        with pytest.raises(Denied):
            office.accounts.revoke_delegation(delegation_id=others, why="x")
    (view,) = office.accounts.list_delegations(person=CHIEF)
    assert (view.revoked_at, view.why) == (office.instant, "đã xong việc")
    with pytest.raises(DelegationAlreadyRevoked):
        office.accounts.revoke_delegation(delegation_id=mine, why="lại")
    with pytest.raises(DelegationAlreadyRegistered):
        give(office, Capacity.DELEGATED, HEAD, CHIEF, delegation_id=mine)


def test_an_agency_sees_its_own_and_followers_are_told(office: Desk) -> None:
    id = give(office, Capacity.DELEGATED, HEAD, CHIEF)
    office.accounts.revoke_delegation(delegation_id=id, why="xong")
    stranger = Circumstances(
        actor=Actor(person="lan", agency="H47.30"), roles=frozenset({Role.CLERK})
    )
    with acting(stranger), pytest.raises(Denied):
        office.accounts.list_delegations(person=CHIEF)
    with acting(the_service("dispatch")):
        told = [envelope.event() for envelope in office.accounts.read_events(after=0).events]
    registered, revoked = told[-2:]
    assert isinstance(registered, DelegationRegistered)
    assert registered.delegation.delegation_id == id
    assert revoked == DelegationRevoked(
        delegation_id=id, agency=AGENCY, to_person=CHIEF, why="xong"
    )
