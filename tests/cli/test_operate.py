"""`vanban history`, `parked`, `unpark`, `status` look into a running platform and help it on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner, Result

from contracts.envelope import Actor
from contracts.values import Role, named_id
from infra.local import keys
from infra.local.ground import Ground
from infra.local.house import FILE, House, all_processes
from infra.local.state import SERVICES
from infra.local.world import World
from services.accounts.application import Accounts
from services.cli.main import application
from services.kernel.application import in_postgres
from services.kernel.context import Circumstances, acting
from tests.conftest import until
from tests.together.arrivals import keep_arrivals

FOLLOWED = "accounts"
POISONED = "không phải mã"
"""No agency's code: the door of accounts would refuse it, so it is there by a defect."""
PATIENCE = 60.0


@pytest.fixture(scope="module")
def house(ground: Ground, world: World) -> Iterator[House]:
    """All answering doors and the follower of dispatch."""
    running = [p for p in all_processes() if p.name == p.service or p.name == "dispatch-follower"]
    with House(ground, world, running, told_in=ground.folder / FILE) as house:
        yield house


@pytest.fixture(scope="module")
def directory(ground: Ground, world: World, house: House) -> list[UUID]:
    """Two agencies of the directory: one as it should be, one that nobody can read."""
    accounts = Accounts(
        in_postgres(world.database_url(FOLLOWED)),
        signing_key=keys.token_private_key_file(ground.folder),
        operator_secret=world.operator_secret,
    )
    operator = Circumstances(actor=Actor(person="operator"), roles=frozenset({Role.OPERATOR}))
    codes = ("H47.05", POISONED)
    with acting(operator):
        for code in codes:
            accounts.register_agency(agency=code, name="Sở Nội vụ", notation="SNV")
    accounts.close()
    return [named_id("agency", code) for code in codes]


@pytest.fixture(scope="module")
def document(world: World, house: House) -> UUID:
    """A document that arrived."""
    with acting(Circumstances(actor=Actor(person="clerk.ubnd"))):
        (id,) = keep_arrivals(world, 1)
    return id


def vanban(ground: Ground, *words: str) -> Result:
    """The command line on the running house."""
    return CliRunner().invoke(application(words[0]), [*words, "--data", str(ground.folder)])


def parked(ground: Ground) -> dict[str, list[dict[str, str]]]:
    """What every follower could not digest."""
    done = vanban(ground, "parked", "--json")
    assert done.exit_code == 0, done.output
    told: dict[str, list[dict[str, str]]] = json.loads(done.stdout)
    return told


def test_the_history_of_a_document_is_told_in_json(ground: Ground, document: UUID) -> None:
    done = vanban(ground, "history", str(document), "--json")
    lines = json.loads(done.stdout)
    assert done.exit_code == 0
    assert [(line["service"], line["topic"].split(".")[-1]) for line in lines] == [
        ("intake", "Arrived"),
        ("intake", "FilesAdmitted"),
        ("intake", "ChecksRecorded"),
    ]
    for before, after in pairwise(lines):
        assert after["after"] == before["digest"]
        assert datetime.fromisoformat(before["at"]) <= datetime.fromisoformat(after["at"])
    assert {line["actor"]["person"] for line in lines} == {"clerk.ubnd"}


def test_the_history_of_a_document_is_shown_to_people(ground: Ground, document: UUID) -> None:
    done = vanban(ground, "history", str(document))
    lines = json.loads(vanban(ground, "history", str(document), "--json").stdout)
    assert done.exit_code == 0
    assert "lúc / at" in done.stdout
    assert all(line["digest"][:12] in done.stdout for line in lines)


def test_an_unknown_document_is_refused_in_two_languages(ground: Ground, house: House) -> None:
    nobody = str(uuid4())
    done = vanban(ground, "history", nobody)
    assert done.exit_code == 1
    assert done.stdout == ""
    vietnamese, english = done.stderr.strip().split("\n")
    assert vietnamese.startswith("Không tìm thấy")
    assert english.startswith("There is no")
    assert nobody in vietnamese
    assert nobody in english


def test_what_cannot_be_read_is_parked_and_shown(ground: Ground, directory: list[UUID]) -> None:
    until(lambda: parked(ground)["dispatch"], PATIENCE)
    whole = parked(ground)
    (event,) = whole.pop("dispatch")
    assert (event["source"], event["aggregate_id"]) == (FOLLOWED, str(directory[1]))
    assert event["reason"].startswith("ValidationError")
    assert whole == {"intake": [], "reporting": [], "signing": [], "tracking": []}
    assert FOLLOWED in vanban(ground, "parked").stdout


def test_an_unparked_event_is_read_again(ground: Ground, directory: list[UUID]) -> None:
    """It is as unreadable as before, so it is parked anew: at a later instant."""
    until(lambda: parked(ground)["dispatch"], PATIENCE)
    (before,) = parked(ground)["dispatch"]
    done = vanban(ground, "unpark", "dispatch", FOLLOWED, str(directory[1]))
    assert (done.exit_code, "đọc lại" in done.stdout) == (0, True)
    until(lambda: parked(ground)["dispatch"][0]["since"] > before["since"], PATIENCE)
    (after,) = parked(ground)["dispatch"]
    assert after["position"] == before["position"]


def test_what_is_not_parked_cannot_be_unparked(ground: Ground, directory: list[UUID]) -> None:
    done = vanban(ground, "unpark", "dispatch", FOLLOWED, str(directory[0]))
    assert done.exit_code == 1
    assert len(done.stderr.strip().split("\n")) == 2
    assert str(directory[0]) in done.stderr


def test_the_status_tells_what_runs(ground: Ground, house: House) -> None:
    done = vanban(ground, "status", "--json")
    rows = {row["name"]: row for row in json.loads(done.stdout)}
    assert done.exit_code == 0
    assert set(rows) >= {*SERVICES, "dispatch-follower", "postgres", "rabbitmq", "s3"}
    assert all(row["ready"] for row in rows.values())
    assert rows["intake"]["pid"] == house.pid("intake")


@pytest.mark.parametrize(
    "words",
    [
        ("history",),
        ("history", "không-phải-mã"),
        ("unpark", "dispatch", FOLLOWED),
        ("unpark", "nobody", FOLLOWED, str(uuid4())),
        ("parked", "--no-such-option"),
    ],
)
def test_a_miswritten_command_ends_with_two(ground: Ground, words: tuple[str, ...]) -> None:
    assert vanban(ground, *words).exit_code == 2


@pytest.mark.parametrize(
    "words",
    [("history", str(uuid4())), ("parked",), ("unpark", "dispatch", FOLLOWED, str(uuid4()))],
)
def test_where_nothing_runs_that_is_said(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(application(words[0]), [*words, "--data", str(tmp_path)])
    assert done.exit_code == 1
    assert "vanban up" in done.stderr
