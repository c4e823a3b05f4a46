"""What may be: signatures and verifications made once, sessions, anchors that two agree on."""

from services.signing.domain.anchors import ANCHORS, AnchorSet
from services.signing.domain.certificate import (
    HOLDERS,
    REQUESTED,
    Certificate,
    CertificateListed,
    Facts,
    FingerprintTaken,
    HolderListed,
    fingerprint_id,
)
from services.signing.domain.session import Session, Unsigned
from services.signing.domain.signature import Progress, Signature, signature_id
from services.signing.domain.verification import Rendition, Revision, Verification, asked_id

__all__ = [
    "ANCHORS",
    "HOLDERS",
    "REQUESTED",
    "AnchorSet",
    "Certificate",
    "CertificateListed",
    "Facts",
    "FingerprintTaken",
    "HolderListed",
    "Progress",
    "Rendition",
    "Revision",
    "Session",
    "Signature",
    "Unsigned",
    "Verification",
    "asked_id",
    "fingerprint_id",
    "signature_id",
]
