"""Values that are no signatures, and try to pass for one: the mathematics of forging."""

from __future__ import annotations

from typing import Any

from asn1crypto import algos, cms, core, x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.signing.corpus.algorithms import BAD
from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.container import Signing, hashed
from tests.signing.corpus.people import Hand

PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")
WRONG = ("SIGNATURE_VALUE_WRONG", "SIGNATURE_UNREADABLE")


def with_value(shop: Workshop, hand: Hand, forge: Any, **other: Any) -> bytes:
    """The letter with a value that ``forge`` makes of the signed attributes."""

    def replace(signed: cms.SignedData) -> None:
        info = signed["signer_infos"][0]
        info["signature"] = forge(info["signed_attrs"].untag().dump())

    return shop.letter.sign(shop.by(hand, edit=replace, stamp=None, **other)).content


def cube_root(number: int) -> int:
    """The largest number whose cube is not above."""
    low, high = 0, 1 << (number.bit_length() // 3 + 2)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**3 <= number else (low, middle - 1)
    return low


@case(BAD, *WRONG)
def cube_root_of_a_padding(shop: Workshop) -> bytes:
    """An exponent of three and rubbish behind the digest (2006)."""
    key = rsa.generate_private_key(public_exponent=3, key_size=2048)
    hand = shop.people.issue("Số mũ 3", key=key)

    def forge(attributes: bytes) -> bytes:
        head = b"\0\1\xff\0" + PREFIX + hashed("sha256", attributes)
        wanted = int.from_bytes(head + b"\xff" * (256 - len(head)), "big")
        return cube_root(wanted).to_bytes(256, "big")

    return with_value(shop, hand, forge)


@case(BAD, *WRONG)
def zeros_under_ecdsa(shop: Workshop) -> bytes:
    """Both numbers are zero (2022)."""
    zeros = algos.DSASignature({"r": 0, "s": 0}).dump()
    return with_value(shop, shop.people.curve(ec.SECP256R1), lambda _: zeros)


@case(BAD, *WRONG)
def order_under_ecdsa(shop: Workshop) -> bytes:
    """Both numbers are the curve's order."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    both = algos.DSASignature({"r": order, "s": order}).dump()
    return with_value(shop, shop.people.curve(ec.SECP256R1), lambda _: both)


@case(BAD, *WRONG)
def one_under_rsa(shop: Workshop) -> bytes:
    """The value is one, which every exponent keeps."""
    return with_value(shop, shop.people.leader, lambda _: b"\0" * 255 + b"\1")


@case(BAD, *WRONG)
def nothing_under_rsa(shop: Workshop) -> bytes:
    """The value is empty."""
    return with_value(shop, shop.people.leader, lambda _: b"")


@case(BAD, *WRONG)
def value_longer_than_the_key(shop: Workshop) -> bytes:
    """The value is longer than the key allows."""
    return with_value(shop, shop.people.leader, lambda _: b"\1" * 512)


@case(BAD, *WRONG)
def nothing_under_ed25519(shop: Workshop) -> bytes:
    """A point of small order and zero."""
    small = b"\1" + b"\0" * 63
    return with_value(shop, shop.people.edwards, lambda _: small, digest="sha512")


@case(BAD, *WRONG)
def pss_value_under_the_older_name(shop: Workshop) -> bytes:
    """A PSS value that is named as the older padding."""

    def rename(signed: cms.SignedData) -> None:
        signed["signer_infos"][0]["signature_algorithm"] = {"algorithm": "sha256_rsa"}

    return shop.letter.sign(shop.by(pss=True, edit=rename)).content


@case(BAD + " POLICY", *WRONG, "WEAK_DIGEST")
def digest_of_nothing(shop: Workshop) -> bytes:
    """The digest's algorithm is one that nobody knows."""

    def rename(signed: cms.SignedData) -> None:
        signed["signer_infos"][0]["digest_algorithm"] = {"algorithm": "1.2.3.4"}

    return shop.letter.sign(shop.by(edit=rename)).content


@case(BAD + " POLICY", *WRONG, "DIGEST_DIFFERS", "WEAK_DIGEST")
def digest_without_bytes(shop: Workshop) -> bytes:
    """SHAKE, asked for no bytes at all."""

    def rename(signed: cms.SignedData) -> None:
        kind = {"algorithm": "shake256_len", "parameters": core.Integer(0)}
        signed["signer_infos"][0]["digest_algorithm"] = kind

    return shop.letter.sign(shop.by(edit=rename)).content


@case(BAD + " POLICY UNTRUSTED", *WRONG, "NO_PATH_TO_ANCHOR")
def key_of_another_certificate(shop: Workshop) -> bytes:
    """The certificate in the container has the leader's name and number, and a stranger's key."""
    people = shop.people
    fake = people.leader.asn1.copy()
    other = people.second_authority.asn1.public_key
    fake["tbs_certificate"]["subject_public_key_info"] = other

    def swap(signed: cms.SignedData) -> None:
        signed["certificates"] = [cms.CertificateChoices("certificate", fake)]

    hand = Hand(people.second_authority.key, people.leader.certificate)
    return shop.letter.sign(Signing(hand, edit=swap)).content


ANY = BAD + " POLICY UNTRUSTED INDETERMINATE"
RSA_KEY, RSA_SIGNED = bytes.fromhex("2a864886f70d010101"), bytes.fromhex("2a864886f70d01010b")
CURVE = bytes.fromhex("2a8648ce3d030107")
NOBODY_KNOWS = bytes.fromhex("2a864886f70d01017e")


def with_certificate(shop: Workshop, hand: Hand, old: bytes, new: bytes) -> bytes:
    """The letter whose container brings the hand's certificate with some bytes replaced."""
    changed = hand.der.replace(old, new, 1)
    assert changed != hand.der

    def swap(signed: cms.SignedData) -> None:
        other = x509.Certificate.load(changed)
        signed["certificates"] = [cms.CertificateChoices("certificate", other)]

    return shop.letter.sign(shop.by(hand, edit=swap, attribute=False)).content


def _kinds(found: Workshop) -> dict[str, tuple[Hand, bytes, bytes]]:
    people = found.people
    signed, curved = RSA_SIGNED, people.curve(ec.SECP256R1)
    return {
        "key_of_a_kind_nobody_knows": (people.leader, RSA_KEY, NOBODY_KNOWS),
        "certificate_signed_as_nobody_knows": (people.leader, signed, NOBODY_KNOWS),
        "key_on_a_curve_nobody_knows": (curved, CURVE, bytes.fromhex("2a8648ce3d03017f")),
        "key_on_a_curve_of_another_length": (curved, CURVE, bytes.fromhex("2a8648ce3d030106")),
        "certificate_of_an_unknown_version": (people.leader, b"\xa0\3\2\1\2", b"\xa0\3\2\1\7"),
    }


def _enter(title: str) -> None:
    def make(shop: Workshop) -> bytes:
        hand, old, new = _kinds(shop)[title]
        return with_certificate(shop, hand, old, new)

    make.__module__, make.__name__ = __name__, title
    make.__doc__ = f"The certificate in the container: {title.replace('_', ' ')}."
    case(ANY, *WRONG, "NO_PATH_TO_ANCHOR", "CERTIFICATE_WEAK_ALGORITHM", "TRUST_UNREADABLE")(make)


_enter("key_of_a_kind_nobody_knows")
_enter("certificate_signed_as_nobody_knows")
_enter("key_on_a_curve_nobody_knows")
_enter("key_on_a_curve_of_another_length")
_enter("certificate_of_an_unknown_version")
