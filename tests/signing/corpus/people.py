"""The corpus' own authorities and holders: good ones and every wrong kind of certificate.

Two domains as in the Government's service: one root for signers, another for time stamps. All is
made in memory for one instant, ``AT``, so that no verdict depends on the day the tests run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose
from cryptography.x509.oid import NameOID

from infra.local.certificates import Extensions, for_authority, for_signing, for_time_stamps
from services.signing.adapters.trust.trusted import Holder, TrustSet

AT = datetime(2026, 6, 15, 3, 0, tzinfo=UTC)
YEARS = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC))
REVOKED_AT = datetime(2025, 6, 1, tzinfo=UTC)
GOVERNMENT = "Ban Cơ yếu Chính phủ"
UNKNOWN_CRITICAL = x509.UnrecognizedExtension(
    x509.ObjectIdentifier("1.3.6.1.4.1.99999.1"), b"\x05\0"
)


@dataclass(frozen=True)
class Hand:
    """A key with its certificate: someone who signs."""

    key: Any
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        """The certificate's bytes."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @cached_property
    def asn1(self) -> asn1.Certificate:
        """The certificate as the container's words."""
        return asn1.Certificate.load(self.der)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, hexadecimal."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """An RSA key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def name(common_name: str, organisation: str = GOVERNMENT) -> x509.Name:
    """A subject as the Government's service writes it."""
    parts = {
        NameOID.COUNTRY_NAME: "VN",
        NameOID.ORGANIZATION_NAME: organisation,
        NameOID.COMMON_NAME: common_name,
    }
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts.items()])


def certify(
    subject: x509.Name,
    key: Any,
    issuer: Hand | None,
    extensions: Extensions,
    years: tuple[datetime, datetime] = YEARS,
    digest: Any = hashes.SHA256(),  # noqa: B008
) -> Hand:
    """A certificate for ``key``; without an issuer it signs itself."""
    issued_by = issuer.certificate.subject if issuer else subject
    signer = issuer.key if issuer else key
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issued_by)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(years[0]).not_valid_after(years[1])
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    for extension, critical in [(own, False), (authority, False), *extensions]:
        builder = builder.add_extension(extension, critical=critical)
    edwards = isinstance(signer, ed25519.Ed25519PrivateKey)
    return Hand(key, builder.sign(signer, None if edwards else digest))


def revocation_list(
    issuer: Hand, revoked: Sequence[Hand] = (), since: datetime = AT, days: int = 30
) -> bytes:
    """The issuer's list, good for ``days`` from the day before ``since``."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
    builder = builder.last_update(since - timedelta(days=1))
    builder = builder.next_update(since + timedelta(days=days))
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    builder = builder.add_extension(x509.CRLNumber(1), False).add_extension(authority, False)
    for hand in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(hand.certificate.serial_number)
        builder = builder.add_revoked_certificate(entry.revocation_date(REVOKED_AT).build())
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def weakly_certified(people: People) -> Hand:
    """The leader's certificate, signed anew by its issuer over SHA-1."""
    made = people.leader.asn1.copy()
    weak = {"algorithm": "sha1_rsa"}
    made["tbs_certificate"]["signature"] = weak
    made["signature_algorithm"] = weak
    content = made["tbs_certificate"].dump(force=True)
    made["signature_value"] = people.issuing.key.sign(content, padding.PKCS1v15(), hashes.SHA1())
    return Hand(people.key, x509.load_der_x509_certificate(made.dump()))


