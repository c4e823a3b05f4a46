"""Notices: who is to know hears of it, by role or as the person, once (N30-VI.1 i to o)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts.dispatch import DraftReturned
from contracts.errors import Denied
from contracts.reporting import PeriodSealed
from contracts.tracking import Notice, NoticeKind
from contracts.values import Role, TaskOrder
from services.kernel.context import Circumstances
from tests.tracking.lists import CLERK, B, Lists, person
from tests.tracking.told import MONDAY, SENDER

DRAFTER, LEADER = person("cuong", Role.OFFICER), person("dung", Role.LEADER)
THEIR_CLERK, THEIR_OFFICER = (
    person(name, role, agency=B) for name, role in (("hoa", Role.CLERK), ("mai", Role.OFFICER))
)
EVERYBODY = {"clerk": CLERK, "drafter": DRAFTER, "theirs": THEIR_CLERK, "officer": THEIR_OFFICER}
EVERYBODY["leader"] = LEADER
DRAFT = UUID(int=5)


def story(lists: Lists) -> None:
    """A document with a task is issued, handled all the way and urged; a draft is returned."""
    task = TaskOrder(recipient=B, content="Báo cáo số liệu", due_on=date(2026, 3, 12))
    returned = DraftReturned(
        document_id=DRAFT, agency=SENDER, drafter="cuong", subject="Dự thảo", opinion="Thiếu số"
    )
    lists.dispatch.tell(DRAFT, returned, MONDAY)
    letter = lists.issue(B, drafter="cuong", tasks=[task])
    copy, at = letter.at(B), MONDAY + timedelta(hours=1)
    for event in (
        copy.arrived(MONDAY),
        copy.registered(MONDAY),
        copy.transferred(at),
        copy.started(),
        copy.completed(at),
    ):
        lists.intake.tell(copy.id, event, MONDAY)
    lists.read_all()
    while lists.at < MONDAY + timedelta(days=7):
        lists.pass_time(days=1)
        lists.tracking.remind_of_tasks()
    figures = PeriodSealed(
        agency=SENDER, year=2026, quarter=1, indicators=[], sealed_at=lists.at, positions={}
    )
    lists.reporting.tell(DRAFT, figures, lists.at)
    take_in(lists)


def take_in(lists: Lists) -> None:
    """The follower's look at dispatch and reporting."""
    for source in (lists.dispatch, lists.reporting):
        lists.tracking.take_in(source.name, source.read)


def notices(lists: Lists, who: Circumstances, **page: Any) -> list[Notice]:
    return lists.ask("list_notices", who, agency=who.actor.agency, **page)


def heard(lists: Lists) -> dict[str, Counter[str]]:
    """How many notices of each kind each of them has."""
    return {
        name: Counter(notice.kind.value for notice in notices(lists, who))
        for name, who in EVERYBODY.items()
    }


ONCE = {
    "clerk": {"RECEPTION": 2},
    "drafter": {"DRAFT_RETURNED": 1, "HANDLING": 3},
    "theirs": {"NEW_DOCUMENT": 1},
    "officer": {"TASK": 1, "DISTRIBUTED": 1, "URGED": 1},
    "leader": {"FIGURES": 1},
}
"""01 and 03 at the sender's clerk; 04, 05 and 06 at the drafter."""


@pytest.mark.rule("N30-VI.1i-o")
def test_each_notice_reaches_whoever_is_named_once(lists: Lists) -> None:
    story(lists)
    assert heard(lists) == ONCE
    for source in (lists.dispatch, lists.intake):
        for envelope in source.events:
            lists.told(envelope)
    take_in(lists)
    assert heard(lists) == ONCE
    lists.tables.drop()
    take_in(lists)
    assert heard(lists) == ONCE


def test_notices_are_read_on_from_the_last_place(lists: Lists) -> None:
    story(lists)
    seen: list[NoticeKind] = []
    place = 0
    while page := notices(lists, DRAFTER, after=place, limit=3):
        seen += [notice.kind for notice in page]
        place = page[-1].place
    assert Counter(kind.value for kind in seen) == ONCE["drafter"]
    assert notices(lists, DRAFTER, after=place) == []


def test_a_notice_says_what_it_is_about(lists: Lists) -> None:
    story(lists)
    (returned,) = (it for it in notices(lists, DRAFTER) if it.kind is NoticeKind.DRAFT_RETURNED)
    assert (returned.document_id, returned.subject, returned.told) == (
        DRAFT,
        "Dự thảo",
        "Thiếu số",
    )
    reception, _ = notices(lists, CLERK)
    assert reception.notation == "01/SNV-VP"
    assert reception.subject == "Báo cáo công tác văn thư quý I"
    urged = notices(lists, THEIR_OFFICER)[-1]
    assert urged.task_id is not None and urged.document_id is None


def test_an_alarm_reaches_its_owner_and_nobody_else(lists: Lists) -> None:
    lists.issue(B, drafter="cuong")
    lists.pass_time(hours=1)
    (alarm,) = notices(lists, CLERK)
    assert alarm.kind is NoticeKind.ALARM
    assert notices(lists, person("khac", Role.CLERK)) == notices(lists, DRAFTER) == []


def test_notices_are_for_people_of_the_agency(lists: Lists) -> None:
    story(lists)
    with pytest.raises(Denied):
        lists.ask("list_notices", THEIR_CLERK, agency=SENDER)
