"""A real MinIO, built from its published source: proof that vanban speaks S3, not one dialect.

`python -m infra.s3.minio` puts it under `build/minio` (git-ignored, AGPL-3, never shipped) and
prints where. It needs Go; where Go is absent it says so and exits 2. The project is archived and
has no numbered releases, so a commit is named: the last one of its main branch. Go checks the
bytes of it and of all it needs against the public checksum database.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from rich.console import Console

MODULE = "github.com/minio/minio"
VERSION = "v0.0.0-20260212201848-7aac2a2c5b7c"
OLDEST_GO = (1, 24)
FOLDER = Path(__file__).parents[2] / "build" / "minio" / VERSION

NO_GO = """\
Cần Go {oldest} trở lên để dựng MinIO từ mã nguồn; hãy cài Go (https://go.dev/dl) rồi chạy lại.
MinIO is built from source, which needs Go {oldest} or newer; {found}.
Install Go (https://go.dev/dl), put `go` on PATH and run this again.
"""


class GoMissing(Exception):
    """There is no Go tool-chain that could build MinIO; the text says what to do."""


class BuildFailed(Exception):
    """Go refused; the text holds its last lines."""


def binary() -> Path:
    """Where the built program is, or will be."""
    return FOLDER / "minio"


def build(console: Console) -> Path:
    """Build MinIO unless it is there; minutes the first time, about 2 GB of Go's own caches."""
    if not binary().exists():
        with console.status(f"MinIO {VERSION}"):
            _go_install(console)
    return binary()


def _go_install(console: Console) -> None:
    command = ["nice", _go(), "install", "-v", "-trimpath", "-ldflags", "-s -w"]
    environment = {**os.environ, "CGO_ENABLED": "0", "GOBIN": str(FOLDER)}
    told: list[str] = []
    with subprocess.Popen(
        [*command, f"{MODULE}@{VERSION}"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            told.append(line)
            if len(told) % 100 == 0:
                console.print(f"· MinIO: {len(told)} packages, {line.strip()}", highlight=False)
    if process.returncode != 0:
        raise BuildFailed("".join(told[-15:]))


def _go() -> str:
    go = shutil.which("go")
    oldest = ".".join(map(str, OLDEST_GO))
    if go is None:
        raise GoMissing(NO_GO.format(oldest=oldest, found="`go` was not found"))
    said = subprocess.run([go, "env", "GOVERSION"], capture_output=True, text=True).stdout
    numbers = re.match(r"go(\d+)\.(\d+)", said)
    if numbers is None or tuple(map(int, numbers.groups())) < OLDEST_GO:
        raise GoMissing(NO_GO.format(oldest=oldest, found=f"this is {said.strip() or 'unknown'}"))
    return go


def main() -> int:
    """Build and print the path: 0 when it is there, 1 when Go refused, 2 without Go."""
    console = Console(stderr=True)
    try:
        print(build(console))
    except GoMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    except BuildFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
