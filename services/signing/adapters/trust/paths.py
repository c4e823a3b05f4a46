# mypy: allow-untyped-calls
"""Whom we trust, as data, and whether a certificate leads there at a given instant.

Anchors are explicit and separate for signers and for time stamps; issuing authorities come from a
pinned bundle and revocation from the lists at hand: nothing is ever fetched from an address that a
file names. Who a certificate belongs to is told by our directory, not by the name written in it.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from asn1crypto import crl, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator import errors as failures
from pyhanko_certvalidator.policy_decl import DisallowWeakAlgorithmsPolicy

from services.signing.adapters.pdf.opening import LIBRARY_FAILURES
from services.signing.adapters.trust.trusted import Holder, TrustSet
from services.signing.adapters.verification.report import Policy, Reason, Trust

SIGNING_PURPOSES: Final = frozenset(
    {"client_auth", "email_protection", "any_extended_key_usage", "1.3.6.1.5.5.7.3.36"}
)
CURVES: Final = frozenset({"secp256r1", "secp384r1", "secp521r1"})
SHORTEST_RSA: Final = 2048
_PATH_FAILURES: Final[tuple[type[Exception], ...]] = (
    *LIBRARY_FAILURES,
    failures.PathError,
    failures.ValidationError,
)


@dataclass(frozen=True)
class Finding:
    """An answer about a certificate: trust, whether algorithms and purpose fit, and why not."""

    trust: Trust
    policy: Policy = "OK"
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class _Parsed:
    signer_anchors: list[x509.Certificate]
    timestamp_anchors: list[x509.Certificate]
    intermediates: list[x509.Certificate]
    lists: list[crl.CertificateList]
    holders: dict[str, Holder]


def holder_of(certificate: x509.Certificate, trust: TrustSet) -> Holder | None:
    """Who our directory says holds the certificate, if anyone."""
    return _parsed(trust).holders.get(certificate.sha256.hex())


async def check_signer(certificate: x509.Certificate, trust: TrustSet, at: datetime) -> Finding:
    """Whether the certificate could sign documents at ``at``: path, revocation, purpose, key."""
    found = await _path(certificate, _parsed(trust).signer_anchors, trust, at)
    weak = key_policy(certificate) or purpose_policy(certificate)
    if weak and found.policy == "OK":
        reason = Reason(code=f"CERTIFICATE_{weak}")
        return Finding(found.trust, weak, (*found.reasons, reason))
    return found


async def check_authority(certificate: x509.Certificate, trust: TrustSet, at: datetime) -> Finding:
    """Whether the certificate could stamp time at ``at``."""
    found = await _path(certificate, _parsed(trust).timestamp_anchors, trust, at)
    usage = certificate.extended_key_usage_value
    if usage is None or "time_stamping" not in usage.native:
        return Finding(found.trust, "KEY_PURPOSE", (Reason(code="TIMESTAMP_KEY_PURPOSE"),))
    return found


def key_policy(certificate: x509.Certificate) -> Policy | None:
    """What is wrong with the kind or the length of the key, if anything."""
    key = certificate.public_key
    if key.algorithm == "ec":
        return None if key.curve[1] in CURVES else "WEAK_ALGORITHM"
    if key.algorithm in ("ed25519", "ed448"):
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


async def _path(
    certificate: x509.Certificate, anchors: list[x509.Certificate], trust: TrustSet, at: datetime
) -> Finding:
    known = _parsed(trust)
    context = ValidationContext(
        trust_roots=anchors,
        other_certs=known.intermediates,
        crls=known.lists,
        allow_fetching=False,
        revocation_mode="require",
        moment=at,
        retroactive_revinfo=True,
        algorithm_usage_policy=DisallowWeakAlgorithmsPolicy(),
    )
    try:
        await CertificateValidator(certificate, validation_context=context).async_validate_path()
    except _PATH_FAILURES as failure:
        return _finding(failure)
    return Finding("TRUSTED")


def _finding(failure: Exception) -> Finding:
    if isinstance(failure, failures.RevokedError):
        return _found(
            "REVOKED", "CERTIFICATE_REVOKED", revoked_at=failure.revocation_dt.isoformat()
        )
    if isinstance(failure, failures.ExpiredError):
        return _found("EXPIRED", "CERTIFICATE_EXPIRED", expired_at=failure.expired_dt.isoformat())
    if isinstance(failure, failures.NotYetValidError):
        since = failure.valid_from.isoformat()
        return _found("NOT_YET_VALID", "CERTIFICATE_NOT_YET_VALID", valid_from=since)
    if isinstance(failure, failures.InsufficientRevinfoError):
        return _found("UNKNOWN", "REVOCATION_UNKNOWN")
    if isinstance(failure, failures.DisallowedAlgorithmError):
        return Finding("NO_PATH", "WEAK_ALGORITHM", (Reason(code="CHAIN_WEAK_ALGORITHM"),))
    return _found("NO_PATH", "NO_PATH_TO_ANCHOR", error=type(failure).__name__)


def _found(trust: Trust, code: str, **data: str | int | float) -> Finding:
    return Finding(trust, reasons=(Reason(code=code, data=data),))


@lru_cache(maxsize=16)
def _parsed(trust: TrustSet) -> _Parsed:
    def load(ders: tuple[bytes, ...]) -> list[x509.Certificate]:
        return [x509.Certificate.load(der) for der in ders]

    return _Parsed(
        load(trust.signer_anchors),
        load(trust.timestamp_anchors),
        load(trust.intermediates),
        [crl.CertificateList.load(der) for der in trust.revocation_lists],
        {holder.fingerprint: holder for holder in trust.holders},
    )
