"""How the architecture tests read the house: from its files, so that a tiny bad tree can be tried.

A check is a function from a root folder to a list of faults, each `path: what is wrong`. The house
itself must have none; a planted fault must be told.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
NO_SERVICES = {"kernel", "cli"}
CODE = ("contracts", "services", "infra")
Kinds = type[ast.AST] | tuple[type[ast.AST], ...]
Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
IMPORTS = (ast.Import, ast.ImportFrom)


def services_of(root: Path) -> list[str]:
    """Names of the services: every folder under `services` that is neither kernel nor door."""
    folders = (f for f in (root / "services").iterdir() if f.is_dir() and any(f.rglob("*.py")))
    return sorted({folder.name for folder in folders} - NO_SERVICES)


def python_files(root: Path, *folders: str) -> list[Path]:
    """Every Python file under these folders; a folder that is not there has none."""
    return sorted(file for folder in folders for file in (root / folder).rglob("*.py"))


@cache
def _walked(text: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(text)))


def walked(file: Path) -> list[ast.AST]:
    """Every node of a file's syntax tree, the module first."""
    return _walked(file.read_text(encoding="utf-8"))


def nodes(root: Path, kinds: Kinds, *folders: str) -> Iterator[tuple[str, ast.AST]]:
    """Every node of these kinds in every file, with the place to name in a fault."""
    for file in python_files(root, *folders):
        name = str(file.relative_to(root))
        for node in walked(file):
            if isinstance(node, kinds):
                yield f"{name}:{getattr(node, 'lineno', 1)}", node


def imported(node: ast.AST) -> list[str]:
    """Full names that an import statement brings in."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), level=0, names=names):
            return [f"{module}.{alias.name}" for alias in names]
    return []


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or an attribute; nothing of anything else."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=owner, attr=name):
            return f"{dotted(owner)}.{name}"
    return ""


def plant(root: Path, files: dict[str, str]) -> Path:
    """A tiny tree of these files."""
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def none_of(faults: list[str]) -> None:
    """Fail with every fault on its line."""
    assert not faults, "\n" + "\n".join(faults)
