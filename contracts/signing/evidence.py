"""Words of the evidence of a verification (chứng cứ): its report, and what was signed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta, Struct

from contracts.errors import Refused
from contracts.signing.report import MaterialKind
from contracts.values import Coded, Digest, FileRef, Limit, Position

FieldName = Annotated[str, Meta(min_length=1, max_length=1000)]
"""Full name of a signature field of a file (ô chữ ký)."""

ByteRange = tuple[int, int, int, int]
"""The bytes that a signature covers: start and length of the part before it and the one after."""


class ReportFormat(Coded):
    """How a report is written (định dạng báo cáo)."""

    JSON = "json", "Dữ liệu JSON", "JSON data"
    PDF = "pdf", "Bản PDF song ngữ để đọc", "PDF in two languages, for people"
    ETSI = "etsi", "XML theo ETSI TS 119 102-2", "XML by ETSI TS 119 102-2"


class ReportLink(Struct, frozen=True, kw_only=True):
    """Where to GET a report, until `expires_at`.

    The JSON is the evidence itself. A PDF that is `sealed` bears the platform's own signature
    (PAdES), and names the digests of JSON and XML, so that it vouches for them too.
    """

    format: ReportFormat
    file: FileRef
    url: str
    expires_at: datetime
    sealed: bool = False


class SignedRevisionLink(Struct, frozen=True, kw_only=True):
    """Where to GET the file as it was when it was signed, until `expires_at`.

    `file` ends with the last covered byte; all of it is covered but the signature's own place,
    which `byte_range` leaves out. `key` and `iv` open it where it is encrypted, as in `FileLink`.
    """

    field: FieldName
    file: FileRef
    byte_range: ByteRange
    url: str
    expires_at: datetime
    key: str = ""
    iv: str = ""


class EvidenceLink(Struct, frozen=True, kw_only=True):
    """Where to GET a piece of evidence, until `expires_at`; without `kind` it is the file.

    `key` and `iv` open it where it is encrypted, as in `FileLink`.
    """

    sha256: Digest
    kind: MaterialKind | None
    title: str
    url: str
    expires_at: datetime
    key: str = ""
    iv: str = ""


class ReportNotReady(Refused):
    """The report was not asked for yet, or it or the verification is still being made."""

    vi = "Báo cáo kiểm tra {verification_id} chưa có. Hãy yêu cầu lập báo cáo, đợi rồi hỏi lại."
    en = "There is no report of {verification_id} yet. Request it, wait, and ask again."


class ReportAlreadyRequested(Refused):
    """The report was asked for before."""

    vi = "Báo cáo kiểm tra {verification_id} đã được yêu cầu trước đó. Hãy lấy báo cáo."
    en = "The report of {verification_id} was requested before. Get it."


class SignedPartMissing(Refused):
    """The signature covers no part of the file that can be told."""

    vi = "Không xác định được phần mà chữ ký {field} bảo vệ. Hãy xem báo cáo kiểm tra."
    en = "It cannot be told what signature {field} covers. See the report."


class SignaturesMissing(Refused):
    """A file without signatures has no report of this format, which is about signatures."""

    vi = "Tệp không có chữ ký nên không có báo cáo dạng {format_vi}. Hãy lấy bản PDF hoặc JSON."
    en = "The file has no signatures, hence no report as {format_en}. Take the PDF or the JSON."


class Evidencing(Protocol):
    """What may be asked about evidence: for the agency concerned, auditors and operators.

    `verification_id` of an arrived document is its document id; `sha256` names one of its files,
    the first where it is left out.
    """

    def request_report(self, *, verification_id: UUID) -> None:
        """Have the reports as PDF and XML made of a finished verification, and what was signed.

        Refusals: `ReportAlreadyRequested`, `ReportNotReady` (no verdict yet), `NotFound`, `Denied`.
        """

    def get_report(
        self, *, verification_id: UUID, format: ReportFormat, sha256: Digest | None = None
    ) -> ReportLink:
        """Where to get the report on a file; as JSON it is there with the verdict.

        Refusals: `ReportNotReady`, `SignaturesMissing`, `NotFound`, `Denied`. Rules: R8.1b-1.
        """

    def get_signed_revision(
        self, *, verification_id: UUID, field: FieldName, sha256: Digest | None = None
    ) -> SignedRevisionLink:
        """What was signed: the file up to the last byte that a signature covers.

        It is made with the report. Refusals: `SignedPartMissing`, `ReportNotReady`, `NotFound`,
        `Denied`.
        """

    def list_evidence(
        self,
        *,
        verification_id: UUID,
        sha256: Digest | None = None,
        after: Position = 0,
        limit: Limit = 100,
    ) -> list[EvidenceLink]:
        """Where to get the file and everything the answer was made of, for checking it again.

        `after` counts those passed over. Refusals: `ReportNotReady`, `NotFound`, `Denied`.
        """
