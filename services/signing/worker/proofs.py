"""How long documents prove themselves: read off what was signed, extended when asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import msgspec

from contracts.values import FileRef
from services.kernel.child import Ended
from services.signing.adapters.making.levels import extend
from services.signing.adapters.pdf.opening import Limits
from services.signing.adapters.refusals import SigningRefused
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.confinement import confined
from services.signing.adapters.verification.judging import judge
from services.signing.adapters.verification.lasting import Found, Lasting, lasting
from services.signing.domain import Proof, Proven
from services.signing.domain.proof import LEVELS
from services.signing.worker.revocations import Revocations


class Proofs(Revocations):
    """Measures proofs, and extends them."""

    def _extend(self, proof: Proof) -> None:
        assert proof.wanted is not None
        at, longer = datetime.now(UTC), []
        try:
            for file in proof.proven.files:
                pdf = self._files.read_ref(file)
                trust = self._trust_about(pdf)
                pdf = extend(pdf, proof.wanted, at, self._authority, trust)
                longer.append((self._revised(file, pdf), pdf))
            proven = self._proven_by_us(longer)
        except SigningRefused as refused:
            if not self._waits(proof, refused):
                self._signing.record_extension_failure(id=proof.id, **self._why(refused))
        else:
            assert proven is not None
            self._signing.record_extension(id=proof.id, proven=proven)

    def _proven_by_us(self, signed: Iterable[tuple[FileRef, bytes]]) -> Proven | None:
        """How long files last that were just signed here."""
        at, found = datetime.now(UTC), []
        for file, pdf in signed:
            trust = self._trust_about(pdf)
            found.append((file, pdf, judge(pdf, trust, at).signatures, trust))
        return self._proven(found)

    @staticmethod
    def _proven(
        files: Iterable[tuple[FileRef, bytes, Sequence[Found], TrustSet]],
    ) -> Proven | None:
        """How long files last whose signatures were found good; nothing without signatures."""
        found = [(file, measured(pdf, signed, trust)) for file, pdf, signed, trust in files]
        lasts = [(file, one) for file, one in found if one is not None]
        if not lasts:
            return None
        return Proven(
            files=[file for file, _ in lasts],
            level=min((one.level for _, one in lasts), key=LEVELS.index),
            holds_until=min(one.until for _, one in lasts),
        )


def measured(pdf: bytes, signed: Sequence[Found], trust: TrustSet) -> Lasting | None:
    """How long one file lasts; nothing where its child gave no answer."""

    def answer() -> bytes:
        return msgspec.json.encode(lasting(pdf, signed, trust, datetime.now(UTC)))

    found = confined(answer, Limits())
    return None if isinstance(found, Ended) else msgspec.json.decode(found, type=Lasting | None)
