"""What our verdict is in the words of ETSI EN 319 102-1: indication and sub-indication.

A file that was tampered with fails by its format. What is only wrong at a time that nothing proves
is indeterminate, because another time could be proven yet.
"""

from collections.abc import Mapping
from typing import Final

from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESPassed, AdESSubIndic

from contracts.signing.answers import Policy, Time
from contracts.signing.report import SignatureFound
from contracts.values import Verdict

_Fails, _Unsure = AdESFailure, AdESIndeterminate
PROVEN: Final[Mapping[Verdict, AdESSubIndic]] = {
    Verdict.REJECTED: _Fails.FORMAT_FAILURE,
    Verdict.FORGED: _Fails.FORMAT_FAILURE,
    Verdict.BROKEN: _Fails.SIG_CRYPTO_FAILURE,
    Verdict.MODIFIED: _Fails.FORMAT_FAILURE,
    Verdict.REVOKED: _Fails.REVOKED,
    Verdict.NOT_YET_VALID: _Fails.NOT_YET_VALID,
    Verdict.EXPIRED: _Unsure.EXPIRED,
    Verdict.UNTRUSTED: _Unsure.NO_CERTIFICATE_CHAIN_FOUND,
    Verdict.INDETERMINATE: _Unsure.TRY_LATER,
    Verdict.WARN: AdESPassed.OK,
    Verdict.TRUSTED: AdESPassed.OK,
}
"""By verdict, where a time stamp proves the time of signing."""

CLAIMED: Final[Mapping[Verdict, AdESSubIndic]] = {
    Verdict.REVOKED: _Unsure.REVOKED_NO_POE,
    Verdict.NOT_YET_VALID: _Unsure.OUT_OF_BOUNDS_NO_POE,
    Verdict.EXPIRED: _Unsure.OUT_OF_BOUNDS_NO_POE,
}
"""What differs where the time is claimed only."""

OF_POLICY: Final[Mapping[Policy, AdESSubIndic]] = {
    Policy.WEAK_ALGORITHM: _Unsure.CRYPTO_CONSTRAINTS_FAILURE,
    Policy.SHORT_KEY: _Unsure.CRYPTO_CONSTRAINTS_FAILURE,
    Policy.KEY_PURPOSE: _Unsure.CHAIN_CONSTRAINTS_FAILURE,
}
"""What of the policy is not kept."""


def indication_of(found: SignatureFound) -> AdESSubIndic:
    """The indication of one signature; its `status` is passed, failed or indeterminate."""
    if found.verdict is Verdict.POLICY:
        return OF_POLICY.get(found.policy, _Unsure.SIG_CONSTRAINTS_FAILURE)
    if any(one.code == "DIGEST_DIFFERS" for one in found.reasons):
        return _Fails.HASH_FAILURE
    claimed = {} if found.time is Time.PROVEN else CLAIMED
    return claimed.get(found.verdict, PROVEN[found.verdict])
