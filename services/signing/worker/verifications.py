"""Verifications: files are examined, what was found is kept as evidence, reports are written."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial

from contracts.signing import ReportFormat, SignatureSummary
from contracts.signing.report import SignatureFound
from contracts.values import (
    FileRef,
    LegalValue,
    SignerRole,
    Verdict,
)
from services.signing.adapters.evidence.examining import Examined
from services.signing.adapters.evidence.rendering import Rendered, render
from services.signing.adapters.evidence.sealing import seal_report
from services.signing.adapters.keys.holders import load_key
from services.signing.adapters.refusals import SigningRefused, TsaUnavailable
from services.signing.adapters.verification.report import GOOD
from services.signing.domain import Rendition, Revision, Verification
from services.signing.worker.proofs import Proofs

ROLES = {"person": SignerRole.LEADER, "agency": SignerRole.AGENCY}
WORST_FIRST = list(Verdict)
AT_ONCE = 6
TOLD_ALIKE = [
    name for name in SignatureSummary.__struct_fields__ if name not in ("role", "reasons")
]
_LOG = logging.getLogger(__name__)


class Verifications(Proofs):
    """Verifies, and writes reports."""

    def _verify(self, verification: Verification) -> None:
        expected, found, good = verification.expected, [], []
        for file in verification.files:
            content = self._files.read_ref(file)
            examined, trust = self._examined(content, file, expected)
            found.append(examined)
            if examined.report.verdict in GOOD:
                good.append((file, content, examined.report.signatures, trust))
        reports = [one.report for one in found]
        self._signing.record_verification(
            id=verification.id,
            verdict=worst([report.verdict for report in reports]),
            legal_value=reports[0].legal_value if reports else LegalValue.INFORMATION_ONLY,
            signatures=[summary(one) for report in reports for one in report.signatures],
            reports=[self._evidence(one) for one in found],
            proven=self._proven(good) if expected is not None else None,
        )

    def _evidence(self, examined: Examined) -> FileRef:
        """Keep every piece, then the report that names them; what the last had is kept already."""
        fresh = [examined.pieces[sha256] for sha256 in examined.pieces.keys() - self._last]
        with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:  # none of it is left at the next fork
            list(pool.map(self._files.keep, fresh))
        self._last = frozenset(examined.pieces)
        return self._kept(examined.encoded, "json")

    def _report(self, verification: Verification) -> None:
        renditions, revisions = [], []
        for document, kept in zip(verification.files, verification.reports, strict=True):
            content = self._files.read(kept.sha256)
            rendered = render(content, kept.sha256, partial(self._read, document))
            try:
                renditions += self._renditions(verification, rendered)
            except TsaUnavailable:
                return
            revisions += self._revisions(document, rendered)
        self._signing.record_report(id=verification.id, renditions=renditions, revisions=revisions)

    def _renditions(self, verification: Verification, rendered: Rendered) -> list[Rendition]:
        of = rendered.report.document.sha256
        pdf, sealed = self._sealed(verification, rendered.pdf)
        file = self._kept(pdf, "pdf")
        told = [Rendition(of=of, format=ReportFormat.PDF, file=file, sealed=sealed)]
        if rendered.etsi is not None:
            file = self._kept(rendered.etsi, "xml")
            told.append(Rendition(of=of, format=ReportFormat.ETSI, file=file, sealed=sealed))
        return told

    def _sealed(self, verification: Verification, pdf: bytes) -> tuple[bytes, bool]:
        """The report under the platform's seal; as it is where there is no key, or it refuses.

        `TsaUnavailable` while a time stamping authority that is away is waited for.
        """
        if not self._report_seal:
            return pdf, False
        try:
            key = load_key(self._pki, self._report_seal)
            return seal_report(pdf, key, datetime.now(UTC), self._authority), True
        except SigningRefused as refused:
            if self._waits(verification, refused):
                raise
            _LOG.warning("a report stays unsealed: %s", refused)
            return pdf, False

    def _read(self, document: FileRef, sha256: str) -> bytes:
        """A piece of evidence, or the document itself, which may be sealed."""
        if sha256 == document.sha256:
            return self._files.read_ref(document)
        return self._files.read(sha256)

    def _revisions(self, document: FileRef, rendered: Rendered) -> list[Revision]:
        """What each signature covers, kept under the very key that the document is kept under."""
        found = []
        for one in rendered.covered:
            file = self._files.keep_like(document, one.content)
            found.append(
                Revision(of=document.sha256, field=one.field, file=file, byte_range=one.byte_range)
            )
        return found

    def _kept(self, content: bytes, ending: str) -> FileRef:
        kept = self._files.keep(content)
        return FileRef(
            name=f"bao-cao-kiem-tra.{ending}",
            sha256=kept.sha256,
            size=kept.size,
            media_type=f"application/{ending}",
        )


def worst(verdicts: list[Verdict]) -> Verdict:
    """The verdict of a document is that of its worst file; without a file it is unsigned."""
    return min(verdicts, key=WORST_FIRST.index, default=Verdict.UNSIGNED)


def summary(found: SignatureFound) -> SignatureSummary:
    """One signature in the words of the contract."""
    told = {name: getattr(found, name) for name in TOLD_ALIKE}
    reasons = [reason.code for reason in found.reasons]
    return SignatureSummary(role=ROLES.get(found.role), reasons=reasons, **told)
