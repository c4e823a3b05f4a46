"""What a document gives its recipients to do, and who has it on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from contracts.dispatch import (
    DocumentIssued,
    NotARecipient,
    PaperReasonMissing,
    RecipientHasSoftware,
    TaskOrderTooEarly,
    TasksMissing,
)
from contracts.dispatch import OutgoingAct as Act
from contracts.dispatch import OutgoingState as State
from contracts.errors import Refused
from contracts.values import Recipient, Route, TaskOrder
from services.kernel.context import acting
from tests.dispatch.office import (
    AN,
    MONDAY,
    THEIRS,
    Office,
    agency_registered,
)

PAPER_ONLY = "H47.90"
TASK = TaskOrder(recipient=THEIRS, content="Báo cáo số liệu", due_on=date(2026, 3, 20))


@pytest.fixture
def office() -> Iterator[Office]:
    """An office that knows an agency without software."""
    office = Office()
    office.tell("accounts", agency_registered(PAPER_ONLY, "Trạm Ví dụ", "TVD", Route.PAPER))
    yield office
    office.app.close()


def issued(office: Office, id: UUID) -> DocumentIssued:
    office.act(Act.ISSUE, id)
    (event,) = (it for it in office.told() if isinstance(it, DocumentIssued))
    return event


def refused(office: Office, why: type[Refused], **changes: Any) -> None:
    with office.unchanged(), pytest.raises(why):
        office.draft(**changes)


@pytest.mark.rule("R5.1b-2")
def test_only_an_agency_without_software_has_a_document_on_paper_and_why_is_told(
    office: Office,
) -> None:
    reason = "Chưa có phần mềm"
    with_software = Recipient(agency=THEIRS, name="Sở Y tế", paper_reason=reason)
    refused(office, RecipientHasSoftware, recipients=[with_software])
    silent = Recipient(agency=PAPER_ONLY, name="Trạm Ví dụ")
    refused(office, PaperReasonMissing, recipients=[silent])
    told = Recipient(agency=PAPER_ONLY, name="Trạm Ví dụ", paper_reason=reason)
    both = [Recipient(agency=THEIRS, name="Sở Y tế"), told]
    event = issued(office, office.document(State.SEALED, recipients=both))
    assert [to.route for to in event.addressees] == [Route.PLATFORM, Route.PAPER]


@pytest.mark.rule("R9.3b-2")
def test_a_document_that_assigns_tasks_is_not_issued_without_them(office: Office) -> None:
    id = office.document(State.SEALED, tasks=[])
    with office.unchanged(), pytest.raises(TasksMissing):
        office.act(Act.ISSUE, id)
    event = issued(office, office.document(State.SEALED, tasks=[TASK]))
    assert (event.tasks, event.drafter) == ([TASK], "an")


def test_a_task_goes_to_a_recipient_and_is_due_after_the_issue(office: Office) -> None:
    stranger = TaskOrder(recipient="H47.77", content="Việc", due_on=TASK.due_on)
    refused(office, NotARecipient, tasks=[stranger])
    today = TaskOrder(recipient=THEIRS, content="Việc", due_on=MONDAY.date())
    refused(office, TaskOrderTooEarly, tasks=[today])
    id = office.document(State.SEALED, tasks=[TASK])
    office.now = MONDAY.replace(day=20)
    with pytest.raises(TaskOrderTooEarly):
        office.act(Act.ISSUE, id)


def test_tasks_are_entered_into_a_draft_that_has_none_yet(office: Office) -> None:
    id = office.draft(tasks=[])
    with acting(AN):
        office.app.revise_draft(**office.revision(id, tasks=[TASK]))
    assert office.state(id) is State.DRAFT
