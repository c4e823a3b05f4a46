"""Signing (ký số): signatures made and verified, by workers, with the evidence kept."""

from __future__ import annotations

from typing import Protocol

from contracts.envelope import Follows, Told
from contracts.signing.blocks import BlockFormat, BlockFormatIncomplete, BlockKind
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
from contracts.signing.evidence import (
    EvidenceLink,
    Evidencing,
    ReportAlreadyRequested,
    ReportFormat,
    ReportLink,
    ReportNotReady,
    SignaturesMissing,
    SignedPartMissing,
    SignedRevisionLink,
)
from contracts.signing.making import DocumentSigned, SigningFailed, WorkAlreadyConcluded
from contracts.signing.sessions import (
    RevisionChanged,
    SessionConflict,
    SessionExpired,
    SessionNotOpen,
    SessionState,
    SignatureAlgorithm,
    SignatureNotAwaited,
    SignatureValue,
    SigningInSessions,
    SigningSession,
    WaitSeconds,
)
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
    "BlockFormat",
    "BlockFormatIncomplete",
    "BlockKind",
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
    "EvidenceLink",
    "Evidencing",
    "FingerprintDiffers",
    "HolderKind",
    "ProposalAlreadyDecided",
    "ProposalAlreadyMade",
    "ReportAlreadyRequested",
    "ReportFormat",
    "ReportLink",
    "ReportNotReady",
    "RevisionChanged",
    "SecondPersonRequired",
    "SessionConflict",
    "SessionExpired",
    "SessionNotOpen",
    "SessionState",
    "SignatureAlgorithm",
    "SignatureNotAwaited",
    "SignatureValue",
    "SignaturesMissing",
    "SignaturesVerified",
    "SignedPartMissing",
    "SignedRevisionLink",
    "Signing",
    "SigningFailed",
    "SigningInSessions",
    "SigningSession",
    "Trusting",
    "VerificationAlreadyRequested",
    "VerificationView",
    "Verifying",
    "WaitSeconds",
    "WorkAlreadyConcluded",
]


class Signing(
    SigningInSessions, Verifying, Evidencing, Trusting, Certifying, Told, Follows, Protocol
):
    """What may be asked of signing. Signatures themselves are asked for at dispatch."""
