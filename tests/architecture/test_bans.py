"""What is done in one place only, or nowhere: environment, clock, log, broad catches, mocks."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.house import (
    IMPORTS,
    ROOT,
    dotted,
    imported,
    nodes,
    none_of,
    plant,
    services_of,
)

SILENT = ("domain", "application", "events", "projections")
TIMELESS = ("domain", "events", "projections")
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "localtime", "gmtime"}
MAY_READ_ENVIRONMENT = {"services/kernel/settings.py"}
SETS_PSYCOPG_WAITING = {"services/kernel/runner.py"}
MAIL = {"smtplib", "imaplib", "poplib", "aiosmtplib", "aiosmtpd"}
BROAD = {
    "services/kernel/commit.py": 1,  # one bad command fails itself, not the batch
    "services/kernel/eventlog.py": 2,  # a defect parks its event; a failed page is read anew
    "services/kernel/jobs.py": 1,  # a failed job goes back to the queue
    "services/kernel/rpc.py": 2,  # a defect is answered as `Defect`; no message ends the process
    "services/kernel/view.py": 1,  # a defect parks its event
    "services/kernel/work.py": 1,  # whatever happens, nothing of a failed act remains
}
SKIPS = {
    "tests/s3/test_durability.py": 3,  # tracing another process needs strace and leave to trace
}


def environment_read(root: Path) -> list[str]:
    """`os.environ` or `os.getenv` outside the kernel's settings."""
    found = [
        place
        for place, node in nodes(root, (ast.Attribute, ast.Name, *IMPORTS), "services", "contracts")
        if dotted(node) in ("os.environ", "os.getenv", "environ", "getenv")
        or any(name in ("os.environ", "os.getenv") for name in imported(node))
    ]
    allowed = MAY_READ_ENVIRONMENT | SETS_PSYCOPG_WAITING
    return sorted({p for p in found if p.partition(":")[0] not in allowed})


def mail_sent(root: Path) -> list[str]:
    """Whatever could send or fetch e-mail."""
    found = nodes(root, IMPORTS, "services", "contracts", "infra")
    return sorted(
        place for place, node in found if MAIL & {n.split(".")[0] for n in imported(node)}
    )


def broad_catches(root: Path) -> list[str]:
    """`except:`, `except Exception` and `except BaseException`, beyond those that are listed."""
    found = [
        place
        for place, node in nodes(root, ast.ExceptHandler, "services", "contracts")
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type)
    ]
    counted = Counter(place.partition(":")[0] for place in found)
    return [
        f"{file}: {counted[file]} broad catches, {BROAD.get(file, 0)} are known"
        for file in sorted(counted.keys() | {file for file in BROAD if (root / file).exists()})
        if counted[file] != BROAD.get(file, 0)
    ]


def _is_broad(caught: ast.expr | None) -> bool:
    kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(kind is None or dotted(kind) in ("Exception", "BaseException") for kind in kinds)


def rooms(root: Path, names: tuple[str, ...]) -> list[str]:
    """Paths of these rooms in every service, files or folders."""
    return [f"services/{service}/{name}" for service in services_of(root) for name in names]


def in_rooms(root: Path, names: tuple[str, ...], bad: Callable[[ast.AST], bool]) -> list[str]:
    """Places of bad nodes in these rooms of every service."""
    prefixes = tuple(f"{room}{end}" for room in rooms(root, names) for end in (".py:", "/"))
    told = nodes(root, (ast.Call, *IMPORTS), "services")
    return [place for place, node in told if place.startswith(prefixes) and bad(node)]


def asks_the_clock(node: ast.AST) -> bool:
    """A call of a clock: `datetime.now()`, `date.today()`, `time.time()`."""
    if not isinstance(node, ast.Call):
        return False
    owner, _, name = dotted(node.func).rpartition(".")
    return name in CLOCKS and owner.rpartition(".")[2] in ("datetime", "date", "time", "dt")


def logs(node: ast.AST) -> bool:
    """An import of logging, or a `print`."""
    if isinstance(node, ast.Call) and dotted(node.func) == "print":
        return True
    return any(name.partition(".")[0] == "logging" for name in imported(node))


def false_tests(root: Path) -> list[str]:
    """Mocks and sleeps in tests."""
    found = []
    for place, node in nodes(root, (ast.Call, *IMPORTS), "tests"):
        mocked = [
            n for n in imported(node) if n.startswith(("unittest.mock", "mock", "pytest_mock"))
        ]
        slept = [n for n in imported(node) if n == "time.sleep"]
        if isinstance(node, ast.Call) and dotted(node.func) == "time.sleep":
            slept.append("time.sleep")
        found += [f"{place}: {name}" for name in mocked + slept]
    return found


