"""Certificates that do not carry a signature: time, revocation, purpose, path; proofs of time."""

from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose

from infra.local.certificates import for_authority, for_signing, for_time_stamps
from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.container import Stamp
from tests.signing.corpus.people import (
    AT,
    REVOKED_AT,
    UNKNOWN_CRITICAL,
    YEARS,
    Hand,
    certify,
    name,
    usage,
)
from tests.signing.corpus.valid import add_proof, add_stamp


def signed(shop: Workshop, hand: Hand, at: datetime | None = AT, **other: Any) -> bytes:
    """The letter signed by ``hand`` and stamped at an instant, or not stamped at all."""
    stamp = Stamp(shop.people.time, at) if at else None
    claimed = day(other.get("claimed") or at or AT)
    return shop.letter.sign(shop.by(hand, stamp=stamp, **other), M=claimed).content


def day(at: datetime) -> bytes:
    """An instant as the signature's dictionary claims it."""
    return at.strftime("(D:%Y%m%d%H%M%SZ)").encode()


@case("EXPIRED", "CERTIFICATE_EXPIRED")
def expired(shop: Workshop) -> bytes:
    """Expired when it is verified; no time is proven."""
    return signed(shop, shop.people.expired, None)


@case("EXPIRED", "CERTIFICATE_EXPIRED")
def expired_and_claims_to_be_older(shop: Workshop) -> bytes:
    """A claimed time within the validity proves nothing."""
    claimed = datetime(2024, 5, 1, tzinfo=UTC)
    return signed(shop, shop.people.expired, None, claimed=claimed)


@case("EXPIRED", "CERTIFICATE_EXPIRED")
def stamped_after_the_end(shop: Workshop) -> bytes:
    """The stamp proves that it was expired already."""
    return signed(shop, shop.people.expired, datetime(2025, 3, 1, tzinfo=UTC))


@case("TRUSTED")
def expired_since_but_stamped_in_time(shop: Workshop) -> bytes:
    """The stamp proves that it was good when it signed."""
    return signed(shop, shop.people.expired, datetime(2024, 5, 1, tzinfo=UTC))


@case("EXPIRED", "CERTIFICATE_EXPIRED")
def expired_and_stamped_by_a_stranger(shop: Workshop) -> bytes:
    """A stamp of an authority nobody trusts proves nothing."""
    stamp = Stamp(shop.people.leader, datetime(2024, 5, 1, tzinfo=UTC))
    return shop.letter.sign(shop.by(shop.people.expired, stamp=stamp)).content


@case("EXPIRED TRUSTED")
def expired_but_in_a_stamped_document(shop: Workshop) -> bytes:
    """The proof of time is a document time stamp of those days, not the signature's own."""
    claimed = b"(D:20240501000000Z)"
    paper = shop.letter.sign(shop.by(shop.people.expired, stamp=None), M=claimed)
    past = Stamp(shop.people.time, datetime(2024, 5, 2, tzinfo=UTC))
    return add_stamp(shop, add_proof(shop, paper), stamp=past).content


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked(shop: Workshop) -> bytes:
    """Revoked; no time is proven."""
    return signed(shop, shop.people.revoked, None)


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_before_the_stamp(shop: Workshop) -> bytes:
    """The stamp is a day too late."""
    return signed(shop, shop.people.revoked, REVOKED_AT + timedelta(days=1))


@case("TRUSTED")
def revoked_after_the_stamp(shop: Workshop) -> bytes:
    """Signed a day before the revocation, and proven."""
    return signed(shop, shop.people.revoked, REVOKED_AT - timedelta(days=1))


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_and_claims_to_be_older(shop: Workshop) -> bytes:
    """The thief sets his clock back."""
    return signed(shop, shop.people.revoked, None, claimed=REVOKED_AT - timedelta(days=90))


