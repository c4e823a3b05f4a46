"""Leader and agency sign with devices of their own; dispatch sees no difference."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import urllib3

from contracts.dispatch import OutgoingState
from contracts.values import Role, SignerRole
from infra.local.world import World
from services.cli.cast import ANSWERER
from services.cli.story import Story
from services.signing.adapters.verification.judging import judge
from tests.together.devices import ByDevice
from tests.together.ledger import Ledger
from tests.trust import trust_of


@pytest.mark.rule("R9.2b-2")
def test_a_document_signed_by_two_devices_is_an_original(
    by_device: ByDevice, story: Story, world: World
) -> None:
    clerk = story.holder(ANSWERER, Role.CLERK)
    document = clerk.dispatch.get_document(document_id=by_device.document_id)
    assert document.state is OutgoingState.SEALED
    assert document.file == by_device.sessions[SignerRole.AGENCY].file == by_device.file
    link = clerk.dispatch.get_file_link(document_id=by_device.document_id)
    pdf = urllib3.request("GET", link.url).data
    report = judge(pdf, trust_of(world.pki_folder), datetime.now(UTC))
    assert (report.verdict, report.legal_value) == ("TRUSTED", "ORIGINAL")
    assert [one.role for one in report.signatures] == ["person", "agency"]


def test_no_secret_and_no_key_is_recorded_of_a_session(by_device: ByDevice, ledger: Ledger) -> None:
    """Two sessions: opened, prepared, given a value, completed; each once."""
    sessions = {session.session_id for session in by_device.sessions.values()}
    told = [event for event in ledger.events() if event.aggregate_id in sessions]
    words = [event.topic.rpartition(".")[2] for event in told]
    assert sorted(words) == sorted(["Opened", "Prepared", "ValueGiven", "Completed"] * 2)
    assert not any(b"PRIVATE" in event.state or b"pin" in event.state for event in told)
