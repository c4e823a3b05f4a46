"""Signing (ký số): signatures made and verified, by workers, with the evidence kept."""

from __future__ import annotations

from typing import Protocol

from contracts.envelope import Follows, Told
from contracts.signing.making import DocumentSigned, SigningFailed, WorkAlreadyConcluded
from contracts.signing.verifying import (
    SignaturesVerified,
    VerificationAlreadyRequested,
    VerificationView,
    Verifying,
)

__all__ = [
    "DocumentSigned",
    "SignaturesVerified",
    "Signing",
    "SigningFailed",
    "VerificationAlreadyRequested",
    "VerificationView",
    "Verifying",
    "WorkAlreadyConcluded",
]


class Signing(Verifying, Told, Follows, Protocol):
    """What may be asked of signing. Signatures themselves are asked for at dispatch."""
