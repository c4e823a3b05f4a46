# mypy: allow-untyped-calls
"""Whom we trust, as data, and whether a certificate leads there at a given instant.

Anchors are explicit and separate for signers and for time stamps; issuing authorities come from a
pinned bundle and revocation from the lists at hand: nothing is ever fetched from an address that a
file names. Who a certificate belongs to is told by our directory, not by the name written in it.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from asn1crypto import x509
from pyhanko_certvalidator import errors as failures

from services.signing.adapters.pdf.opening import LIBRARY_FAILURES
from services.signing.adapters.trust.answers import RevocationAnswer, read_answer
from services.signing.adapters.trust.building import paths
from services.signing.adapters.trust.lists import RevocationList, read_list
from services.signing.adapters.trust.revocation import NOTHING, Brought, Path, Proofs
from services.signing.adapters.trust.trusted import Holder, TrustSet
from services.signing.adapters.verification.report import Policy, Reason, Trust

SIGNING_PURPOSES: Final = frozenset(
    {
        "client_auth",
        "email_protection",
        "any_extended_key_usage",
        "1.3.6.1.5.5.7.3.36",
        "microsoft_document_signing",
    }
)
CURVES: Final = frozenset({"secp256r1", "secp384r1", "secp521r1"})
SHORTEST_RSA: Final = 2048
BEST_LAST: Final[list[Trust]] = [
    "NO_PATH",
    "NOT_YET_VALID",
    "EXPIRED",
    "REVOKED",
    "UNKNOWN",
    "TRUSTED",
]


@dataclass(frozen=True)
class Finding:
    """An answer about a certificate: trust, whether algorithms and purpose fit, and why not.

    ``path`` leads from it to the anchor, as SHA-256 of the certificates.
    """

    trust: Trust
    policy: Policy = "OK"
    reasons: tuple[Reason, ...] = ()
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Parsed:
    signer_anchors: tuple[x509.Certificate, ...]
    timestamp_anchors: tuple[x509.Certificate, ...]
    intermediates: tuple[x509.Certificate, ...]
    lists: tuple[RevocationList, ...]
    answers: tuple[RevocationAnswer, ...]
    holders: dict[str, Holder]


@lru_cache(maxsize=16)
def acquaint(trust: TrustSet) -> None:
    """Read what we trust in this process, so that each child that is forked from it need not."""
    for authority in _parsed(trust).intermediates:
        with suppress(*LIBRARY_FAILURES):
            check_signer(authority, trust, authority.not_valid_before)


def holder_of(certificate: x509.Certificate, trust: TrustSet) -> Holder | None:
    """Who our directory says holds the certificate, if anyone."""
    return _parsed(trust).holders.get(certificate.sha256.hex())


def check_signer(
    certificate: x509.Certificate, trust: TrustSet, at: datetime, brought: Brought = NOTHING
) -> Finding:
    """Whether the certificate could sign documents at ``at``: path, revocation, purpose, key.

    What a file brings along may complete a path to one of our anchors, never be one.
    """
    found = _judged(certificate, _parsed(trust).signer_anchors, trust, at, brought)
    weak = key_policy(certificate) or purpose_policy(certificate)
    return _with(found, weak, f"CERTIFICATE_{weak}")


def check_authority(
    certificate: x509.Certificate, trust: TrustSet, at: datetime, brought: Brought = NOTHING
) -> Finding:
    """Whether the certificate could stamp time at ``at``."""
    found = _judged(certificate, _parsed(trust).timestamp_anchors, trust, at, brought)
    weak = key_policy(certificate)
    found = _with(found, weak, f"CERTIFICATE_{weak}")
    usage = certificate.extended_key_usage_value
    stamps = usage is not None and "time_stamping" in usage.native
    return found if stamps else _with(found, "KEY_PURPOSE", "TIMESTAMP_KEY_PURPOSE")


def unproven(certificate: bytes, trust: TrustSet, at: datetime) -> tuple[str, ...]:
    """The path of a signer's certificate (DER) if nothing at hand speaks of its revocation."""
    found = check_signer(x509.Certificate.load(certificate), trust, at)
    silent = any(reason.code == "REVOCATION_UNKNOWN" for reason in found.reasons)
    return found.path if silent else ()


def _with(found: Finding, weak: Policy | None, code: str) -> Finding:
    """The finding with one more fault of the certificate itself, where there is one."""
    if weak is None or found.policy != "OK":
        return found
    return replace(found, policy=weak, reasons=(*found.reasons, Reason(code=code)))


