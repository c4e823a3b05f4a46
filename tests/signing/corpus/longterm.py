"""Proof that travels inside the file: lists and answers in the store, stamps over stamps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import cms, crl, pdf
from asn1crypto import ocsp as answers
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose

from infra.local.certificates import for_authority, for_time_stamps
from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.container import Stamp
from tests.signing.corpus.paper import CATALOG, Paper, Stream, ref, refs
from tests.signing.corpus.people import AT, REVOKED_AT, Hand, certify, name, revocation_list, usage
from tests.signing.corpus.valid import add_stamp

LONG_AGO = datetime(2023, 5, 1, tzinfo=UTC)
UNKNOWN = "REVOCATION_UNKNOWN"


def store(paper: Paper, *, lists: Any = (), responses: Any = (), bundle: Any = ()) -> Paper:
    """A revision with a security store of just these proofs (DER)."""
    parts = {"CRLs": lists, "OCSPs": responses, "Certs": bundle}
    entries = {"Type": b"/DSS"}
    for key, proofs in parts.items():
        if proofs:
            entries[key] = refs([paper.put(Stream(one, {})) for one in proofs])
    paper.touch(CATALOG)["DSS"] = ref(paper.put(entries))
    return paper.save()


def unlisted(shop: Workshop, at: datetime | None = AT) -> Paper:
    """Signed by a holder whose authority's list nobody has here."""
    stamp = Stamp(shop.people.time, at) if at else None
    claimed = (at or AT).strftime("(D:%Y%m%d%H%M%SZ)").encode()
    return shop.letter.sign(shop.by(shop.people.unlisted, stamp=stamp), M=claimed)


def answer(hand: Hand, by: Hand, issuer: Hand, *, good: bool = True, at: datetime = AT) -> bytes:
    """An OCSP answer about a holder, by his authority or by somebody else."""
    status = ocsp.OCSPCertStatus.GOOD if good else ocsp.OCSPCertStatus.REVOKED
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=hand.certificate,
        issuer=issuer.certificate,
        algorithm=hashes.SHA256(),
        cert_status=status,
        this_update=at - timedelta(hours=1),
        next_update=at + timedelta(days=7),
        revocation_time=None if good else REVOKED_AT,
        revocation_reason=None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, by.certificate)
    if by is not issuer:
        builder = builder.certificates([by.certificate])
    return builder.sign(by.key, hashes.SHA256()).public_bytes(Encoding.DER)


@case("INDETERMINATE", UNKNOWN)
def forged_list_in_the_store(shop: Workshop) -> bytes:
    """A list in the authority's name, signed by a stranger."""
    people = shop.people
    forged = revocation_list(Hand(people.key, people.silent.certificate))
    return store(unlisted(shop), lists=[forged]).content


@case("INDETERMINATE", UNKNOWN)
def forged_answer_in_the_store(shop: Workshop) -> bytes:
    """An answer in the authority's name, signed by a stranger."""
    people = shop.people
    subject = people.silent.certificate.subject
    stranger = certify(subject, people.key, None, for_authority(0))
    made = answer(people.unlisted, stranger, people.silent)
    return store(unlisted(shop), responses=[made]).content


@case("INDETERMINATE", UNKNOWN)
def answer_by_a_holder_in_the_store(shop: Workshop) -> bytes:
    """An answer by another holder of the same authority, who may not answer."""
    people = shop.people
    other = people.issue("Người khác", people.silent)
    made = answer(people.unlisted, other, people.silent)
    return store(unlisted(shop), responses=[made]).content


@case("INDETERMINATE", UNKNOWN)
def answer_by_himself_in_the_store(shop: Workshop) -> bytes:
    """The signer himself answers that he is good."""
    people = shop.people
    made = answer(people.unlisted, people.unlisted, people.silent)
    return store(unlisted(shop), responses=[made]).content


@case("INDETERMINATE", UNKNOWN)
def answer_about_another_in_the_store(shop: Workshop) -> bytes:
    """A good answer about somebody else."""
    people = shop.people
    other = people.issue("Người khác", people.silent)
    made = answer(other, people.silent, people.silent)
    return store(unlisted(shop), responses=[made]).content