@case("REVOKED", "CERTIFICATE_REVOKED", "TIMESTAMP_BROKEN")
def revoked_with_a_borrowed_stamp(shop: Workshop) -> bytes:
    """An old stamp of another signature is put beside it."""
    past = REVOKED_AT - timedelta(days=90)
    stamp = Stamp(shop.people.time, past, over=b"an older signature")
    return shop.letter.sign(shop.by(shop.people.revoked, stamp=stamp)).content


@case("REVOKED", "CERTIFICATE_REVOKED")
def authority_revoked(shop: Workshop) -> bytes:
    """The issuing authority itself was revoked by the root."""
    return signed(shop, shop.people.issue("X", shop.people.withdrawn))


@case("INDETERMINATE", "REVOCATION_UNKNOWN")
def no_list_at_hand(shop: Workshop) -> bytes:
    """Nobody knows whether it was revoked."""
    return signed(shop, shop.people.unlisted)


@case("INDETERMINATE", "REVOCATION_UNKNOWN")
def list_ran_out(shop: Workshop) -> bytes:
    """The list at hand ran out before the signature."""
    return signed(shop, shop.people.issue("X", shop.people.stale))


@case("NOT_YET_VALID", "CERTIFICATE_NOT_YET_VALID")
def not_yet_valid(shop: Workshop) -> bytes:
    """Good from next year on."""
    return signed(shop, shop.people.early)


@case("NOT_YET_VALID", "CERTIFICATE_NOT_YET_VALID")
def not_yet_valid_without_stamp(shop: Workshop) -> bytes:
    """Good from next year on, and nothing proves when it signed."""
    return signed(shop, shop.people.early, None)


def with_powers(shop: Workshop, *allowed: str, purposes: Any = ()) -> bytes:
    """Signed with a certificate of exactly these usages and purposes."""
    hand = shop.people.issue("X", extensions=usage(*allowed, purposes=purposes))
    return signed(shop, hand)


@case("POLICY", "CERTIFICATE_KEY_PURPOSE")
def for_encipherment_only(shop: Workshop) -> bytes:
    """A certificate for receiving secrets."""
    return with_powers(shop, "key_encipherment", purposes=[Purpose.EMAIL_PROTECTION])


@case("POLICY", "CERTIFICATE_KEY_PURPOSE")
def without_non_repudiation(shop: Workshop) -> bytes:
    """A certificate for logging in."""
    return with_powers(shop, "digital_signature", purposes=[Purpose.CLIENT_AUTH])


@case("POLICY", "CERTIFICATE_KEY_PURPOSE")
def without_any_usage(shop: Workshop) -> bytes:
    """A certificate that does not say what its key is for."""
    hand = shop.people.issue("X", extensions=usage()[:1])
    return signed(shop, hand)


@case("POLICY", "CERTIFICATE_KEY_PURPOSE")
def for_web_servers(shop: Workshop) -> bytes:
    """A server's certificate."""
    kinds = ("digital_signature", "content_commitment")
    return with_powers(shop, *kinds, purposes=[Purpose.SERVER_AUTH])


@case("POLICY", "CERTIFICATE_KEY_PURPOSE")
def for_code(shop: Workshop) -> bytes:
    """A programmer's certificate."""
    return with_powers(shop, "content_commitment", purposes=[Purpose.CODE_SIGNING])


@case("TRUSTED")
def as_officials_have_it(shop: Workshop) -> bytes:
    """Four usages, and purposes for logging in, e-mail and smart cards, as the real ones."""
    kinds = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment")
    purposes = [Purpose.CLIENT_AUTH, Purpose.EMAIL_PROTECTION, Purpose.SMARTCARD_LOGON]
    return with_powers(shop, *kinds, purposes=purposes)


