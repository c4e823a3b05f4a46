"""What may change in a published contract: it gains words, and loses or bends none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PROSE = frozenset({"$id", "$schema", "title", "description", "vi", "en", "x-labels"})
NAMED = frozenset({"$defs", "events", "methods", "refusals", "properties", "x-reasons"})
LISTS = frozenset({"enum", "refusals"})


def breaks(old: Any, new: Any, at: str = "") -> Iterator[str]:
    """What somebody who knows `old` would trip over in `new`, one line each.

    Allowed are a new event, method, refusal or type, a new optional field, a new member of a code
    list, and other prose. Everything else is told: a removal, a rename, another type or limit,
    another default, a new required field, a field that becomes required or ceases to be.
    """
    if not isinstance(old, dict) or not isinstance(new, dict):
        if old != new:
            yield f"{at}: was {old!r}, is {new!r}"
        return
    for key in sorted((old.keys() | new.keys()) - PROSE):
        before, after, where = old.get(key), new.get(key), f"{at}/{key}"
        if key == "required":
            yield from _required(before or [], after or [], new, at)
        elif key in NAMED and isinstance(before, dict) and isinstance(after, dict):
            yield from _named(before, after, where)
        elif key in LISTS and isinstance(before, list) and isinstance(after, list):
            yield from (f"{where}: lost {word!r}" for word in before if word not in after)
        elif key not in old:
            yield f"{where}: was not there, is {after!r}"
        elif key not in new:
            yield f"{where}: was {before!r}, is gone"
        else:
            yield from breaks(before, after, where)


def _named(old: dict[str, Any], new: dict[str, Any], at: str) -> Iterator[str]:
    for name, before in sorted(old.items()):
        if name not in new:
            yield f"{at}/{name}: is gone"
        else:
            yield from breaks(before, new[name], f"{at}/{name}")


def _required(old: list[str], new: list[str], schema: dict[str, Any], at: str) -> Iterator[str]:
    for name in sorted(set(new) - set(old)):
        yield f"{at}/{name}: has become required, or is new and required"
    for name in sorted(set(old) - set(new)):
        if name in schema.get("properties", {}):
            yield f"{at}/{name}: is no longer always there"
