"""Words of copies (bản sao): sao y, sao lục, trích sao, and papers made electronic (số hóa)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta, Struct

from contracts.envelope import PublicEvent
from contracts.errors import Refused
from contracts.signing.blocks import USUAL, BlockFormat, Pattern
from contracts.values import AgencyCode, Coded, FileRef, Limit, PersonId, Position, Secrecy

Millimetres = Annotated[float, Meta(gt=0, le=2000)]
"""A side of a paper."""

PageNumber = Annotated[int, Meta(ge=1)]
"""A page; the first is 1."""


class CopyKind(Coded):
    """Form of a copy (hình thức sao, N30-25); the code is its sign in number and notation."""

    TRUE_COPY = "SY", "SAO Y", "True copy"
    SECOND_COPY = "SL", "SAO LỤC", "Copy of a true copy"
    EXTRACT = "TrS", "TRÍCH SAO", "Extract"


class CopySource(Coded):
    """What a copy is made of."""

    ELECTRONIC = "electronic", "Văn bản điện tử", "Electronic document"
    PAPER = "paper", "Bản quét văn bản giấy", "Scanned paper"


class CopyState(Coded):
    """State of a copy or of a digitised paper."""

    REQUESTED = "REQUESTED", "Chờ duyệt", "To be approved"
    APPROVED = "APPROVED", "Đã duyệt", "Approved"
    SEALING = "SEALING", "Đang ký số cơ quan", "Being sealed"
    MADE = "MADE", "Đã ban hành", "Made"
    FAILED = "FAILED", "Không ký được", "Could not be sealed"


class CopyAct(Coded):
    """An act on a copy; the code is the method's name."""

    APPROVE = "approve_copy", "duyệt bản sao", "approve the copy"
    SEAL = "seal_copy", "ký số bản sao", "seal the copy"


class CopyNumber(Struct, frozen=True, kw_only=True):
    """Number and notation of a copy, e.g. `05/SY-SNV`; one series a year for all forms (N30-25)."""

    number: int
    notation: str
    year: int


class CopyMade(PublicEvent, frozen=True, kw_only=True):
    """A copy carries the agency's signature (N30-25..27); `file` is the copy.

    `document_id` is that of the document it was made of, if the asker named one.
    """

    copy_id: UUID
    agency: AgencyCode
    kind: CopyKind
    number: CopyNumber
    file: FileRef
    document_id: UUID | None = None


class CopyFailed(PublicEvent, frozen=True, kw_only=True):
    """A copy could not be made; `code` is stable, `reason` is for people."""

    copy_id: UUID
    agency: AgencyCode
    code: str
    reason: str
    document_id: UUID | None = None


class PaperDigitised(PublicEvent, frozen=True, kw_only=True):
    """A paper's scan passed the check and carries the agency's signature (số hóa, R8.2a-2).

    `document_id` is that of the register's line the asker named.
    """

    paper_id: UUID
    agency: AgencyCode
    file: FileRef
    document_id: UUID | None = None


class DigitisingFailed(PublicEvent, frozen=True, kw_only=True):
    """A scan lacks a property or could not be signed; `code` says which (R8.2a-2)."""

    paper_id: UUID
    agency: AgencyCode
    code: str
    reason: str
    document_id: UUID | None = None


class CopyView(Struct, frozen=True, kw_only=True):
    """A copy as it is now; `failure` is `code: reason` until it is sealed again."""

    copy_id: UUID
    agency: AgencyCode
    kind: CopyKind
    source: CopySource
    source_file: FileRef
    state: CopyState
    pages: list[int] = []
    document_id: UUID | None = None
    approver: str = ""
    number: CopyNumber | None = None
    file: FileRef | None = None
    failure: str = ""


class PaperView(Struct, frozen=True, kw_only=True):
    """A digitised paper as it is now; `failure` is `code: reason`."""

    paper_id: UUID
    agency: AgencyCode
    scan: FileRef
    state: CopyState
    digitised_at: datetime | None = None
    document_id: UUID | None = None
    file: FileRef | None = None
    failure: str = ""


class CopyRules(Struct, frozen=True, kw_only=True):
    """Who signs copies of an agency and how it words its text blocks (N30-27, regulation 4.3)."""

    agency: AgencyCode
    signers: list[PersonId]
    format: BlockFormat


class CopyAlreadyRequested(Refused):
    """The id of the copy is taken."""

    vi = "Mã bản sao {copy_id} đã dùng. Hãy dùng mã mới."
    en = "Copy id {copy_id} is taken. Use a new id."


class PaperAlreadyDigitised(Refused):
    """The id of the digitised paper is taken."""

    vi = "Mã số hóa {paper_id} đã dùng. Hãy dùng mã mới."
    en = "Paper id {paper_id} is taken. Use a new id."


class SecretNotCopied(Refused):
    """State secrets are copied by their own law, outside this system (N30-27, R1.2)."""

    vi = "Văn bản có độ mật không được sao, số hóa trên hệ thống. Hãy làm theo Luật BVBMNN."
    en = "State secrets are not copied or digitised here. Follow their own law."


class CopySignerNotNamed(Refused):
    """The caller is not among those whom the head lets sign copies (N30-27)."""

    vi = "{person} chưa được người đứng đầu giao ký bản sao. Hãy trình người được giao."
    en = "{person} is not named to sign copies. Present it to somebody who is."


class CopySignersAlreadyNamed(Refused):
    """These very persons sign copies already."""

    vi = "{persons} đã được giao ký bản sao. Không cần giao lại."
    en = "{persons} are named to sign copies already. Do not name them again."


