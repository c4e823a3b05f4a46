"""What authorities say of one certificate's revocation, and what follows from it all at an instant.

The library lets the first good word end the search, however old; here every word is heard, so that
an old answer brought along with a file cannot hide a later revocation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from services.signing.adapters.verification.report import Reason, Trust

DIGESTS: Final = frozenset({"sha256", "sha384", "sha512"})
_TOLERANCE: Final = timedelta(seconds=1)


@dataclass(frozen=True)
class Word:
    """What one list or answer says of the certificate. ``complete``: silence means not revoked.

    It is fresh until ``holds_until``; ``reaches_back`` tells that it names expired ones too.
    """

    said_at: datetime
    holds_until: datetime | None = None
    complete: bool = True
    revoked_at: datetime | None = None
    on_hold: bool = False
    reaches_back: bool = False

    def revokes(self, at: datetime) -> bool:
        """Whether the certificate was revoked by then."""
        return self.revoked_at is not None and self.revoked_at <= at

    def is_fresh(self, at: datetime) -> bool:
        """Whether the word still holds then; a word said later holds for what was before."""
        return self.said_at >= at or (self.holds_until or self.said_at) + _TOLERANCE >= at


def status(
    words: Sequence[Word], at: datetime, expires_at: datetime
) -> tuple[Trust, tuple[Reason, ...]]:
    """Whether the certificate that expires then was good ``at`` that instant, and why not.

    A revocation counts from its instant on; one on hold only as the newest word has it.
    """
    revoking = [word for word in words if word.revokes(at)]
    newest = max(words, key=lambda word: word.said_at, default=None)
    final = [word for word in revoking if not word.on_hold or word is newest]
    if final:
        first = min(word.revoked_at.isoformat() for word in final if word.revoked_at)
        return "REVOKED", (Reason(code="CERTIFICATE_REVOKED", data={"revoked_at": first}),)
    good = [word for word in words if word.complete and word.is_fresh(at) and word not in revoking]
    if not good:
        return "UNKNOWN", (Reason(code="REVOCATION_UNKNOWN"),)
    return "TRUSTED", tuple(_remarks(words, good, expires_at))


def _remarks(words: Sequence[Word], good: Sequence[Word], expires_at: datetime) -> list[Reason]:
    found = []
    later = [word.revoked_at.isoformat() for word in words if word.revoked_at]
    if later:
        data: dict[str, str | int | float] = {"revoked_at": min(later)}
        found.append(Reason(code="CERTIFICATE_REVOKED_LATER", weight="REMARK", data=data))
    if all(word.said_at > expires_at and not word.reaches_back for word in good):
        found.append(Reason(code="REVOCATION_TOLD_AFTER_EXPIRY", weight="REMARK"))
    return found
