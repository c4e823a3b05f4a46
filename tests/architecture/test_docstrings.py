"""Every module, public thing, event, refusal and promised method says what it means."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from contracts.schemas.describe import methods_of, promises, words_of
from tests.architecture.house import CODE, ROOT, Function, none_of, plant, python_files, walked


def mute_modules(root: Path) -> list[str]:
    """Modules without a docstring."""
    return [
        f"{file.relative_to(root)}: says nothing of itself"
        for file in python_files(root, *CODE, "tests")
        if not _documented(walked(file)[0])
    ]


def _documented(node: ast.AST) -> bool:
    documented = isinstance(node, ast.Module | ast.ClassDef | Function)
    return documented and bool((ast.get_docstring(node) or "").strip())


def mute_words(root: Path) -> list[str]:
    """Public classes and functions at the top of a module without a docstring."""
    return [
        f"{file.relative_to(root)}:{node.lineno} {node.name}: says nothing of itself"
        for file in python_files(root, *CODE)
        for node in walked(file)[0].body  # type: ignore[attr-defined]
        if isinstance(node, ast.ClassDef | Function)
        and not node.name.startswith("_")
        and not _documented(node)
    ]


def method_faults(promise: type) -> list[str]:
    """Promised methods that do not say what they mean, who may ask, and which refusals come."""
    found = []
    for name, method in methods_of(promise).items():
        told = inspect.getdoc(method) or ""
        words = words_of(method)
        if not told:
            found.append(f"{name}: says nothing of itself")
        elif "Refusals:" not in told:
            found.append(f"{name}: names no refusals")
        _, _, refusals = told.partition("Refusals:")
        named = re.findall(r"`([A-Z]\w+)`", refusals.partition("Rules:")[0])
        found += [f"{name}: there is no refusal {word}" for word in named if word not in words]
    return found


def test_every_module_says_what_it_is() -> None:
    none_of(mute_modules(ROOT))


def test_every_public_class_and_function_says_what_it_means() -> None:
    none_of(mute_words(ROOT))


@pytest.mark.parametrize("service", promises())
def test_every_promised_method_says_what_it_means_and_refuses(service: str) -> None:
    none_of(method_faults(promises()[service]))


def test_what_is_mute_is_told(tmp_path: Path) -> None:
    plant(tmp_path, {"contracts/a.py": '"""Words."""\nclass DocumentSent:\n    pass\n'})
    plant(tmp_path, {"services/a/domain.py": "class NumberTaken(BareEvent):\n    pass\n"})
    plant(tmp_path, {"services/a/events.py": '""" """\ndef _own(): ...\ndef publish(): ...\n'})
    assert mute_modules(tmp_path) == [
        "services/a/domain.py: says nothing of itself",
        "services/a/events.py: says nothing of itself",
    ]
    assert mute_words(tmp_path) == [
        "contracts/a.py:2 DocumentSent: says nothing of itself",
        "services/a/domain.py:1 NumberTaken: says nothing of itself",
        "services/a/events.py:3 publish: says nothing of itself",
    ]


class Mute:
    """A promise that says too little."""

    def open_matter(self) -> None: ...

    def close_matter(self) -> None:
        """Close it. For clerks."""

    def list_matters(self) -> None:
        """All of them. Refusals: `NotFound`, `TooMany`. Rules: `R1`."""


def test_a_promise_that_says_too_little_is_told() -> None:
    assert method_faults(Mute) == [
        "close_matter: names no refusals",
        "list_matters: there is no refusal TooMany",
        "open_matter: says nothing of itself",
    ]
