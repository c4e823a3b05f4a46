"""What verification says: plain data, the same as JSON, and the one verdict that follows from it.

Each signature answers six questions independently; its verdict is the worst answer by a fixed order
and the document takes its worst signature. Reasons are stable codes with data, never free text.
"""

from collections.abc import Iterable
from typing import Final, Literal

import msgspec
from msgspec import Struct

Integrity = Literal["INTACT", "BROKEN", "UNREADABLE"]
Coverage = Literal["WHOLE_FILE", "WHOLE_REVISION", "PARTIAL", "FORGED", "UNKNOWN"]
Changes = Literal[
    "NONE", "VALIDATION_DATA", "FURTHER_SIGNATURES", "PERMITTED", "NOT_PERMITTED", "UNKNOWN"
]
Trust = Literal["TRUSTED", "NO_PATH", "REVOKED", "EXPIRED", "NOT_YET_VALID", "UNKNOWN"]
Time = Literal["PROVEN", "CLAIMED", "CONTRADICTORY", "UNKNOWN"]
Policy = Literal["OK", "WEAK_ALGORITHM", "SHORT_KEY", "KEY_PURPOSE", "ENCODING", "UNKNOWN"]
Verdict = Literal[
    "REJECTED",
    "FORGED",
    "BROKEN",
    "MODIFIED",
    "REVOKED",
    "NOT_YET_VALID",
    "EXPIRED",
    "POLICY",
    "UNTRUSTED",
    "INDETERMINATE",
    "WARN",
    "TRUSTED",
    "UNSIGNED",
]
LegalValue = Literal["ORIGINAL", "SIGNED_ONLY", "SEALED", "INFORMATION_ONLY"]
Weight = Literal["FAILURE", "WARNING", "REMARK"]

PRECEDENCE: Final[tuple[Verdict, ...]] = (
    "REJECTED",
    "FORGED",
    "BROKEN",
    "MODIFIED",
    "REVOKED",
    "NOT_YET_VALID",
    "EXPIRED",
    "POLICY",
    "UNTRUSTED",
    "INDETERMINATE",
    "WARN",
    "TRUSTED",
    "UNSIGNED",
)
GOOD: Final = frozenset({"TRUSTED", "WARN"})
TAMPERED: Final = frozenset({"REJECTED", "FORGED", "BROKEN", "MODIFIED"})


class Reason(Struct, frozen=True, kw_only=True):
    """Why: a stable ``code``, how heavy it weighs, and what it is about."""

    code: str
    weight: Weight = "FAILURE"
    data: dict[str, str | int | float] = {}


class SignatureReport(Struct, kw_only=True):
    """What was found out about one signature.

    ``role``, ``holder`` and ``agency`` are our directory's words, ``signer``, ``organisation`` and
    ``post`` the certificate's.

    ``indication`` and ``subindication`` are those of ETSI EN 319 102-1. ``path`` leads from the
    signer's certificate to the anchor, as SHA-256 of the certificates.
    ``signed_at`` is the proven time, else the claimed one (ISO 8601, UTC); ``proven_by`` the name
    of the time stamping authority. ``revision`` counts the file's revisions from 0.
    """

    field: str
    kind: Literal["SIGNATURE", "DOCUMENT_TIMESTAMP"] = "SIGNATURE"
    revision: int = -1
    integrity: Integrity = "UNREADABLE"
    coverage: Coverage = "UNKNOWN"
    changes: Changes = "UNKNOWN"
    trust: Trust = "UNKNOWN"
    time: Time = "UNKNOWN"
    policy: Policy = "UNKNOWN"
    verdict: Verdict = "REJECTED"
    indication: str = ""
    subindication: str = ""
    role: Literal["person", "agency", ""] = ""
    holder: str = ""
    signer: str = ""
    organisation: str = ""
    post: str = ""
    agency: str = ""
    serial: str = ""
    fingerprint: str = ""
    claimed_at: str = ""
    signed_at: str = ""
    proven_by: str = ""
    path: list[str] = msgspec.field(default_factory=list)
    reasons: list[Reason] = msgspec.field(default_factory=list)


class VerificationReport(Struct, kw_only=True):
    """The whole answer about a file. ``legal_value`` follows regulation 4.4 item 8 (N30-5).

    ``policy`` names how strict it was; the indication is that of the worst signature.
    """

    verdict: Verdict
    policy: str = ""
    indication: str = ""
    subindication: str = ""
    legal_value: LegalValue = "INFORMATION_ONLY"
    sha256: str = ""
    verified_at: str = ""
    trust_version: str = ""
    signatures: list[SignatureReport] = msgspec.field(default_factory=list)
    reasons: list[Reason] = msgspec.field(default_factory=list)


def verdict_of(signature: SignatureReport) -> Verdict:
    """The verdict that follows from the six answers and the warnings of one signature."""
    found: list[Verdict] = ["TRUSTED"]
    if signature.integrity == "UNREADABLE":
        found.append("POLICY" if signature.policy == "ENCODING" else "REJECTED")
    if signature.coverage == "FORGED":
        found.append("FORGED")
    if signature.integrity == "BROKEN":
        found.append("BROKEN")
    if signature.coverage == "PARTIAL" or signature.changes == "NOT_PERMITTED":
        found.append("MODIFIED")
    found += _of_certificate(signature)
    if "UNKNOWN" in (signature.coverage, signature.changes, signature.time, signature.policy):
        found.append("INDETERMINATE")
    if signature.time == "CONTRADICTORY" or _warned(signature.reasons):
        found.append("WARN")
    return worst(found)


def verdict_of_document(signatures: list[SignatureReport], reasons: list[Reason]) -> Verdict:
    """The worst of the signatures' verdicts; WARN where the file warns.

    Without anybody's signature it is UNSIGNED, unless even its time stamps were tampered with.
    """
    found: list[Verdict] = [signature.verdict for signature in signatures]
    if all(signature.kind == "DOCUMENT_TIMESTAMP" for signature in signatures):
        return worst([*(one for one in found if one in TAMPERED), "UNSIGNED"])
    return worst([*found, "WARN"] if _warned(reasons) else found)


def legal_value_of(signatures: list[SignatureReport]) -> LegalValue:
    """What the pair of signatures is worth (regulation 4.4 item 8; N30-5, Q28-4).

    Any sign of tampering leaves a paper for information only; otherwise good signatures count.
    """
    if any(signature.verdict in TAMPERED for signature in signatures):
        return "INFORMATION_ONLY"
    roles = {signature.role for signature in signatures if signature.verdict in GOOD}
    if {"person", "agency"} <= roles:
        return "ORIGINAL"
    if "person" in roles:
        return "SIGNED_ONLY"
    return "SEALED" if "agency" in roles else "INFORMATION_ONLY"


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that comes first in the fixed precedence."""
    return min(verdicts, key=PRECEDENCE.index)


def _of_certificate(signature: SignatureReport) -> list[Verdict]:
    """What follows from trust and policy. Of a time stamp over the document it is a warning: it
    weakens the proof of time, and anybody may have it added."""
    found = [_of_trust(signature.trust)]
    if signature.policy not in ("OK", "UNKNOWN"):
        found.append("POLICY")
    stamp = signature.kind == "DOCUMENT_TIMESTAMP" and worst(found) != "TRUSTED"
    return ["WARN"] if stamp else found


def _of_trust(trust: Trust) -> Verdict:
    if trust == "NO_PATH":
        return "UNTRUSTED"
    return "INDETERMINATE" if trust == "UNKNOWN" else trust


def _warned(reasons: Iterable[Reason]) -> bool:
    return any(reason.weight == "WARNING" for reason in reasons)
