"""The name of an arriving file: what it may hold, and what it is kept and shown as (NB-1, R4.2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from contracts.gate import GateCode, GateFinding
from services.intake.adapters.findings import found, is_blank, spelt
from services.intake.adapters.letters import DIRECTIONS, legacy_encoding, lookalikes, proposed
from services.intake.adapters.policy import GatePolicy

_PATH = re.compile(r"[/\\]|^\.\.?$|^[A-Za-z]:|\.\w+:|%(?:2f|5c|00)", re.IGNORECASE)
_RESERVED = re.compile(
    r"^(?:CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])$", re.IGNORECASE
)
_PLAIN = re.compile(r"^[A-Za-z0-9._-]+$")


def kept_name(name: str) -> str:
    """The name as it is kept: precomposed (NFC), whatever keyboard or system it came from."""
    return unicodedata.normalize("NFC", name)


def extension(name: str) -> str:
    """What stands after the last dot, in lower case; empty where there is none."""
    stem, dot, last = kept_name(name).rpartition(".")
    return last.casefold() if dot and stem else ""


def same_name(name: str) -> str:
    """What two names have in common that a person or a file system takes for one."""
    return unicodedata.normalize("NFKC", name).casefold().strip(" .")


def colliding(names: Iterable[str]) -> set[str]:
    """Of some names, those that another one of them is taken for."""
    seen: dict[str, list[str]] = {}
    for name in names:
        seen.setdefault(same_name(name), []).append(name)
    return {name for same in seen.values() if len(same) > 1 for name in same}


def check_name(name: str, policy: GatePolicy) -> Iterator[GateFinding]:
    """Everything a name may be refused or told for."""
    try:
        length = len(kept_name(name).encode())
    except UnicodeEncodeError:
        yield found(GateCode.NAME_NOT_UNICODE)
        return
    yield from _hidden(name)
    yield from _misleading(name)
    yield from _unfit_for_disks(name, length, policy)
    yield from _unlike_the_rest(name)


def _hidden(name: str) -> Iterator[GateFinding]:
    directions = [c for c in name if c in DIRECTIONS]
    controls = [c for c in name if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Co")]
    blanks = [
        c
        for c in name
        if (unicodedata.category(c) == "Cf" or is_blank(c))
        and c not in DIRECTIONS
        and c != "\ufe0f"
    ]
    for code, characters in (
        (GateCode.NAME_DIRECTION, directions),
        (GateCode.NAME_CONTROLS, controls),
        (GateCode.NAME_INVISIBLE, blanks),
    ):
        if characters:
            yield found(code, characters=spelt(characters))


def _misleading(name: str) -> Iterator[GateFinding]:
    if _PATH.search(name):
        yield found(GateCode.NAME_PATH)
    if name != name.rstrip(" .") or any(
        _RESERVED.match(part.strip()) for part in name.split(".")[:1]
    ):
        yield found(GateCode.NAME_RESERVED, name=name)
    if encoding := legacy_encoding(name, least=2):
        yield found(GateCode.NAME_LEGACY, encoding=encoding)


def _unfit_for_disks(name: str, length: int, policy: GatePolicy) -> Iterator[GateFinding]:
    letters = len(kept_name(name))
    if length > policy.name_bytes:
        yield found(GateCode.NAME_TOO_LONG, length=length, limit=policy.name_bytes)
    elif policy.name_letters and letters > policy.name_letters:
        yield found(GateCode.NAME_TOO_LONG, length=letters, limit=policy.name_letters)
    if policy.plain_names and not _PLAIN.match(name):
        yield found(GateCode.NAME_NOT_PLAIN)


def _unlike_the_rest(name: str) -> Iterator[GateFinding]:
    if strange := lookalikes(kept_name(name)):
        yield found(
            GateCode.NAME_LOOKALIKE, characters=spelt(strange), proposal=proposed(kept_name(name))
        )
    unusual = [c for c in kept_name(name) if _is_unusual(c)]
    if unusual:
        yield found(GateCode.NAME_UNUSUAL, characters=spelt(unusual))
    if kept_name(name) != name:
        yield found(GateCode.NAME_DECOMPOSED)


def _is_unusual(character: str) -> bool:
    """Signs, spaces of other widths, marks that stayed apart, letters written in another width."""
    if character.isascii():
        return character in ':*?"<>|'
    category = unicodedata.category(character)
    wide = unicodedata.normalize("NFKC", character) != character
    return category in ("So", "Sk", "Zs", "Mn", "Me", "Mc", "Cn") or wide
