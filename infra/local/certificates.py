"""Keys, certificates and revocation lists, made in memory. Where they are kept is ``pki.py``'s."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose
from cryptography.x509.oid import NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
Extensions = list[tuple[x509.ExtensionType, bool]]
Validity = tuple[datetime, datetime]
SIGNING_PURPOSES = (Purpose.CLIENT_AUTH, Purpose.EMAIL_PROTECTION)
LIST_LIFETIME = timedelta(days=30)
CURVES = {"p256": ec.SECP256R1(), "p384": ec.SECP384R1(), "p521": ec.SECP521R1()}


def new_key() -> rsa.RSAPrivateKey:
    """An RSA key of 2048 bits."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_of_kind(kind: str) -> Key:
    """A key of the kind ``rsa``, ``p256``, ``p384``, ``p521`` or ``ed25519``."""
    if kind in CURVES:
        return ec.generate_private_key(CURVES[kind])
    return ed25519.Ed25519PrivateKey.generate() if kind == "ed25519" else new_key()


def subject(
    common_name: str, organisation: str, province: str, code: str = "", post: str = ""
) -> x509.Name:
    """An official's or office's name as the Government's service writes it, in UTF-8."""
    parts = [
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.STATE_OR_PROVINCE_NAME, province),
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.COMMON_NAME, common_name),
    ]
    if post:
        parts.append((NameOID.TITLE, post))
    if code:
        parts.append((NameOID.USER_ID, code))
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])


def certify(
    of: x509.Name,
    key: Key,
    issuer: x509.Name,
    issuer_key: rsa.RSAPrivateKey,
    extensions: Extensions,
    validity: Validity,
) -> x509.Certificate:
    """A certificate for ``key``, signed by the issuer (SHA-256), good between two instants."""
    builder = x509.CertificateBuilder().subject_name(of).issuer_name(issuer)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(validity[0]).not_valid_after(validity[1])
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    for extension, critical in [(identifier, False), (_issued_by(issuer_key), False), *extensions]:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(issuer_key, hashes.SHA256())


def for_authority(path_length: int | None) -> Extensions:
    """What lets a certificate issue others, at most ``path_length`` authorities below it."""
    return [
        (x509.BasicConstraints(ca=True, path_length=path_length), True),
        (_usage(key_cert_sign=True, crl_sign=True), True),
    ]


def for_signing() -> Extensions:
    """What officials' certificates carry: signing that cannot be denied, the usual purposes."""
    usage = _usage(digital_signature=True, content_commitment=True)
    return _leaf(usage, x509.ExtendedKeyUsage(SIGNING_PURPOSES), purpose_critical=False)


def for_encipherment() -> Extensions:
    """A certificate good for receiving secrets only, never under a document."""
    usage = _usage(key_encipherment=True)
    return _leaf(usage, x509.ExtendedKeyUsage([Purpose.EMAIL_PROTECTION]), purpose_critical=False)


def for_time_stamps() -> Extensions:
    """A time stamping authority's certificate (RFC 3161: that purpose alone, and critical)."""
    usage = _usage(digital_signature=True)
    return _leaf(usage, x509.ExtendedKeyUsage([Purpose.TIME_STAMPING]), purpose_critical=True)


def revocation_list(
    issuer: x509.Certificate, key: rsa.RSAPrivateKey, revoked: dict[int, datetime], now: datetime
) -> x509.CertificateRevocationList:
    """The issuer's list of ``revoked`` serial numbers with their instants, good for 30 days."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.subject)
    builder = builder.last_update(now - timedelta(minutes=1)).next_update(now + LIST_LIFETIME)
    builder = builder.add_extension(x509.CRLNumber(int(now.timestamp() * 1000)), critical=False)
    builder = builder.add_extension(_issued_by(key), critical=False)
    for serial, at in sorted(revoked.items()):
        entry = x509.RevokedCertificateBuilder().serial_number(serial)
        entry = entry.revocation_date(at.astimezone(UTC))
        reason = x509.CRLReason(x509.ReasonFlags.key_compromise)
        builder = builder.add_revoked_certificate(
            entry.add_extension(reason, critical=False).build()
        )
    return builder.sign(key, hashes.SHA256())


def _leaf(
    usage: x509.KeyUsage, purposes: x509.ExtendedKeyUsage, *, purpose_critical: bool
) -> Extensions:
    end = x509.BasicConstraints(ca=False, path_length=None)
    return [(end, True), (usage, True), (purposes, purpose_critical)]


def _issued_by(key: rsa.RSAPrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_encipherment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=key_encipherment,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )
