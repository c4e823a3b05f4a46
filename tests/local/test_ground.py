"""The ground is private, survives SIGKILL of each machine, and leaves nothing behind."""

import json
import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pika
import psycopg
import pytest

from contracts.axis import questions
from infra.local.ground import Ground, GroundBusy
from infra.local.machine import NotReady
from infra.local.s3 import client_of
from infra.local.world import World
from services.kernel.axis import Axis
from tests.conftest import until
from tests.local.listening import addresses

HOLD = """
import json, sys, threading
from pathlib import Path
from infra.local.ground import Ground
with Ground(Path(sys.argv[1])) as ground:
    ground.new_world("kept")
    children = [child for one in ground.machines.values() for child in one.children]
    print(json.dumps([child.pid for child in children]), flush=True)
    threading.Event().wait()
"""


def pids(ground: Ground) -> list[int]:
    """The processes of all machines."""
    children = [child for one in ground.machines.values() for child in one.children]
    return [child.pid for child in children if child.pid is not None]


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended but was not yet fetched by its parent does not."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_only_its_owner_reads_the_secrets(ground: Ground, world: World) -> None:
    environment = world.environment("accounts")
    keys = Path(environment["VANBAN_TOKEN_PRIVATE_KEY_FILE"])
    assert (ground.folder / "state.json").stat().st_mode & 0o777 == 0o600
    assert keys.stat().st_mode & 0o777 == 0o600
    assert ground.folder.stat().st_mode & 0o066 == 0
    inner = [path for path in ground.folder.iterdir() if path.is_dir()]
    assert inner
    assert all(path.stat().st_mode & 0o077 == 0 for path in inner)


def test_everything_listens_on_the_loopback_interface_only(ground: Ground) -> None:
    assert "127.0.0.1" in addresses(pids(ground))
    assert addresses(pids(ground)) <= {"127.0.0.1", "::1"}


def test_a_commit_is_on_disk_before_it_is_answered(world: World) -> None:
    with psycopg.connect(world.database_url("intake")) as place:
        switches = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums")
        shown = [place.execute(f"SHOW {switch}").fetchone() for switch in switches]
    assert shown == [("on",)] * len(switches)


def test_a_folder_has_one_holder(ground: Ground) -> None:
    with pytest.raises(GroundBusy):
        Ground(ground.folder).start()


def test_committed_rows_survive_a_killed_postgres(ground: Ground, world: World) -> None:
    with psycopg.connect(world.database_url("intake")) as place:
        place.execute("CREATE TABLE kept (word text)")
        place.execute("INSERT INTO kept VALUES ('Sở Nội vụ')")
    ground.kill("postgres")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(world.database_url("intake"))
    ground.restart("postgres")
    with psycopg.connect(world.database_url("intake")) as place:
        assert place.execute("SELECT word FROM kept").fetchone() == ("Sở Nội vụ",)


def test_confirmed_jobs_survive_a_killed_broker(ground: Ground, world: World) -> None:
    parameters = pika.URLParameters(world.broker_url("signing"))
    with pika.BlockingConnection(parameters) as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        channel.basic_publish("", "jobs-signing", b"kept", pika.BasicProperties(delivery_mode=2))
    ground.kill("rabbitmq")
    ground.restart("rabbitmq")
    with pika.BlockingConnection(parameters) as connection:
        _, _, body = connection.channel().basic_get("jobs-signing", auto_ack=True)
    assert body == b"kept"


def test_stored_objects_survive_a_killed_s3(ground: Ground, world: World) -> None:
    client = client_of(world.s3_url)
    client.put_object(world.name, "kept", BytesIO(b"%PDF"), 4)
    ground.kill("s3")
    ground.restart("s3")
    with client.get_object(world.name, "kept") as answer:
        assert answer.read() == b"%PDF"


def test_agencies_survive_a_killed_axis(ground: Ground) -> None:
    ground.axis.control().enrol("H47.99", "kept", name="Sở Ví dụ")
    ground.kill("axis")
    with pytest.raises(NotReady):
        ground.check("axis")
    ground.restart("axis")
    axis = Axis(ground.state.axis_url, system_id="H47.99", secret="kept")
    assert "H47.99" in {unit.code for unit in axis.ask(questions.agencies()).data}


def test_the_brokers_control_program_reaches_the_node(ground: Ground) -> None:
    assert "vanban@localhost" in ground.rabbitmqctl("eval", "node().")


def postgres_is_being_made(folder: Path) -> bool:
    """Whether PostgreSQL's first files are there."""
    state = folder / "state.json"
    data = json.loads(state.read_text())["postgres_data"] if state.exists() else ""
    return bool(data) and (Path(data) / "PG_VERSION").exists()


def test_machines_end_with_their_holder_and_their_data_stays(tmp_path: Path) -> None:
    """Killed twice: half-way through the first start, which the second makes good, and running."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "held")]
    with subprocess.Popen(command) as holder:
        until(lambda: postgres_is_being_made(tmp_path / "held"), 30)
        holder.send_signal(signal.SIGKILL)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        running = json.loads(holder.stdout.readline())
        assert len(running) >= 3
        assert all(map(is_alive, running))
        holder.send_signal(signal.SIGKILL)
    until(lambda: not any(map(is_alive, running)))
    with Ground(tmp_path / "held") as ground:
        running = pids(ground)
        world = ground.new_world("kept")
        with psycopg.connect(world.database_url("intake")) as place:
            place.execute("SELECT 1")
    assert not any(map(is_alive, running))
    ground.purge()
    assert not (tmp_path / "held").exists()
