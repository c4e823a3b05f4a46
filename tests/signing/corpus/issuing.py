"""Certificates and their issuers: who may sign, what a path may look like, and who may stamp."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import cms, crl
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose
from cryptography.x509.oid import ObjectIdentifier

from infra.local.certificates import for_authority, for_time_stamps
from tests.signing.corpus.algorithms import BAD
from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.certificates import signed
from tests.signing.corpus.container import Signing, Stamp
from tests.signing.corpus.longterm import answer, store, unlisted
from tests.signing.corpus.people import (
    AT,
    REVOKED_AT,
    YEARS,
    certify,
    name,
    revocation_list,
    usage,
)

SIGNS = ("digital_signature", "content_commitment")


@case("POLICY", "CERTIFICATE_KEY_PURPOSE")
def by_the_issuer_itself(shop: Workshop) -> bytes:
    """The issuing authority signs the letter: its key is for certificates."""
    return signed(shop, shop.people.issuing)


@case("POLICY", "CERTIFICATE_KEY_PURPOSE")
def by_the_root_itself(shop: Workshop) -> bytes:
    """The root signs the letter: that it is trusted does not let it sign letters."""
    return signed(shop, shop.people.root)


@case("POLICY", "CERTIFICATE_KEY_PURPOSE")
def by_the_stamping_authority(shop: Workshop) -> bytes:
    """A purpose of time stamps alone."""
    powers = usage(*SIGNS, purposes=[Purpose.TIME_STAMPING])
    return signed(shop, shop.people.issue("Dấu thời gian", extensions=powers))


@case("POLICY", "CERTIFICATE_KEY_PURPOSE")
def for_answers_only(shop: Workshop) -> bytes:
    """A purpose of answering about revocation alone."""
    powers = usage(*SIGNS, purposes=[Purpose.OCSP_SIGNING])
    return signed(shop, shop.people.issue("OCSP", extensions=powers))


@case("TRUSTED")
def for_anything(shop: Workshop) -> bytes:
    """Any purpose."""
    powers = usage(*SIGNS, purposes=[Purpose.ANY_EXTENDED_KEY_USAGE])
    return signed(shop, shop.people.issue("Mọi mục đích", extensions=powers))


@case("TRUSTED POLICY")
def for_documents_as_microsoft_has_it(shop: Workshop) -> bytes:
    """Document signing by Microsoft's older name for it."""
    powers = usage(*SIGNS, purposes=[ObjectIdentifier("1.3.6.1.4.1.311.10.3.12")])
    return signed(shop, shop.people.issue("Ký tài liệu", extensions=powers))


@case("TRUSTED")
def chain_without_root_inside(shop: Workshop) -> bytes:
    """The container brings the issuer, as most tools do."""
    people = shop.people
    return shop.letter.sign(shop.by(certificates=[people.leader, people.issuing])).content


@case("TRUSTED")
def issuer_inside_the_container_only(shop: Workshop) -> bytes:
    """The issuer is in no bundle; the container brings it."""
    people = shop.people
    hand = people.issue("Cấp bởi CA vắng mặt", people.absent)
    return shop.letter.sign(shop.by(hand, certificates=[hand, people.absent])).content


@case("TRUSTED")
def cross_signed_by_a_stranger(shop: Workshop) -> bytes:
    """The container also brings our issuer's certificate by a root nobody knows."""
    people = shop.people
    strange = certify(name("Root lạ"), people.key, None, for_authority(None))
    subject = people.issuing.certificate.subject
    cross = certify(subject, people.issuing.key, strange, for_authority(0))
    chain = [people.leader, cross, strange]
    return shop.letter.sign(shop.by(certificates=chain)).content


@case("UNTRUSTED", "NO_PATH_TO_ANCHOR")
def look_alike_cross_signed(shop: Workshop) -> bytes:
    """A stranger's issuer in our issuer's name, by a root in our root's name, all brought along."""
    people = shop.people
    root = certify(people.root.certificate.subject, people.key, None, for_authority(None))
    subject = people.issuing.certificate.subject
    false = certify(subject, people.second_authority.key, root, for_authority(0))
    hand = people.issue("Nguyễn Văn An", false)
    chain = [hand, false, root, people.issuing, people.root]
    return shop.letter.sign(shop.by(hand, certificates=chain), room=9000).content


