"""Numbers of outgoing documents: one series an agency and year, nothing twice, nothing left out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from itertools import cycle, islice
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from contracts.dispatch import ActOutOfOrder
from contracts.dispatch import OutgoingAct as Act
from contracts.dispatch import OutgoingState as State
from contracts.values import DocumentKind, OutgoingNumber, Recipient
from contracts.working_time import VIETNAM
from services.dispatch.domain.draft import series_id
from services.kernel.context import Circumstances, acting
from tests.dispatch.office import AN, DOER, EM, OURS, STATES, THEIRS, WAY, Office, person

KINDS = (DocumentKind.LETTER, DocumentKind.DECISION, DocumentKind.REPORT)


def signed(office: Office, many: int) -> list[UUID]:
    """So many signed documents, of different kinds in turn."""
    kinds = islice(cycle(KINDS), many)
    return [office.document(State.SIGNED, kind=kind) for kind in kinds]


def numbered_at_once(office: Office, documents: list[UUID]) -> list[OutgoingNumber]:
    """Number them all in parallel; those that are refused have no number."""
    together = Barrier(len(documents))

    def number(document_id: UUID) -> OutgoingNumber | None:
        together.wait(timeout=30)
        try:
            return office.act(Act.NUMBER, document_id)  # type: ignore[no-any-return]
        except ActOutOfOrder:
            return None

    with ThreadPoolExecutor(len(documents)) as crowd:
        return [given for given in crowd.map(number, documents) if given]


@pytest.mark.rule("N30-15")
def test_two_hundred_numbers_taken_at_once_are_1_to_200(office: Office) -> None:
    documents = signed(office, 200)
    refused = [office.document(State.TO_SIGN) for _ in range(20)]
    mixed = [*documents[:100], *refused, *documents[100:]]
    given = numbered_at_once(office, mixed)
    assert sorted(number.number for number in given) == list(range(1, 201))
    assert len({number.document_code for number in given}) == 200
    taken: list[Any] = list(office.app.events.get(series_id(OURS, 2026)))
    assert {event.taken_by for event in taken} == set(documents)
    assert len(taken) == 200


@pytest.mark.rule("N30-15")
def test_the_first_number_of_a_new_year_in_vietnam_is_01_again(office: Office) -> None:
    first, last, new, newer = signed(office, 4)
    assert office.act(Act.NUMBER, first).number == 1
    office.now = datetime(2026, 12, 31, 23, 59, 59, tzinfo=VIETNAM)
    old_year = office.act(Act.NUMBER, last)
    office.now = datetime.fromisoformat("2026-12-31T17:00:00+00:00")
    new_year = office.act(Act.NUMBER, new)
    assert (old_year.number, old_year.issued_on) == (2, date(2026, 12, 31))
    assert (new_year.number, new_year.issued_on) == (1, date(2027, 1, 1))
    assert new_year.notation.startswith("01/")
    assert new_year.document_code == "H47.05.2027.000001"
    assert office.act(Act.NUMBER, newer).number == 2


def test_kinds_share_one_series_and_are_written_each_in_its_way(office: Office) -> None:
    given = [office.act(Act.NUMBER, document_id) for document_id in signed(office, 3)]
    assert [number.notation for number in given] == ["01/SNV-VP", "02/QĐ-SNV", "03/BC-SNV"]
    assert [number.document_code for number in given] == [
        "H47.05.2026.000001",
        "H47.05.2026.000002",
        "H47.05.2026.000003",
    ]


def of_theirs(who: Circumstances) -> Circumstances:
    """Somebody of the same name and role at the other agency."""
    return person(who.actor.person, *who.roles, agency=THEIRS)


def test_another_agency_numbers_for_itself(office: Office) -> None:
    (ours,) = signed(office, 1)
    letter = office.letter(recipients=[Recipient(agency=OURS, name="Sở Nội vụ")])
    theirs = letter["document_id"]
    with acting(of_theirs(AN)):
        office.app.create_draft(**letter)
    for _, step in WAY[: STATES.index(State.SIGNED)]:
        if isinstance(step, Act):
            office.act(step, theirs, of_theirs(DOER[step]))
        else:
            office.signed(theirs, step)
    assert office.act(Act.NUMBER, ours).document_code == "H47.05.2026.000001"
    number = office.act(Act.NUMBER, theirs, of_theirs(EM))
    assert (number.notation, number.document_code) == ("01/SYT-VP", "H47.09.2026.000001")


def test_number_and_document_code_are_made_once_and_never_change(office: Office) -> None:
    (document_id,) = signed(office, 1)
    given = office.act(Act.NUMBER, document_id)
    for reached, step in WAY[STATES.index(State.NUMBERED) :]:
        with office.unchanged(), pytest.raises(ActOutOfOrder):
            office.act(Act.NUMBER, document_id)
        if isinstance(step, Act):
            office.act(step, document_id)
        else:
            office.signed(document_id, step)
        with acting(AN):
            view = office.app.get_document(document_id=document_id)
        assert (view.state, view.number) == (reached, given)
    assert all(getattr(told, "number", given) in (given, None) for told in office.told())


def test_the_same_number_is_answered_to_a_repeated_command(office: Office) -> None:
    first, second = signed(office, 2)
    again = msgspec.structs.replace(EM, command_id=uuid4())
    given = office.act(Act.NUMBER, first, again)
    with office.unchanged():
        assert office.act(Act.NUMBER, first, again) == given
    assert office.act(Act.NUMBER, second).number == given.number + 1
