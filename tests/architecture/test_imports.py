"""Who may import whom: the contracts of `pyproject.toml` hold, name what exists, and can fail."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.architecture.house import (
    CODE,
    IMPORTS,
    ROOT,
    imported,
    nodes,
    none_of,
    plant,
    python_files,
    services_of,
)

OURS = {"contracts", "services", "infra", "tests"}
EVERYBODYS = {"msgspec"}
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]
CONTRACTS: dict[str, dict[str, Any]] = {rule["id"]: rule for rule in LINTER["contracts"]}


class Told(NamedTuple):
    """What import-linter said: every contract's name, whether it is kept, and the whole text."""

    kept: dict[str, bool]
    text: str


def lint(folder: Path) -> Told:
    """Run import-linter on the tree in `folder`."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    ran = subprocess.run(
        command,
        cwd=folder,
        env={"PYTHONPATH": str(folder), "COLUMNS": "1000", "PATH": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    told = re.findall(r"^(.+) (KEPT|BROKEN)(?: \(.*\))?$", ran.stdout, re.MULTILINE)
    assert told, ran.stdout + ran.stderr
    return Told({name: verdict == "KEPT" for name, verdict in told}, ran.stdout)


def test_every_import_contract_is_kept() -> None:
    kept = lint(ROOT).kept
    assert set(kept) == {rule["name"] for rule in CONTRACTS.values()}
    assert [name for name, holds in kept.items() if not holds] == [], "run lint-imports"


PLANTED = {
    "house": ("services/accounts/adapters.py", "import services.dispatch"),
    "rooms": ("services/accounts/domain.py", "import services.accounts.application"),
    "kernel": ("services/kernel/context.py", "import services.kernel.commit"),
    "words": ("contracts/values.py", "import contracts.accounts"),
    "language": ("contracts/errors.py", "import services.kernel.context"),
    "ground": ("services/accounts/adapters.py", "import infra.local"),
    "domain": ("services/accounts/domain.py", "import services.kernel.commit"),
    "told": ("services/accounts/events.py", "import services.kernel.context"),
    "nameko": ("services/accounts/application.py", "import nameko"),
    "store": ("services/accounts/domain.py", "from eventsourcing.domain import Aggregate"),
    "tables": ("services/accounts/application.py", "import psycopg2"),
    "postgres": ("services/kernel/view.py", "import psycopg"),
    "broker": ("services/accounts/application.py", "import pika"),
    "files": ("services/accounts/application.py", "import minio"),
    "http": ("services/accounts/application.py", "import urllib3"),
    "telemetry": ("services/accounts/application.py", "from opentelemetry import trace"),
    "tokens": ("services/accounts/application.py", "import jwt"),
    "signatures": ("services/kernel/files.py", "import pyhanko"),
    "structures": ("services/kernel/files.py", "import asn1crypto"),
    "devices": ("services/signing/adapters/making/acts.py", "import pkcs11"),
    "pages": ("services/kernel/files.py", "import pypdfium2"),
    "certificates": ("services/kernel/tokens.py", "import cryptography"),
    "pictures": ("services/kernel/tokens.py", "import PIL"),
    "gate": ("services/kernel/files.py", "import pikepdf"),
    "bags": ("services/kernel/files.py", "import bagit"),
    "passwords": ("services/accounts/application.py", "import argon2"),
    "terminal": ("services/kernel/telemetry.py", "import rich"),
    "paper": ("services/signing/application/jobs.py", "import reportlab"),
}


def copied(folder: Path) -> Path:
    """A copy of the house, to spoil."""
    for name in CODE:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_every_import_contract_can_be_broken(tmp_path: Path) -> None:
    assert set(PLANTED) == set(CONTRACTS), "plant a forbidden import for every contract"
    copied(tmp_path)
    for file, line in PLANTED.values():
        with (tmp_path / file).open("a", encoding="utf-8") as spoiled:
            spoiled.write(f"\n{line}\n")
    told = lint(tmp_path)
    assert [name for name, holds in told.kept.items() if holds] == []
    for file, line in PLANTED.values():
        importer, tool = file.removesuffix(".py").replace("/", "."), line.split()[1]
        tool = tool if tool.partition(".")[0] in OURS else tool.partition(".")[0]
        assert f"{importer} -> {tool} (" in told.text


@pytest.mark.parametrize("id", ["house", "rooms", "kernel", "words"])
def test_a_new_file_or_folder_must_be_given_its_place(id: str, tmp_path: Path) -> None:
    rule = CONTRACTS[id]
    assert rule["exhaustive"] is True
    container = rule["containers"][0].replace(".", "/")
    plant(copied(tmp_path), {f"{container}/archive.py": '"""A stranger."""\n'})
    told = lint(tmp_path)
    assert told.kept[rule["name"]] is False
    assert f"- {rule['containers'][0]}.archive\n" in told.text


def modules_named(rule: dict[str, Any]) -> set[str]:
    """Every module that a contract names outright: no optional layers, no wildcards."""
    named = set()
    for key in ("source_modules", "forbidden_modules", "protected_modules", "allowed_importers"):
        named |= set(rule.get(key, ()))
    layers = [name for layer in rule.get("layers", ()) for name in re.split(r" [|:] ", layer)]
    for container in rule.get("containers", [""]):
        named |= {f"{container}.{name}".lstrip(".") for name in layers if not name.startswith("(")}
    return {name for name in named if "*" not in name}


def is_there(root: Path, module: str) -> bool:
    """Whether a module of ours has a file or a folder."""
    place = root / module.replace(".", "/")
    return place.is_dir() or place.with_suffix(".py").is_file()


def tools_used(root: Path, *folders: str) -> set[str]:
    """First names of everything that is imported."""
    told = nodes(root, IMPORTS, *folders)
    return {name.partition(".")[0] for _, node in told for name in imported(node)}


def nowhere(root: Path, rules: dict[str, dict[str, Any]]) -> list[str]:
    """Modules of ours that a contract names and that are not there, and tools nobody imports."""
    used = {
        name.partition(".")[0] for _, node in nodes(root, IMPORTS, *CODE) for name in imported(node)
    }
    return [
        f"{id}: {module} is not there"
        for id, rule in rules.items()
        for module in sorted(modules_named(rule))
        if not (is_there(root, module) if module.partition(".")[0] in OURS else module in used)
    ]


def test_every_room_and_tool_that_a_contract_names_is_there() -> None:
    none_of(nowhere(ROOT, CONTRACTS))


def test_a_contract_about_a_room_that_is_not_there_is_told(tmp_path: Path) -> None:
    plant(tmp_path, {"services/a/domain.py": "import msgspec"})
    rules = {
        "x": {"protected_modules": ["msgspec", "minio"], "allowed_importers": ["services.a.door"]},
        "y": {"containers": ["services.a"], "layers": ["door | (window)", "domain : events"]},
    }
    assert nowhere(tmp_path, rules) == [
        "x: minio is not there",
        "x: services.a.door is not there",
        "y: services.a.door is not there",
        "y: services.a.events is not there",
    ]


def forgotten(root: Path, rules: dict[str, dict[str, Any]]) -> list[str]:
    """Services that a contract forgets although it names others."""
    services = set(services_of(root))
    found = []
    for id, rule in rules.items():
        text = repr(rule)
        named = {name for name in services if re.search(rf"\b{name}\b", text)}
        listed = rule["type"] != "protected" and len(named) > 1
        found += [f"{id}: {name} is forgotten" for name in sorted(services - named) if listed]
    return found


def test_a_contract_about_services_is_about_all_of_them(tmp_path: Path) -> None:
    none_of(forgotten(ROOT, CONTRACTS))
    plant(tmp_path, {f"services/{name}/domain.py": "" for name in ("a1", "b1", "c1")})
    rules = {"x": {"type": "layers", "layers": ["services.a1 | services.b1"]}}
    assert forgotten(tmp_path, rules) == ["x: c1 is forgotten"]


def strangers(root: Path, rules: dict[str, dict[str, Any]]) -> list[str]:
    """Packages of the registry that are imported although no contract gives them a room."""
    known = {name for rule in rules.values() for name in rule.get("protected_modules", ())}
    known |= OURS | EVERYBODYS | sys.stdlib_module_names
    return [
        f"{place}: {name} has no room"
        for place, node in nodes(root, IMPORTS, *CODE)
        for name in imported(node)
        if name.partition(".")[0] not in known
    ]


def test_every_tool_has_its_rooms(tmp_path: Path) -> None:
    none_of(strangers(ROOT, CONTRACTS))
    plant(tmp_path, {"contracts/a.py": "import re\nimport msgspec\nfrom requests import get\n"})
    assert strangers(tmp_path, CONTRACTS) == ["contracts/a.py:3: requests.get has no room"]


def test_the_contracts_need_nothing_but_the_standard_library_and_msgspec(tmp_path: Path) -> None:
    allowed = sys.stdlib_module_names | {"contracts", "msgspec"}
    found = {
        n.partition(".")[0] for _, node in nodes(ROOT, IMPORTS, "contracts") for n in imported(node)
    }
    assert found - allowed == set()
    assert python_files(ROOT, "contracts")
