"""An issued document is replaced by one of equal form (N30-18.3)."""

from __future__ import annotations

from uuid import uuid4

import pytest

from contracts.dispatch import DocumentIssued, ReplacementUnequal
from contracts.dispatch import OutgoingState as State
from contracts.errors import Denied, NotFound
from contracts.values import DocumentKind
from services.kernel.context import acting
from tests.dispatch.office import AN, STRANGER, Office


def test_a_replacement_of_equal_form_names_what_it_replaces_when_it_is_issued(
    office: Office,
) -> None:
    old = office.document(State.ISSUED)
    new = office.document(State.ISSUED, replaces=[old])
    issued = [event for event in office.told() if isinstance(event, DocumentIssued)]
    assert [(event.document_id, event.replaces) for event in issued] == [(old, []), (new, [old])]


def test_a_decision_is_not_replaced_by_a_letter(office: Office) -> None:
    old = office.document(State.ISSUED, kind=DocumentKind.DECISION)
    letter = office.letter(replaces=[old])
    with acting(AN), office.unchanged(), pytest.raises(ReplacementUnequal) as refused:
        office.app.create_draft(**letter)
    assert "01/QĐ-SNV" in refused.value.message("vi")


def test_only_an_issued_document_of_the_same_agency_is_replaced(office: Office) -> None:
    for nothing in (uuid4(), office.document(State.SEALED)):
        with acting(AN), office.unchanged(), pytest.raises(NotFound):
            office.app.create_draft(**office.letter(replaces=[nothing]))
    old = office.document(State.ISSUED)
    with acting(STRANGER), office.unchanged(), pytest.raises(Denied):
        office.app.create_draft(**office.letter(replaces=[old]))
