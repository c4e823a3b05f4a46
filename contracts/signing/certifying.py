"""Words of certificates (chứng thư số): asked for, granted, in use, renewed, revoked (R12.4-2)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta, Struct

from contracts.envelope import PublicEvent
from contracts.errors import Refused
from contracts.values import AgencyCode, Coded, Digest, FileRef, Limit, Position, Reason

Holder = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$")]
"""Whose certificate it is: a person's id or an agency's code."""


class HolderKind(Coded):
    """Who holds a certificate (chủ thể): a person or an agency."""

    PERSON = "person", "Cá nhân", "Person"
    AGENCY = "agency", "Cơ quan, tổ chức", "Agency"


class CertificateState(Coded):
    """State of a certificate (table 3.9). EXPIRED follows from the day it runs out."""

    REQUESTED = "REQUESTED", "Đã đề nghị cấp", "Requested"
    GRANTED = "GRANTED", "Đã cấp", "Granted"
    ACTIVE = "ACTIVE", "Đang dùng", "Active"
    SUSPENDED = "SUSPENDED", "Tạm dừng", "Suspended"
    REVOKED = "REVOKED", "Đã thu hồi", "Revoked"
    EXPIRED = "EXPIRED", "Hết hạn", "Expired"


class CertificateAct(Coded):
    """An act on a certificate (table 3.9); the code is the method's name."""

    GRANT = "grant_certificate", "cấp chứng thư", "grant the certificate"
    ACTIVATE = "activate_certificate", "đưa chứng thư vào dùng", "activate the certificate"
    SUSPEND = "suspend_certificate", "tạm dừng chứng thư", "suspend the certificate"
    REVOKE = "revoke_certificate", "thu hồi chứng thư", "revoke the certificate"
    RENEW = "request_certificate", "gia hạn chứng thư", "renew the certificate"


class CertificateRequested(PublicEvent, frozen=True, kw_only=True):
    """A certificate was asked for at the competent body (đề nghị cấp chứng thư, R12.4-2)."""

    certificate_id: UUID
    holder_kind: HolderKind
    holder: Holder
    agency: AgencyCode
    request: str
    renews_id: UUID | None = None


class CertificateGranted(PublicEvent, frozen=True, kw_only=True):
    """The competent body granted it: `fingerprint` is the SHA-256 of the certificate in DER."""

    certificate_id: UUID
    holder_kind: HolderKind
    holder: Holder
    agency: AgencyCode
    fingerprint: Digest
    serial: str
    valid_from_at: datetime
    valid_until_at: datetime


class CertificateActivated(PublicEvent, frozen=True, kw_only=True):
    """The holder has the key and may sign with it."""

    certificate_id: UUID
    holder_kind: HolderKind
    holder: Holder
    agency: AgencyCode


class CertificateSuspended(PublicEvent, frozen=True, kw_only=True):
    """Nobody signs with it for the time being."""

    certificate_id: UUID
    holder_kind: HolderKind
    holder: Holder
    agency: AgencyCode
    why: str


class CertificateRevoked(PublicEvent, frozen=True, kw_only=True):
    """Nobody signs with it any more, from `revoked_at`."""

    certificate_id: UUID
    holder_kind: HolderKind
    holder: Holder
    agency: AgencyCode
    why: str
    revoked_at: datetime


class CertificateView(Struct, frozen=True, kw_only=True):
    """A certificate as it is now; names and days are those it states itself, once granted."""

    certificate_id: UUID
    holder_kind: HolderKind
    holder: Holder
    agency: AgencyCode
    state: CertificateState
    request: str
    requested_at: datetime
    subject: str = ""
    issuer: str = ""
    serial: str = ""
    fingerprint: str = ""
    valid_from_at: datetime | None = None
    valid_until_at: datetime | None = None
    revoked_at: datetime | None = None
    why: str = ""
    renews_id: UUID | None = None
    renewed_by_id: UUID | None = None


class CertificateAlreadyRequested(Refused):
    """A certificate of this id was asked for before."""

    vi = "Chứng thư {certificate_id} đã được đề nghị. Hãy dùng mã khác."
    en = "Certificate {certificate_id} was asked for before. Use another id."


