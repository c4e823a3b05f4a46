# mypy: allow-untyped-calls
"""Reading a time stamp (dấu thời gian, RFC 3161): what it stamps, when, and who says so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from asn1crypto import cms
from cryptography.hazmat.primitives import hashes
from pyhanko.sign.general import (
    extract_certificate_info,
    extract_signer_info,
    find_cms_attribute_iter,
)
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from services.signing.adapters.trust.paths import check_authority
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.report import Reason, SignatureReport

EARLIEST: Final = timedelta(minutes=15)
LATEST: Final = timedelta(hours=24)


@dataclass(frozen=True)
class Stamp:
    """The time a stamp tells and whether it is proven: intact, over this, by a trusted one."""

    at: datetime
    authority: str
    proven: bool
    reasons: tuple[Reason, ...]


def check_stamp(
    token: cms.SignedData,
    signed: cms.SignerInfo,
    trusted: TrustSet,
    at: datetime,
    covered: Callable[[str], bytes] | None = None,
) -> Stamp:
    """Judge a stamp over the value of ``signed``, or over the file's digest that ``covered`` makes.

    A stamp whose imprint is SHA-1 is told and not refused, while the Government's own still is.
    """

    def value(algorithm: str) -> bytes:
        return _digest(algorithm, signed["signature"].native)

    intact, valid = token_integrity(token, covered or value)
    certificate = extract_certificate_info(token).signer_cert
    found = check_authority(certificate, trusted, at)
    content = token["encap_content_info"]["content"].parsed
    reasons = list(found.reasons)
    if not (intact and valid):
        reasons.append(Reason(code="TIMESTAMP_BROKEN"))
    if content["message_imprint"]["hash_algorithm"]["algorithm"].native == "sha1":
        reasons.append(Reason(code="TIMESTAMP_IMPRINT_SHA1"))
    return Stamp(
        at=content["gen_time"].native,
        authority=str(certificate.subject.native.get("common_name", "")),
        proven=intact and valid and found.trust == "TRUSTED" and found.policy == "OK",
        reasons=tuple(_softened(reason) for reason in reasons),
    )


def ask_time(
    report: SignatureReport, signature: EmbeddedPdfSignature, trusted: TrustSet, at: datetime
) -> datetime | None:
    """The proven time, if a trusted time stamp proves one; fills the answer about time."""
    claimed = signature.self_reported_timestamp
    report.claimed_at = instant(claimed) if claimed else ""
    report.signed_at, report.time = report.claimed_at, "CLAIMED"
    token = token_of(report, signature)
    if token is None:
        if claimed and claimed > at + EARLIEST:
            report.time = "CONTRADICTORY"
            report.reasons.append(Reason(code="CLAIMED_TIME_IN_FUTURE", weight="WARNING"))
        return None
    covered = signature.compute_digest if report.kind == "DOCUMENT_TIMESTAMP" else None
    stamp = check_stamp(token, signature.signer_info, trusted, at, covered)
    report.reasons += stamp.reasons
    if not stamp.proven:
        return None
    report.time, report.signed_at, report.proven_by = "PROVEN", instant(stamp.at), stamp.authority
    if claimed:
        _compare(report, claimed, stamp.at)
    return stamp.at


def token_of(report: SignatureReport, signature: EmbeddedPdfSignature) -> cms.SignedData | None:
    """The stamp over a signature's value, or the stamp that a document stamp is."""
    if report.kind == "DOCUMENT_TIMESTAMP":
        return signature.signed_data
    attributes = signature.signer_info["unsigned_attrs"]
    tokens = find_cms_attribute_iter(attributes, "signature_time_stamp_token")
    return next((token["content"] for token in tokens), None)


def _compare(report: SignatureReport, claimed: datetime, proven: datetime) -> None:
    """Claimed from 15 minutes after to 24 hours before the stamp is usual, more is told."""
    ahead = claimed - proven
    if ahead > LATEST or -ahead > LATEST:
        report.time = "CONTRADICTORY"
    elif ahead <= EARLIEST:
        return
    weight: Any = "WARNING" if report.time == "CONTRADICTORY" else "REMARK"
    data: dict[str, Any] = {"claimed_minus_proven_seconds": ahead.total_seconds()}
    report.reasons.append(Reason(code="CLAIMED_TIME_DIFFERS", weight=weight, data=data))


def instant(at: datetime) -> str:
    """An instant as reports write it: ISO 8601 in UTC; without a zone it is taken as UTC."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def token_integrity(token: cms.SignedData, expected: Callable[[str], bytes]) -> tuple[bool, bool]:
    """Whether the stamp is over what it should be, and whether its own signature is right."""
    info = extract_signer_info(token)
    certificate = extract_certificate_info(token).signer_cert
    content = token["encap_content_info"]["content"]
    algorithm = info["digest_algorithm"]["algorithm"].native
    intact, valid = validate_sig_integrity(
        info, certificate, "tst_info", _digest(algorithm, bytes(content))
    )
    imprint = content.parsed["message_imprint"]
    wanted = expected(imprint["hash_algorithm"]["algorithm"].native)
    return intact and imprint["hashed_message"].native == wanted, valid


def _digest(algorithm: str, content: bytes) -> bytes:
    digest: Any = hashes.Hash(get_pyca_cryptography_hash(algorithm))
    digest.update(content)
    made: bytes = digest.finalize()
    return made


def _softened(reason: Reason) -> Reason:
    """What is wrong with a stamp weakens the proof of time; it does not break the signature."""
    prefix = "" if reason.code.startswith("TIMESTAMP") else "TIMESTAMP_"
    return Reason(code=prefix + reason.code, weight="WARNING", data=reason.data)
