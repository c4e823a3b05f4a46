"""The gate (cổng kiểm tra tệp đến): what an arriving file may be told, and why it stays outside."""

from __future__ import annotations

from msgspec import Struct

from contracts.gate.codes import GateCode, GateVerdict
from contracts.values import RefusalCode

__all__ = ["Datum", "GateAnswer", "GateCode", "GateCost", "GateFinding", "GateVerdict"]

Datum = str | int | float
"""A fact of a finding."""


class GateFinding(Struct, frozen=True):
    """One thing found: `where` is the part of the file; `data` fills the sentences."""

    code: GateCode
    where: str = ""
    data: dict[str, Datum] = {}

    def message(self, language: str = "vi") -> str:
        """The sentence for a person; `language` is `vi` or `en`. Missing data show as `?`."""
        template = self.code.en if language == "en" else self.code.vi
        return template.format_map(_Told(where=self.where, **self.data))


class _Told(dict[str, Datum]):
    def __missing__(self, key: str) -> str:
        return "?"


class GateCost(Struct, frozen=True, kw_only=True):
    """What the check of one file took: seconds, and the peak of resident memory in KiB."""

    cpu_seconds: float
    wall_seconds: float
    memory_kib: int


class GateAnswer(Struct, frozen=True, kw_only=True):
    """What the gate says of one file (kết quả kiểm tra tệp đến).

    `file` is the name as it may be shown, `name` the one to keep (NFC). `code` is `ADMITTED` or the
    code of the first reason. `sha256` and `size` name the bytes; of an item with a secrecy mark
    both are empty. `failure` is what a crashed check left, for whoever mends it.
    """

    file: str
    name: str
    verdict: GateVerdict
    code: str
    kind: str = ""
    sha256: str = ""
    size: int = 0
    reasons: list[GateFinding] = []
    warnings: list[GateFinding] = []
    cost: GateCost | None = None
    failure: str = ""

    @property
    def admitted(self) -> bool:
        """Whether the file may be kept."""
        return self.verdict is GateVerdict.ADMITTED

    @property
    def refused_as(self) -> RefusalCode | None:
        """The reason that the sender is told."""
        return self.reasons[0].code.refused_as if self.reasons else None
