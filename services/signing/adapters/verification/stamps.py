# mypy: allow-untyped-calls
"""Reading a time stamp (dấu thời gian, RFC 3161): what it stamps, when, and who says so."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from asn1crypto import cms
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    validate_sig_integrity,
)

from services.signing.adapters.pdf.opening import LIBRARY_FAILURES
from services.signing.adapters.trust.paths import Finding, check_authority
from services.signing.adapters.trust.revocation import Brought
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.trust.words import DIGESTS
from services.signing.adapters.verification.proofs import stamps_of
from services.signing.adapters.verification.report import Reason, SignatureReport, Weight
from services.signing.adapters.verification.signed import SignedObject
from services.signing.adapters.verification.timeline import Timeline

EARLIEST: Final = timedelta(minutes=15)
LATEST: Final = timedelta(hours=24)
ZONE: Final = timedelta(hours=7)
ANY_TIME: Final = timedelta(days=36_500)


@dataclass(frozen=True)
class Stamp:
    """The time a stamp tells and whether it is proven: intact, over this, by a trusted one."""

    at: datetime
    authority: str
    proven: bool
    found: Finding
    reasons: tuple[Reason, ...]


def check_stamp(
    token: cms.SignedData,
    covered: Callable[[str], bytes],
    trusted: TrustSet,
    at: datetime,
    brought: Brought,
) -> Stamp:
    """Judge a stamp over the digest that ``covered`` makes, seen from the instant ``at``.

    A stamp whose imprint is SHA-1 is told and not refused, while the Government's own still is; an
    older digest proves nothing.
    """
    intact, valid = token_integrity(token, covered)
    certificate = extract_certs_for_validation(token).signer_cert
    found = check_authority(certificate, trusted, at, brought)
    told = token["encap_content_info"]["content"].parsed
    stamped_at: datetime = told["gen_time"].native
    reasons = list(found.reasons)
    if not (intact and valid):
        reasons.append(Reason(code="TIMESTAMP_BROKEN"))
    if stamped_at > at + EARLIEST:
        reasons.append(Reason(code="TIMESTAMP_IN_FUTURE"))
    weak = _is_weak(token)
    if weak:
        reasons.append(Reason(code="TIMESTAMP_WEAK_DIGEST"))
    if told["message_imprint"]["hash_algorithm"]["algorithm"].native == "sha1":
        reasons.append(Reason(code="TIMESTAMP_IMPRINT_SHA1"))
    good = found.trust == "TRUSTED" and found.policy == "OK" and not weak
    return Stamp(
        at=stamped_at,
        authority=str(certificate.subject.native.get("common_name", "")),
        proven=intact and valid and good and stamped_at <= at + EARLIEST,
        found=found,
        reasons=tuple(map(_softened, reasons)),
    )


def ask_time(
    report: SignatureReport,
    signature: SignedObject,
    trusted: TrustSet,
    timeline: Timeline,
    brought: Brought,
) -> datetime | None:
    """The proven time, if a trusted time stamp proves one; fills the answer about time."""
    claimed = _claimed(report, signature)
    report.claimed_at = instant(claimed) if claimed else ""
    report.signed_at, report.time = report.claimed_at, "CLAIMED"
    own = _own_stamp(report, signature, trusted, timeline, brought)
    proven = own or timeline.stamped(report.revision)
    if proven is None:
        if claimed and claimed > timeline.at + EARLIEST:
            report.time = "CONTRADICTORY"
            report.reasons.append(Reason(code="CLAIMED_TIME_IN_FUTURE", weight="WARNING"))
        return None
    report.time, report.signed_at, report.proven_by = "PROVEN", instant(proven[0]), proven[1]
    if claimed:
        _compare(report, claimed, proven[0], LATEST if own else ANY_TIME)
    return proven[0]


def _claimed(report: SignatureReport, signature: SignedObject) -> datetime | None:
    try:
        claimed = signature.claimed_at
    except LIBRARY_FAILURES:
        report.reasons.append(Reason(code="CLAIMED_TIME_UNREADABLE", weight="WARNING"))
        return None
    return _aware(claimed) if claimed else None


def _own_stamp(
    report: SignatureReport,
    signature: SignedObject,
    trusted: TrustSet,
    timeline: Timeline,
    brought: Brought,
) -> tuple[datetime, str] | None:
    """The earliest time that a stamp over the signature's own value proves."""

    def value(algorithm: str) -> bytes:
        return hashlib.new(algorithm, signature.info["signature"].native).digest()

    found = []
    try:
        for token in stamps_of(signature):
            at = timeline.known_by(report.revision)
            stamp = check_stamp(token, value, trusted, at, brought)
            report.reasons += stamp.reasons
            found += [(stamp.at, stamp.authority)] if stamp.proven else []
    except LIBRARY_FAILURES as failure:
        data: dict[str, str | int | float] = {"error": type(failure).__name__}
        report.reasons.append(Reason(code="TIMESTAMP_UNREADABLE", weight="WARNING", data=data))
    return min(found, default=None)


def _compare(
    report: SignatureReport, claimed: datetime, proven: datetime, latest: timedelta
) -> None:
    """Claimed from 15 minutes after to 24 hours before the stamp is usual, more is told.

    A stamp over the document may come any time later.
    """
    ahead = claimed - proven
    if -latest <= ahead <= EARLIEST:
        return
    if abs(ahead) > LATEST:
        report.time = "CONTRADICTORY"
    weight: Weight = "WARNING" if report.time == "CONTRADICTORY" else "REMARK"
    data: dict[str, Any] = {"claimed_minus_proven_seconds": ahead.total_seconds()}
    report.reasons.append(Reason(code="CLAIMED_TIME_DIFFERS", weight=weight, data=data))
    if abs(ahead - ZONE) <= EARLIEST:
        report.reasons.append(Reason(code="CLAIMED_TIME_WITHOUT_ZONE", weight="REMARK"))


def instant(at: datetime) -> str:
    """An instant as reports write it: ISO 8601 in UTC; without a zone it is taken as UTC."""
    return _aware(at).astimezone(UTC).isoformat()


def token_integrity(token: cms.SignedData, expected: Callable[[str], bytes]) -> tuple[bool, bool]:
    """Whether the stamp is over what it should be, and whether its own signature is right."""
    info = extract_signer_info(token)
    certificate = extract_certs_for_validation(token).signer_cert
    content = token["encap_content_info"]["content"]
    digest = hashlib.new(info["digest_algorithm"]["algorithm"].native, bytes(content)).digest()
    intact, valid = validate_sig_integrity(info, certificate, "tst_info", digest)
    imprint = content.parsed["message_imprint"]
    wanted = expected(imprint["hash_algorithm"]["algorithm"].native)
    return intact and imprint["hashed_message"].native == wanted, valid


def _is_weak(token: cms.SignedData) -> bool:
    imprint = token["encap_content_info"]["content"].parsed["message_imprint"]
    over = imprint["hash_algorithm"]["algorithm"].native
    by = extract_signer_info(token)["digest_algorithm"]["algorithm"].native
    return by not in DIGESTS or over not in DIGESTS | {"sha1"}


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _softened(reason: Reason) -> Reason:
    """What is wrong with a stamp weakens the proof of time; it does not break the signature."""
    prefix = "" if reason.code.startswith("TIMESTAMP") else "TIMESTAMP_"
    weight: Weight = "REMARK" if reason.weight == "REMARK" else "WARNING"
    return Reason(code=prefix + reason.code, weight=weight, data=reason.data)
