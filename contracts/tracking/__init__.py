"""Tracking (theo dõi, đôn đốc): what became of each document at each recipient."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from contracts.envelope import Follows, PublicEvent, Told
from contracts.tracking.archiving import (
    Archiving,
    DossierActTooEarly,
    DossierArchived,
    DossierFrozen,
    DossierNotPacked,
    DossierSubmitted,
    PackageUnlike,
)
from contracts.tracking.dossiers import (
    DocumentAlreadyCollected,
    DocumentNotCollected,
    DocumentUnfinished,
    DossierAlreadyOpened,
    DossierAnnounced,
    DossierClosed,
    DossierEmpty,
    DossierKind,
    DossierNotClosed,
    DossierNotOpen,
    DossierPaper,
    Dossiers,
    DossierState,
    DossierView,
    EndTooEarly,
    KeptBackTooLong,
)
from contracts.tracking.lines import (
    Alarm,
    AlarmAcknowledged,
    AlarmClosed,
    AlarmKind,
    AlarmRaised,
    DeliveryOpened,
    DeliveryState,
    DeliveryView,
    LineMoved,
    Lines,
    NoOpenAlarm,
    NoPaperAwaited,
    NothingToResend,
    StatusLine,
    StatusSent,
)
from contracts.tracking.lists import (
    AlarmEntry,
    HeldStatus,
    LineCounts,
    LineEntry,
    Lists,
    StatusHeld,
    StatusMatched,
)
from contracts.tracking.notices import Notice, NoticeKind, Notices
from contracts.tracking.tasks import (
    Delay,
    DelayExplained,
    TaskAccepted,
    TaskAcknowledged,
    TaskAlreadyAcknowledged,
    TaskAlreadyAssigned,
    TaskAssigned,
    TaskClock,
    TaskDone,
    TaskDueTooEarly,
    TaskExtended,
    TaskNote,
    TaskNotReported,
    TaskProgressed,
    TaskReminded,
    TaskReturned,
    Tasks,
    TaskState,
    TaskView,
)
from contracts.values import (
    AgencyCode,
    Coded,
    DocumentKind,
    FileRef,
    Issuer,
    Origin,
    Reason,
    ReplyRequest,
    Secrecy,
    Subject,
    Urgency,
)

__all__ = [
    "Alarm",
    "AlarmAcknowledged",
    "AlarmClosed",
    "AlarmEntry",
    "AlarmKind",
    "AlarmRaised",
    "Archiving",
    "Delay",
    "DelayExplained",
    "DeliveryOpened",
    "DeliveryState",
    "DeliveryView",
    "DocumentAlreadyCollected",
    "DocumentNotCollected",
    "DocumentTaken",
    "DocumentUnfinished",
    "DossierActTooEarly",
    "DossierAlreadyOpened",
    "DossierAnnounced",
    "DossierArchived",
    "DossierClosed",
    "DossierEmpty",
    "DossierFrozen",
    "DossierKind",
    "DossierNotClosed",
    "DossierNotOpen",
    "DossierNotPacked",
    "DossierPaper",
    "DossierState",
    "DossierSubmitted",
    "DossierView",
    "Dossiers",
    "EndTooEarly",
    "HeldStatus",
    "KeptBackTooLong",
    "Letter",
    "LineCounts",
    "LineEntry",
    "LineMoved",
    "Lines",
    "Lists",
    "NoOpenAlarm",
    "NoPaperAwaited",
    "NothingToResend",
    "Notice",
    "NoticeKind",
    "Notices",
    "PackageUnlike",
    "RecallTaken",
    "ReceiptKept",
    "ReceiptVerdict",
    "ReceiptView",
    "ReplyReceived",
    "SendingFailed",
    "StatusHeld",
    "StatusLine",
    "StatusMatched",
    "StatusSent",
    "TaskAccepted",
    "TaskAcknowledged",
    "TaskAlreadyAcknowledged",
    "TaskAlreadyAssigned",
    "TaskAssigned",
    "TaskClock",
    "TaskDone",
    "TaskDueTooEarly",
    "TaskExtended",
    "TaskNotReported",
    "TaskNote",
    "TaskProgressed",
    "TaskReminded",
    "TaskReturned",
    "TaskState",
    "TaskView",
    "Tasks",
    "Tracking",
    "UpdateTaken",
]


class ReplyReceived(PublicEvent, frozen=True, kw_only=True):
    """The reply that was asked for is issued by the recipient (R9.2đ)."""

    delivery_id: UUID
    document_id: UUID
    sender: AgencyCode
    recipient: AgencyCode
    reply_document_id: UUID
    answered_on: date
    on_time: bool


class ReceiptVerdict(Coded):
    """What is known of a recipient's signed receipt (biên nhận)."""

    PROVED = "PROVED", "Đúng chữ ký, đúng văn bản", "Its signature and document are right"
    KEY_UNKNOWN = "KEY_UNKNOWN", "Chưa biết khóa của bên nhận", "The recipient's key is not known"
    FORGED = "FORGED", "Sai chữ ký", "Its signature is wrong"
    OTHER_DOCUMENT = "OTHER_DOCUMENT", "Của văn bản khác", "It is of another document"


