"""The older encoding (adbe.pkcs7.detached) as the Government's own files carry it, and its kin.

No signing-certificate attribute, the signer's certificate alone inside, a claimed time among the
signed attributes, a stamp whose imprint is SHA-1, a container of 24,770 characters.
"""

from datetime import timedelta
from typing import Any

from asn1crypto import core, crl, pdf

from tests.signing.corpus.catalogue import Workshop, case
from tests.signing.corpus.container import Stamp, indefinite
from tests.signing.corpus.paper import Paper
from tests.signing.corpus.people import AT, REVOKED_AT, revocation_list

DETACHED = b"/adbe.pkcs7.detached"
ROOM = 24770 // 2


def official(
    shop: Workshop, *, imprint: str = "sha1", after: timedelta = timedelta(0), **other: Any
) -> bytes:
    """A file as the Government's portal signs it; the stamp comes ``after`` the claimed time."""
    paper = other.pop("paper", None) or shop.letter
    padding = other.pop("padding", b"")
    other.setdefault("claimed", AT - timedelta(days=1))
    other.setdefault("stamp", Stamp(shop.people.time, other["claimed"] + after, imprint))
    made = shop.by(attribute=False, **other)
    signed: Paper = paper.sign(made, room=ROOM, padding=padding, SubFilter=DETACHED)
    return signed.content


@case("WARN", "TIMESTAMP_IMPRINT_SHA1")
def prime_ministers_decision(shop: Workshop) -> bytes:
    """As the real decisions of 2024."""
    return official(shop, after=timedelta(minutes=1))


@case("WARN", "TIMESTAMP_IMPRINT_SHA1")
def stamped_before_the_claimed_time(shop: Workshop) -> bytes:
    """The stamp lies thirteen minutes before the claimed time."""
    return official(shop, after=-timedelta(minutes=13))


@case("WARN", "TIMESTAMP_IMPRINT_SHA1")
def stamped_six_hours_later(shop: Workshop) -> bytes:
    """The stamp lies over six hours after the claimed time."""
    return official(shop, after=timedelta(hours=6, minutes=10))


@case("WARN", "CLAIMED_TIME_DIFFERS")
def clock_wrong_by_seven_hours(shop: Workshop) -> bytes:
    """Local time written as UTC: seven hours after the stamp."""
    return official(shop, after=-timedelta(hours=7), imprint="sha1")


@case("WARN", "CLAIMED_TIME_DIFFERS")
def stamped_two_days_later(shop: Workshop) -> bytes:
    """More than a day lies between."""
    return official(shop, after=timedelta(days=2), imprint="sha256", claimed=AT - timedelta(days=5))


@case("WARN", "CLAIMED_TIME_DIFFERS")
def stamped_two_days_before(shop: Workshop) -> bytes:
    """The claimed time is two days after the stamp."""
    return official(shop, after=-timedelta(days=2), imprint="sha256")


@case("TRUSTED")
def modern_imprint(shop: Workshop) -> bytes:
    """The older encoding with nothing weak in it."""
    return official(shop, imprint="sha256")


@case("TRUSTED")
def without_stamp(shop: Workshop) -> bytes:
    """The claimed time alone."""
    return official(shop, stamp=None)


@case("WARN", "CONTAINER_PADDING_NOT_ZERO")
def random_padding(shop: Workshop) -> bytes:
    """What the tool left over in the container is not zeros."""
    return official(shop, imprint="sha256", padding=bytes(range(1, 250)) * 20)


@case("TRUSTED")
def indefinite_length(shop: Workshop) -> bytes:
    """The container is BER of indefinite length."""
    made = shop.by(attribute=False, claimed=AT, after=indefinite)
    return shop.letter.sign(made, room=ROOM, SubFilter=DETACHED).content


@case("TRUSTED")
def indefinite_length_in_pades(shop: Workshop) -> bytes:
    """The same in the newer encoding, which asks for DER: read all the same."""
    return shop.letter.sign(shop.by(after=indefinite)).content


@case("TRUSTED")
def revocation_inside(shop: Workshop) -> bytes:
    """The list travels in the signed attribute that Acrobat writes."""
    archive = pdf.RevocationInfoArchival({"crl": [crl.CertificateList.load(_list(shop))]})
    extra = [{"type": "adobe_revocation_info_archival", "values": [archive]}]
    return official(shop, imprint="sha256", attributes=lambda found: [*found, *extra])


def _list(shop: Workshop) -> bytes:
    return revocation_list(shop.people.issuing, [shop.people.revoked])


@case("WARN", "TIMESTAMP_IMPRINT_SHA1")
def with_certificate_attribute(shop: Workshop) -> bytes:
    """The older encoding that does bind the certificate."""
    stamp = Stamp(shop.people.time, AT, "sha1")
    made = shop.by(claimed=AT, stamp=stamp)
    return shop.letter.sign(made, room=ROOM, SubFilter=DETACHED).content


@case("REVOKED", "CERTIFICATE_REVOKED")
def revoked_and_stamped_afterwards(shop: Workshop) -> bytes:
    """The older encoding is no shelter from revocation."""
    stamp = Stamp(shop.people.time, REVOKED_AT + timedelta(days=3), "sha1")
    return official(shop, hand=shop.people.revoked, stamp=stamp)


@case("POLICY", "SIGNING_CERTIFICATE_ATTRIBUTE_MISSING")
def newer_encoding_without_attribute(shop: Workshop) -> bytes:
    """What calls itself PAdES must bind its certificate."""
    return shop.letter.sign(shop.by(attribute=False)).content


@case("POLICY WARN", "ENCODING_UNKNOWN", "WEAK_DIGEST")
def whole_digest_inside(shop: Workshop) -> bytes:
    """adbe.pkcs7.sha1: the container encloses a SHA-1 digest of the file."""
    made = shop.by(attribute=False, edit=_enclose)
    return shop.letter.sign(made, SubFilter=b"/adbe.pkcs7.sha1").content


def _enclose(signed: Any) -> Any:
    signed["encap_content_info"]["content"] = core.OctetString(b"\1" * 20)
    return signed
