"""The life of a certificate (chứng thư số; table 3.9)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from contracts.signing import (
    CertificateAct,
    CertificateActOutOfOrder,
    CertificateAlreadyRenewed,
    CertificateOutOfDate,
    CertificateState,
    CertificateView,
    HolderKind,
)
from services.kernel.aggregate import Aggregate

_State, _Act = CertificateState, CertificateAct

TURN = {
    _Act.GRANT: {_State.REQUESTED},
    _Act.ACTIVATE: {_State.GRANTED, _State.SUSPENDED},
    _Act.SUSPEND: {_State.ACTIVE},
    _Act.REVOKE: {_State.GRANTED, _State.ACTIVE, _State.SUSPENDED},
    _Act.RENEW: {_State.ACTIVE, _State.SUSPENDED, _State.EXPIRED, _State.REVOKED},
}
"""The states in which each act has its turn."""


class Facts(Struct, frozen=True, kw_only=True):
    """What a granted certificate says of itself; the serial in hexadecimal."""

    fingerprint: str
    subject: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_until: datetime


class Certificate(Aggregate, service="signing"):
    """A certificate of a person or an agency, from the request to its end."""

    holder_kind: HolderKind
    holder: str
    agency: str
    request: str
    requested_at: datetime
    renews: UUID | None
    state: CertificateState = _State.REQUESTED
    facts: Facts | None = None
    revoked_at: datetime | None = None
    why: str = ""
    renewed_by: UUID | None = None

    class Requested(Aggregate.Created):
        holder_kind: HolderKind
        holder: str
        agency: str
        request: str
        requested_at: datetime
        renews: UUID | None

    class Granted(Aggregate.Event):
        holder_kind: HolderKind
        holder: str
        agency: str
        facts: Facts

        def apply(self, certificate: Certificate) -> None:
            certificate.state, certificate.facts = _State.GRANTED, self.facts

    class Activated(Aggregate.Event):
        holder_kind: HolderKind
        holder: str
        agency: str

        def apply(self, certificate: Certificate) -> None:
            certificate.state, certificate.why = _State.ACTIVE, ""

    class Suspended(Aggregate.Event):
        holder_kind: HolderKind
        holder: str
        agency: str
        why: str

        def apply(self, certificate: Certificate) -> None:
            certificate.state, certificate.why = _State.SUSPENDED, self.why

    class Revoked(Aggregate.Event):
        holder_kind: HolderKind
        holder: str
        agency: str
        why: str
        revoked_at: datetime

        def apply(self, certificate: Certificate) -> None:
            certificate.state, certificate.why = _State.REVOKED, self.why
            certificate.revoked_at = self.revoked_at

    class Renewed(Aggregate.Event):
        """Another certificate is asked for in its place; this one holds until its own end."""

        renewed_by: UUID

        def apply(self, certificate: Certificate) -> None:
            certificate.renewed_by = self.renewed_by

    def state_at(self, now: datetime) -> CertificateState:
        """The state at an instant: what ran out is expired, unless it was revoked."""
        ran_out = self.facts is not None and now > self.facts.valid_until
        return _State.EXPIRED if ran_out and self.state is not _State.REVOKED else self.state

    def grant(self, facts: Facts, now: datetime) -> None:
        """Enter what the competent body granted."""
        self._turn(_Act.GRANT, now)
        if now > facts.valid_until:
            raise CertificateOutOfDate(valid_until=f"{facts.valid_until:%d/%m/%Y}")
        self.trigger_event(self.Granted, **self._of(), facts=facts)

    def activate(self, now: datetime) -> None:
        """The holder has the key."""
        self._turn(_Act.ACTIVATE, now)
        self.trigger_event(self.Activated, **self._of())

    def suspend(self, why: str, now: datetime) -> None:
        """Not to be used for the time being."""
        self._turn(_Act.SUSPEND, now)
        self.trigger_event(self.Suspended, **self._of(), why=why)

    def revoke(self, why: str, revoked_at: datetime, now: datetime) -> None:
        """Not to be used any more."""
        self._turn(_Act.REVOKE, now)
        self.trigger_event(self.Revoked, **self._of(), why=why, revoked_at=revoked_at)

    def renew(self, renewed_by: UUID, now: datetime) -> None:
        """Another one is asked for in its place, once."""
        self._turn(_Act.RENEW, now)
        if self.renewed_by is not None:
            raise CertificateAlreadyRenewed(
                certificate_id=str(self.id), renewed_by=str(self.renewed_by)
            )
        self.trigger_event(self.Renewed, renewed_by=renewed_by)

    def _turn(self, act: CertificateAct, now: datetime) -> None:
        state = self.state_at(now)
        if state not in TURN[act]:
            raise CertificateActOutOfOrder(
                act_vi=act.vi, act_en=act.en, state_vi=state.vi, state_en=state.en
            )

    def _of(self) -> dict[str, object]:
        return {"holder_kind": self.holder_kind, "holder": self.holder, "agency": self.agency}

    def view(self, now: datetime) -> CertificateView:
        """The certificate as it is at an instant."""
        facts = self.facts
        return CertificateView(
            certificate_id=self.id,
            holder_kind=self.holder_kind,
            holder=self.holder,
            agency=self.agency,
            state=self.state_at(now),
            request=self.request,
            requested_at=self.requested_at,
            subject=facts.subject if facts else "",
            issuer=facts.issuer if facts else "",
            serial=facts.serial if facts else "",
            fingerprint=facts.fingerprint if facts else "",
            valid_from_at=facts.valid_from if facts else None,
            valid_until_at=facts.valid_until if facts else None,
            revoked_at=self.revoked_at,
            why=self.why,
            renews_id=self.renews,
            renewed_by_id=self.renewed_by,
        )
