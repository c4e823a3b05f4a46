"""Signing in another's name, from the delegation to the consent, over RPC alone (N30-13)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
import pytest

from contracts.dispatch import CapacityNotHeld, OutgoingState
from contracts.values import Capacity, DocumentKind, Placements, Recipient, Role, Signer
from services.cli.cast import ANSWERER, SENDER
from services.cli.letter import write
from services.cli.letter_texts import request_for_report
from services.cli.story import Story
from tests.together.outcome import Outcome


@pytest.mark.rule("N30-13")
def test_one_signs_for_the_head_while_a_registered_delegation_holds(
    story: Story, outcome: Outcome
) -> None:
    id, holds = drafted_for_the_head(story), uuid4()
    delegate(story, uuid4(), until=-1)
    assert not signs(story, id)
    delegate(story, holds, until=1)
    story.until("dispatch has heard of it", lambda: signs(story, id))
    assert story._in_state(SENDER, id, OutgoingState.SIGNED).delegation_id == holds


def drafted_for_the_head(story: Story) -> UUID:
    """A letter that the sender's leader is to sign by written delegation (TUQ.)."""
    id, officer = uuid4(), story.holder(SENDER, Role.OFFICER).dispatch
    pdf, placed = write(request_for_report(story.reply_due_on, story.today.year))
    officer.create_draft(
        document_id=id,
        kind=DocumentKind.LETTER,
        subject="Về việc báo cáo",
        file=story.upload(officer, pdf, "cong-van.pdf"),
        placements=msgspec.convert(placed, Placements),
        signer=Signer(
            person=SENDER.leader,
            post=SENDER.leader_post,
            name=SENDER.leader_name,
            capacity=Capacity.DELEGATED,
        ),
        recipients=[Recipient(agency=ANSWERER.code, name=ANSWERER.name)],
        drafting_unit="Văn phòng",
        unit_notation=SENDER.unit,
    )
    story._check(SENDER, id)
    return id


def delegate(story: Story, id: UUID, until: int) -> None:
    """Somebody lets the sender's leader sign for him, since a week, until this many days on."""
    story.operator().accounts.register_delegation(
        delegation_id=id,
        capacity=Capacity.DELEGATED,
        to_person=SENDER.leader,
        from_person=SENDER.person(Role.UNIT_HEAD),
        instrument="Giấy ủy quyền 03/GUQ-SNV",
        from_on=story.today - timedelta(days=7),
        until_on=story.today + timedelta(days=until),
        content="Ký công văn trong thời gian đi công tác",
    )


def signs(story: Story, id: UUID) -> bool:
    """Whether the leader may, and does."""
    try:
        story.holder(SENDER, Role.LEADER).dispatch.sign_document(document_id=id)
    except CapacityNotHeld:
        return False
    return True
