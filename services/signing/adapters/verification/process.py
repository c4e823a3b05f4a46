"""Verification in a process of its own: whatever a file does to it, the answer is a report."""

import gc
import hashlib
from datetime import UTC, datetime

import msgspec

from services.kernel.child import CRASHED, Ended
from services.signing.adapters.appearance.text import TEXT_FIELDS
from services.signing.adapters.pdf.opening import Limits
from services.signing.adapters.trust.paths import acquaint
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.confinement import confined
from services.signing.adapters.verification.judging import judge
from services.signing.adapters.verification.report import Reason, VerificationReport


def verify(
    pdf: bytes, trusted: TrustSet, at: datetime, limits: Limits | None = None
) -> VerificationReport:
    """Verify a file of unknown origin; killed by a limit it is REJECTED with RESOURCE_LIMIT."""
    limits = limits or Limits()
    acquaint(trusted)
    answer = confined(lambda: msgspec.json.encode(judge(pdf, trusted, at, limits)), limits)
    if isinstance(answer, Ended):
        return stopped(pdf, trusted, at, answer)
    return msgspec.json.decode(answer, type=VerificationReport)


def stopped(pdf: bytes, trusted: TrustSet, at: datetime, ended: Ended) -> VerificationReport:
    """The report on a file whose verification gave no answer."""
    spent = {"status": ended.status, "cpu_seconds": ended.cpu_seconds}
    code = "VERIFIER_FAILED" if ended.status == CRASHED else "RESOURCE_LIMIT"
    return VerificationReport(
        verdict="REJECTED",
        sha256=hashlib.sha256(pdf).hexdigest(),
        verified_at=at.astimezone(UTC).isoformat(),
        trust_version=trusted.version,
        reasons=[Reason(code=code, data=dict(spent))],
    )


def warm() -> None:
    """Load once what every child would else load for itself; call it before the first `verify`."""
    TEXT_FIELDS.faces()
    gc.collect()
    gc.freeze()
