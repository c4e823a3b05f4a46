"""`vanban gate` as a person types it: verdicts, languages, exit codes, no platform."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from services.cli import gate
from tests.intake.clamd import EICAR, clamd
from tests.intake.gate_corpus import pdf
from tests.intake.gate_corpus.office import docx_parts, packed

ADMITTED, REFUSED, USAGE = 0, 1, 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good files and two that are not."""
    (tmp_path / "Công văn.docx").write_bytes(packed(docx_parts()))
    (tmp_path / "a.pdf").write_bytes(pdf.simple())
    (tmp_path / "b.pdf").write_bytes(b"MZ" + bytes(100))
    (tmp_path / "hoadon\u202efdp.exe").write_bytes(b"MZ" + bytes(100))
    return tmp_path


def run(*words: str | Path) -> Result:
    """The command line, in this process."""
    app = typer.Typer()
    app.callback()(lambda: None)
    gate.register(app)
    return CliRunner().invoke(app, ["gate", *map(str, words)])


def answers(*words: str | Path) -> list[dict[str, Any]]:
    """The JSON of a command."""
    told: list[dict[str, Any]] = json.loads(run(*words, "--json").stdout)
    return told


def test_good_files_are_admitted(folder: Path) -> None:
    files = folder / "Công văn.docx", folder / "a.pdf"
    assert run(*files).exit_code == ADMITTED
    told = answers(*files)
    assert [(each["file"], each["admitted"], each["code"]) for each in told] == [
        (str(file), True, "ADMITTED") for file in files
    ]
    assert all(each["reasons"] == [] and len(each["sha256"]) == 64 for each in told)


def test_a_refused_file_is_told_in_both_languages_beside_the_others(folder: Path) -> None:
    result = run(folder / "a.pdf", folder / "b.pdf", "--json")
    assert result.exit_code == REFUSED
    good, bad = json.loads(result.stdout)
    assert good["admitted"] and not bad["admitted"]
    assert (bad["code"], bad["verdict"], bad["refused_as"]) == (
        "KIND_MISMATCH",
        "REFUSED",
        "BAD_FORMAT",
    )
    assert {reason["code"] for reason in bad["reasons"]} == {"KIND_MISMATCH", "EXECUTABLE"}
    assert all(reason["vi"] and reason["en"] for reason in bad["reasons"])
    table = run(folder / "b.pdf")
    assert table.exit_code == REFUSED
    assert "Bị từ chối / Refused" in " ".join(table.stdout.split())


def test_a_name_that_turns_the_writing_around_is_shown_spelt(folder: Path) -> None:
    file = folder / "hoadon\u202efdp.exe"
    for words in ((file,), (file, "--json")):
        result = run(*words)
        assert result.exit_code == REFUSED
        assert "\u202e" not in result.stdout
    (told,) = answers(file)
    assert told["file"] == str(file) and told["code"] == "NAME_DIRECTION"


def test_a_name_that_is_not_unicode_is_told(folder: Path) -> None:
    name = os.fsencode(folder) + b"/c\xf4ng.txt"
    with open(name, "wb") as file:
        file.write(b"x")
    (told,) = answers(os.fsdecode(name))
    assert told["code"] == "NAME_NOT_UNICODE"


@pytest.mark.parametrize("words", [[], ["nowhere.pdf"], ["."], ["--strange", "a.pdf"]])
def test_a_miswritten_command_or_a_missing_file_is_another_exit(words: list[str]) -> None:
    assert run(*words).exit_code == USAGE


def test_something_that_is_no_file_is_not_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert run(folder / "pipe.txt").exit_code == USAGE


def test_a_policy_changes_the_limits(folder: Path) -> None:
    policy = folder / "policy.json"
    policy.write_text('{"file_bytes": 10, "graphics": {"dwg": ["4143"]}}')
    (told,) = answers(folder / "a.pdf", "--policy", policy)
    assert told["code"] == "FILE_TOO_LARGE" and told["size"] > 10
    policy.write_text('{"file_byte": 10}')
    assert run(folder / "a.pdf", "--policy", policy).exit_code == USAGE
    policy.write_text('{"graphics": {"dwg": ["zz"]}}')
    assert run(folder / "a.pdf", "--policy", policy).exit_code == USAGE


def test_files_of_one_package_may_not_share_a_name(folder: Path) -> None:
    other = folder / "inner"
    other.mkdir()
    (other / "A.PDF").write_bytes(pdf.simple())
    files = folder / "a.pdf", other / "A.PDF"
    assert [each["admitted"] for each in answers(*files)] == [True, True]
    assert {each["code"] for each in answers(*files, "--package")} == {"NAME_COLLISION"}


def test_a_scanner_is_asked_where_one_is_given(folder: Path) -> None:
    (folder / "eicar.txt").write_bytes(EICAR)
    with clamd() as scanner:
        (found,) = answers(folder / "eicar.txt", "--scanner", scanner.address)
        assert found["code"] == "MALWARE"
    result = run(folder / "eicar.txt", "--scanner", scanner.address, "--json")
    assert result.exit_code == REFUSED
    assert json.loads(result.stdout)[0]["verdict"] == "PARKED"


def test_it_needs_no_platform_and_answers_at_once(folder: Path) -> None:
    command = [str(Path(sys.executable).with_name("vanban")), "gate", str(folder / "a.pdf")]
    code = "import sys; from services.cli.main import app; sys.argv = sys.argv[1:]; app()"
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code, *command],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": ""},
    )
    assert told.returncode == ADMITTED and "a.pdf" in told.stdout
    loaded = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines()}
    assert "pikepdf" in loaded
    assert not loaded & {"nameko", "pika", "psycopg", "psycopg2", "eventsourcing", "minio"}
