"""What intake does when asked, and when dispatch and signing tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import singledispatchmethod
from typing import Any, ClassVar, Protocol
from uuid import UUID

from contracts.dispatch import Addressee, DocumentIssued
from contracts.envelope import Envelope
from contracts.errors import Invalid, NotFound
from contracts.intake import (
    ArrivalListed,
    CompletionResult,
    DocumentAlreadyArrived,
    IncomingDocumentView,
    IncomingState,
    Origin,
)
from contracts.signing import SignaturesVerified
from contracts.values import (
    Assignment,
    DocumentKind,
    FileLink,
    FileRef,
    Number,
    RefusalCode,
    ReplyRequest,
    Role,
    Route,
    Secrecy,
    UploadOffer,
    Urgency,
    delivery_id,
)
from contracts.working_time import Calendar, day_of
from services.intake.domain import IncomingDocument
from services.intake.events import publish
from services.intake.views import ArrivalLists
from services.kernel.application import in_postgres
from services.kernel.commit import command
from services.kernel.context import current, require
from services.kernel.events import Publish
from services.kernel.files import Files
from services.kernel.following import Following
from services.kernel.prompts import Prompts
from services.kernel.settings import Settings

LINK_LASTS = timedelta(minutes=5)
SEES_ALL = {Role.OPERATOR, Role.AUDITOR}


class Store(Protocol):
    """Kept files, as intake needs them; see `services.kernel.files.Files`."""

    def offer(self, sha256: str, size: int) -> tuple[str, datetime]: ...

    def accept(self, sha256: str, size: int) -> tuple[str, int]: ...

    def link(self, sha256: str, seconds: int, download_name: str) -> str: ...


class Intake(Following):
    """Incoming documents of the agencies, and the calendar that says when they were received."""

    name = "intake"
    tells: ClassVar[Publish] = publish
    sources = ("dispatch", "signing")

    def __init__(self, *args: Any, files: Store, calendar: Calendar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files = files
        self.calendar = calendar
        self._lists = ArrivalLists(self)

    # -- when told ----------------------------------------------------------------------------

    @singledispatchmethod
    def policy(self, event: Any, envelope: Envelope) -> None:
        """Events of no concern are passed over."""

    @policy.register
    def _(self, event: DocumentIssued, envelope: Envelope) -> None:
        for addressee in event.addressees:
            if addressee.route is Route.PLATFORM and not self._here(addressee.delivery_id):
                self._arrive(addressee, event)
        self._link_answers(event)

    def _arrive(self, addressee: Addressee, event: DocumentIssued) -> None:
        """An issued document enters at one agency of this platform."""
        origin = Origin(
            agency=event.agency,
            agency_name=event.agency_name,
            document_id=event.document_id,
            document_code=event.number.document_code,
            notation=event.number.notation,
            issued_on=event.number.issued_on,
        )
        document = IncomingDocument.arrive(
            addressee.delivery_id,
            self.calendar,
            self.now(),
            agency=addressee.agency,
            origin=origin,
            kind=event.kind,
            subject=event.subject,
            urgency=event.urgency,
            files=event.files,
            reply=event.reply,
        )
        self.save(document)

    def _link_answers(self, event: DocumentIssued) -> None:
        """An issued reply is noted at the documents of its own agency that it answers (R9.2đ)."""
        for link in event.answers:
            document = self.find(IncomingDocument, link.document_id)
            if document and document.agency == event.agency:
                day = day_of(event.issued_at)
                document.answer(event.document_id, event.number.notation, day)
                self.save(document)

    @policy.register
    def _(self, event: SignaturesVerified, envelope: Envelope) -> None:
        document = self.find(IncomingDocument, event.document_id)
        if document:
            document.record_checks(event.verdict, event.legal_value, event.signatures, event.files)
            self.save(document)

    # -- when asked ---------------------------------------------------------------------------

    def _keep(self, *, files: list[FileRef], secrecy: Secrecy = Secrecy.NONE, **_: object) -> None:
        """Take over what was uploaded; of an item with a secrecy mark, nothing (R1.2)."""
        require(Role.AXIS)
        if secrecy is Secrecy.NONE:
            for file in files:
                self.files.accept(file.sha256, file.size)

    @command(first=_keep)
    def receive_document(
        self,
        *,
        agency: str,
        origin: Origin,
        kind: DocumentKind,
        subject: str,
        files: list[FileRef],
        urgency: Urgency = Urgency.ORDINARY,
        secrecy: Secrecy = Secrecy.NONE,
        reply: ReplyRequest | None = None,
    ) -> UUID:
        id = delivery_id(origin.document_id, agency)
        if self._here(id):
            raise DocumentAlreadyArrived(document_id=str(id))
        at, envelope = self.now(), {"agency": agency, "origin": origin, "kind": kind}
        if secrecy is not Secrecy.NONE:
            document = IncomingDocument.quarantine(
                id, self.calendar, at, secrecy=secrecy, **envelope
            )
        else:
            sent = {"subject": subject, "urgency": urgency, "files": files, "reply": reply}
            document = IncomingDocument.arrive(id, self.calendar, at, **envelope, **sent)
        self.save(document)
        return id

    def _here(self, id: UUID) -> bool:
        return self.find(IncomingDocument, id) is not None

    @command()
    def refuse_document(self, *, document_id: UUID, code: RefusalCode, reason: str) -> None:
        self._act(document_id, Role.CLERK, lambda document: document.refuse(code, reason))

    @command()
    def register_document(self, *, document_id: UUID) -> Number:
        document = self._mine(document_id, Role.CLERK)
        number = self.take_number(document.series, taken_by=document.id)
        registered = document.register(number, self.calendar)
        self.save(document)
        return registered

    @command()
    def present_document(self, *, document_id: UUID, leader: str) -> None:
        self._act(document_id, Role.CLERK, lambda document: document.present(leader))

    @command()
    def direct_document(self, *, document_id: UUID, assignment: Assignment) -> None:
        person = current().actor.person
        self._act(document_id, Role.LEADER, lambda document: document.direct(assignment, person))

    @command()
    def transfer_document(self, *, document_id: UUID) -> None:
        self._act(document_id, Role.CLERK, lambda document: document.transfer(self.now()))

    @command()
    def start_handling(self, *, document_id: UUID) -> None:
        self._act(document_id, Role.OFFICER, lambda document: document.start_handling())

    @command()
    def complete_document(
        self, *, document_id: UUID, result: CompletionResult, note: str = ""
    ) -> None:
        at = self.now()
        self._act(document_id, Role.OFFICER, lambda document: document.complete(result, note, at))

    def _act(self, id: UUID, role: Role, act: Callable[[IncomingDocument], None]) -> None:
        document = self._mine(id, role)
        act(document)
        self.save(document)

    def _mine(self, id: UUID, role: Role) -> IncomingDocument:
        """A document of the caller's agency, if he holds the role."""
        document = self.load(IncomingDocument, id)
        require(role, agency=document.agency)
        return document

    def get_document(self, *, document_id: UUID) -> IncomingDocumentView:
        return self._readable(document_id).view()

    def list_documents(
        self, *, agency: str, state: IncomingState, after: str = "", limit: int = 100
    ) -> list[ArrivalListed]:
        _require_reader(agency)
        try:
            found = self._lists.page(agency, state, UUID(after) if after else None, limit)
        except (ValueError, LookupError):
            raise Invalid(where="after", why="a document id of the list") from None
        return [self._listed(id, state) for id in found]

    def _listed(self, id: UUID, state: IncomingState) -> ArrivalListed:
        first: Any = next(iter(self.events.get(id, limit=1)))
        return ArrivalListed(
            document_id=id,
            state=state,
            subject=getattr(first, "subject", ""),
            origin=first.origin,
            entered_at=first.entered_at,
        )

    def offer_upload(self, *, sha256: str, size: int) -> UploadOffer:
        require(Role.AXIS, Role.CLERK)
        url, expires_at = self.files.offer(sha256, size)
        return UploadOffer(url=url, expires_at=expires_at)

    def get_file_link(self, *, document_id: UUID, sha256: str) -> FileLink:
        document = self._readable(document_id)
        for file in document.files:
            if file.sha256 == sha256:
                expires_at = self.now() + LINK_LASTS
                url = self.files.link(sha256, int(LINK_LASTS.total_seconds()), file.name)
                return FileLink(url=url, expires_at=expires_at)
        raise NotFound(what="file", id=sha256)

    def _readable(self, id: UUID) -> IncomingDocument:
        document = self.load(IncomingDocument, id)
        _require_reader(document.agency)
        return document


def _require_reader(agency: str) -> None:
    """People of the agency in any role; operators and auditors see all."""
    if not current().roles & SEES_ALL:
        require(*Role, agency=agency)


def build(settings: Settings) -> Intake:
    """The application of this process."""
    return Intake(
        in_postgres(settings.database_url),
        written=Prompts(settings.broker_url, Intake.name).ring,
        files=Files(settings.s3_url),
        calendar=Calendar.of(settings.calendar_profile),
    )
