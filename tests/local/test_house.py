"""The house keeps its processes and machines alive, tells how they are, and leaves none behind."""

import json
from collections.abc import Iterator

import pytest
import typer
from typer.testing import CliRunner

from infra.local import attached
from infra.local.ground import Ground
from infra.local.house import FILE, House, NotUp, Process
from infra.local.world import World
from services.cli import ground as commands
from tests.conftest import until
from tests.local.test_ground import is_alive

DOORS = [Process(name, name, ("tests.local.door",)) for name in ("intake", "dispatch")]
BROKEN = Process("signing", "signing", ("tests.local.door", "broken"))


@pytest.fixture(scope="module")
def house(ground: Ground, world: World) -> Iterator[House]:
    """Two doors on the ground."""
    with House(ground, world, DOORS, told_in=ground.folder / FILE) as house:
        yield house


def vanban(*words: str) -> tuple[int, str]:
    """Exit code and output of the command line."""
    app = typer.Typer()
    commands.register(app)
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.output


def test_a_killed_process_comes_back(house: House) -> None:
    before = house.pid("intake")
    house.kill("intake")
    until(lambda: house.restarts("intake") == 1 and house.is_ready("intake"))
    assert house.pid("intake") != before
    assert house.restarts("dispatch") == 0


@pytest.mark.parametrize("name", ["postgres", "s3", "rabbitmq", "epmd", "authority"])
def test_a_killed_machine_comes_back_at_its_old_port(
    ground: Ground, house: House, name: str
) -> None:
    ports = dict(ground.state.ports)
    house.kill(name)
    until(lambda: house.restarts(name) >= 1)
    lines = {line.row.name: line for line in attached.status_of(ground.folder)}
    until(lambda: all(line.ready for line in attached.status_of(ground.folder)), 30)
    assert set(lines) >= {"postgres", "rabbitmq", "s3", "intake", "dispatch"}
    assert ground.state.ports == ports


def test_what_cannot_start_is_refused_with_its_last_words(ground: Ground, world: World) -> None:
    broken = House(ground, world, [BROKEN])
    with pytest.raises(NotUp, match="the hinges are gone"):
        broken.start(seconds=2)
    assert broken.pid("signing") is None


def test_a_stopped_house_leaves_none_behind(ground: Ground, world: World) -> None:
    door = Process("tracking", "tracking", ("tests.local.door",))
    with House(ground, world, [door]) as house:
        pid = house.pid("tracking")
        assert pid is not None
        assert is_alive(pid)
    assert not is_alive(pid)
    assert all(ground.is_running(name) for name in ("postgres", "rabbitmq", "s3"))


def test_the_status_is_told_in_json(ground: Ground, house: House) -> None:
    code, output = vanban("status", "--json", "--data", str(ground.folder))
    rows = {row["name"]: row for row in json.loads(output)}
    assert code == 0
    assert rows["dispatch"]["pid"] == house.pid("dispatch")
    assert rows["dispatch"]["ready"] is True


def test_a_process_is_killed_by_name(ground: Ground, house: House) -> None:
    before = house.restarts("dispatch")
    assert vanban("kill", "dispatch", "--data", str(ground.folder))[0] == 0
    until(lambda: house.restarts("dispatch") == before + 1 and house.is_ready("dispatch"))


def test_the_log_of_a_process_is_shown(ground: Ground, house: House) -> None:
    assert vanban("logs", "postgres", "-n", "1", "--data", str(ground.folder))[0] == 0


@pytest.mark.parametrize("words", [("kill", "nobody"), ("logs", "nobody"), ("logs", "../state")])
def test_an_unknown_name_is_refused(ground: Ground, house: House, words: tuple[str, ...]) -> None:
    assert vanban(*words, "--data", str(ground.folder))[0] == 1


def test_where_nothing_runs_that_is_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    nowhere = str(tmp_path_factory.mktemp("nowhere"))
    assert vanban("status", "--data", nowhere)[0] == 1
    assert vanban("kill", "intake", "--data", nowhere)[0] == 1
    assert vanban("down", "--data", nowhere)[0] == 0


def test_a_miswritten_command_is_told_apart_from_a_refused_one() -> None:
    assert vanban("kill")[0] == 2
    assert vanban("status", "--no-such-option")[0] == 2
