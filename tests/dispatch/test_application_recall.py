"""Table 3.5 at the sender: an issued document is wanted back, from some recipients or from all."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from contracts.dispatch import (
    ActOutOfOrder,
    NotARecipient,
    NothingToRecall,
    OutgoingDocumentView,
    RecallAnswered,
    RecallOrdered,
    RecallOutcome,
)
from contracts.dispatch import OutgoingState as State
from contracts.errors import Denied
from contracts.tracking import DeliveryState
from contracts.values import StatusCode
from services.kernel.context import acting
from tests.dispatch.office import (
    ALSO_THEIRS,
    AN,
    EM,
    STATES,
    STRANGER,
    THEIRS,
    WRONG,
    Office,
)

RECALLED = (StatusCode.AGREED, DeliveryState.RECALLED)
DECLINED = (StatusCode.DECLINED, DeliveryState.RECALL_REFUSED)
REFUSED = (StatusCode.REFUSED, DeliveryState.REFUSED)


def recall(office: Office, id: UUID, *recipients: str, order_id: UUID | None = None) -> UUID:
    """Em orders a document back."""
    order_id = order_id or uuid4()
    with acting(EM):
        office.app.recall_document(
            document_id=id, order_id=order_id, reason=WRONG, recipients=list(recipients)
        )
    return order_id


def view(office: Office, id: UUID) -> OutgoingDocumentView:
    """The document as its drafter sees it."""
    with acting(AN):
        return office.app.get_document(document_id=id)


def ordered(office: Office) -> list[RecallOrdered]:
    """Orders told aloud."""
    return [event for event in office.told() if isinstance(event, RecallOrdered)]


@pytest.mark.rule("Q28-8.2b")
def test_a_recall_from_some_is_told_to_them_alone_and_the_others_keep_it(office: Office) -> None:
    id = office.document(State.ISSUED)
    recall(office, id, THEIRS)
    (told,) = ordered(office)
    assert ([to.agency for to in told.addressees], told.reason) == ([THEIRS], WRONG)
    assert not told.whole
    assert view(office, id).state is State.ISSUED
    with acting(STRANGER), pytest.raises(Denied):
        office.app.get_file_link(document_id=id)


def test_a_recall_from_all_freezes_the_document_and_leaves_it_to_clerk_and_leader(
    office: Office,
) -> None:
    id = office.document(State.ISSUED)
    before = view(office, id)
    recall(office, id)
    after = view(office, id)
    assert after.state is State.FROZEN
    assert (after.file, after.number, after.subject) == (before.file, before.number, before.subject)
    for act in (office.app.submit_draft, office.app.issue_document, office.app.seal_document):
        with acting(EM), office.unchanged(), pytest.raises((ActOutOfOrder, Denied)):
            act(document_id=id)
    with acting(EM):
        assert office.app.get_file_link(document_id=id).url
    for other in (AN, STRANGER):
        with acting(other), pytest.raises(Denied):
            office.app.get_file_link(document_id=id)


def test_recalls_of_one_after_the_other_freeze_it_with_the_last(office: Office) -> None:
    id = office.document(State.ISSUED)
    recall(office, id, THEIRS)
    recall(office, id, ALSO_THEIRS)
    assert [told.whole for told in ordered(office)] == [False, True]
    assert view(office, id).state is State.FROZEN


def test_the_same_order_again_has_one_effect_and_another_finds_nothing(office: Office) -> None:
    id = office.document(State.ISSUED)
    order_id = recall(office, id)
    version = view(office, id).version
    recall(office, id, order_id=order_id)
    assert (view(office, id).version, len(ordered(office))) == (version, 1)
    with office.unchanged(), pytest.raises(NothingToRecall):
        recall(office, id, THEIRS)


def test_every_answer_is_kept_and_the_last_closes_the_order(office: Office) -> None:
    id = office.document(State.ISSUED)
    order_id = recall(office, id)
    office.answered(id, THEIRS, *RECALLED)
    office.answered(id, THEIRS, *RECALLED)
    office.answered(id, ALSO_THEIRS, *DECLINED)
    (order,) = view(office, id).recalls
    assert (order.order_id, order.reason, order.person) == (order_id, WRONG, "em")
    assert [(line.recipient, line.outcome, line.reason) for line in order.lines] == [
        (THEIRS, RecallOutcome.RECALLED, ""),
        (ALSO_THEIRS, RecallOutcome.DECLINED, WRONG),
    ]
    answers = [event for event in office.told() if isinstance(event, RecallAnswered)]
    assert [(a.recipient, a.closed) for a in answers] == [(THEIRS, False), (ALSO_THEIRS, True)]


def test_whoever_declined_may_be_asked_again(office: Office) -> None:
    id = office.document(State.ISSUED)
    recall(office, id)
    office.answered(id, THEIRS, *DECLINED)
    recall(office, id, THEIRS)
    office.answered(id, THEIRS, *RECALLED)
    outcomes = [[line.outcome for line in order.lines] for order in view(office, id).recalls]
    assert outcomes == [
        [RecallOutcome.DECLINED, RecallOutcome.PENDING],
        [RecallOutcome.RECALLED],
    ]


def test_whoever_refused_the_document_has_nothing_to_give_back(office: Office) -> None:
    id = office.document(State.ISSUED)
    office.answered(id, THEIRS, *REFUSED)
    with office.unchanged(), pytest.raises(NothingToRecall):
        recall(office, id, THEIRS)
    recall(office, id)
    (told,) = ordered(office)
    assert ([to.agency for to in told.addressees], told.whole) == ([ALSO_THEIRS], True)
    office.answered(id, ALSO_THEIRS, *REFUSED)
    (order,) = view(office, id).recalls
    assert [line.outcome for line in order.lines] == [RecallOutcome.REFUSED]


def test_the_answer_to_an_update_is_none_to_a_recall(office: Office) -> None:
    id = office.document(State.ISSUED)
    recall(office, id, THEIRS)
    office.answered(id, THEIRS, StatusCode.AGREED, DeliveryState.IN_PROGRESS)
    (order,) = view(office, id).recalls
    assert [line.outcome for line in order.lines] == [RecallOutcome.PENDING]


@pytest.mark.parametrize("state", STATES[: STATES.index(State.ISSUED)])
def test_what_is_not_issued_is_not_recalled(office: Office, state: State) -> None:
    id = office.document(state)
    with office.unchanged(), pytest.raises(ActOutOfOrder):
        recall(office, id)


def test_only_recipients_are_asked_and_only_by_the_clerk(office: Office) -> None:
    id = office.document(State.ISSUED)
    with office.unchanged(), pytest.raises(NotARecipient):
        recall(office, id, "H47.77")
    for other in (AN, STRANGER):
        with acting(other), office.unchanged(), pytest.raises(Denied):
            office.app.recall_document(document_id=id, order_id=uuid4(), reason=WRONG)
