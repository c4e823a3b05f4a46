"""The gate (cổng kiểm tra tệp đến): every arriving file is judged here before it is kept.

The checks run in a child of this process that can open nothing and may be killed (`kernel.child`);
what ends it refuses the file. The malware scanner is asked by this process, and of a file that is
admitted otherwise alone. Of an item with a secrecy mark no byte is even looked at (R1.2).
"""

from __future__ import annotations

import codecs
import hashlib
import signal
import threading
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

import msgspec
from msgspec import Struct

from contracts.gate import GateAnswer, GateCode, GateCost, GateFinding, GateVerdict
from contracts.values import Secrecy
from services.intake.adapters.documents import check_content
from services.intake.adapters.findings import Unfit, found, shown
from services.intake.adapters.kinds import check_kind
from services.intake.adapters.names import check_name, colliding, extension, kept_name
from services.intake.adapters.policy import GatePolicy
from services.intake.adapters.scanner import scan
from services.kernel.child import ChildLimits, Ended, in_child

MOST_FINDINGS: Final = 20
MOST_CHILDREN: Final = 2
_PLACES = threading.BoundedSemaphore(MOST_CHILDREN)
_ENCODINGS: Final = (
    "cp437", "utf-7", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "ascii",
    *(f"cp{page}" for page in range(1250, 1259)), *(f"iso8859-{part}" for part in range(1, 10)),
)  # fmt: skip
_LOADED = [codecs.lookup(encoding) for encoding in _ENCODINGS]
"""Loaded here, for the child can load nothing."""
_DONE = b"\n"


class Arriving(Struct, frozen=True):
    """A file at the gate: the name its sender gave it, and its bytes."""

    name: str
    content: bytes


def check_package(
    files: Sequence[Arriving], policy: GatePolicy, secrecy: Secrecy = Secrecy.NONE
) -> list[GateAnswer]:
    """What the gate says of each file of one package, in their order."""
    if secrecy is not Secrecy.NONE:
        return [_secret(file.name, secrecy) for file in files]
    common = list(_check_whole(files, policy))
    same = colliding(file.name for file in files)
    return [
        check_file(
            file.name,
            file.content,
            policy,
            common + [found(GateCode.NAME_COLLISION, name=file.name)] * (file.name in same),
        )
        for file in files
    ]


def check_file(
    name: str, content: bytes, policy: GatePolicy, before: Sequence[GateFinding] = ()
) -> GateAnswer:
    """What the gate says of one file; `before` is what its package was found to be."""
    findings = [*before, *check_name(name, policy), *_check_size(len(content), policy)]
    answer = _answer(name, findings, content)
    if not answer.admitted:
        return answer
    with _PLACES:
        ended = in_child(lambda pipe: _judge(pipe, answer.kind, content, policy), _limits(policy))
    judged, failure = account(ended, policy)
    findings += judged
    if not any(finding.code.refused_as for finding in findings):
        findings += scan(content, policy)
    cost = GateCost(
        cpu_seconds=ended.cpu_seconds,
        wall_seconds=ended.wall_seconds,
        memory_kib=ended.memory_kib,
    )
    return _answer(name, findings, content, cost, failure)


def too_large(name: str, size: int, policy: GatePolicy) -> GateAnswer | None:
    """The answer for a file that is not even read, because it is too large."""
    findings = [*check_name(name, policy), *_check_size(size, policy)]
    if size <= policy.file_bytes:
        return None
    return msgspec.structs.replace(_answer(name, findings, b""), sha256="", size=size)


def _check_whole(files: Sequence[Arriving], policy: GatePolicy) -> Iterator[GateFinding]:
    count, size = len(files), sum(len(file.content) for file in files)
    if count > policy.package_files:
        yield found(GateCode.TOO_MANY_FILES, count=count, limit=policy.package_files)
    if size > policy.package_bytes:
        yield found(GateCode.PACKAGE_TOO_LARGE, size=size, limit=policy.package_bytes)


