"""The outside tool held here is pyHanko: preparing, signing, sealing and verifying PDF files.

Used in plain processes only (worker, command line): pyHanko needs ``asyncio``. Everything handed in
and out is plain data, so a job can travel on a queue and a report into the store as JSON.
"""

from services.signing.adapters.form import AGENCY, LEADER, prepare
from services.signing.adapters.keys import SigningKey, load_key, load_picture, signing_key
from services.signing.adapters.opening import Limits
from services.signing.adapters.picture import Picture
from services.signing.adapters.process import verify, warm
from services.signing.adapters.refusals import SigningRefused
from services.signing.adapters.report import Reason, SignatureReport, VerificationReport
from services.signing.adapters.signing import seal, sign_leader
from services.signing.adapters.timestamps import LocalTimeAuthority, local_authority
from services.signing.adapters.trust import Holder, TrustSet, load_trust
from services.signing.adapters.verification import judge

__all__ = [
    "AGENCY",
    "LEADER",
    "Holder",
    "Limits",
    "LocalTimeAuthority",
    "Picture",
    "Reason",
    "SignatureReport",
    "SigningKey",
    "SigningRefused",
    "TrustSet",
    "VerificationReport",
    "judge",
    "load_key",
    "load_picture",
    "load_trust",
    "local_authority",
    "prepare",
    "seal",
    "sign_leader",
    "signing_key",
    "verify",
    "warm",
]
