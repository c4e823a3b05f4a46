"""What signing does when asked and when told; the heavy work itself is the worker's."""

from __future__ import annotations

from functools import singledispatchmethod
from typing import Any, ClassVar, Protocol
from uuid import UUID

import msgspec

from contracts.dispatch import SignatureRequested
from contracts.envelope import Envelope
from contracts.errors import Denied
from contracts.intake import DocumentArrived
from contracts.signing import VerificationAlreadyRequested, VerificationView
from contracts.values import FileRef, LegalValue, Role, SignatureSummary, Verdict, named_id
from services.kernel.application import in_postgres
from services.kernel.commit import command
from services.kernel.context import current, require
from services.kernel.eventlog import PageRead
from services.kernel.events import Publish
from services.kernel.files import Files
from services.kernel.following import Following
from services.kernel.jobs import Entry
from services.kernel.prompts import Prompts
from services.signing.domain import Progress, Signature, Verification, asked_id, signature_id
from services.signing.events import publish
from services.signing.settings import SigningSettings

QUEUE = "jobs-signing"
FED = named_id("place", "signing", "jobs")
OPENING = (Signature.Requested, Signature.RequestedAgain, Verification.Requested)
CLOSING = (Signature.Made, Signature.Failed, Verification.Concluded)
TOPICS: list[str] = [vars(event)["TOPIC"] for event in (*OPENING, *CLOSING)]
PAGE = 500


class Store(Protocol):
    """Kept files, as signing needs them."""

    def require(self, sha256s: list[str]) -> None: ...

    def read(self, sha256: str) -> bytes: ...


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Work for a worker: what kind of thing, and which."""

    kind: str
    id: UUID


class Signing(Following):
    """Signatures to make and to verify, and what became of them."""

    name = "signing"
    tells: ClassVar[Publish] = publish
    sources = ("dispatch", "intake")

    def __init__(self, *args: Any, files: Store, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files = files

    @singledispatchmethod
    def policy(self, event: Any, envelope: Envelope) -> None:
        """Events of no concern are passed over."""

    @policy.register
    def _(self, event: SignatureRequested, envelope: Envelope) -> None:
        id = signature_id(event.document_id, event.role)
        asked = {
            "holder": event.holder,
            "file": event.file,
            "placements": event.placements,
            "number": event.number,
        }
        signature = self.find(Signature, id)
        if signature is None:
            about = {"document_id": event.document_id, "agency": event.agency, "role": event.role}
            signature = Signature.begin(Signature.Requested, id, **about, **asked)
        elif signature.progress is Progress.FAILED:
            signature.trigger_event(Signature.RequestedAgain, **asked)
        self.save(signature)

    @policy.register
    def _(self, event: DocumentArrived, envelope: Envelope) -> None:
        if self.find(Verification, event.document_id) is None:
            self._request(event.document_id, event.agency, event.files)

    def _request(self, id: UUID, agency: str, files: list[FileRef]) -> None:
        asked = {"agency": agency, "files": files, "requested_at": self.now()}
        self.save(Verification.begin(Verification.Requested, id, **asked))

    def _kept(self, *, verification_id: UUID, files: list[FileRef]) -> None:
        require(Role.CLERK)
        self.files.require([file.sha256 for file in files])

    @command(first=_kept)
    def verify_files(self, *, verification_id: UUID, files: list[FileRef]) -> None:
        id = asked_id(verification_id)
        if self.find(Verification, id):
            raise VerificationAlreadyRequested(document_id=str(verification_id))
        self._request(id, current().actor.agency, files)

    def get_verification(self, *, verification_id: UUID) -> VerificationView:
        asked = self.find(Verification, asked_id(verification_id))
        verification = asked or self.load(Verification, verification_id)
        sees_all = current().roles & {Role.AUDITOR, Role.OPERATOR}
        if not sees_all and current().actor.agency != verification.agency:
            raise Denied(why="the verification belongs to another agency")
        reports = [self.files.read(report.sha256) for report in verification.reports]
        return VerificationView(
            document_id=verification_id,
            requested_at=verification.requested_at,
            verdict=verification.verdict,
            legal_value=verification.legal_value,
            signatures=verification.signatures,
            reports=[msgspec.json.decode(report) for report in reports],
        )

    @command()
    def record_signature(self, *, id: UUID, file: FileRef) -> None:
        """A worker made the signature."""
        require(Role.SERVICE)
        signature = self.load(Signature, id)
        signature.made(file)
        self.save(signature)

    @command()
    def record_failure(self, *, id: UUID, code: str, reason: str) -> None:
        """A worker could not make the signature."""
        require(Role.SERVICE)
        signature = self.load(Signature, id)
        signature.failed(code, reason)
        self.save(signature)

    @command()
    def record_verification(
        self,
        *,
        id: UUID,
        verdict: Verdict,
        legal_value: LegalValue,
        signatures: list[SignatureSummary],
        reports: list[FileRef],
    ) -> None:
        """A worker verified the files."""
        require(Role.SERVICE)
        verification = self.load(Verification, id)
        verification.conclude(verdict, legal_value, signatures, reports)
        self.save(verification)

    def open_and_closed(self, after: int) -> tuple[list[Entry], int]:
        """Jobs opened and closed in the log after a position, and how far it was scanned."""
        end = self.recorder.max_notification_id() or 0
        found = self.recorder.select_notifications(
            after, PAGE, stop=end, topics=TOPICS, inclusive_of_start=False
        )
        entries = [self._entry(notification) for notification in found]
        return entries, found[-1].id if len(found) == PAGE else max(end, after)

    def _entry(self, notification: Any) -> Entry:
        event: Any = self.mapper.to_domain_event(notification)
        kind = notification.topic.split(".")[1].lower()
        job = Job(kind=kind, id=event.originator_id) if isinstance(event, OPENING) else None
        return Entry(notification.id, f"{kind}/{event.originator_id}", job, event.trace)

    def fed_place(self) -> int:
        """Where no older job is open."""
        for place in self.events.get(FED, desc=True, limit=1):
            return place.upto  # type: ignore[attr-defined, no-any-return]
        return 0

    def remember_fed(self, position: int) -> None:
        """Keep the place, so that a new feeder need not read from the beginning."""
        with self.group.page() as work:
            version = self.last_version(FED) + 1
            work.save(PageRead(FED, version, PageRead.create_timestamp(), upto=position))


def build(settings: SigningSettings) -> Signing:
    """The application of this process."""
    return Signing(
        in_postgres(settings.database_url),
        written=Prompts(settings.broker_url, Signing.name).ring,
        files=Files(settings.s3_url),
    )
