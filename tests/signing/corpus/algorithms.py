"""Weak, unknown and mismatched algorithms, and containers that are wrong inside."""

from datetime import timedelta
from typing import Any

from asn1crypto import cms, core
from cryptography.hazmat.primitives.asymmetric import ec

from infra.local.certificates import for_time_stamps
from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.container import Signing, Stamp, hashed, sign_value, signer_identifier
from tests.signing.corpus.people import AT, REVOKED_AT, certify, name, weakly_certified
from tests.signing.corpus.valid import add_stamp

BAD = "BROKEN FORGED REJECTED"


@case("POLICY", "WEAK_DIGEST")
def sha1(shop: Workshop) -> bytes:
    """SHA-1 under the document."""
    return shop.letter.sign(shop.by(digest="sha1")).content


@case("POLICY", "WEAK_DIGEST")
def md5(shop: Workshop) -> bytes:
    """MD5 under the document."""
    return shop.letter.sign(shop.by(digest="md5")).content


@case("POLICY", "WEAK_DIGEST")
def sha1_in_the_older_encoding(shop: Workshop) -> bytes:
    """SHA-1, as tools before 2015 signed."""
    made = shop.by(digest="sha1", attribute=False, claimed=AT)
    return shop.letter.sign(made, SubFilter=b"/adbe.pkcs7.detached").content


@case("POLICY", "CERTIFICATE_SHORT_KEY")
def rsa_1024(shop: Workshop) -> bytes:
    """An RSA key of 1024 bits."""
    return shop.letter.sign(shop.by(shop.people.short)).content


@case("POLICY", "CERTIFICATE_WEAK_ALGORITHM")
def dsa(shop: Workshop) -> bytes:
    """DSA."""
    return shop.letter.sign(shop.by(shop.people.old_fashioned)).content


@case("POLICY", "CERTIFICATE_WEAK_ALGORITHM")
def small_curve(shop: Workshop) -> bytes:
    """ECDSA on P-192."""
    return shop.letter.sign(shop.by(shop.people.curve(ec.SECP192R1))).content


@case("POLICY", "CERTIFICATE_WEAK_ALGORITHM")
def coin_curve(shop: Workshop) -> bytes:
    """ECDSA on secp256k1, which is on no list."""
    return shop.letter.sign(shop.by(shop.people.curve(ec.SECP256K1))).content


@case("POLICY", "WEAK_DIGEST")
def pss_over_sha1(shop: Workshop) -> bytes:
    """PSS with SHA-1."""
    return shop.letter.sign(shop.by(digest="sha1", pss=True)).content


@case("POLICY BROKEN REJECTED", "WEAK_DIGEST", "SIGNATURE_VALUE_WRONG", "SIGNATURE_UNREADABLE")
def pss_that_says_less(shop: Workshop) -> bytes:
    """The attributes are hashed by SHA-256, the value is made over SHA-1."""

    def weaken(signed: cms.SignedData) -> None:
        info = signed["signer_infos"][0]
        info["signature_algorithm"] = {"algorithm": "sha1_rsa"}
        attributes = info["signed_attrs"].untag().dump()
        info["signature"] = sign_value(shop.people.leader.key, attributes, "sha1")

    return shop.letter.sign(shop.by(edit=weaken, stamp=None)).content


@case(BAD, "SIGNATURE_VALUE_WRONG", "SIGNATURE_UNREADABLE")
def ecdsa_value_under_rsa(shop: Workshop) -> bytes:
    """The value is by another kind of key than the certificate's."""

    def swap(signed: cms.SignedData) -> None:
        other = shop.people.curve(ec.SECP256R1)
        signed["signer_infos"][0]["signature"] = sign_value(other.key, b"x", "sha256")

    return shop.letter.sign(shop.by(edit=swap)).content


@case(BAD, "DIGEST_DIFFERS", "SIGNATURE_UNREADABLE")
def digest_of_something_else(shop: Workshop) -> bytes:
    """The attribute's digest is of another document."""
    return shop.letter.sign(lambda _: shop.by()(b"another document")).content


@case(BAD, "SIGNATURE_VALUE_WRONG")
def signed_by_another_key(shop: Workshop) -> bytes:
    """The leader's certificate, somebody else's key."""
    other = Signing(
        type(shop.people.leader)(shop.people.issuing.key, shop.people.leader.certificate)
    )
    return shop.letter.sign(other).content


