"""Judging the corpus: each file in a process of its own, whose time and memory are the file's."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import resource
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection, wait
from pathlib import Path

import msgspec

from services.signing.adapters.pdf.opening import Limits
from services.signing.adapters.trust.trusted import TrustSet
from services.signing.adapters.verification.process import verify
from services.signing.adapters.verification.report import VerificationReport
from tests.signing.corpus.catalogue import CASES, Case, Workshop
from tests.signing.corpus.people import AT

ENOUGH = Limits(cpu_seconds=3)
NO_CLASSES = {"catalogue", "conftest", "container", "judging", "paper", "people"}


class Outcome(msgspec.Struct, frozen=True):
    """What was said of a file, in how many seconds (wall) and with how much memory (megabytes)."""

    report: VerificationReport
    seconds: float
    megabytes: float

    @property
    def told(self) -> set[str]:
        """Every reason of the file and of its signatures."""
        found = {reason.code for reason in self.report.reasons}
        return found | {one.code for part in self.report.signatures for one in part.reasons}


@dataclass
class Corpus:
    """The cases and their files, each ``NAME.pdf`` in one folder."""

    folder: Path
    trust: TrustSet
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def file(self, case: Case) -> Path:
        """Where a case's file lies."""
        return self.folder / f"{case.name}.pdf"


def load() -> list[Case]:
    """Every case: each other module of this folder is a class of them."""
    for module in sorted(Path(__file__).parent.glob("*.py")):
        if module.stem not in NO_CLASSES and not module.stem.startswith("test_"):
            importlib.import_module(f"tests.signing.corpus.{module.stem}")
    return CASES


def judge_all(corpus: Corpus, cases: Iterable[Case], shop: Workshop) -> None:
    """Make and judge all files, two at a time, each by the same way as a worker does."""
    fork = multiprocessing.get_context("fork")
    waiting, running = iter(cases), {}
    while True:
        for case in islice(waiting, 2 - len(running)):
            here, there = fork.Pipe(duplex=False)
            process = fork.Process(target=_judge, args=(there, corpus, case, shop))
            process.start()
            there.close()
            running[here] = case, process
        if not running:
            return
        for done in wait(list(running)):
            assert isinstance(done, Connection)
            case, process = running.pop(done)
            corpus.outcomes[case.name] = msgspec.json.decode(done.recv_bytes(), type=Outcome)
            process.join()


def _judge(answer: Connection, corpus: Corpus, case: Case, shop: Workshop) -> None:
    """In a process of its own: what it says of its children is about this file alone."""
    pdf = case.make(shop)
    corpus.file(case).write_bytes(pdf)
    begin = time.monotonic()
    report = verify(pdf, corpus.trust, AT, ENOUGH)
    seconds = time.monotonic() - begin
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    answer.send_bytes(msgspec.json.encode(Outcome(report, seconds, most)))
    os._exit(0)


def table(outcomes: dict[str, Outcome]) -> Iterator[str]:
    """Time and memory of each class, as lines."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for name, outcome in outcomes.items():
        groups[name.partition(".")[0]].append(outcome)
    yield f"{'class':<14}{'files':>6}{'seconds':>9}{'longest':>9}{'most MB':>9}"
    for group, found in sorted(groups.items()):
        times = [outcome.seconds for outcome in found]
        most = max(outcome.megabytes for outcome in found)
        numbers = f"{len(found):>6}{sum(times):>9.1f}{max(times):>9.2f}{most:>9.0f}"
        yield f"{group:<14}{numbers}"
