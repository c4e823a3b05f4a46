"""A command that comes again under its id has its first answer and no second effect."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from contracts.accounts import Session
from contracts.dispatch import ActOutOfOrder
from contracts.errors import CommandIdReused
from contracts.values import Role
from infra.local.world import World
from services.cli.cast import ANSWERER, PASSWORD, SENDER
from services.cli.story import Story
from services.kernel.client import Client, command_id
from tests.conftest import until
from tests.together.callers import Stutterer, is_question
from tests.together.checks import COUNTS, OF_TRUST
from tests.together.conftest import PATIENCE
from tests.together.ledger import Ledger
from tests.together.outcome import Outcome

DIRECTORY = {
    "accounts.Agency.Registered",
    "accounts.AgencyListed",
    "accounts.Person.Registered",
    "accounts.UserNameGiven",
    "dispatch.Correspondent.Learnt",
    "signing.Agency.Begun",
    "signing.Agency.Learnt",
    "tracking.Peer.Learnt",
}
WITHOUT_DIRECTORY = Counter(
    {t: n for t, n in COUNTS.items() if t not in DIRECTORY and not t.startswith(OF_TRUST)}
)
WITHOUT_DIRECTORY["kernel.CommandAnswered"] -= 3 + 13 + 31 + 1
WITHOUT_DIRECTORY["accounts.Person.SessionOpened"] -= 1
del WITHOUT_DIRECTORY["intake.DocumentSeen"]  # as often as somebody looks


def _acts(ledger: Ledger, before: Counter[str]) -> Counter[str]:
    """What was recorded since, but for looks at a document."""
    since = ledger.counts() - before
    del since["intake.DocumentSeen"]
    return since


def test_a_story_told_by_a_stutterer_is_the_same_story(
    world: World, ledger: Ledger, outcome: Outcome
) -> None:
    """Each command comes eight times at once and once more; `Stutterer` compares the answers."""
    before = ledger.counts()
    with Stutterer(world.broker_url("edge"), timeout=PATIENCE) as caller:
        story = Story(caller, world, lambda told: None, PATIENCE)
        story.issue_request()
        story.answer_request()
        story.refuse_damaged_copy()
        story.complete_request()
        until(lambda: total(_acts(ledger, before)) >= total(WITHOUT_DIRECTORY), PATIENCE)
        assert _acts(ledger, before) == WITHOUT_DIRECTORY
        (line,) = (line for line in story.deliveries() if line.history[-1].code == "06")
    assert [str(status.code) for status in line.history] == ["01", "03", "04", "05", "06"]
    by_story = {f"{call.service}.{call.method}" for call in outcome.calls.values()}
    commands = {name for name in by_story if not is_question(name.partition(".")[2])}
    before_it = ("accounts.", "signing.")
    assert {name for name in commands if not name.startswith(before_it)} <= set(caller.said)


def total(counts: Counter[str]) -> int:
    """How many events, whatever they say."""
    return sum(counts.values())


def test_the_directory_takes_an_entry_once(story: Story, world: World, ledger: Ledger) -> None:
    code, person = f"H48.{uuid4().hex[:6].upper()}", f"p{uuid4().hex[:8]}"
    before = ledger.counts()
    with Stutterer(world.broker_url("edge"), story.operator().token, PATIENCE) as caller:
        caller.accounts.register_agency(agency=code, name="Sở Y tế", notation="SYT")
        caller.accounts.register_person(
            person=person,
            name="Bùi Thị Giang",
            post="Văn thư",
            agency=code,
            roles=[Role.CLERK],
            user_name=person,
            password="mật khẩu dài",
        )
    for learnt in (
        "dispatch.Correspondent.Learnt",
        "signing.Agency.Learnt",
        "tracking.Peer.Learnt",
    ):
        until(lambda topic=learnt: (ledger.counts() - before)[topic] == 1, PATIENCE)
    once = dict.fromkeys(DIRECTORY, 1) | {"kernel.CommandAnswered": 2}
    assert ledger.counts() - before == Counter(once)


def test_signing_in_again_under_one_id_is_one_session(world: World, ledger: Ledger) -> None:
    """Every token is good until it ends; they belong to one session."""
    before, id = ledger.counts(), uuid4()
    with Client(world.broker_url("edge"), timeout=PATIENCE) as caller:

        def sign_in(_: int) -> Session:
            with command_id(id):
                return caller.accounts.open_session(user_name=SENDER.leader, password=PASSWORD)

        with ThreadPoolExecutor(4) as threads:
            sessions = list(threads.map(sign_in, range(4)))
        people = [
            caller.as_holder(s.token).accounts.get_person(person=SENDER.leader) for s in sessions
        ]
    assert {person.name for person in people} == {SENDER.leader_name}
    once = {"accounts.Person.SessionOpened": 1, "kernel.CommandAnswered": 1}
    assert ledger.counts() - before == Counter(once)


def test_an_id_belongs_to_one_question_of_one_person(
    world: World, story: Story, outcome: Outcome, ledger: Ledger
) -> None:
    """Issuing comes again long after: its asker hears the first answer, anybody else a refusal."""
    issued = next(id for id, call in outcome.calls.items() if call.method == "issue_document")
    clerk, other = story.holder(SENDER, Role.CLERK), story.holder(ANSWERER, Role.CLERK)
    before = ledger.counts()
    with Client(world.broker_url("edge"), timeout=PATIENCE) as caller, command_id(issued):
        its_asker = caller.as_holder(clerk.token).dispatch
        its_asker.issue_document(document_id=story.document_id)
        with pytest.raises(CommandIdReused):
            its_asker.register_document(document_id=story.document_id)
        with pytest.raises(CommandIdReused):
            caller.as_holder(other.token).dispatch.issue_document(document_id=story.document_id)
    with pytest.raises(ActOutOfOrder):
        clerk.dispatch.issue_document(document_id=story.document_id)
    assert ledger.counts() == before
