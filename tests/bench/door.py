"""Runs a benchmark's own service by the kernel's runner: `python -m tests.bench.door echo`."""

from __future__ import annotations

import sys
from pathlib import Path

import services
from services.kernel import runner

if __name__ == "__main__":
    services.__path__.append(str(Path(__file__).parent / "rooms"))
    runner.run(sys.argv[1])
