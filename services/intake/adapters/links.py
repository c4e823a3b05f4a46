"""Where a document points to: what its reader fetches by itself, and what a person may click."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.findings import found

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]+:")
_HOST = re.compile(r"^//[a-z0-9\[]")
_DRIVE_OR_PARENT = re.compile(r"^(?:[a-z]:|/|\.\./)")
_HARMLESS: Final = ("mailto:", "tel:")
_RUNS: Final = re.compile(
    r"^(?:javascript|vbscript|data|mhtml|its|mk|ms-its|ms-msdt|ms-excel|ms-word|ms-powerpoint"
    r"|ms-officecmd|search-ms|search|shell|jar|hcp|res|view-source|macro|slot|service"
    r"|vnd\.sun\.star\.[a-z]+|\.uno):"
)


_DEAD = re.compile(r"^javascript:(?:void\(0?\)|//|;)*;?$")


def _plain(target: str) -> str:
    """A target as a careless reader takes it: decoded, in one case, with one kind of slash."""
    return re.sub(r"[\s\x00-\x1f]", "", unquote(target)).replace("\\", "/").lower()


def is_remote(target: str) -> bool:
    """Whether a target lies on another machine (web, share) or names a scheme of its own."""
    plain = _plain(target)
    if plain.startswith("file:"):
        path = plain.removeprefix("file:").replace("//localhost/", "///", 1)
        return bool(_HOST.match(path) or path.startswith("////"))
    named = _SCHEME.match(plain) and not plain.startswith(_HARMLESS)
    return bool(_HOST.match(plain) or named)


def is_local(target: str) -> bool:
    """Whether a target is another file of the machine that opens the document."""
    plain = _plain(target)
    placed = plain.startswith("file:") or _DRIVE_OR_PARENT.match(plain)
    return bool(placed) and not is_remote(target)


def check_fetched(where: str, target: str) -> GateFinding | None:
    """What a reader fetches by itself: refused when remote, told when it is a local file."""
    if is_remote(target):
        return found(GateCode.REMOTE_CONTENT, where, target=target)
    return found(GateCode.LINKED_FILE, where, target=target) if is_local(target) else None


def check_clicked(where: str, target: str) -> GateFinding | None:
    """A hyperlink: refused where a click would run something."""
    plain = _plain(target)
    runs = _RUNS.match(plain) and not _DEAD.match(plain)
    return found(GateCode.DANGEROUS_LINK, where, target=target) if runs else None
