"""Tracking's lists are made of what it told: written anew they are the same, in any pages."""

from __future__ import annotations

from datetime import date

from contracts.values import ReplyRequest, Role
from services.kernel.context import acting
from tests.tracking.lists import B, C, Lists, person
from tests.tracking.told import MONDAY, Letter


def life(lists: Lists) -> None:
    """Lines, alarms and kept statuses, some over, some not."""
    asked = ReplyRequest(content="Số liệu", due_on=date(2026, 3, 3))
    first, second = lists.issue(B, C, reply=asked), lists.issue(C, running=2)
    lists.arrive(first, B)
    lists.hold("01")
    lists.hold("03")
    lists.pass_time(days=2)
    lists.arrive(second, C, accepted=True)
    held = lists.ask("list_unmatched_statuses")
    lists.tracking.match_status(status_id=held[0].status_id)
    with acting(person("dung", Role.LEADER)):
        alarm = lists.ask("list_alarms")[0]
        lists.tracking.close_alarm(
            delivery_id=alarm.delivery_id, kind=alarm.alarm.kind, note="Đã gọi điện"
        )


def test_lists_that_are_dropped_are_written_anew_from_history(lists: Lists) -> None:
    life(lists)
    lists.tracking.catch_up()
    before = lists.rows()
    assert {table: len(rows) for table, rows in before.items()}["alarms"] >= 3
    lists.tables.drop()
    lists.tracking.catch_up()
    assert lists.rows() == before


def test_a_status_before_its_issue_is_a_row_that_nobody_sees_yet(lists: Lists) -> None:
    letter = lists.issue()
    copy = letter.at(B)
    lists.intake.tell(copy.id, copy.arrived(MONDAY), MONDAY)
    lists.read_all()
    assert lists.ask("list_lines") == []
    lists.pass_time(days=9)
    assert lists.ask("list_alarms") == []
    assert len(lists.rows()["lines"]) == 1


def test_a_reply_that_is_heard_before_the_issue_is_not_late(lists: Lists) -> None:
    asked = ReplyRequest(content="Số liệu", due_on=date(2026, 3, 3))
    letter = Letter(recipients=(B,), reply=asked)
    copy = letter.at(B)
    for event in (copy.arrived(MONDAY), copy.registered(MONDAY), copy.answered(MONDAY.date())):
        lists.intake.tell(copy.id, event, MONDAY)
    lists.read_all()
    lists.dispatch.tell(letter.id, letter.issued(), MONDAY)
    lists.read_all()
    lists.pass_time(days=9)
    assert len(lists.ask("list_lines")) == 1
    assert lists.ask("list_lines", late=True) == lists.ask("list_alarms") == []
    assert lists.tracking.views().unraised(lists.at, 10) == []


def test_an_event_that_no_row_can_hold_is_parked_alone_and_read_again_when_asked(
    lists: Lists,
) -> None:
    bad, good = lists.issue(B, subject="Việc\0hỏng"), lists.issue(C, running=2)
    assert [line.document_id for line in lists.ask("list_lines")] == [good.id]
    operator = person("operator", Role.OPERATOR, agency="")
    with acting(operator):
        (parked,) = lists.tracking.list_parked_events()
        assert (parked.source, parked.aggregate_id) == ("tracking", bad.at(B).id)
        lists.tracking.unpark_events(source="tracking", aggregate_id=parked.aggregate_id)
    assert [line.document_id for line in lists.ask("list_lines")] == [good.id]
