"""`vanban edxml` as a person types it: reading, writing, both ways round, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from contracts.edxml import read
from services.cli import edxml
from services.cli.edxml_examples import EXAMPLES, Kind
from tests.contracts.edxml_letters import PDF, b64, changed, letter, old_status, status
from tests.contracts.test_edxml_corpus import SOUND, UNSOUND

GOOD, REFUSED, USAGE = 0, 1, 2


def run(*words: str, given: bytes = b"") -> Result:
    """The command line, in this process."""
    app = typer.Typer()
    edxml.register(app)
    return CliRunner().invoke(app, ["edxml", *words], input=given)


def inspected(*files: Path) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and JSON of an inspection."""
    result = run("inspect", "--json", *map(str, files))
    told: list[dict[str, Any]] = json.loads(result.stdout)
    return result.exit_code, told


def posted(folder: Path, bag: dict[str, bytes]) -> list[Path]:
    """These messages as files."""
    files = [folder / f"{number:03d}.edxml" for number in range(len(bag))]
    for file, data in zip(files, bag.values(), strict=True):
        file.write_bytes(data)
    return files


def test_a_bag_of_sound_messages_is_accepted(tmp_path: Path) -> None:
    code, told = inspected(*posted(tmp_path, SOUND))
    assert code == GOOD
    assert len(told) == len(SOUND)
    for item in told:
        assert item["outcome"] == "accepted" and item["reason"] is None
        assert item["kind"] in ("document", "status") and item["message"]["sender"]["code"]
        assert all(file["media_type"] and file["sha256"] for file in item["attachments"])
        assert all({"code", "where", "vi", "en"} <= set(one) for one in item["warnings"])


def test_a_bag_of_unsound_messages_is_refused_with_reasons(tmp_path: Path) -> None:
    files = posted(tmp_path, UNSOUND)
    code, told = inspected(*files)
    assert code == REFUSED
    assert [item["file"] for item in told] == [str(file) for file in files]
    for item in told:
        assert item["outcome"] == "refused"
        assert item["message"] is None and item["attachments"] == []
        assert item["reason"]["code"].startswith("edxml.")
        assert item["reason"]["vi"] != item["reason"]["en"]


def test_one_bad_message_among_good_ones_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    files = posted(tmp_path, {"a": letter().encode(), "b": b"<a/>", "c": status().encode()})
    code, told = inspected(*files)
    assert code == REFUSED
    assert [item["outcome"] for item in told] == ["accepted", "refused", "accepted"]
    assert [item["kind"] for item in told] == ["document", None, "status"]


def test_people_read_what_a_message_says(tmp_path: Path) -> None:
    odd = changed(letter(), "<edXML:Type>2<", "<edXML:Type>71<").encode()
    bag = {"a": odd, "b": old_status("13").encode(), "c": b"PK\x03\x04"}
    result = run("inspect", *map(str, posted(tmp_path, bag)))
    assert result.exit_code == REFUSED
    for words in ("15/SVD-VP", "V/v góp ý dự thảo quy chế mẫu", "application/pdf", "71"):
        assert words in result.output
    assert "13 Lấy lại / Taken back by the sender" in result.output
    assert "tệp nén zip" in result.output and "a zip archive" in result.output


def test_a_file_that_is_not_there_is_a_miswritten_command(tmp_path: Path) -> None:
    assert run("inspect", str(tmp_path / "none.edxml")).exit_code == USAGE
    assert run("inspect").exit_code == USAGE
    assert run("inspect", str(tmp_path)).exit_code == USAGE
    assert run("write", str(tmp_path / "none.json")).exit_code == USAGE
    assert run("example", "greeting").exit_code == USAGE


@pytest.mark.parametrize("kind", Kind)
def test_an_example_is_written_read_and_written_again(kind: Kind, tmp_path: Path) -> None:
    shown = run("example", kind)
    assert shown.exit_code == GOOD
    first = run("write", given=shown.stdout_bytes)
    assert first.exit_code == GOOD
    file = tmp_path / "a.edxml"
    file.write_bytes(first.stdout_bytes)
    assert type(read(first.stdout_bytes).message) is type(EXAMPLES[kind])
    again = run("write", given=run("inspect", "--json", str(file)).stdout_bytes)
    assert again.stdout_bytes == first.stdout_bytes


