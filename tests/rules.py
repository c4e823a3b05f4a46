"""`make rules`: which rows of the regulation the tests prove. Run as `python -m tests.rules`.

Only tests marked `@pytest.mark.rule("R8.2a-1")` run. A rule is *proved* when every test that names
it passed, *failing* when one failed or never ran, *none* when no test names it or one was skipped.
Exit code 0: nothing fails. 1: a rule fails, a test could not be loaded, or a mark names no rule.
"""

from __future__ import annotations

import argparse
import ast
import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

HERE = Path(__file__).parent
SIGNS = {"passed": "[green]✓[/]", "failed": "[red]✗[/]", "skipped": "[yellow]○[/]"}
COLOURS = {"proved": "green", "failing": "red", "none": "dim"}


class Rule(NamedTuple):
    """One row of the regulation: its id, the services that carry it, a title."""

    id: str
    service: str
    title: str


class Mark(NamedTuple):
    """One `pytest.mark.rule` in the source: where it stands, which rule it names (if any)."""

    file: Path
    line: int
    rule: str | None


def read_rules(path: Path) -> list[Rule]:
    """The committed list of rules, in the order of the regulation."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Rule(**row) for row in csv.DictReader(file)]


def marks_under(folder: Path) -> Iterator[Mark]:
    """Every rule mark in the Python files of a folder, or in the one file."""
    for file in sorted(folder.rglob("*.py")) if folder.is_dir() else [folder]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_mark(node.func):
                yield Mark(file, node.lineno, _named(node))


def _is_mark(node: ast.expr) -> bool:
    owner = node.value if isinstance(node, ast.Attribute) and node.attr == "rule" else None
    return isinstance(owner, ast.Attribute) and owner.attr == "mark"


def _named(call: ast.Call) -> str | None:
    match call:
        case ast.Call(args=[ast.Constant(value=str(rule))], keywords=[]):
            return rule
    return None


def strangers(rules: list[Rule], folders: list[Path]) -> list[str]:
    """What is wrong with the marks: each names one known rule in plain letters, or is told here."""
    known = {rule.id for rule in rules}
    marks = [mark for folder in folders for mark in marks_under(folder)]
    return [
        f"{mark.file}:{mark.line}: there is no rule {mark.rule}"
        if mark.rule
        else f"{mark.file}:{mark.line}: a mark names one rule, in plain letters"
        for mark in marks
        if mark.rule not in known
    ]


class Results:
    """A pytest plugin: which tests name which rule, and how each ended."""

    def __init__(self, rules: list[Rule]) -> None:
        self.tests: dict[str, list[str]] = {rule.id: [] for rule in rules}
        self.ended: dict[str, str] = {}

    def pytest_configure(self, config: pytest.Config) -> None:
        """The mark is known wherever the tests lie."""
        config.addinivalue_line("markers", "rule(id): the regulation row this test proves")
        self.root = config.rootpath

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Remember each marked test under its rules; an id unknown here stops the run."""
        for item in items:
            for rule in dict.fromkeys(name for m in item.iter_markers("rule") for name in m.args):
                if rule not in self.tests:
                    raise pytest.UsageError(f"{item.nodeid}: there is no rule {rule}")
                self.tests[rule].append(item.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be loaded fails every rule its marks name."""
        file = self.root / report.nodeid.partition("::")[0]
        if report.failed and file.suffix == ".py":
            self.ended[report.nodeid] = "failed"
            for rule in dict.fromkeys(mark.rule for mark in marks_under(file) if mark.rule):
                self.tests[rule].append(report.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A failure of any phase counts; a skip, or an expected failure, is no proof."""
        if report.failed:
            self.ended[report.nodeid] = "failed"
        elif report.skipped or hasattr(report, "wasxfail"):
            self.ended.setdefault(report.nodeid, "skipped")
        elif report.when == "call":
            self.ended.setdefault(report.nodeid, "passed")

    def of(self, rule: Rule) -> str:
        """proved, failing or none."""
        ended = {self.ended.get(test, "failed") for test in self.tests[rule.id]}
        if "failed" in ended:
            return "failing"
        return "proved" if ended == {"passed"} else "none"


def write_csv(path: Path, rules: list[Rule], results: Results) -> None:
    """The table for programs: `id,service,result,tests`, tests separated by ` ; `."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "service", "result", "tests"])
        for rule in rules:
            tests = " ; ".join(results.tests[rule.id])
            out.writerow([rule.id, rule.service, results.of(rule), tests])


def print_table(rules: list[Rule], results: Results) -> None:
    """The table for people; its last line counts the proved rules."""
    table = Table("Rule", "Service", "Result", Column("What it asks, and its tests", ratio=1))
    for rule in rules:
        result = results.of(rule)
        tests = [
            f"{SIGNS[results.ended.get(test, 'failed')]} {escape(test)}"
            for test in results.tests[rule.id]
        ]
        coloured = f"[{COLOURS[result]}]{result}[/]"
        table.add_row(rule.id, rule.service, coloured, "\n".join([escape(rule.title), *tests]))
    Console(width=None if sys.stdout.isatty() else 180).print(table)
    proved = sum(results.of(rule) == "proved" for rule in rules)
    print(f"rules: {proved} proved of {len(rules)}")


def main(words: list[str]) -> int:
    """Check the marks, run the marked tests, tell and write what they prove."""
    line = argparse.ArgumentParser("python -m tests.rules", description="Which rules are proved.")
    line.add_argument("--rules", type=Path, default=HERE / "rules.csv", help="the list of rules")
    line.add_argument("--out", type=Path, default=HERE.parent / "build" / "rules.csv")
    line.add_argument("tests", nargs="*", type=Path, default=[HERE], help="test folders or files")
    asked = line.parse_args(words)
    asked.out.unlink(missing_ok=True)
    rules = read_rules(asked.rules)
    if wrong := strangers(rules, asked.tests):
        print("\n".join(wrong), f"\nKnown rules: {asked.rules}", file=sys.stderr)
        return 1
    results = Results(rules)
    options = ["-m", "rule", "--continue-on-collection-errors"]
    ended = pytest.main([*options, *map(str, asked.tests)], plugins=[results])
    if ended in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.INTERNAL_ERROR):
        return 1
    print_table(rules, results)
    write_csv(asked.out, rules, results)
    return int(ended not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
