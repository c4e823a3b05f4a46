"""A message to an agency over the axis: owed, written once, sent until it is taken or refused."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from uuid import UUID

from contracts.edxml import Document, Status
from contracts.tracking import ReceiptVerdict
from contracts.values import FileRef, named_id
from services.kernel.aggregate import Aggregate


def package_id(delivery_id: UUID, *words: object) -> UUID:
    """Identity of the document's own package, or of a status told by code and instant."""
    return named_id("package", delivery_id, *words)


class Package(Aggregate, service="tracking"):
    """One message to one agency (gói tin). `message` holds no file contents; `files` are ours.

    Once written its bytes never change: whoever asks again gets the very same (R5.1b).
    """

    delivery_id: UUID
    document_id: UUID
    agency: str
    to: str
    message: Document | Status
    files: list[FileRef]
    urgent: bool
    file: FileRef | None = None
    fingerprint: str = ""
    receipt: str = ""
    verdict: ReceiptVerdict | None = None
    doc_ids: list[str] = field(default_factory=list)
    is_open: bool = True

    class Owed(Aggregate.Created):
        """The message is to be sent, whatever the axis does meanwhile."""

        delivery_id: UUID
        document_id: UUID
        agency: str
        to: str
        message: Document | Status
        files: list[FileRef]
        urgent: bool

    class Written(Aggregate.Event):
        """Its bytes are kept; `receipt` is what they carry (biên nhận)."""

        file: FileRef
        fingerprint: str
        receipt: str

        def apply(self, package: Package) -> None:
            package.file, package.fingerprint = self.file, self.fingerprint
            package.receipt = self.receipt

    class Sent(Aggregate.Event):
        """The axis took it under an id of its own."""

        doc_id: str
        sent_at: datetime

        def apply(self, package: Package) -> None:
            package.doc_ids.append(self.doc_id)
            package.is_open = False

    class Rejected(Aggregate.Event):
        """The axis refused it; repeating does not help."""

        delivery_id: UUID
        document_id: UUID
        agency: str
        to: str
        code: str
        told: str

        def apply(self, package: Package) -> None:
            package.is_open = False

    class AskedAgain(Aggregate.Event):
        """What was sent is wanted once more: the same bytes go again."""

        delivery_id: UUID
        urgent: bool

        def apply(self, package: Package) -> None:
            package.is_open = True

    class ReceiptTaken(Aggregate.Event):
        """The recipient's signed receipt over the document's digest came (biên nhận)."""

        delivery_id: UUID
        document_id: UUID
        agency: str
        to: str
        receipt: str
        verdict: ReceiptVerdict

        def apply(self, package: Package) -> None:
            package.receipt, package.verdict = self.receipt, self.verdict

    def is_document(self) -> bool:
        """Whether it is the document itself, not its recall nor a status."""
        return self.id == package_id(self.delivery_id)

    def write(self, file: FileRef, fingerprint: str, receipt: str = "") -> None:
        """Its bytes are these, for good; a second writer changes nothing."""
        if self.file is None:
            told = {"file": file, "fingerprint": fingerprint, "receipt": receipt}
            self.trigger_event(self.Written, **told)

    def send(self, doc_id: str, at: datetime) -> None:
        """The axis took it."""
        if self.is_open:
            self.trigger_event(self.Sent, doc_id=doc_id, sent_at=at)

    def reject(self, code: str, told: str) -> None:
        """The axis refused it."""
        if self.is_open:
            self.trigger_event(self.Rejected, **self._of(), code=code, told=told)

    def ask_again(self) -> None:
        """Send the same bytes once more."""
        if not self.is_open:
            again = {"delivery_id": self.delivery_id, "urgent": self.urgent}
            self.trigger_event(self.AskedAgain, **again)

    def take_receipt(self, receipt: str, verdict: ReceiptVerdict) -> None:
        """Keep the recipient's receipt; a proved one is never replaced."""
        if receipt != self.receipt and self.verdict is not ReceiptVerdict.PROVED:
            told = {"receipt": receipt, "verdict": verdict}
            self.trigger_event(self.ReceiptTaken, **self._of(), **told)

    def _of(self) -> dict[str, object]:
        return {
            "delivery_id": self.delivery_id,
            "document_id": self.document_id,
            "agency": self.agency,
            "to": self.to,
        }
