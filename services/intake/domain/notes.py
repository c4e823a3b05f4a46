"""What is noted beside the documents: by which words one is found again, and who looked at it.

Each note is an event in a stream of its own, read as a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from contracts.intake import Origin
from contracts.values import named_id
from services.kernel.aggregate import BareEvent, under_topic


@dataclass(frozen=True)
class DocumentNoted(BareEvent):
    """A document of an agency came under these words; the first of the stream was the earliest."""

    document_id: UUID


@dataclass(frozen=True)
class DocumentSeen(BareEvent):
    """Somebody looked at a document, or took one of its files (N30-VI.5a)."""

    what: str
    file: str = ""


@dataclass(frozen=True)
class UpdateNoted(BareEvent):
    """To which document an update belongs; its stream is the update's id."""

    document_id: UUID


@dataclass(frozen=True)
class ScanNoted(BareEvent):
    """Signing digitised a scan and sealed it for an agency (R8.2a-2)."""

    sha256: str


under_topic(ScanNoted, "intake.ScanNoted")
under_topic(DocumentNoted, "intake.DocumentNoted")
under_topic(DocumentSeen, "intake.DocumentSeen")
under_topic(UpdateNoted, "intake.UpdateNoted")


def words_of(agency: str, origin: Origin) -> Iterator[UUID]:
    """The streams under which a repeat is found: same code; same notation of the same issuer.

    The notation holds the number; years are told apart by the day it was issued on (R8.2a-1).
    """
    yield named_id("code", agency, origin.document_code)
    issued = (origin.agency, origin.notation, origin.issued_on.year)
    yield named_id("notation", agency, *issued)


def scan_id(agency: str, sha256: str) -> UUID:
    """The stream of a digitised scan of an agency."""
    return named_id("scan", agency, sha256)


def accesses_id(document_id: UUID) -> UUID:
    """The stream of those who looked at a document."""
    return named_id("accesses", document_id)
