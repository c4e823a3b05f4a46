"""Revocation lists (danh sách thu hồi, CRL): who signed one, and what it says of a certificate.

A list counts only for certificates whose own issuer signed it. The library takes the list of a
sister authority, and one whose signature it has not checked; so both are checked here.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import CRLEntryExtensionOID as Entry
from cryptography.x509.oid import ExtensionOID as Kind

from services.signing.adapters.pdf.opening import LIBRARY_FAILURES
from services.signing.adapters.trust.words import DIGESTS, Word

T = TypeVar("T", bound=x509.ExtensionType)
Extended = x509.Certificate | x509.CertificateRevocationList | x509.RevokedCertificate
_UNDERSTOOD: Final = frozenset({Kind.ISSUING_DISTRIBUTION_POINT, Kind.DELTA_CRL_INDICATOR})
_UNDERSTOOD_OF_ONE: Final = frozenset({Entry.CRL_REASON, Entry.INVALIDITY_DATE})
_EXPIRED_TOO: Final = x509.ObjectIdentifier("2.5.29.60")


@dataclass(eq=False)
class RevocationList:
    """One list; ``proven_at`` is when it is proven to have existed, none if it was at hand."""

    crl: x509.CertificateRevocationList
    proven_at: datetime | None = None
    _signers: dict[bytes, bool] = field(default_factory=dict)

    def is_by(self, issuer: x509.Certificate) -> bool:
        """Whether this authority signed the list and may; computed once for each authority."""
        key = issuer.public_bytes(Encoding.DER)
        if key not in self._signers:
            self._signers[key] = _is_signed(self.crl, issuer)
        return self._signers[key]

    def word_on(self, certificate: x509.Certificate) -> Word | None:
        """What it says of a certificate of its issuer; nothing if it does not speak of such."""
        if not _speaks_of(self.crl, certificate):
            return None
        entry = self.crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
        told = value(entry, x509.CRLReason) if entry is not None else None
        reason = told.reason if told else None
        revoked = entry is not None and reason is not x509.ReasonFlags.remove_from_crl
        return Word(
            said_at=self.crl.last_update_utc,
            holds_until=self.crl.next_update_utc,
            complete=_is_complete(self.crl),
            revoked_at=entry.revocation_date_utc if entry is not None and revoked else None,
            on_hold=reason is x509.ReasonFlags.certificate_hold,
            reaches_back=any(one.oid == _EXPIRED_TOO for one in self.crl.extensions),
        )


def read_list(der: bytes, proven_at: datetime | None = None) -> RevocationList | None:
    """A list in DER; nothing if it cannot be read."""
    try:
        return RevocationList(x509.load_der_x509_crl(der), proven_at)
    except LIBRARY_FAILURES:
        return None


def value(of: Extended, kind: type[T]) -> T | None:
    """The extension of this kind, if there is one."""
    try:
        return of.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _is_signed(crl: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    usage = value(issuer, x509.KeyUsage)
    if crl.issuer != issuer.subject or (usage is not None and not usage.crl_sign):
        return False
    digest = crl.signature_hash_algorithm
    if digest is not None and digest.name not in DIGESTS:
        return False
    return crl.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]


def _speaks_of(crl: x509.CertificateRevocationList, certificate: x509.Certificate) -> bool:
    """Whether the list's scope takes in this certificate, and all of it is understood."""
    critical = {one.oid for one in crl.extensions if one.critical}
    if critical - _UNDERSTOOD or _entry_strange(crl, certificate.serial_number):
        return False
    scope = value(crl, x509.IssuingDistributionPoint)
    if scope is None:
        return True
    constraints = value(certificate, x509.BasicConstraints)
    authority = constraints is not None and constraints.ca
    other = scope.only_contains_user_certs if authority else scope.only_contains_ca_certs
    if other or scope.indirect_crl or scope.only_contains_attribute_certs:
        return False
    return scope.relative_name is None and _is_its_place(scope.full_name, certificate)


def _entry_strange(crl: x509.CertificateRevocationList, serial: int) -> bool:
    entry = crl.get_revoked_certificate_by_serial_number(serial)
    if entry is None:
        return False
    return bool({one.oid for one in entry.extensions if one.critical} - _UNDERSTOOD_OF_ONE)


def _is_its_place(places: list[x509.GeneralName] | None, certificate: x509.Certificate) -> bool:
    """A list published in parts speaks of the certificates that name its place."""
    if not places:
        return True
    points = value(certificate, x509.CRLDistributionPoints) or ()
    return any(set(point.full_name or ()) & set(places) for point in points)


def _is_complete(crl: x509.CertificateRevocationList) -> bool:
    """Neither of changes only, nor of some reasons only."""
    scope = value(crl, x509.IssuingDistributionPoint)
    partial = scope is not None and scope.only_some_reasons is not None
    return not partial and value(crl, x509.DeltaCRLIndicator) is None