def bare_value(key: Any, digest: bytes) -> bytes:
    """RSA over a padded digest without the algorithm's name, computed with the bare numbers."""
    numbers = key.private_numbers()
    modulus = numbers.public_numbers.n
    size = (modulus.bit_length() + 7) // 8
    padded = b"\0\1" + b"\xff" * (size - 3 - len(digest)) + b"\0" + digest
    return pow(int.from_bytes(padded, "big"), numbers.d, modulus).to_bytes(size, "big")


@case(BAD, "SIGNATURE_VALUE_WRONG", "SIGNATURE_UNREADABLE")
def malformed_digest_information(shop: Workshop) -> bytes:
    """The value under RSA names no algorithm beside the digest."""

    def bare(signed: cms.SignedData) -> None:
        info = signed["signer_infos"][0]
        digest = hashed("sha256", info["signed_attrs"].untag().dump())
        info["signature"] = bare_value(shop.people.leader.key, digest)

    return shop.letter.sign(shop.by(edit=bare, stamp=None)).content


@case(BAD, "SIGNATURE_UNREADABLE", "DIGEST_DIFFERS", "SIGNATURE_VALUE_WRONG")
def no_message_digest(shop: Workshop) -> bytes:
    """The signed attributes say nothing of the document."""
    return shop.letter.sign(shop.by(attributes=_without("message_digest"))).content


@case(BAD, "SIGNATURE_UNREADABLE", "DIGEST_DIFFERS", "SIGNATURE_VALUE_WRONG")
def no_content_type(shop: Workshop) -> bytes:
    """The signed attributes lack the kind of content."""
    return shop.letter.sign(shop.by(attributes=_without("content_type"))).content


@case(BAD, "SIGNATURE_UNREADABLE", "DIGEST_DIFFERS", "SIGNATURE_VALUE_WRONG")
def two_message_digests(shop: Workshop) -> bytes:
    """Two digests: of this document and of another."""

    def twice(found: list[Any]) -> list[Any]:
        other = cms.CMSAttribute({"type": "message_digest", "values": [hashed("sha256", b"other")]})
        return [found[0], other, *found[1:]]

    return shop.letter.sign(shop.by(attributes=twice)).content


@case(BAD + " POLICY", "SIGNATURE_UNREADABLE", "SIGNATURE_VALUE_WRONG", "DIGEST_DIFFERS")
def other_certificate_bound(shop: Workshop) -> bytes:
    """The attribute binds a certificate that did not sign."""

    def bind(found: list[Any]) -> list[Any]:
        other = shop.by(shop.people.second)._attributes(b"")[-1]
        return [*found[:-1], other]

    return shop.letter.sign(shop.by(attributes=bind)).content


def _without(kind: str) -> Any:
    return lambda found: [one for one in found if one["type"].native != kind]


@case(BAD, "SIGNATURE_UNREADABLE")
def two_signers_in_one_container(shop: Workshop) -> bytes:
    """A container holds one signer's part, and not two."""

    def double(signed: cms.SignedData) -> None:
        signed["signer_infos"] = [signed["signer_infos"][0], signed["signer_infos"][0]]

    return shop.letter.sign(shop.by(edit=double)).content


@case(BAD, "SIGNATURE_UNREADABLE")
def no_signer_in_the_container(shop: Workshop) -> bytes:
    """A container of certificates only."""

    def empty(signed: cms.SignedData) -> None:
        signed["signer_infos"] = []

    return shop.letter.sign(shop.by(edit=empty)).content


@case(BAD + " UNTRUSTED", "SIGNATURE_UNREADABLE", "NO_PATH_TO_ANCHOR")
def no_certificate_inside(shop: Workshop) -> bytes:
    """Nobody's certificate is in the container."""
    return shop.letter.sign(shop.by(certificates=[])).content


@case(BAD, "SIGNATURE_UNREADABLE", "SIGNATURE_VALUE_WRONG")
def only_another_certificate_inside(shop: Workshop) -> bytes:
    """The container has a certificate, but not the signer's."""
    return shop.letter.sign(shop.by(certificates=[shop.people.second])).content


@case(BAD + " WARN", "SIGNATURE_UNREADABLE", "CONTENT_INSIDE_CONTAINER", "DIGEST_DIFFERS")
def another_content_enclosed(shop: Workshop) -> bytes:
    """The container encloses another text and signs that, not the file."""

    def enclose(signed: cms.SignedData) -> None:
        signed["encap_content_info"]["content"] = core.OctetString(b"another")

    made = shop.by(edit=enclose)
    return shop.letter.sign(lambda _: made(b"another")).content


