"""What the house says of itself is true: trees, commands, paths, READMEs, refusals, decisions."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import pytest
import typer

from contracts.errors import Refused
from contracts.schemas.describe import events_of, methods_of, promises, template_fields
from services.cli.main import application
from tests.architecture.house import CODE, ROOT, none_of, plant, python_files, services_of, walked

PAPERS = ("README.md", "CONTRIBUTING.md")
TOP = ("contracts", "services", "infra", "tests")
INHERITED = {"read_events", "list_history", "list_parked_events", "unpark_events"}


def fenced(text: str) -> list[str]:
    """The fenced and the indented code blocks of a paper."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return blocks + re.findall(r"(?:^    \S.*\n)+", text, re.MULTILINE)


def tree_of(text: str) -> list[str]:
    """Paths in the block that draws the tree: names, two spaces, a remark; a step in a folder."""
    blocks = [block for block in fenced(text) if re.search(r"^contracts/", block, re.MULTILINE)]
    paths, folders = [], [""]
    for line in "".join(blocks).splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        names = line.strip().partition("  ")[0].split()
        del folders[depth + 1 :]
        paths += [folders[-1] + name for name in names]
        if names and names[-1].endswith("/"):
            folders.append(folders[-1] + names[-1])
    return paths


def tree_faults(root: Path, text: str) -> list[str]:
    """Paths drawn that are not there, and folders of the house that are not drawn."""
    drawn = tree_of(text)
    there = {*(f"{top}/" for top in TOP), *(f"services/{s}/" for s in services_of(root))}
    there |= {"services/kernel/", "services/cli/"}
    found = [f"{path}: drawn, not there" for path in drawn if not (root / path).exists()]
    return found + [f"{path}: there, not drawn" for path in sorted(there - set(drawn))]


def commands_in(text: str, tool: str) -> list[list[str]]:
    """Words after the tool's name, wherever code calls it."""
    code = "\n".join([*fenced(text), *re.findall(r"`([^`\n]+)`", text)])
    bare = re.sub(r"(?:^|\s)#.*", "", code, flags=re.MULTILINE)
    found = re.findall(rf"(?:^|\s|/){tool} ([^\n]*)", bare)
    return [words.split() for words in found if words.strip()]


def false_targets(text: str, makefile: str) -> list[str]:
    """Targets of make that a paper names and the Makefile does not have."""
    known = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {words[0] for words in commands_in(text, "make")}
    return [f"make {name}: there is no such target" for name in sorted(named - known)]


def false_commands(text: str, group: Any) -> list[str]:
    """Commands of `vanban` that a paper names and the program does not have."""
    found = []
    for words in commands_in(text, "vanban"):
        command = group
        for word in words:
            if not hasattr(command, "commands"):
                break
            command = command.commands.get(word)
            if command is None and word != "…":
                found.append(f"vanban {' '.join(words)}: there is no {word}")
                break
    return found


def false_paths(root: Path, text: str) -> list[str]:
    """Paths of the house in a paper's inline code that are not there."""
    named = {
        word.partition("::")[0]
        for code in re.findall(r"`([^`\n]+)`", text)
        for word in code.split()
        if word.startswith(tuple(f"{top}/" for top in TOP)) and not re.search(r"[<*…{]", word)
    }
    return [f"{path}: is not there" for path in sorted(named) if not (root / path).exists()]


def readme_faults(service: str, text: str) -> list[str]:
    """What a service's README forgets to promise or tell, or makes up."""
    methods = set(methods_of(promises()[service]))
    events = set(events_of(service))
    named = set(re.findall(r"`(\w+)`", text))
    found = [f"{service}: forgets {word}" for word in sorted(methods - INHERITED - named)]
    found += [f"{service}: forgets {word}" for word in sorted(events - named)]
    verbs = {name.partition("_")[0] for name in methods}
    stories = {word for word in named if "_" in word and word.partition("_")[0] in verbs}
    return found + [f"{service}: makes up {word}" for word in sorted(stories - methods)]


def refusal_faults(root: Path) -> list[str]:
    """Refusals raised without the data their messages tell."""
    return [
        f"{file.relative_to(root)}:{call.lineno} {refused.__name__}: does not say {field}"
        for file in python_files(root, *CODE)
        for call, refused in _raised(file)
        for field in sorted(_fields(refused) - {word.arg for word in call.keywords})
    ]


def _fields(refused: type[Refused]) -> set[str]:
    return template_fields(refused.vi) | template_fields(refused.en)


def _raised(file: Path) -> Iterable[tuple[ast.Call, type[Refused]]]:
    imports = {
        alias.asname or alias.name: (node.module, alias.name)
        for node in walked(file)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("contracts")
        for alias in node.names
    }
    for node in walked(file):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            module, name = imports.get(node.func.id, (None, ""))
            word = getattr(importlib.import_module(module), name, None) if module else None
            spread = any(keyword.arg is None for keyword in node.keywords)
            if isinstance(word, type) and issubclass(word, Refused) and not spread:
                yield node, word


def strange_words(root: Path, files: Iterable[str]) -> list[str]:
    """Paths of a builder's own machine, and promises to do something later."""
    machine = "|".join(re.escape(f"/{folder}/") for folder in ("work", "root", "home"))
    later = "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"])
    strange = re.compile(rf"(?<![\w.~-])(?:{machine})|\b(?:{later})\b")
    found = []
    for name in files:
        content = (root / name).read_bytes() if (root / name).is_file() else b"\0"
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
            found += [f"{name}:{number}: {word}" for word in strange.findall(line)]
    return found


def committed(root: Path) -> list[str]:
    """Every file that belongs to the house."""
    told = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True)
    return told.stdout.splitlines()


