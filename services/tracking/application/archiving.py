"""Dossiers on their way to the archive, and what is known of the documents in them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from contracts.dispatch import DocumentIssued
from contracts.intake import DocumentArrived, DocumentCancelled
from contracts.tracking import DossierNotPacked
from contracts.values import FileLink, FileRef, Role, named_id
from contracts.working_time import day_of
from services.kernel.commit import command
from services.kernel.context import current, require
from services.kernel.joblog import JobLog, Work, topics_of
from services.tracking.application.filing import Filing
from services.tracking.domain.dossier import Dossier
from services.tracking.domain.record import Record, dossiers_of_id, record_id

LINK_LASTS = timedelta(minutes=15)


def means(event: Any) -> Work:
    """A dossier is open for the packer from its submission until its package is kept."""
    key = str(event.originator_id)
    opens = isinstance(event, Dossier.Submitted) or getattr(event, "repacked", False)
    return Work(key, key) if opens else Work(key)


class Store(Protocol):
    """Kept files, as tracking needs them; see `services.kernel.vault.Vault`."""

    def link_ref(self, file: FileRef, seconds: int) -> tuple[str, str, str]: ...


class Archiving(Filing):
    """What the archive of an agency takes over, and the packages it is given."""

    def __init__(self, *args: Any, files: Store, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = topics_of(Dossier.Submitted, Dossier.Packed, Dossier.PaperLost)
        self.files, self.packing = files, JobLog(self, topics, means, "packing")

    @command()
    def submit_dossier(self, *, dossier_id: UUID) -> None:
        dossier = self.of_mine(dossier_id, Role.CLERK, Role.OFFICER)
        dossier.submit(day_of(self.now()))
        self.save(dossier)

    @command()
    def check_dossier(self, *, dossier_id: UUID, package_sha256: str, findings: str) -> None:
        dossier = self.of_mine(dossier_id, Role.ARCHIVIST)
        dossier.check(package_sha256, findings)
        self.save(dossier)

    @command()
    def accept_dossier(self, *, dossier_id: UUID, record: str) -> None:
        dossier = self.of_mine(dossier_id, Role.ARCHIVIST)
        dossier.accept(record)
        self.save(dossier)

    @command()
    def return_dossier(self, *, dossier_id: UUID, reason: str) -> None:
        dossier = self.of_mine(dossier_id, Role.ARCHIVIST)
        dossier.give_back(reason)
        self.save(dossier)

    @command()
    def archive_dossier(self, *, dossier_id: UUID, archive: str, batch: int) -> str:
        dossier = self.of_mine(dossier_id, Role.ARCHIVIST)
        dossier.require_turn(Dossier.Archived)
        today = day_of(self.now())
        shelf = f"{archive}.{dossier.agency}.{today.year}.{batch:02d}"
        ordinal = self.take_number(named_id("shelf", shelf), taken_by=dossier_id)
        dossier.shelve(f"{shelf}.{ordinal:03d}", today)
        self.save(dossier)
        return dossier.archive_code

    @command()
    def freeze_dossier(self, *, dossier_id: UUID, order: str) -> None:
        dossier = self.of_mine(dossier_id, Role.LEADER)
        dossier.freeze(order)
        self.save(dossier)

    @command()
    def release_dossier(self, *, dossier_id: UUID, order: str) -> None:
        dossier = self.of_mine(dossier_id, Role.LEADER)
        dossier.release(order)
        self.save(dossier)

    def get_dossier_package(self, *, dossier_id: UUID) -> FileLink:
        dossier = self.load(Dossier, dossier_id)
        if Role.AUDITOR not in current().roles:
            require(*Role, agency=dossier.agency)
        if dossier.package is None:
            raise DossierNotPacked(code=dossier.code)
        expires_at = self.now() + LINK_LASTS
        lasts = int(LINK_LASTS.total_seconds())
        url, key, iv = self.files.link_ref(dossier.package, lasts)
        return FileLink(url=url, expires_at=expires_at, key=key, iv=iv)

    @command()
    def record_packed(self, *, dossier_id: UUID, package: FileRef, pages: int) -> None:
        """The packer kept the package of a dossier."""
        require(Role.SERVICE)
        dossier = self.load(Dossier, dossier_id)
        dossier.pack(package, pages)
        self.save(dossier)

    def learn_issued(self, event: DocumentIssued) -> None:
        """A document of the agency was issued: it may go into its dossiers."""
        self._learn(
            event.document_id,
            agency=event.agency,
            incoming=False,
            issuer=event.agency_name,
            notation=event.number.notation,
            kind=event.kind,
            subject=event.subject,
            issued_on=event.number.issued_on,
            files=event.files,
        )

    def learn_arrived(self, event: DocumentArrived) -> None:
        """A document came to the agency; its files are known when they passed the gate."""
        self._learn(
            event.document_id,
            agency=event.agency,
            incoming=True,
            issuer=event.origin.agency_name,
            notation=event.origin.notation,
            kind=event.kind,
            subject=event.subject,
            issued_on=event.origin.issued_on,
            files=[],
        )

    def _learn(self, document_id: UUID, **facts: Any) -> None:
        if self.find(Record, record_id(document_id)) is None:
            id = record_id(document_id)
            self.save(Record.begin(Record.Learnt, id, document_id=document_id, **facts))

    def learn_files(self, document_id: UUID, files: list[FileRef]) -> None:
        """The files of a document that came are these now."""
        record = self.find(Record, record_id(document_id))
        if record is not None:
            record.learn_files(files)
            self.save(record)

    def lose_document(self, event: DocumentCancelled) -> None:
        """A recalled document's content goes from every dossier in which it lies (N30-VI.8)."""
        self.learn_files(event.document_id, [])
        listed: list[Any] = list(self.events.get(dossiers_of_id(event.document_id)))
        for id in {entry.dossier_id for entry in listed}:
            dossier = self.load(Dossier, id)
            dossier.lose(event.document_id)
            self.save(dossier)