@case(BAD, "SIGNATURE_UNREADABLE")
def no_container_at_all(shop: Workshop) -> bytes:
    """The container is noise."""
    return shop.letter.sign(lambda _: b"\x30\x82\x01\x00" + b"\xaa" * 256).content


@case(BAD, "SIGNATURE_UNREADABLE")
def container_cut_short(shop: Workshop) -> bytes:
    """The container ends in its middle."""
    return shop.letter.sign(lambda covered: shop.by()(covered)[:900]).content


@case(BAD, "SIGNATURE_UNREADABLE")
def nested_container(shop: Workshop) -> bytes:
    """Three thousand levels of nesting in place of a container."""
    return shop.letter.sign(lambda _: b"\x30\x80" * 3000).content


@case(BAD, "SIGNATURE_UNREADABLE", "SIGNATURE_VALUE_WRONG")
def no_signed_attributes_and_other_bytes(shop: Workshop) -> bytes:
    """Without attributes the value must be over the file itself; here it is over another."""
    return shop.letter.sign(_bare(shop, b"other")).content


@case("TRUSTED POLICY WARN")
def no_signed_attributes(shop: Workshop) -> bytes:
    """The oldest form: the value is over the file, with no attributes at all."""
    return shop.letter.sign(_bare(shop), SubFilter=b"/adbe.pkcs7.detached").content


def _bare(shop: Workshop, instead: bytes | None = None) -> Any:
    leader = shop.people.leader

    def made(covered: bytes) -> bytes:
        value = sign_value(leader.key, covered if instead is None else instead, "sha256")
        info = {
            "version": "v1",
            "sid": signer_identifier(leader.asn1),
            "digest_algorithm": {"algorithm": "sha256"},
            "signature_algorithm": {"algorithm": "sha256_rsa"},
            "signature": value,
        }
        signed = shop.by().signed_data(covered)
        signed["signer_infos"] = [cms.SignerInfo(info)]
        return cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()

    return made


@case(BAD, "SIGNATURE_UNREADABLE", "SIGNATURE_VALUE_WRONG", "DIGEST_DIFFERS")
def attributes_as_content(shop: Workshop) -> bytes:
    """Attributes of a good signature are passed off as the signed content, without attributes."""
    made = shop.by(stamp=None).signed_data(b"an honest document")
    info = made["signer_infos"][0]
    attributes = info["signed_attrs"].untag().dump()
    value = info["signature"].native

    def confuse(covered: bytes) -> bytes:
        assert attributes not in covered
        signed = shop.by().signed_data(covered)
        part = signed["signer_infos"][0]
        bare = {key: part[key] for key in ("version", "sid", "digest_algorithm")}
        bare |= {"signature_algorithm": part["signature_algorithm"], "signature": value}
        signed["signer_infos"] = [cms.SignerInfo(bare)]
        return cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()

    return shop.letter.sign(confuse, SubFilter=b"/adbe.pkcs7.detached").content


@case("POLICY", "ENCODING_UNKNOWN")
def x509_rsa_sha1(shop: Workshop) -> bytes:
    """adbe.x509.rsa_sha1: a bare value, the certificate in the dictionary."""
    leader = shop.people.leader

    def raw(covered: bytes) -> bytes:
        return core.OctetString(sign_value(leader.key, covered, "sha1")).dump()

    certificate = b"<" + leader.der.hex().encode() + b">"
    kind = b"/adbe.x509.rsa_sha1"
    return shop.letter.sign(raw, SubFilter=kind, Cert=certificate).content


@case("POLICY", "ENCODING_UNKNOWN")
def encoding_nobody_knows(shop: Workshop) -> bytes:
    """A made-up name of encoding."""
    return shop.letter.sign(shop.by(), SubFilter=b"/ETSI.Fancy").content


@case("POLICY", "ENCODING_UNKNOWN")
def no_encoding_named(shop: Workshop) -> bytes:
    """The dictionary names no encoding."""
    return shop.letter.sign(shop.by(), SubFilter=b"").content


@case("MODIFIED FORGED BROKEN", roles=True)
def unknown_encoding_hides_no_change(shop: Workshop) -> bytes:
    """Bytes follow a signature of unknown encoding: the change is told first."""
    return shop.letter.sign(shop.by(), SubFilter=b"/ETSI.Fancy").content + b"\n<html>more</html>"


