"""What dispatch tells aloud."""

from __future__ import annotations

from functools import singledispatch

from contracts.dispatch import (
    DocumentIssued,
    DraftReturned,
    NumberAssigned,
    OutgoingRegistered,
    PaperOwed,
    PaperSent,
    RecallAnswered,
    RecallOrdered,
    SignatureRequested,
)
from contracts.envelope import PublicEvent
from services.dispatch.domain import recall, signatures
from services.dispatch.domain.document import OutgoingDocument
from services.dispatch.domain.paper import Paper


@singledispatch
def publish(recorded: object) -> PublicEvent | None:
    """The public event of a recorded one, if it is told aloud."""
    return None


@publish.register(OutgoingDocument.SignatureRequested)
def _(recorded: signatures.SignatureRequested) -> PublicEvent:
    return SignatureRequested(
        document_id=recorded.originator_id,
        agency=recorded.agency,
        role=recorded.role,
        holder=recorded.holder,
        file=recorded.file,
        placements=recorded.placements,
        number=recorded.number,
        delegation_id=recorded.delegation_id,
    )


@publish.register
def _(recorded: OutgoingDocument.Returned) -> PublicEvent | None:
    """Those that were recorded without saying whose draft it is are not told."""
    if not recorded.drafter:
        return None
    return DraftReturned(
        document_id=recorded.originator_id,
        agency=recorded.agency,
        drafter=recorded.drafter,
        subject=recorded.subject,
        opinion=recorded.opinion,
    )


@publish.register
def _(recorded: OutgoingDocument.Numbered) -> PublicEvent:
    return NumberAssigned(
        document_id=recorded.originator_id, agency=recorded.agency, number=recorded.number
    )


@publish.register
def _(recorded: OutgoingDocument.Registered) -> PublicEvent:
    return OutgoingRegistered(
        document_id=recorded.originator_id,
        agency=recorded.agency,
        number=recorded.number,
        kind=recorded.draft.kind,
        subject=recorded.draft.subject,
        signer=recorded.draft.signer,
        recipients=recorded.draft.recipients,
        drafting_unit=recorded.draft.drafting_unit,
        urgency=recorded.draft.urgency,
    )


@publish.register
def _(recorded: OutgoingDocument.Issued) -> PublicEvent:
    return DocumentIssued(
        document_id=recorded.originator_id,
        agency=recorded.agency,
        agency_name=recorded.agency_name,
        number=recorded.number,
        kind=recorded.draft.kind,
        subject=recorded.draft.subject,
        urgency=recorded.draft.urgency,
        signer=recorded.draft.signer,
        files=[recorded.file],
        addressees=recorded.addressees,
        issued_at=recorded.issued_at,
        send_due_at=recorded.send_due_at,
        reply=recorded.draft.reply,
        answers=recorded.draft.answers,
        calendar=recorded.calendar,
        replaces=recorded.draft.replaces,
        drafter=recorded.drafter,
        issue_due_at=recorded.issue_due_at,
        tasks=recorded.draft.tasks or [],
    )


@publish.register(OutgoingDocument.RecallOrdered)
def _(recorded: recall.RecallOrdered) -> PublicEvent:
    draft, order = recorded.draft, recorded.order
    return RecallOrdered(
        document_id=recorded.originator_id,
        agency=recorded.agency,
        agency_name=recorded.agency_name,
        order_id=order.order_id,
        number=recorded.number,
        kind=draft.kind,
        subject=draft.subject,
        urgency=draft.urgency,
        signer=draft.signer,
        addressees=recorded.addressees,
        reason=order.reason,
        ordered_at=order.ordered_at,
        basis=order.basis,
        whole=recorded.whole,
    )


@publish.register(OutgoingDocument.RecallAnswered)
def _(recorded: recall.RecallAnswered) -> PublicEvent:
    return RecallAnswered(
        document_id=recorded.originator_id,
        agency=recorded.agency,
        order_id=recorded.order_id,
        recipient=recorded.recipient,
        outcome=recorded.outcome,
        answered_at=recorded.answered_at,
        closed=recorded.closed,
        reason=recorded.reason,
    )


@publish.register
def _(recorded: Paper.Owed) -> PublicEvent:
    return PaperOwed(
        document_id=recorded.document_id,
        agency=recorded.agency,
        recipient=recorded.recipient,
        ground=recorded.ground,
        citation=recorded.citation,
        owed_on=recorded.owed_on,
    )


@publish.register
def _(recorded: Paper.Sent) -> PublicEvent:
    return PaperSent(
        document_id=recorded.document_id,
        agency=recorded.agency,
        recipient=recorded.recipient,
        ground=recorded.ground,
        sent_on=recorded.sent_on,
    )
