"""Software keys of every kind sign what our own policy trusts; a wrong file or value is refused."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec
from cryptography.hazmat.primitives.serialization import pkcs12

from contracts.signing.sessions import SignatureAlgorithm
from infra.local import certificates, pki
from services.signing.adapters import refusals
from services.signing.adapters.keys.algorithms import check_value
from services.signing.adapters.keys.holders import load_device, load_key
from services.signing.adapters.keys.software import key_of_pkcs12, signing_key
from services.signing.adapters.verification.judging import judge
from tests.signing.conftest import AGENCY, LEADER, Desk
from tests.signing.index import PASSWORD, hold, packed, pair, secret

MakeDesk = Callable[[], Desk]
CURVE = ec.SECP256K1()
KINDS = [
    ("rsa", False, SignatureAlgorithm.RSA_SHA256),
    ("rsa", True, SignatureAlgorithm.RSA_PSS_SHA256),
    ("p256", False, SignatureAlgorithm.ECDSA_SHA256),
    ("p384", False, SignatureAlgorithm.ECDSA_SHA384),
    ("p521", False, SignatureAlgorithm.ECDSA_SHA512),
    ("ed25519", False, SignatureAlgorithm.ED25519),
]


def hold_pkcs12(folder: Path, whose: str) -> None:
    """The leader's key is said to be in a PKCS#12 file."""
    file = secret(folder, "an.p12", packed(folder, whose))
    password_file = secret(folder, "an.pin", PASSWORD)
    hold(folder, LEADER, kind="pkcs12", file=file, password_file=password_file)


def self_signed(key: certificates.Key) -> tuple[bytes, bytes]:
    """A key and a certificate of its own, in PEM."""
    name, powers = certificates.subject("Lạ", "Lạ", "Lạ"), certificates.for_signing()
    own = certificates.certify(name, key, name, key, powers, pki.HOLDER_VALIDITY)
    encoding = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(encoding, *plain), own.public_bytes(encoding)


@pytest.mark.parametrize(("kind", "pss", "algorithm"), KINDS)
def test_a_key_of_each_kind_signs_what_we_trust(
    kind: str, pss: bool, algorithm: SignatureAlgorithm, own_desk: MakeDesk, prepared: bytes
) -> None:
    desk = own_desk()
    entry = pki.issue(desk.folder, "person", "khac", "Đỗ Khác", key_kind=kind)
    hold(desk.folder, "person:khac", **entry["held"], pss=pss)
    assert desk.key("person:khac").algorithm is algorithm
    report = judge(desk.sign(prepared, "person:khac"), desk.trust(), desk.at)
    assert report.verdict == "TRUSTED", report


def test_a_pkcs12_file_is_a_key_under_its_password(own_desk: MakeDesk, prepared: bytes) -> None:
    desk = own_desk()
    hold_pkcs12(desk.folder, LEADER)
    assert judge(desk.sign(prepared), desk.trust(), desk.at).verdict == "TRUSTED"
    secret(desk.folder, "an.pin", "mật khẩu khác")
    with pytest.raises(refusals.TokenPin):
        desk.key(LEADER)


def test_a_pkcs12_file_without_a_key_is_refused(desk: Desk) -> None:
    certificate = x509.load_pem_x509_certificate(pair(desk.folder, LEADER)[1])
    empty = pkcs12.serialize_key_and_certificates(
        b"an", None, certificate, None, serialization.NoEncryption()
    )
    with pytest.raises(refusals.KeyMissing):
        key_of_pkcs12(LEADER, empty, None)


def test_a_key_must_belong_to_its_certificate(own_desk: MakeDesk) -> None:
    desk = own_desk()
    key, certificate = pair(desk.folder, AGENCY)[0], pair(desk.folder, LEADER)[1]
    with pytest.raises(refusals.KeyCertMismatch):
        signing_key(LEADER, key, certificate)
    hold_pkcs12(desk.folder, AGENCY)
    with pytest.raises(refusals.KeyCertMismatch):
        load_key(desk.folder, LEADER)


def test_a_wrong_value_never_leaves_a_key(desk: Desk) -> None:
    own, other = desk.key(LEADER), desk.key(AGENCY)
    with pytest.raises(refusals.SignatureValueInvalid):
        replace(own, private=other.private).sign(b"attributes")  # type: ignore[type-var]
    check_value(own.certificate, own.algorithm, own.sign(b"attributes"), b"attributes")
    with pytest.raises(refusals.SignatureValueInvalid):
        check_value(own.certificate, own.algorithm, own.sign(b"attributes"), b"others")


@pytest.mark.parametrize("kind", ["secp256k1", "dsa"])
def test_a_kind_of_key_that_signs_no_documents_is_refused(kind: str, desk: Desk) -> None:
    key = dsa.generate_private_key(2048) if kind == "dsa" else ec.generate_private_key(CURVE)
    with pytest.raises(refusals.SignerCertPurpose):
        signing_key(LEADER, *self_signed(key))


def test_a_secret_that_others_may_read_is_not_used(own_desk: MakeDesk) -> None:
    desk = own_desk()
    key = desk.folder / "holders/person-nguyen-van-an.key.pem"
    key.chmod(0o640)
    with pytest.raises(refusals.SecretExposed):
        desk.key(LEADER)
    key.unlink()
    with pytest.raises(refusals.SecretMissing):
        desk.key(LEADER)


def test_a_new_key_and_a_changed_index_bite_at_once(own_desk: MakeDesk) -> None:
    desk = own_desk()
    assert desk.key(LEADER) is desk.key(LEADER)
    key = desk.folder / "holders/person-nguyen-van-an.key.pem"
    secret(key.parent, key.name, pair(desk.folder, AGENCY)[0])
    with pytest.raises(refusals.KeyCertMismatch):
        desk.key(LEADER)
    hold(desk.folder, LEADER, kind="horoscope")
    with pytest.raises(refusals.KeyEntryWrong):
        desk.key(LEADER)
    with pytest.raises(refusals.KeyMissing):
        desk.key("person:nobody")


def test_a_key_in_a_device_is_used_by_its_holder_alone(own_desk: MakeDesk) -> None:
    desk = own_desk()
    with pytest.raises(refusals.KeyHeldHere):
        load_device(desk.folder, LEADER)
    hold(desk.folder, LEADER, kind="token", pss=True)
    assert load_device(desk.folder, LEADER).algorithm is SignatureAlgorithm.RSA_PSS_SHA256
    with pytest.raises(refusals.DeviceAwaited):
        desk.key(LEADER)
