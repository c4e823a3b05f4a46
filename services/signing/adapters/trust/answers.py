# mypy: allow-untyped-calls
"""Answers about single certificates (OCSP, RFC 6960): who gave one, and what it says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import ocsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose
from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator

from services.signing.adapters.pdf.opening import LIBRARY_FAILURES
from services.signing.adapters.trust.lists import value
from services.signing.adapters.trust.words import DIGESTS, Word

StillGood = Callable[[asn1.Certificate, datetime], bool]


@dataclass(eq=False)
class RevocationAnswer:
    """One signed answer; ``proven_at`` is when it is proven to have existed, none if at hand."""

    basic: ocsp.BasicOCSPResponse
    proven_at: datetime | None = None

    def words_on(
        self, certificate: asn1.Certificate, issuer: asn1.Certificate, is_good: StillGood
    ) -> Iterator[Word]:
        """What it says of the certificate, if its issuer or a responder of the issuer signed it.

        ``is_good`` tells whether a responder that must be asked about was not revoked itself.
        """
        said = [one for one in self._told if _is_about(one["cert_id"], certificate, issuer)]
        if said and self._is_by_one_of(issuer, is_good):
            yield from map(_word, said)

    @property
    def _told(self) -> Any:
        return self.basic["tbs_response_data"]["responses"]

    def _is_by_one_of(self, issuer: asn1.Certificate, is_good: StillGood) -> bool:
        at = self.basic["tbs_response_data"]["produced_at"].native
        brought = list(self.basic["certs"] or ())
        by = [one for one in (issuer, *brought) if self._names(one)]
        return any(
            (one.dump() == issuer.dump() or _is_responder(one, issuer, at, is_good))
            and self._is_signed_by(one)
            for one in by
        )

    def _names(self, certificate: asn1.Certificate) -> bool:
        named = self.basic["tbs_response_data"]["responder_id"]
        if named.name == "by_key":
            return bool(named.native == certificate.public_key.sha1)
        return bool(named.chosen == certificate.subject)

    def _is_signed_by(self, certificate: asn1.Certificate) -> bool:
        algorithm = self.basic["signature_algorithm"]
        if algorithm.signature_algo != "ed25519" and algorithm.hash_algo not in DIGESTS:
            return False
        try:
            DefaultSignatureValidator().validate_signature(
                self.basic["signature"].native,
                self.basic["tbs_response_data"].dump(),
                certificate.public_key,
                algorithm,
            )
        except InvalidSignature:
            return False
        return True


def read_answer(der: bytes, proven_at: datetime | None = None) -> RevocationAnswer | None:
    """A successful answer in DER; nothing if it is none or cannot be read."""
    try:
        response = ocsp.OCSPResponse.load(der)
        if response["response_status"].native != "successful":
            return None
        basic = response["response_bytes"]["response"].parsed
        basic.native  # noqa: B018
        return RevocationAnswer(basic, proven_at)
    except LIBRARY_FAILURES:
        return None


def _is_about(named: Any, certificate: asn1.Certificate, issuer: asn1.Certificate) -> bool:
    digest = named["hash_algorithm"]["algorithm"].native
    if digest not in ("sha1", "sha256") or named["serial_number"].native != (
        certificate.serial_number
    ):
        return False
    by_name = named["issuer_name_hash"].native == getattr(certificate.issuer, digest)
    return bool(by_name and named["issuer_key_hash"].native == getattr(issuer.public_key, digest))


def _is_responder(
    one: asn1.Certificate, issuer: asn1.Certificate, at: datetime, is_good: StillGood
) -> bool:
    """Whether the issuer itself made it a responder, for the instant of the answer."""
    read = x509.load_der_x509_certificate(one.dump())
    purposes = value(read, x509.ExtendedKeyUsage)
    if purposes is None or Purpose.OCSP_SIGNING not in purposes:
        return False
    if not read.not_valid_before_utc <= at <= read.not_valid_after_utc:
        return False
    try:
        read.verify_directly_issued_by(x509.load_der_x509_certificate(issuer.dump()))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return value(read, x509.OCSPNoCheck) is not None or is_good(one, at)


def _word(told: Any) -> Word:
    good = told["cert_status"].name == "good"
    revoked = told["cert_status"].chosen if told["cert_status"].name == "revoked" else None
    return Word(
        said_at=told["this_update"].native,
        holds_until=told["next_update"].native,
        complete=good or revoked is not None,
        revoked_at=revoked["revocation_time"].native if revoked is not None else None,
        on_hold=revoked is not None and revoked["revocation_reason"].native == "certificate_hold",
        reaches_back=True,
    )
