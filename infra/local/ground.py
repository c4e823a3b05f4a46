"""The ground vanban stands on: PostgreSQL, RabbitMQ, S3, an authority and a local axis.

    with Ground(Path(".vanban")) as ground:
        world = ground.new_world("main")
        environment = world.environment("intake")

Everything listens on 127.0.0.1 at ports asked from the kernel; secrets are random and lie in one
0600 file; a machine counts as started when it has done one real operation. When the process that
holds the ground ends, however it ends, its machines end with it.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO, Self

from infra.local import keys, machine
from infra.local.authority import Authority
from infra.local.axis import LocalAxis
from infra.local.machine import Machine, private_folder
from infra.local.postgres import PostgreSQL
from infra.local.processes import unprivileged_user
from infra.local.rabbitmq import RabbitMQ
from infra.local.s3 import ExternalS3, MinIO, S3Server, SeaweedFS
from infra.local.state import State
from infra.local.world import World

LOCK = "lock"
LOOKS = 10


class GroundBusy(Exception):
    """Another process holds this data folder."""


class Ground:
    """Five machines below one data folder. `s3_url` names an S3 somebody else runs instead
    (`http://access:secret@host:port`), `minio` a MinIO program to start instead of SeaweedFS;
    `tell` hears one line per step."""

    def __init__(
        self,
        folder: Path,
        s3_url: str = "",
        minio: Path | None = None,
        tell: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.folder = folder.resolve()
        self.state = State()
        self._s3_url, self._minio, self._tell = s3_url, minio, tell
        self._lock: IO[str] | None = None
        self.machines: dict[str, Machine] = {}

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Start all five side by side; raise `GroundBusy`, `MachineMissing` or `NotReady`.

        `meanwhile` is done beside it: ports and secrets are chosen by then.
        """
        self._take_folder()
        self.state = State.load(self.folder)
        self.state.choose_ports()
        self._lay_out()
        self.state.s3_url, self.state.s3_admin_url = self.s3.base_url, self.s3.admin_url
        self.state.save(self.folder)
        try:
            begin = [partial(self._begin, one) for one in self.machines.values()]
            side_by_side(*begin, partial(keys.make, self.folder), meanwhile)
        except BaseException:
            self.stop()
            raise

    def attach(self) -> Self:
        """Look at a ground another process holds: `check` works, nothing is started."""
        self.state = State.load(self.folder)
        self._lay_out()
        return self

    def _lay_out(self) -> None:
        self.postgres = PostgreSQL(self.folder, self.state)
        self.rabbitmq = RabbitMQ(self.folder, self.state)
        self.s3 = self._s3()
        self.authority = Authority(self.folder, self.state)
        self.axis = LocalAxis(self.folder, self.state)
        all_five = (self.postgres, self.rabbitmq, self.s3, self.authority, self.axis)
        self.machines = {m.name: m for m in all_five}

    def _take_folder(self) -> None:
        private_folder(self.folder)
        private_folder(self.folder / "logs")
        if unprivileged_user() is not None:
            self.folder.chmod(0o711)  # PostgreSQL's user must be able to walk through
        self._lock = (self.folder / LOCK).open("a")
        _lock_or_refuse(self._lock, self.folder)
        self._lock.truncate(0)
        self._lock.write(str(os.getpid()))
        self._lock.flush()

    def _s3(self) -> S3Server:
        if self._s3_url:
            return ExternalS3(self._s3_url)
        if self._minio is not None:
            return MinIO(self.folder, self.state, self._minio)
        return SeaweedFS(self.folder, self.state)

    def _begin(self, one: Machine) -> None:
        one.prepare()
        machine.start(one)
        one.open()
        self._tell(f"{one.name} is ready")

    def stop(self) -> None:
        """Stop all five side by side and give the folder free."""
        side_by_side(*(partial(machine.stop, one) for one in self.machines.values()))
        if self.machines:
            self.s3.tidy()
        if self._lock is not None:
            self._lock.close()

    def purge(self) -> None:
        """Stop and delete all data."""
        self.stop()
        purge(self.folder)

    def kill(self, name: str) -> None:
        """SIGKILL to `postgres`, `rabbitmq`, `s3`, `authority` or `axis`."""
        machine.kill(self.machines[name])

    def restart(self, name: str) -> None:
        """Start a machine again at its old ports; returns when it works."""
        machine.start(self.machines[name])

    def is_running(self, name: str) -> bool:
        """Whether the processes of a machine are alive."""
        return machine.is_running(self.machines[name])

    def check(self, name: str) -> None:
        """Do a machine's real operation; raise `NotReady`."""
        self.machines[name].check()

    def rabbitmqctl(self, *arguments: str) -> str:
        """Ask the broker's control program, as in `("set_vm_memory_high_watermark", "0.1")`."""
        return self.rabbitmq.control(*arguments)

    def new_world(self, name: str) -> World:
        """Make (or find again) an isolated database, virtual host and bucket."""
        world = World(self.folder, self.state, name, drop=lambda: self._drop(world))
        side_by_side(
            partial(self.postgres.make_database, world.database),
            partial(self.s3.make_bucket, world.name),
        )
        self.rabbitmq.make_vhost(world.name)  # last: who waits for it finds the rest in place
        return world

    def _drop(self, world: World) -> None:
        self.postgres.drop_database(world.database)
        self.rabbitmq.delete_vhost(world.name)
        self.s3.drop_bucket(world.name)


def _lock_or_refuse(lock: IO[str], folder: Path) -> None:
    """Take the folder; whoever only looks at it holds it for an instant, so ask more than once."""
    for _ in range(LOOKS):
        with suppress(BlockingIOError):
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        time.sleep(0.02)
    raise GroundBusy(f"{folder} is in use: vanban already runs there")


def side_by_side(*steps: Callable[[], object]) -> None:
    """Do all steps at once; raise the first error when all have ended."""
    with ThreadPoolExecutor(max_workers=len(steps) or 1) as threads:
        for done in [threads.submit(step) for step in steps]:
            done.result()


def purge(folder: Path) -> None:
    """Delete all data of a stopped ground, also what PostgreSQL keeps elsewhere."""
    postgres_data = State.load(folder).postgres_data
    if postgres_data:
        shutil.rmtree(postgres_data, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
