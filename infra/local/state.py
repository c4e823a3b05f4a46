"""What a ground remembers between runs: ports and secrets, in a JSON file only its owner reads."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from infra.local.processes import LOOPBACK, free_ports, is_free

SERVICES = ("intake", "dispatch", "signing", "tracking", "accounts", "reporting")
EDGE = "edge"
FILE = "state.json"
PORTS = {
    "postgres": ("postgres",),
    "rabbitmq": ("amqp", "distribution", "epmd"),
    "authority": ("authority",),
    "axis": ("axis",),
    "s3": (
        *("s3", "s3_grpc", "master", "master_grpc", "volume", "volume_grpc"),
        *("filer", "filer_grpc", "admin", "admin_grpc"),
    ),
}


def _secret() -> str:
    return secrets.token_urlsafe(24)


@dataclass
class State:
    """Ports by name and secrets by user of one ground; `postgres_data` lies outside if it must."""

    postgres_data: str = ""
    ports: dict[str, int] = field(default_factory=dict)
    admin_password: str = field(default_factory=_secret)
    passwords: dict[str, str] = field(default_factory=dict)
    s3_secret: str = field(default_factory=_secret)
    s3_admin_secret: str = field(default_factory=_secret)
    operator_secret: str = field(default_factory=_secret)
    axis_token: str = field(default_factory=_secret)
    s3_url: str = ""
    s3_admin_url: str = ""

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the state of a ground; a new one where there is none yet."""
        path = folder / FILE
        state = cls(**json.loads(path.read_text())) if path.exists() else cls()
        for user in (*SERVICES, EDGE):
            state.passwords.setdefault(user, _secret())
        return state

    def choose_ports(self) -> None:
        """Keep each machine's ports while they are free, ask the kernel for others if not."""
        for names in PORTS.values():
            if not all(name in self.ports and is_free(self.ports[name]) for name in names):
                self.ports.update(zip(names, free_ports(len(names)), strict=True))

    def save(self, folder: Path) -> None:
        """Write the file in one move, readable by its owner only (0600)."""
        fresh = folder / f"{FILE}.new"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(asdict(self), file, indent=1)
        fresh.replace(folder / FILE)

    def database_url(self, user: str, password: str, database: str) -> str:
        """The URL of a database as one user."""
        return f"postgresql://{user}:{password}@{LOOPBACK}:{self.ports['postgres']}/{database}"

    @property
    def authority_url(self) -> str:
        """Where the machine's own certification authority answers."""
        return f"http://{LOOPBACK}:{self.ports['authority']}"

    @property
    def axis_url(self) -> str:
        """Where the local exchange axis listens."""
        return f"http://{LOOPBACK}:{self.ports['axis']}"

    def broker_url(self, user: str, password: str, vhost: str) -> str:
        """The URL of a virtual host of the broker as one user."""
        return f"amqp://{user}:{password}@{LOOPBACK}:{self.ports['amqp']}/{vhost}"
