"""Signing (ký số): signatures made and verified, by workers, with the evidence kept."""

from __future__ import annotations

from typing import Protocol

from contracts.envelope import Follows, Told
from contracts.signing.certifying import (
    CertificateAct,
    CertificateActivated,
    CertificateActOutOfOrder,
    CertificateAlreadyGranted,
    CertificateAlreadyRenewed,
    CertificateAlreadyRequested,
    CertificateGranted,
    CertificateOutOfDate,
    CertificateRequested,
    CertificateRevoked,
    CertificateState,
    CertificateSuspended,
    CertificateView,
    Certifying,
    HolderKind,
)
from contracts.signing.making import DocumentSigned, SigningFailed, WorkAlreadyConcluded
from contracts.signing.trusting import (
    AnchorAlreadyTrusted,
    AnchorNotTrusted,
    AnchorProposal,
    AnchorRemoved,
    AnchorTrusted,
    AnchorUse,
    AnchorView,
    CertificateNotAuthority,
    CertificateUnreadable,
    FingerprintDiffers,
    ProposalAlreadyDecided,
    ProposalAlreadyMade,
    SecondPersonRequired,
    Trusting,
)
from contracts.signing.verifying import (
    SignaturesVerified,
    VerificationAlreadyRequested,
    VerificationView,
    Verifying,
)

__all__ = [
    "AnchorAlreadyTrusted",
    "AnchorNotTrusted",
    "AnchorProposal",
    "AnchorRemoved",
    "AnchorTrusted",
    "AnchorUse",
    "AnchorView",
    "CertificateAct",
    "CertificateActOutOfOrder",
    "CertificateActivated",
    "CertificateAlreadyGranted",
    "CertificateAlreadyRenewed",
    "CertificateAlreadyRequested",
    "CertificateGranted",
    "CertificateNotAuthority",
    "CertificateOutOfDate",
    "CertificateRequested",
    "CertificateRevoked",
    "CertificateState",
    "CertificateSuspended",
    "CertificateUnreadable",
    "CertificateView",
    "Certifying",
    "DocumentSigned",
    "FingerprintDiffers",
    "HolderKind",
    "ProposalAlreadyDecided",
    "ProposalAlreadyMade",
    "SecondPersonRequired",
    "SignaturesVerified",
    "Signing",
    "SigningFailed",
    "Trusting",
    "VerificationAlreadyRequested",
    "VerificationView",
    "Verifying",
    "WorkAlreadyConcluded",
]


class Signing(Verifying, Trusting, Certifying, Told, Follows, Protocol):
    """What may be asked of signing. Signatures themselves are asked for at dispatch."""
