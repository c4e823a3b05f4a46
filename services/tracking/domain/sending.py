"""What the sender's own end does with a line: the axis took it, refused it; it is sent again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from contracts.tracking import DeliveryState
from services.kernel.aggregate import Aggregate


class AxisTook(Aggregate.Event):
    """The axis took the document (R10.1: kept beside the recipient's 01)."""

    document_id: UUID
    sender: str
    recipient: str
    state: DeliveryState
    at: datetime

    def apply(self, line: Any) -> None:
        line.state, line.axis_accepted_at, line.failed_at = self.state, self.at, None
        line.left_at = line.left_at or self.at


class AxisRefused(Aggregate.Event):
    """The axis refused it, for good: `told` are its words."""

    document_id: UUID
    sender: str
    recipient: str
    state: DeliveryState
    at: datetime
    told: str

    def apply(self, line: Any) -> None:
        line.state, line.failed_at = self.state, self.at
        line.failures = [*line.failures, self.told]


class SentAgain(Aggregate.Event):
    """A clerk sends the same bytes again (gửi lại)."""

    document_id: UUID
    sender: str
    recipient: str
    state: DeliveryState
    at: datetime
    axis_due_at: datetime
    arrival_due_at: datetime

    def apply(self, line: Any) -> None:
        line.state, line.failed_at = self.state, None
        line.axis_due_at, line.arrival_due_at = self.axis_due_at, self.arrival_due_at


class PaperConfirmed(Aggregate.Event):
    """The recipient without software has the paper, or gave it back; `note` shows it (R5.1b-2)."""

    document_id: UUID
    sender: str
    recipient: str
    state: DeliveryState
    at: datetime
    confirmed_on: date
    note: str

    def apply(self, line: Any) -> None:
        line.state, line.paper_confirmed_on = self.state, self.confirmed_on
