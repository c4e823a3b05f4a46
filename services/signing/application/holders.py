"""Who holds which certificate, which run out, and which may sign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from contracts.errors import Denied
from contracts.signing import CertificateState, CertificateView
from contracts.values import Role
from services.kernel.context import current
from services.signing.adapters import refusals
from services.signing.application.streams import Streams
from services.signing.domain import (
    HOLDERS,
    REQUESTED,
    Certificate,
    HolderListed,
    fingerprint_id,
)

SEE_ALL = {Role.OPERATOR, Role.AUDITOR}


class Holders(Streams):
    """The records of certificates, read."""

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
