"""Lists of lines, alarms and kept statuses on real tables: filters, pages, counts, rights."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain

import pytest

from contracts.errors import Denied, Invalid
from contracts.tracking import AlarmKind, DeliveryState
from contracts.values import ReplyRequest, Role
from services.kernel.context import acting
from tests.tracking.desk import AUDITOR, clerk
from tests.tracking.lists import CLERK, B, C, Lists, person
from tests.tracking.told import MONDAY, SENDER

SENT, ARRIVED, ACCEPTED = DeliveryState.SENT, DeliveryState.ARRIVED, DeliveryState.ACCEPTED
MINUTE = timedelta(minutes=1)


def several(lists: Lists) -> None:
    """Three letters to two agencies: one line silent, one arrived, four accepted."""
    for number in range(3):
        letter = lists.issue(
            B, C, at=MONDAY + number * MINUTE, running=number + 1, drafter=f"nguoi{number}"
        )
        for code in (B, C):
            if (number, code) != (2, C):
                lists.arrive(letter, code, accepted=(number, code) != (2, B))


@pytest.mark.rule("R9.3a")
def test_lines_are_filtered_by_state_paged_and_counted(lists: Lists) -> None:
    several(lists)
    every = lists.ask("list_lines")
    assert [line.state for line in every].count(ACCEPTED) == 4
    issued = [line.issued_at for line in every]
    assert issued == sorted(issued) and len(issued) == 6
    (silent,) = lists.ask("list_lines", state=SENT)
    assert (silent.recipient, silent.notation, silent.clerk) == (C, "03/SNV-VP", "an")
    assert silent.acknowledged_at is None
    pages = lists.pages("list_lines", "delivery_id", 4)
    assert [len(page) for page in pages] == [4, 2]
    assert list(chain(*pages)) == [line.delivery_id for line in every]
    counts = lists.ask("get_line_counts")
    assert counts.states == {ACCEPTED: 4, ARRIVED: 1, SENT: 1}
    assert (counts.late, counts.alarms) == (0, 0)


def test_what_waits_too_long_is_late_and_has_an_alarm_of_its_clerk(lists: Lists) -> None:
    several(lists)
    lists.pass_time(minutes=33)
    (late,) = lists.ask("list_lines", late=True)
    assert late.due_at == MONDAY + timedelta(minutes=32)
    (entry,) = lists.ask("list_alarms")
    assert (entry.delivery_id, entry.alarm.kind) == (late.delivery_id, AlarmKind.NOT_RECEIVED)
    assert (entry.notation, entry.recipient_name) == ("03/SNV-VP", "Sở Tài chính")
    lists.pass_time(days=1)
    kinds = sorted(entry.alarm.kind for entry in lists.ask("list_alarms"))
    assert kinds == [AlarmKind.NOT_ANSWERED, AlarmKind.NOT_RECEIVED]
    assert len(lists.ask("list_lines", late=True)) == 2
    counts = lists.ask("get_line_counts")
    assert (counts.late, counts.alarms, counts.mine) == (2, 2, 2)


def test_alarms_are_raised_once_and_leave_the_list_when_they_are_over(lists: Lists) -> None:
    letter = lists.issue(B)
    lists.pass_time(hours=1)
    (raised,) = lists.ask("list_alarms")
    end = lists.tracking.recorder.max_notification_id()
    lists.pass_time(hours=1)
    assert lists.tracking.recorder.max_notification_id() == end
    boss = person("dung", Role.LEADER)
    with acting(boss):
        lists.tracking.acknowledge_alarm(
            delivery_id=raised.delivery_id, kind=raised.alarm.kind, note="Tôi gọi"
        )
    assert lists.ask("list_alarms", mine=True) == []
    (his,) = lists.ask("list_alarms", boss, mine=True)
    assert his.alarm.owner == "dung" and his.alarm.note == "Tôi gọi"
    lists.arrive(letter, B, accepted=True)
    assert lists.ask("list_alarms") == []


def test_a_long_silence_of_many_lines_raises_an_alarm_for_each(lists: Lists) -> None:
    codes = tuple(f"H48.{number:03d}" for number in range(230))
    lists.issue(*codes)
    lists.pass_time(hours=1)
    assert lists.ask("get_line_counts").alarms == len(codes)
    end = lists.tracking.recorder.max_notification_id()
    lists.pass_time(hours=1)
    assert lists.tracking.recorder.max_notification_id() == end


def test_alarms_are_paged_by_their_due_instant(lists: Lists) -> None:
    for number in range(5):
        lists.issue(B, at=MONDAY + number * MINUTE, running=number + 1)
    lists.pass_time(days=1)
    every = lists.ask("list_alarms")
    due = [entry.alarm.due_at for entry in every]
    assert due == sorted(due) and len(due) == 5
    pages = lists.pages("list_alarms", "key", 2)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert list(chain(*pages)) == [entry.key for entry in every]
    with pytest.raises(Invalid):
        lists.ask("list_alarms", after="no key")


def test_a_late_reply_is_late_until_it_is_answered(lists: Lists) -> None:
    asked = ReplyRequest(content="Số liệu", due_on=date(2026, 3, 4))
    letter = lists.issue(B, reply=asked, drafter="cuong")
    lists.arrive(letter, B, accepted=True)
    lists.pass_time(days=3)
    (late,) = lists.ask("list_lines", late=True)
    (alarm,) = lists.ask("list_alarms", person("cuong", Role.OFFICER))
    assert (late.state, alarm.alarm.kind) == (ACCEPTED, AlarmKind.REPLY_LATE)
    copy = letter.at(B)
    lists.intake.tell(copy.id, copy.answered(lists.at.date()), lists.at)
    lists.read_all()
    assert lists.ask("list_lines", late=True) == lists.ask("list_alarms") == []


@pytest.mark.rule("R9.3b-1")
def test_an_officer_sees_the_lines_of_his_own_documents_alone(lists: Lists) -> None:
    several(lists)
    drafter = person("nguoi1", Role.OFFICER)
    lines = lists.ask("list_lines", drafter)
    assert {line.drafter for line in lines} == {"nguoi1"} and len(lines) == 2
    assert lists.ask("list_lines", person("khac", Role.OFFICER)) == []
    assert len(lists.ask("list_lines", CLERK, mine=True)) == 6
    assert len(lists.ask("list_lines", AUDITOR)) == 6


def test_lists_are_for_people_of_the_agency_and_auditors(lists: Lists) -> None:
    several(lists)
    for question in ("list_lines", "get_line_counts", "list_alarms", "list_unmatched_statuses"):
        with pytest.raises(Denied):
            lists.ask(question, clerk(B))
        lists.ask(question, AUDITOR)
    with pytest.raises(Denied):
        lists.ask("list_unmatched_statuses", person("cuong", Role.OFFICER))


def test_a_status_of_an_unknown_document_is_shown_after_half_an_hour(lists: Lists) -> None:
    for code in ("01", "03", "05"):
        lists.hold(code)
        lists.hold(code)
        lists.at += MINUTE
    assert lists.ask("list_unmatched_statuses") == []
    lists.at = MONDAY + timedelta(minutes=31)
    shown = lists.ask("list_unmatched_statuses")
    assert [(it.code, it.sender, it.about) for it in shown] == [
        ("01", "G12.04", "01/KHONG-CO"),
        ("03", "G12.04", "03/KHONG-CO"),
    ]
    assert lists.ask("get_line_counts").unmatched == 2
    lists.at += MINUTE
    pages = lists.pages("list_unmatched_statuses", "status_id", 2)
    assert [len(page) for page in pages] == [2, 1]
    lists.tracking.match_status(status_id=pages[0][0])
    assert [it.code for it in lists.ask("list_unmatched_statuses")] == ["03", "05"]
    assert lists.ask("list_lines", agency=SENDER) == []
