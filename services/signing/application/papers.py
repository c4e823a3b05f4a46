"""Papers made electronic: scans that clerks hand in, checked and sealed by workers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from contracts.signing.copying import PaperView
from contracts.values import FileRef, Role, Secrecy
from services.kernel.commit import command
from services.kernel.context import require
from services.kernel.vault import Vault
from services.signing.application.proofs import Proofs
from services.signing.domain import Paper, Proven, check_not_secret


def take_scan(signing: Papers, *, file: FileRef, secrecy: Secrecy = Secrecy.NONE, **_: Any) -> None:
    """Keep the uploaded scan of a paper that is no secret."""
    require(Role.CLERK)
    check_not_secret(secrecy)
    signing.files.accept(file.sha256, file.size)


class Papers(Proofs):
    """Digitised papers, and what became of them."""

    files: Vault

    @command(first=take_scan)
    def digitise_paper(
        self,
        *,
        paper_id: UUID,
        file: FileRef,
        document_id: UUID | None = None,
        secrecy: Secrecy = Secrecy.NONE,
        width_mm: float = 210.0,
        height_mm: float = 297.0,
    ) -> None:
        agency = self._agency(require(Role.CLERK).agency)
        self._check_keeper(agency.agency)
        agency.check_known()
        paper, sides = self.find(Paper, paper_id), (width_mm, height_mm)
        if paper is None:
            paper = Paper.begin(
                Paper.Scanned,
                paper_id,
                agency=agency.agency,
                agency_name=agency.name,
                format=agency.format,
                scan=file,
                paper_mm=sides,
                document_id=document_id,
            )
        else:
            require(Role.CLERK, agency=paper.agency)
            paper.scan_again(file, sides)
        self.save(paper)

    def get_paper(self, *, paper_id: UUID) -> PaperView:
        paper = self.load(Paper, paper_id)
        self._check_reader(paper.agency)
        return paper.view()

    @command()
    def record_digitised(self, *, id: UUID, file: FileRef, proven: Proven | None = None) -> None:
        """A worker found the scan good, and signed it."""
        require(Role.SERVICE)
        paper = self.load(Paper, id)
        paper.digitised(file, self.now())
        self.save(paper)
        self._establish(id, paper.agency, proven)

    @command()
    def record_scan_failure(self, *, id: UUID, code: str, reason: str) -> None:
        """A worker found the scan lacking, or could not sign it."""
        require(Role.SERVICE)
        paper = self.load(Paper, id)
        paper.failed(code, reason)
        self.save(paper)
