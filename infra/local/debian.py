"""Installing Debian packages with visible progress and without starting any service.

While packages are unpacked a `policy-rc.d` forbids service starts, so no PostgreSQL or RabbitMQ of
the system occupies the standard ports; what stood there before is put back.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from infra.local.machines import MachineMissing, refusal

POLICY = Path("/usr/sbin/policy-rc.d")
FORBID = "#!/bin/sh\n# No service starts while vanban installs packages.\nexit 101\n"
WAIT_FOR_LOCK = "DPkg::Lock::Timeout=120"
QUIET = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
ACTS = {"dlstatus": "downloading", "pmstatus": "unpacking"}
LAST_WORDS = 12


class InstallFailed(Exception):
    """apt-get ended with an error; the text holds its last words."""


def install(packages: list[str]) -> None:
    """Install the packages as root; raise `MachineMissing` with apt's last words if it fails."""
    try:
        with _no_service_starts(), _bars() as progress:
            _apt(["update"], progress, "package lists")
            words = ["install", "--no-install-recommends", "--yes", *packages]
            _apt(words, progress, " ".join(packages))
    except InstallFailed as failed:
        raise MachineMissing(f"{failed}\n{refusal(packages)}") from failed


def _bars() -> Progress:
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("  {task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal)


@contextmanager
def _no_service_starts() -> Iterator[None]:
    before = (POLICY.read_bytes(), POLICY.stat().st_mode) if POLICY.exists() else None
    POLICY.write_text(FORBID)
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()
        if before is not None:
            POLICY.write_bytes(before[0])
            POLICY.chmod(before[1])


def _apt(arguments: list[str], progress: Progress, title: str) -> None:
    task = progress.add_task(title, total=100)
    read, write = os.pipe()
    options = ["-q", "-o", WAIT_FOR_LOCK, "-o", f"APT::Status-Fd={write}"]
    with TemporaryFile("w+", errors="replace") as said:
        with subprocess.Popen(
            ["apt-get", *options, *arguments],
            pass_fds=[write],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env={**os.environ, **QUIET},
        ) as process:
            os.close(write)
            _follow(read, progress, task, title)
        if process.returncode != 0:
            said.seek(0)
            last = "".join(said.readlines()[-LAST_WORDS:])
            raise InstallFailed(f"apt-get {arguments[0]}:\n{last}")
    progress.update(task, completed=100)


def _follow(read: int, progress: Progress, task: TaskID, title: str) -> None:
    """Follow apt's status lines `kind:what:percent:words`: a bar, or lines without a terminal."""
    told = ""
    with os.fdopen(read, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            kind, _, rest = line.partition(":")
            percent = _percent(rest)
            if kind not in ACTS or percent is None:
                continue
            progress.update(task, completed=percent, description=f"{title} ({ACTS[kind]})")
            step = f"  {title}: {ACTS[kind]} {int(percent) // 20 * 20} %"
            if progress.disable and step != told:
                told = step
                progress.console.print(step)


def _percent(rest: str) -> float | None:
    """The first number with a decimal point, as apt writes percentages."""
    for word in rest.split(":"):
        if "." in word and word.replace(".", "", 1).isdigit() and float(word) <= 100:
            return float(word)
    return None
