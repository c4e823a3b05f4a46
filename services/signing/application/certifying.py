"""The records of certificates: who holds which, which may be used, which run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from contracts.errors import Denied
from contracts.signing import (
    CertificateAlreadyGranted,
    CertificateAlreadyRequested,
    CertificateState,
    CertificateView,
    HolderKind,
)
from contracts.values import FileRef, Role
from services.kernel.commit import command
from services.kernel.context import current, require
from services.kernel.following import Following
from services.kernel.vault import Vault
from services.signing.adapters import refusals
from services.signing.adapters.trust.certificates import read_certificate
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

SEE_ALL = {Role.OPERATOR, Role.AUDITOR}


class Certifying(Following):
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
        self._list(CertificateListed, REQUESTED, certificate_id=certificate_id, agency=agency)

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
        self._list(FingerprintTaken, taken, certificate_id=certificate_id)
        self._list(
            HolderListed,
            HOLDERS,
            certificate_id=certificate_id,
            fingerprint=facts.fingerprint,
            holder_kind=certificate.holder_kind,
            holder=certificate.holder,
            agency=certificate.agency,
            valid_until=facts.valid_until,
        )

    def _list(self, kind: Any, stream: UUID, **told: Any) -> None:
        version = self.last_version(stream) + 1
        self.save(
            kind(
                originator_id=stream,
                originator_version=version,
                timestamp=kind.create_timestamp(),
                **told,
            )
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

    def get_certificate(self, *, certificate_id: UUID) -> CertificateView:
        certificate = self.load(Certificate, certificate_id)
        if not current().roles & SEE_ALL and current().actor.agency != certificate.agency:
            raise Denied(why="the certificate belongs to another agency")
        return certificate.view(self.now())

    def list_certificates(
        self, *, agency: str | None = None, after: int = 0, limit: int = 100
    ) -> list[CertificateView]:
        mine = _seen_agency(agency)
        events: Any = self.events.get(REQUESTED)
        ids = [listed.certificate_id for listed in events if mine in (None, listed.agency)]
        return list(self._views(ids[after : after + limit]))

    def list_expiring_certificates(
        self,
        *,
        agency: str | None = None,
        within_days: int = 60,
        after: int = 0,
        limit: int = 100,
    ) -> list[CertificateView]:
        mine, now = _seen_agency(agency), self.now()
        soon = [
            listed
            for listed in self.listed_holders()
            if now <= listed.valid_until <= now + timedelta(days=within_days)
            and mine in (None, listed.agency)
        ]
        ids = [listed.certificate_id for listed in sorted(soon, key=lambda it: it.valid_until)]
        used = (view for view in self._views(ids) if view.state is CertificateState.ACTIVE)
        return list(used)[after : after + limit]

    def _views(self, ids: list[UUID]) -> Iterator[CertificateView]:
        now = self.now()
        return (self.load(Certificate, id).view(now) for id in ids)

    def listed_holders(self, after: int = 0) -> list[HolderListed]:
        """The directory: who was granted which certificate, after a place in it."""
        return list(self.events.get(HOLDERS, gt=after))  # type: ignore[arg-type]

    def certificate_of(self, fingerprint: str) -> Certificate | None:
        """The record of the certificate with a fingerprint, if it was ever granted."""
        events: Any = self.events.get(fingerprint_id(fingerprint), limit=1)
        for taken in events:
            return self.find(Certificate, taken.certificate_id)
        return None

    def check_certificate(self, holder: str, fingerprint: str) -> None:
        """Refuse to sign with a certificate that is not in use now (R12.4-2)."""
        record = self.certificate_of(fingerprint)
        if record is None or holder != f"{record.holder_kind}:{record.holder}":
            raise refusals.SignerCertUnknown(holder=holder)
        match record.state_at(self.now()):
            case CertificateState.ACTIVE:
                return
            case CertificateState.EXPIRED:
                raise refusals.SignerCertExpired(holder=holder)
            case CertificateState.REVOKED:
                raise refusals.SignerCertRevoked(holder=holder)
            case state:
                raise refusals.SignerCertNotActive(
                    holder=holder, state_vi=state.vi, state_en=state.en
                )


def _seen_agency(agency: str | None) -> str | None:
    """The agency whose certificates are asked for; people see those of their own."""
    if current().roles & SEE_ALL:
        return agency
    if agency not in (None, current().actor.agency):
        raise Denied(why=f"belongs to agency {agency}")
    return current().actor.agency
