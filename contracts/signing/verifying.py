"""Words of verifying signatures (kiểm tra chữ ký số)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from msgspec import Struct

from contracts.envelope import PublicEvent
from contracts.errors import Refused
from contracts.signing.answers import Changes, Coverage, Integrity, Policy, Time, Trust
from contracts.values import FileRef, LegalValue, SignerRole, Verdict


class SignatureSummary(Struct, frozen=True, kw_only=True):
    """One signature as verification saw it: who, in which post of which agency, when, and what was
    found (R8.1b-1).

    `verdict` is the result, `integrity`, `coverage` and `changes` tell whether the document is as
    it was signed, `trust` of chain and revocation, `time` how the signing time is known. `agency`
    is the directory's; `signer`, `post` and `organisation` are the certificate's. The sentences of
    `reasons` are in `contracts.signing.reasons`; `field` names it in the report.
    """

    signer: str
    role: SignerRole | None
    serial: str
    signed_at: datetime | None
    verdict: Verdict
    reasons: list[str] = []
    post: str = ""
    organisation: str = ""
    agency: str = ""
    integrity: Integrity | None = None
    coverage: Coverage | None = None
    changes: Changes | None = None
    trust: Trust | None = None
    time: Time | None = None
    policy: Policy | None = None
    field: str = ""


class SignaturesVerified(PublicEvent, frozen=True, kw_only=True):
    """The signatures of an arrived document were verified (R8.1b-1, NB-4).

    `reports` are the kept reports with their evidence, one for each of `files`.
    """

    document_id: UUID
    verdict: Verdict
    legal_value: LegalValue
    signatures: list[SignatureSummary]
    files: list[FileRef]
    reports: list[FileRef] = []


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


class Verifying(Protocol):
    """What may be asked about signatures that are there."""

    def verify_files(self, *, verification_id: UUID, files: list[FileRef]) -> None:
        """Have kept files verified; the result comes with `get_verification`.

        For clerks. Refusals: `VerificationAlreadyRequested`, `FileMissing`, `Denied`, `Invalid`.
        Rules: R8.1b-1.
        """

    def get_verification(self, *, verification_id: UUID) -> VerificationView:
        """A verification with its report; for an arrived document its id is the document id.

        Refusals: `NotFound`, `Denied`.
        """
