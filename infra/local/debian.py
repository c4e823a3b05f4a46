"""Installing Debian packages with visible progress and without starting any service.

While packages are unpacked a `policy-rc.d` forbids service starts, so no PostgreSQL or RabbitMQ of
the system occupies the standard ports; what stood there before is put back.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from infra.local.machines import MachineMissing, refusal

POLICY = Path("/usr/sbin/policy-rc.d")
FORBID = "#!/bin/sh\n# No service starts while vanban installs packages.\nexit 101\n"
WAIT_FOR_LOCK = "DPkg::Lock::Timeout=120"


def install(packages: list[str]) -> None:
    """Install the packages as root; raise `MachineMissing` with apt's last words if it fails."""
    console = Console(stderr=True)
    with _no_service_starts(), _bars(console) as progress:
        _apt(["update"], packages, progress, "package lists")
        install_line = ["install", "--no-install-recommends", "--yes", *packages]
        _apt(install_line, packages, progress, " ".join(packages))


def _bars(console: Console) -> Progress:
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


def _apt(arguments: list[str], packages: list[str], progress: Progress, title: str) -> None:
    task = progress.add_task(title, total=100)
    read, write = os.pipe()
    with subprocess.Popen(
        ["apt-get", "-q", "-o", WAIT_FOR_LOCK, "-o", f"APT::Status-Fd={write}", *arguments],
        pass_fds=[write],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"},
    ) as process:
        os.close(write)
        words = _Words(process)
        _show(read, progress, task, title)
        last = words.all()
    if process.returncode != 0:
        raise MachineMissing(f"apt-get {arguments[0]}:\n{last}\n{refusal(packages)}")
    progress.update(task, completed=100)


class _Words:
    """What apt says, collected beside the progress so that neither pipe fills up."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        from threading import Thread

        assert process.stdout is not None
        self._stream, self._lines = process.stdout, b""
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        self._lines = self._stream.read()

    def all(self) -> str:
        """Return the last twelve lines, once apt has closed its output."""
        self._thread.join()
        return "\n".join(self._lines.decode(errors="replace").splitlines()[-12:])


def _show(read: int, progress: Progress, task: TaskID, title: str) -> None:
    """Follow apt's status lines `kind:what:percent:words`: a bar, or lines without a terminal."""
    told = -1
    with os.fdopen(read, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            kind, _, rest = line.partition(":")
            percent = _percent(rest)
            if kind not in ("dlstatus", "pmstatus") or percent is None:
                continue
            progress.update(task, completed=percent, description=f"{title} ({_ACT[kind]})")
            if progress.disable and int(percent) // 20 != told:
                told = int(percent) // 20
                progress.console.print(f"  {title}: {_ACT[kind]} {percent:.0f} %")


_ACT = {"dlstatus": "downloading", "pmstatus": "unpacking"}


def _percent(rest: str) -> float | None:
    for word in rest.split(":"):
        try:
            value = float(word)
        except ValueError:
            continue
        if "." in word and 0 <= value <= 100:
            return value
    return None
