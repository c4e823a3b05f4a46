"""In whose name a person may sign: by a delegation in force, for this agency and kind (N30-13)."""

from datetime import date
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from contracts.accounts import Delegation
from contracts.dispatch import CapacityNotHeld
from contracts.values import Capacity, DocumentKind, Signer
from services.dispatch.domain.capacity import authority_to_sign
from tests.dispatch.office import OURS, THEIRS
from tests.dispatch.test_domain import draft

BEGIN, END, AFTER = date(2026, 3, 2), date(2026, 6, 30), date(2026, 7, 1)
OTHERS = [capacity for capacity in Capacity if capacity is not Capacity.HEAD]


def delegated(capacity: Capacity = Capacity.DELEGATED, **changes: Any) -> Delegation:
    """That Hoa may sign in this capacity from March to June."""
    whole = Delegation(
        delegation_id=uuid4(),
        agency=OURS,
        capacity=capacity,
        to_person="hoa",
        from_person="dung",
        instrument="Giấy ủy quyền 03/GUQ-SNV",
        from_on=BEGIN,
        until_on=END,
        content="ký văn bản của Văn phòng",
    )
    return replace(whole, **changes)


def signs_by(capacity: Capacity, day: date, *known: Delegation) -> UUID | None:
    """By which of these Hoa may sign a letter so."""
    letter = draft(signer=Signer(person="hoa", post="P", name="Hoa", capacity=capacity))
    return authority_to_sign(
        letter, OURS, lambda person: [one for one in known if one.to_person == person], day
    )


def test_the_head_signs_in_his_own_right() -> None:
    assert signs_by(Capacity.HEAD, BEGIN) is None


@pytest.mark.rule("N30-13")
@pytest.mark.parametrize(("asked", "held"), list(product(OTHERS, OTHERS)))
def test_one_signs_in_another_name_by_a_delegation_of_that_very_capacity(
    asked: Capacity, held: Capacity
) -> None:
    one = delegated(held)
    if asked is held:
        assert signs_by(asked, BEGIN, one) == one.delegation_id
        return
    for known in ([one], []):
        with pytest.raises(CapacityNotHeld) as refused:
            signs_by(asked, BEGIN, *known)
    assert refused.value.data == {
        "person": "hoa",
        "capacity": asked.value,
        "kind": "CV",
        "day": "2026-03-02",
    }
    assert "2026-03-02" in refused.value.message("vi") and "hoa" in refused.value.message("en")


@pytest.mark.rule("N30-13")
@pytest.mark.parametrize("capacity", OTHERS)
def test_a_delegation_counts_from_its_first_day_to_its_last(capacity: Capacity) -> None:
    one = delegated(capacity)
    assert signs_by(capacity, END, one) == one.delegation_id
    for day in (date(2026, 3, 1), AFTER):
        with pytest.raises(CapacityNotHeld):
            signs_by(capacity, day, one)
    later = delegated(capacity, from_on=AFTER, until_on=None)
    assert signs_by(capacity, AFTER, one, later) == later.delegation_id


@pytest.mark.rule("N30-13")
@pytest.mark.parametrize(
    "changes", [{"agency": THEIRS}, {"kinds": [DocumentKind.DECISION]}, {"to_person": "lan"}]
)
def test_it_counts_for_its_person_its_agency_and_its_kinds(changes: dict[str, Any]) -> None:
    with pytest.raises(CapacityNotHeld):
        signs_by(Capacity.DELEGATED, BEGIN, delegated(**changes))
    kinds = [DocumentKind.DECISION, DocumentKind.LETTER]
    assert signs_by(Capacity.DELEGATED, BEGIN, delegated(kinds=kinds))


@pytest.mark.rule("N30-13")
def test_what_is_passed_on_ends_with_what_it_passes_on() -> None:
    order = delegated(Capacity.BY_ORDER, to_person="lan", until_on=END)
    passed = delegated(
        Capacity.BY_ORDER, from_person="lan", until_on=None, passed_from_id=order.delegation_id
    )
    assert signs_by(Capacity.BY_ORDER, END, passed, order) == passed.delegation_id
    of_decisions = replace(order, kinds=[DocumentKind.DECISION])
    for day, first in ((END, None), (AFTER, order), (END, of_decisions)):
        with pytest.raises(CapacityNotHeld):
            signs_by(Capacity.BY_ORDER, day, passed, *([first] if first else []))


@pytest.mark.rule("N30-13")
@pytest.mark.parametrize("held", [Capacity.BY_ORDER, Capacity.DELEGATED])
@pytest.mark.parametrize("passed", [Capacity.BY_ORDER, Capacity.DELEGATED])
def test_what_was_given_to_a_giver_is_not_given_on(held: Capacity, passed: Capacity) -> None:
    """Whichever of the two was registered first."""
    given = delegated(passed, from_person="lan", from_on=date(2026, 1, 1), until_on=None)
    givers_own = delegated(held, to_person="lan")
    assert signs_by(passed, date(2026, 3, 1), given, givers_own) == given.delegation_id
    for known in ([given, givers_own], [givers_own, given]):
        with pytest.raises(CapacityNotHeld):
            signs_by(passed, BEGIN, *known)
