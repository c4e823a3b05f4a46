"""`make bench`: how fast vanban is, as ratios against bare baselines of the same minute.

Run as `python -m tests.bench [--json] [--only NAME]… [--seconds S] [--rounds N]`. It judges
nothing: the exit code is 0 whatever the ratios are, and 1 only when a benchmark could not be run.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tempfile
import time
import traceback
from pathlib import Path

from infra.local.ground import purge
from infra.local.supervisor import ground_of
from tests.bench.facts import machine_facts
from tests.bench.measure import Result
from tests.bench.report import print_report
from tests.bench.rig import Rig

LAST_WORDS = 15
NAMES = ("rpc", "commands", "hops", "catch_up", "documents", "signing", "verification", "exchange")


def main(words: list[str]) -> int:
    """Measure what is asked and tell it."""
    asked = arguments(words)
    folder = Path(tempfile.mkdtemp(prefix="vanban-bench-"))
    began = time.monotonic()

    def tell(line: str) -> None:
        print(f"· {time.monotonic() - began:5.1f} s  {line}", file=sys.stderr, flush=True)

    try:
        with ground_of(folder, tell) as ground:
            rig = Rig(ground, asked.seconds, asked.rounds, tell)
            facts = machine_facts(ground)
            measured = {name: measure(rig, name) for name in asked.only or NAMES}
    finally:
        purge(folder)
    told = [result for results in measured.values() for result in results or ()]
    if asked.json:
        print(json.dumps({"machine": facts, "results": [it.told() for it in told]}, indent=1))
    else:
        print_report(facts, told)
    return int(None in measured.values())


def arguments(words: list[str]) -> argparse.Namespace:
    """What the command line asks for."""
    line = argparse.ArgumentParser("python -m tests.bench", description="Ratios, same minute.")
    line.add_argument("--json", action="store_true", help="JSON instead of a table")
    line.add_argument("--only", action="append", choices=NAMES, help="just this one (repeatable)")
    line.add_argument("--seconds", type=float, default=2.0, help="length of one turn (2)")
    line.add_argument("--rounds", type=int, default=3, help="turns of each side (3)")
    return line.parse_args(words)


def measure(rig: Rig, name: str) -> list[Result] | None:
    """The results of one benchmark; nothing when it failed, which is told."""
    rig.tell(name)
    try:
        return list(importlib.import_module(f"tests.bench.{name}").run(rig))
    except Exception:
        traceback.print_exc()
        for log in sorted((rig.ground.folder / "logs").glob("bench-*.log")):
            last = log.read_text(errors="replace").splitlines()[-LAST_WORDS:]
            print(f"{log.name}:", *last, sep="\n  ", file=sys.stderr)
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
