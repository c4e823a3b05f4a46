"""Where each word stands in a message: the mark `On`, and what is known of a struct by its marks.

Words carry their own place, so that reading, checking and writing follow one table. The order of a
struct's fields is the order in which they are written.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, NamedTuple, get_args, get_origin

import msgspec


class On(NamedTuple):
    """The place of a word: element name, other names met for it, the name of each of a list.

    Lengths are in characters: above `nominal` a reader warns, above `longest` nothing is written.
    `flags` are the texts of false and true. A `strict` code may not be unknown.
    """

    element: str
    also: tuple[str, ...] = ()
    item: str = ""
    nominal: int = 0
    longest: int = 0
    flags: tuple[str, str] = ("0", "1")
    strict: bool = False

    def names(self) -> tuple[str, ...]:
        """Every element name under which the word is met."""
        return (self.element, *self.also)


class Slot(NamedTuple):
    """One field of a struct that has a place on the wire."""

    name: str
    on: On
    kind: type[Any]
    many: bool
    required: bool
    default: Any

    def is_group(self) -> bool:
        """Whether the word has words of its own."""
        return issubclass(self.kind, msgspec.Struct)

    def is_code(self) -> bool:
        """Whether the word is a member of a code list."""
        return issubclass(self.kind, StrEnum)


@cache
def slots(struct: type[msgspec.Struct]) -> tuple[Slot, ...]:
    """The fields of a struct that carry a mark, in the order of writing."""
    found = []
    for field in msgspec.structs.fields(struct):
        hint, *marks = get_args(field.type) or (field.type,)
        for mark in marks:
            if isinstance(mark, On):
                many = get_origin(hint) is list
                kind = get_args(hint)[0] if many or isinstance(hint, UnionType) else hint
                found.append(Slot(field.name, mark, kind, many, field.required, _default(field)))
    return tuple(found)


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return None if field.required else field.default
