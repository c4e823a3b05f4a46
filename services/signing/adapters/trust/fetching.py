# mypy: allow-untyped-calls
"""Revocation fetched from an operator's address, believed under its authority's signature only."""

from datetime import datetime
from typing import Final

from asn1crypto import pem
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from msgspec import Struct

from services.signing.adapters.network.web import NoAnswer, Web
from services.signing.adapters.trust.answers import read_answer
from services.signing.adapters.trust.lists import read_list

LIST_SECONDS: Final = 20.0
MOST_BYTES: Final = 32 * 1024 * 1024
ANSWER_SECONDS: Final = 5.0
MOST_ANSWER_BYTES: Final = 64 * 1024
ASKED: Final = "application/ocsp-request"
ANSWERED: Final = "application/ocsp-response"


class Fetched(Struct, frozen=True):
    """A list or an answer in DER, when it was made and until when it holds."""

    der: bytes
    issued_at: datetime
    valid_until: datetime


def fetch_list(url: str, issuer: bytes, now: datetime, web: Web | None = None) -> Fetched:
    """The list of an authority (its certificate in DER), or `NoAnswer` with a code."""
    got = (web or Web(LIST_SECONDS, MOST_BYTES)).get(url)
    try:
        got = pem.unarmor(got)[2] if pem.detect(got) else got
    except ValueError as broken:
        raise NoAnswer("NOT_A_LIST") from broken
    read = read_list(got)
    if read is None:
        raise NoAnswer("NOT_A_LIST")
    if not read.is_by(x509.load_der_x509_certificate(issuer)):
        raise NoAnswer("NOT_ITS_LIST")
    until = read.crl.next_update_utc
    if until is None or until < now:
        raise NoAnswer("OUT_OF_DATE")
    return Fetched(got, read.crl.last_update_utc, until)


def fetch_answer(
    url: str, certificate: bytes, issuer: bytes, now: datetime, web: Web | None = None
) -> Fetched:
    """An answer about one certificate of an authority (both DER), or `NoAnswer` with a code."""
    about, by = (x509.load_der_x509_certificate(der) for der in (certificate, issuer))
    asked = ocsp.OCSPRequestBuilder().add_certificate(about, by, hashes.SHA1()).build()
    web = web or Web(ANSWER_SECONDS, MOST_ANSWER_BYTES)
    got = web.post(url, asked.public_bytes(Encoding.DER), ASKED, ANSWERED)
    read = read_answer(got)
    if read is None:
        raise NoAnswer("NOT_AN_ANSWER")
    of, its = (asn1.Certificate.load(der) for der in (certificate, issuer))
    words = list(read.words_on(of, its, lambda *_: True))
    if not words:
        raise NoAnswer("NOT_ITS_ANSWER")
    until = words[0].holds_until
    if until is None or until < now:
        raise NoAnswer("OUT_OF_DATE")
    return Fetched(got, words[0].said_at, until)
