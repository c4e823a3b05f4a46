"""Signing (ký số): signatures made and verified, by workers, with the evidence kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from msgspec import Struct

from contracts.envelope import Follows, PublicEvent, Told
from contracts.errors import Refused
from contracts.values import AgencyCode, FileRef, LegalValue, SignatureSummary, SignerRole, Verdict


class DocumentSigned(PublicEvent, frozen=True, kw_only=True):
    """A signature was made; `file` is the new revision of the document (R9.2b)."""

    document_id: UUID
    agency: AgencyCode
    role: SignerRole
    file: FileRef


class SigningFailed(PublicEvent, frozen=True, kw_only=True):
    """A signature could not be made; `code` is stable, `reason` is for people."""

    document_id: UUID
    agency: AgencyCode
    role: SignerRole
    code: str
    reason: str


class SignaturesVerified(PublicEvent, frozen=True, kw_only=True):
    """The signatures of an arrived document were verified (R8.1b-1, NB-4)."""

    document_id: UUID
    verdict: Verdict
    legal_value: LegalValue
    signatures: list[SignatureSummary]
    files: list[FileRef]


class VerificationView(Struct, frozen=True, kw_only=True):
    """A verification with its report (báo cáo kiểm tra), one entry a file; none while it runs."""

    document_id: UUID
    requested_at: datetime
    verdict: Verdict | None = None
    legal_value: LegalValue | None = None
    signatures: list[SignatureSummary] = []
    reports: list[dict[str, Any]] = []


class VerificationAlreadyRequested(Refused):
    """The verification of this document was asked for before."""

    vi = "Văn bản {document_id} đã được yêu cầu kiểm tra. Hãy xem kết quả."
    en = "Verification of {document_id} was asked for before. Look at its result."


class WorkAlreadyConcluded(Refused):
    """A signature or verification was concluded before, by another worker."""

    vi = "Việc {id} đã xong trước đó. Không cần làm lại."
    en = "Work {id} was concluded before. Do not do it again."


class Signing(Told, Follows, Protocol):
    """What may be asked of signing. Signatures themselves are asked for at dispatch."""

    def verify_files(self, *, verification_id: UUID, files: list[FileRef]) -> None:
        """Have kept files verified; the result comes with `get_verification`.

        For clerks. Refusals: `VerificationAlreadyRequested`, `FileMissing`, `Denied`, `Invalid`.
        Rules: R8.1b-1.
        """

    def get_verification(self, *, verification_id: UUID) -> VerificationView:
        """A verification with its report; for an arrived document its id is the document id.

        Refusals: `NotFound`, `Denied`.
        """
