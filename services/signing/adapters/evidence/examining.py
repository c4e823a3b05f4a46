"""A file examined: the report with everything the answer was made of, ready to be kept.

What a stranger's file says is read in the confined child alone; the report is built outside, from
data, so that the same file, trusted set and instant always give the same bytes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from typing import Any, Final

import msgspec

from contracts.signing.report import Expected, Material, ReasonGiven, Report, SignatureFound
from contracts.values import FileRef, LegalValue, Verdict
from contracts.working_time import in_vietnam
from services.kernel.child import Ended
from services.signing.adapters.evidence.identity import identified
from services.signing.adapters.evidence.looking import Looked, Part, look
from services.signing.adapters.evidence.materials import known_holders, trusted_materials
from services.signing.adapters.pdf.opening import Limits
from services.signing.adapters.trust.paths import acquaint
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.confinement import confined
from services.signing.adapters.verification.process import stopped
from services.signing.adapters.verification.report import SignatureReport

ENGINE: Final = f"vanban {version('vanban')}, pyhanko {version('pyhanko')}"
_INSTANTS: Final = ("claimed_at", "signed_at")


@dataclass(frozen=True)
class Examined:
    """A report and the bytes of every piece that it names, but for the file itself."""

    report: Report
    pieces: Mapping[str, bytes]

    @property
    def encoded(self) -> bytes:
        """The report as it is kept."""
        return msgspec.json.encode(self.report)


def examine(
    pdf: bytes,
    file: FileRef,
    trusted: TrustSet,
    at: datetime,
    limits: Limits | None = None,
    expected: Expected | None = None,
) -> Examined:
    """Verify a file of unknown origin, and gather what the answer is made of.

    Where it is `expected` whose signatures it bears, others are warned of.
    """
    limits = limits or Limits()
    acquaint(trusted)
    answer = confined(lambda: msgspec.json.encode(look(pdf, trusted, at, limits)), limits)
    looked = (
        Looked(report=stopped(pdf, trusted, at, answer))
        if isinstance(answer, Ended)
        else msgspec.json.decode(answer, type=Looked)
    )
    examined = _told(looked, file, trusted, at)
    return replace(examined, report=identified(examined.report, expected))


def _told(looked: Looked, file: FileRef, trusted: TrustSet, at: datetime) -> Examined:
    found, ours = looked.report, trusted_materials(trusted)
    theirs = [piece for part in looked.parts.values() for piece in part.pieces]
    pieces = [one for one, _ in ours] + [one.material for one in theirs]
    report = Report(
        document=file,
        pages=looked.pages,
        verified_at=in_vietnam(at),
        policy=found.policy,
        engine=ENGINE,
        trust_version=trusted.version,
        verdict=Verdict(found.verdict),
        indication=found.indication,
        subindication=found.subindication,
        legal_value=LegalValue(found.legal_value),
        reasons=msgspec.convert(msgspec.to_builtins(found.reasons), list[ReasonGiven]),
        signatures=[_signature(one, looked.parts.get(one.field)) for one in found.signatures],
        holders=known_holders(trusted, (one.fingerprint for one in found.signatures)),
        materials=_used(pieces, looked),
    )
    kept = {one.sha256: content for one, content in ours}
    return Examined(report, kept | {one.material.sha256: one.content for one in theirs})


def _used(found: Iterable[Material], looked: Looked) -> list[Material]:
    """Each piece once for each kind, with the signatures that hold it or rely on it."""
    once = {(one.kind, one.sha256): one for one in found}
    return [msgspec.structs.replace(one, fields=_users(one, looked)) for one in once.values()]


def _users(piece: Material, looked: Looked) -> list[str]:
    return [
        name
        for name, part in looked.parts.items()
        if piece.sha256 in part.relied or any(one.material == piece for one in part.pieces)
    ]


def _signature(found: SignatureReport, part: Part | None) -> SignatureFound:
    facts: dict[str, Any] = msgspec.to_builtins(found)
    for name in _INSTANTS:
        facts[name] = in_vietnam(datetime.fromisoformat(facts[name])) if facts[name] else None
    part = part or Part()
    facts |= {"byte_range": part.byte_range, "path": part.path}
    return msgspec.convert(facts, SignatureFound)