class Letter(Struct, frozen=True, kw_only=True):
    """What a document that came over the axis says of itself; of a marked one, next to nothing."""

    kind: DocumentKind
    subject: Subject
    urgency: Urgency = Urgency.ORDINARY
    secrecy: Secrecy = Secrecy.NONE
    files: list[FileRef] = []
    reply: ReplyRequest | None = None
    issuer: Issuer | None = None
    sent_at: datetime | None = None
    replaces: list[UUID] = []


class DocumentTaken(PublicEvent, frozen=True, kw_only=True):
    """A document came over the axis to an agency here (văn bản đến qua trục; R8.1b).

    However often and in whatever order its message came, this is told once. Its files are sealed
    under `delivery_id`; of one with a secrecy mark there are none (R1.2).
    """

    delivery_id: UUID
    agency: AgencyCode
    origin: Origin
    letter: Letter


class RecallTaken(PublicEvent, frozen=True, kw_only=True):
    """The sender wants a document back that went over the axis (thu hồi qua trục, Q28-9.2b)."""

    delivery_id: UUID
    agency: AgencyCode
    origin: Origin
    order_id: UUID
    reason: Reason


class UpdateTaken(PublicEvent, frozen=True, kw_only=True):
    """The sender corrects a document that went over the axis (cập nhật qua trục)."""

    delivery_id: UUID
    agency: AgencyCode
    origin: Origin
    update_id: UUID
    letter: Letter
    reason: Reason


class SendingFailed(PublicEvent, frozen=True, kw_only=True):
    """The axis refused a message, for good: `code` and `told` are its words (R10.1)."""

    delivery_id: UUID
    document_id: UUID
    sender: AgencyCode
    recipient: AgencyCode
    code: str
    told: str


class ReceiptKept(PublicEvent, frozen=True, kw_only=True):
    """The recipient's signed receipt of a document is kept with its sender (biên nhận)."""

    delivery_id: UUID
    document_id: UUID
    sender: AgencyCode
    recipient: AgencyCode
    receipt: str
    verdict: ReceiptVerdict


class ReceiptView(Struct, frozen=True, kw_only=True):
    """A signed receipt, the same bytes at both ends.

    `receipt` is a JWS (RFC 7515) of the recipient: `iss` his code, `aud` the sender's, `doc` and
    `code` the document on the wire, `fp` the SHA-256 of its words and files, `at` the instant.
    At the recipient's own end there is no verdict.
    """

    delivery_id: UUID
    receipt: str
    verdict: ReceiptVerdict | None = None


class Tracking(Lines, Lists, Notices, Dossiers, Archiving, Tasks, Told, Follows, Protocol):
    """What may be asked of tracking."""

    def get_receipt(self, *, delivery_id: UUID) -> ReceiptView:
        """The signed receipt of a document that went over the axis, for both ends of it.

        Refusals: `NotFound` (no receipt yet), `Denied`.
        """
