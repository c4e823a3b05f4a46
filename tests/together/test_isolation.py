"""An agency's people see nothing of a document that is not theirs, whatever they ask.

The reply of the story concerns two agencies; a third one asks for it with every question there is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from contracts.envelope import Actor
from contracts.errors import Denied
from contracts.intake import IncomingState
from contracts.signing import ReportFormat
from contracts.values import Role, SignerRole, named_id
from infra.local import keys
from infra.local.ground import Ground
from services.cli.cast import ANSWERER, REFUSER, SENDER, Agency
from services.cli.story import Story
from services.kernel import tokens
from services.kernel.client import Client
from tests.together.callers import QUESTIONS, Witness
from tests.together.cases import dispatch
from tests.together.cases.signing import first_certificate
from tests.together.copying import Copied
from tests.together.devices import ByDevice
from tests.together.outcome import Outcome
from tests.together.promises import METHODS

ROLES = [role for role in Role if role not in {Role.OPERATOR, Role.AUDITOR, Role.SERVICE}]
ASKED = sorted(m for m in METHODS if m.partition(".")[2].startswith(QUESTIONS))
OF_NOBODY = {
    "accounts.get_agency",
    "accounts.list_agencies",
    "dispatch.list_paper_rules",
    "dispatch.offer_upload",
    "intake.offer_upload",
    "signing.offer_upload",
    "signing.list_trust_anchors",
}
"""The directory and whom we trust are for everybody; an upload is the uploader's own."""

DOSSIER = uuid4()

Words = dict[str, Any]
Seat = Callable[[Agency, Role], Client]


@pytest.fixture(scope="module")
def seat(edge: Witness, ground: Ground) -> Seat:
    """Somebody of an agency in a role."""
    key, until = keys.token_private_key_file(ground.folder), datetime.now(UTC) + timedelta(hours=1)

    def sit(agency: Agency, role: Role) -> Client:
        actor = Actor(person=agency.person(role), agency=agency.code)
        return edge.as_holder(tokens.issue(key, actor, [role], until))

    return sit


@pytest.fixture(scope="module")
def sealed(story: Story, seat: Seat) -> UUID:
    """Sealed figures of the sender, of a quarter that ended long ago."""
    year = story.today.year - 1
    seat(SENDER, Role.LEADER).reporting.seal_period(agency=SENDER.code, year=year, quarter=2)
    return story.operator().reporting.read_events(after=0).events[-1].aggregate_id


@pytest.fixture(scope="module", autouse=True)
def dossier(story: Story, seat: Seat) -> None:
    """A dossier of the sender's is open."""
    clerk, year = seat(SENDER, Role.CLERK), story.today.year
    clerk.tracking.open_dossier(dossier_id=DOSSIER, year=year, group="CCHC", title="Báo cáo")


def questions(
    story: Story, end: Outcome, sealed: UUID, by_device: ByDevice, copied: Copied
) -> dict[str, list[Words]]:
    """Each question of the platform, about the reply and the two agencies it concerns."""
    reply, arrival = {"document_id": story.reply_id}, {"document_id": story.reply_arrival_id}
    theirs = [{"agency": agency.code} for agency in (SENDER, ANSWERER)]
    year = {"year": story.today.year}
    span = {"from_at": datetime.now(UTC) - timedelta(days=1), "until_at": datetime.now(UTC)}
    things = {
        "accounts": [named_id("agency", agency.code) for agency in (SENDER, ANSWERER)],
        "dispatch": [story.reply_id],
        "signing": [story.reply_arrival_id]
        + [named_id("signature", story.reply_id, role) for role in SignerRole],
        "intake": [story.reply_arrival_id],
        "tracking": [story.reply_arrival_id],
        "reporting": [sealed],
    }
    leaders = [{"person": agency.leader} for agency in (SENDER, ANSWERER)]
    told: dict[str, list[Words]] = {
        "accounts.get_person": leaders,
        "accounts.list_delegations": leaders,
        "dispatch.get_document": [reply],
        "dispatch.get_file_link": [reply],
        "dispatch.list_prints": [reply],
        "dispatch.list_papers": theirs,
        "reporting.list_incoming_register": [agency | year for agency in theirs],
        "reporting.list_outgoing_register": [agency | year for agency in theirs],
        "reporting.list_late_matters": theirs,
        "reporting.list_indicators": [agency | span for agency in theirs],
        "reporting.list_sealed_indicators": [
            theirs[0] | {"year": story.today.year - 1, "quarter": 2}
        ],
    }
    told |= of_tracking(story, reply, theirs)
    told |= of_signing(story, end, theirs, by_device, copied) | of_intake(arrival, end, theirs)
    for service, ids in things.items():
        told[f"{service}.list_history"] = [{"aggregate_id": id} for id in ids]
        told[f"{service}.read_events"] = [{"after": 0}]
        if service != "accounts":
            told[f"{service}.list_parked_events"] = [{}]
    return told


def of_intake(arrival: Words, end: Outcome, theirs: list[Words]) -> dict[str, list[Words]]:
    """Documents, lists and rules are their agency's."""
    return {
        "intake.get_document": [arrival],
        "intake.get_file_link": [arrival | {"sha256": end.reply.file.sha256}],
        "intake.get_office_rules": theirs,
        "intake.list_accesses": [arrival],
        "intake.list_trail": [arrival],
        "intake.list_documents": [
            agency | {"state": state} for agency in theirs for state in IncomingState
        ],
    }


