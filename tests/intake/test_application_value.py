"""What a document's signatures make it worth, and what may be built on it (Q28-4)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from contracts.intake import CompletionResult, DocumentForInformationOnly
from contracts.intake import IncomingAct as Act
from contracts.intake import IncomingState as State
from contracts.values import LegalValue, Verdict
from services.kernel.context import acting
from tests.intake.office import LAN, TO_OTHERS, TO_UNIT, Office, verified

NO_DAY = replace(TO_UNIT, due_on=None)


def unsigned(office: Office) -> UUID:
    """A document that nobody signed, in the register."""
    document_id = office.arrival()
    told = verified(document_id, Verdict.UNSIGNED, LegalValue.INFORMATION_ONLY)
    office.tell("signing", told)
    office.act(Act.REGISTER, document_id)
    return document_id


@pytest.mark.rule("Q28-4")
@pytest.mark.parametrize("value", [LegalValue.ORIGINAL, LegalValue.SEALED])
def test_a_signed_document_has_its_value_and_binds_to_a_day(
    office: Office, value: LegalValue
) -> None:
    document_id = office.arrival()
    office.tell("signing", verified(document_id, Verdict.TRUSTED, value))
    assert office.view(document_id).legal_value is value
    for act in (Act.REGISTER, Act.PRESENT, Act.DIRECT):
        office.act(act, document_id)
    view = office.view(document_id)
    assert (view.legal_value, view.assignment) == (value, TO_UNIT)


@pytest.mark.rule("Q28-4")
def test_an_unsigned_document_is_marked_for_information_and_binds_nobody_to_a_day(
    office: Office,
) -> None:
    document_id = unsigned(office)
    assert office.view(document_id).legal_value is LegalValue.INFORMATION_ONLY
    assert office.view(document_id).legal_value.vi == "Để biết"
    office.act(Act.PRESENT, document_id)
    with office.unchanged(), pytest.raises(DocumentForInformationOnly):
        office.act(Act.DIRECT, document_id)
    office.act(Act.DIRECT, document_id, assignment=NO_DAY)
    for act in (Act.TRANSFER, Act.START):
        office.act(act, document_id)
    for act, said in ((Act.EXTEND, {}), (Act.REASSIGN, {"assignment": TO_OTHERS})):
        with office.unchanged(), pytest.raises(DocumentForInformationOnly):
            office.act(act, document_id, **said)
    assert office.view(document_id).assignment == NO_DAY


@pytest.mark.rule("Q28-4")
def test_nor_is_an_unsigned_document_given_a_day_without_a_leader(office: Office) -> None:
    document_id = unsigned(office)
    office.allow_direct_transfer()
    with office.unchanged(), pytest.raises(DocumentForInformationOnly):
        office.act(Act.TRANSFER_DIRECTLY, document_id)
    office.act(Act.FILE, document_id, note="Để biết")
    view = office.view(document_id)
    assert (view.state, view.result) == (State.COMPLETED, CompletionResult.FOR_INFORMATION)


@pytest.mark.rule("Q28-4")
def test_an_unsigned_replacement_takes_over_no_deadline(office: Office) -> None:
    old = office.document(State.IN_PROGRESS)
    assert office.view(old).assignment.due_on > date(2026, 3, 2)
    new = office.replacement(old, Verdict.UNSIGNED, LegalValue.INFORMATION_ONLY)
    with acting(LAN), office.unchanged(), pytest.raises(DocumentForInformationOnly):
        office.app.take_over_assignment(document_id=new, from_document_id=old)
