"""`vanban gate`: what the gate of intake says of files, with no platform running.

Exit code 0: all admitted. 1: one or more refused or parked. 2: the command was miswritten, or a
file is not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from contracts.gate import GateAnswer, GateFinding, GateVerdict
from services.intake.adapters import (
    Arriving,
    GatePolicy,
    check_file,
    check_package,
    is_visible,
    too_large,
)

COLOURS = {GateVerdict.ADMITTED: "green", GateVerdict.PARKED: "yellow", GateVerdict.REFUSED: "red"}


def register(app: typer.Typer) -> None:
    """Hang `gate` under the main command."""
    app.command()(gate)


def _policy(path: Path | None) -> GatePolicy | None:
    if path is None:
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=GatePolicy)
    except (OSError, msgspec.MsgspecError) as error:
        raise typer.BadParameter(f"{path}: {error}") from None


def _regular(paths: list[Path]) -> list[Path]:
    for path in paths:
        if not path.is_file():
            raise typer.BadParameter(f"{str(path)!a}: không phải tệp / not a file")
    return paths


def gate(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", callback=_regular, help="Tệp cần kiểm tra / files to check."
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="In JSON / print JSON.")] = False,
    package: Annotated[
        bool,
        typer.Option(help="Coi là một gói: số tệp, dung lượng, trùng tên / one package."),
    ] = False,
    scanner: Annotated[
        str, typer.Option(metavar="ADDRESS", help="clamd: tcp://host:port, unix:///path.")
    ] = "",
    policy: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Chính sách, JSON / policy as JSON (GatePolicy)."),
    ] = None,
) -> None:
    """Kiểm tra tệp đến / check arriving files: kind, structure, hidden content, malware."""
    rules = _policy(policy) or GatePolicy()
    if scanner:
        rules = msgspec.structs.replace(rules, scanner=scanner)
    answers = list(_together(files, rules) if package else _each(files, rules))
    told = list(zip(files, answers, strict=True))
    _print_json(told) if as_json else _print_table(told)
    if not all(answer.admitted for answer in answers):
        raise typer.Exit(1)


def _each(files: list[Path], policy: GatePolicy) -> Iterator[GateAnswer]:
    for path in files:
        answer = too_large(path.name, path.stat().st_size, policy)
        yield answer or check_file(path.name, path.read_bytes(), policy)


def _together(files: list[Path], policy: GatePolicy) -> list[GateAnswer]:
    return check_package([Arriving(path.name, path.read_bytes()) for path in files], policy)


def _print_json(told: list[tuple[Path, GateAnswer]]) -> None:
    """Lossless, and safe to look at: what cannot be seen is written as `\\uXXXX`."""
    text = json.dumps([_plain(*each) for each in told], ensure_ascii=False, indent=2)
    typer.echo(re.sub(r"[^\x00-\x7f]", _escaped, text))


def _escaped(letter: re.Match[str]) -> str:
    return letter[0] if is_visible(letter[0]) else json.dumps(letter[0])[1:-1]


def _plain(path: Path, answer: GateAnswer) -> dict[str, Any]:
    return {
        "file": str(path),
        "name": answer.name,
        "admitted": answer.admitted,
        "verdict": answer.verdict,
        "code": answer.code,
        "refused_as": answer.refused_as,
        "kind": answer.kind,
        "size": answer.size,
        "sha256": answer.sha256,
        "reasons": [_finding(finding) for finding in answer.reasons],
        "warnings": [_finding(finding) for finding in answer.warnings],
        "cost": msgspec.to_builtins(answer.cost),
        "failure": answer.failure,
    }


def _finding(finding: GateFinding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "where": finding.where,
        "data": finding.data,
        "vi": finding.message("vi"),
        "en": finding.message("en"),
    }


def _print_table(told: list[tuple[Path, GateAnswer]]) -> None:
    table = Table("Tệp / file", "Kết luận / verdict", "Lý do / reasons")
    for _, answer in told:
        verdict = f"{answer.verdict.vi} / {answer.verdict.en}\n{answer.code}"
        findings = answer.reasons + answer.warnings
        reasons = "\n".join(f"{f.message('vi')}\n{f.message('en')}" for f in findings)
        colour = COLOURS[answer.verdict]
        table.add_row(Text(answer.file), Text(verdict, style=colour), Text(reasons))
    Console().print(table)
