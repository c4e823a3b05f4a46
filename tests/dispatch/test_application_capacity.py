"""Signing in another's name: what accounts told decides, at the moment of the consent (N30-13)."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from contracts.accounts import Delegation, DelegationRegistered, DelegationRevoked
from contracts.dispatch import CapacityNotHeld, SignatureRequested
from contracts.dispatch import OutgoingAct as Act
from contracts.dispatch import OutgoingState as State
from contracts.values import Capacity, Signer, SignerRole
from contracts.working_time import VIETNAM
from services.kernel.context import acting
from tests.dispatch.office import AN, OURS, Office
from tests.dispatch.test_domain_capacity import END, delegated

FOR_THE_HEAD = Signer(
    person="dung", post="Chánh Văn phòng", name="Trần Dũng", capacity=Capacity.DELEGATED
)


def told(office: Office, **changes: Any) -> Delegation:
    """Accounts tells that Dũng may sign for the head."""
    delegation = delegated(to_person="dung", from_person="hoa", **changes)
    office.tell("accounts", DelegationRegistered(delegation=delegation))
    return delegation


def ready(office: Office) -> UUID:
    """A letter that Dũng is to sign for the head."""
    return office.document(State.TO_SIGN, signer=FOR_THE_HEAD)


def refused(office: Office, document_id: UUID) -> None:
    """He may not sign it, and nothing is recorded."""
    with office.unchanged(), pytest.raises(CapacityNotHeld):
        office.act(Act.SIGN, document_id)
    assert office.state(document_id) is State.TO_SIGN


@pytest.mark.rule("N30-13")
def test_the_delegation_is_recorded_told_and_shown_with_the_consent(office: Office) -> None:
    document_id = ready(office)
    refused(office, document_id)
    delegation = told(office)
    office.act(Act.SIGN, document_id)
    asked = office.told()[-1]
    assert isinstance(asked, SignatureRequested)
    assert asked.delegation_id == delegation.delegation_id
    office.signed(document_id, SignerRole.LEADER)
    for act in (Act.NUMBER, Act.REGISTER, Act.SEAL):
        office.act(act, document_id)
    with acting(AN):
        view = office.app.get_document(document_id=document_id)
    assert view.delegation_id == delegation.delegation_id


@pytest.mark.rule("N30-13")
def test_a_written_delegation_ends_with_its_last_day_in_vietnam(office: Office) -> None:
    document_id = ready(office)
    told(office)
    office.now = datetime(END.year, 7, 1, 0, 0, tzinfo=VIETNAM)
    refused(office, document_id)
    office.now = datetime.fromisoformat("2026-06-30T16:59:59+00:00")
    office.act(Act.SIGN, document_id)


@pytest.mark.rule("N30-13")
def test_a_revoked_delegation_counts_no_more_and_the_others_do(office: Office) -> None:
    document_id = ready(office)
    first = told(office)
    gone = DelegationRevoked(
        delegation_id=first.delegation_id, agency=OURS, to_person="dung", why="Chuyển công tác"
    )
    office.tell("accounts", gone)
    refused(office, document_id)
    second = told(office)
    office.act(Act.SIGN, document_id)
    with acting(AN):
        view = office.app.get_document(document_id=document_id)
    assert view.delegation_id == second.delegation_id


def test_a_delegation_of_somebody_unknown_that_ends_is_passed_over(office: Office) -> None:
    gone = DelegationRevoked(delegation_id=uuid4(), agency=OURS, to_person="ai-do", why="Nhầm")
    office.tell("accounts", gone)
    assert office.app.delegations_of("ai-do") == []


def test_the_head_needs_no_delegation_and_none_is_recorded(office: Office) -> None:
    own = office.document(State.TO_SIGN, signer=replace(FOR_THE_HEAD, capacity=Capacity.HEAD))
    told(office)
    office.act(Act.SIGN, own)
    asked = office.told()[-1]
    assert isinstance(asked, SignatureRequested) and asked.delegation_id is None
