"""A copy of what arrived, a paper that came by post, and a proof extended, over RPC alone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from contracts.signing import (
    AgencyNotKnown,
    CopyKind,
    CopySource,
    CopyState,
    CopyView,
    PaperView,
    ProofView,
    Signing,
)
from contracts.values import Role, SignatureLevel
from services.cli.cast import ANSWERER
from services.cli.story import Story
from tests.signing.adapters.making.scanned import scan
from tests.together.outcome import Outcome


@dataclass(frozen=True)
class Copied:
    """A true copy of the request at its recipient, a paper made electronic there, and the
    request's proof, extended for the archive."""

    copy: CopyView
    paper: PaperView
    proof: ProofView


def copied(story: Story, end: Outcome) -> Copied:
    """The leader names himself, the officer asks, the clerk seals."""
    leader = story.holder(ANSWERER, Role.LEADER).signing
    clerk = story.holder(ANSWERER, Role.CLERK).signing
    leader.name_copy_signers(persons=[ANSWERER.leader])
    copy_id, paper_id = uuid4(), uuid4()
    story.holder(ANSWERER, Role.OFFICER).signing.request_copy(
        copy_id=copy_id,
        kind=CopyKind.TRUE_COPY,
        source=CopySource.ELECTRONIC,
        file=end.arrived.files[0],
        document_id=end.arrived.document_id,
    )
    leader.approve_copy(copy_id=copy_id)
    story.until("signing knows the agency", lambda: _sealed(clerk, copy_id))
    clerk.digitise_paper(paper_id=paper_id, file=story.upload(clerk, scan(), "giay.pdf"))
    clerk.extend_signature(document_id=end.arrived.document_id, level=SignatureLevel.B_LTA)
    return Copied(
        copy=story.until("the copy is made", lambda: _made(clerk.get_copy(copy_id=copy_id))),
        paper=story.until(
            "the paper is digitised", lambda: _made(clerk.get_paper(paper_id=paper_id))
        ),
        proof=story.until(
            "the proof is extended",
            lambda: _extended(clerk.get_proof(document_id=end.arrived.document_id)),
        ),
    )


def _sealed(clerk: Signing, copy_id: UUID) -> bool:
    try:
        clerk.seal_copy(copy_id=copy_id)
    except AgencyNotKnown:
        return False
    return True


def _made(view: CopyView | PaperView) -> CopyView | PaperView | None:
    assert view.state is not CopyState.FAILED, view.failure
    return view if view.state is CopyState.MADE else None


def _extended(view: ProofView) -> ProofView | None:
    assert not view.failure, view.failure
    return None if view.extending else view
