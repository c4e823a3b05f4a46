# mypy: allow-untyped-calls
"""How long a good file goes on proving itself, and by which level of its signatures.

A time stamp proves what stands before it until its own authority's certificates end; what a file
carries for later (B-LT) spares asking about the signer once his certificate has ended.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Protocol

from asn1crypto import cms, x509
from msgspec import Struct
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation.dss import DocumentSecurityStore

from contracts.values import SignatureLevel
from services.signing.adapters.pdf.objects import entry
from services.signing.adapters.pdf.opening import Limits, open_pdf
from services.signing.adapters.trust.standing import standing
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.coverage import signature_fields
from services.signing.adapters.verification.proofs import token_of
from services.signing.adapters.verification.signed import SignedObject, read_signed


class Lasting(Struct, frozen=True):
    """The level all signatures of a file reach, and the instant its proof ends."""

    level: SignatureLevel
    until: datetime


class Found(Protocol):
    """What verification tells of a signature, as far as it matters here."""

    @property
    def field(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def revision(self) -> int: ...


def lasting(
    pdf: bytes, signatures: Iterable[Found], trusted: TrustSet, at: datetime
) -> Lasting | None:
    """Read off a file that verification found good; nothing for one without signatures."""
    reader: Any = open_pdf(pdf, Limits()).reader
    fields = signature_fields(reader)
    read = [(one, read_signed(fields[one.field])) for one in signatures]
    stamps = [pair for pair in read if pair[0].kind == "DOCUMENT_TIMESTAMP"]
    signed = [pair for pair in read if pair[0].kind == "SIGNATURE"]
    if not signed:
        return None
    carried = all(has_proof(reader, signature) for _, signature in signed)
    latest = max(stamps, key=lambda pair: pair[0].revision, default=None)
    sealed = latest is not None and all(
        has_proof(reader.get_historical_resolver(latest[0].revision), signature)
        for _, signature in signed
    )
    ends = [_end(one, signature, stamps, carried, trusted, at) for one, signature in signed]
    proven = all(stamped for _, stamped in ends)
    return Lasting(_level(proven, carried, sealed), min(end for end, _ in ends))


def _level(proven: bool, carried: bool, sealed: bool) -> SignatureLevel:
    if not proven:
        return SignatureLevel.B_B
    if not carried:
        return SignatureLevel.B_T
    return SignatureLevel.B_LTA if sealed else SignatureLevel.B_LT


def _end(
    report: Found,
    signature: SignedObject,
    stamps: Iterable[tuple[Found, SignedObject]],
    carried: bool,
    trusted: TrustSet,
    at: datetime,
) -> tuple[datetime, bool]:
    """When the proof of one signature ends, and whether a stamp proves its time."""
    over = [stamp.signed for one, stamp in stamps if one.revision > report.revision]
    own = token_of(signature)
    tokens = [*over, own] if own is not None else over
    signer = _until(signature.certificate, signature.others, False, trusted, at)
    ends = [_token_end(token, trusted, at) for token in tokens]
    if not ends:
        return signer, False
    return (max(ends) if carried else min(signer, max(ends))), True


def _token_end(token: cms.SignedData, trusted: TrustSet, at: datetime) -> datetime:
    inside = extract_certificate_info(token)
    return _until(inside.signer_cert, inside.other_certs, True, trusted, at)


def _until(
    certificate: x509.Certificate,
    others: Iterable[x509.Certificate],
    stamps: bool,
    trusted: TrustSet,
    at: datetime,
) -> datetime:
    anchors = trusted.timestamp_anchors if stamps else trusted.signer_anchors
    found = standing(certificate, anchors, list(others), trusted, at)
    until: datetime = found.until if found else certificate.not_valid_after
    return until.astimezone(UTC)


def has_proof(file: Any, signature: SignedObject) -> bool:
    """Whether a file, or one of its revisions, carries what proves this signature later (VRI)."""
    known = entry(entry(file.root, "/DSS", {}), "/VRI", {})
    return str(DocumentSecurityStore.sig_content_identifier(contents_of(signature))) in known


def contents_of(signature: SignedObject) -> bytes:
    """The signature's container as it is written in the file, padding and all."""
    return signature.container.hex().encode("ascii")
