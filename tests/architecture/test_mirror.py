"""Tests stand where one looks for them: `tests/<service>/test_<room>.py` for every room.

A room that is a folder may have a folder of tests, and a long test a word more in its name,
`test_<room>_<subject>.py`. The three doors and the settings may be tested by the whole house in
`tests/together` alone, since they hold no decision; what they hold is checked by `test_promises`.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.house import ROOT, none_of, plant, services_of
from tests.architecture.test_rooms import BESIDE, GENERATED, ROOMS

DOORS = {"service", "follower", "worker", "settings"}
SHARED_WORDS = {"accounts", "dispatch", "intake", "reporting", "signing", "tracking"}


def rooms_of(root: Path, service: str) -> set[str]:
    """Names of the rooms of a service."""
    entries = {entry.name for entry in (root / "services" / service).iterdir()}
    return {name.removesuffix(".py") for name in entries - BESIDE - GENERATED} & ROOMS


def has_test(folder: Path, name: str) -> bool:
    """Whether tests of that name are in the folder."""
    if not folder.is_dir():
        return False
    pattern = re.compile(rf"test_{name}(_\w+)?\.py")
    return any(pattern.fullmatch(file.name) for file in folder.iterdir())


def untested(root: Path) -> list[str]:
    """Rooms and shared contract words without a test of their name."""
    found = [
        f"tests/{service}: no test_{room}.py"
        for service in services_of(root)
        for room in sorted(rooms_of(root, service) - DOORS)
        if not has_test(root / "tests" / service, room)
    ]
    words = {path.name.removesuffix(".py") for path in (root / "contracts").iterdir()}
    words -= SHARED_WORDS | GENERATED | {"__init__"}
    return found + [
        f"tests/contracts: no test_{word}.py"
        for word in sorted(words)
        if not has_test(root / "tests" / "contracts", word)
    ]


def astray(root: Path) -> list[str]:
    """Tests of a service whose names say no room of it."""
    found = []
    for service in services_of(root):
        rooms = "|".join(sorted(rooms_of(root, service)))
        found += [
            f"tests/{service}/{file.name}: says no room of {service}"
            for file in sorted((root / "tests" / service).glob("test_*.py"))
            if not re.fullmatch(rf"test_({rooms})(_\w+)?\.py", file.name)
        ]
    return found


def test_every_room_has_its_tests() -> None:
    none_of(untested(ROOT))


def test_a_room_without_tests_is_told(tmp_path: Path) -> None:
    rooms = ("domain.py", "events.py", "adapters/pdf.py", "service.py", "README.md", "__init__.py")
    plant(tmp_path, {f"services/a/{room}": "" for room in rooms})
    plant(tmp_path, {"contracts/values.py": "", "contracts/edxml/__init__.py": ""})
    plant(tmp_path, {"tests/a/test_domain_order.py": "", "tests/a/test_eventsmith.py": ""})
    plant(tmp_path, {"tests/contracts/test_values.py": ""})
    assert untested(tmp_path) == [
        "tests/a: no test_adapters.py",
        "tests/a: no test_events.py",
        "tests/contracts: no test_edxml.py",
    ]


def test_every_test_of_a_service_says_its_room() -> None:
    none_of(astray(ROOT))


def test_a_test_that_says_no_room_is_told(tmp_path: Path) -> None:
    plant(
        tmp_path, {"services/a/domain.py": "", "tests/a/test_domain.py": "", "tests/a/desk.py": ""}
    )
    plant(tmp_path, {"tests/a/test_order.py": "", "tests/a/test_views.py": ""})
    assert astray(tmp_path) == [
        "tests/a/test_order.py: says no room of a",
        "tests/a/test_views.py: says no room of a",
    ]
