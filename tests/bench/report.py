"""The table at the end."""

from __future__ import annotations

import statistics
import sys

from rich.console import Console
from rich.table import Column, Table

from tests.bench.measure import Result

SIGNS = {True: "[green]met[/]", False: "[red]not met[/]", None: ""}
CAPTION = (
    "Medians of rounds in turn; ratio = median of the rounds' ratios, above 1 vanban is better."
)


def print_report(facts: dict[str, str], results: list[Result]) -> None:
    """Facts, then one line for each result."""
    screen = Console(width=None if sys.stdout.isatty() else 190, highlight=False)
    screen.print(
        "  ".join(f"[dim]{name}[/] {fact}" for name, fact in facts.items()), soft_wrap=True
    )
    right = [Column(name, justify="right") for name in ("ours", "baseline", "ratio", "target")]
    table = Table("benchmark", *right, "", "against", "notes", caption=CAPTION)
    for result in results:
        table.add_row(
            result.name,
            f"{figure(statistics.median(result.ours))} {result.unit}",
            f"{figure(statistics.median(result.baseline))} {result.unit}",
            f"[bold]{result.ratio:.2f} ×[/]",
            result.target,
            SIGNS[result.met],
            result.against,
            result.note,
        )
    screen.print(table)


def figure(value: float) -> str:
    """Three digits that matter, no more."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
