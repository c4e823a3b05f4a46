"""The list of rules is whole, the marks name its rows, `python -m tests.rules` tells the truth."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.rules import read_rules, strangers

TESTS = Path(__file__).parent
SERVICES = {"IN", "DI", "SG", "TR", "AC", "RP", "X", "ORG", "all"}

TREE = """
import pytest

@pytest.mark.rule("R1")
@pytest.mark.rule("R2")
def test_proves_two(): assert True

@pytest.mark.rule("R2")
@pytest.mark.parametrize("n", [1, 2])
def test_breaks_once(n): assert n == 1

@pytest.mark.rule("R3")
def test_is_skipped(): pytest.skip("not today")

@pytest.mark.rule("R4")
@pytest.mark.xfail
def test_is_expected_to_fail(): assert False

@pytest.mark.xfail
@pytest.mark.rule("R5")
def test_passes_against_expectation(): assert True

@pytest.fixture
def falls_at_the_end():
    yield
    raise RuntimeError("late")

@pytest.mark.rule("R6")
def test_fails_in_teardown(falls_at_the_end): assert True

class TestMany:
    pytestmark = pytest.mark.rule("R7")
    def test_first(self): assert True
    def test_second(self): assert True

def test_unmarked_is_not_run(): raise SystemExit("never")
"""


class Told(NamedTuple):
    """What one run of the tool said: exit code, last line, stderr, result and tests by rule."""

    code: int
    last_line: str
    stderr: str
    results: dict[str, str]
    tests: dict[str, list[str]]


def tell(folder: Path, source: str, rules: int = 8) -> Told:
    """Run the tool on a test tree of one file and a list of rules R1, R2, …"""
    (folder / "tree").mkdir()
    (folder / "tree" / "test_tree.py").write_text(source)
    rows = [f"R{n},IN TR,Rule {n}\n" for n in range(1, rules + 1)]
    (folder / "list.csv").write_text("id,service,title\n" + "".join(rows))
    command = [sys.executable, "-m", "tests.rules", "--rules", "list.csv", "--out", "out/rules.csv"]
    env = os.environ | {"PYTHONPATH": str(TESTS.parent), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    ran = subprocess.run(
        [*command, "tree"], cwd=folder, env=env, capture_output=True, text=True, timeout=60
    )
    out = folder / "out" / "rules.csv"
    rows_out = list(csv.DictReader(out.open(newline=""))) if out.exists() else []
    return Told(
        ran.returncode,
        ran.stdout.rstrip().rpartition("\n")[2],
        ran.stderr,
        {row["id"]: row["result"] for row in rows_out},
        {row["id"]: [t for t in row["tests"].split(" ; ") if t] for row in rows_out},
    )


def test_the_list_holds_every_row_of_the_regulation_once() -> None:
    rules = read_rules(TESTS / "rules.csv")
    assert len({rule.id for rule in rules}) == len(rules) == 167
    assert len({rule.title for rule in rules}) == 167
    assert all(set(rule.service.split()) <= SERVICES and rule.service for rule in rules)
    assert rules[0].id == "R0.2" and rules[-1].id == "NB-2"
    grouped = {"BLDS-147/148", "N30-10..12", "Q28-12/13", "N30-VI.1i-o", "R9.2đ"}
    assert grouped < {rule.id for rule in rules}


def test_every_mark_in_the_tests_names_a_known_rule() -> None:
    assert strangers(read_rules(TESTS / "rules.csv"), [TESTS]) == []


def test_a_rule_is_proved_only_when_every_test_that_names_it_passed(tmp_path: Path) -> None:
    told = tell(tmp_path, TREE)
    assert told.results == {
        "R1": "proved",
        "R2": "failing",
        "R3": "none",
        "R4": "none",
        "R5": "none",
        "R6": "failing",
        "R7": "proved",
        "R8": "none",
    }
    assert told.code == 1
    assert told.last_line == "rules: 2 proved of 8"
    assert told.tests["R2"] == [
        "tree/test_tree.py::test_proves_two",
        "tree/test_tree.py::test_breaks_once[1]",
        "tree/test_tree.py::test_breaks_once[2]",
    ]
    assert len(told.tests["R7"]) == 2 and told.tests["R8"] == []


def test_nothing_failing_is_exit_code_0(tmp_path: Path) -> None:
    source = "import pytest\n@pytest.mark.rule('R2')\ndef test_it(): pass\n"
    told = tell(tmp_path, source, rules=2)
    assert (told.code, told.last_line) == (0, "rules: 1 proved of 2")


def test_no_marked_test_at_all_is_no_failure(tmp_path: Path) -> None:
    told = tell(tmp_path, "def test_it(): pass\n", rules=1)
    assert (told.code, told.last_line) == (0, "rules: 0 proved of 1")


def test_a_file_that_cannot_be_loaded_fails_its_rules(tmp_path: Path) -> None:
    source = "import pytest, nowhere\n@pytest.mark.rule('R1')\ndef test_it(): pass\n"
    told = tell(tmp_path, source, rules=2)
    assert told.code == 1
    assert told.results == {"R1": "failing", "R2": "none"}


def test_a_mark_that_names_no_known_rule_is_told_and_stops_the_run(tmp_path: Path) -> None:
    marks = ["rule('R99')", "rule()", "rule('R1', 'R2')", "rule('R' + '1')", "rule(id='R1')"]
    lines = ["import pytest", *(f"@pytest.mark.{mark}" for mark in marks), "def test_it(): pass"]
    told = tell(tmp_path, "\n".join(lines))
    assert told.code == 1
    assert "test_tree.py:2: there is no rule R99" in told.stderr
    for line in (3, 4, 5, 6):
        assert f"test_tree.py:{line}: a mark names one rule" in told.stderr
    assert told.results == {}


def test_a_mark_hidden_from_the_source_check_fails_too(tmp_path: Path) -> None:
    source = "import pytest\nr = pytest.mark.rule\n@r('R99')\ndef test_it(): pass\n"
    told = tell(tmp_path, source)
    assert told.code == 1 and "test_it: there is no rule R99" in told.stderr
    assert told.results == {}
