"""What our verdict is in the words of ETSI EN 319 102-1: indication and sub-indication.

A file that was tampered with fails by its format. What is only wrong at a time that nothing proves
is indeterminate, because another time could be proven yet. The indication follows from the verdict
and never the other way round.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESPassed, AdESSubIndic

_Fails, _Unsure = AdESFailure, AdESIndeterminate
PROVEN: Final[Mapping[str, AdESSubIndic]] = {
    "REJECTED": _Fails.FORMAT_FAILURE,
    "FORGED": _Fails.FORMAT_FAILURE,
    "BROKEN": _Fails.SIG_CRYPTO_FAILURE,
    "MODIFIED": _Fails.FORMAT_FAILURE,
    "REVOKED": _Fails.REVOKED,
    "NOT_YET_VALID": _Fails.NOT_YET_VALID,
    "EXPIRED": _Unsure.EXPIRED,
    "UNTRUSTED": _Unsure.NO_CERTIFICATE_CHAIN_FOUND,
    "INDETERMINATE": _Unsure.TRY_LATER,
    "WARN": AdESPassed.OK,
    "TRUSTED": AdESPassed.OK,
    "UNSIGNED": _Unsure.GENERIC,
}
"""By verdict, where a time stamp proves the time of signing."""

CLAIMED: Final[Mapping[str, AdESSubIndic]] = {
    "REVOKED": _Unsure.REVOKED_NO_POE,
    "NOT_YET_VALID": _Unsure.OUT_OF_BOUNDS_NO_POE,
    "EXPIRED": _Unsure.OUT_OF_BOUNDS_NO_POE,
}
"""What differs where the time is claimed only."""

OF_POLICY: Final[Mapping[str, AdESSubIndic]] = {
    "WEAK_ALGORITHM": _Unsure.CRYPTO_CONSTRAINTS_FAILURE,
    "SHORT_KEY": _Unsure.CRYPTO_CONSTRAINTS_FAILURE,
    "KEY_PURPOSE": _Unsure.CHAIN_CONSTRAINTS_FAILURE,
}
"""What of the policy is not kept."""


class Judged(Protocol):
    """One signature with its verdict, as verification or the kept report has it."""

    @property
    def verdict(self) -> Any: ...
    @property
    def policy(self) -> Any: ...
    @property
    def time(self) -> Any: ...
    @property
    def reasons(self) -> Sequence[Any]: ...


def indication_of(found: Judged) -> AdESSubIndic:
    """The indication of one signature; its `status` is passed, failed or indeterminate."""
    if found.verdict == "POLICY":
        return OF_POLICY.get(found.policy, _Unsure.SIG_CONSTRAINTS_FAILURE)
    if any(one.code == "DIGEST_DIFFERS" for one in found.reasons):
        return _Fails.HASH_FAILURE
    claimed = {} if found.time == "PROVEN" else CLAIMED
    return claimed.get(found.verdict, PROVEN[found.verdict])
