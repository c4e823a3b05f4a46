"""Signatures: asked for at dispatch, made by workers."""

from __future__ import annotations

from uuid import UUID

from contracts.dispatch import SignatureRequested
from contracts.envelope import Envelope
from contracts.signing import KeyNotHeld
from contracts.values import FileRef, Role, SignerRole
from services.kernel.commit import command
from services.kernel.context import require
from services.signing.application.proofs import Proofs
from services.signing.domain import Progress, Proven, Signature, signature_id


class Signatures(Proofs):
    """Signatures to make, and what became of them."""

    def _ask(self, event: SignatureRequested, envelope: Envelope) -> None:
        """Dispatch asked: once, and again only after a failure.

        A seal that somebody asked for who does not keep the key fails at once (N30-32/33).
        """
        id = signature_id(event.document_id, event.role)
        asked = {
            "holder": event.holder,
            "file": event.file,
            "placements": event.placements,
            "number": event.number,
            "level": event.level,
            "attachments": event.attachments,
        }
        signature = self.find(Signature, id)
        if signature is None:
            about = {"document_id": event.document_id, "agency": event.agency, "role": event.role}
            signature = Signature.begin(Signature.Requested, id, **about, **asked)
        elif signature.progress is Progress.FAILED:
            signature.trigger_event(Signature.RequestedAgain, **asked)
        if event.role is SignerRole.AGENCY and signature.progress is Progress.REQUESTED:
            try:
                self._check_kept(event.agency, envelope.actor.person, envelope.at)
            except KeyNotHeld as refused:
                signature.failed(refused.code, refused.message("vi"))
        self.save(signature)

    @command()
    def record_signature(
        self,
        *,
        id: UUID,
        file: FileRef,
        attachments: list[FileRef] = [],  # noqa: B006
        proven: Proven | None = None,
    ) -> None:
        """A worker made the signature."""
        require(Role.SERVICE)
        signature = self.load(Signature, id)
        signature.made(file, attachments)
        self.save(signature)
        self._establish(signature.document_id, signature.agency, proven)

    @command()
    def record_failure(self, *, id: UUID, code: str, reason: str) -> None:
        """A worker could not make the signature."""
        require(Role.SERVICE)
        signature = self.load(Signature, id)
        signature.failed(code, reason)
        self.save(signature)
