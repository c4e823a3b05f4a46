"""The clerk's lists: one state of one agency, in order of entry, page by page."""

from __future__ import annotations

from uuid import UUID, uuid4

import msgspec
import pytest

from contracts.errors import Invalid
from contracts.intake import IncomingAct as Act
from contracts.intake import IncomingState as State
from services.intake.views import ArrivalLists
from services.kernel.context import acting
from tests.intake.office import AUDITOR, GATEWAY, HOA, OURS, THEIRS, Office, issued, verified


def listed(office: Office, state: State, after: str = "", limit: int = 100) -> list[UUID]:
    """Ids of a clerk's list."""
    with acting(HOA):
        found = office.app.list_documents(agency=OURS, state=state, after=after, limit=limit)
    assert all(line.state is state for line in found)
    return [line.document_id for line in found]


def test_a_list_holds_one_state_in_order_of_entry(office: Office) -> None:
    ids = [office.arrival() for _ in range(5)]
    office.tell("dispatch", issued(to=(THEIRS,)))
    assert listed(office, State.ARRIVED) == ids
    for id in reversed(ids[1:4]):
        office.tell("signing", verified(id))
        office.act(Act.REGISTER, id)
    assert listed(office, State.ARRIVED) == [ids[0], ids[4]]
    assert listed(office, State.REGISTERED) == ids[1:4]
    office.act(Act.PRESENT, ids[2])
    office.act(Act.REFUSE, ids[4])
    assert listed(office, State.REGISTERED) == [ids[1], ids[3]]
    assert listed(office, State.PRESENTED) == [ids[2]]
    assert listed(office, State.REFUSED) == [ids[4]]
    with acting(AUDITOR):
        assert len(office.app.list_documents(agency=THEIRS, state=State.ARRIVED)) == 1


def test_pages_follow_each_other_also_when_documents_leave_meanwhile(office: Office) -> None:
    ids = [office.document(State.ARRIVED) for _ in range(7)]
    first = listed(office, State.ARRIVED, limit=3)
    office.act(Act.REGISTER, first[-1])
    second = listed(office, State.ARRIVED, str(first[-1]), limit=3)
    assert [*first, *second] == ids[:6]
    assert listed(office, State.ARRIVED, str(second[-1]), limit=3) == ids[6:]
    assert listed(office, State.ARRIVED, str(ids[6])) == []


def test_a_line_says_what_the_document_is(office: Office) -> None:
    office.document(State.QUARANTINED)
    document_id = office.receive()
    with acting(HOA):
        [line] = office.app.list_documents(agency=OURS, state=State.ARRIVED)
        [secret] = office.app.list_documents(agency=OURS, state=State.QUARANTINED)
    view = office.view(document_id)
    assert (line.subject, line.origin, line.entered_at) == (
        view.subject,
        view.origin,
        view.entered_at,
    )
    assert secret.subject == ""


@pytest.mark.parametrize("after", ["?", str(uuid4()), "0"])
def test_a_list_after_no_document_is_refused(office: Office, after: str) -> None:
    office.arrival()
    with pytest.raises(Invalid):
        listed(office, State.ARRIVED, after)


def test_another_process_lists_the_same(office: Office) -> None:
    ids = [office.document(state) for state in (State.ARRIVED, State.DIRECTED, State.ARRIVED)]
    other = ArrivalLists(office.app)
    assert other.page(OURS, State.ARRIVED, None, 10) == [ids[0], ids[2]]
    office.act(Act.REGISTER, ids[0])
    assert other.page(OURS, State.ARRIVED, None, 10) == [ids[2]]
    assert other.page(OURS, State.REGISTERED, None, 10) == [ids[0]]
    assert other.page(OURS, State.DIRECTED, None, 10) == [ids[1]]


def test_a_log_longer_than_a_page_is_listed_to_its_end(office: Office) -> None:
    agencies = [f"H47.{number}" for number in range(1001)]
    office.tell("dispatch", issued(to=tuple(agencies)))
    with acting(AUDITOR):
        for agency in (agencies[0], agencies[-1]):
            assert len(office.app.list_documents(agency=agency, state=State.ARRIVED)) == 1


@pytest.mark.rule("Q28-9.2b")
def test_a_recall_before_its_document_is_in_no_list_until_the_document_comes(
    office: Office,
) -> None:
    letter = issued()
    origin = office.envelope()["origin"]
    early = msgspec.structs.replace(origin, agency=letter.agency, document_id=letter.document_id)
    with acting(GATEWAY):
        for order_id in (uuid4(), uuid4()):
            office.app.receive_recall(
                agency=OURS, origin=early, order_id=order_id, reason="Ban hành nhầm"
            )
    assert listed(office, State.RECALL_PENDING) == []
    office.tell("dispatch", letter)
    assert listed(office, State.CANCELLED) == [letter.addressees[0].delivery_id]


def test_a_declined_recall_puts_a_document_back_into_its_list(office: Office) -> None:
    id = office.document(State.IN_PROGRESS)
    office.tell("dispatch", issued(to=(THEIRS,), sender=OURS, answers=(id,)))
    office.recall(id)
    assert listed(office, State.RECALL_PENDING) == [id]
    office.act(Act.DECLINE_RECALL, id)
    assert (listed(office, State.RECALL_PENDING), listed(office, State.IN_PROGRESS)) == ([], [id])