@case("INDETERMINATE", UNKNOWN)
def list_of_long_ago_in_the_store(shop: Workshop) -> bytes:
    """A list that ran out years before the signature."""
    old = revocation_list(shop.people.silent, since=LONG_AGO)
    return store(unlisted(shop), lists=[old]).content


@case("INDETERMINATE", UNKNOWN)
def list_of_another_authority_in_the_store(shop: Workshop) -> bytes:
    """A good list of another authority."""
    return store(unlisted(shop), lists=[revocation_list(shop.people.issuing)]).content


@case("REVOKED", "CERTIFICATE_REVOKED")
def old_list_in_the_store_against_ours(shop: Workshop) -> bytes:
    """The file brings a list from before the revocation; ours at hand is newer."""
    people = shop.people
    paper = shop.letter.sign(shop.by(people.revoked))
    old = revocation_list(people.issuing, since=REVOKED_AT - timedelta(days=30), days=720)
    return store(paper, lists=[old]).content


@case("INDETERMINATE REVOKED", UNKNOWN, "CERTIFICATE_REVOKED")
def good_answer_and_revoked_list(shop: Workshop) -> bytes:
    """One proof in the file says good, another revoked."""
    people = shop.people
    made = answer(people.unlisted, people.silent, people.silent, at=REVOKED_AT - timedelta(days=3))
    listed = revocation_list(people.silent, [people.unlisted])
    return store(unlisted(shop), lists=[listed], responses=[made]).content


@case("UNTRUSTED", "NO_PATH_TO_ANCHOR")
def anchor_in_the_store(shop: Workshop) -> bytes:
    """The file brings its own root along: nobody trusts it for that."""
    people = shop.people
    hand = people.issue("Nguyễn Văn An", people.twin)
    paper = shop.letter.sign(shop.by(hand))
    return store(paper, bundle=[people.twin.der], lists=[revocation_list(people.twin)]).content


@case("UNTRUSTED INDETERMINATE TRUSTED", "NO_PATH_TO_ANCHOR", UNKNOWN)
def issuer_in_the_store(shop: Workshop) -> bytes:
    """The missing issuer is in the file: whether that will do is the policy's choice."""
    people = shop.people
    paper = shop.letter.sign(shop.by(people.issue("X", people.absent)))
    return store(paper, bundle=[people.absent.der]).content


@case("REJECTED TRUSTED WARN INDETERMINATE")
def noise_in_the_store(shop: Workshop) -> bytes:
    """The store holds noise."""
    noise = [b"", b"\x30\x82\xff\xff", b"\x30\x80" * 500]
    return store(shop.signed, lists=noise, responses=noise, bundle=noise).content


@case("TRUSTED WARN REJECTED INDETERMINATE MODIFIED")
def store_that_is_none(shop: Workshop) -> bytes:
    """The catalog's store is a sentence."""
    paper = shop.signed
    paper.touch(CATALOG)["DSS"] = b"(nothing)"
    return paper.save().content


def authority_of_those_days(shop: Workshop) -> Hand:
    """A time stamping authority whose certificate ended in 2025."""
    years = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC))
    people = shop.people
    subject = name("Máy chủ cấp dấu thời gian 00")
    return certify(subject, people.key, people.time_root, for_time_stamps(), years)


@case("WARN INDETERMINATE", "TIMESTAMP_CERTIFICATE_EXPIRED")
def stamp_whose_authority_expired(shop: Workshop) -> bytes:
    """The stamp's authority has expired since, and nothing newer vouches for it."""
    stamp = Stamp(authority_of_those_days(shop), LONG_AGO)
    claimed = b"(D:20230501000000Z)"
    return shop.letter.sign(shop.by(stamp=stamp), M=claimed).content


@case("TRUSTED WARN")
def stamp_whose_authority_expired_but_stamped_again(shop: Workshop) -> bytes:
    """A document time stamp of its days by a living authority vouches for the older stamp."""
    stamp = Stamp(authority_of_those_days(shop), LONG_AGO)
    paper = shop.letter.sign(shop.by(stamp=stamp), M=b"(D:20230501000000Z)")
    again = Stamp(shop.people.time, LONG_AGO + timedelta(days=30))
    return add_stamp(shop, paper, stamp=again).content


