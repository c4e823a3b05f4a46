"""Every file of the corpus gets the verdict it deserves, and says why."""

from __future__ import annotations

from collections import Counter

import msgspec

from services.signing.adapters.verification.report import TAMPERED
from tests.signing.corpus.catalogue import Case
from tests.signing.corpus.judging import Corpus

CLASSES = 14
LONGEST_REPORT = 100_000


def test_a_file_is_judged_as_it_is(case: Case, corpus: Corpus) -> None:
    outcome = corpus.outcomes[case.name]
    assert case.holds(outcome.report.verdict, outcome.told), (
        f"{outcome.report.verdict} {sorted(outcome.told)}: {case.make.__doc__}"
    )


def test_no_hostile_file_is_trusted(corpus: Corpus, cases: list[Case]) -> None:
    hostile = [case for case in cases if "TRUSTED" not in case.verdicts]
    assert len(hostile) >= 120
    verdicts = {case.name: corpus.outcomes[case.name].report.verdict for case in hostile}
    assert [name for name, verdict in verdicts.items() if verdict == "TRUSTED"] == []


def test_no_file_stops_the_judge(corpus: Corpus, cases: list[Case]) -> None:
    failed = {"VERIFIER_FAILED"}
    assert [case.name for case in cases if corpus.outcomes[case.name].told & failed] == []


def test_no_file_makes_the_report_long(corpus: Corpus) -> None:
    long = {
        name: length
        for name, outcome in corpus.outcomes.items()
        if (length := len(msgspec.json.encode(outcome.report))) > LONGEST_REPORT
    }
    assert long == {}


def test_a_tampered_file_has_no_legal_value(corpus: Corpus) -> None:
    values = {
        name: outcome.report.legal_value
        for name, outcome in corpus.outcomes.items()
        if outcome.report.verdict in TAMPERED
    }
    assert values
    assert {name for name, value in values.items() if value != "INFORMATION_ONLY"} == set()


def test_the_corpus_has_files_of_every_class(cases: list[Case]) -> None:
    classes = Counter(case.group for case in cases)
    assert sum(classes.values()) >= 120
    assert len(classes) >= CLASSES
    assert len({case.name for case in cases}) == len(cases)
