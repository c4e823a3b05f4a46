"""How the story ended, read once from outside: by its people, its operator and its stores."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import urllib3

from contracts.dispatch import OutgoingDocumentView
from contracts.intake import IncomingDocumentView
from contracts.reporting import IncomingRegisterLine, LateMatter, OutgoingRegisterLine
from contracts.tracking import DeliveryView
from contracts.values import OutgoingNumber, Role
from infra.local import keys
from services.cli.cast import AGENCIES, ANSWERER, REFUSER, SENDER, Agency
from services.cli.history import Line, history_of
from services.cli.story import Story
from services.kernel.vault import opened
from services.signing.adapters.verification.judging import judge
from services.signing.adapters.verification.report import VerificationReport
from tests.together.callers import Call
from tests.together.ledger import Ledger, Stored
from tests.trust import trust_of

MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Books:
    """What an agency's clerk reads in reporting: registers, late matters, figures by code."""

    incoming: list[IncomingRegisterLine]
    outgoing: list[OutgoingRegisterLine]
    late: list[LateMatter]
    late_in_a_month: list[LateMatter]
    figures: dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Outcome:
    """Everything that can be seen of the story when it is over.

    `lines` are the sender's of the request by recipient, `reply_line` the answerer's of the reply;
    `pdf` is the request as the answerer has it, `report` its verification by the tests themselves.
    """

    story: Story
    lines: dict[str, DeliveryView]
    reply_line: DeliveryView
    request: OutgoingDocumentView
    reply: OutgoingDocumentView
    arrived: IncomingDocumentView
    refused: IncomingDocumentView
    reply_arrived: IncomingDocumentView
    books: dict[str, Books]
    pdf: bytes
    report: VerificationReport
    history: list[Line]
    reply_history: list[Line]
    calls: dict[UUID, Call]
    events: list[Stored]
    counts: Counter[str]

    @property
    def request_number(self) -> OutgoingNumber:
        """Number and notation of the request."""
        assert self.request.number is not None
        return self.request.number

    @property
    def request_issued_at(self) -> datetime:
        """When the request was issued."""
        assert self.request.issued_at is not None
        return self.request.issued_at

    @property
    def reply_issued_at(self) -> datetime:
        """When the reply was issued."""
        assert self.reply.issued_at is not None
        return self.reply.issued_at


def read_outcome(story: Story, calls: dict[UUID, Call], ledger: Ledger, folder: Path) -> Outcome:
    """Wait until every follower has read everything, then look. `folder` is the ground's."""
    story.until("every follower has read everything", lambda: _settled(story))
    at_sender, at_answerer, at_refuser = (story.holder(a, Role.CLERK) for a in AGENCIES)
    operator = story.operator()
    arrived = at_answerer.intake.get_document(document_id=story.arrival_id)
    pdf = _download(story, arrived)
    return Outcome(
        story=story,
        lines={line.recipient: line for line in story.deliveries()},
        reply_line=_reply_line(story),
        request=at_sender.dispatch.get_document(document_id=story.document_id),
        reply=at_answerer.dispatch.get_document(document_id=story.reply_id),
        arrived=arrived,
        refused=at_refuser.intake.get_document(document_id=story.refused_id),
        reply_arrived=at_sender.intake.get_document(document_id=story.reply_arrival_id),
        books={of.code: _books(story, of) for of in AGENCIES},
        pdf=pdf,
        report=judge(pdf, trust_of(keys.pki_folder(folder)), datetime.now(UTC)),
        history=history_of(operator, story.document_id),
        reply_history=history_of(operator, story.reply_id),
        calls=dict(calls),
        events=ledger.events(),
        counts=ledger.counts(),
    )


def _settled(story: Story) -> bool:
    """Whether the last things to be heard were heard: in the sender's and answerer's books."""
    sender, answerer, refuser = (_books(story, of) for of in AGENCIES)
    return (
        len(_reply_line(story).history) >= 2
        and sender.figures["I5"] == (2, 2)
        and sender.figures["I7"][0] > 0
        and len(sender.incoming) > 0
        and all(line.remarks for line in sender.outgoing)
        and all(line.remarks and line.acknowledged for line in answerer.incoming)
        and answerer.figures["I16"][0] > 0
        and answerer.figures["I5"] == (1, 1)
        and not answerer.late_in_a_month
        and not refuser.late_in_a_month
        and _refusal_heard(story)
    )


def _refusal_heard(story: Story) -> bool:
    clerk = story.holder(SENDER, Role.CLERK)
    request = clerk.dispatch.get_document(document_id=story.document_id)
    return request.refused_by == [REFUSER.code]


def _reply_line(story: Story) -> DeliveryView:
    clerk = story.holder(ANSWERER, Role.CLERK)
    return clerk.tracking.get_delivery(delivery_id=story.reply_arrival_id)


def _books(story: Story, of: Agency) -> Books:
    asked, now = story.holder(of, Role.CLERK).reporting, datetime.now(UTC)
    years = (story.today.year, story.today.year + 1)
    figures = asked.list_indicators(
        agency=of.code, from_at=now - timedelta(days=1), until_at=now + MONTH
    )
    return Books(
        incoming=[
            line for y in years for line in asked.list_incoming_register(agency=of.code, year=y)
        ],
        outgoing=[
            line for y in years for line in asked.list_outgoing_register(agency=of.code, year=y)
        ],
        late=asked.list_late_matters(agency=of.code),
        late_in_a_month=asked.list_late_matters(agency=of.code, at=now + MONTH),
        figures={it.code: (it.numerator, it.denominator) for it in figures},
    )


def _download(story: Story, document: IncomingDocumentView) -> bytes:
    """The bytes of an arrived document's file, as its clerk gets them."""
    clerk = story.holder(ANSWERER, Role.CLERK)
    link = clerk.intake.get_file_link(
        document_id=document.document_id, sha256=document.files[0].sha256
    )
    answer = urllib3.request("GET", link.url)
    assert answer.status == 200
    return opened(answer.data, link.key, link.iv)


__all__ = ["ANSWERER", "REFUSER", "SENDER", "Books", "Outcome", "read_outcome"]
