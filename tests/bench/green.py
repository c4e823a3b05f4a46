"""Runs a module as the doors run: `python -m tests.bench.green tests.bench.writers`.

The kernel's runner patches for green threads when it is imported, before anything else is.
"""

from __future__ import annotations

import importlib
import sys

import services.kernel.runner  # noqa: F401

if __name__ == "__main__":
    importlib.import_module(sys.argv[1]).main()
