"""What may be: a signature is made once or fails with a reason; a verification concludes once."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contracts.signing import WorkAlreadyConcluded
from contracts.values import (
    FileRef,
    LegalValue,
    OutgoingNumber,
    Placements,
    SignatureSummary,
    SignerRole,
    Verdict,
    named_id,
)
from services.kernel.aggregate import Aggregate


class Progress(StrEnum):
    """How far a piece of heavy work is."""

    REQUESTED = "REQUESTED"
    DONE = "DONE"
    FAILED = "FAILED"


def signature_id(document_id: UUID, role: SignerRole) -> UUID:
    """Identity of the signature of one role on one document."""
    return named_id("signature", document_id, role)


def asked_id(verification_id: UUID) -> UUID:
    """Identity of a verification that a person asked for: never that of an arrival's own."""
    return named_id("verification", verification_id)


class Signature(Aggregate, service="signing"):
    """One signature to be made on a document (chữ ký số, R9.2b)."""

    document_id: UUID
    agency: str
    role: SignerRole
    holder: str
    file: FileRef
    placements: Placements | None
    number: OutgoingNumber | None
    progress: Progress = Progress.REQUESTED

    class Requested(Aggregate.Created):
        document_id: UUID
        agency: str
        role: SignerRole
        holder: str
        file: FileRef
        placements: Placements | None
        number: OutgoingNumber | None

    class RequestedAgain(Aggregate.Event):
        """After a failure: the same role, perhaps another file or holder."""

        holder: str
        file: FileRef
        placements: Placements | None
        number: OutgoingNumber | None

        def apply(self, signature: Signature) -> None:
            signature.holder, signature.file = self.holder, self.file
            signature.placements, signature.number = self.placements, self.number
            signature.progress = Progress.REQUESTED

    class Made(Aggregate.Event):
        """`file` is the new revision."""

        document_id: UUID
        agency: str
        role: SignerRole
        file: FileRef

        def apply(self, signature: Signature) -> None:
            signature.progress = Progress.DONE

    class Failed(Aggregate.Event):
        document_id: UUID
        agency: str
        role: SignerRole
        code: str
        reason: str

        def apply(self, signature: Signature) -> None:
            signature.progress = Progress.FAILED

    def made(self, file: FileRef) -> None:
        """A worker made it."""
        self._still_open()
        self.trigger_event(self.Made, **self._of(), file=file)

    def failed(self, code: str, reason: str) -> None:
        """A worker could not make it."""
        self._still_open()
        self.trigger_event(self.Failed, **self._of(), code=code, reason=reason)

    def _of(self) -> dict[str, object]:
        return {"document_id": self.document_id, "agency": self.agency, "role": self.role}

    def _still_open(self) -> None:
        if self.progress is not Progress.REQUESTED:
            raise WorkAlreadyConcluded(id=str(self.id))


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
