"""Words of making signatures: what was signed, and what could not be."""

from __future__ import annotations

from uuid import UUID

from contracts.envelope import PublicEvent
from contracts.errors import Refused
from contracts.values import AgencyCode, FileRef, SignerRole


class DocumentSigned(PublicEvent, frozen=True, kw_only=True):
    """A signature was made; `file` is the new revision of the document (R9.2b).

    `attachments` are the new revisions of the files that were sealed beside it, in their order.
    """

    document_id: UUID
    agency: AgencyCode
    role: SignerRole
    file: FileRef
    attachments: list[FileRef] = []


class SigningFailed(PublicEvent, frozen=True, kw_only=True):
    """A signature could not be made; `code` is stable, `reason` is for people."""

    document_id: UUID
    agency: AgencyCode
    role: SignerRole
    code: str
    reason: str


class WorkAlreadyConcluded(Refused):
    """A signature or verification was concluded before, by another worker."""

    vi = "Việc {id} đã xong trước đó. Không cần làm lại."
    en = "Work {id} was concluded before. Do not do it again."
