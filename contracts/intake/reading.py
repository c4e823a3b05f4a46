"""The promise of intake to those who look: documents, lists, history."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from contracts.intake.views import Access, ArrivalListed, IncomingDocumentView, TrailLine
from contracts.intake.words import IncomingState
from contracts.values import AgencyCode, Digest, FileLink, Limit, Position


class Reading(Protocol):
    """Questions about documents; who asked by name is noted (N30-VI.5a)."""

    def get_document(
        self, *, document_id: UUID, as_of: datetime | None = None
    ) -> IncomingDocumentView:
        """The document as it is now, or was at a past instant, for its agency.

        Refusals: `NotFound`, `Denied`. Rules: R8.2d, N30-VI.7.
        """

    def list_documents(
        self, *, agency: AgencyCode, state: IncomingState, after: str = "", limit: Limit = 100
    ) -> list[ArrivalListed]:
        """Documents of an agency in one state, by order of entry, after the document id `after`.

        Refusals: `Denied`, `Invalid`.
        """

    def get_file_link(self, *, document_id: UUID, sha256: Digest) -> FileLink:
        """Where to get one file of the document, and the key that opens it. For its agency.

        Refusals: `FilesNotChecked`, `FilesNotAdmitted`, `DocumentLocked`, `NotFound`, `Denied`.
        Rules: N30-VI.8, R8.1a.
        """

    def list_accesses(
        self, *, document_id: UUID, after: Position = 0, limit: Limit = 100
    ) -> list[Access]:
        """Who looked at the document, oldest first. For leaders of its agency and auditors.

        Refusals: `NotFound`, `Denied`. Rules: N30-VI.5a.
        """

    def list_trail(
        self, *, document_id: UUID, after: Position = 0, limit: Limit = 100
    ) -> list[TrailLine]:
        """All that happened to the document and who saw it, in time order, in words.

        For its agency and auditors. Refusals: `NotFound`, `Denied`. Rules: N30-VI.5a, R8.2d.
        """