@case("TRUSTED WARN")
def archived_years_ago(shop: Workshop) -> bytes:
    """Signer and list of 2023, both run out since; stamped and archived in those days."""
    people = shop.people
    stamp = Stamp(people.time, LONG_AGO)
    paper = shop.letter.sign(shop.by(people.expired, stamp=stamp), M=b"(D:20230501000000Z)")
    lists = [revocation_list(people.issuing, since=LONG_AGO + timedelta(days=1))]
    lists.append(revocation_list(people.root, since=LONG_AGO + timedelta(days=1)))
    paper = store(paper, lists=lists, bundle=[people.issuing.der])
    return add_stamp(shop, paper, stamp=Stamp(people.time, LONG_AGO + timedelta(days=2))).content


@case("WARN BROKEN MODIFIED", "DIGEST_DIFFERS", "TIMESTAMP_BROKEN")
def stamp_of_another_document(shop: Workshop) -> bytes:
    """The document time stamp was made for another file."""
    stamp = Stamp(shop.people.time, over=b"another file")
    return add_stamp(shop, shop.signed, stamp=stamp).content


@case("UNTRUSTED WARN", "NO_PATH_TO_ANCHOR", "TIMESTAMP_NO_PATH_TO_ANCHOR")
def document_stamp_by_a_stranger(shop: Workshop) -> bytes:
    """The document time stamp's authority leads to no anchor."""
    fake = certify(name("Máy chủ giả"), shop.people.key, None, for_time_stamps())
    return add_stamp(shop, shop.signed, stamp=Stamp(fake)).content


@case("WARN", "TIMESTAMP_BROKEN")
def stamp_copied_from_another_signature(shop: Workshop) -> bytes:
    """The second signature carries the first one's stamp."""
    first = shop.letter.sign(shop.by(), "one")
    start = first.content.index(b"/Contents <") + 11
    whole = bytes.fromhex(first.content[start : first.content.index(b">", start)].decode())
    info = cms.ContentInfo.load(whole)["content"]["signer_infos"][0]
    copied = info["unsigned_attrs"][0]
    made = shop.by(shop.people.second, stamp=None, unsigned=[copied])
    return first.sign(made, "two").content


@case("TRUSTED")
def list_in_the_store(shop: Workshop) -> bytes:
    """The authority's list is in the file alone."""
    return store(unlisted(shop), lists=[revocation_list(shop.people.silent)]).content


@case("TRUSTED")
def answer_in_the_store(shop: Workshop) -> bytes:
    """The authority's answer (OCSP) is in the file alone."""
    people = shop.people
    made = answer(people.unlisted, people.silent, people.silent)
    return store(unlisted(shop), responses=[made]).content


@case("TRUSTED")
def answer_by_a_delegate_in_the_store(shop: Workshop) -> bytes:
    """The answer is by a responder whom the authority appointed."""
    people = shop.people
    powers = usage("digital_signature", purposes=[Purpose.OCSP_SIGNING])
    responder = people.issue(
        "OCSP", people.silent, extensions=[*powers, (x509.OCSPNoCheck(), False)]
    )
    made = answer(people.unlisted, responder, people.silent)
    return store(unlisted(shop), responses=[made]).content


@case("TRUSTED")
def list_in_a_signed_attribute(shop: Workshop) -> bytes:
    """The list is in the attribute that Acrobat signs along."""
    held = pdf.RevocationInfoArchival(
        {"crl": [crl.CertificateList.load(revocation_list(shop.people.silent))]}
    )
    kind = cms.CMSAttribute({"type": "adobe_revocation_info_archival", "values": [held]})
    made = shop.by(shop.people.unlisted, attributes=lambda found: [*found, kind])
    return shop.letter.sign(made, SubFilter=b"/adbe.pkcs7.detached").content


@case("TRUSTED")
def answer_in_a_signed_attribute(shop: Workshop) -> bytes:
    """The answer is in the attribute that Acrobat signs along."""
    people = shop.people
    told = answers.OCSPResponse.load(answer(people.unlisted, people.silent, people.silent))
    held = pdf.RevocationInfoArchival({"ocsp": [told]})
    kind = cms.CMSAttribute({"type": "adobe_revocation_info_archival", "values": [held]})
    made = shop.by(people.unlisted, attributes=lambda found: [*found, kind])
    return shop.letter.sign(made, SubFilter=b"/adbe.pkcs7.detached").content


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_by_the_list_in_the_store(shop: Workshop) -> bytes:
    """The list in the file itself says that he was revoked."""
    people = shop.people
    listed = revocation_list(people.silent, [people.unlisted])
    return store(unlisted(shop), lists=[listed]).content


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_by_the_answer_in_the_store(shop: Workshop) -> bytes:
    """The answer in the file itself says that he was revoked."""
    people = shop.people
    made = answer(people.unlisted, people.silent, people.silent, good=False)
    return store(unlisted(shop), responses=[made]).content


