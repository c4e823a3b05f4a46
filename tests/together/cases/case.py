"""What a case is, and the words that several share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from contracts.errors import Denied, FileTooLarge, Invalid, NotFound, Refused
from contracts.values import FileRef, Role
from services.cli.cast import REFUSER, Agency

Person = tuple[Agency, Role]
No = type[Refused]
Words = dict[str, Any]
OPERATOR: None = None
NOWHERE = "H99.99"
NO_FILE = FileRef(name="không-có.pdf", sha256="0" * 64, size=1)
OUTSIDER: tuple[Person, No] = ((REFUSER, Role.CLERK), Denied)


@dataclass(frozen=True)
class Case:
    """`who` asks rightly with the words `asked`; `then` is what he is refused with, as the act is
    out of order (None: he is answered). `strangers` may not ask. Each of `wrong` replaces words."""

    who: Person | None
    asked: Words
    then: No | None = None
    strangers: tuple[tuple[Person, No], ...] = ()
    wrong: tuple[tuple[Words, No], ...] = ()


def named(document_id: object) -> dict[str, Any]:
    """The words that name one document."""
    return {"document_id": document_id}


def unknown() -> tuple[Words, No]:
    """A document nobody has."""
    return named(uuid4()), NotFound


def offer(who: Person | None, stranger: Person) -> Case:
    """Where to upload: the same question at two services."""
    asked = {"sha256": "0" * 64, "size": 1}
    wrong = (
        ({"sha256": "0"}, Invalid),
        ({"size": 0}, Invalid),
        ({"size": 2**40}, FileTooLarge),
    )
    return Case(who, asked, None, ((stranger, Denied),), wrong)
