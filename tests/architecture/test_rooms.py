"""Every service has the same rooms, small ones; a folder only where a file would be too long."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.architecture.house import (
    CODE,
    FUNCTIONS,
    ROOT,
    Function,
    nodes,
    none_of,
    plant,
    python_files,
    services_of,
    walked,
)

EVERY = {"domain", "application", "events", "service"}
ROOMS = EVERY | {"follower", "worker", "projections", "views", "adapters", "settings"}
ONLY_COMPUTING = {"worker"}
COMPUTING = {"signing", "intake", "tracking"}
BESIDE = {"README.md", "__init__.py"}
GENERATED = {"__pycache__"}
LONGEST_FILE = {"services": 300, "infra": 300, "contracts": 400, "tests": 450}
LONGEST_FUNCTION = {"services": 30, "infra": 30, "contracts": 30, "tests": 40}
MEDIAN_ROOM = 120
MEDIAN_FUNCTION = 6
LONGEST_README = 30
KERNEL_CODE = 2570


def lines(file: Path) -> int:
    """How many lines a file has."""
    return len(file.read_text(encoding="utf-8").splitlines())


def lines_of_room(room: Path) -> int:
    """How many lines a room has, whether it is a file or a folder."""
    return sum(map(lines, room.rglob("*.py"))) if room.is_dir() else lines(room)


def misplaced(root: Path) -> list[str]:
    """Rooms that are on no list, folders that could be a file, rooms that every service has."""
    found = []
    for service in services_of(root):
        folder = root / "services" / service
        entries = {entry.name: entry for entry in folder.iterdir() if entry.name not in GENERATED}
        known = {name.removesuffix(".py") for name in entries if name not in BESIDE}
        allowed = ROOMS if service in COMPUTING else ROOMS - ONLY_COMPUTING
        found += [f"services/{service}/{name}: no such room" for name in sorted(known - allowed)]
        found += [f"services/{service}: no {name}" for name in sorted(EVERY - known)]
        found += [f"services/{service}: no {name}" for name in sorted(BESIDE - entries.keys())]
        found += [
            f"services/{service}/{name}: a folder of {lines_of_room(entry)} lines; a file will do"
            for name, entry in sorted(entries.items())
            if entry.is_dir() and name in ROOMS and lines_of_room(entry) <= LONGEST_FILE["services"]
        ]
    return found


def long_files(root: Path) -> list[str]:
    """Files beyond their budget; READMEs of services too."""
    found = [
        f"{file.relative_to(root)}: {lines(file)} lines, {most} at most"
        for folder, most in LONGEST_FILE.items()
        for file in python_files(root, folder)
        if lines(file) > most
    ]
    readmes = [root / "services" / service / "README.md" for service in services_of(root)]
    return found + [
        f"{file.relative_to(root)}: {lines(file)} lines, {LONGEST_README} at most"
        for file in readmes
        if file.exists() and lines(file) > LONGEST_README
    ]


def length(function: Function) -> int:
    """Lines of a function's body, without signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def functions(root: Path, folder: str) -> Iterator[tuple[str, Function]]:
    """Every function with its place."""
    for place, node in nodes(root, FUNCTIONS, folder):
        if isinstance(node, Function):
            yield place, node


def long_functions(root: Path) -> list[str]:
    """Functions beyond their budget."""
    return [
        f"{place} {function.name}: {length(function)} lines, {most} at most"
        for folder, most in LONGEST_FUNCTION.items()
        for place, function in functions(root, folder)
        if length(function) > most
    ]


def lines_of_code(file: Path) -> int:
    """Lines that are neither blank, comment nor docstring."""
    prose: set[int] = set()
    for node in walked(file):
        documented = isinstance(node, ast.Module | ast.ClassDef | Function)
        if documented and ast.get_docstring(node) is not None:
            prose |= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    text = file.read_text(encoding="utf-8").splitlines()
    return sum(
        bool(line.strip()) and not line.strip().startswith("#") and number not in prose
        for number, line in enumerate(text, 1)
    )


def test_every_service_has_the_same_rooms() -> None:
    none_of(misplaced(ROOT))


def test_a_strange_room_an_early_folder_and_a_missing_room_are_told(tmp_path: Path) -> None:
    room = "x = 1\n" * 300
    good = {f"services/a/{name}.py": "" for name in EVERY - {"domain"}}
    beside = {"services/a/README.md": "", "services/a/__init__.py": ""}
    plant(
        tmp_path, {**good, **beside, "services/a/domain/one.py": room, "services/a/events.py": ""}
    )
    plant(tmp_path, {"services/a/domain/two.py": "x = 1\n"})
    assert misplaced(tmp_path) == []
    plant(tmp_path, {"services/a/utils.py": "", "services/a/worker.py": "", "services/a/t.sql": ""})
    (tmp_path / "services/a/domain/two.py").unlink()
    (tmp_path / "services/a/service.py").unlink()
    (tmp_path / "services/a/README.md").unlink()
    assert misplaced(tmp_path) == [
        "services/a/t.sql: no such room",
        "services/a/utils: no such room",
        "services/a/worker: no such room",
        "services/a: no service",
        "services/a: no README.md",
        "services/a/domain: a folder of 300 lines; a file will do",
    ]


def test_no_file_is_too_long() -> None:
    none_of(long_files(ROOT))


def test_a_file_beyond_its_budget_is_told(tmp_path: Path) -> None:
    plant(tmp_path, {"services/a/domain.py": "\n" * 301, "services/a/README.md": "\n" * 31})
    plant(tmp_path, {"services/a/events.py": "\n" * 300, "contracts/a.py": "\n" * 400})
    assert long_files(tmp_path) == [
        "services/a/domain.py: 301 lines, 300 at most",
        "services/a/README.md: 31 lines, 30 at most",
    ]


def test_no_function_is_too_long() -> None:
    none_of(long_functions(ROOT))


def test_a_function_beyond_its_budget_is_told(tmp_path: Path) -> None:
    body = "    x = 1\n"
    documented = f'def f():\n    """Text.\n\n    More.\n    """\n{body * 30}\n'
    source = f"{documented}def g(\n    a,\n):\n{body * 31}"
    plant(tmp_path, {"services/a/domain.py": source})
    assert long_functions(tmp_path) == ["services/a/domain.py:37 g: 31 lines, 30 at most"]


def test_rooms_and_functions_are_small_as_a_rule() -> None:
    files = [f for s in services_of(ROOT) for f in python_files(ROOT, f"services/{s}")]
    rooms = [f for f in files if f.name != "__init__.py" and "adapters" not in f.parts]
    assert median(map(lines, rooms)) < MEDIAN_ROOM
    sizes = [length(f) for folder in CODE for _, f in functions(ROOT, folder)]
    assert median(sizes) < MEDIAN_FUNCTION


def test_the_kernel_keeps_its_budget(tmp_path: Path) -> None:
    assert sum(map(lines_of_code, python_files(ROOT, "services/kernel"))) <= KERNEL_CODE
    sample = (
        '"""Text.\n\nMore."""\n\n# A remark.\ndef f():\n    """Text."""\n    return """\n  x"""\n'
    )
    assert lines_of_code(plant(tmp_path, {"a.py": sample}) / "a.py") == 3
