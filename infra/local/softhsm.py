"""SoftHSM2: a PKCS#11 token in files, for development and tests; in place of a token or an HSM.

A process that uses it must find `SOFTHSM2_CONF` in its environment (see `environment`).
"""

from pathlib import Path

from infra.local.machine import private_folder
from infra.local.machines import require_softhsm
from infra.local.processes import run

CONFIGURATION = "directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n"


class SoftHSM:
    """Tokens below one folder; raises `MachineMissing` where SoftHSM is not installed."""

    def __init__(self, folder: Path) -> None:
        self.module = require_softhsm()
        tokens = private_folder(private_folder(folder) / "tokens")
        self._configuration = folder / "softhsm2.conf"
        self._configuration.write_text(CONFIGURATION.format(tokens=tokens))

    @property
    def environment(self) -> dict[str, str]:
        """What a process that uses the tokens must be told."""
        return {"SOFTHSM2_CONF": str(self._configuration)}

    def make_token(self, label: str, pin: str) -> None:
        """Make an empty token."""
        self._do("--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", pin)

    def delete_token(self, label: str) -> None:
        """Take a token out, for good."""
        self._do("--delete-token", "--token", label)

    def import_key(self, token: str, pin: str, key: Path, label: str, id: str) -> None:
        """Put a private key (PEM, PKCS#8) and its public half into a token; `id` hexadecimal."""
        words = ("--token", token, "--pin", pin, "--label", label, "--id", id)
        self._do("--import", str(key), *words)

    def _do(self, *words: str) -> None:
        run(["softhsm2-util", *words], self.environment)
