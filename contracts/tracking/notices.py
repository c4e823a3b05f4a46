"""Notices (thông báo): what happened, for whoever is to know it, each once."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from contracts.values import AgencyCode, Coded, Limit, Position


class NoticeKind(Coded):
    """What a notice is about, and so who has it (N30-VI.1)."""

    NEW_DOCUMENT = "NEW_DOCUMENT", "Văn bản mới đến", "A new document"
    RECEPTION = "RECEPTION", "Nơi nhận đã nhận hoặc từ chối", "The recipient received or refused"
    DISTRIBUTED = "DISTRIBUTED", "Văn bản được phân công", "A document was distributed"
    HANDLING = "HANDLING", "Tình hình xử lý ở nơi nhận", "How the recipient handles it"
    TASK = "TASK", "Nhiệm vụ mới", "A new task"
    URGED = "URGED", "Đôn đốc nhiệm vụ", "A task is urged"
    ALARM = "ALARM", "Cảnh báo dòng gửi", "An alarm of a line"
    FIGURES = "FIGURES", "Số liệu thống kê đã chốt", "Figures of a period are sealed"
    DRAFT_RETURNED = "DRAFT_RETURNED", "Dự thảo được trả lại", "A draft was returned"


class Notice(Struct, frozen=True, kw_only=True):
    """One notice. `place` is its place among all; `told` are the words that came with it.

    `notation` and `subject` are those of the document where they are known here.
    """

    place: Position
    kind: NoticeKind
    agency: AgencyCode
    document_id: UUID | None
    delivery_id: UUID | None
    task_id: UUID | None
    notation: str
    subject: str
    told: str
    at: datetime


class Notices(Protocol):
    """What may be asked about notices."""

    def list_notices(
        self, *, agency: AgencyCode, after: Position = 0, limit: Limit = 100
    ) -> list[Notice]:
        """What happened since a place that the caller is to know: by his role, or as the person.

        Clerks hear of new documents and of reception, officers of distribution and tasks, leaders
        of sealed figures, the lead drafter of handling and of his drafts, owners of their alarms.
        For people of the agency.
        Refusals: `Denied`, `Invalid`. Rules: N30-VI.1i-o.
        """
