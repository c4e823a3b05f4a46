"""Child processes that never outlive their parent, and ports asked from the kernel.

Every child is started through `setpriv --pdeathsig`: should the parent die of SIGKILL, the kernel
kills the child. The kernel watches the *thread* that started a child, so all children are started
by one thread that lives as long as this process.
"""

import os
import pwd
import random
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK = "127.0.0.1"
LOWEST_PORT = 10_240
PLAIN_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"}
STOP_SECONDS = 10.0

_starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="children")


@dataclass
class Child:
    """One child process: how to start it, its log file, and what runs now."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    folder: Path | None = None
    stop_signal: int = signal.SIGTERM
    orphan_signal: str = "KILL"
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it in a session of its own, unless it runs; its output is added to the log file."""
        _starter.submit(self._spawn).result()

    def _spawn(self) -> None:
        if self.is_running:
            return
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*_setpriv(self.orphan_signal, self.user), *self.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env={**PLAIN_ENVIRONMENT, **self.environment},
                start_new_session=True,
            )

    @property
    def pid(self) -> int | None:
        """The process id of what runs now, or None."""
        return self.process.pid if self.process is not None and self.is_running else None

    @property
    def is_running(self) -> bool:
        """Whether the process is alive at this instant."""
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """Send SIGKILL and wait until the kernel has taken the process away."""
        if (process := self.process) is not None:
            process.kill()
            process.wait()

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Send the polite stop signal, wait so many seconds, then kill."""
        if (process := self.process) is not None:
            process.send_signal(self.stop_signal)
            with suppress(subprocess.TimeoutExpired):
                process.wait(seconds)
        self.kill()

    def last_words(self, lines: int = 15) -> str:
        """Return the end of its log, for an error message."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])


def run(
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    user: str | None = None,
    folder: Path | None = None,
    seconds: float = 60,
) -> str:
    """Run a short command to its end and return its output; raise `CommandFailed` otherwise."""
    try:
        done = subprocess.run(
            [*_setpriv("KILL", user), *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd=folder,
            env={**PLAIN_ENVIRONMENT, **(environment or {})},
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as late:
        raise CommandFailed(f"{command[0]}: not finished after {seconds:.0f} s") from late
    if done.returncode != 0:
        raise CommandFailed(f"{command[0]}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


class CommandFailed(Exception):
    """A program of a machine ended with an error; the text holds what it said."""


def _setpriv(orphan_signal: str, user: str | None) -> list[str]:
    words = ["setpriv", "--pdeathsig", orphan_signal]
    if user is not None:
        account = pwd.getpwnam(user)
        words += ["--reuid", str(account.pw_uid), "--regid", str(account.pw_gid), "--clear-groups"]
    return words


def unprivileged_user() -> str | None:
    """The user PostgreSQL has to run as: None unless we are root, which it refuses."""
    if os.geteuid() != 0:
        return None
    known = {account.pw_name for account in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def can_be_reached(folder: Path) -> bool:
    """Whether any user may walk down to this folder (each folder above has the x bit for all)."""
    return all(parent.stat().st_mode & 0o001 for parent in folder.resolve().parents)


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback interface now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return _can_bind(probe, port)


def _can_bind(probe: socket.socket, port: int) -> bool:
    try:
        probe.bind((LOOPBACK, port))
    except OSError:
        return False
    return True


def free_ports(count: int) -> list[int]:
    """Ask the kernel for so many free ports of the loopback interface.

    They lie below the range from which the kernel serves outgoing connections: a client that
    retries while its server is down could otherwise be given the server's own port.
    """
    ephemeral = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    candidates = list(range(LOWEST_PORT, ephemeral)) if ephemeral > LOWEST_PORT + 1000 else [0]
    ports: list[int] = []
    with ExitStack() as held:
        while len(ports) < count:
            probe = held.enter_context(socket.socket())
            with suppress(OSError):
                probe.bind((LOOPBACK, random.choice(candidates)))
                ports.append(probe.getsockname()[1])
    return ports
