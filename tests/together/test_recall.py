"""A recall from the sender's order to the destroyed content and back, from outside."""

from __future__ import annotations

from uuid import uuid4

import pytest

from contracts.dispatch import RecallOutcome
from contracts.errors import Denied, FileMissing
from contracts.intake import DocumentLocked, IncomingState
from contracts.values import DocumentKind, Origin, Role, StatusCode, delivery_id
from infra.local.world import World
from services.cli.cast import ANSWERER, REFUSER, SENDER
from services.cli.story import Story
from services.kernel.vault import Vault
from tests.together.outcome import Outcome
from tests.together.recalling import REASON, Recalled, recalled


@pytest.fixture(scope="module")
def recall(story: Story, outcome: Outcome) -> Recalled:
    """One letter recalled, after everything else was read."""
    return recalled(story)


@pytest.mark.rule("N30-VI.8")
def test_a_recall_ends_with_destroyed_content_and_its_answer_at_the_sender(
    recall: Recalled, story: Story, world: World
) -> None:
    (file,) = recall.files
    with pytest.raises(FileMissing):
        Vault(world.s3_url).read_ref(file)
    receiver = story.holder(ANSWERER, Role.CLERK)
    with pytest.raises(DocumentLocked):
        receiver.intake.get_file_link(document_id=recall.arrived.document_id, sha256=file.sha256)
    with pytest.raises(Denied):
        receiver.dispatch.get_file_link(document_id=recall.sent.document_id)
    (order,) = recall.sent.recalls
    assert order.reason == REASON
    assert [(line.recipient, line.outcome) for line in order.lines] == [
        (ANSWERER.code, RecallOutcome.RECALLED)
    ]
    (seen,) = recall.arrived.recalls
    assert (seen.order_id, seen.outcome) == (order.order_id, "cancelled")
    codes = [status.code for status in recall.line.history]
    assert codes == [StatusCode.ARRIVED, StatusCode.TAKE_BACK, StatusCode.AGREED]


def test_a_recall_that_overtakes_its_document_cancels_it_on_arrival(
    story: Story, outcome: Outcome
) -> None:
    axis = story.holder(REFUSER, Role.AXIS)
    origin = Origin(
        agency=SENDER.code,
        agency_name=SENDER.name,
        document_id=uuid4(),
        document_code=f"{SENDER.code}.{story.today.year}.{uuid4().hex}",
        notation="77/SNV-VP",
        issued_on=story.today,
    )
    axis.intake.receive_recall(agency=REFUSER.code, origin=origin, order_id=uuid4(), reason=REASON)
    axis.intake.receive_document(
        agency=REFUSER.code,
        origin=origin,
        kind=DocumentKind.LETTER,
        subject="Về việc báo cáo",
        files=[story.upload(axis.intake, outcome.pdf, "cong-van.pdf")],
    )
    arrived = story.holder(REFUSER, Role.CLERK).intake.get_document(
        document_id=delivery_id(origin.document_id, REFUSER.code)
    )
    assert (arrived.state, arrived.files) == (IncomingState.CANCELLED, [])