def decision_faults(text: str) -> list[str]:
    """Decisions out of number, or without context, decision or price."""
    entries = re.findall(r"^## (\d+)\. ([^\n]+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    found = [] if entries else ["no decisions"]
    for place, (number, title, body) in enumerate(entries, 1):
        found += [f"{number}. {title}: is number {place}"] if int(number) != place else []
        words = ("**Context.**", "**Decision.**", "**Price.**")
        found += [f"{number}. {title}: no {word}" for word in words if word not in body]
    return found


def paper(name: str) -> str:
    """The text of a paper at the top of the house."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_tree_in_the_readme_is_the_house() -> None:
    none_of(tree_faults(ROOT, paper("README.md")))


def test_a_false_tree_is_told(tmp_path: Path) -> None:
    plant(tmp_path, {"contracts/a.py": "", "services/one/domain.py": "", "infra/x/y.py": ""})
    text = (
        "```\ncontracts/    words\n  a.py b.py    two\ninfra/\n  x/           x\n    y.py z/\n```\n"
    )
    assert tree_of(text) == [
        "contracts/",
        "contracts/a.py",
        "contracts/b.py",
        "infra/",
        "infra/x/",
        "infra/x/y.py",
        "infra/x/z/",
    ]
    assert tree_faults(tmp_path, text) == [
        "contracts/b.py: drawn, not there",
        "infra/x/z/: drawn, not there",
        "services/: there, not drawn",
        "services/cli/: there, not drawn",
        "services/kernel/: there, not drawn",
        "services/one/: there, not drawn",
        "tests/: there, not drawn",
    ]


@pytest.mark.parametrize("name", PAPERS)
def test_every_command_in_a_paper_exists(name: str) -> None:
    text = paper(name)
    assert commands_in(text, "make")
    none_of(false_targets(text, paper("Makefile")))
    none_of(false_commands(text, typer.main.get_command(application(""))))
    none_of(false_paths(ROOT, text))


def test_a_false_command_or_path_is_told(tmp_path: Path) -> None:
    text = (
        "Run `make coffee`, `vanban sing`:\n\n    make tea   # make it\n    .venv/bin/vanban up\n\n"
    )
    text += "```\nvanban up dance\nvanban clock strike 12\n```\nSee `tests/none.py`, `tests/<x>`.\n"
    up, clock = click.Command("up"), click.Group("clock", commands={"receive": click.Command("r")})
    group = click.Group("vanban", commands={"up": up, "clock": clock})
    assert false_targets(text, "tea: x\n\tmake\n") == ["make coffee: there is no such target"]
    assert false_commands(text, group) == [
        "vanban clock strike 12: there is no strike",
        "vanban sing: there is no sing",
    ]
    assert false_paths(tmp_path, text) == ["tests/none.py: is not there"]


@pytest.mark.parametrize("service", promises())
def test_the_readme_of_a_service_names_what_it_promises_and_tells(service: str) -> None:
    none_of(readme_faults(service, paper(f"services/{service}/README.md")))


def test_a_readme_that_forgets_or_makes_up_is_told() -> None:
    text = paper("services/accounts/README.md")
    assert readme_faults("accounts", text.replace("`get_agency`", "`get_rich`")) == [
        "accounts: forgets get_agency",
        "accounts: makes up get_rich",
    ]
    assert readme_faults("accounts", text.replace("`PersonRegistered`", "")) == [
        "accounts: forgets PersonRegistered"
    ]


def test_every_refusal_says_what_its_messages_tell() -> None:
    assert any(_raised(file) for file in python_files(ROOT, "services"))
    none_of(refusal_faults(ROOT))


def test_a_refusal_that_says_too_little_is_told(tmp_path: Path) -> None:
    source = (
        "from contracts.errors import NotFound, Denied as No\n"
        "raise NotFound(id=1)\n"
        "raise No(why='')\n"
        "raise No()\n"
        "raise NotFound(**data)\n"
    )
    plant(tmp_path, {"services/a/domain.py": source})
    assert refusal_faults(tmp_path) == [
        "services/a/domain.py:2 NotFound: does not say what",
        "services/a/domain.py:4 Denied: does not say why",
    ]


def test_the_house_speaks_of_the_product_alone() -> None:
    files = committed(ROOT)
    assert "README.md" in files
    none_of(strange_words(ROOT, files))


def test_a_word_of_the_builders_machine_is_told(tmp_path: Path) -> None:
    place, later = "/".join(["", "root", "x"]), "TO" + "DO"
    plant(tmp_path, {"a.md": f"See {place}.\nhttp://x/home/y is fine\n# {later}: more\n"})
    (tmp_path / "b.bin").write_bytes(b"\0" + place.encode())
    assert strange_words(tmp_path, ["a.md", "b.bin", "gone.md"]) == [
        f"a.md:1: {place[:-1]}",
        f"a.md:3: {later}",
    ]


def test_every_decision_has_its_context_and_its_price() -> None:
    none_of(decision_faults(paper("DECISIONS.md")))


def test_a_decision_without_a_price_is_told() -> None:
    whole = "**Context.** a **Decision.** b **Price.** c\n"
    assert decision_faults(f"## 1. One\n{whole}\n## 2. Two\n{whole}") == []
    assert decision_faults(f"## 1. One\n{whole}\n## 3. Two\n**Context.** a **Decision.** b\n") == [
        "3. Two: is number 2",
        "3. Two: no **Price.**",
    ]


def test_the_changelog_keeps_its_form() -> None:
    text = paper("CHANGELOG.md")
    assert "keepachangelog.com" in text
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[0] == "[Unreleased]"
    kinds = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert kinds and kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
