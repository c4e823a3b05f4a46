"""How long a document proves itself (giá trị chứng cứ), and that it is extended one at a time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from contracts.signing import WorkAlreadyConcluded
from contracts.signing.proving import ProofBeingExtended, ProofLevelTooLow, ProofView
from contracts.values import FileRef, SignatureLevel, named_id
from services.kernel.aggregate import Aggregate

LEVELS = list(SignatureLevel)


def proof_id(document_id: UUID) -> UUID:
    """Identity of the proof of one document."""
    return named_id("proof", document_id)


class Proven(Struct, frozen=True):
    """Signed files, the level all of them reach, and when the first of them proves no more."""

    files: list[FileRef]
    level: SignatureLevel
    holds_until: datetime


class Proof(Aggregate, service="signing"):
    """The proof of a document by its signatures."""

    document_id: UUID
    agency: str
    proven: Proven
    wanted: SignatureLevel | None = None
    failure: str = ""

    class Established(Aggregate.Created):
        document_id: UUID
        agency: str
        proven: Proven

    class ExtensionRequested(Aggregate.Event):
        level: SignatureLevel

        def apply(self, proof: Proof) -> None:
            proof.wanted, proof.failure = self.level, ""

    class Extended(Aggregate.Event):
        document_id: UUID
        agency: str
        proven: Proven

        def apply(self, proof: Proof) -> None:
            proof.wanted, proof.proven = None, self.proven

    class ExtensionFailed(Aggregate.Event):
        document_id: UUID
        agency: str
        code: str
        reason: str

        def apply(self, proof: Proof) -> None:
            proof.wanted, proof.failure = None, f"{self.code}: {self.reason}"

    def request(self, level: SignatureLevel) -> None:
        """Have it extended: to a stamp at least, to no less than it has, one at a time."""
        if self.wanted is not None:
            raise ProofBeingExtended(document_id=str(self.document_id))
        has = self.proven.level
        if level is SignatureLevel.B_B or LEVELS.index(level) < LEVELS.index(has):
            raise ProofLevelTooLow(wanted=level.value, level=has.value)
        self.trigger_event(self.ExtensionRequested, level=level)

    def extended(self, proven: Proven) -> None:
        """A worker extended it."""
        self._check_open()
        about = {"document_id": self.document_id, "agency": self.agency}
        self.trigger_event(self.Extended, proven=proven, **about)

    def failed(self, code: str, reason: str) -> None:
        """A worker could not."""
        self._check_open()
        about = {"document_id": self.document_id, "agency": self.agency}
        self.trigger_event(self.ExtensionFailed, code=code, reason=reason, **about)

    def _check_open(self) -> None:
        if self.wanted is None:
            raise WorkAlreadyConcluded(id=str(self.id))

    def view(self) -> ProofView:
        """As it is told."""
        return ProofView(
            document_id=self.document_id,
            agency=self.agency,
            files=self.proven.files,
            level=self.proven.level,
            holds_until_at=self.proven.holds_until,
            extending=self.wanted is not None,
            failure=self.failure,
        )
