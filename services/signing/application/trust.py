"""Everything trusted now, for the workers: from the records, built anew only when they changed."""

from __future__ import annotations

from typing import Literal

from contracts.signing import AnchorUse, HolderKind
from services.signing.adapters.trust.trusted import Holder, TrustSet
from services.signing.application.certifying import Certifying
from services.signing.application.revoking import Revoking
from services.signing.domain import ANCHORS, HOLDERS

ROLES: dict[HolderKind, Literal["person", "agency"]] = {
    HolderKind.PERSON: "person",
    HolderKind.AGENCY: "agency",
}


class CurrentTrust(Certifying, Revoking):
    """The trusted certificates with the directory of holders and the revocation at hand."""

    _seen: tuple[object, ...] = ()
    _holders: tuple[Holder, ...] = ()
    _trust: TrustSet

    def trust(self) -> TrustSet:
        """One version of everything trusted; the same object while nothing changes."""
        lists = tuple(self.heard_lists())
        seen = (self.last_version(ANCHORS), self.last_version(HOLDERS), lists)
        if seen != self._seen:
            self._trust, self._seen = self._gathered(lists), seen
        return self._trust

    def _gathered(self, lists: tuple[str, ...]) -> TrustSet:
        anchors = self._anchors()
        trusted: dict[AnchorUse, list[bytes]] = {use: [] for use in AnchorUse}
        for use, fingerprint in anchors.trusted():
            trusted[use].append(self.files.read(fingerprint))
        self._holders += tuple(
            Holder(listed.fingerprint, ROLES[listed.holder_kind], listed.holder, listed.agency)
            for listed in self.listed_holders(after=len(self._holders))
        )
        return TrustSet(
            version=str(len(anchors.changes)),
            signer_anchors=tuple(trusted[AnchorUse.SIGNERS]),
            timestamp_anchors=tuple(trusted[AnchorUse.TIMESTAMPS]),
            intermediates=tuple(trusted[AnchorUse.INTERMEDIATES]),
            revocation_lists=tuple(map(self.files.read, lists)),
            holders=self._holders,
        )
