"""Dossiers (hồ sơ): the yearly list, from the opening to the day of the archive."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta, Struct

from contracts.envelope import PublicEvent
from contracts.errors import Refused
from contracts.values import AgencyCode, Coded, FileRef, Limit, Position, Reason, Subject


class DossierState(Coded):
    """State of a dossier (table 3.7)."""

    OPENED = "OPENED", "Mở", "Opened"
    COLLECTING = "COLLECTING", "Thu thập", "Collecting"
    CLOSED = "CLOSED", "Kết thúc", "Closed"
    DUE = "DUE", "Đến hạn nộp lưu", "Due for the archive"
    KEPT_BACK = "KEPT_BACK", "Giữ lại", "Kept back"
    SUBMITTED = "SUBMITTED", "Đã nộp lưu", "Submitted to the archive"
    CHECKED = "CHECKED", "Đã kiểm tra", "Checked by the archive"
    RETURNED = "RETURNED", "Trả lại", "Returned by the archive"
    ACCEPTED = "ACCEPTED", "Lưu trữ cơ quan đã nhận", "Accepted by the archive"
    ARCHIVED = "ARCHIVED", "Đã lưu trữ", "Archived"
    FROZEN = "FROZEN", "Đóng băng", "Frozen"


class DossierKind(Coded):
    """Kind of a dossier: constructions are due three months after settlement (N30-28..31)."""

    ORDINARY = "ordinary", "Hồ sơ công việc", "Of ordinary work"
    CONSTRUCTION = "construction", "Hồ sơ xây dựng cơ bản", "Of a construction"


class DossierClosed(PublicEvent, frozen=True, kw_only=True):
    """The work of a dossier ended (kết thúc hồ sơ). Without `due_on` it need not be handed over."""

    dossier_id: UUID
    agency: AgencyCode
    code: str
    ended_on: date
    due_on: date | None


class DossierAnnounced(PublicEvent, frozen=True, kw_only=True):
    """A dossier is due for the archive in 30 days (báo đến hạn nộp lưu, N30-VI.5b)."""

    dossier_id: UUID
    agency: AgencyCode
    code: str
    due_on: date


class DossierPaper(Struct, frozen=True, kw_only=True):
    """A document of a dossier by its identity: the document itself is kept once (N30-VI.4).

    `recalled`: its sender took it back; its content is destroyed, its place stays (N30-VI.8).
    """

    document_id: UUID
    ordinal: int
    added_on: date
    recalled: bool = False


class DossierView(Struct, frozen=True, kw_only=True):
    """A dossier as it is now (regulation 2.7). Without `retention_years` it is kept for ever.

    `retention_until_on` is the last day of its keeping; `pages` and `package` are known once it
    was submitted and packed; `archive_code` once the archive has put it on its shelf.
    """

    dossier_id: UUID
    agency: AgencyCode
    code: str
    title: str
    kind: DossierKind
    state: DossierState
    retention_years: int | None
    creator: str
    opened_on: date
    ended_on: date | None
    due_on: date | None
    kept_until_on: date | None
    total: int
    documents: list[DossierPaper]
    retention_until_on: date | None = None
    pages: int | None = None
    package: FileRef | None = None
    archive_code: str = ""


class DossierAlreadyOpened(Refused):
    """The dossier id is taken."""

    vi = "Mã {dossier_id} đã dùng cho hồ sơ khác. Hãy dùng mã mới."
    en = "Id {dossier_id} is taken by another dossier. Use a new id."


class DossierNotOpen(Refused):
    """The dossier is closed: nothing more goes in."""

    vi = "Hồ sơ {code} đã kết thúc. Hãy mở hồ sơ mới."
    en = "Dossier {code} is closed. Open a new one."


class DossierNotClosed(Refused):
    """Only a closed dossier that is due for the archive may be kept back, and once."""

    vi = "Hồ sơ {code} chưa kết thúc, không phải nộp lưu, hoặc đã giữ lại. Hãy kiểm tra trạng thái."
    en = "Dossier {code} is open, not for the archive, or kept back already. Check its state."


class DossierEmpty(Refused):
    """A dossier is closed with its documents in it."""

    vi = "Hồ sơ {code} chưa có văn bản. Hãy thu thập văn bản trước."
    en = "Dossier {code} holds no document. Collect its documents first."


class DocumentAlreadyCollected(Refused):
    """The document lies in this dossier already."""

    vi = "Văn bản {document_id} đã có trong hồ sơ. Không cần thêm lại."
    en = "Document {document_id} lies in the dossier already. Do not add it again."


class DocumentNotCollected(Refused):
    """The document does not lie in this dossier."""

    vi = "Văn bản {document_id} không có trong hồ sơ {code}. Hãy kiểm tra mã văn bản."
    en = "Document {document_id} does not lie in dossier {code}. Check its id."


class DocumentUnfinished(Refused):
    """An incoming document in the dossier is still being worked on (table 3.7)."""

    vi = "Văn bản đến {document_id} chưa xử lý xong. Hãy hoàn thành trước khi kết thúc hồ sơ."
    en = "Incoming document {document_id} is not finished. Complete it before closing."


class EndTooEarly(Refused):
    """The work cannot have ended before the dossier was opened."""

    vi = "Ngày kết thúc {ended_on} trước ngày mở {opened_on}. Hãy sửa ngày."
    en = "The end {ended_on} is before the opening {opened_on}. Correct the day."


class KeptBackTooLong(Refused):
    """A dossier stays two years beyond its due day at most (N30-28..31)."""

    vi = "Chỉ được giữ lại đến {latest_on}, không đến {until_on}. Hãy chọn ngày sớm hơn."
    en = "It may be kept back until {latest_on}, not {until_on}. Take an earlier day."


Year = Annotated[int, Meta(ge=2000, le=2200)]
Group = Annotated[str, Meta(pattern=r"^\w{1,15}$")]
"""Group sign of the yearly list of dossiers, e.g. `TCCB`."""
Years = Annotated[int, Meta(ge=1, le=200)]


class Dossiers(Protocol):
    """What may be asked about dossiers."""

    def open_dossier(
        self,
        *,
        dossier_id: UUID,
        year: Year,
        group: Group,
        title: Subject,
        kind: DossierKind = DossierKind.ORDINARY,
        retention_years: Years | None = None,
    ) -> str:
        """Open a dossier in the yearly list; answers its code, whose ordinal is the next of the
        group. Without `retention_years` it is kept for ever. For officers and clerks.

        Refusals: `DossierAlreadyOpened`, `Denied`, `Invalid`. Rules: N30-28..31, N30-VI.4.
        """

    def collect_document(self, *, dossier_id: UUID, document_id: UUID) -> int:
        """Put a document that the agency issued or received in a dossier; answers its ordinal.

        For officers and clerks. Refusals: `DossierNotOpen`, `DocumentAlreadyCollected`,
        `NotFound`, `Denied`. Rules: N30-VI.4.
        """

    def drop_document(self, *, dossier_id: UUID, document_id: UUID, reason: Reason) -> None:
        """Take a duplicate or a draft out before the dossier is closed; those after it move up.

        For officers and clerks. Refusals: `DossierNotOpen`, `DocumentNotCollected`, `NotFound`,
        `Denied`, `Invalid`. Rules: N30-28..31.
        """

    def describe_dossier(
        self, *, dossier_id: UUID, title: Subject, retention_years: Years | None
    ) -> None:
        """Confirm or correct title and retention before the dossier is closed.

        For officers and clerks. Refusals: `DossierNotOpen`, `NotFound`, `Denied`, `Invalid`.
        Rules: N30-28..31.
        """

    def close_dossier(self, *, dossier_id: UUID, ended_on: date) -> date | None:
        """End a dossier; answers the last day to hand it to the archive, if it goes there.

        For officers and clerks. Refusals: `DossierNotOpen`, `DossierEmpty`, `DocumentUnfinished`,
        `EndTooEarly`, `NotFound`, `Denied`. Rules: N30-28..31.
        """

    def keep_back_dossier(self, *, dossier_id: UUID, until_on: date, consent: Reason) -> None:
        """Keep a dossier beyond its due day; `consent` names the paper that allows it.

        For leaders. Refusals: `DossierNotClosed`, `KeptBackTooLong`, `NotFound`, `Denied`,
        `Invalid`. Rules: N30-28..31.
        """

    def list_dossiers(
        self, *, agency: AgencyCode, year: Year, after: Position = 0, limit: Limit = 100
    ) -> list[DossierView]:
        """The yearly list of dossiers after a place in it, for people of the agency and auditors.

        Refusals: `Denied`, `Invalid`. Rules: N30-VI.4.
        """
