"""Lines (dòng nơi nhận): one document at one recipient, its states, its alarms, who minds them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from contracts.envelope import PublicEvent
from contracts.errors import Refused
from contracts.values import (
    AgencyCode,
    Coded,
    Limit,
    Name,
    Opinion,
    Reason,
    Route,
    StatusCode,
    Urgency,
)


class DeliveryState(Coded):
    """State of one recipient's line (table 3.4)."""

    QUEUED = "QUEUED", "Chờ gửi", "Waiting to be sent"
    SENT = "SENT", "Đã gửi", "Sent"
    FAILED = "FAILED", "Gửi lỗi", "Sending failed"
    ARRIVED = "ARRIVED", "Đã đến", "Arrived"
    REFUSED = "REFUSED", "Bị từ chối", "Refused"
    ACCEPTED = "ACCEPTED", "Đã tiếp nhận", "Accepted"
    ASSIGNED = "ASSIGNED", "Đã phân công", "Assigned"
    IN_PROGRESS = "IN_PROGRESS", "Đang xử lý", "In progress"
    COMPLETED = "COMPLETED", "Hoàn thành", "Completed"
    RECALLING = "RECALLING", "Đang thu hồi", "Being recalled"
    RECALLED = "RECALLED", "Đã thu hồi", "Recalled"
    RECALL_REFUSED = "RECALL_REFUSED", "Bên nhận không đồng ý", "Recall declined"
    PAPER = "PAPER", "Gửi giấy", "On paper"
    PAPER_CONFIRMED = "PAPER_CONFIRMED", "Đã nhận bản giấy", "Paper received"


class AlarmKind(Coded):
    """Why somebody must look at a line (cảnh báo)."""

    NO_AXIS_ANSWER = "NO_AXIS_ANSWER", "Trục chưa nhận", "The axis did not take it"
    NOT_RECEIVED = "NOT_RECEIVED", "Bên nhận chưa báo đã đến", "The recipient told no arrival"
    NOT_ANSWERED = "NOT_ANSWERED", "Chưa tiếp nhận hoặc từ chối", "Neither accepted nor refused"
    SENDING_FAILED = "SENDING_FAILED", "Gửi lỗi", "Sending failed"
    REPLY_LATE = "REPLY_LATE", "Quá hạn trả lời", "The reply is late"
    RECALL_UNANSWERED = "RECALL_UNANSWERED", "Chưa trả lời thu hồi", "The recall is not answered"
    PAPER_UNCONFIRMED = "PAPER_UNCONFIRMED", "Bản giấy chưa được xác nhận", "Paper not confirmed"


class Alarm(Struct, frozen=True, kw_only=True):
    """An alarm of a line: `agency` is to act, `owner` is who of it; nobody is any of its clerks.

    It was due at `due_at`. It is over when `closed_at` is told: cured by what came, or by
    `closed_by` with a `note`.
    """

    kind: AlarmKind
    agency: AgencyCode
    owner: str
    due_at: datetime
    raised_at: datetime
    told: str = ""
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    closed_by: str = ""
    closed_at: datetime | None = None
    note: Opinion = ""


class DeliveryOpened(PublicEvent, frozen=True, kw_only=True):
    """A document went out to one recipient; its line is open (R9.3a).

    `clerk` issued it, `drafter` is its lead drafter. An alarm is due when the axis did not take it
    by `axis_due_at`, or nothing was heard of the recipient by `arrival_due_at` (on paper: no
    confirmation).
    """

    delivery_id: UUID
    document_id: UUID
    sender: AgencyCode
    recipient: AgencyCode
    recipient_name: Name
    issued_at: datetime
    reply_due_on: date | None = None
    route: Route = Route.PLATFORM
    urgency: Urgency = Urgency.ORDINARY
    state: DeliveryState = DeliveryState.SENT
    clerk: str = ""
    drafter: str = ""
    axis_due_at: datetime | None = None
    arrival_due_at: datetime | None = None
    notation: str = ""
    subject: str = ""


class LineMoved(PublicEvent, frozen=True, kw_only=True):
    """The sender's own end moved a line: the axis took or refused it, a clerk sent it again."""

    delivery_id: UUID
    document_id: UUID
    sender: AgencyCode
    recipient: AgencyCode
    state: DeliveryState
    at: datetime
    told: str = ""
    axis_due_at: datetime | None = None
    arrival_due_at: datetime | None = None
    failed_at: datetime | None = None


class StatusSent(PublicEvent, frozen=True, kw_only=True):
    """The sender was told a status of one recipient (hồi báo trạng thái, Q28-6.3).

    The next word of the recipient is due at `answer_due_at`, where one is owed.
    """

    delivery_id: UUID
    document_id: UUID
    sender: AgencyCode
    recipient: AgencyCode
    code: StatusCode
    at: datetime
    state: DeliveryState
    reason: str = ""
    answer_due_at: datetime | None = None


