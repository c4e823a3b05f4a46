"""From outside: who is to know hears of it, and the lists show what happened (N30-VI.1, R9.3)."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from contracts.tracking import DeliveryState, Notice, NoticeKind
from contracts.values import Role
from services.cli.cast import ANSWERER, SENDER, Agency
from services.cli.story import Story
from tests.conftest import until
from tests.together.cases import dispatch
from tests.together.conftest import PATIENCE
from tests.together.outcome import Outcome


def notices(story: Story, agency: Agency, role: Role, id: UUID) -> list[Notice]:
    """What somebody heard of a document."""
    holder = story.holder(agency, role).tracking
    found = holder.list_notices(agency=agency.code, limit=1000)
    return [notice for notice in found if notice.document_id == id]


@pytest.mark.rule("N30-VI.1i-o")
def test_a_drafter_hears_once_that_his_draft_came_back(story: Story, outcome: Outcome) -> None:
    id = uuid4()
    draft = dispatch.cases(outcome)["create_draft"].asked | {"document_id": id}
    drafter = story.holder(SENDER, Role.OFFICER).dispatch
    drafter.create_draft(**draft)
    drafter.submit_draft(document_id=id)
    opinion = "Thiếu căn cứ pháp lý"
    story.holder(SENDER, Role.UNIT_HEAD).dispatch.return_draft(document_id=id, opinion=opinion)
    until(lambda: notices(story, SENDER, Role.OFFICER, id), PATIENCE)
    (heard,) = notices(story, SENDER, Role.OFFICER, id)
    assert (heard.kind, heard.told) == (NoticeKind.DRAFT_RETURNED, opinion)
    assert notices(story, SENDER, Role.CLERK, id) == []


@pytest.mark.rule("N30-VI.1i-o")
def test_each_end_hears_of_the_request_by_role(story: Story, outcome: Outcome) -> None:
    id = outcome.story.document_id
    clerk, theirs, officer, drafter = (
        {notice.kind for notice in notices(story, agency, role, id)}
        for agency, role in (
            (SENDER, Role.CLERK),
            (ANSWERER, Role.CLERK),
            (ANSWERER, Role.OFFICER),
            (SENDER, Role.OFFICER),
        )
    )
    assert (clerk, theirs) == ({NoticeKind.RECEPTION}, {NoticeKind.NEW_DOCUMENT})
    assert (officer, drafter) == ({NoticeKind.DISTRIBUTED}, {NoticeKind.HANDLING})


@pytest.mark.rule("R9.3b-1")
def test_the_drafter_lists_the_lines_of_the_request(story: Story, outcome: Outcome) -> None:
    drafter = story.holder(SENDER, Role.OFFICER).tracking
    lines = drafter.list_lines(agency=SENDER.code)
    of_it = {it.recipient: it for it in lines if it.document_id == outcome.story.document_id}
    assert of_it[ANSWERER.code].state is DeliveryState.COMPLETED
    counts = story.holder(SENDER, Role.CLERK).tracking.get_line_counts(agency=SENDER.code)
    assert sum(counts.states.values()) >= len(of_it) == 2
