"""Every instant that leaves the house is written in ISO 8601 at +07:00, whoever tells it."""

import re
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from contracts.values import Role
from services.cli.story import ANSWERER, SENDER, Story

INSTANT = re.compile(r'"\d{4}-\d\d-\d\dT[^"]*"')


@pytest.mark.rule("R10.3-1")
def test_instants_are_exchanged_in_vietnamese_time(story: Story) -> None:
    sender, answerer = story.holder(SENDER, Role.CLERK), story.holder(ANSWERER, Role.CLERK)
    ahead = datetime.now(UTC) + timedelta(days=60)
    told = [
        sender.dispatch.get_document(document_id=story.document_id),
        sender.dispatch.get_file_link(document_id=story.document_id),
        sender.dispatch.offer_upload(sha256="0" * 64, size=1),
        answerer.intake.get_document(document_id=story.arrival_id),
        answerer.signing.get_verification(verification_id=story.arrival_id),
        sender.tracking.list_deliveries(document_id=story.document_id),
        sender.reporting.list_late_matters(agency=SENDER.code, at=ahead),
        story.operator().dispatch.read_events(after=0),
        story.operator().intake.list_history(aggregate_id=story.arrival_id),
    ]
    instants = [found for answer in told for found in _instants(answer)]
    assert len(instants) > 40
    assert [found for found in instants if not found.endswith('+07:00"')] == []


def _instants(answer: object) -> list[str]:
    return INSTANT.findall(msgspec.json.encode(_without_reports(answer)).decode())


def _without_reports(answer: object) -> object:
    """The evidence of a verification is a file: it is shown as it was kept, in UTC."""
    plain = msgspec.to_builtins(answer)
    if isinstance(plain, dict):
        plain.pop("reports", None)
    return plain
