"""Who holds which certificate: lists that grow, and a fingerprint that belongs to one for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.signing import HolderKind
from contracts.values import named_id
from services.kernel.aggregate import BareEvent, under_topic

REQUESTED = named_id("certificates", "requested")
"""The stream that lists every certificate asked for."""

HOLDERS = named_id("certificates", "holders")
"""The stream that lists every certificate granted, with its holder."""


def fingerprint_id(fingerprint: str) -> UUID:
    """Identity of the stream that says whose a fingerprint is: one certificate's, for ever."""
    return named_id("certificate", fingerprint)


@dataclass(frozen=True)
class CertificateListed(BareEvent):
    """A certificate was asked for: the version is its place in the list."""

    certificate_id: UUID
    agency: str


@dataclass(frozen=True)
class HolderListed(BareEvent):
    """A certificate was granted to a holder: the version is its place in the directory."""

    certificate_id: UUID
    fingerprint: str
    holder_kind: HolderKind
    holder: str
    agency: str
    valid_until: datetime


@dataclass(frozen=True)
class FingerprintTaken(BareEvent):
    """A fingerprint belongs to a certificate: version 1 of a stream of its own."""

    certificate_id: UUID


under_topic(CertificateListed, "signing.CertificateListed")
under_topic(HolderListed, "signing.HolderListed")
under_topic(FingerprintTaken, "signing.FingerprintTaken")
