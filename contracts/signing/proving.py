"""Words of how long a document proves itself (giá trị chứng cứ): its level, its end."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta, Struct

from contracts.envelope import PublicEvent
from contracts.errors import Refused
from contracts.values import AgencyCode, FileRef, Limit, SignatureLevel


class ProofExtended(PublicEvent, frozen=True, kw_only=True):
    """A document proves itself for longer (gia hạn); `files` are the new revisions, in order."""

    document_id: UUID
    agency: AgencyCode
    files: list[FileRef]
    level: SignatureLevel
    holds_until_at: datetime


class ProofExtensionFailed(PublicEvent, frozen=True, kw_only=True):
    """The proof could not be extended; `code` is stable, `reason` is for people."""

    document_id: UUID
    agency: AgencyCode
    code: str
    reason: str


class ProofView(Struct, frozen=True, kw_only=True):
    """Until when a document proves itself, by the signed files it has now.

    `extending` while a worker has it in hand; `failure` is `code: reason` of the last extension.
    """

    document_id: UUID
    agency: AgencyCode
    files: list[FileRef]
    level: SignatureLevel
    holds_until_at: datetime
    extending: bool = False
    failure: str = ""


class ProofBeingExtended(Refused):
    """An extension of this document's proof is under way."""

    vi = "Văn bản {document_id} đang được gia hạn. Hãy đợi kết quả."
    en = "The proof of {document_id} is being extended. Wait for the result."


class ProofLevelTooLow(Refused):
    """A proof is extended to a time stamp at least, and never to less than it has."""

    vi = "Không gia hạn xuống mức {wanted} khi đang ở mức {level}. Hãy chọn mức cao hơn."
    en = "A proof of {level} is not extended to {wanted}. Choose a higher level."


class Proving(Protocol):
    """What may be asked about how long documents prove themselves."""

    def extend_signature(self, *, document_id: UUID, level: SignatureLevel) -> None:
        """Have a document prove itself for longer, or renew its time stamp at `B-LTA`.

        For clerks of its agency. The result is told as `ProofExtended` or `ProofExtensionFailed`.
        Refusals: `ProofBeingExtended`, `ProofLevelTooLow`, `NotFound`, `Denied`.
        """

    def get_proof(self, *, document_id: UUID) -> ProofView:
        """Until when a document proves itself, for its agency, operators and auditors.

        Refusals: `NotFound`, `Denied`.
        """

    def list_expiring_proofs(
        self,
        *,
        agency: AgencyCode,
        within_days: Annotated[int, Meta(ge=0, le=36500)] = 366,
        after_id: UUID | None = None,
        limit: Limit = 100,
    ) -> list[ProofView]:
        """An agency's documents whose proof ends soon, the soonest first, after the document
        `after_id` (an id of this list). For its people, operators and auditors.

        Refusals: `NotFound` for an `after_id` that is no such document, `Denied`, `Invalid`.
        """
