"""The milder profile of an office lets pass what it names, and nothing else that was changed."""

from __future__ import annotations

from services.signing.adapters.verification.judging import judge
from services.signing.adapters.verification.profile import OFFICE
from tests.signing.corpus.catalogue import Case
from tests.signing.corpus.judging import Corpus
from tests.signing.corpus.people import AT

CHANGED = {"certified", "changed", "covered", "shadows"}


def test_an_office_lets_pass_what_its_profile_names_and_nothing_more(
    corpus: Corpus, cases: list[Case]
) -> None:
    asked = [case for case in cases if case.group in CHANGED]
    assert sum(case.office != case.verdicts for case in asked) >= 2
    wrong = {}
    for case in asked:
        report = judge(corpus.file(case).read_bytes(), corpus.trust, AT, profile=OFFICE)
        if report.verdict not in case.office:
            wrong[case.name] = report.verdict
    assert wrong == {}