def skips(root: Path) -> list[str]:
    """Skipped or expectedly failing tests, beyond those that are listed."""
    words = {"pytest.skip", "pytest.importorskip", "pytest.xfail"}
    words |= {f"pytest.mark.{name}" for name in ("skip", "skipif", "xfail")}
    counted = Counter(
        place.partition(":")[0]
        for place, node in nodes(root, ast.Attribute, "tests")
        if dotted(node) in words
    )
    return [
        f"{file}: {count} skips, {SKIPS.get(file, 0)} are known"
        for file, count in sorted(counted.items())
        if count != SKIPS.get(file, 0)
    ]


def test_the_environment_is_read_in_the_kernels_settings_alone() -> None:
    none_of(environment_read(ROOT))


@pytest.mark.parametrize(
    "line", ["import os\nos.environ['X']", "from os import environ", "import os\nos.getenv('X')"]
)
def test_another_reader_of_the_environment_is_told(line: str, tmp_path: Path) -> None:
    plant(tmp_path, {"services/kernel/settings.py": line, "services/a/application.py": line})
    found = environment_read(tmp_path)
    assert found and {p.partition(":")[0] for p in found} == {"services/a/application.py"}


@pytest.mark.rule("R5.1b-3")
def test_no_document_can_travel_by_mail() -> None:
    none_of(mail_sent(ROOT))


@pytest.mark.parametrize("line", ["import smtplib", "from smtplib import SMTP", "import imaplib"])
def test_a_way_to_mail_is_told(line: str, tmp_path: Path) -> None:
    plant(tmp_path, {"services/a/adapters.py": line})
    assert mail_sent(tmp_path) == ["services/a/adapters.py:1"]


def test_everything_is_caught_only_where_the_list_says() -> None:
    none_of(broad_catches(ROOT))
    assert all(file.startswith("services/kernel/") for file in BROAD)


@pytest.mark.parametrize("caught", ["", " Exception", " BaseException", " (OSError, Exception)"])
def test_a_broad_catch_is_told(caught: str, tmp_path: Path) -> None:
    source = f"try:\n    pass\nexcept{caught}:\n    pass\n"
    narrow = "try:\n    pass\nexcept (OSError, ValueError):\n    pass\n"
    plant(tmp_path, {"services/a/application.py": source, "services/a/domain.py": narrow})
    told = ["services/a/application.py: 1 broad catches, 0 are known"]
    assert broad_catches(tmp_path) == told


def test_domain_events_and_projections_never_ask_the_clock() -> None:
    none_of(in_rooms(ROOT, TIMELESS, asks_the_clock))


@pytest.mark.parametrize(
    "call", ["datetime.now()", "datetime.datetime.utcnow()", "date.today()", "time.time()"]
)
def test_a_domain_that_asks_the_clock_is_told(call: str, tmp_path: Path) -> None:
    plant(tmp_path, {"services/a/domain/act.py": call, "services/a/application.py": call})
    plant(tmp_path, {"services/a/events.py": "self.now()\nentry.time()"})
    assert in_rooms(tmp_path, TIMELESS, asks_the_clock) == ["services/a/domain/act.py:1"]


def test_the_record_of_a_service_is_its_history_not_a_log() -> None:
    none_of(in_rooms(ROOT, SILENT, logs))


@pytest.mark.parametrize("line", ["import logging", "from logging import getLogger", "print(1)"])
def test_a_room_that_logs_is_told(line: str, tmp_path: Path) -> None:
    plant(tmp_path, {"services/a/projections.py": line, "services/a/worker.py": line})
    assert in_rooms(tmp_path, SILENT, logs) == ["services/a/projections.py:1"]


def test_no_test_mocks_or_sleeps() -> None:
    none_of(false_tests(ROOT))


@pytest.mark.parametrize(
    "line",
    ["from unittest.mock import Mock", "import unittest.mock", "import time; time.sleep(1)"],
)
def test_a_mock_or_a_sleep_is_told(line: str, tmp_path: Path) -> None:
    plant(tmp_path, {"tests/a/test_domain.py": line})
    assert len(false_tests(tmp_path)) == 1


def test_no_test_is_skipped_but_those_listed() -> None:
    none_of(skips(ROOT))


@pytest.mark.parametrize("word", ["@pytest.mark.skip", "@pytest.mark.xfail(strict=True)"])
def test_a_skip_is_told(word: str, tmp_path: Path) -> None:
    plant(tmp_path, {"tests/a/test_domain.py": f"{word}\ndef test_it():\n    pass\n"})
    assert skips(tmp_path) == ["tests/a/test_domain.py: 1 skips, 0 are known"]