def _check_size(size: int, policy: GatePolicy) -> Iterator[GateFinding]:
    if not size:
        yield found(GateCode.EMPTY_FILE)
    elif size > policy.file_bytes:
        yield found(GateCode.FILE_TOO_LARGE, size=size, limit=policy.file_bytes)


def _limits(policy: GatePolicy) -> ChildLimits:
    return ChildLimits(
        cpu_seconds=policy.cpu_seconds,
        wall_seconds=policy.wall_seconds,
        address_space=policy.memory_bytes,
        sealed=True,
    )


def _judge(pipe: BinaryIO, kind: str, content: bytes, policy: GatePolicy) -> None:
    """The child's work: its findings as JSON in one line; `Unfit` is the last of them."""
    findings: list[GateFinding] = []
    try:
        findings += check_kind(kind, content, policy)
        if not any(finding.code.refused_as for finding in findings):
            findings.extend(check_content(kind, content, policy))
    except Unfit as unfit:
        findings.append(unfit.finding)
    pipe.write(msgspec.json.encode(findings) + _DONE)


def account(ended: Ended, policy: GatePolicy) -> tuple[list[GateFinding], str]:
    """What the child found; of one that was ended, what that says of the file, and what it left."""
    if not ended.status and ended.answer.endswith(_DONE):
        return msgspec.json.decode(ended.answer, type=list[GateFinding]), ""
    failure = ended.answer.decode(errors="replace")
    if limit := _limit_passed(ended, failure, policy):
        return [found(GateCode.TOO_COSTLY, limit=limit)], failure
    raised = failure.strip().rpartition("\n")[2]
    where = signal.Signals(-ended.status).name if ended.status < 0 else raised
    return [found(GateCode.CHECK_CRASHED, where[:60])], failure


def _limit_passed(ended: Ended, failure: str, policy: GatePolicy) -> str:
    """Which limit ended the child; empty when it ended otherwise."""
    if ended.late:
        return f"{policy.wall_seconds:g} s"
    if ended.status in (-signal.SIGXCPU, -signal.SIGKILL):
        return f"{policy.cpu_seconds} s CPU"
    return f"{policy.memory_bytes >> 20} MiB" if "MemoryError" in failure else ""


def _secret(name: str, secrecy: Secrecy) -> GateAnswer:
    return _answer(name, [found(GateCode.SECRET_MARK, secrecy.vi)], b"")


def _answer(
    name: str,
    findings: Sequence[GateFinding],
    content: bytes,
    cost: GateCost | None = None,
    failure: str = "",
) -> GateAnswer:
    distinct = _distinct(findings)
    reasons = [finding for finding in distinct if finding.code.refused_as]
    parking = [finding for finding in distinct if finding.code is GateCode.SCANNER_AWAY]
    decisive = reasons or parking
    verdict = GateVerdict.ADMITTED
    if decisive:
        verdict = GateVerdict.REFUSED if reasons else GateVerdict.PARKED
    secret = any(finding.code is GateCode.SECRET_MARK for finding in reasons)
    return GateAnswer(
        file=shown(name),
        name=kept_name(name),
        verdict=verdict,
        code=decisive[0].code if decisive else verdict,
        kind=extension(name),
        sha256="" if secret else hashlib.sha256(content).hexdigest(),
        size=0 if secret else len(content),
        reasons=decisive[:MOST_FINDINGS],
        warnings=[finding for finding in distinct if finding not in decisive][:MOST_FINDINGS],
        cost=cost,
        failure=failure,
    )


def _distinct(findings: Sequence[GateFinding]) -> list[GateFinding]:
    """Findings without repetition; of one warning only the first, wherever it was found."""
    known: dict[tuple[str, str], GateFinding] = {}
    for finding in findings:
        where = finding.where if finding.code.refused_as else ""
        known.setdefault((finding.code, where), finding)
    return list(known.values())
