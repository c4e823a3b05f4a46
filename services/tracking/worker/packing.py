"""Packages of submitted dossiers: written once, kept under the dossier's own key.

One process at a time does it. Killed at any instruction it does no harm: a package that was not
recorded is made again.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Iterator
from uuid import UUID, uuid5

from msgspec.structs import replace

from contracts.errors import FileDamaged, FileMissing
from contracts.values import FileRef
from services.kernel.context import acting, the_service
from services.kernel.vault import Vault
from services.tracking.application import Tracking
from services.tracking.domain.dossier import Dossier
from services.tracking.domain.record import Record, record_id
from services.tracking.worker.bag import Bag, Paper, pages_of
from services.tracking.worker.pace import AWAY

_LOG = logging.getLogger(__name__)
PAUSE, AFTER_TROUBLE = 0.5, 5.0
TROUBLES: tuple[type[Exception], ...] = (*AWAY, FileMissing, FileDamaged)


class Packer:
    """Makes the packages that are owed."""

    def __init__(self, tracking: Tracking, vault: Vault) -> None:
        self._tracking, self._vault = tracking, vault
        self._open: dict[str, None] = {}
        self._scanned = tracking.packing.place()

    def run(self, stopped: threading.Event) -> None:
        """Until told to stop, while no other process of this kind does it.

        An unforeseen error stops the whole process, which is then started anew.
        """
        try:
            while not stopped.is_set():
                stopped.wait(self._turn())
        finally:
            stopped.set()

    def _turn(self) -> float:
        """One round, if it is ours; how many seconds to wait after it."""
        try:
            with self._tracking.held("packing") as mine:
                if mine:
                    self.round()
        except TROUBLES as error:
            _LOG.warning("packing waits (%s)", type(error).__name__)
            return AFTER_TROUBLE
        return PAUSE

    def round(self) -> None:
        """Make every package that is owed now."""
        self._look()
        for key in list(self._open):
            self._pack(self._tracking.load(Dossier, UUID(key)))
            del self._open[key]

    def _look(self) -> None:
        before = -1
        while before != self._scanned:
            before = self._scanned
            entries, self._scanned = self._tracking.packing.read(before)
            for entry in entries:
                self._open.pop(entry.key, None)
                if entry.job is not None:
                    self._open[entry.key] = None

    def _pack(self, dossier: Dossier) -> None:
        if dossier.package is not None:
            return
        papers = list(self._papers(dossier))
        pages = sum(pages_of(content) for paper in papers for _, content in paper.files)
        content = Bag(dossier.view(), papers, pages).zipped()
        package = FileRef(
            name=f"{dossier.code}.zip",
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            media_type="application/zip",
            sealed_for_id=dossier.id,
        )
        self._vault.destroy(dossier.id)
        self._vault.seal(dossier.id, package, content)
        id = uuid5(dossier.id, f"packed/{dossier.version}")
        with acting(replace(the_service(Tracking.name), command_id=id)):
            self._tracking.record_packed(dossier_id=dossier.id, package=package, pages=pages)

    def _papers(self, dossier: Dossier) -> Iterator[Paper]:
        """What lies in it, by ordinal; of a recalled document its place and nothing more."""
        for lying in dossier.documents:
            record = self._tracking.load(Record, record_id(lying.document_id))
            files = [] if lying.recalled else record.files
            yield Paper(
                lying=lying,
                issuer=record.issuer,
                notation=record.notation,
                kind=record.kind,
                subject=record.subject,
                issued_on=record.issued_on,
                files=[(file.name, self._vault.read_ref(file)) for file in files],
            )
