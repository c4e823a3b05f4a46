"""What tracking tells aloud is what it recorded."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from contracts.tracking import DeliveryOpened, DeliveryState, ReplyReceived, StatusSent
from contracts.values import StatusCode
from services.tracking.domain import Delivery
from services.tracking.events import publish
from tests.tracking.told import CALENDAR, MONDAY, SENDER


def test_an_opened_line_a_status_and_a_reply_are_told_and_the_beginning_is_not() -> None:
    who = {"document_id": UUID(int=1), "sender": SENDER, "recipient": "H47.09"}
    delivery = Delivery.begin(Delivery.Begun, UUID(int=7), **who, reply_due_on=None)
    delivery.open("Sở Y tế", MONDAY, date(2026, 3, 9), CALENDAR, clerk="an")
    delivery.record_status(StatusCode.REFUSED, MONDAY, "Tệp bị hỏng")
    delivery.record_reply(UUID(int=2), date(2026, 3, 9), MONDAY)
    of_it = {"delivery_id": UUID(int=7), **who}
    assert [publish(recorded) for recorded in delivery.collect_events()] == [
        None,
        DeliveryOpened(
            **of_it,  # type: ignore[arg-type]
            recipient_name="Sở Y tế",
            issued_at=MONDAY,
            reply_due_on=date(2026, 3, 9),
            clerk="an",
            arrival_due_at=MONDAY + timedelta(minutes=30),
        ),
        StatusSent(
            **of_it,  # type: ignore[arg-type]
            code=StatusCode.REFUSED,
            at=MONDAY,
            state=DeliveryState.REFUSED,
            reason="Tệp bị hỏng",
        ),
        ReplyReceived(
            **of_it,  # type: ignore[arg-type]
            reply_document_id=UUID(int=2),
            answered_on=date(2026, 3, 9),
            on_time=True,
        ),
    ]
