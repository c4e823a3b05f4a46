"""What dispatch does when asked by people, and when told by accounts and signing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from contracts.accounts import AgencyCodeAdded, AgencyRegistered
from contracts.dispatch import (
    DocumentAlreadyDrafted,
    OutgoingDocumentView,
    OutgoingState,
)
from contracts.envelope import Envelope
from contracts.errors import Denied
from contracts.signing import DocumentSigned, SigningFailed
from contracts.values import (
    DocumentKind,
    DocumentLink,
    FileLink,
    FileRef,
    OutgoingNumber,
    Placements,
    Recipient,
    ReplyRequest,
    Role,
    Secrecy,
    Signer,
    UploadOffer,
    Urgency,
)
from contracts.working_time import Calendar, day_of
from services.dispatch.domain.directory import Correspondent, Directory, correspondent_id
from services.dispatch.domain.document import OutgoingDocument
from services.dispatch.domain.draft import Draft, check_is_pdf, check_may_be_kept, series_id
from services.dispatch.events import publish
from services.kernel.application import in_postgres
from services.kernel.commit import command
from services.kernel.context import current, require
from services.kernel.events import Publish
from services.kernel.files import Files
from services.kernel.following import Following
from services.kernel.prompts import Prompts
from services.kernel.settings import Settings

DRAFTERS = (Role.OFFICER, Role.CLERK)
HOLDERS: dict[OutgoingState, Role] = {
    OutgoingState.CONTENT_CHECK: Role.UNIT_HEAD,
    OutgoingState.FORM_CHECK: Role.FORM_CHECKER,
    OutgoingState.TO_SIGN: Role.LEADER,
}
"""Who has a document to check or to sign."""
STAFF = (*DRAFTERS, *HOLDERS.values())
LINK_LASTS = timedelta(minutes=5)


def accept_file(
    dispatch: Dispatch, *, file: FileRef, secrecy: Secrecy = Secrecy.NONE, **_: Any
) -> None:
    """Keep the uploaded file of a draft, if it may be kept at all: before the command's turn."""
    require(*DRAFTERS)
    check_may_be_kept(secrecy, file)
    dispatch.files.accept(file.sha256, file.size)
    check_is_pdf(next(iter(dispatch.files.open(file.sha256))))


