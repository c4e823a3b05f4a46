"""What may be: signatures and verifications made once, sessions, anchors that two agree on."""

from services.signing.domain.agency import Agency, agency_id
from services.signing.domain.anchors import ANCHORS, AnchorSet
from services.signing.domain.blocks import worded
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
from services.signing.domain.copy import Copy, check_not_secret, copy_series
from services.signing.domain.paper import Paper
from services.signing.domain.session import Session, Unsigned
from services.signing.domain.signature import Progress, Signature, signature_id
from services.signing.domain.verification import Rendition, Revision, Verification, asked_id

__all__ = [
    "ANCHORS",
    "HOLDERS",
    "REQUESTED",
    "Agency",
    "AnchorSet",
    "Certificate",
    "CertificateListed",
    "Copy",
    "Facts",
    "FingerprintTaken",
    "HolderListed",
    "Paper",
    "Progress",
    "Rendition",
    "Revision",
    "Session",
    "Signature",
    "Unsigned",
    "Verification",
    "agency_id",
    "asked_id",
    "check_not_secret",
    "copy_series",
    "fingerprint_id",
    "signature_id",
    "worded",
]
