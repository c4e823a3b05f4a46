"""A letter goes to a ministry outside over the axis; its statuses and its receipt come back."""

from __future__ import annotations

import jwt
import pytest

from contracts.errors import Denied
from contracts.tracking import DeliveryState, ReceiptVerdict
from contracts.values import Role, delivery_id
from infra.local.world import World
from services.cli.cast import ANSWERER, SENDER
from services.cli.ministry import ANSWERS, MINISTRY, Correspondence
from services.cli.story import Story
from tests.together.callers import Witness
from tests.together.conftest import PATIENCE
from tests.together.outcome import Outcome


@pytest.fixture(scope="module")
def letter(edge: Witness, world: World, story: Story, outcome: Outcome) -> Correspondence:
    """The letter, answered to its end."""
    played = Correspondence(edge, world, lambda told: print(told.en), PATIENCE)
    played.write_to_ministry()
    return played


@pytest.mark.rule("R3.2-2")
@pytest.mark.rule("N30-VI.2")
def test_the_sender_hears_every_status_of_the_ministry(letter: Correspondence) -> None:
    line = letter.line()
    assert line is not None and line.state is DeliveryState.COMPLETED
    assert line.recipient == MINISTRY.code, "it was addressed by the old code"
    assert [status.code for status in line.history] == list(ANSWERS)


def test_the_document_counts_as_sent_once_the_ministry_answered_01(letter: Correspondence) -> None:
    line = letter.line()
    assert line is not None
    assert line.sent_at == line.issued_at and line.acknowledged_at == line.history[0].at


def test_the_sender_keeps_the_ministry_s_proved_receipt(letter: Correspondence) -> None:
    receipt = letter.receipt()
    assert receipt is not None and receipt.verdict is ReceiptVerdict.PROVED
    claims = jwt.decode(receipt.receipt, options={"verify_signature": False})
    assert (claims["iss"], claims["aud"]) == (MINISTRY.code, SENDER.code)


def test_a_third_agency_sees_neither_line_nor_receipt(letter: Correspondence) -> None:
    stranger = letter.holder(ANSWERER, Role.CLERK).tracking
    id = delivery_id(letter.letter_id, MINISTRY.code)
    for question in (stranger.get_delivery, stranger.get_receipt):
        with pytest.raises(Denied):
            question(delivery_id=id)