class AlarmRaised(PublicEvent, frozen=True, kw_only=True):
    """Somebody must look at a line (cảnh báo)."""

    delivery_id: UUID
    document_id: UUID
    sender: AgencyCode
    recipient: AgencyCode
    alarm: Alarm


class AlarmAcknowledged(PublicEvent, frozen=True, kw_only=True):
    """Somebody takes an alarm on: it is his."""

    delivery_id: UUID
    document_id: UUID
    sender: AgencyCode
    recipient: AgencyCode
    alarm: Alarm


class AlarmClosed(PublicEvent, frozen=True, kw_only=True):
    """An alarm is over."""

    delivery_id: UUID
    document_id: UUID
    sender: AgencyCode
    recipient: AgencyCode
    alarm: Alarm


class StatusLine(Struct, frozen=True, kw_only=True):
    """One status as it came."""

    code: StatusCode
    at: datetime
    reason: str = ""


class DeliveryView(Struct, frozen=True, kw_only=True):
    """One recipient's line. `sent_at` exists once the recipient answered 01 (R10.1).

    `axis_accepted_at` is when the axis took it last; `failures` are its refusals. It was
    `issued_on_time` by the working day after the signing (N30-18.1), and `sent_on_time` if the axis
    or the recipient had it by the next working morning (Q28-6.2a); not known is None.
    """

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
    route: Route = Route.PLATFORM
    clerk: str = ""
    drafter: str = ""
    axis_accepted_at: datetime | None = None
    paper_confirmed_on: date | None = None
    failures: list[str] = []
    alarms: list[Alarm] = []
    issued_on_time: bool | None = None
    sent_on_time: bool | None = None


class NothingToResend(Refused):
    """The line is not one that waits for its recipient over the axis.

    `state_vi`, `state_en` are the labels of the line's state.
    """

    vi = "Dòng gửi ở trạng thái “{state_vi}”, không gửi lại qua trục. Hãy xem lịch sử dòng gửi."
    en = "The line is “{state_en}”; it is not sent again over the axis. See its history."


class NoPaperAwaited(Refused):
    """No paper of this line waits to be confirmed.

    `state_vi`, `state_en` are the labels of the line's state.
    """

    vi = "Dòng gửi ở trạng thái “{state_vi}”, không chờ xác nhận bản giấy. Hãy chọn đúng dòng."
    en = "The line is “{state_en}”; no paper of it waits to be confirmed. Choose the right line."


class NoOpenAlarm(Refused):
    """The line has no open alarm of this kind."""

    vi = "Dòng gửi không có cảnh báo “{kind_vi}” đang mở. Hãy xem danh sách cảnh báo."
    en = "The line has no open alarm “{kind_en}”. See the list of alarms."


class Lines(Protocol):
    """What may be asked about lines."""

    def get_delivery(self, *, delivery_id: UUID) -> DeliveryView:
        """One recipient's line, for sender and recipient. Refusals: `NotFound`, `Denied`."""

    def list_deliveries(
        self, *, document_id: UUID, after: str = "", limit: Limit = 100
    ) -> list[DeliveryView]:
        """The lines of one document by recipient's code, for its sender (R9.3a, R9.3b-1).

        Refusals: `NotFound`, `Denied`, `Invalid`.
        """

    def resend_document(self, *, delivery_id: UUID) -> None:
        """Send the very same bytes over the axis once more (gửi lại); while they wait, nothing.

        For clerks of the sender, until the recipient answers. Refusals: `NothingToResend`,
        `NotFound`, `Denied`. Rules: R9.3a.
        """

    def confirm_paper(self, *, delivery_id: UUID, confirmed_on: date, note: Reason) -> None:
        """Say that a recipient without software has the paper since a day, or gave it back.

        `note` is what shows it, e.g. the number of the delivery slip. For clerks of the sender.
        Refusals: `NoPaperAwaited`, `NotFound`, `Denied`, `Invalid`. Rules: R5.1b-2.
        """

    def acknowledge_alarm(self, *, delivery_id: UUID, kind: AlarmKind, note: Opinion = "") -> None:
        """Take an alarm on: it is the caller's from now on. For people of the agency to act.

        Refusals: `NoOpenAlarm`, `NotFound`, `Denied`, `Invalid`.
        """

    def close_alarm(self, *, delivery_id: UUID, kind: AlarmKind, note: Reason) -> None:
        """Close an alarm by hand, and say why. For clerks and leaders of the agency that is to act.

        Refusals: `NoOpenAlarm`, `NotFound`, `Denied`, `Invalid`.
        """
