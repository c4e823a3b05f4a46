"""Questions: documents and their files."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from contracts.dispatch import OutgoingDocumentView, OutgoingState
from contracts.errors import Denied
from contracts.values import FileLink, Role, UploadOffer
from services.dispatch.application.desk import DRAFTERS, STAFF, Desk
from services.dispatch.domain.document import OutgoingDocument
from services.kernel.context import current, require

LINK_LASTS = timedelta(minutes=5)


class Reading(Desk):
    """Documents for those who may see them."""

    def get_document(self, *, document_id: UUID) -> OutgoingDocumentView:
        if current().roles & {Role.OPERATOR, Role.AUDITOR}:
            return self.load(OutgoingDocument, document_id).view()
        return self.of_mine(document_id, *STAFF).view()

    def offer_upload(self, *, sha256: str, size: int) -> UploadOffer:
        require(*DRAFTERS)
        offered = self.files.offer(sha256, size)
        return UploadOffer(url=offered.url, expires_at=offered.expires_at)

    def get_file_link(self, *, document_id: UUID) -> FileLink:
        """The link for the agency that issues; once issued, for those it was issued to.

        A frozen document is for its clerks and leaders (N30-VI.8).
        """
        document = self.load(OutgoingDocument, document_id)
        if document.state is OutgoingState.FROZEN:
            require(Role.CLERK, Role.LEADER, agency=document.agency)
        if require(*STAFF).agency not in document.readers():
            raise Denied(why=f"belongs to agency {document.agency}")
        file = document.current_file
        expires_at = self.now() + LINK_LASTS
        url = self.files.link(file.sha256, int(LINK_LASTS.total_seconds()), file.name)
        return FileLink(url=url, expires_at=expires_at)
