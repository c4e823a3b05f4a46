"""Files named on the command line, read as what they should be; one that is not is told by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer


def loaded(paths: list[Path] | None, read: Callable[[bytes], list[bytes]]) -> tuple[bytes, ...]:
    """All parts of all files, in order; `typer.BadParameter` names the file that is unreadable."""
    found: list[bytes] = []
    for path in paths or []:
        try:
            found += read(path.read_bytes())
        except (OSError, ValueError) as error:
            told = f"{str(path)!a}: không đọc được / cannot be read: {error}"
            raise typer.BadParameter(told) from None
    return tuple(found)
