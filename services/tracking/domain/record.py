"""What a dossier tells of a document that lies in it, and where the document's files are."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from contracts.values import DocumentKind, FileRef, named_id
from services.kernel.aggregate import Aggregate


def record_id(document_id: UUID) -> UUID:
    """Identity of what is known of a document."""
    return named_id("record", document_id)


def dossiers_of_id(document_id: UUID) -> UUID:
    """Identity of the list of dossiers in which a document lies."""
    return named_id("dossiers-of", document_id)


class Record(Aggregate, service="tracking"):
    """A document of an agency as its dossiers tell of it (thông tin văn bản trong hồ sơ, 2.4).

    `files` are known once they may be kept: an incoming document's when they passed the gate.
    """

    document_id: UUID
    agency: str
    incoming: bool
    issuer: str
    notation: str
    kind: DocumentKind
    subject: str
    issued_on: date
    files: list[FileRef]

    class Learnt(Aggregate.Created):
        """The document came, or was issued."""

        document_id: UUID
        agency: str
        incoming: bool
        issuer: str
        notation: str
        kind: DocumentKind
        subject: str
        issued_on: date
        files: list[FileRef]

    class FilesLearnt(Aggregate.Event):
        """These are its files now."""

        files: list[FileRef]

        def apply(self, record: Record) -> None:
            record.files = self.files

    def learn_files(self, files: list[FileRef]) -> None:
        """Its files are these now."""
        if files != self.files:
            self.trigger_event(self.FilesLearnt, files=files)
