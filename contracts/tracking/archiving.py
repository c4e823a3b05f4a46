"""What becomes of a closed dossier: handed to the agency's archive, checked, kept; or frozen."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta

from contracts.envelope import PublicEvent
from contracts.errors import Refused
from contracts.values import AgencyCode, Digest, FileLink, Reason


class DossierSubmitted(PublicEvent, frozen=True, kw_only=True):
    """A dossier was handed to the archive of its agency (nộp lưu); `on_time` by its due day."""

    dossier_id: UUID
    agency: AgencyCode
    code: str
    submitted_on: date
    on_time: bool


class DossierArchived(PublicEvent, frozen=True, kw_only=True):
    """A dossier stands on the shelf of the archive under a code of its own (lưu trữ)."""

    dossier_id: UUID
    agency: AgencyCode
    code: str
    archive_code: str
    archived_on: date


class DossierActTooEarly(Refused):
    """The dossier is not where this act begins (table 3.7)."""

    vi = "Hồ sơ {code} đang ở trạng thái {state}; việc này cần trạng thái: {needed}."
    en = "Dossier {code} is {state}; this act needs it to be: {needed}."


class DossierNotPacked(Refused):
    """The package that the archive is to check is still being made."""

    vi = "Gói hồ sơ {code} đang được lập. Hãy thử lại sau một phút."
    en = "The package of dossier {code} is still being made. Try again in a minute."


class PackageUnlike(Refused):
    """What the archivist checked is not the package of this dossier."""

    vi = "Gói đã kiểm tra {checked} không phải gói hiện tại {sha256}. Hãy tải lại và kiểm tra lại."
    en = "The checked package {checked} is not the current one {sha256}. Get it and check again."


class DossierFrozen(Refused):
    """A competent person ordered that nothing of the dossier changes (N30-VI.IV)."""

    vi = "Hồ sơ {code} bị đóng băng theo {order}. Hãy chờ người có thẩm quyền giải tỏa."
    en = "Dossier {code} is frozen by {order}. Wait until a competent person releases it."


ArchiveBody = Annotated[str, Meta(pattern=r"^[A-Z0-9]{1,20}$")]
"""Code of the archive authority that dossier codes of an archive begin with."""
Batch = Annotated[int, Meta(ge=1, le=99)]
"""Which transfer of the year."""


class Archiving(Protocol):
    """What may be asked about the way of a dossier to the archive."""

    def submit_dossier(self, *, dossier_id: UUID) -> None:
        """Hand a closed dossier over to the agency's archive; its package is made at once.

        For officers and clerks. Refusals: `DossierActTooEarly`, `DossierFrozen`, `NotFound`,
        `Denied`. Rules: R13.2, N30-28..31.
        """

    def get_dossier_package(self, *, dossier_id: UUID) -> FileLink:
        """Where to get the package: a BagIt archive (RFC 8493) with every file of the dossier,
        the list of its documents as XML in time order, and a manifest of SHA-256 digests.

        For people of the agency and auditors. Refusals: `DossierNotPacked`, `NotFound`, `Denied`.
        Rules: R13.2, N30-VI.4.
        """

    def check_dossier(self, *, dossier_id: UUID, package_sha256: Digest, findings: Reason) -> None:
        """Note that the archivist checked this very package, and what was found (kiểm tra).

        For archivists. Refusals: `DossierActTooEarly`, `DossierNotPacked`, `PackageUnlike`,
        `DossierFrozen`, `NotFound`, `Denied`, `Invalid`. Rules: R13.2.
        """

    def accept_dossier(self, *, dossier_id: UUID, record: Reason) -> None:
        """Take the dossier over; `record` names the hand-over record (biên bản giao nhận).

        For archivists. Refusals: `DossierActTooEarly`, `DossierFrozen`, `NotFound`, `Denied`,
        `Invalid`. Rules: R13.2, N30-28..31.
        """

    def return_dossier(self, *, dossier_id: UUID, reason: Reason) -> None:
        """Give a submitted dossier back to be put right; its documents may be mended then.

        For archivists. Refusals: as of `accept_dossier`. Rules: R13.2.
        """

    def archive_dossier(self, *, dossier_id: UUID, archive: ArchiveBody, batch: Batch) -> str:
        """Put an accepted dossier on the shelf; answers its archive code
        `archive.agency.year.batch.ordinal`, whose ordinal is the next of the batch.

        For archivists. Refusals: `DossierActTooEarly`, `DossierFrozen`, `NotFound`, `Denied`,
        `Invalid`. Rules: R13.2.
        """

    def freeze_dossier(self, *, dossier_id: UUID, order: Reason) -> None:
        """Freeze a dossier by a written order: nothing of it changes for anybody (đóng băng).

        For leaders. Refusals: `DossierFrozen`, `NotFound`, `Denied`, `Invalid`. Rules: N30-VI.IV.
        """

    def release_dossier(self, *, dossier_id: UUID, order: Reason) -> None:
        """End a freeze: the dossier is again what it was before.

        For leaders. Refusals: `DossierActTooEarly`, `NotFound`, `Denied`, `Invalid`.
        Rules: N30-VI.IV.
        """
