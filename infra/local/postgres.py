"""PostgreSQL for one machine: a private cluster on the loopback interface, all promises kept."""

import os
import pwd
import shutil
import signal
import tempfile
from pathlib import Path

import psycopg

from infra.local.machine import NotReady, private_folder
from infra.local.machines import require_postgres
from infra.local.processes import LOOPBACK, Child, can_be_reached, run, unprivileged_user
from infra.local.state import SERVICES, State
from infra.postgres import cluster

ADMIN = "vanban"


class PostgreSQL:
    """One cluster below `folder`; as root it runs as an unprivileged user, as it demands."""

    name = "postgres"

    def __init__(self, folder: Path, state: State) -> None:
        self._programs = require_postgres()
        self._state = state
        self._user = unprivileged_user()
        self._data = self._data_folder(folder)
        self._server = Child(
            self.name,
            self._command(),
            folder / "logs" / "postgres.log",
            user=self._user,
            folder=Path("/"),
            stop_signal=signal.SIGINT,
            orphan_signal="QUIT",
        )

    def _data_folder(self, folder: Path) -> Path:
        """Below `folder`, or in /var/tmp where the unprivileged user could not walk down to it."""
        if not self._state.postgres_data:
            reachable = self._user is None or can_be_reached(folder)
            elsewhere = "" if reachable else tempfile.mkdtemp("", "vanban-postgres-", "/var/tmp")
            self._state.postgres_data = elsewhere or str(folder / self.name)
        return Path(self._state.postgres_data)

    def _command(self) -> list[str]:
        listen = ["-c", f"listen_addresses={LOOPBACK}", "-p", str(self._state.ports["postgres"])]
        return [str(self._programs / "postgres"), "-D", str(self._data), *listen]

    @property
    def children(self) -> tuple[Child, ...]:
        return (self._server,)

    @property
    def admin_url(self) -> str:
        """The URL of the maintenance database as the cluster's owner."""
        return self._state.database_url(ADMIN, self._state.admin_password, "postgres")

    def prepare(self) -> None:
        if not (self._data / cluster.SETTINGS.name).exists():
            self._make_cluster()
        shutil.copy(cluster.SETTINGS, self._data)

    def _make_cluster(self) -> None:
        """Make the files of a cluster; one that was interrupted on the way is made anew."""
        shutil.rmtree(self._data, ignore_errors=True)
        private_folder(self._data)
        if self._user is not None:
            account = pwd.getpwnam(self._user)
            os.chown(self._data, account.pw_uid, account.pw_gid)
        beside = self._data.parent  # the unprivileged user can reach it, whatever TMPDIR says
        with tempfile.NamedTemporaryFile("w", prefix="vanban-", dir=beside) as password:
            password.write(self._state.admin_password)
            password.flush()
            if self._user is not None:
                os.chown(password.name, account.pw_uid, account.pw_gid)
            self._initialise(Path(password.name))
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.write(f"include '{cluster.SETTINGS.name}'\n")

    def _initialise(self, password: Path) -> None:
        words = ["--username", ADMIN, "--pwfile", str(password), "--auth", "scram-sha-256"]
        words += ["--data-checksums", "--encoding", "UTF8", "--locale", "C.UTF-8"]
        command = [str(self._programs / "initdb"), "--pgdata", str(self._data), *words]
        run(command, user=self._user, folder=Path("/"))

    def check(self) -> None:
        """One committed INSERT."""
        try:
            with psycopg.connect(self.admin_url, connect_timeout=5) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS ready (at timestamptz)")
                connection.execute("DELETE FROM ready")
                connection.execute("INSERT INTO ready VALUES (now())")
        except psycopg.Error as error:
            raise NotReady(f"postgres: {error}") from error

    def make_database(self, database: str) -> None:
        """Make a place with one schema per service."""
        cluster.make_database(self.admin_url, database, list(SERVICES))

    def drop_database(self, database: str) -> None:
        """Drop a place and everyone connected to it."""
        cluster.drop_database(self.admin_url, database)

    def open(self) -> None:
        """Create roles and the template of all places."""
        cluster.make_roles(self.admin_url, {s: self._state.passwords[s] for s in SERVICES})
