"""What may be: signatures and verifications made once, sessions, anchors that two agree on."""

from services.signing.domain.agency import Agency, agency_id
from services.signing.domain.anchors import ANCHORS, AnchorSet
from services.signing.domain.blocks import worded
from services.signing.domain.certificate import Certificate, Facts
from services.signing.domain.copy import Copy, check_not_secret, copy_series
from services.signing.domain.custody import Custody, custody_id
from services.signing.domain.directory import (
    HOLDERS,
    REQUESTED,
    CertificateListed,
    FingerprintTaken,
    HolderListed,
    fingerprint_id,
)
from services.signing.domain.learnt import (
    RevocationLearnt,
    RevocationMissed,
    failed_id,
    heard_id,
)
from services.signing.domain.paper import Paper
from services.signing.domain.proof import Proof, Proven, proof_id
from services.signing.domain.revocation import SOURCES, RevocationSources, Source, source_id
from services.signing.domain.session import Session, Unsigned
from services.signing.domain.signature import Progress, Signature, signature_id
from services.signing.domain.verification import Rendition, Revision, Verification, asked_id

__all__ = [
    "ANCHORS",
    "HOLDERS",
    "REQUESTED",
    "SOURCES",
    "Agency",
    "AnchorSet",
    "Certificate",
    "CertificateListed",
    "Copy",
    "Custody",
    "Facts",
    "FingerprintTaken",
    "HolderListed",
    "Paper",
    "Progress",
    "Proof",
    "Proven",
    "Rendition",
    "Revision",
    "RevocationLearnt",
    "RevocationMissed",
    "RevocationSources",
    "Session",
    "Signature",
    "Source",
    "Unsigned",
    "Verification",
    "agency_id",
    "asked_id",
    "check_not_secret",
    "copy_series",
    "custody_id",
    "failed_id",
    "fingerprint_id",
    "heard_id",
    "proof_id",
    "signature_id",
    "source_id",
    "worded",
]
