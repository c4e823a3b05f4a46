"""A verification concludes once, with the evidence kept."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from uuid import UUID

from contracts.signing import WorkAlreadyConcluded
from contracts.values import FileRef, LegalValue, SignatureSummary, Verdict, named_id
from services.kernel.aggregate import Aggregate
from services.signing.domain.signature import Progress


def asked_id(verification_id: UUID) -> UUID:
    """Identity of a verification that a person asked for: never that of an arrival's own."""
    return named_id("verification", verification_id)


class Verification(Aggregate, service="signing"):
    """The verification of the files of one document (kiểm tra chữ ký số, R8.1b-1).

    `reports` are kept files: the evidence with its inputs, one for each file.
    """

    agency: str
    files: list[FileRef]
    requested_at: datetime
    progress: Progress = Progress.REQUESTED
    verdict: Verdict | None = None
    legal_value: LegalValue | None = None
    signatures: list[SignatureSummary] = field(default_factory=list)
    reports: list[FileRef] = field(default_factory=list)

    class Requested(Aggregate.Created):
        agency: str
        files: list[FileRef]
        requested_at: datetime

    class Concluded(Aggregate.Event):
        verdict: Verdict
        legal_value: LegalValue
        signatures: list[SignatureSummary]
        files: list[FileRef]
        reports: list[FileRef]

        def apply(self, verification: Verification) -> None:
            verification.progress = Progress.DONE
            verification.verdict = self.verdict
            verification.legal_value = self.legal_value
            verification.signatures = self.signatures
            verification.reports = self.reports

    def conclude(
        self,
        verdict: Verdict,
        legal_value: LegalValue,
        signatures: list[SignatureSummary],
        reports: list[FileRef],
    ) -> None:
        """A worker verified all files."""
        if self.progress is not Progress.REQUESTED:
            raise WorkAlreadyConcluded(id=str(self.id))
        self.trigger_event(
            self.Concluded,
            verdict=verdict,
            legal_value=legal_value,
            signatures=signatures,
            files=self.files,
            reports=reports,
        )
