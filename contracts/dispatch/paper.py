"""Paper that goes along with the electronic document (bản giấy gửi kèm): where it must, or may."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta, Struct

from contracts.envelope import PublicEvent
from contracts.errors import Refused
from contracts.values import AgencyCode, Coded, DocumentKind, Limit, Opinion, Position, Reason


class PaperGround(Coded):
    """Why paper goes along with the electronic document (gửi kèm bản giấy, R6.2)."""

    GOVERNMENT = "6.2a", "Gửi Chính phủ, Thủ tướng", "To the Government or the Prime Minister"
    SUBMISSION = "6.2b", "Trình cấp ủy, HĐND, UBND", "Submitted to Party, council or committee"
    BY_LAW = "6.2c", "Thẩm định, phê duyệt theo luật", "Appraised or approved by another law"


class PaperState(Coded):
    """State of a paper on its way (bản giấy)."""

    OWED = "OWED", "Phải gửi", "To be sent"
    SENT = "SENT", "Đã gửi", "Sent"
    CONFIRMED = "CONFIRMED", "Đã nhận", "Received"


class PaperRule(Struct, frozen=True, kw_only=True):
    """What is issued to these agencies from `from_on` until `until_on` goes on paper too (Q28-7.2).

    With `kinds` it holds of documents of these kinds alone.
    """

    rule_id: UUID
    ground: PaperGround
    agencies: list[AgencyCode]
    kinds: list[DocumentKind] = []
    from_on: date
    until_on: date | None = None


class PaperItem(Struct, frozen=True, kw_only=True):
    """A paper that goes, or went, to a recipient (bản giấy gửi kèm).

    `place` orders the items of an agency; `citation` is the law or regulation that wants it;
    `copies` counts the main copies that went.
    """

    place: int
    document_id: UUID
    recipient: AgencyCode
    ground: PaperGround
    state: PaperState
    citation: str = ""
    rule_id: UUID | None = None
    owed_on: date
    sent_on: date | None = None
    carrier: str = ""
    copies: int = 0
    confirmed_on: date | None = None


class PrintLine(Struct, frozen=True, kw_only=True):
    """Main copies printed from the electronic document (in bản chính giấy, N30-18.5)."""

    copies: int
    purpose: str
    person: str
    printed_at: datetime


class PaperOwed(PublicEvent, frozen=True, kw_only=True):
    """Paper is to go to a recipient, along with the electronic document (R6.2)."""

    document_id: UUID
    agency: AgencyCode
    recipient: AgencyCode
    ground: PaperGround
    citation: str
    owed_on: date


class PaperSent(PublicEvent, frozen=True, kw_only=True):
    """The paper went to its recipient (gửi bản giấy)."""

    document_id: UUID
    agency: AgencyCode
    recipient: AgencyCode
    ground: PaperGround
    sent_on: date


class CitationRequired(Refused):
    """This ground must name the law it rests on (R6.2c)."""

    vi = "Trường hợp {ground} phải nêu căn cứ. Hãy ghi văn bản pháp luật."
    en = "Ground {ground} must name its basis. Cite the law."


class PaperAlreadyOwed(Refused):
    """Paper to this recipient is on its way already."""

    vi = "Bản giấy cho {recipient} đã được ghi nhận. Không cần thêm lại."
    en = "Paper for {recipient} is noted already. Do not add it again."


class NoPaperOwed(Refused):
    """There is no paper to this recipient that this act could follow."""

    vi = "Không có bản giấy cho {recipient} ở bước này. Hãy kiểm tra danh sách bản giấy."
    en = "There is no paper for {recipient} at this step. Check the list of papers."


class PaperRuleFixed(Refused):
    """What a rule required yesterday stands: it may only end from today on (Q28-7.2)."""

    vi = "Quy định {rule_id} chỉ được kết thúc từ hôm nay ({today}) trở đi. Hãy chọn ngày khác."
    en = "Rule {rule_id} may end today ({today}) or later only. Take another day."


Copies = Annotated[int, Meta(ge=1, le=500)]
Carrier = Annotated[str, Meta(pattern=r"\S", max_length=200)]


class Papers(Protocol):
    """What may be asked about paper."""

    def set_paper_rule(
        self,
        *,
        rule_id: UUID,
        ground: PaperGround,
        agencies: Annotated[list[AgencyCode], Meta(min_length=1, max_length=500)],
        from_on: date,
        until_on: date | None = None,
        kinds: list[DocumentKind] = [],
    ) -> None:
        """Put one more rule on the province's list: what is issued while it holds owes paper to
        these agencies. For operators.

        Refusals: `PaperRuleFixed` (it begins before today, or the id is taken), `Denied`,
        `Invalid`. Rules: Q28-7.2, R6.2a, R6.2b.
        """

    def end_paper_rule(self, *, rule_id: UUID, until_on: date) -> None:
        """Let a rule end; what it required until then stays required. For operators.

        Refusals: `PaperRuleFixed`, `NotFound`, `Denied`. Rules: Q28-7.2.
        """

    def list_paper_rules(self, *, after: Position = 0, limit: Limit = 100) -> list[PaperRule]:
        """The rules in the order they were made, also those that ended. For everybody.

        Refusals: `Denied`, `Invalid`.
        """

    def owe_paper(
        self, *, document_id: UUID, recipient: AgencyCode, ground: PaperGround, citation: Opinion
    ) -> None:
        """Have paper go along to a recipient of an issued document: only on a ground of R6.2 may
        paper of it be issued. For clerks.

        Refusals: `CitationRequired`, `PaperAlreadyOwed`, `NotARecipient`, `ActOutOfOrder`,
        `NotFound`, `Denied`, `Invalid`. Rules: R5.1c, R6.2a, R6.2b, R6.2c.
        """

    def print_copies(self, *, document_id: UUID, copies: Copies, purpose: Reason) -> None:
        """Log main copies printed from the electronic document. For clerks.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`, `Invalid`. Rules: N30-18.5.
        """

    def list_prints(
        self, *, document_id: UUID, after: Position = 0, limit: Limit = 100
    ) -> list[PrintLine]:
        """Every printing of the document's main copies. For its agency and auditors.

        Refusals: `NotFound`, `Denied`, `Invalid`. Rules: N30-18.5.
        """

    def send_paper(
        self, *, document_id: UUID, recipient: AgencyCode, copies: Copies, carrier: Carrier
    ) -> None:
        """The paper went: by whom, and how many main copies were printed for it. For clerks.

        None goes to anybody to whom none is owed (R5.1c). Refusals: `NoPaperOwed`, `NotFound`,
        `Denied`, `Invalid`. Rules: R5.1c, R6.2a, N30-18.5.
        """

    def confirm_paper(self, *, document_id: UUID, recipient: AgencyCode, received_on: date) -> None:
        """The recipient confirmed that the paper came. For clerks.

        Refusals: `NoPaperOwed`, `NotFound`, `Denied`, `Invalid`. Rules: R6.2a.
        """

    def list_papers(
        self, *, agency: AgencyCode, after: Position = 0, limit: Limit = 100
    ) -> list[PaperItem]:
        """Papers of an agency in the order in which they were owed. For its people and auditors.

        Refusals: `Denied`, `Invalid`. Rules: R6.2a, R5.1c.
        """