@case("TRUSTED")
def issuer_renewed(shop: Workshop) -> bytes:
    """The container brings the issuer's expired certificate; the renewed one is in the bundle."""
    people = shop.people
    years = (YEARS[0], datetime(2025, 1, 1, tzinfo=UTC))
    subject = people.issuing.certificate.subject
    old = certify(subject, people.issuing.key, people.root, for_authority(0), years=years)
    return shop.letter.sign(shop.by(certificates=[people.leader, old])).content


def _under(title: str, verdicts: str, *reasons: str, **powers: Any) -> None:
    """Signed under an authority with one more extension; issuer and list are in the file."""

    def make(shop: Workshop) -> bytes:
        people = shop.people
        extra = [(extension, True) for extension in powers["extra"]]
        issuer = people.authority(title, [*for_authority(powers.get("below", 0)), *extra])
        hand = people.issue("Người ký", issuer)
        paper = shop.letter.sign(shop.by(hand, certificates=[hand, issuer]))
        return store(paper, lists=[revocation_list(issuer)], bundle=[issuer.der]).content

    make.__module__, make.__name__ = __name__, title
    make.__doc__ = f"The issuer: {title.replace('_', ' ')}."
    case(verdicts, *reasons)(make)


PROVINCE = [x509.DirectoryName(x509.Name(list(name("x", "UBND tỉnh Quảng Nam"))[:2]))]
_under(
    "wants_a_policy_that_nobody_names",
    "UNTRUSTED POLICY",
    extra=[x509.PolicyConstraints(require_explicit_policy=0, inhibit_policy_mapping=None)],
)
_under(
    "may_not_issue_to_this_province",
    "UNTRUSTED POLICY",
    extra=[
        x509.NameConstraints(
            None,
            PROVINCE,
        )
    ],
)
_under(
    "may_issue_to_this_province",
    "TRUSTED",
    extra=[
        x509.NameConstraints(
            PROVINCE,
            None,
        )
    ],
)


@case("UNTRUSTED POLICY")
def two_levels_below_the_issuer(shop: Workshop) -> bytes:
    """Root, issuer that may have none below, another issuer, holder: all brought along."""
    people = shop.people
    below = certify(name("CA dưới CA"), people.key, people.issuing, for_authority(None))
    hand = people.issue("Người ký", below)
    paper = shop.letter.sign(shop.by(hand, certificates=[hand, below, people.issuing]))
    return store(paper, lists=[revocation_list(below)], bundle=[below.der]).content


@case("UNTRUSTED POLICY")
def authority_by_a_holder_with_a_list(shop: Workshop) -> bytes:
    """A holder plays authority and publishes lists, too."""
    people = shop.people
    hand = people.issue("Người ký", people.stranger)
    paper = shop.letter.sign(shop.by(hand, certificates=[hand, people.stranger]))
    return store(paper, lists=[revocation_list(people.stranger)]).content


def sha1_list(shop: Workshop) -> bytes:
    """The silent authority's list signed over SHA-1."""
    made = crl.CertificateList.load(revocation_list(shop.people.silent))
    weak = {"algorithm": "sha1_rsa"}
    made["tbs_cert_list"]["signature"] = weak
    made["signature_algorithm"] = weak
    content = made["tbs_cert_list"].dump(force=True)
    made["signature"] = shop.people.silent.key.sign(content, padding.PKCS1v15(), hashes.SHA1())
    return made.dump()


@case("INDETERMINATE POLICY", "REVOCATION_UNKNOWN")
def list_signed_over_sha1(shop: Workshop) -> bytes:
    """The only list is signed over SHA-1."""
    return store(unlisted(shop), lists=[sha1_list(shop)]).content


@case("TRUSTED INDETERMINATE", "REVOCATION_UNKNOWN")
def answer_of_the_future(shop: Workshop) -> bytes:
    """An answer given a year after the instant asked about says as much of it."""
    people = shop.people
    made = answer(people.unlisted, people.silent, people.silent, at=AT + timedelta(days=365))
    return store(unlisted(shop), responses=[made]).content


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_with_two_stamps(shop: Workshop) -> bytes:
    """A stranger's stamp of long ago, and an honest one from after the revocation."""
    people = shop.people
    false = certify(name("Dấu lạ"), people.key, None, for_time_stamps())

    def both(signed: cms.SignedData) -> None:
        info = signed["signer_infos"][0]
        value = info["signature"].native
        early = Stamp(false, REVOKED_AT - timedelta(days=30)).token(value)
        late = Stamp(people.time, AT).token(value)
        info["unsigned_attrs"] = [{"type": "signature_time_stamp_token", "values": [early, late]}]

    return shop.letter.sign(shop.by(people.revoked, stamp=None, edit=both)).content


