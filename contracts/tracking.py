"""Tracking (theo dõi, đôn đốc): what became of each document at each recipient."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from contracts.envelope import Follows, PublicEvent, Told
from contracts.values import AgencyCode, Coded, Limit, Name, StatusCode


class DeliveryState(Coded):
    """State of one recipient's line (table 3.4)."""

    SENT = "SENT", "Đã gửi", "Sent"
    ARRIVED = "ARRIVED", "Đã đến", "Arrived"
    REFUSED = "REFUSED", "Bị từ chối", "Refused"
    ACCEPTED = "ACCEPTED", "Đã tiếp nhận", "Accepted"
    ASSIGNED = "ASSIGNED", "Đã phân công", "Assigned"
    IN_PROGRESS = "IN_PROGRESS", "Đang xử lý", "In progress"
    COMPLETED = "COMPLETED", "Hoàn thành", "Completed"
    RECALLING = "RECALLING", "Đang thu hồi", "Being recalled"
    RECALLED = "RECALLED", "Đã thu hồi", "Recalled"
    RECALL_REFUSED = "RECALL_REFUSED", "Bên nhận không đồng ý", "Recall declined"


class DeliveryOpened(PublicEvent, frozen=True, kw_only=True):
    """A document went out to one recipient; its line is open (R9.3a)."""

    delivery_id: UUID
    document_id: UUID
    sender: AgencyCode
    recipient: AgencyCode
    recipient_name: Name
    issued_at: datetime
    reply_due_on: date | None = None


class StatusSent(PublicEvent, frozen=True, kw_only=True):
    """The sender was told a status of one recipient (hồi báo trạng thái, Q28-6.3)."""

    delivery_id: UUID
    document_id: UUID
    sender: AgencyCode
    recipient: AgencyCode
    code: StatusCode
    at: datetime
    state: DeliveryState
    reason: str = ""


class ReplyReceived(PublicEvent, frozen=True, kw_only=True):
    """The reply that was asked for is issued by the recipient (R9.2đ)."""

    delivery_id: UUID
    document_id: UUID
    sender: AgencyCode
    recipient: AgencyCode
    reply_document_id: UUID
    answered_on: date
    on_time: bool


class StatusLine(Struct, frozen=True, kw_only=True):
    """One status as it came."""

    code: StatusCode
    at: datetime
    reason: str = ""


class DeliveryView(Struct, frozen=True, kw_only=True):
    """One recipient's line. `sent_at` exists once the recipient answered 01 (R10.1)."""

    delivery_id: UUID
    document_id: UUID
    sender: AgencyCode
    recipient: AgencyCode
    recipient_name: Name
    state: DeliveryState
    issued_at: datetime
    acknowledged_at: datetime | None
    sent_at: datetime | None
    reply_due_on: date | None
    answered_on: date | None
    history: list[StatusLine]


class Tracking(Told, Follows, Protocol):
    """What may be asked of tracking."""

    def get_delivery(self, *, delivery_id: UUID) -> DeliveryView:
        """One recipient's line, for sender and recipient. Refusals: `NotFound`, `Denied`."""

    def list_deliveries(
        self, *, document_id: UUID, after: str = "", limit: Limit = 100
    ) -> list[DeliveryView]:
        """The lines of one document by recipient's code, for its sender (R9.3a, R9.3b-1).

        Refusals: `NotFound`, `Denied`, `Invalid`.
        """
