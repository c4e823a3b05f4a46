"""How long documents prove themselves: established with their signatures, extended by workers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from contracts.errors import NotFound
from contracts.signing.proving import ProofView
from contracts.values import Role, SignatureLevel
from services.kernel.commit import command
from services.kernel.context import require
from services.signing.application.keeping import Keeping
from services.signing.domain import Proof, Proven, proof_id
from services.signing.views import ProofEnds


class Proofs(Keeping):
    """The proofs of documents, and which of them end soon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ends = ProofEnds(self)

    def _establish(self, document_id: UUID, agency: str, proven: Proven | None) -> None:
        """A document got its signatures, or arrived with good ones: once."""
        id = proof_id(document_id)
        if proven is not None and not self.find(Proof, id):
            about = {"document_id": document_id, "agency": agency}
            self.save(Proof.begin(Proof.Established, id, proven=proven, **about))

    @command()
    def extend_signature(self, *, document_id: UUID, level: SignatureLevel) -> None:
        proof = self.load(Proof, proof_id(document_id))
        require(Role.CLERK, agency=proof.agency)
        proof.request(level)
        self.save(proof)

    def get_proof(self, *, document_id: UUID) -> ProofView:
        proof = self.load(Proof, proof_id(document_id))
        self._check_reader(proof.agency)
        return proof.view()

    def list_expiring_proofs(
        self,
        *,
        agency: str,
        within_days: int = 366,
        after_id: UUID | None = None,
        limit: int = 100,
    ) -> list[ProofView]:
        self._check_reader(agency)
        until = self.now() + timedelta(days=within_days)
        start = None if after_id is None else proof_id(after_id)
        try:
            ids = self._ends.page(agency, until, start, limit)
        except LookupError as unknown:
            raise NotFound(what="document", id=str(after_id)) from unknown
        return [self.load(Proof, id).view() for id in ids]

    @command()
    def record_extension(self, *, id: UUID, proven: Proven) -> None:
        """A worker extended a proof."""
        require(Role.SERVICE)
        proof = self.load(Proof, id)
        proof.extended(proven)
        self.save(proof)

    @command()
    def record_extension_failure(self, *, id: UUID, code: str, reason: str) -> None:
        """A worker could not extend a proof."""
        require(Role.SERVICE)
        proof = self.load(Proof, id)
        proof.failed(code, reason)
        self.save(proof)