@case("POLICY", "CHAIN_WEAK_ALGORITHM", "CERTIFICATE_WEAK_ALGORITHM")
def certificate_signed_with_sha1(shop: Workshop) -> bytes:
    """The signer's certificate itself is signed with SHA-1."""
    return shop.letter.sign(shop.by(weakly_certified(shop.people))).content


@case("WARN", "TIMESTAMP_BROKEN")
def stamp_over_another_value(shop: Workshop) -> bytes:
    """The stamp belongs to another signature."""
    stamp = Stamp(shop.people.time, over=b"another value")
    return shop.letter.sign(shop.by(stamp=stamp)).content


@case("WARN", "TIMESTAMP_BROKEN")
def stamp_with_another_date(shop: Workshop) -> bytes:
    """The stamp's time was changed after it was signed."""

    def backdate(info: cms.SignerInfo) -> None:
        token = info["unsigned_attrs"][0]["values"][0]["content"]
        content = token["encap_content_info"]["content"]
        told = content.parsed.copy()
        told["gen_time"] = AT - timedelta(days=700)
        token["encap_content_info"]["content"] = cms.ParsableOctetString(told.dump())

    return shop.letter.sign(
        shop.by(edit=lambda signed: backdate(signed["signer_infos"][0]))
    ).content


@case("WARN", "TIMESTAMP_NO_PATH_TO_ANCHOR")
def stamp_by_a_stranger(shop: Workshop) -> bytes:
    """The stamp's authority leads to no anchor."""
    fake = certify(name("Máy chủ giả"), shop.people.key, None, for_time_stamps())
    return shop.letter.sign(shop.by(stamp=Stamp(fake))).content


@case("WARN", "TIMESTAMP_KEY_PURPOSE")
def stamp_by_a_signer(shop: Workshop) -> bytes:
    """The stamp is by a certificate for signing documents."""
    return shop.letter.sign(shop.by(stamp=Stamp(shop.people.agency))).content


@case("WARN REJECTED FORGED BROKEN", "SIGNATURE_UNREADABLE", "CONTENT_INSIDE_CONTAINER")
def content_enclosed_besides(shop: Workshop) -> bytes:
    """The digest is the file's, yet the container encloses something all the same."""

    def enclose(signed: cms.SignedData) -> None:
        signed["encap_content_info"]["content"] = core.OctetString(b"another")

    return shop.letter.sign(shop.by(edit=enclose)).content


@case("WARN", "TIMESTAMP_WEAK_DIGEST", "TIMESTAMP_IMPRINT_MD5")
def stamp_with_an_md5_imprint(shop: Workshop) -> bytes:
    """The stamp stamps an MD5 digest: whoever finds a second file for it may move the stamp."""
    return shop.letter.sign(shop.by(stamp=Stamp(shop.people.time, imprint="md5"))).content


@case("WARN", "TIMESTAMP_WEAK_DIGEST")
def stamp_signed_over_sha1(shop: Workshop) -> bytes:
    """The stamp itself is signed over SHA-1."""
    return shop.letter.sign(shop.by(stamp=Stamp(shop.people.time, digest="sha1"))).content


@case("WARN POLICY", "TIMESTAMP_WEAK_DIGEST", "TIMESTAMP_IMPRINT_SHA1", "WEAK_DIGEST")
def document_stamp_with_a_sha1_imprint(shop: Workshop) -> bytes:
    """The document time stamp stamps a SHA-1 digest of the file."""
    return add_stamp(shop, shop.signed, stamp=Stamp(shop.people.time, imprint="sha1")).content


@case("WARN POLICY", "TIMESTAMP_WEAK_DIGEST", "TIMESTAMP_IMPRINT_MD5", "WEAK_DIGEST")
def document_stamp_with_an_md5_imprint(shop: Workshop) -> bytes:
    """The document time stamp stamps an MD5 digest of the file."""
    return add_stamp(shop, shop.signed, stamp=Stamp(shop.people.time, imprint="md5")).content


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_with_an_old_md5_stamp(shop: Workshop) -> bytes:
    """Only a stamp over MD5 says that the revoked signer signed in time."""
    stamp = Stamp(shop.people.time, REVOKED_AT - timedelta(days=9), "md5")
    return shop.letter.sign(shop.by(shop.people.revoked, stamp=stamp), M=b"").content
