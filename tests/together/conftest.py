"""One whole house for all tests of this folder, and the story told in it once."""

import logging
from collections.abc import Iterator
from uuid import uuid4

import pytest

from infra.local.ground import Ground
from infra.local.house import House
from infra.local.world import World
from services.cli.story import Story
from tests.together.callers import Witness
from tests.together.copying import Copied
from tests.together.copying import copied as copied_and_digitised
from tests.together.devices import ByDevice, sealed_by_device
from tests.together.ledger import Ledger
from tests.together.outcome import Outcome, read_outcome

PATIENCE = 90.0
pytest.register_assert_rewrite("tests.together.checks", "tests.together.traces")
logging.getLogger("pika").setLevel(logging.CRITICAL)  # machines that start are away for a while


@pytest.fixture(scope="session")
def world(ground: Ground) -> World:
    """The place in which the story is told."""
    return ground.new_world(f"together-{uuid4().hex[:8]}")


@pytest.fixture(scope="session")
def house(ground: Ground, world: World) -> Iterator[House]:
    """All six services, their followers and the signing workers as processes of their own."""
    with House(ground, world, tell=print) as house:
        yield house


@pytest.fixture(scope="session")
def ledger(world: World) -> Ledger:
    """What the stores of this house hold."""
    return Ledger(world)


@pytest.fixture(scope="session")
def edge(house: House, world: World) -> Iterator[Witness]:
    """Whoever asks from outside, not yet signed in."""
    with Witness(world.broker_url("edge"), timeout=PATIENCE) as caller:
        yield caller


@pytest.fixture(scope="session")
def story(edge: Witness, world: World) -> Story:
    """The story, told to its end."""
    story = Story(edge, world, lambda told: print(told.en), PATIENCE)
    story.play()
    return story


@pytest.fixture(scope="session", autouse=True)
def outcome(story: Story, edge: Witness, ledger: Ledger, ground: Ground) -> Outcome:
    """How it ended, read before any other test adds to it."""
    return read_outcome(story, edge.calls, ledger, ground.folder)


@pytest.fixture(scope="session")
def by_device(story: Story, outcome: Outcome, world: World) -> ByDevice:
    """One more document, signed and sealed with devices of the signers' own."""
    return sealed_by_device(story, world.pki_folder)


@pytest.fixture(scope="session")
def copied(story: Story, outcome: Outcome) -> Copied:
    """A copy made and a paper digitised, after everything else was read."""
    return copied_and_digitised(story, outcome)
