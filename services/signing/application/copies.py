"""Copies: asked for, approved by whom the head named, numbered, and sealed by workers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from contracts.errors import NotFound
from contracts.signing.copying import (
    CopyAlreadyRequested,
    CopyKind,
    CopyNumber,
    CopySource,
    CopyView,
)
from contracts.values import FileRef, Role, Secrecy
from contracts.working_time import day_of
from services.kernel.commit import command
from services.kernel.context import require
from services.kernel.vault import Vault
from services.signing.application.agencies import STAFF
from services.signing.application.proofs import Proofs
from services.signing.domain import (
    Copy,
    Proof,
    Proven,
    Verification,
    check_not_secret,
    copy_series,
    proof_id,
)

ASKERS = (Role.OFFICER, Role.CLERK)


def take_source(
    signing: Copies,
    *,
    file: FileRef,
    source: CopySource,
    kind: CopyKind,
    pages: list[int] = [],  # noqa: B006
    secrecy: Secrecy = Secrecy.NONE,
    **_: Any,
) -> None:
    """Whether it may be copied at all; a scan uploaded for it is kept."""
    require(*ASKERS)
    check_not_secret(secrecy)
    Copy.check_request(kind, source, pages)
    if source is CopySource.PAPER:
        signing.files.accept(file.sha256, file.size)


class Copies(Proofs):
    """Copies of agencies, and what became of them."""

    files: Vault

    @command(first=take_source)
    def request_copy(
        self,
        *,
        copy_id: UUID,
        kind: CopyKind,
        source: CopySource,
        file: FileRef,
        pages: list[int] = [],  # noqa: B006
        document_id: UUID | None = None,
        secrecy: Secrecy = Secrecy.NONE,
        width_mm: float = 210.0,
        height_mm: float = 297.0,
    ) -> None:
        if self.last_version(copy_id):
            raise CopyAlreadyRequested(copy_id=str(copy_id))
        copy = Copy.begin(
            Copy.Requested,
            copy_id,
            agency=require(*ASKERS).agency,
            kind=kind,
            source=source,
            source_file=file if source is CopySource.PAPER else self._held(document_id, file),
            pages=pages,
            paper_mm=(width_mm, height_mm),
            document_id=document_id,
        )
        self.save(copy)

    def _held(self, document_id: UUID | None, file: FileRef) -> FileRef:
        """A file of a document that the asker's agency issued, received or copied itself."""
        for known in self._files_of(document_id) if document_id else ():
            if known.sha256 == file.sha256:
                return known
        raise NotFound(what="file", id=file.sha256)

    def _files_of(self, document_id: UUID) -> Iterator[FileRef]:
        ours = require(*ASKERS).agency
        proof = self.find(Proof, proof_id(document_id))
        if proof is not None and proof.agency == ours:
            yield from proof.proven.files
        arrived = self.find(Verification, document_id)
        if arrived is not None and arrived.agency == ours:
            yield from arrived.files

    @command()
    def approve_copy(self, *, copy_id: UUID) -> None:
        copy = self.load(Copy, copy_id)
        person = require(*STAFF, agency=copy.agency).person
        copy.approve(person, self._agency(copy.agency))
        self.save(copy)

    @command()
    def seal_copy(self, *, copy_id: UUID) -> CopyNumber:
        copy = self.load(Copy, copy_id)
        self._check_keeper(copy.agency)
        agency, year = self._agency(copy.agency), day_of(self.now()).year
        copy.check_seal(agency)
        taken = copy.number
        series = copy_series(copy.agency, year)
        number = taken.number if taken else self.take_number(series, copy_id)
        told = copy.seal(number, year, agency)
        self.save(copy)
        return told

    def get_copy(self, *, copy_id: UUID) -> CopyView:
        copy = self.load(Copy, copy_id)
        self._check_reader(copy.agency)
        return copy.view()

    def list_copies(
        self, *, agency: str, year: int, after: int = 0, limit: int = 100
    ) -> list[CopyView]:
        self._check_reader(agency)
        taken: Any = self.events.get(copy_series(agency, year), gt=after, limit=limit)
        return [self.load(Copy, one.taken_by).view() for one in taken]

    @command()
    def record_copy(self, *, id: UUID, file: FileRef, proven: Proven | None = None) -> None:
        """A worker made the copy."""
        require(Role.SERVICE)
        copy = self.load(Copy, id)
        copy.made(file)
        self.save(copy)
        self._establish(id, copy.agency, proven)

    @command()
    def record_copy_failure(self, *, id: UUID, code: str, reason: str) -> None:
        """A worker could not make the copy."""
        require(Role.SERVICE)
        copy = self.load(Copy, id)
        copy.failed(code, reason)
        self.save(copy)
