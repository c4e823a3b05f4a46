"""What the checks before accepting find: the gate on the files, signing on the signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from contracts.intake import (
    IncomingAct,
    IncomingState,
    Issuer,
    RefusalProposal,
)
from contracts.signing import SignatureSummary
from contracts.values import (
    FileRef,
    LegalValue,
    RefusalCode,
    Verdict,
)
from services.intake.domain.act import Act
from services.intake.domain.order import (
    ADMITTED,
)

if TYPE_CHECKING:
    from services.intake.domain.document import IncomingDocument

_State, _Act = IncomingState, IncomingAct

PDF = "application/pdf"
"""Nothing else bears signatures (R4.4b)."""


class FilesAdmitted(Act):
    """All files passed the gate, and are kept under the document's own key (R8.1a)."""

    files: list[FileRef]
    report: FileRef
    issuer: Issuer | None = None

    def apply(self, document: Any) -> None:
        document.files, document.gate, document.gate_report = self.files, ADMITTED, self.report


class FilesRejected(Act):
    """A file did not pass the gate; `report` is the evidence (R8.1a, R5.1d-2)."""

    gate: str
    code: RefusalCode
    reason: str
    report: FileRef

    def apply(self, document: Any) -> None:
        document.gate, document.gate_report = self.gate, self.report
        document.rejection = RefusalProposal(code=self.code, reason=self.reason)


class SetApart(Act):
    """A file holds malware, or a secrecy mark: nothing is kept (cách ly; R12.3, R1.2)."""

    leads_to = _State.QUARANTINED
    code: RefusalCode
    entered_at: datetime
    gate: str
    report: FileRef

    def apply(self, document: Any) -> None:
        super().apply(document)
        document.files = []


class ChecksRecorded(Act):
    """The verdict of signing on these very files (kết quả kiểm tra; R8.1b-1, Q28-4).

    `reports` are signing's kept reports, with all that the verdict was made of.
    """

    verdict: Verdict
    legal_value: LegalValue
    signatures: list[SignatureSummary]
    reports: list[FileRef] = field(default_factory=list)


def waits_for_gate(document: IncomingDocument) -> bool:
    """Whether the files are still to be checked, in whatever state their document is."""
    return not document.gate and bool(document.files) and not document.cancelling


def admit(document: IncomingDocument, files: list[FileRef], report: FileRef) -> None:
    """The gate lets all files in; `files` are the kept ones."""
    if waits_for_gate(document):
        facts = {"files": files, "report": report, "issuer": document.issuer}
        document.happened(document.FilesAdmitted, **facts)


def reject(
    document: IncomingDocument, gate: str, code: RefusalCode, reason: str, report: FileRef
) -> None:
    """The gate rejects a file: the clerk is to refuse the document."""
    if waits_for_gate(document):
        facts = {"gate": gate, "code": code, "reason": reason, "report": report}
        document.happened(document.FilesRejected, **facts)


def set_apart(document: IncomingDocument, gate: str, code: RefusalCode, report: FileRef) -> None:
    """The gate found malware, or a secrecy mark."""
    if waits_for_gate(document):
        facts = {"gate": gate, "code": code, "report": report}
        document.happened(document.SetApart, entered_at=document.entered_at, **facts)


def record_checks(
    document: IncomingDocument,
    verdict: Verdict,
    legal_value: LegalValue,
    signatures: list[SignatureSummary],
    files: list[FileRef],
    reports: Sequence[FileRef] = (),
) -> None:
    """Take in a verdict, if it is on all PDFs of this document and nobody has acted yet."""
    verified = {file.sha256 for file in files}
    bearing = [file for file in document.files if file.media_type == PDF]
    of_these = all(file.sha256 in verified for file in bearing)
    known = (document.verdict, document.legal_value) == (verdict, legal_value)
    if document.state is _State.ARRIVED and of_these and not known:
        checked = {"verdict": verdict, "legal_value": legal_value, "signatures": signatures}
        document.happened(document.ChecksRecorded, **checked, reports=list(reports))
