"""Files verified per core: our whole policy, in its own child, against pyHanko's plain usage.

Both are given the same anchors, issuing authority and revocation lists, and verify the same file.
Beside it the same by two judges that ask less: poppler's pdfsig, a process a file, and iText 5,
warm, which both check digest, value and extent alone. Last, two processes at once against one.
"""

from __future__ import annotations

import asyncio
import io
import multiprocessing
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from infra.local.machines import require_poppler
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.process import verify, warm
from tests.bench.itext import Itext
from tests.bench.measure import Result, alternate
from tests.bench.rig import Rig
from tests.bench.signed_files import SignedFile, signed_files

MOST_COST = 1.3
PROCESSES, LEAST_GAIN = 2, 1.8
NOT_OURS = "not ours: for comparison"


def run(rig: Rig) -> Iterator[Result]:
    """A line for each file and judge, and one for two processes."""
    with tempfile.TemporaryDirectory() as folder:
        files, trust = signed_files(Path(folder))
        itext = Itext.made(Path(folder), rig.tell)
        warm()
        for file in files:
            rig.tell(f"verification: {file.name}, {len(file.pdf):,} bytes, {file.signatures}")
            yield from compared(rig, file, trust, itext, Path(folder))
        yield side_by_side(rig, files[1], trust)


def compared(
    rig: Rig, file: SignedFile, trust: TrustSet, itext: Itext | None, folder: Path
) -> Iterator[Result]:
    """One file by all judges, in turns."""
    path = folder / "file.pdf"
    path.write_bytes(file.pdf)
    sides = {"pyHanko's plain usage": partial(rate, plain(file, trust), rig.seconds)}
    sides["pdfsig (asks less)"] = partial(rate, partial(by_pdfsig, path), rig.seconds)
    if itext is not None:
        sides["iText 5 (asks less)"] = partial(itext.rate, path, rig.seconds)
    ours, *theirs = alternate(
        rig.rounds, partial(rate, full(file, trust), rig.seconds), *sides.values()
    )
    plainly, *others = (
        line(file, ours, name, rates) for name, rates in zip(sides, theirs, strict=True)
    )
    cost = 1 / plainly.ratio
    yield replace(plainly, least=round(1 / MOST_COST, 2), note=f"{cost:.2f} times its cost")
    yield from others


def line(file: SignedFile, ours: list[float], against: str, theirs: list[float]) -> Result:
    """A line of the table."""
    return Result(
        name=f"verify {file.name}, {file.signatures} signed",
        unit="/s of a core",
        against=against,
        ours=ours,
        baseline=theirs,
        note=f"{milliseconds(ours):.0f} against {milliseconds(theirs):.0f} ms",
    )


def milliseconds(rates: list[float]) -> float:
    """Of one."""
    return 1000 / statistics.median(rates)


def rate(act: Callable[[], object], seconds: float) -> float:
    """How many of an act one second of processor time does, that of its children included."""
    act()
    began, done = cpu(), 0
    while (took := cpu() - began) < seconds:
        act()
        done += 1
    return done / took


def cpu() -> float:
    """Processor time so far, of this process and of its children that ended."""
    spent = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in spent)


def full(file: SignedFile, trust: TrustSet) -> Callable[[], None]:
    """As a worker does it."""

    def once() -> None:
        assert verify(file.pdf, trust, datetime.now(UTC)).verdict == "TRUSTED"

    return once


def plain(file: SignedFile, trust: TrustSet) -> Callable[[], None]:
    """As the manual has it: every signature, with revocation required, nothing fetched."""
    signers, stamps, others = (
        [x509.Certificate.load(der) for der in ders]
        for ders in (trust.signer_anchors, trust.timestamp_anchors, trust.intermediates)
    )

    def context(roots: list[x509.Certificate]) -> ValidationContext:
        lists = list(trust.revocation_lists)
        return ValidationContext(
            trust_roots=roots,
            other_certs=others,
            crls=lists,
            allow_fetching=False,
            revocation_mode="hard-fail",
        )

    async def all_of_it() -> None:
        reader = PdfFileReader(io.BytesIO(file.pdf))
        for one in reader.embedded_regular_signatures:
            status = await async_validate_pdf_signature(one, context(signers), context(stamps))
            assert status.bottom_line

    return lambda: asyncio.run(all_of_it())


def by_pdfsig(path: Path) -> None:
    """A process of its own, without the certificates' paths."""
    command = [require_poppler().with_name("pdfsig"), "-nocert", path]
    told = subprocess.run(command, check=True, capture_output=True).stdout
    assert b"Signature is Valid." in told


def side_by_side(rig: Rig, file: SignedFile, trust: TrustSet) -> Result:
    """Files per second of wall: two processes against one."""
    rig.tell("verification: two processes against one")
    two, one = alternate(
        rig.rounds,
        *(partial(together, n, file, trust, rig.seconds) for n in (PROCESSES, 1)),
    )
    return Result(
        name=f"verify {file.name}, {PROCESSES} processes",
        unit="/s",
        against="one process",
        ours=two,
        baseline=one,
        least=LEAST_GAIN,
    )


def together(processes: int, file: SignedFile, trust: TrustSet, seconds: float) -> float:
    """So many processes verify for so long; files per second of all of them."""
    fork = multiprocessing.get_context("fork")
    with fork.Pool(processes) as pool:
        asked = [pool.apply_async(counted, (file, trust, seconds)) for _ in range(processes)]
        return sum(one.get() for one in asked)


def counted(file: SignedFile, trust: TrustSet, seconds: float) -> float:
    """Files per second of wall in one process."""
    act, done = full(file, trust), 0
    act()
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        act()
        done += 1
    return done / (time.perf_counter() - began)
