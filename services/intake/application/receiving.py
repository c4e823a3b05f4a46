"""At the door: taken in, refused, registered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.dispatch import DocumentIssued, RecallOrdered
from contracts.intake import (
    Channel,
    DocumentAlreadyArrived,
    IncomingState,
    Issuer,
    Origin,
)
from contracts.tracking import DocumentTaken
from contracts.values import (
    DocumentKind,
    FileRef,
    Number,
    RefusalCode,
    ReplyRequest,
    Role,
    Secrecy,
    UploadOffer,
    Urgency,
    delivery_id,
)
from services.intake.application.desk import Desk
from services.intake.domain import (
    BOOK,
    DocumentNoted,
    IncomingDocument,
    words_of,
)
from services.kernel.commit import command
from services.kernel.context import require

SETS_APART = {RefusalCode.MALWARE, RefusalCode.SECRET_CONTENT}
"""What the gate may find that the agency must not even keep (R1.2, R12.3)."""


class Receiving(Desk):
    """Arrivals, their checks, the register."""

    def _uploaded(
        self,
        *,
        agency: str,
        origin: Origin,
        files: list[FileRef],
        secrecy: Secrecy = Secrecy.NONE,
        **_: object,
    ) -> None:
        """The files are where they were to be put; of an item with a secrecy mark, none (R1.2)."""
        require(Role.AXIS)
        known = self.find(IncomingDocument, delivery_id(origin.document_id, agency))
        if secrecy is Secrecy.NONE and not (known and known.here):
            for file in files:
                self.files.require_upload(file.sha256, file.size)

    @command(first=_uploaded)
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
        issuer: Issuer | None = None,
        sent_at: datetime | None = None,
        replaces: list[UUID] = [],  # noqa: B006
    ) -> UUID:
        id = delivery_id(origin.document_id, agency)
        known = self._check_new(id)
        at, envelope = self.now(), {"agency": agency, "origin": origin, "kind": kind}
        if known:
            self._come_recalled(known, kind, urgency, Channel.AXIS)
        elif secrecy is not Secrecy.NONE:
            marked = envelope | {"secrecy": secrecy}
            self.save(IncomingDocument.quarantine(id, self.calendar, at, **marked))
        else:
            sent = {"subject": subject, "urgency": urgency, "files": files, "reply": reply}
            more = {"issuer": issuer, "sent_at": sent_at, "replaces": replaces}
            self.arrive(id, at, channel=Channel.AXIS, **envelope, **sent, **more)
        return id

    def _check_new(self, id: UUID) -> IncomingDocument | None:
        """Refuse what is here already; the document whose recall came first, if it did."""
        known = self.find(IncomingDocument, id)
        if known and known.here:
            raise DocumentAlreadyArrived(document_id=str(id))
        return known

    def arrive_issued(self, id: UUID, agency: str, event: DocumentIssued) -> None:
        """A document issued on this platform enters at one of its addressees."""
        known = self.find(IncomingDocument, id)
        if known and known.here:
            return
        if known:
            self._come_recalled(known, event.kind, event.urgency, Channel.PLATFORM)
            return
        signer = event.signer
        self.arrive(
            id,
            self.now(),
            agency=agency,
            origin=origin_of(event),
            kind=event.kind,
            subject=event.subject,
            urgency=event.urgency,
            files=event.files,
            reply=event.reply,
            channel=Channel.PLATFORM,
            issuer=Issuer(post=signer.post, name=signer.name),
            sent_at=event.issued_at,
            replaces=event.replaces,
        )

    def arrive_taken(self, event: DocumentTaken) -> None:
        """A document came over the axis; of a marked one the envelope's facts enter (R1.2)."""
        id, letter = event.delivery_id, event.letter
        known = self.find(IncomingDocument, id)
        if known and known.here:
            return
        envelope = {"agency": event.agency, "origin": event.origin, "kind": letter.kind}
        if known:
            self._come_recalled(known, letter.kind, letter.urgency, Channel.AXIS)
        elif letter.secrecy is not Secrecy.NONE:
            marked = envelope | {"secrecy": letter.secrecy}
            self.save(IncomingDocument.quarantine(id, self.calendar, self.now(), **marked))
        else:
            said: dict[str, Any] = {
                "subject": letter.subject,
                "urgency": letter.urgency,
                "files": letter.files,
            }
            said |= {"reply": letter.reply, "issuer": letter.issuer, "sent_at": letter.sent_at}
            said |= {"replaces": letter.replaces, "channel": Channel.AXIS}
            self.arrive(id, self.now(), **envelope, **said)

    def arrive(self, id: UUID, at: datetime, **sent: Any) -> IncomingDocument:
        """Take it in, beside the earlier documents that it seems to repeat (R8.2a-1)."""
        words = list(words_of(sent["agency"], sent["origin"]))
        earlier = dict.fromkeys(id for word in words for id in self._noted(word))
        document = IncomingDocument.arrive(id, self.calendar, at, earlier=list(earlier), **sent)
        self.save(document, *(self._note(word, id) for word in words))
        return document

    def _noted(self, word: UUID) -> Iterator[UUID]:
        for noted in self.stream(word):
            yield noted.document_id

    def _note(self, word: UUID, id: UUID) -> DocumentNoted:
        return DocumentNoted(
            originator_id=word,
            originator_version=self.last_version(word) + 1,
            timestamp=DocumentNoted.create_timestamp(),
            document_id=id,
        )

    def _come_recalled(
        self, document: IncomingDocument, kind: DocumentKind, urgency: Urgency, channel: Channel
    ) -> None:
        envelope = {"kind": kind, "urgency": urgency, "channel": channel}
        document.come_recalled(self.calendar, self.now(), **envelope)
        self.save(document)

    @command()
    def refuse_document(self, *, document_id: UUID, code: RefusalCode, reason: str) -> None:
        self.act(document_id, Role.CLERK, lambda document: document.refuse(code, reason))

    @command()
    def return_document(self, *, document_id: UUID, code: RefusalCode, reason: str) -> None:
        self.act(document_id, Role.LEADER, lambda document: document.send_home(code, reason))

    @command()
    def decide_duplicate(self, *, document_id: UUID, note: str = "") -> None:
        self.act(document_id, Role.CLERK, lambda document: document.accept_duplicate(note))

    @command()
    def register_document(
        self, *, document_id: UUID, overrule: str = "", book: str = BOOK
    ) -> Number:
        document = self.mine(document_id, Role.CLERK)
        number = self.take_number(document.series(book), taken_by=document.id)
        registered = document.register(number, self.calendar, self.now(), overrule, book)
        self.save(document)
        self._supersede(document)
        return registered

    def _supersede(self, document: IncomingDocument) -> None:
        """What it replaces gives way, where it is of the same sender and the same agency."""
        for replaced in document.replaces:
            old = self.find(IncomingDocument, delivery_id(replaced, document.agency))
            if old and old.here and old.origin.agency == document.origin.agency:
                old.supersede(document.id)
                self.save(old)

    def offer_upload(self, *, sha256: str, size: int) -> UploadOffer:
        require(Role.AXIS, Role.CLERK)
        url, expires_at = self.files.offer(sha256, size)
        return UploadOffer(url=url, expires_at=expires_at)

    # -- what the gate's worker records -------------------------------------------------------

    @command()
    def admit_files(self, *, document_id: UUID, files: list[FileRef], report: FileRef) -> None:
        """All files passed the gate; `files` are the sealed ones."""
        self.act(document_id, Role.SERVICE, lambda document: document.admit(files, report))

    @command()
    def reject_files(
        self, *, document_id: UUID, gate: str, code: RefusalCode, reason: str, report: FileRef
    ) -> None:
        """A file did not pass; malware or a secrecy mark sets apart what has only arrived.

        What is refused, registered, recalled or replaced by then stays so, without its files.
        """
        document = self.mine(document_id, Role.SERVICE)
        if code in SETS_APART and document.state is IncomingState.ARRIVED:
            document.set_apart(gate, code, report)
        else:
            document.reject(gate, code, reason, report)
        self.save(document)


def origin_of(event: DocumentIssued | RecallOrdered) -> Origin:
    """The document as its sender on this platform made it."""
    return Origin(
        agency=event.agency,
        agency_name=event.agency_name,
        document_id=event.document_id,
        document_code=event.number.document_code,
        notation=event.number.notation,
        issued_on=event.number.issued_on,
    )
