"""Our documents and statuses in the words of edXML (lập thông điệp)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts import edxml
from contracts.dispatch import DocumentIssued, RecallOrdered
from contracts.values import (
    DocumentKind,
    StatusCode,
)
from contracts.working_time import in_vietnam
from services.tracking.domain import Arrival

ADMINISTRATIVE = 2
"""The group of every document that this platform issues (edXML DocumentType/Type)."""
DETAIL = {
    DocumentKind.RESOLUTION: 1,
    DocumentKind.DECISION: 2,
    DocumentKind.DIRECTIVE: 3,
    DocumentKind.REGULATION: 4,
    DocumentKind.RULE: 5,
    DocumentKind.COMMUNIQUE: 6,
    DocumentKind.NOTICE: 7,
    DocumentKind.GUIDANCE: 8,
    DocumentKind.PROGRAMME: 9,
    DocumentKind.LETTER: 18,
    DocumentKind.TELEGRAM: 19,
    DocumentKind.MEMORANDUM: 20,
    DocumentKind.AGREEMENT: 22,
    DocumentKind.AUTHORISATION: 24,
    DocumentKind.INVITATION: 25,
    DocumentKind.INTRODUCTION: 26,
}
"""Numbers of kinds within their group, as far as they are published; 0 for the others."""


def code_of(notation: str) -> edxml.Code:
    """`01/SNV-VP` in its two parts."""
    number, _, rest = notation.partition("/")
    return edxml.Code(number=number, notation=rest)


def wire_id(event: DocumentIssued | RecallOrdered) -> str:
    """How a document of ours is called on the wire (R7.2b)."""
    number = event.number
    return edxml.document_id(event.agency, number.issued_on, code_of(number.notation))


def document_of(event: DocumentIssued, answers: Mapping[UUID, Arrival]) -> edxml.Document:
    """An issued document, without the contents of its files; `answers` came over the axis."""
    reply = event.reply
    return edxml.Document(
        **_header(event),
        content=(reply.content if reply else event.subject)[:500],
        due_on=reply.due_on if reply else None,
        responses=[arrival.about for arrival in answers.values()],
        places=[to.name[:150] for to in event.addressees],
        trace=[edxml.Hop(agency=event.agency, at=_whole(event.issued_at))],
    )


def recall_of(event: RecallOrdered) -> edxml.Document:
    """An order to give a document back (thu hồi, business type 1): it names the document."""
    wire = wire_id(event)
    business = edxml.Business(
        action=edxml.BusinessAction.RECALL, document_id=wire, reason=event.reason[:500]
    )
    return edxml.Document(
        **_header(event),
        content=event.reason[:500],
        business=business,
        trace=[edxml.Hop(agency=event.agency, at=_whole(event.ordered_at))],
    )


def _header(event: DocumentIssued | RecallOrdered) -> dict[str, Any]:
    """What a document and its recall say alike."""
    number, signer = event.number, event.signer
    kind = edxml.DocumentType(
        group=ADMINISTRATIVE, detail=DETAIL.get(event.kind, 0), name=event.kind.vi
    )
    signatory = edxml.Signatory(
        capacity=signer.capacity.value, post=signer.post[:100], name=signer.name
    )
    return {
        "sender": edxml.Party(code=event.agency, name=event.agency_name),
        "recipients": [edxml.Party(code=to.agency, name=to.name) for to in event.addressees],
        "document_id": wire_id(event),
        "code": code_of(number.notation),
        "promulgation": edxml.Promulgation(promulgated_on=number.issued_on),
        "type": kind,
        "subject": event.subject,
        "signatory": signatory,
        "other": edxml.OtherInfo(urgency=event.urgency),
    }


def status_of(arrival: Arrival, name: str, code: StatusCode, at: datetime, reason: str) -> object:
    """What the sender outside is told of his document at one of our agencies."""
    return edxml.Status(
        sender=edxml.Party(code=arrival.agency, name=name),
        about=arrival.about,
        code=code.value,
        description=(reason or code.vi)[:300],
        at=_whole(at),
    )


def _whole(at: datetime) -> datetime:
    """An instant as the wire tells it: +07:00, whole seconds."""
    return in_vietnam(at).replace(microsecond=0)