class CopyActOutOfOrder(Refused):
    """The act does not fit the state of the copy; `…_vi`, `…_en` are labels of act and state."""

    vi = "Không thể {act_vi} khi bản sao ở trạng thái “{state_vi}”. Hãy làm đúng trình tự."
    en = "Cannot {act_en} while the copy is “{state_en}”. Follow the order of acts."


class PagesNotChosen(Refused):
    """An extract names its pages, each once; other copies are whole."""

    vi = "Trích sao phải chọn trang, mỗi trang một lần; sao y, sao lục thì không. Hãy sửa."
    en = "An extract names its pages, each once; other copies name none. Correct it."


class SecondCopyOfPaper(Refused):
    """A sao lục is made of an electronic true copy; a scanned paper makes a sao y."""

    vi = "Sao lục chỉ từ bản sao y điện tử; từ bản giấy hãy sao y."
    en = "A second copy is made of an electronic true copy; make a true copy of a paper."


class AgencyNotKnown(Refused):
    """The agency is not in the directory yet, so that its name and notation are not known."""

    vi = "Chưa có thông tin cơ quan {agency}. Hãy thử lại sau ít phút."
    en = "Agency {agency} is not known here yet. Try again in a few minutes."


class Copying(Protocol):
    """What may be asked about copies and digitised papers."""

    def name_copy_signers(
        self, *, persons: Annotated[list[PersonId], Meta(max_length=100)]
    ) -> None:
        """Set who signs copies of the caller's agency, in place of those named before.

        For leaders. Refusals: `CopySignersAlreadyNamed`, `Denied`, `Invalid`. Rules: N30-25..27.
        """

    def set_block_format(
        self,
        *,
        attachment: Pattern = USUAL.attachment,
        copy: Pattern = USUAL.copy,
        digitised: Pattern = USUAL.digitised,
        time: Pattern = USUAL.time,
    ) -> None:
        """Set how the caller's agency words its text blocks: the words of `BlockFormat`.

        What is left out is worded as in the regulation. For leaders and clerks.

        Refusals: `BlockFormatIncomplete`, `Denied`, `Invalid`.
        """

    def get_copy_rules(self, *, agency: AgencyCode) -> CopyRules:
        """Who signs copies of an agency, and how its text blocks are worded.

        For its people, operators and auditors. Refusals: `Denied`, `Invalid`.
        """

    def request_copy(
        self,
        *,
        copy_id: UUID,
        kind: CopyKind,
        source: CopySource,
        file: FileRef,
        pages: Annotated[list[PageNumber], Meta(max_length=1000)] = [],
        document_id: UUID | None = None,
        secrecy: Secrecy = Secrecy.NONE,
        width_mm: Millimetres = 210.0,
        height_mm: Millimetres = 297.0,
    ) -> None:
        """Ask for a copy of a document of the caller's agency, or of a paper's scan.

        An electronic `file` is one that the agency has with `document_id`: issued, received or a
        copy it made; a scan was uploaded before and is of a paper of these sides. For officers and
        clerks. Refusals: `CopyAlreadyRequested`, `SecretNotCopied`,
        `PagesNotChosen`, `SecondCopyOfPaper`, `NotFound`, `FileMissing`, `FileDamaged`,
        `FileTooLarge`, `Denied`, `Invalid`. Rules: N30-25..27.
        """

    def approve_copy(self, *, copy_id: UUID) -> None:
        """Approve the copy: for whoever the head named to sign copies. Rules: N30-25..27.

        Refusals: `CopySignerNotNamed`, `CopyActOutOfOrder`, `NotFound`, `Denied`.
        """

    def seal_copy(self, *, copy_id: UUID) -> CopyNumber:
        """Number the approved copy and have the agency sign it; again after a failure.

        For the clerk who keeps the agency's key. Refusals: `KeyNotHeld`, `CopyActOutOfOrder`,
        `AgencyNotKnown`, `NotFound`, `Denied`. Rules: N30-25..27, N30-32/33.
        """

    def get_copy(self, *, copy_id: UUID) -> CopyView:
        """The copy as it is now, for its agency, operators and auditors.

        Refusals: `NotFound`, `Denied`.
        """

    def list_copies(
        self, *, agency: AgencyCode, year: int, after: Position = 0, limit: Limit = 100
    ) -> list[CopyView]:
        """Numbered copies of an agency in a year, from the number after `after` on.

        For its people, operators and auditors. Refusals: `Denied`, `Invalid`.
        """

    def digitise_paper(
        self,
        *,
        paper_id: UUID,
        file: FileRef,
        document_id: UUID | None = None,
        secrecy: Secrecy = Secrecy.NONE,
        width_mm: Millimetres = 210.0,
        height_mm: Millimetres = 297.0,
    ) -> None:
        """Check an uploaded scan against a paper of these sides and have the agency sign it.

        For the clerk who keeps the agency's key. The result is told as `PaperDigitised` or
        `DigitisingFailed`. Refusals: `KeyNotHeld`, `PaperAlreadyDigitised`, `SecretNotCopied`,
        `AgencyNotKnown`, `FileMissing`, `FileDamaged`, `FileTooLarge`, `Denied`, `Invalid`.
        Rules: R8.2a-2, N30-32/33.
        """

    def get_paper(self, *, paper_id: UUID) -> PaperView:
        """The digitised paper as it is now, for its agency, operators and auditors.

        Refusals: `NotFound`, `Denied`.
        """
