"""The promise of intake at its door: from the arrival to the register."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta

from contracts.intake.words import Book, OfficeRules
from contracts.values import (
    AgencyCode,
    Digest,
    DocumentKind,
    FileRef,
    Issuer,
    Number,
    Opinion,
    Origin,
    PersonId,
    Reason,
    RefusalCode,
    ReplyRequest,
    Secrecy,
    Subject,
    UploadOffer,
    Urgency,
)

Files = Annotated[list[FileRef], Meta(max_length=100)]


class Receiving(Protocol):
    """Taking in, refusing, registering."""

    def receive_document(
        self,
        *,
        agency: AgencyCode,
        origin: Origin,
        kind: DocumentKind,
        subject: Subject,
        files: Files,
        urgency: Urgency = Urgency.ORDINARY,
        secrecy: Secrecy = Secrecy.NONE,
        reply: ReplyRequest | None = None,
        issuer: Issuer | None = None,
        sent_at: datetime | None = None,
        replaces: Annotated[list[UUID], Meta(max_length=100)] = [],
    ) -> UUID:
        """Take in a document for an agency; answers the document id of this delivery.

        For the gateway of the exchange axis. The files were uploaded before, except for an item
        with a secrecy mark, of which nothing but the envelope is kept. `replaces` names documents
        of the same sender, by its own ids. A recall that came first cancels it. Refusals:
        `DocumentAlreadyArrived`, `FileMissing`, `FileDamaged`, `FileTooLarge`, `Denied`,
        `Invalid` (no file). Rules: R10.2, R8.1b-2, R1.2, R7.1.
        """

    def refuse_document(self, *, document_id: UUID, code: RefusalCode, reason: Reason) -> None:
        """Refuse an arrived document; the sender is told the reason at once. For clerks.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`, `Invalid`. Rules: R5.1d-1…3.
        """

    def return_document(self, *, document_id: UUID, code: RefusalCode, reason: Reason) -> None:
        """Return a registered document to its sender (trả lại); its number stays used.

        For leaders. Refusals: `ActOutOfOrder`, `NotFound`, `Denied`, `Invalid`. Rules: N30-21.2b.
        """

    def decide_duplicate(self, *, document_id: UUID, note: Opinion = "") -> None:
        """Say that a document shown as a repeat of an earlier one is to be registered all the same.

        For clerks; a true repeat is refused with `DUPLICATE` instead. Refusals: `ActOutOfOrder`,
        `NotFound`, `Denied`. Rules: R8.2a-1, N30-VI.1h.
        """

    def register_document(
        self, *, document_id: UUID, overrule: Opinion = "", book: Book = "incoming"
    ) -> Number:
        """Enter the document in the incoming register under the next number of the book.

        `overrule` says why a document whose signatures are not good is registered all the same;
        who says so stands in the event. For clerks. Refusals: `FilesNotChecked`,
        `FilesNotAdmitted`, `SignaturesNotVerified`, `IntegrityFailed`, `OverruleRequired`,
        `DuplicateUndecided`, `ActOutOfOrder`, `NotFound`, `Denied`. Rules: R8.2a-1, R8.1a, NB-4.
        """

    def register_paper(
        self,
        *,
        document_id: UUID,
        origin: Origin,
        kind: DocumentKind,
        subject: Subject,
        scan: FileRef,
        issuer: Issuer | None = None,
        urgency: Urgency = Urgency.ORDINARY,
        reply: ReplyRequest | None = None,
        book: Book = "incoming",
        duplicate_note: Opinion = "",
    ) -> Number:
        """Enter a paper arrival with its digitised, sealed scan, in the same register.

        For clerks. `scan` is what signing's digitisation made of the scan; `duplicate_note` says
        why it is entered in spite of an earlier document like it. Refusals: `ScanNotDigitised`,
        `DuplicateUndecided`, `DocumentAlreadyArrived`, `FileMissing`, `Denied`, `Invalid`.
        Rules: R8.2a-1, R8.2a-2.
        """

    def expect_paper(self, *, document_id: UUID) -> None:
        """Note that a paper copy is to come; it goes to whoever handles the document. For clerks.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`. Rules: NB-3, N30-23.
        """

    def receive_paper(self, *, document_id: UUID) -> None:
        """The paper copy is here. For clerks, and officers of its addressee.

        Refusals: `PaperNotExpected`, `ActOutOfOrder`, `NotFound`, `Denied`. Rules: NB-3.
        """

    def offer_upload(self, *, sha256: Digest, size: Annotated[int, Meta(ge=1)]) -> UploadOffer:
        """Where to put the bytes of a file before naming it in a command.

        Refusals: `FileTooLarge`, `Denied`, `Invalid`.
        """

    def set_office_rules(self, *, agency: AgencyCode, rules: OfficeRules) -> None:
        """Lay down the clerical rules of an agency. For its leaders.

        Refusals: `RulesUnchanged`, `Denied`, `Invalid`. Rules: N30-23, N30-24.
        """

    def get_office_rules(self, *, agency: AgencyCode) -> OfficeRules:
        """The clerical rules of an agency; the defaults where none were laid down.

        Refusals: `Denied`.
        """

    def name_follower(self, *, document_id: UUID, person: PersonId) -> None:
        """Name who follows and urges the document (người theo dõi). For leaders and clerks.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`. Rules: N30-24.
        """