def usage(*allowed: str, purposes: Sequence[x509.ObjectIdentifier] = ()) -> Extensions:
    """A leaf's extensions with exactly these key usages and purposes."""
    kinds = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment")
    kinds += ("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    granted = x509.KeyUsage(**{kind: kind in allowed for kind in kinds})
    found: Extensions = [(x509.BasicConstraints(ca=False, path_length=None), True), (granted, True)]
    return [*found, (x509.ExtendedKeyUsage(purposes), False)] if purposes else found


class People:
    """Everyone of the corpus, made when first asked for."""

    def __init__(self) -> None:
        self.key = rsa_key()
        self.root = certify(name("RootCA chuyên dùng"), rsa_key(), None, for_authority(None))
        self.issuing = self._authority("CA phục vụ các cơ quan Nhà nước", for_authority(0))
        self.time_root = certify(name("RootCA dấu thời gian"), self.key, None, for_authority(None))
        stamps = name("Máy chủ cấp dấu thời gian 01")
        self.time = certify(stamps, rsa_key(), self.time_root, for_time_stamps())
        self.leader = self.issue("Nguyễn Văn An")
        self.second = self.issue("Trần Thị Bích")
        self.agency = self.issue("Sở Nội vụ")
        self.stranger = self.issue("Không có trong danh bạ")
        self.revoked = self.issue("Đã thu hồi")
        self.expired = self.issue("Đã hết hạn", years=(YEARS[0], datetime(2025, 1, 1, tzinfo=UTC)))
        later = (datetime(2027, 1, 1, tzinfo=UTC), YEARS[1])
        self.early = self.issue("Chưa có hiệu lực", years=later)

    def _authority(self, common_name: str, powers: Extensions, **other: Any) -> Hand:
        key = other.pop("key", None) or rsa_key()
        return certify(name(common_name), key, other.pop("issuer", self.root), powers, **other)

    def issue(self, common_name: str, issuer: Hand | None = None, **other: Any) -> Hand:
        """A holder's certificate by the issuing authority; the key is the same for all."""
        key = other.pop("key", self.key)
        powers = other.pop("extensions", for_signing())
        subject = name(common_name, "UBND tỉnh Quảng Nam")
        return certify(subject, key, issuer or self.issuing, powers, **other)

    @cached_property
    def second_authority(self) -> Hand:
        """A key that other authorities share, so that not each needs the time to make one."""
        return self._authority("CA thứ hai", for_authority(0))

    def authority(self, common_name: str, powers: Extensions | None = None, **other: Any) -> Hand:
        """One more issuing authority under the root, or under ``issuer``."""
        key = other.pop("key", self.second_authority.key)
        return self._authority(common_name, powers or for_authority(0), key=key, **other)

    @cached_property
    def unlisted(self) -> Hand:
        """By an authority whose list nobody has."""
        return self.issue("Không rõ thu hồi", self.silent)

    @cached_property
    def silent(self) -> Hand:
        """An authority of the bundle that publishes no list."""
        return self.authority("CA không có danh sách thu hồi")

    @cached_property
    def stale(self) -> Hand:
        """An authority of the bundle whose list ran out."""
        return self.authority("CA có danh sách quá hạn")

    @cached_property
    def withdrawn(self) -> Hand:
        """An authority that the root revoked."""
        return self.authority("CA đã bị thu hồi")

    @cached_property
    def faked(self) -> Hand:
        """An authority whose list was signed by somebody else."""
        return self.authority("CA có danh sách giả")

    @cached_property
    def quiet_root(self) -> Hand:
        """A second root of signers, which publishes no list."""
        return certify(name("RootCA không có danh sách"), self.key, None, for_authority(None))

    @cached_property
    def sister(self) -> Hand:
        """An authority under the quiet root."""
        return self.authority("CA chị", issuer=self.quiet_root)

    @cached_property
    def other_sister(self) -> Hand:
        """Another one under the quiet root."""
        return self.authority("CA em", issuer=self.quiet_root)

    @cached_property
    def weak(self) -> Hand:
        """An authority with a key of 1024 bits."""
        return self.authority("CA khóa ngắn", key=rsa_key(1024))

    @cached_property
    def absent(self) -> Hand:
        """An authority under the root that is not in the bundle."""
        return self.authority("CA không có trong gói")

    @cached_property
    def twin(self) -> Hand:
        """An authority with every name of ours and none of its keys."""
        other = certify(self.root.certificate.subject, self.key, None, for_authority(None))
        subject = self.issuing.certificate.subject
        return certify(subject, self.second_authority.key, other, for_authority(0))

    @cached_property
    def short(self) -> Hand:
        """RSA of 1024 bits."""
        return self.issue("Khóa ngắn", key=rsa_key(1024))

    @cached_property
    def old_fashioned(self) -> Hand:
        """DSA, which nobody may use any more."""
        return self.issue("DSA", key=dsa.generate_private_key(1024))

    @cached_property
    def edwards(self) -> Hand:
        """Ed25519."""
        return self.issue("Ed25519", key=ed25519.Ed25519PrivateKey.generate())

    def curve(self, kind: type[ec.EllipticCurve]) -> Hand:
        """ECDSA on a curve."""
        return self.issue(f"ECDSA {kind.name}", key=ec.generate_private_key(kind()))

    def trust(self) -> TrustSet:
        """Whom the corpus' judge trusts; the same for every file."""
        bundle = [
            self.sister,
            self.other_sister,
            self.issuing,
            self.silent,
            self.stale,
            self.withdrawn,
            self.faked,
            self.weak,
        ]
        twin_list = revocation_list(replace(self.faked, key=self.key))
        lists = [revocation_list(self.root, [self.withdrawn]), revocation_list(self.time_root)]
        lists += [revocation_list(self.issuing, [self.revoked]), revocation_list(self.withdrawn)]
        lists += [revocation_list(self.stale, since=AT - timedelta(days=90)), twin_list]
        lists += [revocation_list(self.weak), revocation_list(self.absent)]
        lists += [revocation_list(self.sister), revocation_list(self.other_sister)]
        persons = {"an": self.leader, "bich": self.second, "revoked": self.revoked}
        holders = [Holder(hand.fingerprint, "person", id) for id, hand in persons.items()]
        return TrustSet(
            version="corpus-1",
            signer_anchors=(self.root.der, self.quiet_root.der),
            timestamp_anchors=(self.time_root.der,),
            intermediates=tuple(one.der for one in bundle),
            revocation_lists=tuple(lists),
            holders=(*holders, Holder(self.agency.fingerprint, "agency", "H47.05")),
        )


PURPOSES = Purpose