@case("TRUSTED")
def for_documents(shop: Workshop) -> bytes:
    """Document signing by its own purpose (RFC 9336)."""
    purposes = [x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")]
    return with_powers(shop, "content_commitment", purposes=purposes)


@case("TRUSTED")
def without_extended_purposes(shop: Workshop) -> bytes:
    """No purposes named: nothing is excluded."""
    return with_powers(shop, "content_commitment")


@case("UNTRUSTED", "NO_PATH_TO_ANCHOR")
def look_alike_authority(shop: Workshop) -> bytes:
    """Every name in the path is ours, no key is."""
    people = shop.people
    hand = people.issue("Nguyễn Văn An", people.twin)
    return signed(shop, hand, certificates=[hand, people.twin])


@case("UNTRUSTED", "NO_PATH_TO_ANCHOR")
def look_alike_that_names_our_key(shop: Workshop) -> bytes:
    """The look-alike even names our issuer's key as its own issuer's."""
    people = shop.people
    real = x509.AuthorityKeyIdentifier.from_issuer_public_key(people.issuing.key.public_key())
    powers = [*for_signing(), (real, False)]
    builder = x509.CertificateBuilder().subject_name(name("Nguyễn Văn An"))
    builder = builder.issuer_name(people.issuing.certificate.subject)
    builder = builder.public_key(people.key.public_key()).serial_number(77)
    builder = builder.not_valid_before(YEARS[0]).not_valid_after(YEARS[1])
    for extension, critical in powers:
        builder = builder.add_extension(extension, critical)
    hand = Hand(people.key, builder.sign(people.twin.key, hashes.SHA256()))
    return signed(shop, hand)


@case("UNTRUSTED", "NO_PATH_TO_ANCHOR")
def root_of_its_own_inside(shop: Workshop) -> bytes:
    """The container brings a whole authority of its own."""
    people = shop.people
    root = certify(name("RootCA riêng"), people.second_authority.key, None, for_authority(None))
    hand = people.issue("X", root)
    return signed(shop, hand, certificates=[hand, root])


@case("UNTRUSTED", "NO_PATH_TO_ANCHOR")
def self_signed(shop: Workshop) -> bytes:
    """Signed by itself."""
    return signed(shop, certify(name("Tự ký"), shop.people.key, None, for_signing()))


@case("UNTRUSTED", "NO_PATH_TO_ANCHOR")
def self_signed_in_the_roots_name(shop: Workshop) -> bytes:
    """Signed by itself, under the root's name."""
    subject = shop.people.root.certificate.subject
    return signed(shop, certify(subject, shop.people.key, None, for_signing()))


@case("UNTRUSTED", "NO_PATH_TO_ANCHOR")
def issuer_missing(shop: Workshop) -> bytes:
    """The issuing authority is neither inside nor in the bundle."""
    return signed(shop, shop.people.issue("X", shop.people.absent))


@case("UNTRUSTED INDETERMINATE", "NO_PATH_TO_ANCHOR", "REVOCATION_UNKNOWN")
def issued_by_another_holder(shop: Workshop) -> bytes:
    """A holder plays authority: his certificate may not issue others."""
    people = shop.people
    hand = people.issue("Giả mạo", people.leader)
    return signed(shop, hand, certificates=[hand, people.leader])


@case("UNTRUSTED INDETERMINATE", "NO_PATH_TO_ANCHOR", "REVOCATION_UNKNOWN")
def path_longer_than_allowed(shop: Workshop) -> bytes:
    """An authority below one that may have none."""
    people = shop.people
    below = people.authority("CA cấp dưới", issuer=people.issuing)
    hand = people.issue("X", below)
    return signed(shop, hand, certificates=[hand, below])


@case("UNTRUSTED POLICY", "NO_PATH_TO_ANCHOR", "CERTIFICATE_KEY_PURPOSE")
def unknown_critical_extension(shop: Workshop) -> bytes:
    """The certificate insists on something nobody understands."""
    powers = [*for_signing(), (UNKNOWN_CRITICAL, True)]
    return signed(shop, shop.people.issue("X", extensions=powers))


@case("UNTRUSTED POLICY", "NO_PATH_TO_ANCHOR", "CHAIN_WEAK_ALGORITHM", "CERTIFICATE_SHORT_KEY")
def authority_with_a_short_key(shop: Workshop) -> bytes:
    """The issuing authority's key has 1024 bits."""
    return signed(shop, shop.people.issue("X", shop.people.weak))


@case("UNTRUSTED", "NO_PATH_TO_ANCHOR")
def root_for_stamps_does_not_do_for_signers(shop: Workshop) -> bytes:
    """A signer's certificate under the root of the time stamps: the two are kept apart."""
    return signed(shop, shop.people.issue("X", shop.people.time_root))


@case("WARN", "TIMESTAMP_NO_PATH_TO_ANCHOR")
def root_for_signers_does_not_do_for_stamps(shop: Workshop) -> bytes:
    """A time stamp under the root of the signers."""
    people = shop.people
    other = certify(name("Dấu thời gian khác"), people.key, people.root, for_time_stamps())
    return shop.letter.sign(shop.by(stamp=Stamp(other))).content


@case("WARN", "CLAIMED_TIME_IN_FUTURE")
def claims_the_future(shop: Workshop) -> bytes:
    """Claimed for next month, and nothing proves when."""
    return signed(shop, shop.people.leader, None, claimed=AT + timedelta(days=30))


@case("TRUSTED")
def unknown_to_the_directory(shop: Workshop) -> bytes:
    """A good certificate of somebody our directory does not know."""
    return signed(shop, shop.people.stranger)


@case("WARN", "SEAL_BEFORE_LEADER", roles=True)
def seal_before_leader(shop: Workshop) -> bytes:
    """The agency sealed first."""
    paper = shop.prepared.sign(shop.by(shop.people.agency), "agency")
    return paper.sign(shop.by(), "leader").content


@case("WARN", "SEAL_WITHOUT_LEADER", roles=True)
def seal_without_leader(shop: Workshop) -> bytes:
    """The agency sealed and no leader signed."""
    return shop.prepared.sign(shop.by(shop.people.agency), "agency").content


@case("REVOKED", "SEAL_WITHOUT_LEADER", "CERTIFICATE_REVOKED", roles=True)
def sealed_over_a_revoked_leader(shop: Workshop) -> bytes:
    """The leader's certificate was revoked before he signed; the seal is good."""
    paper = shop.prepared.sign(shop.by(shop.people.revoked), "leader")
    return paper.sign(shop.by(shop.people.agency), "agency").content


@case("INDETERMINATE", "REVOCATION_UNKNOWN")
def list_by_somebody_else(shop: Workshop) -> bytes:
    """The list was signed by a stranger in the authority's name."""
    return signed(shop, shop.people.issue("X", shop.people.faked))


@case("INDETERMINATE", "REVOCATION_UNKNOWN")
def list_of_a_sister_authority(shop: Workshop) -> bytes:
    """The root published no list; that of a sister authority says nothing of ours."""
    return signed(shop, shop.people.issue("X", shop.people.sister))


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_with_an_unreadable_stamp(shop: Workshop) -> bytes:
    """A stamp that cannot be read must not keep anyone from asking about revocation."""
    noise = cms.CMSAttribute(
        {
            "type": "signature_time_stamp_token",
            "values": [cms.ContentInfo({"content_type": "data"})],
        }
    )
    made = shop.by(shop.people.revoked, stamp=None, unsigned=[noise])
    return shop.letter.sign(made).content


@case("WARN INDETERMINATE REJECTED", "CLAIMED_TIME_IN_FUTURE", "TIMESTAMP_IN_FUTURE")
def stamped_in_the_future(shop: Workshop) -> bytes:
    """The stamp tells a time that has not come."""
    return signed(shop, shop.people.leader, AT + timedelta(days=30))


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_with_a_date_that_is_none(shop: Workshop) -> bytes:
    """A claimed time that is no date must not keep anyone from asking about revocation."""
    return shop.letter.sign(shop.by(shop.people.revoked, stamp=None), M=b"(yesterday)").content
