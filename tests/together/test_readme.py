"""The examples of README.md run as they stand there."""

import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from infra.local.house import ROOT, House
from infra.local.world import World
from tests.together.outcome import Outcome

README = Path(ROOT, "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def run(example: str, world: World) -> Iterator[str]:
    """The lines an example prints; the reader fills in two names."""
    said = StringIO()
    given = {"BROKER_URL": world.broker_url("edge"), "OPERATOR_SECRET": world.operator_secret}
    with redirect_stdout(said):
        exec(compile(example, "README.md", "exec"), given)
    yield from said.getvalue().splitlines()


def test_there_are_two_examples_of_a_handful_of_lines() -> None:
    assert len(EXAMPLES) == 2
    assert all(3 <= len(example.splitlines()) <= 14 for example in EXAMPLES)


@pytest.mark.parametrize("times", [1, 2])
def test_a_service_is_called_as_the_readme_says(house: House, world: World, times: int) -> None:
    """The second time the agency is there already, and a person is told so."""
    *refused, name = run(EXAMPLES[0], world)
    assert name == "Sở Ví dụ"
    assert [line.split()[0] for line in refused] == ["Mã"] * (times - 1)


def test_events_are_followed_by_position_as_the_readme_says(world: World, outcome: Outcome) -> None:
    lines = [line.split(" ", 1) for line in run(EXAMPLES[1], world)]
    told = [e for e in outcome.events if e.topic.startswith("accounts.") and e.is_of_aggregate]
    registered = [event for event in told if event.topic.endswith("Registered")]
    positions = [int(position) for position, _ in lines]
    assert positions == sorted(set(positions))
    assert len(lines) >= len(registered) == 16
    assert sum("accounts.PersonRegistered" in said for _, said in lines) >= 12
    assert all("accounts." in said for _, said in lines)
