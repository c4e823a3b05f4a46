"""Authorities in memory that certify, publish lists and answer: good ones and careless ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from infra.local import certificates
from services.signing.adapters.trust.trusted import TrustSet

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
YEARS = (NOW - timedelta(days=365), NOW + timedelta(days=365))
DAY = timedelta(days=1)
RESPONDER = [
    (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), False),
    (x509.OCSPNoCheck(), False),
]
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Hand:
    """A key with its certificate."""

    key: Any
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def asn1(self) -> asn1.Certificate:
        return asn1.Certificate.load(self.der)

    def certify(
        self, name: str, extensions: Any = None, years: Span = YEARS, key: Any = None
    ) -> Hand:
        """A certificate issued by this one."""
        fresh = key or ec.generate_private_key(ec.SECP256R1())
        extensions = certificates.for_signing() if extensions is None else extensions
        made = certificates.certify(
            named(name), fresh, self.certificate.subject, self.key, extensions, years
        )
        return Hand(fresh, made)

    def authority(self, name: str, key: Any = None) -> Hand:
        """An authority below this one."""
        return self.certify(name, certificates.for_authority(0), key=key)

    def list(
        self,
        revoked: dict[Hand, tuple[datetime, x509.ReasonFlags]] | None = None,
        said_at: datetime = NOW - DAY,
        days: int = 30,
        extensions: Any = (),
        **other: Any,
    ) -> bytes:
        """A revocation list; ``key`` and ``digest`` may be others than they should."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.certificate.subject)
        builder = builder.last_update(said_at).next_update(said_at + timedelta(days=days))
        for hand, (at, reason) in (revoked or {}).items():
            entry = x509.RevokedCertificateBuilder().revocation_date(at)
            entry = entry.serial_number(hand.certificate.serial_number)
            entry = entry.add_extension(x509.CRLReason(reason), False)
            builder = builder.add_revoked_certificate(entry.build())
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        key, digest = other.get("key", self.key), other.get("digest", hashes.SHA256())
        return builder.sign(key, digest).public_bytes(Encoding.DER)

    def answer(
        self,
        about: Hand,
        issuer: Hand | None = None,
        revoked_at: datetime | None = None,
        said_at: datetime = NOW - DAY,
        days: int = 7,
    ) -> bytes:
        """An answer (OCSP) signed by this hand, as responder of ``issuer`` or itself the issuer."""
        status = ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=about.certificate,
            issuer=(issuer or self).certificate,
            algorithm=hashes.SHA1(),
            cert_status=status,
            this_update=said_at,
            next_update=said_at + timedelta(days=days),
            revocation_time=revoked_at,
            revocation_reason=None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, self.certificate)
        if issuer is not None:
            builder = builder.certificates([self.certificate])
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)


def named(name: str) -> x509.Name:
    """A subject of this common name."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def root(name: str = "Root") -> Hand:
    """An authority that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    own = named(name)
    powers = certificates.for_authority(None)
    return Hand(key, certificates.certify(own, key, own, key, powers, YEARS))


class House:
    """A root, an authority below it and a signer; the root's own list is always at hand."""

    def __init__(self) -> None:
        self.root = root()
        self.authority = self.root.authority("Issuing")
        self.signer = self.authority.certify("Signer")

    def trust(self, *lists: bytes, answers: tuple[bytes, ...] = (), **other: Any) -> TrustSet:
        """Trust in the root, with these lists of the authority."""
        other.setdefault("intermediates", (self.authority.der,))
        return TrustSet(
            version="1",
            signer_anchors=(self.root.der,),
            timestamp_anchors=(),
            revocation_lists=(self.root.list(), *lists),
            revocation_answers=answers,
            **other,
        )
