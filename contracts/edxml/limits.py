"""How much of anything one message may hold before it is refused (giới hạn)."""

from __future__ import annotations

from msgspec import Struct

MEBIBYTE = 1024 * 1024


class Limits(Struct, frozen=True, kw_only=True):
    """Upper bounds; sizes in bytes. `inflated` is what all zipped attachments hold together.

    Real messages stay far below: fifty mebibytes is what clients of the axis promise each other,
    nine layers deep, about ten elements a recipient.
    """

    size: int = 50 * MEBIBYTE
    elements: int = 100_000
    depth: int = 32
    attachments: int = 500
    inflated: int = 200 * MEBIBYTE


LIMITS = Limits()