def _with_other_algorithm(der: bytes) -> bytes:
    """The same, signed by an algorithm that nobody knows."""
    known = bytes.fromhex("2a864886f70d01010b")
    return der.replace(known, known[:-1] + b"\x7e")


@case("INDETERMINATE", UNKNOWN)
def list_signed_as_nobody_knows(shop: Workshop) -> bytes:
    """The list in the file is signed by an algorithm that nobody knows."""
    made = _with_other_algorithm(revocation_list(shop.people.silent))
    return store(unlisted(shop), lists=[made]).content


@case("INDETERMINATE", UNKNOWN)
def answer_signed_as_nobody_knows(shop: Workshop) -> bytes:
    """The answer in the file is signed by an algorithm that nobody knows."""
    people = shop.people
    made = _with_other_algorithm(answer(people.unlisted, people.silent, people.silent))
    return store(unlisted(shop), responses=[made]).content


@case("INDETERMINATE", UNKNOWN)
def list_of_an_unknown_version(shop: Workshop) -> bytes:
    """The list in the file is of a version that there is not."""
    made = revocation_list(shop.people.silent)
    place = made.index(b"\2\1\1")
    return store(unlisted(shop), lists=[made[:place] + b"\2\1\x11" + made[place + 3 :]]).content


@case("REVOKED", "CERTIFICATE_REVOKED")
def list_behind_one_of_an_unknown_version(shop: Workshop) -> bytes:
    """The list that revokes stands in the store behind others that nobody can read."""
    people = shop.people
    told = revocation_list(people.silent, [people.unlisted])
    place = told.index(b"\2\1\1")
    strange = told[:place] + b"\2\1\x11" + told[place + 3 :]
    paper = unlisted(shop)
    packed = paper.put(Stream(b"no deflate", {"Filter": b"/FlateDecode"}))
    first, second = (paper.put(Stream(der, {})) for der in (strange, told))
    lists = b"[%s %s %s]" % (ref(packed), ref(first), ref(second))
    paper.touch(CATALOG)["DSS"] = ref(paper.put({"Type": b"/DSS", "CRLs": lists}))
    return paper.save().content


@case("INDETERMINATE", UNKNOWN)
def answer_by_a_delegate_with_a_doubled_extension(shop: Workshop) -> bytes:
    """The responder's certificate has an extension twice, which none may have."""
    people = shop.people
    powers = usage("digital_signature", purposes=[Purpose.OCSP_SIGNING])
    strange = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.55"), b"\5\0")
    responder = people.issue("OCSP", people.silent, extensions=[*powers, (strange, False)])
    made = answer(people.unlisted, responder, people.silent)
    doubled = made.replace(bytes.fromhex("0603551d37"), bytes.fromhex("0603551d0f"))
    assert doubled != made
    return store(unlisted(shop), responses=[doubled]).content


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_behind_a_poisoned_store(shop: Workshop) -> bytes:
    """Proofs nobody can read must not keep anyone from hearing the list at hand."""
    people = shop.people
    told = _with_other_algorithm(answer(people.revoked, people.issuing, people.issuing))
    listed = _with_other_algorithm(revocation_list(people.issuing))
    paper = shop.letter.sign(shop.by(people.revoked, stamp=None))
    return store(paper, lists=[listed], responses=[told]).content


@case("TRUSTED INDETERMINATE WARN")
def issuer_in_the_store_with_a_key_nobody_knows(shop: Workshop) -> bytes:
    """The store holds the issuer once more, with a key of a kind that nobody knows."""
    known = bytes.fromhex("2a864886f70d010101")
    strange = shop.people.issuing.der.replace(known, known[:-1] + b"\x7e", 1)
    return store(shop.signed, bundle=[strange]).content