class Dispatch(Following):
    """Outgoing documents, and the agencies they may go to."""

    name = "dispatch"
    sources = ("accounts", "signing")
    tells: ClassVar[Publish] = publish

    def __init__(self, *args: Any, files: Files, calendar: Calendar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files = files
        self.calendar = calendar

    @command(first=accept_file)
    def create_draft(
        self,
        *,
        document_id: UUID,
        kind: DocumentKind,
        subject: str,
        file: FileRef,
        placements: Placements,
        signer: Signer,
        recipients: list[Recipient],
        drafting_unit: str,
        unit_notation: str,
        urgency: Urgency = Urgency.ORDINARY,
        secrecy: Secrecy = Secrecy.NONE,
        reply: ReplyRequest | None = None,
        answers: list[DocumentLink] = [],  # noqa: B006
    ) -> None:
        drafter = require(*DRAFTERS)
        if self.last_version(document_id):
            raise DocumentAlreadyDrafted(document_id=str(document_id))
        draft = Draft(
            kind=kind,
            subject=subject,
            file=file,
            placements=placements,
            signer=signer,
            recipients=recipients,
            drafting_unit=drafting_unit,
            unit_notation=unit_notation,
            urgency=urgency,
            reply=reply,
            answers=answers,
        )
        known = self._directory(drafter.agency, draft)
        self.save(
            OutgoingDocument.begin_draft(
                document_id, drafter.agency, drafter.person, draft, known, self._today()
            )
        )

    @command(first=accept_file)
    def revise_draft(
        self,
        *,
        document_id: UUID,
        subject: str,
        file: FileRef,
        placements: Placements,
        signer: Signer,
        recipients: list[Recipient],
        reply: ReplyRequest | None = None,
    ) -> None:
        document = self._of_mine(document_id, *DRAFTERS)
        draft = document.draft.revised(
            subject=subject,
            file=file,
            placements=placements,
            signer=signer,
            recipients=recipients,
            reply=reply,
        )
        known = self._directory(document.agency, draft)
        document.revise(current().actor.person, draft, known, self._today())
        self.save(document)

    @command()
    def submit_draft(self, *, document_id: UUID) -> None:
        document = self._of_mine(document_id, *DRAFTERS)
        document.submit(current().actor.person)
        self.save(document)

    @command()
    def approve_content(self, *, document_id: UUID, opinion: str = "") -> None:
        document = self._of_mine(document_id, Role.UNIT_HEAD)
        document.approve_content(current().actor.person, opinion)
        self.save(document)

    @command()
    def approve_form(self, *, document_id: UUID, opinion: str = "") -> None:
        document = self._of_mine(document_id, Role.FORM_CHECKER)
        document.approve_form(current().actor.person, opinion)
        self.save(document)

    @command()
    def return_draft(self, *, document_id: UUID, opinion: str) -> None:
        document = self._of_mine(document_id, *HOLDERS.values())
        if holder := HOLDERS.get(document.state):
            require(holder)
        document.send_back(current().actor.person, opinion)
        self.save(document)

    @command()
    def sign_document(self, *, document_id: UUID) -> None:
        document = self._of_mine(document_id, Role.LEADER)
        document.sign(current().actor.person)
        self.save(document)

    @command()
    def assign_number(self, *, document_id: UUID) -> OutgoingNumber:
        document = self._of_mine(document_id, Role.CLERK)
        day = self._today()
        series = series_id(document.agency, day.year)
        known = self._directory(document.agency)
        number = document.assign_number(lambda: self.take_number(series, document_id), known, day)
        self.save(document)
        return number

    @command()
    def register_document(self, *, document_id: UUID) -> None:
        document = self._of_mine(document_id, Role.CLERK)
        document.register()
        self.save(document)

    @command()
    def seal_document(self, *, document_id: UUID) -> None:
        document = self._of_mine(document_id, Role.CLERK)
        document.seal()
        self.save(document)

    @command()
    def issue_document(self, *, document_id: UUID) -> None:
        document = self._of_mine(document_id, Role.CLERK)
        known = self._directory(document.agency, document.draft)
        document.issue(known, self.calendar, self.now())
        self.save(document)

    def get_document(self, *, document_id: UUID) -> OutgoingDocumentView:
        if current().roles & {Role.OPERATOR, Role.AUDITOR}:
            return self.load(OutgoingDocument, document_id).view()
        return self._of_mine(document_id, *STAFF).view()

    def offer_upload(self, *, sha256: str, size: int) -> UploadOffer:
        require(*DRAFTERS)
        offered = self.files.offer(sha256, size)
        return UploadOffer(url=offered.url, expires_at=offered.expires_at)

    def get_file_link(self, *, document_id: UUID) -> FileLink:
        """The link for the agency that issues; once issued, for those it was issued to."""
        document = self.load(OutgoingDocument, document_id)
        if require(*STAFF).agency not in document.readers():
            raise Denied(why=f"belongs to agency {document.agency}")
        file = document.current_file
        expires_at = self.now() + LINK_LASTS
        url = self.files.link(file.sha256, int(LINK_LASTS.total_seconds()), file.name)
        return FileLink(url=url, expires_at=expires_at)

    def policy(self, event: Any, envelope: Envelope) -> None:
        """Learn agencies from accounts; take signatures, made or failed, from signing."""
        match event:
            case AgencyRegistered():
                self._learn(event)
            case AgencyCodeAdded(agency=agency, code=code):
                self._learn_code(agency, code)
            case DocumentSigned(document_id=id):
                if document := self.find(OutgoingDocument, id):
                    document.take_signature(event.role, event.file)
                    self.save(document)
            case SigningFailed(document_id=id):
                if document := self.find(OutgoingDocument, id):
                    document.take_failure(event.role, event.code, event.reason)
                    self.save(document)

    def _learn(self, told: AgencyRegistered) -> None:
        id = correspondent_id(told.agency)
        if not self.find(Correspondent, id):
            self.save(
                Correspondent.begin(
                    Correspondent.Learnt,
                    id,
                    agency=told.agency,
                    name=told.name,
                    notation=told.notation,
                    route=told.route,
                )
            )

    def _learn_code(self, agency: str, code: str) -> None:
        """By this code the same agency is meant (R7.2a)."""
        known = self.find(Correspondent, correspondent_id(agency))
        if known and not self.find(Correspondent, correspondent_id(code)):
            self.save(known.also(correspondent_id(code)))

    def _of_mine(self, document_id: UUID, *roles: Role) -> OutgoingDocument:
        """The document, for a caller of its agency who holds one of these roles."""
        document = self.load(OutgoingDocument, document_id)
        require(*roles, agency=document.agency)
        return document

    def _directory(self, agency: str, draft: Draft | None = None) -> Directory:
        """Those agencies of a draft that are known: the issuing one and the recipients."""
        named = {agency, *(to.agency for to in draft.recipients)} if draft else {agency}
        return dict(self._known(named))

    def _known(self, codes: Iterable[str]) -> Iterable[tuple[str, Correspondent]]:
        for code in codes:
            if found := self.find(Correspondent, correspondent_id(code)):
                yield code, found

    def _today(self) -> date:
        return day_of(self.now())


def build(settings: Settings) -> Dispatch:
    """The application of this process."""
    return Dispatch(
        in_postgres(settings.database_url),
        written=Prompts(settings.broker_url, Dispatch.name).ring,
        files=Files(settings.s3_url),
        calendar=Calendar.of(settings.calendar_profile),
    )
