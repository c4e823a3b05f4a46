"""A world: one isolated database, virtual host and bucket on a ground, and how to enter it."""

import re
from collections.abc import Callable
from pathlib import Path

from infra.axis.control import Control
from infra.local import axis, keys, pki
from infra.local.state import EDGE, SERVICES, State

NAME = re.compile(r"[a-z][a-z0-9-]{2,39}")


def _nobody_drops() -> None:
    raise PermissionError("only the process that holds the ground drops its worlds")


class World:
    """What lies where for one name (3 to 40 lower-case letters, digits, hyphens)."""

    def __init__(
        self, folder: Path, state: State, name: str, drop: Callable[[], None] = _nobody_drops
    ) -> None:
        if not NAME.fullmatch(name):
            raise ValueError(f"a world's name is like {NAME.pattern}, not {name!r}")
        self.folder, self.name, self.drop = folder, name, drop
        self._state = state

    @property
    def database(self) -> str:
        """The name of its database."""
        return self.name.replace("-", "_")

    def database_url(self, service: str) -> str:
        """The database as a service's role, which owns the schema of the same name."""
        return self._state.database_url(service, self._state.passwords[service], self.database)

    def broker_url(self, user: str) -> str:
        """The virtual host as the user of a service, or as `edge`."""
        return self._state.broker_url(user, self._state.passwords[user], self.name)

    @property
    def admin_database_url(self) -> str:
        """The database as the cluster's owner: for tests and repairs, never for a service."""
        return self._state.database_url("vanban", self._state.admin_password, self.database)

    @property
    def admin_broker_url(self) -> str:
        """The virtual host as a user who may do everything: for tests and repairs."""
        return self._state.broker_url("vanban", self._state.admin_password, self.name)

    @property
    def s3_url(self) -> str:
        """The bucket as the user of the services."""
        return f"{self._state.s3_url}/{self.name}"

    @property
    def operator_secret(self) -> str:
        """What whoever installs the platform shows to make the first accounts."""
        return self._state.operator_secret

    @property
    def pki_folder(self) -> Path:
        """Where the machine's own certification authority lies."""
        return keys.pki_folder(self.folder)

    @property
    def authority_url(self) -> str:
        """Where that authority answers."""
        return self._state.authority_url

    def open_box(self, code: str, name: str) -> str:
        """Let an agency of this world exchange over the axis; what proves its receipts, in PEM."""
        return axis.open_box(self.folder, self._state, self.name, code, name)

    @property
    def axis_url(self) -> str:
        """Where the exchange axis answers."""
        return self._state.axis_url

    def axis_control(self) -> Control:
        """To enrol agencies outside, and to order faults."""
        return Control(self._state.axis_url, self._state.axis_token)

    def environment(self, service: str) -> dict[str, str]:
        """The VANBAN_* variables of a service's processes, or of `edge`, everyone outside."""
        told = {
            "VANBAN_BROKER_URL": self.broker_url(service),
            "VANBAN_TOKEN_PUBLIC_KEY_FILE": str(keys.token_public_key_file(self.folder)),
        }
        if service == EDGE:
            return told
        if service not in SERVICES:
            raise KeyError(service)
        told["VANBAN_DATABASE_URL"] = self.database_url(service)
        told["VANBAN_S3_URL"] = self.s3_url
        return told | self._of_one(service)

    def _of_one(self, service: str) -> dict[str, str]:
        if service == "accounts":
            private = str(keys.token_private_key_file(self.folder))
            secret = self.operator_secret
            return {"VANBAN_TOKEN_PRIVATE_KEY_FILE": private, "VANBAN_OPERATOR_SECRET": secret}
        if service == "tracking":
            boxes = {"VANBAN_AXIS_BOXES_FILE": str(axis.boxes_file(self.folder, self.name))}
            return boxes | {"VANBAN_AXIS_URL": self._state.axis_url, **axis.QUICK}
        if service == "signing":
            told = {"VANBAN_PKI_DIR": str(self.pki_folder)}
            told |= {"VANBAN_TSA_URL": f"{self.authority_url}/tsa"}
            return told | {"VANBAN_REPORT_SEAL": pki.PLATFORM.name}
        return {}
