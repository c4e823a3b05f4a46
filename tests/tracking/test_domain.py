"""A line moves forward only, keeps every status, and knows when it was sent and answered."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from pathlib import Path
from uuid import UUID

import pytest

from contracts.tracking import DeliveryState, StatusLine
from contracts.values import StatusCode
from services.tracking import domain
from services.tracking.domain import Delivery
from tests.tracking.stored import read_again, recorded_topics, sampled_topics
from tests.tracking.told import CALENDAR, MONDAY, SENDER

SAMPLES = Path(__file__).parent / "stored_events"
CODES = [code for code in StatusCode if code <= StatusCode.COMPLETED]


def line(reply_due_on: date | None = None, opened: bool = True) -> Delivery:
    """A line that nothing was heard of yet."""
    delivery = Delivery.begin(
        Delivery.Begun,
        UUID(int=7),
        document_id=UUID(int=1),
        sender=SENDER,
        recipient="H47.09",
        reply_due_on=reply_due_on,
    )
    if opened:
        delivery.open("Sở Y tế", MONDAY, reply_due_on, CALENDAR)
    return delivery


def told(*codes: str) -> Delivery:
    """A line after these statuses, a minute apart."""
    delivery = line()
    for minute, code in enumerate(codes):
        delivery.record_status(StatusCode(code), MONDAY + timedelta(minutes=minute))
    return delivery


@pytest.mark.parametrize(
    ("codes", "state"),
    [
        ("", DeliveryState.SENT),
        ("01", DeliveryState.ARRIVED),
        ("01 03", DeliveryState.ACCEPTED),
        ("01 03 04 05 06", DeliveryState.COMPLETED),
        ("04 03 01", DeliveryState.ASSIGNED),
        ("01 02", DeliveryState.REFUSED),
        ("01 03 02", DeliveryState.REFUSED),
        ("02 01 03", DeliveryState.REFUSED),
        ("06 05", DeliveryState.COMPLETED),
        ("06 02", DeliveryState.COMPLETED),
        ("06 13", DeliveryState.RECALLING),
        ("05 13 06", DeliveryState.RECALLING),
        ("05 13 15", DeliveryState.RECALLED),
        ("05 13 15 05", DeliveryState.RECALLED),
        ("06 13 16", DeliveryState.RECALL_REFUSED),
        ("02 13", DeliveryState.REFUSED),
        ("13 15 13", DeliveryState.RECALLED),
        ("05 15", DeliveryState.IN_PROGRESS),
    ],
)
def test_a_line_moves_forward_only(codes: str, state: DeliveryState) -> None:
    assert told(*codes.split()).state is state


def test_whatever_the_order_nothing_is_lost_and_a_final_state_stays() -> None:
    for order in permutations(CODES):
        delivery = told(*order)
        assert [status.code for status in delivery.history] == list(order)
        first_final = next(code for code in order if code in ("02", "06"))
        assert delivery.state is domain.STATE_OF[first_final]


def test_an_exact_repeat_is_ignored_and_a_later_status_of_the_same_code_is_kept() -> None:
    delivery = told("01", "05")
    delivery.record_status(StatusCode.IN_PROGRESS, MONDAY + timedelta(minutes=1))
    assert len(delivery.history) == 2
    delivery.record_status(StatusCode.IN_PROGRESS, MONDAY + timedelta(minutes=2))
    later = StatusLine(code=StatusCode.IN_PROGRESS, at=MONDAY + timedelta(minutes=2))
    assert delivery.history[2:] == [later]


@pytest.mark.rule("R10.1")
def test_there_is_a_sending_time_only_once_the_recipient_answered_01() -> None:
    silent, answered, refused_only = line(), line(), line()
    acknowledged_at = MONDAY + timedelta(seconds=7)
    answered.record_status(StatusCode.ARRIVED, acknowledged_at)
    refused_only.record_status(StatusCode.REFUSED, acknowledged_at, "Có dấu hiệu nội dung mật")
    assert (silent.view().sent_at, silent.view().state) == (None, DeliveryState.SENT)
    assert refused_only.view().sent_at is None
    assert answered.view().issued_at == MONDAY
    assert answered.view().acknowledged_at == acknowledged_at
    assert answered.view().sent_at == MONDAY


def test_the_first_01_acknowledges_even_when_another_follows() -> None:
    assert told("01", "01").acknowledged_at == MONDAY


@pytest.mark.parametrize(
    ("due_on", "answered_on", "on_time"),
    [
        (date(2026, 3, 9), date(2026, 3, 8), True),
        (date(2026, 3, 9), date(2026, 3, 9), True),
        (date(2026, 3, 9), date(2026, 3, 10), False),
        (None, date(2026, 3, 10), True),
    ],
)
def test_a_reply_is_on_time_until_the_end_of_the_due_day(
    due_on: date | None, answered_on: date, on_time: bool
) -> None:
    delivery = line(due_on)
    delivery.record_reply(UUID(int=2), answered_on, MONDAY)
    *_, answered = delivery.collect_events()
    assert isinstance(answered, Delivery.Answered)
    assert (answered.on_time, delivery.view().answered_on) == (on_time, answered_on)


def test_the_first_reply_counts_and_the_same_reply_is_heard_once() -> None:
    delivery = line(date(2026, 3, 9))
    for reply, day in ((2, 8), (2, 8), (3, 11)):
        delivery.record_reply(UUID(int=reply), date(2026, 3, day), MONDAY)
    assert delivery.answered_on == date(2026, 3, 8)
    assert delivery.replies == [UUID(int=2), UUID(int=3)]


def test_a_line_is_opened_once_whatever_came_before() -> None:
    delivery = line(opened=False)
    delivery.record_status(StatusCode.ARRIVED, MONDAY)
    delivery.open("Sở Y tế", MONDAY, None, CALENDAR)
    delivery.open("Another name", MONDAY + timedelta(days=9), None, CALENDAR)
    assert delivery.view().recipient_name == "Sở Y tế"
    assert delivery.view().state is DeliveryState.ARRIVED


def test_every_recorded_event_has_a_stored_sample() -> None:
    assert sampled_topics(SAMPLES) == recorded_topics(domain)


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_stored_events_are_still_read_whole(sample: Path) -> None:
    state, kept = read_again(sample)
    assert kept == state
