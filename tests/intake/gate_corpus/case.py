"""A file of the corpus: what it is called, its bytes, and what the gate must say of it."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """`code` is the reason that must be among those given; empty, the file must be admitted.

    `warns` is a warning that must be told of an admitted file.
    """

    group: str
    title: str
    name: str
    content: bytes
    code: str = ""
    warns: str = ""

    @property
    def id(self) -> str:
        """How the case is called in a report."""
        return f"{self.group}: {self.title}"
