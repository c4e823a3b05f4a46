"""Years later: what still proves itself when signer, authority and time stamps have run out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose

from infra.local.certificates import for_authority, for_time_stamps
from tests.signing.corpus.authorities import listing
from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.container import Stamp
from tests.signing.corpus.longterm import (
    LONG_AGO,
    UNKNOWN,
    answer,
    authority_of_those_days,
    store,
    unlisted,
)
from tests.signing.corpus.paper import Paper
from tests.signing.corpus.people import AT, REVOKED_AT, Hand, certify, name, revocation_list, usage
from tests.signing.corpus.valid import add_stamp

THOSE_YEARS = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC))
DAY = timedelta(days=1)
LOST = "INDETERMINATE EXPIRED UNTRUSTED"
WHY = (UNKNOWN, "CERTIFICATE_EXPIRED", "NO_PATH_TO_ANCHOR", "REVOCATION_TOLD_AFTER_EXPIRY")


def claimed(at: datetime) -> bytes:
    """An instant as the signature's dictionary claims it."""
    return at.strftime("(D:%Y%m%d%H%M%SZ)").encode()


def of_those_years(shop: Workshop) -> tuple[Paper, Hand]:
    """Signed and stamped in 2023 under an authority that ended in 2025; that authority."""
    people = shop.people
    ended = people.authority("CA những năm ấy", years=THOSE_YEARS)
    hand = people.issue("X", ended, years=THOSE_YEARS)
    made = shop.by(hand, stamp=Stamp(people.time, LONG_AGO), certificates=[hand, ended])
    return shop.letter.sign(made, M=claimed(LONG_AGO)), ended


def lists_of(shop: Workshop, authority: Hand, at: datetime) -> dict[str, Any]:
    """What a store of those days held: the authority's list, the root's, and the authority."""
    lists = [revocation_list(authority, since=at), revocation_list(shop.people.root, since=at)]
    return {"lists": lists, "bundle": [authority.der]}


@case("TRUSTED WARN")
def all_ended_but_archived(shop: Workshop) -> bytes:
    """Signer and authority ended; lists of those days, and a document stamp over them, remain."""
    paper, ended = of_those_years(shop)
    paper = store(paper, **lists_of(shop, ended, LONG_AGO + DAY))
    return add_stamp(shop, paper, stamp=Stamp(shop.people.time, LONG_AGO + 2 * DAY)).content


@case(LOST, *WHY)
def all_ended_and_nothing_kept(shop: Workshop) -> bytes:
    """Signer and authority ended, and nobody kept a list."""
    return of_those_years(shop)[0].content


@case(LOST + " WARN", *WHY)
def list_made_after_the_end(shop: Workshop) -> bytes:
    """A list signed this year by the key of an authority that ended last year."""
    paper, ended = of_those_years(shop)
    return store(paper, **lists_of(shop, ended, AT)).content


@case(LOST + " WARN TRUSTED", *WHY)
def list_of_those_days_without_stamp(shop: Workshop) -> bytes:
    """A list that says it is of those days; nothing proves that it is not of yesterday."""
    paper, ended = of_those_years(shop)
    return store(paper, **lists_of(shop, ended, LONG_AGO + DAY)).content


@case("EXPIRED", "CERTIFICATE_EXPIRED")
def stamped_before_it_was_signed(shop: Workshop) -> bytes:
    """The document stamp of 2023 stands before the signature and proves nothing of it."""
    early = Stamp(shop.people.time, LONG_AGO)
    paper = add_stamp(shop, shop.letter, stamp=early)
    made = shop.by(shop.people.expired, stamp=None)
    return paper.sign(made, M=claimed(LONG_AGO)).content


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_behind_an_older_document_stamp(shop: Workshop) -> bytes:
    """A document stamp from before the revocation stands before the signature."""
    early = Stamp(shop.people.time, REVOKED_AT - 90 * DAY)
    paper = add_stamp(shop, shop.letter, stamp=early)
    made = shop.by(shop.people.revoked, stamp=None)
    return paper.sign(made, M=claimed(REVOKED_AT - 90 * DAY)).content


@case("TRUSTED")
def revoked_after_the_document_stamp(shop: Workshop) -> bytes:
    """No stamp of its own, but a document stamp from before the revocation covers it."""
    made = shop.by(shop.people.revoked, stamp=None)
    paper = shop.letter.sign(made, M=claimed(REVOKED_AT - 90 * DAY))
    return add_stamp(shop, paper, stamp=Stamp(shop.people.time, REVOKED_AT - 89 * DAY)).content


@case("TRUSTED")
def revoked_later_by_the_list_inside(shop: Workshop) -> bytes:
    """The list in the file says that he was revoked a month after the stamp."""
    people = shop.people
    made = listing(people.silent, people.unlisted)
    return store(unlisted(shop, REVOKED_AT - 30 * DAY), lists=[made]).content


@case("REVOKED", "CERTIFICATE_REVOKED")
def older_and_newer_list_inside(shop: Workshop) -> bytes:
    """An older list without him, a newer one with him: the newer counts."""
    people = shop.people
    older = revocation_list(people.silent, since=REVOKED_AT - DAY, days=720)
    return store(unlisted(shop), lists=[older, listing(people.silent, people.unlisted)]).content


@case("INDETERMINATE", UNKNOWN)
def answer_from_before_the_signature(shop: Workshop) -> bytes:
    """A good answer that ran out a month before the signature was made."""
    people = shop.people
    old = answer(people.unlisted, people.silent, people.silent, at=AT - 40 * DAY)
    return store(unlisted(shop), responses=[old]).content


