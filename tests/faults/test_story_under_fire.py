"""While the story is told, everything is killed in turn; it ends the same."""

from collections.abc import Iterator
from typing import cast

import pytest

from contracts.envelope import Follows
from infra.local.ground import Ground
from infra.local.house import FOLLOWERS, House
from infra.local.state import SERVICES
from infra.local.world import World
from services.cli.cast import Told
from services.cli.story import Story
from tests.faults.fire import SERVERS, Fire, Pauses, Rounds, wait_until_all_is_well
from tests.together import checks, traces
from tests.together.callers import Witness
from tests.together.ledger import Ledger
from tests.together.outcome import read_outcome

PATIENCE = 90.0
TARGETS = [
    "signing-worker-1",
    "dispatch-follower",
    "rabbitmq",
    "dispatch",
    "signing-follower",
    "postgres",
    "s3",
    "authority",
    "signing",
    "accounts",
    "intake",
    "tracking-follower",
    "intake-follower",
    "reporting-follower",
    "tracking",
    "reporting",
]
"""In the order in which the story needs them, so that each is hit while it has work."""


@pytest.fixture(scope="module")
def house(ground: Ground, world: World) -> Iterator[House]:
    """All processes."""
    with House(ground, world) as house:
        yield house


def test_the_targets_are_all_there_is() -> None:
    followers = {f"{service}-follower" for service in FOLLOWERS}
    assert set(TARGETS) == {*SERVICES, *followers, *SERVERS, "signing-worker-1"}


def test_the_story_ends_the_same_under_fire(ground: Ground, world: World, house: House) -> None:
    """Every line of the story kills the next target; nothing is lost, nothing is doubled."""
    pauses, heard = Pauses(), list[str]()
    fire = Fire(house, Rounds(house, TARGETS))

    def tell(told: Told) -> None:
        pauses.beat()
        heard.append(told.en)
        fire.spark()

    with Witness(world.broker_url("edge"), timeout=PATIENCE) as caller:
        story = Story(caller, world, tell, PATIENCE)
        with fire:
            story.play()
        wait_until_all_is_well(ground, house, PATIENCE)
        end = read_outcome(story, caller.calls, Ledger(world), ground.folder)
        for check in (*checks.EVERYTHING, traces.every_event_carries_the_trace_of_its_cause):
            check(end)
        operator = story.operator()
        for service in FOLLOWERS:
            assert cast(Follows, getattr(operator, service)).list_parked_events() == []
    assert set(fire.killed) >= set(TARGETS)
    assert all(house.restarts(name) >= 1 for name in TARGETS)
    slowest = max(end.calls.values(), key=lambda call: call.seconds)
    print(
        f"\nstory under fire: {len(heard)} lines, {end.counts['kernel.CommandAnswered']} commands,"
        f" {len(end.calls)} calls, {len(fire.killed)} kills,"
        f" longest pause {pauses.longest:.1f} s,"
        f" slowest call {slowest.service}.{slowest.method} {slowest.seconds:.1f} s"
    )