def test_a_message_is_written_from_a_file_to_a_file(tmp_path: Path) -> None:
    asked, made = tmp_path / "a.json", tmp_path / "a.edxml"
    asked.write_bytes(run("example").stdout_bytes)
    result = run("write", str(asked), "--to", str(made))
    assert (result.exit_code, result.stdout) == (GOOD, "")
    assert made.read_bytes() == run("write", given=asked.read_bytes()).stdout_bytes
    assert run("write", "-", given=asked.read_bytes()).exit_code == GOOD
    assert run("write", str(asked), "--to", str(tmp_path / "no" / "a")).exit_code == USAGE


def example(**words: Any) -> dict[str, Any]:
    """The first example with some of its words changed; a word `None` is left out."""
    told: dict[str, Any] = json.loads(run("example").stdout)
    message = told["message"] | words
    return told | {"message": {name: value for name, value in message.items() if value is not None}}


def written(told: Any) -> Result:
    """What comes of writing this JSON."""
    return run("write", given=json.dumps(told).encode())


def test_the_bytes_of_a_file_may_be_given_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "cv.pdf").write_bytes(PDF)
    told = example() | {"attachments": [{"path": str(tmp_path / "cv.pdf"), "description": "cv"}]}
    (file,) = read(written(told).stdout_bytes).message.attachments  # type: ignore[union-attr]
    assert (file.name, file.content, file.description) == ("cv.pdf", PDF, "cv")
    lost = written(example() | {"attachments": [{"path": str(tmp_path / "lost.pdf")}]})
    assert lost.exit_code == REFUSED and "attachments[0].path" in lost.stderr


WRONG = {
    "message.code.number": example(code={"notation": "SVD-VP"}),
    "message.code.nubmer": example(code={"nubmer": "1", "number": "1", "notation": "SVD-VP"}),
    "message.subject": example(subject=None),
    "message.type.group": example(type={"group": "hai"}),
    "message.promulgation.promulgated_on": example(promulgation={"promulgated_on": "26/04/2024"}),
    "message.promulgation.promulgated_on: ": example(promulgation={"promulgated_on": "2999-01-01"}),
    "message.recipients": example(recipients=[]),
    "message.recipients[0].code": example(recipients=[{"name": "x"}]),
    "message.business.action": example(business={"action": "7"}),
    "message.secrecy": example(secrecy="secret"),
    "attachments[0].content": example() | {"attachments": [{"name": "a", "content": "%%"}]},
    "attachments[0].name": example() | {"attachments": [{"content": b64(PDF)}]},
    "attachments": example() | {"attachments": "a.pdf"},
    "kind": example() | {"kind": "greeting"},
    "message": {"kind": "document"},
}


@pytest.mark.parametrize("field", WRONG)
def test_wrong_words_are_refused_with_the_field_named(field: str) -> None:
    result = written(WRONG[field])
    assert (result.exit_code, result.stdout) == (REFUSED, "")
    vi, en = result.stderr.replace("\n", " ").split("  ", 1)
    assert field.strip() in vi and field.strip() in en


@pytest.mark.parametrize("given", [b"", b"{", b"[]", b"[{}, {}]", b"7", b'"x"'])
def test_what_is_no_message_at_all_is_refused(given: bytes) -> None:
    assert run("write", given=given).exit_code == REFUSED


def test_bytes_of_a_marked_document_are_shown_to_nobody(tmp_path: Path) -> None:
    text = changed(letter(), "Trong tỉnh", "Tối mật")
    _, told = inspected(*posted(tmp_path, {"a": text.encode()}))
    assert told[0]["message"]["secrecy"] == "top_secret"
    assert [file["content"] for file in told[0]["attachments"]] == [""]
    assert told[0]["attachments"][0]["size"] == len(PDF)
    assert run("write", given=json.dumps(told).encode()).exit_code == REFUSED


def test_no_platform_and_no_broker_is_loaded() -> None:
    code = "import sys, services.cli.edxml as e; print([m for m in sys.modules if 'kernel' in m])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