def of_tracking(story: Story, reply: Words, theirs: list[Words]) -> dict[str, list[Words]]:
    """Lines, dossiers and tasks are those of the agencies concerned."""
    year, today = {"year": story.today.year}, story.today
    return {
        "tracking.get_delivery": [{"delivery_id": story.reply_arrival_id}],
        "tracking.get_receipt": [{"delivery_id": story.reply_arrival_id}],
        "tracking.list_deliveries": [reply],
        "tracking.list_tasks": theirs,
        "tracking.list_lines": theirs,
        "tracking.get_line_counts": theirs,
        "tracking.list_alarms": theirs,
        "tracking.list_notices": theirs,
        "tracking.list_unmatched_statuses": theirs,
        "tracking.list_delays": [
            agency | {"from_on": today, "until_on": today} for agency in theirs
        ],
        "tracking.list_dossiers": [agency | year for agency in theirs],
        "tracking.get_dossier_package": [{"dossier_id": DOSSIER}],
    }


def of_signing(
    story: Story, end: Outcome, theirs: list[Words], by_device: ByDevice, copied: Copied
) -> dict[str, list[Words]]:
    """Sessions, verifications, certificates are their agency's; changes of trust the operators'."""
    verified = {"verification_id": story.reply_arrival_id}
    return {
        "signing.get_signing_session": [
            {"session_id": session.session_id} for session in by_device.sessions.values()
        ],
        "signing.get_verification": [verified],
        "signing.get_report": [verified | {"format": format} for format in ReportFormat],
        "signing.get_signed_revision": [verified | {"field": "vanban_leader"}],
        "signing.list_evidence": [verified],
        "signing.get_copy": [{"copy_id": copied.copy.copy_id}],
        "signing.get_paper": [{"paper_id": copied.paper.paper_id}],
        "signing.get_copy_rules": theirs,
        "signing.list_key_handovers": theirs,
        "signing.get_proof": [{"document_id": copied.proof.document_id}],
        "signing.list_expiring_proofs": theirs,
        "signing.list_copies": [agency | {"year": story.today.year} for agency in theirs],
        "signing.list_anchor_proposals": [{}],
        "signing.list_trust_changes": [{}],
        "signing.list_revocation_sources": [{}],
        "signing.get_certificate": [{"certificate_id": first_certificate(end)}],
        "signing.list_certificates": theirs,
        "signing.list_expiring_certificates": theirs,
    }


def test_every_question_is_asked(
    story: Story, outcome: Outcome, sealed: UUID, by_device: ByDevice, copied: Copied
) -> None:
    asked = questions(story, outcome, sealed, by_device, copied)
    assert sorted(asked) == sorted(set(ASKED) - OF_NOBODY)
    assert all(asked.values())


@pytest.mark.parametrize("method", [name for name in ASKED if name not in OF_NOBODY])
def test_a_third_agency_learns_nothing(
    method: str,
    story: Story,
    outcome: Outcome,
    sealed: UUID,
    by_device: ByDevice,
    copied: Copied,
    seat: Seat,
) -> None:
    service, _, name = method.partition(".")
    for words in questions(story, outcome, sealed, by_device, copied)[method]:
        for role in ROLES:
            with pytest.raises(Denied):
                seat(REFUSER, role).call(service, name, words)


def test_its_own_lists_do_not_name_the_document(story: Story, seat: Seat) -> None:
    """What the third agency may read about itself holds nothing of the reply."""
    clerk, now = seat(REFUSER, Role.CLERK), datetime.now(UTC)
    read = [
        *(clerk.intake.list_documents(agency=REFUSER.code, state=s) for s in IncomingState),
        clerk.reporting.list_incoming_register(agency=REFUSER.code, year=story.today.year),
        clerk.reporting.list_outgoing_register(agency=REFUSER.code, year=story.today.year),
        clerk.reporting.list_late_matters(agency=REFUSER.code, at=now + timedelta(days=30)),
    ]
    said = msgspec.json.encode(read).decode()
    assert str(story.refused_id) in said
    for secret in (story.reply_id, story.reply_arrival_id, "trả lời đề nghị", "01/UBND-VP"):
        assert str(secret) not in said


def test_an_addressee_has_the_file_and_the_line_but_not_the_making_of_the_document(
    story: Story, seat: Seat
) -> None:
    clerk = seat(REFUSER, Role.CLERK)
    request = {"document_id": story.document_id}
    assert clerk.dispatch.get_file_link(**request).url
    assert clerk.tracking.get_delivery(delivery_id=story.refused_id).recipient == REFUSER.code
    for method in ("get_document", "submit_draft"):
        with pytest.raises(Denied):
            clerk.call("dispatch", method, request)
    with pytest.raises(Denied):
        clerk.tracking.list_deliveries(document_id=story.document_id)
    with pytest.raises(Denied):
        clerk.tracking.get_delivery(delivery_id=story.arrival_id)


def test_a_draft_is_seen_by_its_own_agency_alone(
    story: Story, outcome: Outcome, seat: Seat
) -> None:
    """Before the issue a recipient has nothing, not even the file."""
    id = uuid4()
    draft = dispatch.cases(outcome)["create_draft"].asked | {"document_id": id}
    seat(SENDER, Role.OFFICER).dispatch.create_draft(**draft)
    recipient = seat(ANSWERER, Role.CLERK)
    for method in ("get_document", "get_file_link"):
        with pytest.raises(Denied):
            recipient.call("dispatch", method, {"document_id": id})
    assert seat(SENDER, Role.CLERK).dispatch.get_document(document_id=id).document_id == id
