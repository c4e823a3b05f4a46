"""The agency's key from keeper to keeper, and a seal asked for by another clerk, over RPC alone."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from contracts.dispatch import OutgoingDocumentView, OutgoingState
from contracts.signing import KeyNotHeld
from contracts.values import Recipient, Role
from services.cli.cast import ANSWERER, PASSWORD, SENDER
from services.cli.letter_texts import request_for_report
from services.cli.story import Story
from services.kernel.client import Client
from tests.together.outcome import Outcome

OTHER = "van-thu-hai"
"""A second clerk of the answerer."""


@pytest.fixture
def other(story: Story, outcome: Outcome) -> Iterator[Client]:
    """The second clerk at work; afterwards the first keeps the key again."""
    story.operator().accounts.register_person(
        person=OTHER,
        name="Hồ Thị Thu",
        post="Văn thư",
        agency=ANSWERER.code,
        roles=[Role.CLERK],
        user_name=OTHER,
        password=PASSWORD,
    )
    clerk = story._signed_in(OTHER)
    yield clerk
    hand_over(clerk, ANSWERER.person(Role.CLERK))


def hand_over(keeper: Client, person: str) -> None:
    """The keeper gives the answerer's key away."""
    keeper.signing.hand_over_key(
        agency=ANSWERER.code,
        to_person=person,
        permission="Văn bản 07/UBND-VP",
        record="Biên bản bàn giao 02/BB-UBND",
    )


@pytest.mark.rule("N30-32/33")
def test_another_clerk_seals_only_after_the_key_was_handed_over(
    story: Story, other: Client
) -> None:
    id, keeper = registered(story), story.holder(ANSWERER, Role.CLERK)
    other.dispatch.seal_document(document_id=id)
    failed = story.until("the seal has failed", lambda: sealing_failed(keeper, id))
    assert failed.state is OutgoingState.REGISTERED
    assert failed.signing_failure.startswith("signing.key_not_held: ")
    with pytest.raises(KeyNotHeld):
        hand_over(other, OTHER)
    hand_over(keeper, OTHER)
    other.dispatch.seal_document(document_id=id)
    story.until("it is sealed", lambda: state(keeper, id) is OutgoingState.SEALED)
    (first, second) = keeper.signing.list_key_handovers(agency=ANSWERER.code)
    assert (first.to_person, second.to_person) == (ANSWERER.person(Role.CLERK), OTHER)


def registered(story: Story) -> UUID:
    """A letter of the answerer's, signed, numbered and registered."""
    id, to = uuid4(), [Recipient(agency=SENDER.code, name=SENDER.name)]
    letter = request_for_report(story.reply_due_on, story.today.year)
    story._draft(ANSWERER, id, letter, to, None, [])
    story._check(ANSWERER, id)
    story.holder(ANSWERER, Role.LEADER).dispatch.sign_document(document_id=id)
    story._in_state(ANSWERER, id, OutgoingState.SIGNED)
    clerk = story.holder(ANSWERER, Role.CLERK).dispatch
    clerk.assign_number(document_id=id)
    clerk.register_document(document_id=id)
    return id


def sealing_failed(clerk: Client, id: UUID) -> OutgoingDocumentView | None:
    """The document, once its seal could not be made."""
    document = clerk.dispatch.get_document(document_id=id)
    return document if document.signing_failure else None


def state(clerk: Client, id: UUID) -> OutgoingState:
    """Where the document stands."""
    return clerk.dispatch.get_document(document_id=id).state