@case("TRUSTED")
def answer_from_after_the_signature(shop: Workshop) -> bytes:
    """A good answer of an hour after the signature."""
    people = shop.people
    made = answer(people.unlisted, people.silent, people.silent)
    return store(unlisted(shop, AT - timedelta(hours=2)), responses=[made]).content


def unknown_answer(shop: Workshop) -> bytes:
    """An answer that says: no idea."""
    people = shop.people
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=people.unlisted.certificate,
        issuer=people.silent.certificate,
        algorithm=hashes.SHA256(),
        cert_status=ocsp.OCSPCertStatus.UNKNOWN,
        this_update=AT - timedelta(hours=1),
        next_update=AT + DAY,
        revocation_time=None,
        revocation_reason=None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, people.silent.certificate)
    return builder.sign(people.silent.key, hashes.SHA256()).public_bytes(Encoding.DER)


@case("INDETERMINATE", UNKNOWN)
def answer_that_knows_nothing(shop: Workshop) -> bytes:
    """The authority answers that it does not know the certificate."""
    return store(unlisted(shop), responses=[unknown_answer(shop)]).content


@case("INDETERMINATE", UNKNOWN)
def answer_to_try_later(shop: Workshop) -> bytes:
    """The authority answers that it is busy."""
    status = ocsp.OCSPResponseStatus.TRY_LATER
    busy = ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(Encoding.DER)
    return store(unlisted(shop), responses=[busy]).content


@case("INDETERMINATE", UNKNOWN)
def answer_about_another_issuers_number(shop: Workshop) -> bytes:
    """The same serial number, but of another issuer's certificate."""
    people = shop.people
    made = answer(people.unlisted, people.silent, people.issuing)
    return store(unlisted(shop), responses=[made]).content


def delegated(shop: Workshop, **other: Any) -> bytes:
    """Answered by a responder appointed otherwise than it should be."""
    people = shop.people
    issuer = other.pop("issuer", people.silent)
    powers = usage("digital_signature", purposes=[Purpose.OCSP_SIGNING])
    powers.append((x509.OCSPNoCheck(), False))
    responder = people.issue("OCSP", issuer, extensions=powers, **other)
    made = answer(people.unlisted, responder, people.silent)
    return store(unlisted(shop), responses=[made]).content


@case("INDETERMINATE", UNKNOWN)
def answer_by_an_expired_delegate(shop: Workshop) -> bytes:
    """The responder's certificate ended before it answered."""
    return delegated(shop, years=THOSE_YEARS)


@case("INDETERMINATE", UNKNOWN)
def answer_by_another_authoritys_delegate(shop: Workshop) -> bytes:
    """The responder was appointed by another authority."""
    return delegated(shop, issuer=shop.people.issuing)


@case("WARN", "TIMESTAMP_CERTIFICATE_REVOKED")
def stamp_of_a_revoked_authority(shop: Workshop) -> bytes:
    """The stamp's authority was revoked before it stamped, says the list in the file."""
    people = shop.people
    subject = name("Máy chủ cấp dấu thời gian 09")
    stolen = certify(subject, people.key, people.time_root, for_time_stamps())
    paper = shop.letter.sign(shop.by(stamp=Stamp(stolen)))
    return store(paper, lists=[listing(people.time_root, stolen)]).content


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_with_a_stamp_of_a_revoked_authority(shop: Workshop) -> bytes:
    """A stolen time stamp key sets the revoked signer's clock back."""
    people = shop.people
    subject = name("Máy chủ cấp dấu thời gian 09")
    stolen = certify(subject, people.key, people.time_root, for_time_stamps())
    past = REVOKED_AT - 30 * DAY
    made = shop.by(people.revoked, stamp=Stamp(stolen, past))
    paper = shop.letter.sign(made, M=claimed(past))
    return store(paper, lists=[listing(people.time_root, stolen)]).content


@case("TRUSTED WARN")
def chain_of_stamps(shop: Workshop) -> bytes:
    """The authority of 2023 stamped signature and document; a living one stamped them in 2024."""
    people, old = shop.people, authority_of_those_days(shop)
    made = shop.by(people.expired, stamp=Stamp(old, LONG_AGO))
    paper = shop.letter.sign(made, M=claimed(LONG_AGO))
    paper = add_stamp(shop, paper, "Stamp1", Stamp(old, LONG_AGO + DAY))
    return add_stamp(shop, paper, "Stamp2", Stamp(people.time, LONG_AGO + 365 * DAY)).content


@case("EXPIRED WARN INDETERMINATE", "CERTIFICATE_EXPIRED", "TIMESTAMP_CERTIFICATE_EXPIRED")
def chain_that_broke(shop: Workshop) -> bytes:
    """The living authority stamped only after the older one had ended."""
    people, old = shop.people, authority_of_those_days(shop)
    made = shop.by(people.expired, stamp=Stamp(old, LONG_AGO))
    paper = shop.letter.sign(made, M=claimed(LONG_AGO))
    return add_stamp(shop, paper, "Stamp1", Stamp(people.time, AT - DAY)).content


@case("UNTRUSTED", "NO_PATH_TO_ANCHOR")
def authority_only_in_the_file(shop: Workshop) -> bytes:
    """A whole domain of its own, proofs and stamps included, and nothing of it is ours."""
    people = shop.people
    root = certify(name("RootCA riêng"), people.second_authority.key, None, for_authority(None))
    middle = people.authority("CA riêng", issuer=root)
    hand = people.issue("X", middle)
    paper = shop.letter.sign(shop.by(hand, certificates=[hand, middle, root]))
    lists = [revocation_list(middle), revocation_list(root)]
    return store(paper, lists=lists, bundle=[middle.der, root.der]).content
