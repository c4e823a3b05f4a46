"""Whom we trust: operators propose and approve, everybody may look."""

from __future__ import annotations

from uuid import UUID

from contracts.signing import AnchorProposal, AnchorUse, AnchorView, FingerprintDiffers
from contracts.values import FileRef, Role, UploadOffer
from services.kernel.commit import command
from services.kernel.context import current, require
from services.kernel.following import Following
from services.kernel.vault import Vault
from services.signing.adapters.trust.certificates import read_authority
from services.signing.domain import ANCHORS, AnchorSet


class Trusting(Following):
    """The trusted certificates, in versions."""

    files: Vault

    def offer_upload(self, *, sha256: str, size: int) -> UploadOffer:
        require(Role.OPERATOR, Role.OFFICER, Role.CLERK)
        offered = self.files.offer(sha256, size)
        return UploadOffer(url=offered.url, expires_at=offered.expires_at)

    def propose_anchor(
        self, *, proposal_id: UUID, use: AnchorUse, fingerprint: str, file: FileRef, source: str
    ) -> None:
        """The certificate is kept and read before the command's turn."""
        require(Role.OPERATOR)
        if file.sha256 != fingerprint:
            raise FingerprintDiffers(found=file.sha256, expected=fingerprint)
        self.files.accept(file.sha256, file.size)
        subject = read_authority(self.files.read(file.sha256)).subject
        self._propose_anchor(
            proposal_id=proposal_id,
            use=use,
            fingerprint=fingerprint,
            source=source,
            subject=subject,
        )

    @command()
    def _propose_anchor(
        self, *, proposal_id: UUID, use: AnchorUse, fingerprint: str, source: str, subject: str
    ) -> None:
        self._propose(self._proposal(proposal_id, use, fingerprint, subject, source))

    @command()
    def propose_anchor_removal(
        self, *, proposal_id: UUID, use: AnchorUse, fingerprint: str, source: str
    ) -> None:
        require(Role.OPERATOR)
        known = self._anchors().trusted().get((use, fingerprint))
        subject = known.subject if known else ""
        self._propose(self._proposal(proposal_id, use, fingerprint, subject, source, removes=True))

    def _proposal(
        self,
        id: UUID,
        use: AnchorUse,
        fingerprint: str,
        subject: str,
        source: str,
        *,
        removes: bool = False,
    ) -> AnchorProposal:
        return AnchorProposal(
            proposal_id=id,
            use=use,
            fingerprint=fingerprint,
            subject=subject,
            source=source,
            proposed_by=current().actor.person,
            proposed_at=self.now(),
            removes=removes,
        )

    def _propose(self, proposal: AnchorProposal) -> None:
        anchors = self._anchors()
        anchors.propose(proposal)
        self.save(anchors)

    @command()
    def approve_anchor(self, *, proposal_id: UUID) -> None:
        approver = require(Role.OPERATOR)
        anchors = self._anchors()
        anchors.approve(proposal_id, approver.person, self.now())
        self.save(anchors)

    @command()
    def reject_anchor(self, *, proposal_id: UUID, why: str) -> None:
        require(Role.OPERATOR)
        anchors = self._anchors()
        anchors.reject(proposal_id, why)
        self.save(anchors)

    def list_anchor_proposals(self, *, after: int = 0, limit: int = 100) -> list[AnchorProposal]:
        require(Role.OPERATOR, Role.AUDITOR)
        return list(self._anchors().waiting.values())[after : after + limit]

    def list_trust_anchors(
        self,
        *,
        use: AnchorUse | None = None,
        as_of: int | None = None,
        after: int = 0,
        limit: int = 100,
    ) -> list[AnchorView]:
        trusted = self._anchors().trusted(as_of).values()
        return [anchor for anchor in trusted if use in (None, anchor.use)][after : after + limit]

    def list_trust_changes(self, *, after: int = 0, limit: int = 100) -> list[AnchorView]:
        require(Role.OPERATOR, Role.AUDITOR)
        return self._anchors().changes[after : after + limit]

    def _anchors(self) -> AnchorSet:
        return self.find(AnchorSet, ANCHORS) or AnchorSet.begin(AnchorSet.Begun, ANCHORS)
