"""The records of certificates, written: asked for, granted, in use, ended."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from contracts.signing import (
    CertificateAlreadyGranted,
    CertificateAlreadyRequested,
    HolderKind,
)
from contracts.values import FileRef, Role
from services.kernel.commit import command
from services.kernel.context import require
from services.kernel.vault import Vault
from services.signing.adapters.trust.certificates import read_certificate
from services.signing.application.holders import Holders
from services.signing.domain import (
    HOLDERS,
    REQUESTED,
    Certificate,
    CertificateListed,
    Facts,
    FingerprintTaken,
    HolderListed,
    fingerprint_id,
)


class Certifying(Holders):
    """Certificates of people and agencies."""

    files: Vault

    @command()
    def request_certificate(
        self,
        *,
        certificate_id: UUID,
        holder_kind: HolderKind,
        holder: str,
        agency: str,
        request: str,
        renews_id: UUID | None = None,
    ) -> None:
        if require(Role.OPERATOR, Role.CLERK).agency != agency:
            require(Role.OPERATOR)
        if self.find(Certificate, certificate_id):
            raise CertificateAlreadyRequested(certificate_id=str(certificate_id))
        if renews_id:
            renewed = self.load(Certificate, renews_id)
            renewed.renew(certificate_id, self.now())
            self.save(renewed)
        requested = Certificate.begin(
            Certificate.Requested,
            certificate_id,
            holder_kind=holder_kind,
            holder=holder,
            agency=agency,
            request=request,
            requested_at=self.now(),
            renews=renews_id,
        )
        self.save(requested)
        self._append(CertificateListed, REQUESTED, certificate_id=certificate_id, agency=agency)

    def grant_certificate(self, *, certificate_id: UUID, file: FileRef) -> None:
        """The certificate is kept and read before the command's turn."""
        require(Role.OPERATOR)
        self.files.accept(file.sha256, file.size)
        facts = read_certificate(self.files.read(file.sha256))
        self._grant_certificate(
            certificate_id=certificate_id,
            facts=Facts(
                fingerprint=facts.fingerprint,
                subject=facts.subject,
                issuer=facts.issuer,
                serial=facts.serial,
                valid_from=facts.valid_from,
                valid_until=facts.valid_until,
            ),
        )

    @command()
    def _grant_certificate(self, *, certificate_id: UUID, facts: Facts) -> None:
        certificate = self.load(Certificate, certificate_id)
        taken = fingerprint_id(facts.fingerprint)
        if self.last_version(taken):
            raise CertificateAlreadyGranted(fingerprint=facts.fingerprint)
        certificate.grant(facts, self.now())
        self.save(certificate)
        self._append(FingerprintTaken, taken, certificate_id=certificate_id)
        self._append(
            HolderListed,
            HOLDERS,
            certificate_id=certificate_id,
            fingerprint=facts.fingerprint,
            holder_kind=certificate.holder_kind,
            holder=certificate.holder,
            agency=certificate.agency,
            valid_until=facts.valid_until,
        )

    @command()
    def activate_certificate(self, *, certificate_id: UUID) -> None:
        require(Role.OPERATOR)
        certificate = self.load(Certificate, certificate_id)
        certificate.activate(self.now())
        self.save(certificate)

    @command()
    def suspend_certificate(self, *, certificate_id: UUID, why: str) -> None:
        require(Role.OPERATOR)
        certificate = self.load(Certificate, certificate_id)
        certificate.suspend(why, self.now())
        self.save(certificate)

    @command()
    def revoke_certificate(self, *, certificate_id: UUID, why: str, revoked_at: datetime) -> None:
        require(Role.OPERATOR)
        certificate = self.load(Certificate, certificate_id)
        certificate.revoke(why, revoked_at, self.now())
        self.save(certificate)
