"""Evidence of verifications: reports asked for, handed out as links, written by workers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from uuid import UUID

import msgspec

from contracts.errors import NotFound
from contracts.signing import (
    EvidenceLink,
    ReportFormat,
    ReportLink,
    ReportNotReady,
    SignaturesMissing,
    SignedPartMissing,
    SignedRevisionLink,
)
from contracts.signing.report import Material, Report
from contracts.values import FileRef, Role
from services.kernel.commit import command
from services.kernel.context import require
from services.kernel.vault import SealedLink
from services.signing.application.verifications import Verifications
from services.signing.domain import Progress, Rendition, Revision, Verification

LINK_LASTS = timedelta(minutes=5)


class Evidence(Verifications):
    """What is kept of each verification, for those whom it concerns."""

    @command()
    def request_report(self, *, verification_id: UUID) -> None:
        verification = self._readable(verification_id)
        verification.request_report()
        self.save(verification)

    def get_report(
        self, *, verification_id: UUID, format: ReportFormat, sha256: str | None = None
    ) -> ReportLink:
        verification = self._readable(verification_id)
        document, kept = _of_file(verification, sha256)
        if format is ReportFormat.JSON:
            rendition = Rendition(of=document.sha256, format=format, file=kept)
        else:
            rendition = _rendition(verification, document, format)
        return ReportLink(
            format=format,
            file=rendition.file,
            url=self._link(rendition.file).url,
            expires_at=self.now() + LINK_LASTS,
            sealed=rendition.sealed,
        )

    def get_signed_revision(
        self, *, verification_id: UUID, field: str, sha256: str | None = None
    ) -> SignedRevisionLink:
        verification = self._readable(verification_id)
        document, kept = _of_file(verification, sha256)
        if verification.report is not Progress.DONE:
            raise ReportNotReady(verification_id=str(verification_id))
        for revision in verification.revisions:
            if (revision.of, revision.field) == (document.sha256, field):
                url, key, iv = self._link(revision.file)
                return SignedRevisionLink(
                    field=field,
                    file=revision.file,
                    byte_range=revision.byte_range,
                    url=url,
                    expires_at=self.now() + LINK_LASTS,
                    key=key,
                    iv=iv,
                )
        if any(one.field == field for one in self._report(kept).signatures):
            raise SignedPartMissing(field=field)
        raise NotFound(what="signature", id=field)

    def list_evidence(
        self,
        *,
        verification_id: UUID,
        sha256: str | None = None,
        after: int = 0,
        limit: int = 100,
    ) -> list[EvidenceLink]:
        document, kept = _of_file(self._readable(verification_id), sha256)
        pieces: list[Material | None] = [None, *_once(self._report(kept).materials)]
        return [self._piece(document, one) for one in islice(pieces, after, after + limit)]

    def _piece(self, document: FileRef, piece: Material | None) -> EvidenceLink:
        file = document
        if piece:
            file = FileRef(name=piece.sha256, sha256=piece.sha256, size=1)
        url, key, iv = self._link(file)
        return EvidenceLink(
            sha256=file.sha256,
            kind=piece.kind if piece else None,
            title=piece.title if piece else document.name,
            url=url,
            expires_at=self.now() + LINK_LASTS,
            key=key,
            iv=iv,
        )

    def _report(self, kept: FileRef) -> Report:
        return msgspec.json.decode(self.files.read(kept.sha256), type=Report)

    def _link(self, file: FileRef) -> SealedLink:
        return self.files.link_ref(file, int(LINK_LASTS.total_seconds()))

    @command()
    def record_report(
        self, *, id: UUID, renditions: list[Rendition], revisions: list[Revision]
    ) -> None:
        """A worker wrote the reports."""
        require(Role.SERVICE)
        verification = self.load(Verification, id)
        verification.tell(renditions, revisions)
        self.save(verification)


def _of_file(verification: Verification, sha256: str | None) -> tuple[FileRef, FileRef]:
    """One of the files, the first where none is named, and the kept report on it."""
    if verification.progress is not Progress.DONE:
        raise ReportNotReady(verification_id=str(verification.id))
    for document, report in zip(verification.files, verification.reports, strict=True):
        if sha256 in (None, document.sha256):
            return document, report
    raise NotFound(what="file", id=sha256 or "–")


def _rendition(verification: Verification, document: FileRef, format: ReportFormat) -> Rendition:
    for rendition in verification.renditions:
        if (rendition.of, rendition.format) == (document.sha256, format):
            return rendition
    if verification.report is Progress.DONE:
        raise SignaturesMissing(format_vi=format.vi, format_en=format.en)
    raise ReportNotReady(verification_id=str(verification.id))


def _once(materials: list[Material]) -> Iterator[Material]:
    """Each piece once, whatever it is used for."""
    yield from {one.sha256: one for one in materials}.values()