def key_policy(certificate: x509.Certificate) -> Policy | None:
    """What is wrong with the kind or the length of the key, if anything."""
    key = certificate.public_key
    if key.algorithm == "ec":
        return None if key.curve[1] in CURVES else "WEAK_ALGORITHM"
    if key.algorithm == "ed25519":
        return None
    if key.algorithm not in ("rsa", "rsassa_pss"):
        return "WEAK_ALGORITHM"
    return None if key.bit_size >= SHORTEST_RSA else "SHORT_KEY"


def purpose_policy(certificate: x509.Certificate) -> Policy | None:
    """Signing that cannot be denied must be allowed, and extended purposes, if any, must fit."""
    usage = certificate.key_usage_value
    if usage is None or "non_repudiation" not in usage.native:
        return "KEY_PURPOSE"
    extended = certificate.extended_key_usage_value
    if extended is not None and not SIGNING_PURPOSES & set(extended.native):
        return "KEY_PURPOSE"
    return None


def _judged(
    certificate: x509.Certificate,
    anchors: tuple[x509.Certificate, ...],
    trust: TrustSet,
    at: datetime,
    brought: Brought,
) -> Finding:
    """The best that any path to an anchor gives."""
    known = _parsed(trust)
    others = [*known.intermediates, *brought.certificates]
    proofs = Proofs(
        known.lists + brought.lists, known.answers + brought.answers, anchors, known.intermediates
    )
    found = [
        _of_failure(way) if isinstance(way, Exception) else _of_path(way, proofs, at)
        for way in paths(certificate, anchors, others, at)
    ]
    best = max(found, key=lambda one: BEST_LAST.index(one.trust))
    if best.trust == "EXPIRED" and certificate.not_valid_after < at:
        in_time = paths(certificate, anchors, others, certificate.not_valid_after)
        return _revoked_besides(in_time, proofs, at) or best
    return best


def _of_path(way: Path, proofs: Proofs, at: datetime) -> Finding:
    weak = {policy for policy in map(key_policy, way[:-1]) if policy}
    if weak:
        return Finding("NO_PATH", weak.pop(), (Reason(code="CHAIN_WEAK_ALGORITHM"),))
    if len(way) == 1 and not way[0].not_valid_before <= at <= way[0].not_valid_after:
        return _of_own_time(way[0], at)
    trust, reasons = proofs.status_of_path(way, at)
    return Finding(trust, reasons=reasons, path=tuple(one.sha256.hex() for one in reversed(way)))


def _of_own_time(anchor: x509.Certificate, at: datetime) -> Finding:
    """An anchor that signs itself is outside its time; of others the library tells it."""
    if at < anchor.not_valid_before:
        since = anchor.not_valid_before.isoformat()
        return _found("NOT_YET_VALID", "CERTIFICATE_NOT_YET_VALID", valid_from=since)
    until = anchor.not_valid_after.isoformat()
    return _found("EXPIRED", "CERTIFICATE_EXPIRED", expired_at=until)


def _revoked_besides(
    ways: Iterator[Path | Exception], proofs: Proofs, at: datetime
) -> Finding | None:
    """A certificate out of its time that was revoked as well is told as revoked."""
    for way in ways:
        if not isinstance(way, Exception):
            trust, reasons = proofs.status(way, at)
            if trust == "REVOKED":
                return Finding(trust, reasons=reasons)
    return None


def _of_failure(failure: Exception) -> Finding:
    if isinstance(failure, failures.ExpiredError):
        return _found("EXPIRED", "CERTIFICATE_EXPIRED", expired_at=failure.expired_dt.isoformat())
    if isinstance(failure, failures.NotYetValidError):
        since = failure.valid_from.isoformat()
        return _found("NOT_YET_VALID", "CERTIFICATE_NOT_YET_VALID", valid_from=since)
    if isinstance(failure, failures.DisallowedAlgorithmError):
        return Finding("NO_PATH", "WEAK_ALGORITHM", (Reason(code="CHAIN_WEAK_ALGORITHM"),))
    return _found("NO_PATH", "NO_PATH_TO_ANCHOR", error=type(failure).__name__)


def _found(trust: Trust, code: str, **data: str | int | float) -> Finding:
    return Finding(trust, reasons=(Reason(code=code, data=data),))


@lru_cache(maxsize=16)
def _parsed(trust: TrustSet) -> _Parsed:
    return _Parsed(
        _loaded(trust.signer_anchors),
        _loaded(trust.timestamp_anchors),
        _loaded(trust.intermediates),
        tuple(filter(None, map(read_list, trust.revocation_lists))),
        tuple(filter(None, map(read_answer, trust.revocation_answers))),
        {holder.fingerprint: holder for holder in trust.holders},
    )


def _loaded(ders: tuple[bytes, ...]) -> tuple[x509.Certificate, ...]:
    return tuple(x509.Certificate.load(der) for der in ders)
