"""Writes the schemas of the contracts, or checks them: `python -m contracts.schemas [--check]`.

Exit code 0: written, or all is well. 1: a break, of which nothing is written, or a stale file.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from contracts.schemas.asyncapi import asyncapi
from contracts.schemas.describe import (
    Json,
    common_schema,
    promises,
    report_schema,
    service_schema,
)
from contracts.schemas.growth import breaks

HERE = Path(__file__).parent
WRITE = "make schemas"


def documents() -> dict[str, Json]:
    """Every document by its file name, as the contracts are now."""
    known = promises()
    services = {f"{name}.json": service_schema(name, known[name]) for name in known}
    return {
        **services,
        "vanban.json": common_schema(known),
        "verification-report.json": report_schema(),
        "asyncapi.json": asyncapi(known),
    }


def text_of(document: Json) -> str:
    """The bytes to commit."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def broken(folder: Path, now: dict[str, Json]) -> list[str]:
    """Every break of a published contract: what is in the files of `folder`, against `now`."""
    found = []
    for file in sorted(folder.glob("*.json")):
        if file.name not in now:
            found.append(f"{file.name}: is gone")
        elif file.name != "asyncapi.json":
            old = json.loads(file.read_text(encoding="utf-8"))
            found += [f"{file.name}{line}" for line in breaks(old, now[file.name])]
    return found


def stale(folder: Path, now: dict[str, Json]) -> list[str]:
    """Names of files that do not say what the contracts say."""
    files = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.json")}
    texts = {name: text_of(document) for name, document in now.items()}
    return sorted(n for n in files.keys() | texts.keys() if files.get(n) != texts.get(n))


def main(words: list[str]) -> int:
    """Write or check."""
    line = argparse.ArgumentParser("python -m contracts.schemas", description=__doc__)
    line.add_argument("--check", action="store_true", help="write nothing; tell what is stale")
    line.add_argument("--folder", type=Path, default=HERE, help="where the files stand")
    asked = line.parse_args(words)
    now = documents()
    if found := broken(asked.folder, now):
        told = "\n".join(["A published contract only grows; this breaks it:", *found])
        print(f"{told}\nPut a new word beside the old one.", file=sys.stderr)
        return 1
    if asked.check and (old := stale(asked.folder, now)):
        print(f"stale: {', '.join(old)}. Run `{WRITE}` and commit.", file=sys.stderr)
        return 1
    if not asked.check:
        for name in stale(asked.folder, now):
            (asked.folder / name).write_text(text_of(now[name]), encoding="utf-8")
            print(f"written: {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
