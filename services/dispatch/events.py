"""What dispatch tells aloud."""

from __future__ import annotations

from functools import singledispatch

from contracts.dispatch import (
    DocumentIssued,
    NumberAssigned,
    OutgoingRegistered,
    SignatureRequested,
)
from contracts.envelope import PublicEvent
from services.dispatch.domain.document import OutgoingDocument


@singledispatch
def publish(recorded: object) -> PublicEvent | None:
    """The public event of a recorded one, if it is told aloud."""
    return None


@publish.register
def _(recorded: OutgoingDocument.SignatureRequested) -> PublicEvent:
    return SignatureRequested(
        document_id=recorded.originator_id,
        agency=recorded.agency,
        role=recorded.role,
        holder=recorded.holder,
        file=recorded.file,
        placements=recorded.placements,
        number=recorded.number,
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
    )
