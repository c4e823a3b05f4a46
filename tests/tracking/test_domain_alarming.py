"""A line that waits has an alarm by rule; each alarm has an owner and an end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from contracts.envelope import Actor
from contracts.errors import Denied
from contracts.tracking import AlarmKind, DeliveryState, NoOpenAlarm
from contracts.values import Route, StatusCode, Urgency
from contracts.working_time import VIETNAM, receipt_notice_due
from services.tracking.domain import Delivery
from services.tracking.domain.alarming import coming
from tests.tracking.told import CALENDAR, MONDAY, SENDER

CLERK, DRAFTER, THEIRS = "an", "cuong", "H47.09"
LATER = MONDAY + timedelta(days=60)
AN = Actor(person=CLERK, agency=SENDER)


def line(
    route: Route = Route.AXIS, urgency: Urgency = Urgency.ORDINARY, reply_on: date | None = None
) -> Delivery:
    """A line that was opened on Monday at 10:00."""
    delivery = Delivery.begin(
        Delivery.Begun,
        UUID(int=7),
        document_id=UUID(int=1),
        sender=SENDER,
        recipient=THEIRS,
        reply_due_on=reply_on,
    )
    people = {"clerk": CLERK, "drafter": DRAFTER}
    delivery.open("Sở Y tế", MONDAY, reply_on, CALENDAR, route, urgency, **people)
    return delivery


def alarms(delivery: Delivery, at: datetime) -> dict[str, str]:
    """Open alarms at an instant, each with its owner."""
    delivery.raise_alarms(at)
    told = delivery.view().alarms
    return {alarm.kind.value: alarm.owner for alarm in told if alarm.closed_at is None}


@pytest.mark.parametrize(
    ("urgency", "minutes"), [(Urgency.ORDINARY, (5, 30)), (Urgency.EXPRESS, (5, 5))]
)
@pytest.mark.rule("R10.1")
def test_silence_of_the_axis_and_of_the_recipient_are_alarms_at_their_minutes(
    urgency: Urgency, minutes: tuple[int, int]
) -> None:
    delivery, second = line(urgency=urgency), timedelta(seconds=1)
    kinds = dict(coming(delivery))
    axis, arrival = (MONDAY + timedelta(minutes=m) for m in minutes)
    assert kinds == {AlarmKind.NO_AXIS_ANSWER: axis, AlarmKind.NOT_RECEIVED: arrival}
    assert alarms(delivery, axis - second) == {}
    assert "NO_AXIS_ANSWER" in alarms(delivery, axis)
    assert set(alarms(delivery, arrival)) == {"NO_AXIS_ANSWER", "NOT_RECEIVED"}
    assert delivery.view().sent_at is None


def test_an_alarm_is_raised_once_and_is_over_when_what_was_missing_came() -> None:
    delivery = line()
    alarms(delivery, LATER)
    version = delivery.version
    assert alarms(delivery, LATER + timedelta(days=1)) == {
        "NO_AXIS_ANSWER": CLERK,
        "NOT_RECEIVED": CLERK,
    }
    assert delivery.version == version
    delivery.take_axis_answer(LATER)
    assert set(alarms(delivery, LATER)) == {"NOT_RECEIVED"}
    delivery.record_status(StatusCode.ACCEPTED, LATER)
    assert alarms(delivery, LATER) == {}
    assert {alarm.closed_by for alarm in delivery.view().alarms} == {""}


@pytest.mark.rule("R8.1b-2")
def test_who_neither_accepts_nor_refuses_by_the_end_of_the_day_is_an_alarm() -> None:
    delivery, entered_at = line(Route.PLATFORM), datetime(2026, 3, 2, 17, 45, tzinfo=VIETNAM)
    due = receipt_notice_due(CALENDAR, entered_at)
    assert due.due_at == datetime(2026, 3, 4, tzinfo=VIETNAM)
    delivery.record_status(StatusCode.ARRIVED, entered_at, next_due=due)
    assert alarms(delivery, due.due_at - timedelta(seconds=1)) == {}
    assert alarms(delivery, due.due_at) == {"NOT_ANSWERED": CLERK}
    delivery.record_status(StatusCode.REFUSED, due.due_at, "Tệp hỏng")
    assert alarms(delivery, LATER) == {}


@pytest.mark.rule("R9.2d")
def test_a_late_reply_is_the_drafters_alarm_until_it_comes() -> None:
    delivery = line(Route.PLATFORM, reply_on=date(2026, 3, 6))
    delivery.record_status(StatusCode.ACCEPTED, MONDAY)
    midnight = datetime(2026, 3, 7, tzinfo=VIETNAM)
    assert alarms(delivery, midnight - timedelta(seconds=1)) == {}
    assert alarms(delivery, midnight) == {"REPLY_LATE": DRAFTER}
    delivery.record_reply(UUID(int=2), date(2026, 3, 9), LATER)
    assert alarms(delivery, LATER) == {}


def test_what_the_axis_refuses_is_an_alarm_at_once_until_it_is_sent_again() -> None:
    delivery = line()
    delivery.fail("18: không có nơi nhận", MONDAY, SENDER)
    assert delivery.state is DeliveryState.FAILED
    (alarm,) = delivery.view().alarms
    assert (alarm.kind, alarm.owner) == (AlarmKind.SENDING_FAILED, CLERK)
    assert alarm.told == "18: không có nơi nhận"
    again = MONDAY + timedelta(hours=1)
    assert delivery.resend(again) and not delivery.resend(again)
    assert delivery.state is DeliveryState.QUEUED
    assert alarms(delivery, again) == {}
    delivery.fail("18: vẫn không có", LATER, SENDER)
    assert alarms(delivery, LATER) == {"SENDING_FAILED": CLERK}


def test_a_refused_recall_is_an_alarm_and_so_is_one_that_nobody_answers() -> None:
    delivery = line()
    delivery.take_axis_answer(MONDAY)
    due = receipt_notice_due(CALENDAR, MONDAY)
    delivery.record_status(StatusCode.TAKE_BACK, MONDAY, "Gửi nhầm", due)
    delivery.fail("18", MONDAY, SENDER)
    assert delivery.state is DeliveryState.RECALLING
    assert set(alarms(delivery, LATER)) == {"SENDING_FAILED", "RECALL_UNANSWERED"}
    delivery.record_status(StatusCode.AGREED, LATER)
    assert alarms(delivery, LATER) == {}


def test_a_status_the_axis_refused_is_the_alarm_of_the_agency_that_owes_it() -> None:
    delivery = line()
    delivery.fail("18", MONDAY, THEIRS)
    (alarm,) = delivery.view().alarms
    assert (alarm.agency, alarm.owner, delivery.state) == (THEIRS, "", DeliveryState.QUEUED)
    with pytest.raises(Denied):
        delivery.close_alarm(AlarmKind.SENDING_FAILED, AN, "Đã gọi", MONDAY)


def test_an_alarm_is_taken_on_and_closed_with_a_note() -> None:
    delivery, binh = line(), Actor(person="binh", agency=SENDER)
    alarms(delivery, LATER)
    delivery.acknowledge_alarm(AlarmKind.NOT_RECEIVED, binh, "Đang gọi", LATER)
    assert alarms(delivery, LATER)["NOT_RECEIVED"] == "binh"
    delivery.close_alarm(AlarmKind.NOT_RECEIVED, AN, "Họ nhận bản giấy", LATER)
    assert set(alarms(delivery, LATER)) == {"NO_AXIS_ANSWER"}
    (closed,) = (alarm for alarm in delivery.view().alarms if alarm.closed_at)
    assert (closed.acknowledged_by, closed.closed_by, closed.note) == (
        "binh",
        CLERK,
        "Họ nhận bản giấy",
    )
    with pytest.raises(NoOpenAlarm):
        delivery.acknowledge_alarm(AlarmKind.NOT_RECEIVED, binh, "", LATER)
