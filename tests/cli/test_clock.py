"""`vanban clock` as a person types it: figures, languages, exit codes."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from contracts.working_time import PROFILES, Calendar
from services.cli import clock

GOOD, REFUSED, USAGE = 0, 1, 2


def run(*words: str) -> Result:
    """The command line, in this process."""
    app = typer.Typer()
    clock.register(app)
    return CliRunner().invoke(app, ["clock", *words])


def answer(*words: str) -> dict[str, Any]:
    """The JSON of a command that must succeed."""
    result = run(*words, "--json")
    assert result.exit_code == GOOD, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def test_receive_prints_the_effective_receipt_and_the_two_hour_due_instant() -> None:
    told = answer("receive", "2024-04-26T17:20:00+07:00")
    assert told["entered_at"] == told["machine_notice_at"] == "2024-04-26T17:20:00+07:00"
    assert told["effective_at"] == "2024-05-02T07:00:00+07:00"
    assert told["transfer_due_at"] == "2024-05-02T09:00:00+07:00"
    assert told["calendar"] == Calendar.of("A").version
    assert told["provisional"] is False


def test_receive_prints_every_deadline_of_the_law() -> None:
    told = answer("receive", "2024-03-14T16:30")
    assert {key: value for key, value in told.items() if key.endswith("_due_on")} == {
        "transfer_due_on": "2024-03-15",
        "receipt_notice_due_on": "2024-03-14",
        "register_due_on": "2024-03-15",
        "ordinary_transfer_due_on": "2024-03-15",
        "urgent_due_on": "2024-03-14",
        "very_urgent_due_on": "2024-03-14",
        "express_due_on": "2024-03-14",
        "cancel_due_on": "2024-03-14",
        "issue_due_on": "2024-03-15",
        "send_due_on": "2024-03-15",
        "archive_due_on": "2025-03-14",
        "construction_archive_due_on": "2024-06-14",
        "suspension_announce_due_on": "2024-03-04",
        "report_due_on": "2024-03-18",
    }
    assert told["express_due_at"] == "2024-03-14T16:45:00+07:00"
    assert told["very_urgent_due_at"] == "2024-03-14T17:00:00+07:00"
    assert told["urgent_due_at"] == "2024-03-14T17:30:00+07:00"
    assert told["send_due_at"] == "2024-03-15T11:30:00+07:00"
    assert told["receipt_notice_due_at"] == "2024-03-15T00:00:00+07:00"
    assert told["office_close_at"] == "2024-03-14T17:00:00+07:00"
    assert told["quarter"] == "Q1/2024"


@pytest.mark.rule("R10.3-1")
@pytest.mark.rule("Q28-14.4")
def test_every_instant_is_printed_with_the_vietnamese_offset() -> None:
    told = answer("receive", "2024-03-12T01:10:00Z")
    assert told["entered_at"] == told["effective_at"] == "2024-03-12T08:10:00+07:00"
    instants = [value for key, value in told.items() if key.endswith("_at")]
    assert len(instants) == 18
    assert {datetime.fromisoformat(i).utcoffset() for i in instants} == {timedelta(hours=7)}


def test_an_instant_without_offset_is_vietnamese_time() -> None:
    assert answer("receive", "2024-03-12T08:10") == answer("receive", "2024-03-12T08:10+07:00")
    assert "+07:00" in run("receive", "--help").stdout


@pytest.mark.parametrize("code", [*PROFILES, "n-WINTER"])
def test_every_profile_can_be_asked_in_any_letter_case(code: str) -> None:
    told = answer("receive", "2024-03-12T07:10", "--profile", code)
    opens = "07:10" if code in ("A", "N-summer") else "07:30"
    assert told["effective_at"] == f"2024-03-12T{opens}:00+07:00"
    assert told["profile"].casefold() == code.casefold()


def test_a_deadline_beyond_the_calendar_is_empty_and_a_provisional_one_is_named() -> None:
    told = answer("receive", "2026-11-25T08:00")
    assert told["provisional"] is False
    assert told["provisional_deadlines"] == ["archive", "construction_archive"]
    late = answer("receive", "2030-11-12T08:00")
    assert late["archive_due_at"] is None and late["archive_due_on"] is None
    assert late["provisional"] is True


@pytest.mark.parametrize(
    ("words", "due_at", "due_on"),
    [
        ("2024-03-14T16:10 2 hours", "2024-03-15T08:10:00+07:00", "2024-03-15"),
        ("2024-03-14T16:10 0.5 hours", "2024-03-14T16:40:00+07:00", "2024-03-14"),
        ("2024-05-02T07:00 5 working-days", "2024-05-09T00:00:00+07:00", "2024-05-08"),
        ("2025-01-20T10:00 10 days", "2025-02-04T00:00:00+07:00", "2025-02-03"),
        ("2024-11-30T10:00 3 months", "2025-03-01T00:00:00+07:00", "2025-02-28"),
        ("2024-05-02T17:30:00Z 1 working-days", "2024-05-05T00:00:00+07:00", "2024-05-04"),
    ],
)
def test_add_counts_by_the_law(words: str, due_at: str, due_on: str) -> None:
    told = answer("add", *words.split())
    assert (told["due_at"], told["due_on"]) == (due_at, due_on)


def test_the_tables_speak_both_languages_and_write_midnight_as_24_00() -> None:
    receipt, sum_ = (
        run("receive", "2027-03-12T08:10"),
        run("add", "2024-05-02", "5", "working-days"),
    )
    assert receipt.exit_code == sum_.exit_code == GOOD
    assert "T6 12/03/2027 10:10" in receipt.stdout and "≈" in receipt.stdout
    assert "effective receipt" in receipt.stdout and "nhận" in receipt.stdout
    assert "T4 08/05/2024 24:00" in sum_.stdout


@pytest.mark.parametrize(
    "words",
    [
        "receive 2031-01-02T08:00",
        "receive 2019-12-31T08:00",
        "receive 0001-01-01T00:00:00+10:00",
        "add 2024-05-02 nan hours",
        "add 2024-05-02 1000000000 months",
        "add 2024-05-02 99999999999999 days",
        "add 2024-05-02 -- -2 days",
    ],
)
def test_what_the_calendar_cannot_tell_is_refused_with_what_to_do(words: str) -> None:
    said = run(*words.split())
    assert said.exit_code == REFUSED
    assert "Hãy" in said.stderr and not said.stdout
    command, _, rest = words.partition(" ")
    printed = run(command, "--json", *rest.split())
    assert printed.exit_code == REFUSED
    refused = json.loads(printed.stdout)["refused"]
    assert set(refused) == {"code", "vi", "en"} and "Hãy" in refused["vi"]


@pytest.mark.parametrize(
    "words",
    [
        "receive",
        "receive yesterday",
        "receive 2024-02-30T08:00",
        "receive 2024-03-12T08:00 --profile Z",
        "add 2024-05-02 2",
        "add 2024-05-02 2 weeks",
        "add 2024-05-02 two days",
        "add 2024-05-02 1.5 days",
        "add 2024-05-02 -2 days",
        "tick",
    ],
)
def test_a_miswritten_command_exits_with_2(words: str) -> None:
    result = run(*words.split())
    assert result.exit_code == USAGE
    assert not result.stdout
