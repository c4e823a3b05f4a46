"""The promise of dispatch from a draft to the issue."""

from __future__ import annotations

from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta

from contracts.dispatch.views import OutgoingDocumentView
from contracts.values import (
    Digest,
    DocumentKind,
    DocumentLink,
    FileLink,
    FileRef,
    Name,
    Opinion,
    OutgoingNumber,
    Placements,
    Reason,
    Recipient,
    ReplyRequest,
    Secrecy,
    Signer,
    Subject,
    TaskOrder,
    UploadOffer,
    Urgency,
)

Tasks = Annotated[list[TaskOrder], Meta(max_length=500)]


class Issuing(Protocol):
    """From a draft to the issue. Acts of one document follow the order of table 3.3."""

    def create_draft(
        self,
        *,
        document_id: UUID,
        kind: DocumentKind,
        subject: Subject,
        file: FileRef,
        placements: Placements,
        signer: Signer,
        recipients: Annotated[list[Recipient], Meta(min_length=1, max_length=500)],
        drafting_unit: Name,
        unit_notation: Annotated[str, Meta(pattern=r"^\w{1,20}$")],
        urgency: Urgency = Urgency.ORDINARY,
        secrecy: Secrecy = Secrecy.NONE,
        reply: ReplyRequest | None = None,
        answers: list[DocumentLink] = [],
        replaces: Annotated[list[UUID], Meta(max_length=50)] = [],
        tasks: Tasks | None = None,
    ) -> None:
        """Draft a document of the caller's agency; the file was uploaded before.

        `replaces` names issued documents of the agency, of the same kind, that it is to replace
        (thay thế, N30-18.3). `tasks` are there when it assigns tasks (giao nhiệm vụ); none may be
        entered yet. For officers and clerks. Refusals: `ReplacementUnequal`, `NotFound`,
        `RecipientHasSoftware`, `PaperReasonMissing`, `NotARecipient`, `TaskOrderTooEarly`,
        `DocumentAlreadyDrafted`, `SecretContent`,
        `AgencyUnknown`, `RecipientUnknown`, `RecipientRepeated`, `RecipientIsSender`,
        `ReplyDueTooEarly`, `FormatNotSignable`, `FileMissing`, `FileDamaged`, `FileTooLarge`,
        `Denied`, `Invalid`. Rules: R9.1, R1.2, R9.2d, R9.2đ, R4.4b, R5.1b-2.
        """

    def revise_draft(
        self,
        *,
        document_id: UUID,
        subject: Subject,
        file: FileRef,
        placements: Placements,
        signer: Signer,
        recipients: Annotated[list[Recipient], Meta(min_length=1, max_length=500)],
        reply: ReplyRequest | None = None,
        tasks: Tasks | None = None,
    ) -> None:
        """Change a draft before it is signed; whatever was approved must be approved anew.

        For its drafter. Refusals: `ActOutOfOrder`, `NotFound` and those of `create_draft`.
        Rules: R9.1, N30-10..12.
        """

    def submit_draft(self, *, document_id: UUID) -> None:
        """Submit the draft for the content check. For its drafter.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`.
        """

    def approve_content(self, *, document_id: UUID, opinion: Opinion = "") -> None:
        """Pass the content check. For heads of unit, not the drafter. Rules: R9.1, N30-10..12.

        Refusals: `ActOutOfOrder`, `SeparateActsRequired`, `NotFound`, `Denied`.
        """

    def approve_form(self, *, document_id: UUID, opinion: Opinion = "") -> None:
        """Pass the form check. For form checkers: neither the drafter nor who passed the content.

        Rules: R4.1b, R9.1, N30-10..12.

        Refusals: `ActOutOfOrder`, `SeparateActsRequired`, `NotFound`, `Denied`.
        """

    def return_draft(self, *, document_id: UUID, opinion: Reason) -> None:
        """Send a draft back to its drafter, with an opinion. For whoever has it to check or sign.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`, `Invalid`.
        """

    def sign_document(self, *, document_id: UUID) -> None:
        """Approve and sign (ký số): the signer's own consent to this very file.

        For the signer named in the draft. In another capacity than the head's own he needs a
        delegation in force that day, for this kind of document. Refusals: `SignerNotCompetent`,
        `CapacityNotHeld`, `ActOutOfOrder`, `NotFound`, `Denied`. Rules: R9.2b-1, N30-13.
        """

    def assign_number(self, *, document_id: UUID) -> OutgoingNumber:
        """Give the signed document its number and date. For clerks.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`. Rules: N30-15, R7.2b.
        """

    def register_document(self, *, document_id: UUID) -> None:
        """Enter the document in the outgoing register. For clerks.

        Refusals: `ActOutOfOrder`, `NotFound`, `Denied`. Rules: N30-16.
        """

    def seal_document(self, *, document_id: UUID) -> None:
        """Have the agency sign (ký số cơ quan). For the clerk who keeps the agency's key.

        Asked for by another clerk, it fails like a signature that cannot be made. Refusals:
        `ActOutOfOrder`, `NotFound`, `Denied`. Rules: R9.2b-2, N30-32/33.
        """

    def issue_document(self, *, document_id: UUID) -> None:
        """Issue the document to all recipients at once. For clerks.

        Refusals: `ActOutOfOrder`, `RecipientUnknown`, `ReplyDueTooEarly`, `TasksMissing`,
        `TaskOrderTooEarly`, `NotFound`, `Denied`. Rules: R9.2a, R9.2c, R5.1b-1, R9.3b-2.
        """

    def get_document(self, *, document_id: UUID) -> OutgoingDocumentView:
        """The document as it is now, for its agency, operators and auditors.

        Refusals: `NotFound`, `Denied`.
        """

    def offer_upload(self, *, sha256: Digest, size: Annotated[int, Meta(ge=1)]) -> UploadOffer:
        """Where to put the bytes of a file before naming it in a command.

        Refusals: `FileTooLarge`, `Denied`, `Invalid`.
        """

    def get_file_link(self, *, document_id: UUID) -> FileLink:
        """Where to get the document's current file. For its agency; once it is issued, for its
        recipients too, until it is recalled from them. A frozen one is for clerks and leaders of
        its agency. Refusals: `NotFound`, `Denied`.
        """
