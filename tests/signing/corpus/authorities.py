"""Authorities and their revocation lists, wrong in one way each: no list proves what it cannot.

The lists travel in the file's own security store, beside whatever the judge has at hand.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from infra.local.certificates import Extensions, for_authority, for_signing
from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.container import Stamp
from tests.signing.corpus.longterm import UNKNOWN, answer, store
from tests.signing.corpus.people import AT, REVOKED_AT, YEARS, Hand, revocation_list, usage

NOT_KNOWN = "INDETERMINATE UNTRUSTED"
REASONS = (UNKNOWN, "NO_PATH_TO_ANCHOR")
Named = tuple[x509.Certificate, x509.CRLReason | None]


def listing(
    issuer: Hand,
    revoked: Hand | None = None,
    reason: x509.ReasonFlags | None = None,
    extensions: Extensions = [],  # noqa: B006
    at: datetime = AT,
) -> bytes:
    """A list with extensions of its own, that may name one holder with a reason."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
    builder = builder.last_update(at - timedelta(days=1)).next_update(at + timedelta(days=30))
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    for extension, critical in [(identifier, False), (x509.CRLNumber(3), False), *extensions]:
        builder = builder.add_extension(extension, critical)
    if revoked:
        entry = x509.RevokedCertificateBuilder().revocation_date(REVOKED_AT)
        entry = entry.serial_number(revoked.certificate.serial_number)
        if reason:
            entry = entry.add_extension(x509.CRLReason(reason), False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def scope(**other: bool) -> Extensions:
    """What a list is about (issuing distribution point)."""
    flags = {"only_contains_user_certs": False, "only_contains_ca_certs": False}
    flags |= {"indirect_crl": False, "only_contains_attribute_certs": False} | other
    reasons = flags.pop("only_some_reasons", None)
    some = frozenset([x509.ReasonFlags.superseded]) if reasons else None
    point = x509.IssuingDistributionPoint(None, None, only_some_reasons=some, **flags)
    return [(point, True)]


def with_list(shop: Workshop, made: bytes, hand: Hand | None = None) -> bytes:
    """Signed by a holder whose only list is this one, in the file."""
    paper = shop.letter.sign(shop.by(hand or shop.people.unlisted))
    return store(paper, lists=[made]).content


@case("INDETERMINATE", UNKNOWN)
def list_for_authorities_only(shop: Workshop) -> bytes:
    """The list is about authorities, not about holders."""
    made = listing(shop.people.silent, extensions=scope(only_contains_ca_certs=True))
    return with_list(shop, made)


@case("INDETERMINATE", UNKNOWN)
def list_of_some_reasons(shop: Workshop) -> bytes:
    """The list knows one reason of several."""
    made = listing(shop.people.silent, extensions=scope(only_some_reasons=True))
    return with_list(shop, made)


@case("INDETERMINATE", UNKNOWN)
def list_with_an_unknown_condition(shop: Workshop) -> bytes:
    """The list insists on something nobody understands."""
    strange = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.2"), b"\5\0")
    return with_list(shop, listing(shop.people.silent, extensions=[(strange, True)]))


@case("INDETERMINATE", UNKNOWN)
def list_of_changes_only(shop: Workshop) -> bytes:
    """A list of what changed since another list that is not there."""
    made = listing(shop.people.silent, extensions=[(x509.DeltaCRLIndicator(2), True)])
    return with_list(shop, made)


@case("TRUSTED INDETERMINATE", UNKNOWN)
def list_of_next_month(shop: Workshop) -> bytes:
    """A list that begins after the instant asked about says as much of it as a later one can."""
    return with_list(shop, listing(shop.people.silent, at=AT + timedelta(days=30)))


@case("INDETERMINATE", UNKNOWN)
def list_by_a_holder(shop: Workshop) -> bytes:
    """A holder of the same authority signs the list in her name."""
    people = shop.people
    holder = people.issue("Người khác", people.silent)
    return with_list(shop, listing(Hand(holder.key, people.silent.certificate)))


@case("INDETERMINATE", UNKNOWN)
def list_by_a_holder_in_his_own_name(shop: Workshop) -> bytes:
    """A holder of the same authority publishes a list of his own."""
    people = shop.people
    holder = people.issue("Người khác", people.silent)
    paper = shop.letter.sign(shop.by(people.unlisted))
    return store(paper, lists=[listing(holder)], bundle=[holder.der]).content


@case("INDETERMINATE", UNKNOWN)
def list_of_a_sister_in_the_store(shop: Workshop) -> bytes:
    """A sister authority's good list says nothing of ours."""
    return with_list(shop, revocation_list(shop.people.weak))


@case("INDETERMINATE", UNKNOWN)
def list_cut_short(shop: Workshop) -> bytes:
    """The list ends in its middle."""
    return with_list(shop, listing(shop.people.silent)[:-40])


def under(shop: Workshop, title: str, powers: Extensions, **other: object) -> bytes:
    """Signed by a holder under an authority with these powers; issuer and list are in the file."""
    people = shop.people
    middle = people.authority(title, powers, **other)
    hand = people.issue("X", middle)
    paper = shop.letter.sign(shop.by(hand, certificates=[hand, middle]))
    return store(paper, lists=[revocation_list(middle)], bundle=[middle.der]).content


@case(NOT_KNOWN + " EXPIRED", *REASONS, "CERTIFICATE_EXPIRED")
def authority_expired(shop: Workshop) -> bytes:
    """The issuing authority expired before the signature."""
    years = (YEARS[0], datetime(2025, 1, 1, tzinfo=UTC))
    return under(shop, "CA hết hạn", for_authority(0), years=years)


@case(NOT_KNOWN, *REASONS)
def authority_that_is_none(shop: Workshop) -> bytes:
    """The issuer's certificate does not say that it is an authority's."""
    return under(shop, "CA không quyền", for_signing())


@case(NOT_KNOWN, *REASONS)
def authority_without_power_to_issue(shop: Workshop) -> bytes:
    """An authority whose key may not sign certificates."""
    ca = (x509.BasicConstraints(ca=True, path_length=0), True)
    return under(shop, "CA không được cấp", [ca, *usage("digital_signature")[1:]])


@case(NOT_KNOWN, *REASONS)
def authority_for_other_names(shop: Workshop) -> bytes:
    """An authority that may issue to another organisation's people only."""
    other = x509.Name([x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "FR")])
    names = x509.NameConstraints([x509.DirectoryName(other)], None)
    return under(shop, "CA tên khác", [*for_authority(0), (names, True)])


