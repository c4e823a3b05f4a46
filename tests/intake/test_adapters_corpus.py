"""The gate against its corpus: no hostile file passes, no ordinary one is kept out."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from contracts.gate import GateAnswer
from services.intake.adapters import GatePolicy, check_file
from services.intake.adapters.kinds import CONTENTS
from tests.conftest import until
from tests.intake.gate_corpus.case import Case
from tests.intake.gate_corpus.corpus import good, hostile
from tests.intake.listener import listener


class Judged(NamedTuple):
    """A case without its bytes, and what the gate said."""

    case: Case
    answer: GateAnswer

    def told(self) -> str:
        """A wrong verdict in one line."""
        reasons = [f"{finding.code} {finding.where}" for finding in self.answer.reasons]
        wanted = self.case.code or "admitted"
        return f"{self.case.id}: wanted {wanted} {self.case.warns}, was told {reasons}"


def judge(cases: Iterator[Case]) -> list[Judged]:
    """Every case at the gate, one after the other; its bytes are dropped."""
    policy = GatePolicy()
    return [
        Judged(case._replace(content=b""), check_file(case.name, case.content, policy))
        for case in cases
    ]


@pytest.fixture(scope="module")
def ordinary() -> list[Judged]:
    """The good files, judged."""
    return judge(good())


@pytest.fixture(scope="module")
def outside() -> Iterator[tuple[list[Judged], int]]:
    """The hostile files, judged, and how often the address their remote parts name was asked."""
    with listener() as listening:
        judged = judge(hostile(listening.address))
        asked = listening.asked
        socket.create_connection(listening.server_address[:2]).close()
        until(lambda: listening.asked == asked + 1)
        yield judged, asked


@pytest.mark.rule("R4.4a")
@pytest.mark.rule("R4.2")
def test_every_hostile_file_is_refused_for_its_reason(
    outside: tuple[list[Judged], int],
) -> None:
    judged, _ = outside
    wrong = [
        each.told()
        for each in judged
        if each.answer.admitted
        or each.case.code not in {finding.code for finding in each.answer.reasons}
    ]
    assert wrong == []
    assert len(judged) >= 400


@pytest.mark.rule("R4.4a")
@pytest.mark.rule("R4.2")
def test_every_ordinary_file_of_every_allowed_kind_is_admitted(ordinary: list[Judged]) -> None:
    wrong = [
        each.told()
        for each in ordinary
        if not each.answer.admitted
        or {finding.code for finding in each.answer.warnings} - {each.case.warns}
        or (each.case.warns and not each.answer.warnings)
    ]
    assert wrong == []
    assert {each.answer.kind for each in ordinary} == set(CONTENTS)
    assert len(ordinary) >= 140


def test_no_file_makes_the_gate_ask_anyone(outside: tuple[list[Judged], int]) -> None:
    judged, asked = outside
    assert asked == 0
    assert sum(each.case.code in ("REMOTE_CONTENT", "XML_DTD") for each in judged) > 30


def test_every_check_stays_within_its_means(
    ordinary: list[Judged], outside: tuple[list[Judged], int], capsys: pytest.CaptureFixture[str]
) -> None:
    costs: dict[str, list[tuple[float, int]]] = {}
    for each in ordinary + outside[0]:
        if cost := each.answer.cost:
            costs.setdefault(each.case.group, []).append((cost.cpu_seconds, cost.memory_kib))
    lightest = min(kib for spent in costs.values() for _, kib in spent)
    with capsys.disabled():
        print(f"\n  a child begins with {lightest >> 10} MiB of its parent's")
        print("  class            files  slowest s CPU  peak MiB beyond")
        for group, spent in costs.items():
            slowest, peak = max(cpu for cpu, _ in spent), max(kib for _, kib in spent) - lightest
            print(f"  {group:<15} {len(spent):6} {slowest:14.2f} {peak >> 10:16}")
    assert max(cpu for spent in costs.values() for cpu, _ in spent) < 10
    assert max(kib for spent in costs.values() for _, kib in spent) - lightest < 300 << 10
