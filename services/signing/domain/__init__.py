"""What may be: signatures made once, verifications concluded once, anchors that two agree on."""

from services.signing.domain.anchors import ANCHORS, AnchorSet
from services.signing.domain.signature import Progress, Signature, signature_id
from services.signing.domain.verification import Verification, asked_id

__all__ = [
    "ANCHORS",
    "AnchorSet",
    "Progress",
    "Signature",
    "Verification",
    "asked_id",
    "signature_id",
]
