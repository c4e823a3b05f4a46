"""What a process must be told: everything wrong is named at once, and it does not start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from services.kernel.settings import (
    Settings,
    SettingsRefused,
    read_settings,
    settings_or_exit,
    variable,
)

GOOD = {
    "VANBAN_DATABASE_URL": "postgresql://intake:x@127.0.0.1:5432/main",
    "VANBAN_BROKER_URL": "amqp://intake:x@127.0.0.1:5672/main",
    "VANBAN_S3_URL": "http://a:b@127.0.0.1:9000/main",
    "VANBAN_TOKEN_PUBLIC_KEY_FILE": "/keys/public.pem",
}


class OwnSettings(Settings, frozen=True, kw_only=True):
    """A service with a folder of its own."""

    folder: Path
    copies: int = 2


def test_a_process_learns_what_it_was_told() -> None:
    told = read_settings(
        OwnSettings, {**GOOD, "VANBAN_FOLDER": "/data", "VANBAN_HEALTH_PORT": "8080", "HOME": "/"}
    )
    assert told.folder == Path("/data")
    assert (told.health_port, told.copies, told.log_level) == (8080, 2, "INFO")
    assert told.token_public_key_file == Path("/keys/public.pem")


def test_no_health_port_is_no_health_server_and_0_asks_the_kernel() -> None:
    assert read_settings(Settings, GOOD).health_port is None
    assert read_settings(Settings, {**GOOD, "VANBAN_HEALTH_PORT": "0"}).health_port == 0


def test_everything_that_is_wrong_is_named_at_once() -> None:
    dangerous = {
        "POSTGRES_ENABLE_DB_FUNCTIONS": "y",
        "CIPHER_TOPIC": "x",
        "COMPRESSOR_TOPIC": "zlib",
    }
    with pytest.raises(SettingsRefused) as refused:
        read_settings(OwnSettings, {**dangerous, "VANBAN_HEALTH_PORT": "http", "VANBAN_S3_URL": ""})
    text = str(refused.value)
    for name in (*GOOD, "VANBAN_FOLDER"):
        assert f"{name} is missing" in text
    for name in dangerous:
        assert f"{name} must not be set" in text
    assert "VANBAN_HEALTH_PORT: " in text
    assert text.count(";") == 8


@pytest.mark.parametrize("name", GOOD)
def test_nothing_that_is_needed_may_be_missing_or_empty(name: str) -> None:
    for without in ({k: v for k, v in GOOD.items() if k != name}, {**GOOD, name: ""}):
        with pytest.raises(SettingsRefused, match=f"^{name} is missing$"):
            read_settings(Settings, without)


def test_a_door_says_it_in_one_line_and_ends_with_2() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "services.kernel.runner", "accounts"],
        env={"PYTHONPATH": ":".join(filter(None, sys.path)), "POSTGRES_ENABLE_DB_FUNCTIONS": "y"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "refusing to start" in ran.stderr
    assert "VANBAN_BROKER_URL is missing" in ran.stderr
    assert "readers of the event log would miss events" in ran.stderr


def test_refusing_is_no_stack_of_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        settings_or_exit(OwnSettings)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("refusing to start: VANBAN_")


def test_a_field_is_an_environment_variable() -> None:
    assert variable("broker_url") == "VANBAN_BROKER_URL"
