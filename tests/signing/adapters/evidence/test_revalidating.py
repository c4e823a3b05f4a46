"""`vanban revalidate`: a process that may reach nothing has the same answer, years later."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.local.house import ROOT
from services.cli.main import application
from tests.signing.adapters.evidence.conftest import Archive
from tests.signing.adapters.evidence.test_replaying import flipped

ALONE = """
import sys
REACHING = ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname")

def watch(event, words):
    if event in REACHING:
        raise PermissionError(event)

sys.addaudithook(watch)
from services.cli.main import app
app()
"""
"""The program, in a process that fails when it looks for anybody."""


@pytest.fixture
def folder(archive: Archive, tmp_path: Path) -> Path:
    """The archive of 2019 as a folder: everything under its digest, the report with its ending."""
    for sha256, content in archive.shelf.kept.items():
        (tmp_path / sha256).write_bytes(content)
    kept = archive.shelf.keep(archive.examined.encoded)
    del archive.shelf.kept[kept.sha256]
    (tmp_path / f"{kept.sha256}.json").write_bytes(archive.examined.encoded)
    return tmp_path


def revalidated(*reports: Path) -> tuple[int, str]:
    """Exit code and words of the command."""
    told = CliRunner().invoke(application("revalidate"), ["revalidate", *map(str, reports)])
    return told.exit_code, told.output


def alone(*reports: Path) -> tuple[int, str]:
    """The same of a process that knows nothing but where Python is."""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ALONE, "revalidate", *map(str, reports)],
        env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def test_it_is_the_same_without_network_clock_or_todays_trust(folder: Path) -> None:
    (report,) = folder.glob("*.json")
    code, told = alone(report)
    assert code == 0
    assert "giống hệt / identical" in told and "Hợp lệ / Trusted" in told
    assert "công văn.pdf, 2019-06-03T10:00:00+07:00" in told


def test_a_changed_or_missing_piece_is_told(folder: Path) -> None:
    (report,) = folder.glob("*.json")
    first, second, *_ = (path for path in folder.iterdir() if path != report)
    first.write_bytes(flipped(first.read_bytes(), 9))
    code, told = revalidated(report)
    assert code == 1 and f"{first.name} bị hỏng" in told
    first.write_bytes(flipped(first.read_bytes(), 9))
    second.unlink()
    code, told = revalidated(report)
    assert code == 1 and f"There is no file {second.name}" in told


def test_a_changed_report_is_told_by_its_name_or_by_its_evidence(folder: Path) -> None:
    (report,) = folder.glob("*.json")
    forged = report.read_bytes().replace(b'"TRUSTED"', b'"WARN"', 1)
    (folder / "báo cáo.json").write_bytes(forged)
    report.write_bytes(forged)
    code, told = revalidated(report, folder / "báo cáo.json", folder / "không có.json")
    assert code == 1
    assert "is damaged: sha256" in told
    assert "KHÁC TRƯỚC / NOT AS BEFORE" in told and "nay / now: Hợp lệ / Trusted" in told
    assert "không đọc được báo cáo" in told