class CertificateAlreadyGranted(Refused):
    """The certificate with this fingerprint stands in the records already."""

    vi = "Chứng thư {fingerprint} đã có trong sổ. Hãy kiểm tra lại tệp."
    en = "Certificate {fingerprint} is in the records already. Check the file."


class CertificateAlreadyRenewed(Refused):
    """A certificate is renewed once, by one other."""

    vi = "Chứng thư {certificate_id} đã có đề nghị gia hạn {renewed_by}. Hãy dùng đề nghị đó."
    en = "Certificate {certificate_id} is renewed by {renewed_by} already. Use that request."


class CertificateOutOfDate(Refused):
    """The certificate ran out before it was entered."""

    vi = "Chứng thư hết hạn ngày {valid_until}. Hãy đề nghị cấp mới."
    en = "The certificate ran out on {valid_until}. Ask for a new one."


class CertificateActOutOfOrder(Refused):
    """The act has no turn in the certificate's state (table 3.9)."""

    vi = "Không thể {act_vi} khi chứng thư ở trạng thái “{state_vi}”. Hãy xem lại sổ chứng thư."
    en = "Cannot {act_en} while it is “{state_en}”. Look at the records."


class Certifying(Protocol):
    """What may be asked about certificates. Operators keep the records; holders' agencies look."""

    def request_certificate(
        self,
        *,
        certificate_id: UUID,
        holder_kind: HolderKind,
        holder: Holder,
        agency: AgencyCode,
        request: Reason,
        renews_id: UUID | None = None,
    ) -> None:
        """Note that a certificate was asked for; `request` names the paper that asks.

        For operators, and clerks of the agency. `renews_id` is the certificate it renews.
        Refusals: `CertificateAlreadyRequested`, `CertificateAlreadyRenewed`,
        `CertificateActOutOfOrder`, `NotFound`, `Denied`, `Invalid`. Rules: R12.4-2.
        """

    def grant_certificate(self, *, certificate_id: UUID, file: FileRef) -> None:
        """Enter the certificate that was granted: an uploaded file in DER. For operators.

        Refusals: `CertificateUnreadable`, `CertificateAlreadyGranted`, `CertificateOutOfDate`,
        `CertificateActOutOfOrder`, `FileMissing`, `FileDamaged`, `NotFound`, `Denied`.
        """

    def activate_certificate(self, *, certificate_id: UUID) -> None:
        """The holder has the key, or has it again: he may sign. For operators.

        Refusals: `CertificateActOutOfOrder`, `NotFound`, `Denied`.
        """

    def suspend_certificate(self, *, certificate_id: UUID, why: Reason) -> None:
        """Nobody signs with it until it is activated again. For operators.

        Refusals: `CertificateActOutOfOrder`, `NotFound`, `Denied`, `Invalid`.
        """

    def revoke_certificate(
        self, *, certificate_id: UUID, why: Reason, revoked_at: datetime
    ) -> None:
        """Nobody signs with it any more; the competent body revoked it at `revoked_at`.

        For operators. Refusals: `CertificateActOutOfOrder`, `NotFound`, `Denied`, `Invalid`.
        """

    def get_certificate(self, *, certificate_id: UUID) -> CertificateView:
        """A certificate as it is now. For its agency, operators and auditors.

        Refusals: `NotFound`, `Denied`.
        """

    def list_certificates(
        self, *, agency: AgencyCode | None = None, after: Position = 0, limit: Limit = 100
    ) -> list[CertificateView]:
        """Certificates asked for, oldest first; `after` counts those passed over.

        For operators and auditors; an agency's people see their own. Refusals: `Denied`.
        """

    def list_expiring_certificates(
        self,
        *,
        agency: AgencyCode | None = None,
        within_days: Annotated[int, Meta(ge=0, le=3650)] = 60,
        after: Position = 0,
        limit: Limit = 100,
    ) -> list[CertificateView]:
        """Certificates in use that run out within so many days, the soonest first (R12.4-2).

        For operators and auditors; an agency's people see their own. Refusals: `Denied`.
        """
