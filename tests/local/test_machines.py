"""What is missing on a computer is named with the line that fills it."""

import subprocess
import sys
from pathlib import Path

import pytest

from infra.local import machines

APT_LINE = "apt-get update && apt-get install --no-install-recommends -y rabbitmq-server"


def test_without_rabbitmq_a_plain_user_is_told_the_exact_line(tmp_path: Path) -> None:
    with pytest.raises(machines.MachineMissing) as refused:
        list(machines.provide(as_root=False, rabbitmq_root=tmp_path))
    assert APT_LINE in str(refused.value)
    assert "Thiếu rabbitmq-server" in str(refused.value)


def test_the_lowest_postgres_from_15_on_is_taken(tmp_path: Path) -> None:
    for version in ("9.6", "13", "15", "17"):
        programs = tmp_path / version / "bin"
        programs.mkdir(parents=True)
        (programs / "initdb").touch()
    assert machines.find_postgres(tmp_path) == tmp_path / "15" / "bin"


def test_without_debians_postgres_the_wheel_serves(tmp_path: Path) -> None:
    programs = machines.find_postgres(tmp_path)
    assert programs is not None
    version = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True)
    assert "PostgreSQL" in version.stdout


def test_a_complete_computer_is_found_complete() -> None:
    command = [sys.executable, "-m", "infra.local.machines"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    assert [line.split()[1] for line in done.stdout.splitlines()] == [
        "PostgreSQL",
        "RabbitMQ",
        "S3",
        "SoftHSM",
        "Poppler",
    ]