@case("INDETERMINATE REVOKED UNTRUSTED", *REASONS, "CERTIFICATE_REVOKED")
def authority_revoked_by_the_answer(shop: Workshop) -> bytes:
    """The root's answer in the file says that the authority was revoked."""
    people = shop.people
    hand = people.issue("X", people.silent)
    paper = shop.letter.sign(shop.by(hand, stamp=Stamp(people.time)))
    lists = [revocation_list(people.silent), listing(people.root, people.silent)]
    told = answer(people.silent, people.root, people.root, good=False)
    return store(paper, lists=lists, responses=[told]).content


@case("TRUSTED")
def list_for_holders_only(shop: Workshop) -> bytes:
    """The list is about holders."""
    made = listing(shop.people.silent, extensions=scope(only_contains_user_certs=True))
    return with_list(shop, made)


@case("REVOKED", "CERTIFICATE_REVOKED")
def on_hold(shop: Workshop) -> bytes:
    """The certificate was put on hold before it signed."""
    hold = x509.ReasonFlags.certificate_hold
    return with_list(shop, listing(shop.people.silent, shop.people.unlisted, hold))


@case("REVOKED", "CERTIFICATE_REVOKED")
def key_compromised(shop: Workshop) -> bytes:
    """The key was known to be stolen before it signed."""
    stolen = x509.ReasonFlags.key_compromise
    return with_list(shop, listing(shop.people.silent, shop.people.unlisted, stolen))
