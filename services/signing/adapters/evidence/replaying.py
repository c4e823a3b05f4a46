"""The same answer again, years later: from the report, the file and the kept pieces alone.

No clock, no network and no folder of today's trust is asked. A piece whose bytes are not those
its digest names is refused as damaged, one that is gone as missing.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from contracts.errors import FileDamaged
from contracts.signing.report import Report
from services.signing.adapters.evidence.examining import ENGINE, examine
from services.signing.adapters.evidence.materials import trust_of

Read = Callable[[str], bytes]
NOT_COMPARED: Final = frozenset({"engine", "cpu_seconds"})
"""What differs with the machine: the software's name, and the time of a file that took too long."""


@dataclass(frozen=True)
class Replayed:
    """A report and the answer that its evidence gives now; `identical` to the last byte or not.

    Where the software is another than it was, `engine` is its name now.
    """

    then: Report
    now: Report
    identical: bool
    engine: str = ""


def replay(kept: bytes, read: Read) -> Replayed:
    """Verify again what a kept report is about, as of its own instant.

    `read` gives the bytes of a digest. Refuses evidence that is missing or damaged.
    """
    then = msgspec.json.decode(kept, type=Report)

    def intact(sha256: str) -> bytes:
        content = read(sha256)
        found = hashlib.sha256(content).hexdigest()
        if found != sha256:
            raise FileDamaged(sha256=sha256, why=f"sha256 = {found}")
        return content

    trusted = trust_of(then, intact)
    for piece in then.materials:
        intact(piece.sha256)
    pdf = intact(then.document.sha256)
    at, expected = then.verified_at, then.expected
    now = examine(pdf, then.document, trusted, at, expected=expected).report
    return Replayed(
        then=then,
        now=now,
        identical=_as_told(now, kept) == kept,
        engine="" if then.engine == ENGINE else ENGINE,
    )


def _as_told(now: Report, kept: bytes) -> bytes:
    """Today's report in the words of the kept one: without what was not told then."""
    told = _restricted(msgspec.to_builtins(now), msgspec.json.decode(kept))
    return msgspec.json.encode(told)


def _restricted(new: Any, old: Any) -> Any:
    if isinstance(new, dict) and isinstance(old, dict):
        return {
            name: old[name] if name in NOT_COMPARED else _restricted(new[name], old[name])
            for name in old
            if name in new
        }
    if isinstance(new, list) and isinstance(old, list) and len(new) == len(old):
        return [_restricted(*pair) for pair in zip(new, old, strict=True)]
    return new