def _with_token(shop: Workshop, edit: Any) -> bytes:
    """By the revoked, with an early stamp that is wrong inside."""
    people = shop.people

    def wrong(signed: cms.SignedData) -> None:
        info = signed["signer_infos"][0]
        token = Stamp(people.time, REVOKED_AT - timedelta(days=1)).token(info["signature"].native)
        made = edit(token) or token
        info["unsigned_attrs"] = [{"type": "signature_time_stamp_token", "values": [made]}]

    return shop.letter.sign(shop.by(people.revoked, stamp=None, edit=wrong)).content


@case("REVOKED REJECTED BROKEN FORGED", "CERTIFICATE_REVOKED")
def revoked_with_a_token_whose_date_was_changed(shop: Workshop) -> bytes:
    """The token's date was set back, its value was left."""

    def edit(token: Any) -> None:
        inside = token["content"]["encap_content_info"]
        told = inside["content"].parsed
        told["gen_time"] = REVOKED_AT - timedelta(days=20)
        inside["content"] = cms.ParsableOctetString(told.dump(force=True))

    return _with_token(shop, edit)


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_with_a_token_of_another_kind(shop: Workshop) -> bytes:
    """The token says that it is data and no time stamp."""

    def edit(token: Any) -> None:
        token["content"]["encap_content_info"]["content_type"] = "data"

    return _with_token(shop, edit)


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_with_a_token_nobody_signed(shop: Workshop) -> bytes:
    """The token has no signer."""

    def edit(token: Any) -> None:
        token["content"]["signer_infos"] = []

    return _with_token(shop, edit)


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_with_his_own_signature_as_a_token(shop: Workshop) -> bytes:
    """In the token's place stands a signature of his own."""

    def edit(_: Any) -> Any:
        return cms.ContentInfo.load(Signing(shop.people.leader)(b"x"))

    return _with_token(shop, edit)


def _stamped(shop: Workshop, powers: Any, at: datetime) -> bytes:
    people = shop.people
    by = certify(name("Máy chủ cấp dấu"), people.key, people.time_root, powers)
    return shop.letter.sign(shop.by(people.revoked, stamp=Stamp(by, at))).content


@case("REVOKED TRUSTED WARN")
def revoked_after_a_stamp_whose_purpose_is_not_critical(shop: Workshop) -> bytes:
    """The stamping purpose is not marked critical, as it should be."""
    powers = usage("digital_signature", purposes=[Purpose.TIME_STAMPING])
    return _stamped(shop, powers, REVOKED_AT - timedelta(days=1))


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_with_a_stamp_of_any_purpose(shop: Workshop) -> bytes:
    """Any purpose is no stamping purpose."""
    powers = usage("digital_signature", purposes=[Purpose.ANY_EXTENDED_KEY_USAGE])
    return _stamped(shop, powers, REVOKED_AT - timedelta(days=1))


@case(BAD + " POLICY", "ENCODING_UNKNOWN")
def digest_enclosed_and_signed(shop: Workshop) -> bytes:
    """The oldest encoding: SHA-1 of the document stands inside the container."""

    def enclose(signed: cms.SignedData) -> None:
        signed["encap_content_info"]["content"] = b"\0" * 20

    made = shop.by(edit=enclose, digest="sha1", stamp=None)
    return shop.letter.sign(made, SubFilter=b"/adbe.pkcs7.sha1").content


@case(BAD + " POLICY", "SIGNATURE_VALUE_WRONG", "SIGNATURE_UNREADABLE", "WEAK_DIGEST")
def digest_and_value_of_two_kinds(shop: Workshop) -> bytes:
    """SHA-256 for the attributes' digest; the value says SHA-512 and is not."""

    def rename(signed: cms.SignedData) -> None:
        signed["signer_infos"][0]["signature_algorithm"] = {"algorithm": "sha512_rsa"}

    return shop.letter.sign(shop.by(edit=rename)).content


@case(BAD + " POLICY")
def attribute_names_another_algorithm(shop: Workshop) -> bytes:
    """The attribute that protects the algorithms names others than were used."""

    def protect(found: list[Any]) -> list[Any]:
        word = cms.CMSAlgorithmProtection(
            {
                "digest_algorithm": {"algorithm": "sha512"},
                "signature_algorithm": {"algorithm": "sha512_rsa"},
            }
        )
        return [*found, cms.CMSAttribute({"type": "cms_algorithm_protection", "values": [word]})]

    return shop.letter.sign(shop.by(attributes=protect)).content
