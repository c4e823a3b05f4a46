"""Whom we trust, as data: each change is proposed by one person and approved by another."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from uuid import UUID

from contracts.errors import NotFound
from contracts.signing import (
    AnchorAlreadyTrusted,
    AnchorNotTrusted,
    AnchorProposal,
    AnchorUse,
    AnchorView,
    ProposalAlreadyDecided,
    ProposalAlreadyMade,
    SecondPersonRequired,
)
from contracts.values import named_id
from services.kernel.aggregate import Aggregate

ANCHORS = named_id("anchors")
"""Identity of the one `AnchorSet` of the province."""

Trusted = dict[tuple[AnchorUse, str], AnchorView]


class AnchorSet(Aggregate, service="signing"):
    """The trusted certificates for signers, time stamps and issuing authorities (neo tin cậy).

    Its version counts the approved changes, so a report that names it says what was trusted.
    """

    changes: list[AnchorView] = field(default_factory=list)
    waiting: dict[UUID, AnchorProposal] = field(default_factory=dict)
    decided: set[UUID] = field(default_factory=set)

    class Begun(Aggregate.Created):
        """Nothing is trusted yet."""

    class Proposed(Aggregate.Event):
        proposal: AnchorProposal

        def apply(self, anchors: AnchorSet) -> None:
            anchors.waiting[self.proposal.proposal_id] = self.proposal

    class Added(Aggregate.Event):
        proposal_id: UUID
        anchor: AnchorView

        def apply(self, anchors: AnchorSet) -> None:
            anchors.changes.append(self.anchor)
            anchors.decide(self.proposal_id)

    class Removed(Aggregate.Event):
        proposal_id: UUID
        anchor: AnchorView

        def apply(self, anchors: AnchorSet) -> None:
            anchors.changes.append(self.anchor)
            anchors.decide(self.proposal_id)

    class Rejected(Aggregate.Event):
        proposal_id: UUID
        why: str

        def apply(self, anchors: AnchorSet) -> None:
            anchors.decide(self.proposal_id)

    def decide(self, proposal_id: UUID) -> None:
        """The proposal waits no longer."""
        del self.waiting[proposal_id]
        self.decided.add(proposal_id)

    def trusted(self, as_of: int | None = None) -> Trusted:
        """What is trusted now, or was as of a version, in the order it came."""
        found: Trusted = {}
        for change in self.changes[:as_of]:
            if change.removed:
                del found[change.use, change.fingerprint]
            else:
                found[change.use, change.fingerprint] = change
        return found

    def propose(self, proposal: AnchorProposal) -> None:
        """Wait for a second person, if the change would make sense now."""
        if proposal.proposal_id in self.waiting.keys() | self.decided:
            raise ProposalAlreadyMade(proposal_id=str(proposal.proposal_id))
        self._makes_sense(proposal)
        self.trigger_event(self.Proposed, proposal=proposal)

    def approve(self, proposal_id: UUID, person: str, at: datetime) -> None:
        """A second person agrees: a new version."""
        proposal = self._waiting(proposal_id)
        if proposal.proposed_by == person:
            raise SecondPersonRequired(person=person)
        self._makes_sense(proposal)
        anchor = AnchorView(
            version=len(self.changes) + 1,
            use=proposal.use,
            fingerprint=proposal.fingerprint,
            subject=proposal.subject,
            source=proposal.source,
            proposed_by=proposal.proposed_by,
            approved_by=person,
            approved_at=at,
            removed=proposal.removes,
        )
        done = self.Removed if proposal.removes else self.Added
        self.trigger_event(done, proposal_id=proposal_id, anchor=anchor)

    def reject(self, proposal_id: UUID, why: str) -> None:
        """Nothing changes."""
        self._waiting(proposal_id)
        self.trigger_event(self.Rejected, proposal_id=proposal_id, why=why)

    def _waiting(self, proposal_id: UUID) -> AnchorProposal:
        if proposal_id in self.decided:
            raise ProposalAlreadyDecided(proposal_id=str(proposal_id))
        if proposal_id not in self.waiting:
            raise NotFound(what="proposal", id=str(proposal_id))
        return self.waiting[proposal_id]

    def _makes_sense(self, proposal: AnchorProposal) -> None:
        use, fingerprint = proposal.use, proposal.fingerprint
        is_there = (use, fingerprint) in self.trusted()
        if is_there and not proposal.removes:
            raise AnchorAlreadyTrusted(fingerprint=fingerprint, use_vi=use.vi, use_en=use.en)
        if proposal.removes and not is_there:
            raise AnchorNotTrusted(fingerprint=fingerprint, use_vi=use.vi, use_en=use.en)
